//! Messages, enums, extensions and services as wholes: gone, moved, new.

use super::super::buf::Rule;
use super::super::set::{Set, join};
use super::super::tree::File;
use super::{Diff, both};
use crate::{Place, Subject, place};
use bastide_report::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A kind of thing that is declared in a package.
struct Class {
    word: &'static str,
    /// What a file declares of it.
    list: fn(&File<'_>) -> Vec<Declared>,
    /// The rules of one that is gone from its file, and from its package.
    rules: [Rule; 2],
}

const CLASSES: [Class; 4] = [
    Class { word: "message", list: messages, rules: ["MESSAGE_NO_DELETE", "PACKAGE_MESSAGE_NO_DELETE"] },
    Class { word: "enum", list: enums, rules: ["ENUM_NO_DELETE", "PACKAGE_ENUM_NO_DELETE"] },
    Class {
        word: "extension",
        list: extensions,
        rules: ["EXTENSION_NO_DELETE", "PACKAGE_EXTENSION_NO_DELETE"],
    },
    Class { word: "service", list: services, rules: ["SERVICE_NO_DELETE", "PACKAGE_SERVICE_NO_DELETE"] },
];

/// Full name, place, the message it is nested in, and whether it is [`Item::silent`].
type Declared = (Rc<str>, Span, Option<usize>, bool);

/// The changes that told of something, by its full name.
type Told = BTreeMap<Rc<str>, usize>;

/// A thing that is declared.
struct Item {
    full: Rc<str>,
    file: usize,
    at: Span,
    /// The message it is nested in.
    outer: Option<Rc<str>>,
    /// The entry of a map, or built in: a rule of buf may speak of it, people do not.
    silent: bool,
}

impl Diff<'_, '_> {
    /// All classes.
    pub fn items(&mut self) {
        // Changes already told, by the full name of what is gone or new: what is nested in it is told with it.
        let (mut gone, mut made) = (BTreeMap::new(), BTreeMap::new());
        for class in &CLASSES {
            let (old, new) = (all(class, self.old), all(class, self.new));
            self.gone(class, &old, &new, &mut gone);
            self.added(class, &old, &new, &mut made);
        }
    }

    fn gone(&mut self, class: &Class, old: &[Item], new: &[Item], told: &mut Told) {
        let left: BTreeMap<&str, &Item> = new.iter().map(|item| (item.full.as_ref(), item)).collect();
        // buf asks about a package only if it has things of this kind left; about services always.
        let asked: BTreeSet<&str> = match class.word {
            "service" => self.new.packages().into_keys().collect(),
            _ => new.iter().map(|item| self.new.files[item.file].package.text.as_ref()).collect(),
        };
        for item in old {
            let file = &self.old.files[item.file];
            let same_file = self.new.paths.get(&file.path).copied();
            let here = same_file.map(|at| join(&self.new.files[at].package.text, file.nested(&item.full)));
            let in_file = here.and_then(|full| left.get(full.as_ref())).map(|found| Some(found.file));
            let found = left.get(item.full.as_ref());
            let mut rules = vec![];
            if same_file.is_some() && in_file != Some(same_file) {
                rules.push(class.rules[0]);
            }
            if found.is_none() && asked.contains(file.package.text.as_ref()) {
                rules.push(class.rules[1]);
            }
            let outer_gone = item.outer.as_ref().and_then(|outer| told.get(outer)).copied();
            if found.is_none() && in_file != Some(same_file) && !item.silent {
                match outer_gone {
                    Some(at) => self.changes[at].also.push(item.full.to_string()),
                    None => self.whole(("removed", &rules), class.word, item, ("is gone", None)),
                }
                let at = outer_gone.unwrap_or(self.changes.len() - 1);
                told.insert(item.full.clone(), at);
            } else if let Some(found) =
                found.filter(|_| !rules.is_empty() && !item.silent && item.outer.is_none())
            {
                let place_now = format!("moved to `{}`", self.new.files[found.file].path);
                let new = place(found.at, format!("{} {}", class.word, found.full));
                self.whole(("moved", &rules), class.word, item, (&place_now, new));
            }
            self.rules.extend(rules);
        }
    }

    fn whole(
        &mut self,
        (change, rules): (&str, &[Rule]),
        word: &str,
        item: &Item,
        (what, new): (&str, Option<Place>),
    ) {
        let kind = format!("protobuf/{word}-{change}");
        let places = [place(item.at, format!("{word} {}", item.full)), new];
        self.tell(
            (&kind, rules),
            self.of(word, &item.full),
            places,
            format!("{word} `{}` {what}", item.full),
        );
    }

    fn added(&mut self, class: &Class, old: &[Item], new: &[Item], told: &mut Told) {
        let before: BTreeSet<&str> = old.iter().map(|item| item.full.as_ref()).collect();
        for item in new.iter().filter(|item| !item.silent && !before.contains(item.full.as_ref())) {
            let file = &self.new.files[item.file];
            let same_file = self.old.paths.get(&file.path).map(|at| &self.old.files[*at]);
            let renamed = same_file.filter(|old| old.package.text != file.package.text);
            let was = renamed.map(|old| join(&old.package.text, file.nested(&item.full)));
            if was.is_some_and(|was| before.contains(was.as_ref())) {
                continue;
            }
            let outer = item.outer.as_ref().and_then(|outer| told.get(outer)).copied();
            if let Some(at) = outer {
                self.changes[at].also.push(item.full.to_string());
            } else {
                let kind = format!("protobuf/{}-added", class.word);
                let new = place(item.at, format!("{} {}", class.word, item.full));
                let message = format!("{} `{}` is new", class.word, item.full);
                self.tell((&kind, &[]), self.of(class.word, &item.full), [None, new], message);
            }
            told.insert(item.full.clone(), outer.unwrap_or(self.changes.len() - 1));
        }
    }

    fn of(&self, word: &str, full: &str) -> Subject {
        match word {
            "service" | "extension" => both(full),
            _ => self.subject(full),
        }
    }
}

/// All things of a class, in the order of the files.
fn all(class: &Class, set: &Set<'_>) -> Vec<Item> {
    let mut out = vec![];
    for (file, declared) in set.files.iter().enumerate() {
        out.extend((class.list)(declared).into_iter().map(|(full, at, parent, silent)| {
            let outer = parent.map(|at| declared.messages[at].full.clone());
            Item { full, file, at, outer, silent }
        }));
    }
    out
}

fn messages(file: &File<'_>) -> Vec<Declared> {
    let all = file.messages.iter();
    all.map(|it| (it.full.clone(), it.at, it.parent, it.map.is_some() || file.builtin)).collect()
}

fn enums(file: &File<'_>) -> Vec<Declared> {
    file.enums.iter().map(|it| (it.full.clone(), it.at, it.parent, file.builtin)).collect()
}

fn extensions(file: &File<'_>) -> Vec<Declared> {
    let full = |scope, name: &str| join(&file.scope(scope), name);
    file.extensions.iter().map(|it| (full(it.scope, &it.name.text), it.at, it.scope, false)).collect()
}

fn services(file: &File<'_>) -> Vec<Declared> {
    file.services.iter().map(|it| (it.full.clone(), it.at, None, false)).collect()
}
