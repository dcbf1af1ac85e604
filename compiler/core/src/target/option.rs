//! Options of a target: those of its parts among them, and as an environment sets them, held against what it takes.

use super::manifest::{Manifest, Opt};
use super::part::{Choice, Part};
use crate::model::Model;
use crate::model::app::TargetUse;
use bastide_report::finding::{Finding, Report};
use bastide_report::suggest::{did_you_mean, nearest};
use serde_json::Value;

/// The option every target has: whether it is written.
const ENABLED: &str = "enabled";

/// The form of a resource that no operator makes.
pub const CONTAINER: &str = "container";

/// What values an option takes. Its default is always one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Takes {
    /// Text, a number or a boolean: the manifest names neither a default nor values.
    #[default]
    Any,
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// `#true` or `#false`.
    Bool,
    /// Pairs `name=value`, separated by spaces.
    Labels,
    /// One of these words.
    OneOf(Vec<String>),
}

impl Takes {
    /// What the manifest says of an option: the values it names, else whatever is of the kind of its default.
    pub fn of(default: Option<&Value>, words: Vec<String>) -> Takes {
        match default {
            _ if !words.is_empty() => Takes::OneOf(words),
            Some(Value::Bool(_)) => Takes::Bool,
            Some(Value::Number(number)) if number.is_i64() => Takes::Whole,
            Some(Value::Number(_)) => Takes::Number,
            Some(_) => Takes::Text,
            None => Takes::Any,
        }
    }

    fn allows(&self, value: &Value) -> bool {
        match self {
            Takes::Any => true,
            Takes::Text => value.is_string(),
            Takes::Whole => value.is_i64(),
            Takes::Number => value.is_number(),
            Takes::Bool => value.is_boolean(),
            Takes::Labels => value.as_str().is_some_and(|text| text.split_whitespace().all(is_label)),
            Takes::OneOf(words) => value.as_str().is_some_and(|text| words.iter().any(|word| word == text)),
        }
    }

    /// In words: `one of "rolling", "argo"`, each value between backticks.
    pub fn words(&self) -> String {
        let quoted = |words: &[String]| words.iter().map(|it| format!("`\"{it}\"`")).collect::<Vec<_>>();
        match self {
            Takes::Any => "text, a number or a boolean".into(),
            Takes::Text => "text".into(),
            Takes::Whole => "a whole number".into(),
            Takes::Number => "a number".into(),
            Takes::Bool => "`#true` or `#false`".into(),
            Takes::Labels => "labels: `name=value`, separated by spaces".into(),
            Takes::OneOf(words) => match &quoted(words)[..] {
                [one] => one.clone(),
                many => format!("one of {}", many.join(", ")),
            },
        }
    }
}

/// Whether a text is a label of Kubernetes: `app.kubernetes.io/name=traefik`.
fn is_label(text: &str) -> bool {
    let word = |text: &str, most: usize| {
        let letter = |it: char| it.is_ascii_alphanumeric();
        text.len() <= most
            && text.starts_with(letter)
            && text.ends_with(letter)
            && text.chars().all(|it| letter(it) || matches!(it, '-' | '_' | '.'))
    };
    let Some((key, value)) = text.split_once('=') else { return false };
    let (prefix, name) = key.rsplit_once('/').map_or((None, key), |(prefix, name)| (Some(prefix), name));
    prefix.is_none_or(|it| word(it, 253)) && word(name, 63) && (value.is_empty() || word(value, 63))
}

/// Adds the options of the parts of a pack, the words of options that choose a part, and an option for each type of
/// resource that parts make a form of.
pub fn complete(manifest: &mut Manifest, report: &mut Report) {
    let Manifest { options, parts, .. } = manifest;
    for option in parts.iter().flat_map(|part| &part.options) {
        if options.iter().all(|known| known.name != option.name) {
            options.push(option.clone());
        }
    }
    for choice in parts.iter().flat_map(|part| &part.choices) {
        match options.iter_mut().find(|option| option.name == choice.option) {
            Some(option) => option.add(choice),
            None => {
                // A pack that is extended has told it already.
                let finding = nothing_to_choose(choice, options);
                if !report.findings.contains(&finding) {
                    report.push(finding);
                }
            }
        }
    }
    parts.iter().for_each(|part| provide(part, options));
}

fn provide(part: &Part, options: &mut Vec<Opt>) {
    for provider in &part.provides {
        let known = options.iter().position(|option| *option.name == *provider.key);
        let at = known.unwrap_or_else(|| {
            options.push(form(&provider.key));
            options.len() - 1
        });
        options[at].add_word(&part.name);
    }
}

