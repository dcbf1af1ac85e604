//! Two builds side by side: one with harmless words, one with hostile texts in their places. Each file is read by a reader
//! of its format; its shape must be the same, and every text must have arrived as it is.

use super::places;
use super::readers::{MARK, cells, code, groovy, page, pattern, shell};
use serde::Deserialize;
use serde_yaml::Value;
use std::collections::BTreeMap;

/// Which text stands for the harmless word of each place.
pub struct Swap(pub BTreeMap<usize, String>);

/// How many names differ since they are made from a text.
type Seen = Result<usize, String>;

impl Swap {
    /// A text of the harmless build as it must be in the other.
    pub fn put(&self, text: &str) -> String {
        let (mut out, mut rest) = (String::new(), text);
        while let Some(at) = ["zq", "Zq", "ZQ"].iter().filter_map(|sign| rest.find(sign)).min() {
            let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_digit).count();
            let end = at + 2 + digits;
            let known = rest[at + 2..end].parse::<usize>().ok().and_then(|it| self.0.get(&it));
            out += &rest[..at];
            match (known, rest[end..].chars().next()) {
                (Some(text), Some('x')) => out += text.as_str(),
                (Some(text), Some('X')) => out += &text.to_ascii_uppercase().replace(['-', '.'], "_"),
                _ => out += &rest[at..(end + 1).min(rest.len())],
            }
            rest = &rest[(end + 1).min(rest.len())..];
        }
        out + rest
    }

    /// How many of the texts stand in a text.
    pub fn within(&self, text: &str) -> usize {
        let number = |part: &str| part.split_once('x').and_then(|(number, _)| number.parse().ok());
        text.split("zq").skip(1).filter_map(number).filter(|it| self.0.contains_key(it)).count()
    }

    /// Compares two texts of one file.
    pub fn file(&self, path: &str, one: &str, two: &str) -> Seen {
        match path.rsplit(['.', '/']).next().unwrap_or_default() {
            "yaml" | "yml" => self.documents(path, one, two),
            "json" => self.data(path, "", &json(one)?, &json(two)?),
            "sh" => self.words(&shell(one)?, &shell(two)?),
            "md" => self.flat().words(&page(one)?, &page(two)?),
            "js" => self.words(&code(one, "//")?, &code(two, "//")?),
            "Jenkinsfile" => self.words(&groovy(one)?, &groovy(two)?),
            "txt" | "tsv" | "gitignore" => self.words(&cells(one)?, &cells(two)?),
            other => Err(format!("nobody reads .{other}")),
        }
    }

    /// As a page holds the texts: on one line.
    fn flat(&self) -> Swap {
        let hidden = |c: char| c.is_control() || "\u{2028}\u{2029}\u{feff}\u{fffe}".contains(c);
        Swap(self.0.iter().map(|(at, text)| (*at, text.replace(hidden, " "))).collect())
    }

    fn documents(&self, path: &str, one: &str, two: &str) -> Seen {
        let (one, two) = (documents(one)?, documents(two)?);
        same(one.len(), two.len(), "documents")?;
        self.matched(&one, &two, |one, two| self.data(path, "", one, two))
    }

    /// Compares two trees.
    fn data(&self, file: &str, keys: &str, one: &Value, two: &Value) -> Seen {
        match (one, two) {
            (Value::Mapping(one), Value::Mapping(two)) => {
                let mut seen = same(one.len(), two.len(), &format!("keys in {keys}"))?;
                let mut others: Vec<&Value> = two.keys().collect();
                let mut derived = vec![];
                for (key, value) in one {
                    let (name, other) = key.as_str().map_or_else(
                        || (format!("{key:?}"), key.clone()),
                        |key| (key.into(), self.put(key).into()),
                    );
                    let Some(found) = two.get(&other) else {
                        derived.push(name);
                        continue;
                    };
                    others.retain(|it| **it != other);
                    // Prometheus fills in the labels of alerts alone.
                    let alert = name == "labels" && one.contains_key("alert");
                    let keys = if alert { format!("{keys}.alert.labels") } else { format!("{keys}.{name}") };
                    seen += self.data(file, &keys, value, found)?;
                }
                for (name, other) in derived.iter().zip(others) {
                    let key = other.as_str().ok_or_else(|| format!("{keys}: {name} became {other:?}"))?;
                    seen += self.one(name, key)?
                        + self.data(file, &format!("{keys}.{name}"), &one[name.as_str()], &two[other])?;
                }
                Ok(seen)
            }
            (Value::Sequence(one), Value::Sequence(two)) => {
                let scripts = (0..one.len()).filter(|at| places::is_script(keys, one, *at));
                let scripts: Vec<&Value> = scripts.map(|at| &one[at]).collect();
                let key = |one: &Value| if scripts.contains(&one) { "script" } else { "0" };
                same(one.len(), two.len(), &format!("items of {keys}"))?;
                self.matched(one, two, |one, two| self.data(file, &format!("{keys}.{}", key(one)), one, two))
            }
            (Value::Tagged(_), _) | (_, Value::Tagged(_)) => Err(format!("{keys}: a tag: {one:?}, {two:?}")),
            (Value::String(one), Value::String(two)) => {
                self.text(file, keys, one, two).map_err(|why| format!("{keys}: {one:?} and {two:?}: {why}"))
            }
            (one, two) if one == two => Ok(0),
            (one, two) => Err(format!("{keys}: {one:?} became {two:?}")),
        }
    }

    /// Compares two texts in a tree, as whoever reads them there takes them.
    fn text(&self, file: &str, keys: &str, one: &str, two: &str) -> Seen {
        let (filler, language) = places::of(file, keys);
        let fill = |text: &str| filler.map_or_else(|| text.to_string(), |it| it.fill(text));
        let (one, two) = (fill(one), fill(two));
        match language {
            "shell" => self.words(&shell(&one)?, &shell(&two)?),
            "json" => self.data("", keys, &json(&one)?, &json(&two)?),
            "subnet" => Ok(0),
            // HTTP makes no difference, and Envoy takes small letters.
            "header" => self.one(&self.put(&one).to_lowercase(), &two.to_lowercase()),
            "yaml" => self.documents(file, &one, &two),
            "pattern" => self.words(&pattern(&one)?, &pattern(&two)?),
            "promql" => {
                let one: Vec<String> =
                    code(&one, "#")?.iter().map(|word| any_order(&self.put(word))).collect();
                let two: Vec<String> = code(&two, "#")?.iter().map(|word| any_order(word)).collect();
                self.words(&one, &two)
            }
            "lua" => self.words(&code(&one, "--")?, &code(&two, "--")?),
            _ => self.one(&one, &two),
        }
    }

    fn words(&self, one: &[String], two: &[String]) -> Seen {
        same(one.len(), two.len(), "words")?;
        let lines = |words: &[String]| -> Vec<Vec<String>> {
            words.split_inclusive(|word| *word == format!("{MARK}\n")).map(<[String]>::to_vec).collect()
        };
        let (one, two) = (lines(one), lines(two));
        same(one.len(), two.len(), "lines")?;
        self.matched(&one, &two, |one, two| {
            same(one.len(), two.len(), "words in a line")?;
            one.iter().zip(two).map(|(one, two)| self.one(one, two)).sum()
        })
    }

    /// Pairs what is one after another; what is sorted by a text may stand elsewhere.
    fn matched<T>(&self, one: &[T], two: &[T], pair: impl Fn(&T, &T) -> Seen) -> Seen {
        let (mut left, mut seen): (Vec<&T>, usize) = (two.iter().collect(), 0);
        for (index, one) in one.iter().enumerate() {
            let fits = left.iter().enumerate().filter_map(|(at, two)| Some((pair(one, two).ok()?, at)));
            // The one that is equal, or else the one with the fewest names that are made.
            let Some((made, at)) =
                fits.scan(false, |done, it| (!std::mem::replace(done, it.0 == 0)).then_some(it)).min()
            else {
                return pair(one, &two[index]);
            };
            seen += made;
            left.remove(at);
        }
        Ok(seen)
    }

    /// Compares two texts. A name that is made from one, or cut with a hash behind it, differs, but means itself in every
    /// language.
    fn one(&self, one: &str, two: &str) -> Seen {
        let put = self.put(one);
        let word = |text: &str| {
            text.bytes().all(|it| it.is_ascii_alphanumeric() || b"_.:/-".contains(&it))
                && !text.contains("..")
        };
        let letters = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
        };
        let hash = |text: &str| {
            let last = text.rsplit(['-', '.', '_', '/']).next().unwrap_or_default();
            last.len() >= 8 && last.bytes().all(|it| it.is_ascii_hexdigit())
        };
        let made = || letters(two).starts_with(&letters(&put)) || !word(&put);
        let derived = word(one) && word(two) && (hash(two) || made());
        match put == two || derived {
            true => Ok(usize::from(put != two)),
            false => Err(format!("{put:?} became {two:?}")),
        }
    }
}

/// A pattern whose alternatives, `(a|b)-.+`, stand in order: those of names are sorted by them.
fn any_order(pattern: &str) -> String {
    if !pattern.contains('|') {
        return pattern.into();
    }
    let mut parts: Vec<&str> = pattern.split(['|', '(', ')']).collect();
    parts.sort_unstable();
    parts.join("|")
}

fn same(one: usize, two: usize, what: &str) -> Seen {
    if one == two { Ok(0) } else { Err(format!("{one} {what} became {two}")) }
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn documents(text: &str) -> Result<Vec<Value>, String> {
    let all = serde_yaml::Deserializer::from_str(text);
    all.map(|it| Value::deserialize(it).map_err(|error| error.to_string())).collect()
}
