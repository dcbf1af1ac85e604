//! Many bytes, and texts that come in parts.

use super::{Folder, artifact, check, force, made, rules};
use crate::write::{Artifact, IoFault, Made, Options, Outcome, write};
use std::fs;

#[test]
fn many_bytes_are_kept_in_a_temporary_file() {
    let text = "é\n".repeat(1 << 19);
    let files: Vec<(String, String)> = (0..4).map(|at| (format!("f{at}"), format!("{at}{text}"))).collect();
    let mut calls = 0;
    let (folder, temporary) = (Folder::new(), Folder::new());
    let options = Options { temporary: temporary.0.clone(), ..Options::default() };
    let outcome = write(&folder.0, &options, &mut |sink| {
        calls += 1;
        files.iter().for_each(|(path, text)| sink(made(path, text)));
        true
    });
    assert!(outcome.unwrap().done);
    assert_eq!((calls, folder.tree().len()), (1, 5));
    assert_eq!(temporary.tree().into_keys().collect::<Vec<_>>(), ["/"], "nothing is left");
    for (path, text) in &files {
        assert_eq!(fs::read_to_string(folder.0.join(path)).unwrap(), *text);
    }
}

#[test]
fn what_cannot_be_kept_is_rendered_twice_and_must_agree() {
    let nowhere = || Options { temporary: "no/such/folder".into(), ..Options::default() };
    let text = "x".repeat(3 << 20);
    let files: Vec<(String, String)> = (0..4).map(|at| (format!("f{at}"), format!("{at}{text}"))).collect();
    let mut calls = 0;
    let folder = Folder::new();
    let outcome = write(&folder.0, &nowhere(), &mut |sink| {
        calls += 1;
        files.iter().for_each(|(path, text)| sink(made(path, text)));
        true
    });
    assert!(outcome.unwrap().done);
    assert_eq!((calls, folder.tree().len()), (2, 5));
    let mut calls = 0;
    let fault = write(&Folder::new().0, &nowhere(), &mut |sink| {
        calls += 1;
        files.iter().for_each(|(path, text)| sink(made(path, &format!("{calls}{text}"))));
        true
    });
    assert!(fault.unwrap_err().to_string().contains("two renderings"));
}

/// Builds one file whose text comes in parts, between two short ones.
fn parts(folder: &Folder, parts: &[&str], options: &Options) -> Result<Outcome, IoFault> {
    write(&folder.0, options, &mut |sink| {
        sink(made("a", "a\n"));
        let (last, first) = parts.split_last().unwrap();
        first.iter().for_each(|part| sink(Made::Part(part)));
        sink(Made::File(Artifact { from: "pack/long".into(), ..artifact("long", last) }));
        sink(made("z", "z\n"));
        true
    })
}

#[test]
fn a_text_in_parts_is_a_file_as_any_other() {
    for temporary in [std::env::temp_dir(), "no/such/folder".into()] {
        let or = |options: Options| Options { temporary: temporary.clone(), ..options };
        let (plain, folder) = (Folder::new(), Folder::new());
        parts(&plain, &["1é\n2\n3\n"], &or(Options::default())).unwrap();
        let go = |text: &[&str], options: Options| parts(&folder, text, &or(options)).unwrap();
        assert!(go(&["1é\n", "2\n", "3\n"], Options::default()).done);
        assert_eq!(folder.tree(), plain.tree());
        let again = go(&["1é\n2", "\n3\n"], Options::default());
        assert_eq!((again.unchanged, again.replaced.len()), (3, 0));
        assert!(rules(&go(&["1é\n", "2\n3\n", ""], check())).is_empty());
        assert_eq!(rules(&go(&["1é\n", "4\n"], check())), ["stale-output"]);
        assert_eq!(go(&["1é\n", "4\n"], Options::default()).replaced, ["long"]);
        assert_eq!(folder.get("long"), "1é\n4\n");
        folder.put("long", "by hand\n");
        assert_eq!(rules(&go(&["1é\n", "4\n"], Options::default())), ["edited-output"]);
        assert!(go(&["1é\n", "4\n"], force()).done);
        assert_eq!((folder.get("long"), folder.get("z")), ("1é\n4\n".into(), "z\n".into()));
    }
}

#[test]
fn a_torn_text_in_parts_is_resumed() {
    let text = ["1\n".repeat(900), "2\n".repeat(900)];
    let text: Vec<&str> = text.iter().map(String::as_str).collect();
    let expected = Folder::new();
    parts(&expected, &text, &Options::default()).unwrap();
    for stop_after in 0.. {
        let folder = Folder::new();
        let stop = Options { stop_after: Some(stop_after), ..Options::default() };
        let whole = parts(&folder, &text, &stop).is_ok();
        let outcome = parts(&folder, &text, &Options::default()).unwrap();
        assert!(outcome.done && outcome.faults.is_empty(), "{stop_after}: {outcome:?}");
        assert_eq!(folder.tree(), expected.tree(), "{stop_after}");
        if whole {
            break;
        }
    }
}
