//! Expressions of CEL, as far as policies use them: `==`, `in`, `&&`, `||`, texts, parentheses and places in maps.

use crate::yaml::Yaml;

/// Whether an expression is true of what is known; one that fails is not.
pub fn holds(expression: &str, known: &Yaml) -> bool {
    let mut parser = Parser { rest: expression, known };
    let found = parser.either();
    assert!(parser.rest.trim().is_empty(), "not read of `{expression}`: `{}`", parser.rest);
    found == Ok(Yaml::Bool(true))
}

/// A value, or an error, which `||` and `&&` forgive if the other side decides.
type Found = Result<Yaml, ()>;

struct Parser<'a> {
    rest: &'a str,
    known: &'a Yaml,
}

fn truth(it: &Found) -> Option<bool> {
    it.as_ref().ok().and_then(Yaml::as_bool)
}

impl Parser<'_> {
    fn take(&mut self, sign: &str) -> bool {
        match self.rest.trim_start().strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn either(&mut self) -> Found {
        let mut left = self.both();
        while self.take("||") {
            let right = self.both();
            left = match (truth(&left), truth(&right)) {
                (Some(true), _) | (_, Some(true)) => Ok(true.into()),
                (Some(false), Some(false)) => Ok(false.into()),
                _ => Err(()),
            };
        }
        left
    }

    fn both(&mut self) -> Found {
        let mut left = self.compared();
        while self.take("&&") {
            let right = self.compared();
            left = match (truth(&left), truth(&right)) {
                (Some(false), _) | (_, Some(false)) => Ok(false.into()),
                (Some(true), Some(true)) => Ok(true.into()),
                _ => Err(()),
            };
        }
        left
    }

    fn compared(&mut self) -> Found {
        let left = self.place();
        if self.take("==") {
            let right = self.place();
            return Ok((left? == right?).into());
        }
        if self.take("in ") {
            let (item, whole) = (left?, self.place()?);
            return match &whole {
                Yaml::Sequence(list) => Ok(list.contains(&item).into()),
                Yaml::Mapping(map) => Ok(map.contains_key(&item).into()),
                _ => Err(()),
            };
        }
        left
    }

    fn place(&mut self) -> Found {
        let mut found = self.single();
        loop {
            if self.take("[") {
                let name = self.either()?;
                assert!(self.take("]"), "`]` is missing before `{}`", self.rest);
                found = found.and_then(|it| it.get(&name).cloned().ok_or(()));
            } else if self.take(".") {
                let name = self.word();
                found = found.and_then(|it| it.get(&*name).cloned().ok_or(()));
            } else {
                return found;
            }
        }
    }

    fn single(&mut self) -> Found {
        if self.take("(") {
            let found = self.either();
            assert!(self.take(")"), "`)` is missing before `{}`", self.rest);
            return found;
        }
        if self.take("'") {
            return Ok(self.quoted().into());
        }
        let name = self.word();
        self.known.get(&*name).cloned().ok_or(())
    }

    fn word(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let end =
            self.rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.into()
    }

    fn quoted(&mut self) -> String {
        let (mut text, mut letters) = (String::new(), self.rest.chars());
        while let Some(letter) = letters.next() {
            match letter {
                '\'' => break,
                '\\' => text.extend(letters.next()),
                _ => text.push(letter),
            }
        }
        self.rest = letters.as_str();
        text
    }
}
