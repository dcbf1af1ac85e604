//! What comes between the plan and the changes.

use super::{Artifact, Findings, Folder, NEW, OLD, Options, Report, Sources, artifacts, build};
use crate::fault::IoFault;
use crate::write::folder::Root;
use crate::write::lock::{self, Lock};
use crate::write::{apply, plan};
use std::fs;

/// Plans, lets something happen, then changes.
fn meanwhile(folder: &Folder, artifacts: &[Artifact], happen: impl FnOnce()) -> Result<(), IoFault> {
    let root = Root::open(&folder.0, lock::PATH, None)?;
    let text = lock::read(&root, root.lock())?.unwrap();
    let lock = text.as_deref().map_or_else(Lock::default, |text| Lock::parse(text).unwrap());
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let mut findings = Findings::new(&mut sources, &mut report);
    let plan = plan::plan_writes(&root, Options::default(), &lock, artifacts, &mut findings)?;
    assert!(!findings.refused());
    happen();
    apply::apply(usize::MAX, &root, &lock, &plan)
}

#[test]
fn a_file_that_came_or_changed_is_nobodys_to_touch() {
    // Created, replaced, removed.
    for path in ["Jenkinsfile", "deploy/prod/b.yaml", "deploy/prod/gone/c.yaml"] {
        let folder = Folder::new();
        build(&folder, OLD);
        let fault = meanwhile(&folder, &artifacts(NEW), || folder.put(path, "theirs")).unwrap_err();
        assert!(fault.to_string().contains("changed while the build was running"), "{fault}");
        assert_eq!(folder.get(path), "theirs");
        assert!(!folder.tree().keys().any(|path| path.contains("tmp")), "{:?}", folder.tree());
        // The next build sees the edit, or, of what it no longer makes, lets it be.
        build(&folder, NEW);
        assert_eq!(folder.get(path), "theirs");
    }
}

#[test]
fn a_lock_that_changed_is_not_replaced() {
    let folder = Folder::new();
    build(&folder, OLD);
    let other = folder.get("deploy/bastide.lock").replace("deploy/prod/a.yaml", "deploy/prod/z.yaml");
    let fault =
        meanwhile(&folder, &artifacts(NEW), || folder.put("deploy/bastide.lock", &other)).unwrap_err();
    assert!(fault.to_string().contains("the lock was changed"), "{fault}");
    assert_eq!(folder.get("deploy/bastide.lock"), other);
    assert!(!folder.tree().keys().any(|path| path.contains("tmp")), "{:?}", folder.tree());
    assert_eq!(folder.get("deploy/prod/b.yaml"), "b: 1\n");
}

#[test]
fn a_folder_that_went_is_not_forgotten() {
    let folder = Folder::new();
    build(&folder, OLD);
    let (place, aside) = (folder.0.join("deploy/prod/gone"), folder.0.join("aside"));
    let fault = meanwhile(&folder, &artifacts(NEW), || fs::rename(&place, &aside).unwrap()).unwrap_err();
    assert!(fault.to_string().contains("changed while the build was running"), "{fault}");
    fs::rename(&aside, &place).unwrap();
    assert!(build(&folder, NEW).outcome.done);
    assert!(!place.exists(), "it is still known, and goes");
}

#[test]
fn a_folder_that_came_is_filled() {
    let folder = Folder::new();
    meanwhile(&folder, &artifacts(OLD), || folder.put("deploy/prod/gone/theirs", "theirs")).unwrap();
    assert_eq!(folder.get("deploy/prod/gone/theirs"), "theirs");
    OLD.iter().for_each(|(path, text)| assert_eq!(folder.get(path), *text));
}

#[cfg(unix)]
#[test]
fn a_folder_swapped_for_a_link_leads_nowhere() {
    use std::os::unix::fs::symlink;
    for (swapped, target) in [("deploy", "deploy"), ("deploy/prod", "deploy/prod"), ("deploy/prod/gone", "c")]
    {
        for relative in [false, true] {
            let (folder, outside) = (Folder::new(), Folder::new());
            build(&folder, OLD);
            // What lies outside looks just as what bastide wrote.
            build(&outside, OLD);
            outside.put("c/c.yaml", "c: 1\n");
            let before = outside.tree();
            let meanwhile = meanwhile(&folder, &artifacts(NEW), || {
                fs::rename(folder.0.join(swapped), folder.0.join("moved")).unwrap();
                let up = "../".repeat(swapped.split('/').count());
                let way = format!("{up}{}", outside.0.file_name().unwrap().to_str().unwrap());
                let to = if relative { way.into() } else { outside.0.clone() };
                symlink(to.join(target), folder.0.join(swapped)).unwrap();
            });
            assert!(meanwhile.is_err(), "{swapped}");
            assert_eq!(outside.tree(), before, "{swapped}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_swapped_for_a_link_is_not_written_through() {
    use std::os::unix::fs::symlink;
    for path in ["Jenkinsfile", "deploy/prod/b.yaml", "deploy/prod/gone/c.yaml", "deploy/bastide.lock"] {
        let (folder, outside) = (Folder::new(), Folder::new());
        build(&folder, OLD);
        outside.put("mine", "b: 1\n");
        drop(meanwhile(&folder, &artifacts(NEW), || {
            drop(fs::remove_file(folder.0.join(path)));
            symlink(outside.0.join("mine"), folder.0.join(path)).unwrap();
        }));
        assert_eq!(outside.tree().into_iter().collect::<Vec<_>>(), [("mine".into(), "b: 1\n".into())]);
    }
}
