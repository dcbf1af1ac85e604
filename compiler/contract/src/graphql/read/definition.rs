//! The definitions of the type system (GraphQL September 2025, section 3).

use super::reader::{Read, Reader};
use crate::graphql::schema::{Description, Directive, Kind, Member, Name, Shape, Type, Usage};
use bastide_report::finding::{Finding, Level};
use bastide_report::source::Span;

/// One definition, or an extension of one.
pub(super) enum Definition<'a> {
    /// A type; what is true of it is added to a type of this name.
    Type {
        /// Whether it says `extend`.
        extends: bool,
        /// What it says.
        it: Type<'a>,
    },
    Directive(Directive<'a>),
    /// The schema itself.
    Schema {
        /// Whether it says `extend`.
        extends: bool,
        /// Words about it.
        description: Option<Description<'a>>,
        /// Operation and type.
        roots: Vec<(Name<'a>, Name<'a>)>,
        /// Directives on it.
        usages: Vec<Usage<'a>>,
        /// Where its keyword stands.
        span: Span,
    },
}

impl<'a> Reader<'a> {
    /// The next definition; `None` for what is skipped, with a warning.
    pub(super) fn definition(&mut self, findings: &mut Vec<Finding>) -> Read<Option<Definition<'a>>> {
        let description = self.description()?;
        let span = self.span();
        if self.at_sign(b'{')
            || matches!(self.word(), Some("query" | "mutation" | "subscription" | "fragment"))
        {
            findings.push(operation(span));
            return self.skip_operation().map(|()| None);
        }
        let extends = self.take_word("extend")?;
        let word = self.word().ok_or_else(|| self.missing("a definition"))?;
        let kind = Kind::from_word(word);
        if kind.is_none() && !matches!(word, "schema" | "directive") {
            return Err(self.missing("`type`, `input`, `enum` or another definition"));
        }
        self.step()?;
        Ok(Some(match kind {
            Some(kind) => Definition::Type { extends, it: self.typ(kind, description)? },
            None if word == "schema" => {
                let usages = self.usages()?;
                Definition::Schema { extends, description, roots: self.roots()?, usages, span }
            }
            None => Definition::Directive(self.directive(description)?),
        }))
    }

    fn typ(&mut self, kind: Kind, description: Option<Description<'a>>) -> Read<Type<'a>> {
        let name = self.name("the name of the type")?;
        let mut names = vec![];
        if matches!(kind, Kind::Object | Kind::Interface) && self.take_word("implements")? {
            names = self.names(b'&', "an interface")?;
        }
        let directives = self.usages()?;
        let members = match kind {
            Kind::Object | Kind::Interface => self.group(b'{', b'}', Reader::field)?,
            Kind::Input => self.group(b'{', b'}', Reader::input)?,
            Kind::Enum => self.group(b'{', b'}', |reader| reader.value(name.text))?,
            Kind::Union if self.take(b'=')? => {
                names = self.names(b'|', "a member of the union")?;
                vec![]
            }
            Kind::Union | Kind::Scalar => vec![],
        };
        Ok(Type { kind, name, description, names, members, directives })
    }

    /// Names between signs. Names beside each other without one are read as well: so it was written before 2018.
    fn names(&mut self, sign: u8, wanted: &str) -> Read<Vec<Name<'a>>> {
        self.take(sign)?;
        let mut names = vec![self.name(wanted)?];
        loop {
            let more =
                self.take(sign)? || (sign == b'&' && self.word().is_some() && !self.begins_definition());
            if !more {
                return Ok(names);
            }
            names.push(self.name(wanted)?);
        }
    }

    fn begins_definition(&self) -> bool {
        let word = self.word().unwrap_or_default();
        Kind::from_word(word).is_some() || matches!(word, "schema" | "directive" | "extend")
    }

    fn group(
        &mut self,
        open: u8,
        close: u8,
        mut one: impl FnMut(&mut Self) -> Read<Member<'a>>,
    ) -> Read<Vec<Member<'a>>> {
        let mut members = vec![];
        if self.take(open)? {
            while !self.take(close)? {
                members.push(one(self)?);
            }
        }
        Ok(members)
    }

    fn field(&mut self) -> Read<Member<'a>> {
        let description = self.description()?;
        let name = self.name("the name of a field")?;
        let arguments = self.group(b'(', b')', Reader::input)?;
        let (shape, shape_at) = self.typed()?;
        let directives = self.usages()?;
        Ok(Member { name, description, arguments, shape, shape_at, default: None, directives })
    }

    fn input(&mut self) -> Read<Member<'a>> {
        let description = self.description()?;
        let name = self.name("a name")?;
        let (shape, shape_at) = self.typed()?;
        let mut default = None;
        if self.take(b'=')? {
            let start = self.span();
            default = Some((self.literal()?, self.since(start)));
        }
        let directives = self.usages()?;
        Ok(Member { name, description, arguments: vec![], shape, shape_at, default, directives })
    }

    fn value(&mut self, of: &'a str) -> Read<Member<'a>> {
        let description = self.description()?;
        let name = self.name("a value of the enum")?;
        let directives = self.usages()?;
        let (shape, shape_at) = (Shape::Named(of), name.span);
        Ok(Member { name, description, arguments: vec![], shape, shape_at, default: None, directives })
    }

    fn typed(&mut self) -> Read<(Shape<'a>, Span)> {
        self.need(b':', "`:` and a type")?;
        let start = self.span();
        let shape = self.shape()?;
        Ok((shape, self.since(start)))
    }

    fn directive(&mut self, description: Option<Description<'a>>) -> Read<Directive<'a>> {
        self.need(b'@', "`@`")?;
        let name = self.name("the name of the directive")?;
        let arguments = self.group(b'(', b')', Reader::input)?;
        let at = self.span();
        let repeatable = self.take_word("repeatable")?.then_some(at);
        if !self.take_word("on")? {
            return Err(self.missing("`on` and the places of use"));
        }
        let locations = self.names(b'|', "a place of use")?;
        Ok(Directive { name, description, arguments, repeatable, locations })
    }

    fn roots(&mut self) -> Read<Vec<(Name<'a>, Name<'a>)>> {
        let mut roots = vec![];
        if self.take(b'{')? {
            while !self.take(b'}')? {
                let operation = self.name("`query`, `mutation` or `subscription`")?;
                self.need(b':', "`:`")?;
                roots.push((operation, self.name("a type")?));
            }
        }
        Ok(roots)
    }

    /// Past the outermost `{ … }` that is not between round brackets.
    fn skip_operation(&mut self) -> Read<()> {
        let (mut round, mut curly) = (0_usize, 0_usize);
        while !self.at_end() {
            let closes = self.at_sign(b'}') && round == 0 && curly == 1;
            round = (round + usize::from(self.at_sign(b'('))).saturating_sub(usize::from(self.at_sign(b')')));
            curly = (curly + usize::from(self.at_sign(b'{'))).saturating_sub(usize::from(self.at_sign(b'}')));
            self.step()?;
            if closes {
                return Ok(());
            }
        }
        Err(self.missing("`}`"))
    }
}

fn operation(span: Span) -> Finding {
    Finding::new("contract-syntax", "an operation stands among the types")
        .level(Level::Warn)
        .label(span, "not part of the schema, passed over")
        .help("move it to a file of its own")
}