/// The option that chooses the form of the resources of a type.
fn form(ty: &str) -> Opt {
    Opt {
        name: ty.into(),
        default: CONTAINER.into(),
        owned: false,
        was: vec![],
        takes: Takes::OneOf(vec![CONTAINER.into()]),
        about: format!("How each `{ty}` runs: as a container, or as objects of the operator that is named."),
    }
}

impl Opt {
    fn add(&mut self, choice: &Choice) {
        self.add_word(&choice.word);
        if !choice.about.is_empty() {
            self.about = format!("{} `{}`: {}", self.about, choice.word, choice.about);
        }
    }

    fn add_word(&mut self, word: &str) {
        let mut words = match std::mem::take(&mut self.takes) {
            Takes::OneOf(words) => words,
            _ => self.default.as_str().map(str::to_string).into_iter().collect(),
        };
        if !words.iter().any(|known| known == word) {
            words.push(word.into());
        }
        self.takes = Takes::OneOf(words);
    }
}

fn nothing_to_choose(choice: &Choice, options: &[Opt]) -> Finding {
    let message = format!("there is no option `{}` that could be `{}`", choice.option, choice.word);
    let mut finding = Finding::new("template-error", message).label(choice.span, "named here");
    finding.help = did_you_mean(&choice.option, options.iter().map(|it| it.name.as_str())).or_else(|| {
        Some(format!("declare it in `target.kdl`: `option \"{}\" default=\"…\"`", choice.option))
    });
    finding
}

/// Reports options the target does not have, and values they do not take.
pub fn check(manifest: &Manifest, model: &Model, used: &TargetUse) -> Vec<Finding> {
    let one = |(name, value): (&String, &Value)| {
        if name == ENABLED {
            return (!Takes::Bool.allows(value)).then(|| wrong(manifest, used, name, value, &Takes::Bool));
        }
        if value.is_string() && chooses_form(model, used, name) {
            return None;
        }
        let Some(option) = manifest.options.iter().find(|option| option.name == *name) else {
            return Some(unknown(manifest, used, name));
        };
        let known = |word: &str| option.was.iter().find(|(was, _)| was == word);
        (!fits(option, value)).then(|| match value.as_str().and_then(known) {
            Some((was, now)) => outdated(manifest, used, name, was, now),
            None => wrong(manifest, used, name, value, &option.takes),
        })
    };
    used.options.iter().filter_map(one).collect()
}

fn fits(option: &Opt, value: &Value) -> bool {
    option.default == *value || option.takes.allows(value)
}

/// Whether an option chooses the form of resources of this app: that is judged where those are made, by what their type
/// offers (`unknown-provider`), which may be more than the target knows.
fn chooses_form(model: &Model, used: &TargetUse, option: &str) -> bool {
    let platform = &model.environment.platform;
    (used.name == *platform || used.extends.contains(platform))
        && model.resources.iter().any(|it| it.ty.value == option && it.external.is_none())
}

fn unknown(manifest: &Manifest, used: &TargetUse, name: &str) -> Finding {
    let mut finding =
        Finding::new("unknown-option", format!("target `{}` has no option `{name}`", manifest.name))
            .label(used.origin.span, "set here");
    finding.help = did_you_mean(name, manifest.options.iter().map(|it| it.name.as_str()));
    finding
}

fn outdated(manifest: &Manifest, used: &TargetUse, name: &str, was: &str, now: &str) -> Finding {
    let message = format!("`{name}=\"{was}\"` of target `{}` is written in another way", manifest.name);
    let span = used.places.get(name).copied().unwrap_or(used.origin.span);
    Finding::new("wrong-type", message)
        .label(span, "the word of an older version")
        .help(format!("write {now}"))
}

fn wrong(manifest: &Manifest, used: &TargetUse, name: &str, value: &Value, takes: &Takes) -> Finding {
    let message = format!("`{name}` of target `{}` takes {}", manifest.name, takes.words());
    let span = used.places.get(name).copied().unwrap_or(used.origin.span);
    Finding::new("wrong-type", message).label(span, "this is not one").help(help(value, takes))
}

fn help(value: &Value, takes: &Takes) -> String {
    match (takes, value) {
        (Takes::OneOf(words), Value::String(text)) => match nearest(text, words.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `\"{near}\"`?"),
            None => format!("write {}", takes.words()),
        },
        // `1.30` is read as the number 1.3, so what was meant cannot be told back.
        (Takes::Text, Value::Number(_)) => "write it between quotes".into(),
        (Takes::Bool, Value::String(text)) if text == "true" || text == "false" => format!("write `#{text}`"),
        (Takes::Whole, Value::String(text)) if text.parse::<i64>().is_ok() => {
            format!("write `{text}` without quotes")
        }
        _ => format!("write {}", takes.words()),
    }
}
