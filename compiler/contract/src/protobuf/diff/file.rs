//! Files: gone, new, moved to another package or dialect, and the options that steer generated code.

use super::super::buf::{self, Rule};
use super::super::rows::{self, file as row};
use super::super::tree::{File, choice};
use super::{Diff, Subject, place};
use crate::{Row, Skipped};
use std::collections::BTreeMap;

/// An option of files that buf judges: its name, its value where it is not set, its row and rule.
struct Judged(&'static str, &'static str, &'static Row, Rule);

const JUDGED: &[Judged] = &[
    Judged("cc_enable_arenas", "true", &rows::file_option::CC_ENABLE_ARENAS, buf::FILE_SAME_CC_ENABLE_ARENAS),
    Judged(
        "cc_generic_services",
        "false",
        &rows::file_option::CC_GENERIC_SERVICES,
        buf::FILE_SAME_CC_GENERIC_SERVICES,
    ),
    Judged("csharp_namespace", "", &rows::file_option::CSHARP_NAMESPACE, buf::FILE_SAME_CSHARP_NAMESPACE),
    Judged("go_package", "", &rows::file_option::GO_PACKAGE, buf::FILE_SAME_GO_PACKAGE),
    Judged(
        "java_generic_services",
        "false",
        &rows::file_option::JAVA_GENERIC_SERVICES,
        buf::FILE_SAME_JAVA_GENERIC_SERVICES,
    ),
    Judged(
        "java_multiple_files",
        "false",
        &rows::file_option::JAVA_MULTIPLE_FILES,
        buf::FILE_SAME_JAVA_MULTIPLE_FILES,
    ),
    Judged(
        "java_outer_classname",
        "",
        &rows::file_option::JAVA_OUTER_CLASSNAME,
        buf::FILE_SAME_JAVA_OUTER_CLASSNAME,
    ),
    Judged("java_package", "", &rows::file_option::JAVA_PACKAGE, buf::FILE_SAME_JAVA_PACKAGE),
    Judged("objc_class_prefix", "", &rows::file_option::OBJC_CLASS_PREFIX, buf::FILE_SAME_OBJC_CLASS_PREFIX),
    Judged("optimize_for", "SPEED", &rows::file_option::OPTIMIZE_FOR, buf::FILE_SAME_OPTIMIZE_FOR),
    Judged("php_class_prefix", "", &rows::file_option::PHP_CLASS_PREFIX, buf::FILE_SAME_PHP_CLASS_PREFIX),
    Judged(
        "php_metadata_namespace",
        "",
        &rows::file_option::PHP_METADATA_NAMESPACE,
        buf::FILE_SAME_PHP_METADATA_NAMESPACE,
    ),
    Judged("php_namespace", "", &rows::file_option::PHP_NAMESPACE, buf::FILE_SAME_PHP_NAMESPACE),
    Judged(
        "py_generic_services",
        "false",
        &rows::file_option::PY_GENERIC_SERVICES,
        buf::FILE_SAME_PY_GENERIC_SERVICES,
    ),
    Judged("ruby_package", "", &rows::file_option::RUBY_PACKAGE, buf::FILE_SAME_RUBY_PACKAGE),
    Judged("swift_prefix", "", &rows::file_option::SWIFT_PREFIX, buf::FILE_SAME_SWIFT_PREFIX),
];

/// Whether an option of files has a row of its own.
pub fn judged(name: &str) -> bool {
    JUDGED.iter().any(|Judged(known, ..)| *known == name)
}

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
                    (&row::FILE_ADDED, &[]),
                    &Subject::both(path),
                    [None, place(after.syntax_at, "")],
                    message,
                );
            }
        }
        self.packages();
    }

    fn file_removed(&mut self, file: &File<'_>) {
        let (path, old) = (&file.path, place(file.syntax_at, ""));
        let (row, message) = match file.builtin {
            true => (&row::IMPORT_DROPPED, format!("nothing imports `{path}` any more")),
            false => (&row::FILE_REMOVED, format!("file `{path}` is gone")),
        };
        self.tell((row, &[buf::FILE_NO_DELETE]), &Subject::both(path), [old, None], message);
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
                self.rules.insert(buf::PACKAGE_NO_DELETE);
                continue;
            }
            let subject = Subject::both(package);
            let message = format!("package `{package}` is gone");
            let old = place(file.package.at, package);
            self.tell((&row::PACKAGE_REMOVED, &[buf::PACKAGE_NO_DELETE]), &subject, [old, None], message);
        }
    }

    fn file(&mut self, old: &File<'_>, new: &File<'_>) {
        if old.builtin || new.builtin {
            return;
        }
        self.compared += 1;
        let subject = Subject::both(&old.path);
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
            self.tell((&row::PACKAGE_CHANGED, &[buf::FILE_SAME_PACKAGE]), &subject, places, message);
        }
        self.dialect(&subject, old, new);
        for judged in JUDGED {
            self.judged(&subject, judged, old, new);
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
            self.tell((&row::SYNTAX_CHANGED, &[buf::FILE_SAME_SYNTAX]), subject, places, message);
        } else if old.syntax != new.syntax {
            self.tell((&row::EDITION_CHANGED, &[]), subject, places, message);
        }
    }

    fn judged(&mut self, subject: &Subject, judged: &Judged, old: &File<'_>, new: &File<'_>) {
        let Judged(name, unset, row, rule) = judged;
        let read = |file: &File<'_>| match choice(&file.options, name) {
            Some(option) => (option.value.show(), option.at),
            None => ((*unset).to_owned(), file.syntax_at),
        };
        let ((before, old_at), (after, new_at)) = (read(old), read(new));
        if before != after {
            let message = format!("option `{name}` of `{}` was `{before}`, now it is `{after}`", old.path);
            self.tell((row, &[*rule]), subject, [place(old_at, before), place(new_at, after)], message);
        }
    }
}
