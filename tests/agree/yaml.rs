//! YAML as engines read it, with short ways to what stands in it.

pub use serde_yaml::Value as Yaml;

/// Nothing.
static NONE: Yaml = Yaml::Null;

/// The documents of a text.
pub fn docs(text: &str) -> Vec<Yaml> {
    let documents = serde_yaml::Deserializer::from_str(text);
    let read = |it| {
        let mut yaml: Yaml = serde::Deserialize::deserialize(it).expect("what is written is YAML");
        yaml.apply_merge().expect("what is merged is a map");
        yaml
    };
    documents.map(read).filter(|it| !it.is_null()).collect()
}

/// Ways into YAML.
pub trait Look {
    /// What stands below these names, separated by spaces.
    fn at(&self, names: &str) -> &Yaml;
    /// The items of a list; none if it is no list.
    fn items(&self) -> &[Yaml];
    /// A text, or a number as text; empty if it is neither.
    fn text(&self) -> String;
    /// A number.
    fn number(&self) -> Option<u64>;
    /// A duration of either API in milliseconds: `1.5s`, `2437ms`, `1m30s`.
    fn ms(&self) -> Option<u64>;
    /// Whether anything is there.
    fn there(&self) -> bool;
    /// The pairs of a map, as text.
    fn pairs(&self) -> Vec<(String, String)>;
}

impl Look for Yaml {
    fn at(&self, names: &str) -> &Yaml {
        names.split(' ').fold(self, |it, name| it.get(name).unwrap_or(&NONE))
    }

    fn items(&self) -> &[Yaml] {
        self.as_sequence().map_or(&[], Vec::as_slice)
    }

    fn text(&self) -> String {
        match self {
            Yaml::String(text) => text.clone(),
            Yaml::Number(number) => number.to_string(),
            Yaml::Bool(it) => it.to_string(),
            _ => String::new(),
        }
    }

    fn number(&self) -> Option<u64> {
        self.as_u64()
    }

    fn ms(&self) -> Option<u64> {
        let text = self.as_str()?;
        let (mut total, mut number) = (0.0, String::new());
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter.is_ascii_digit() || letter == '.' {
                number.push(letter);
                continue;
            }
            let factor = match letter {
                'm' if letters.next_if_eq(&'s').is_some() => 1.0,
                's' => 1_000.0,
                'm' => 60_000.0,
                'h' => 3_600_000.0,
                _ => return None,
            };
            total += number.parse::<f64>().ok()? * factor;
            number.clear();
        }
        Some(total.round() as u64)
    }

    fn there(&self) -> bool {
        !self.is_null()
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let map = self.as_mapping().into_iter().flatten();
        map.map(|(name, value)| (name.text(), value.text())).collect()
    }
}
