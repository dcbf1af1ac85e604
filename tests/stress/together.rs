//! Builds at once, while the spec changes: one works, the others say that it does.

use crate::ground::{bastide, build, expected, grounds, number, places, project, same, spec};
use std::fs;
use std::process::Stdio;

/// Builds that are started together.
const CROWD: usize = 10;

#[test]
fn builds_at_once_keep_out_of_each_others_way() {
    let grounds = grounds();
    let (mut done, mut waited) = (0, 0);
    for (place, as_nobody) in &grounds {
        let folder = project(place, *as_nobody);
        for round in 0..number(40, 200) / CROWD / grounds.len() {
            let states = [round % 2, 1 - round % 2];
            folder.put("bastide.kdl", spec(states[0]));
            let start = |_: usize| {
                let mut command = bastide(*as_nobody, &["build", "-q"]);
                command.current_dir(&folder.0).stderr(Stdio::piped()).spawn().expect("built")
            };
            let mut crowd: Vec<_> = (0..CROWD / 2).map(start).collect();
            fs::write(folder.0.join("next.kdl"), spec(states[1])).expect("it is ours");
            fs::rename(folder.0.join("next.kdl"), folder.0.join("bastide.kdl")).expect("it is ours");
            crowd.extend((CROWD / 2..CROWD).map(start));
            for child in crowd {
                let output = child.wait_with_output().expect("it ends");
                let said = String::from_utf8_lossy(&output.stderr);
                match output.status.code() {
                    Some(0) => done += 1,
                    Some(2) if said.contains("another build is running") => waited += 1,
                    code => panic!("{code:?}: {said}"),
                }
            }
            assert!(build(&folder.0, *as_nobody).success());
            same(&folder.0, expected(states[1]), &round.to_string());
        }
    }
    assert!(done > 0);
    println!("{} builds at once: {done} worked, {waited} said that another does", done + waited);
}

#[test]
fn fixes_at_once_lose_nothing() {
    let folder = project(&places()[0], false);
    let wrong = spec(0).replace("contact=", "contct=");
    let (mut done, mut told) = (0, 0);
    for _ in 0..number(2, 20) {
        folder.put("bastide.kdl", &wrong);
        let fix = |_| {
            let mut command = bastide(false, &["check", "--fix", "-q"]);
            command.current_dir(&folder.0).stderr(Stdio::piped()).spawn().expect("built")
        };
        let crowd: Vec<_> = (0..4).map(fix).collect();
        for child in crowd {
            let output = child.wait_with_output().expect("it ends");
            match output.status.code() {
                Some(0) => done += 1,
                Some(2) => told += 1,
                code => panic!("{code:?}: {}", String::from_utf8_lossy(&output.stderr)),
            }
        }
        same(&folder.0, expected(0), "after fixes");
    }
    println!("{} fixes at once: {done} worked, {told} said that another does", done + told);
}
