//! Messages, enums, extensions and services as wholes: gone, moved, new.

use super::super::buf::{self, Rule};
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
    removed: &'static str,
    moved: &'static str,
    added: &'static str,
    from_file: Rule,
    from_package: Rule,
    /// buf asks about a package only if it has things of this kind left; about services always.
    asks_empty: bool,
}

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

const CLASSES: &[Class] = &[
    Class {
        word: "message",
        list: messages,
        removed: "protobuf/message-removed",
        moved: "protobuf/message-moved",
        added: "protobuf/message-added",
        from_file: buf::MESSAGE_NO_DELETE,
        from_package: buf::PACKAGE_MESSAGE_NO_DELETE,
        asks_empty: false,
    },
    Class {
        word: "enum",
        list: enums,
        removed: "protobuf/enum-removed",
        moved: "protobuf/enum-moved",
        added: "protobuf/enum-added",
        from_file: buf::ENUM_NO_DELETE,
        from_package: buf::PACKAGE_ENUM_NO_DELETE,
        asks_empty: false,
    },
    Class {
        word: "extension",
        list: extensions,
        removed: "protobuf/extension-removed",
        moved: "protobuf/extension-moved",
        added: "protobuf/extension-added",
        from_file: buf::EXTENSION_NO_DELETE,
        from_package: buf::PACKAGE_EXTENSION_NO_DELETE,
        asks_empty: false,
    },
    Class {
        word: "service",
        list: services,
        removed: "protobuf/service-removed",
        moved: "protobuf/service-moved",
        added: "protobuf/service-added",
        from_file: buf::SERVICE_NO_DELETE,
        from_package: buf::PACKAGE_SERVICE_NO_DELETE,
        asks_empty: true,
    },
];

impl Diff<'_, '_> {
    /// All classes.
    pub fn items(&mut self) {
        // Changes already told, by the full name of what is gone or new: what is nested in it is told with it.
        let (mut gone, mut made) = (BTreeMap::new(), BTreeMap::new());
        for class in CLASSES {
            let (old, new) = (all(class, self.old), all(class, self.new));
            self.gone(class, &old, &new, &mut gone);
            self.added(class, &old, &new, &mut made);
        }
    }

    fn gone(&mut self, class: &Class, old: &[Item], new: &[Item], told: &mut Told) {
        let left: BTreeMap<&str, &Item> = new.iter().map(|item| (item.full.as_ref(), item)).collect();
        let asked: BTreeSet<&str> = match class.asks_empty {
            true => self.new.packages().into_keys().collect(),
            false => new.iter().map(|item| self.new.files[item.file].package.text.as_ref()).collect(),
        };
        for item in old {
            let file = &self.old.files[item.file];
            let same_file = self.new.paths.get(&file.path).copied();
            let here = same_file.map(|at| join(&self.new.files[at].package.text, file.nested(&item.full)));
            let in_file = here.and_then(|full| left.get(full.as_ref())).map(|found| Some(found.file));
            let found = left.get(item.full.as_ref());
            let mut rules = vec![];
            if same_file.is_some() && in_file != Some(same_file) {
                rules.push(class.from_file);
            }
            if found.is_none() && asked.contains(file.package.text.as_ref()) {
                rules.push(class.from_package);
            }
            let outer_gone = item.outer.as_ref().and_then(|outer| told.get(outer)).copied();
            if found.is_none() && in_file != Some(same_file) && !item.silent {
                match outer_gone {
                    Some(at) => self.changes[at].also.push(item.full.to_string()),
                    None => self.whole((class.removed, &rules), class.word, item, ("is gone", None)),
                }
                let at = outer_gone.unwrap_or(self.changes.len() - 1);
                told.insert(item.full.clone(), at);
            } else if let Some(found) =
                found.filter(|_| !rules.is_empty() && !item.silent && item.outer.is_none())
            {
                let place_now = format!("moved to `{}`", self.new.files[found.file].path);
                let new = place(found.at, format!("{} {}", class.word, found.full));
                self.whole((class.moved, &rules), class.word, item, (&place_now, new));
            }
            self.rules.extend(rules);
        }
    }

    fn whole(&mut self, kind: (&str, &[Rule]), word: &str, item: &Item, (what, new): (&str, Option<Place>)) {
        let subject = self.of(word, &item.full);
        let message = format!("{word} `{}` {what}", item.full);
        self.tell(kind, &subject, [place(item.at, format!("{word} {}", item.full)), new], message);
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
            let at = match outer {
                Some(at) => {
                    self.changes[at].also.push(item.full.to_string());
                    at
                }
                None => {
                    let subject = self.of(class.word, &item.full);
                    let message = format!("{} `{}` is new", class.word, item.full);
                    let new = place(item.at, format!("{} {}", class.word, item.full));
                    self.tell((class.added, &[]), &subject, [None, new], message);
                    self.changes.len() - 1
                }
            };
            told.insert(item.full.clone(), at);
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
