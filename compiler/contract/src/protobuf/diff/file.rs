//! Files: gone, new, moved to another package or dialect, and the options that steer generated code.

use super::super::file_option::{FILE_OPTIONS, FileOption};
use super::super::tree::{File, choice};
use super::{Diff, both};
use crate::{Skipped, Subject, place};
use std::collections::BTreeMap;

impl Diff<'_, '_> {
    /// All files, by path; then the packages as wholes.
    pub fn files(&mut self) {
        let (old, new) = (self.old, self.new);
        for (path, index) in &old.paths {
            let before = &old.files[*index];
            match new.paths.get(path) {
                Some(index) => self.file(before, &new.files[*index]),
                None => self.file_removed(before),
            }
        }
        for (path, index) in &new.paths {
            let after = &new.files[*index];
            if !after.builtin && !old.paths.contains_key(path) {
                let message = format!("file `{path}` is new");
                self.tell(
                    ("protobuf/file-added", &[]),
                    both(path),
                    [None, place(after.syntax_at, "")],
                    message,
                );
            }
        }
        self.packages();
    }

    fn file_removed(&mut self, file: &File<'_>) {
        let (path, old) = (&file.path, place(file.syntax_at, ""));
        let (kind, message) = match file.builtin {
            true => ("protobuf/import-dropped", format!("nothing imports `{path}` any more")),
            false => ("protobuf/file-removed", format!("file `{path}` is gone")),
        };
        self.tell((kind, &["FILE_NO_DELETE"]), both(path), [old, None], message);
    }

    fn packages(&mut self) {
        let (old, new) = (self.old.packages(), self.new.packages());
        let gone: BTreeMap<_, _> =
            old.into_iter().filter(|(package, _)| !new.contains_key(package)).collect();
        for (package, index) in gone {
            let file = &self.old.files[index];
            // Said already: the file has another package now, or nothing imports the built-in one.
            let elsewhere = self.new.paths.contains_key(&file.path);
            if elsewhere || file.builtin {
                self.rules.insert("PACKAGE_NO_DELETE");
                continue;
            }
            let places = [place(file.package.at, package), None];
            let message = format!("package `{package}` is gone");
            self.tell(("protobuf/package-removed", &["PACKAGE_NO_DELETE"]), both(package), places, message);
        }
    }

    fn file(&mut self, old: &File<'_>, new: &File<'_>) {
        if old.builtin || new.builtin {
            return;
        }
        self.compared += 1;
        let subject = both(&old.path);
        if old.package.text != new.package.text {
            let (from, to) = (&old.package.text, &new.package.text);
            let message = format!("package `{from}` of `{}` became `{to}`", old.path);
            let places = [place(old.package.at, from.as_ref()), place(new.package.at, to.as_ref())];
            let subject = Subject { element: from.to_string(), ..subject.clone() };
            self.skipped.push(Skipped {
                what: format!("what `{}` declares", old.path),
                why: format!("it is in package `{to}` now, where all names are others"),
                span: Some(new.package.at),
            });
            self.tell(("protobuf/package-changed", &["FILE_SAME_PACKAGE"]), &subject, places, message);
        }
        self.dialect(&subject, old, new);
        for option in FILE_OPTIONS {
            self.file_option(&subject, option, old, new);
        }
        self.options(&subject, (&old.options, old.syntax_at), (&new.options, new.syntax_at));
    }

    fn dialect(&mut self, subject: &Subject, old: &File<'_>, new: &File<'_>) {
        let show = |file: &File<'_>| match file.syntax {
            super::super::tree::Syntax::Edition(year) => format!("edition {year}"),
            _ => file.dialect().to_owned(),
        };
        let places = [place(old.syntax_at, show(old)), place(new.syntax_at, show(new))];
        let message = format!("`{}` was written in {}, now in {}", old.path, show(old), show(new));
        if old.dialect() != new.dialect() {
            self.tell(("protobuf/syntax-changed", &["FILE_SAME_SYNTAX"]), subject, places, message);
        } else if old.syntax != new.syntax {
            self.tell(("protobuf/edition-changed", &[]), subject, places, message);
        }
    }

    fn file_option(&mut self, subject: &Subject, option: &FileOption, old: &File<'_>, new: &File<'_>) {
        let FileOption { name, unset, rule, .. } = option;
        let read = |file: &File<'_>| match choice(&file.options, name) {
            Some(option) => (option.value.show(), option.at),
            None => ((*unset).to_owned(), file.syntax_at),
        };
        let ((before, old_at), (after, new_at)) = (read(old), read(new));
        if before != after {
            let message = format!("option `{name}` of `{}` was `{before}`, now it is `{after}`", old.path);
            let places = [place(old_at, before), place(new_at, after)];
            self.tell((&option.change(), &[*rule]), subject, places, message);
        }
    }
}
