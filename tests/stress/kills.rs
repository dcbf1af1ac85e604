//! Kills at any moment: of the whole run, and of the moment in which files change.

use crate::ground::{Dice, bastide, build, expected, grounds, left, number, places, project, same, spec};
use crate::support::tree;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};

/// Whether a build has begun to write: something of its own stands beside the lock.
fn writes(folder: &Path) -> bool {
    let entries = fs::read_dir(folder.join("deploy")).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".bastide-"))
}

#[test]
fn a_killed_build_is_finished_by_the_next() {
    let grounds = grounds();
    let (all, mut dice) = (number(24, 1_000), Dice(0x9e37_79b9_7f4a_7c15));
    let (mut killed, mut torn, mut staged) = (0, 0, 0);
    for (at, (place, as_nobody)) in grounds.iter().enumerate() {
        let folder = project(place, *as_nobody);
        let begun = Instant::now();
        build(&folder.0, *as_nobody);
        let whole = begun.elapsed().as_micros() as u64;
        // Some are over before they are met.
        for round in 0..all * 4 {
            if killed >= all * (at + 1) / grounds.len() {
                break;
            }
            let state = 1 - round % 2;
            folder.put("bastide.kdl", spec(state));
            let mut child =
                bastide(*as_nobody, &["build", "-q"]).current_dir(&folder.0).spawn().expect("built");
            let mut running = || child.try_wait().is_ok_and(|it| it.is_none());
            if round % 3 == 0 {
                thread::sleep(Duration::from_micros(dice.below(whole)));
            } else {
                while !writes(&folder.0) && running() {
                    thread::yield_now();
                }
                thread::sleep(Duration::from_micros(dice.below(4_000)));
            }
            killed += usize::from(running());
            drop(child.kill());
            drop(child.wait());
            let after = tree(&folder.0);
            staged += usize::from(!left(&after).is_empty());
            let lock = String::from_utf8_lossy(&after["deploy/bastide.lock"]).into_owned();
            torn += usize::from(lock.contains("not done"));
            // What is built next is what was killed, or what was there before.
            let next = if dice.below(2) == 0 { state } else { 1 - state };
            folder.put("bastide.kdl", spec(next));
            let what = format!("{} {at} {round}", place.display());
            assert!(build(&folder.0, *as_nobody).success(), "{what}");
            same(&folder.0, expected(next), &what);
        }
    }
    println!(
        "{killed} kills: {staged} left files that were being written, {torn} a tree between two states; all finished"
    );
}

#[test]
fn a_killed_first_build_is_finished_by_the_next() {
    let (all, mut dice) = (number(6, 60), Dice(7));
    let mut staged = 0;
    for round in 0..all {
        let folder = project(&places()[0], round % 2 == 1);
        fs::remove_dir_all(folder.0.join("deploy")).expect("it is there");
        let mut child =
            bastide(round % 2 == 1, &["build", "-q"]).current_dir(&folder.0).spawn().expect("built");
        while !folder.0.join("deploy").exists() && child.try_wait().is_ok_and(|it| it.is_none()) {
            thread::yield_now();
        }
        thread::sleep(Duration::from_micros(dice.below(8_000)));
        drop(child.kill());
        drop(child.wait());
        staged += usize::from(!left(&tree(&folder.0)).is_empty());
        assert!(build(&folder.0, round % 2 == 1).success());
        let mut wanted = expected(0).clone();
        wanted.remove(crate::ground::MINE);
        same(&folder.0, &wanted, &round.to_string());
    }
    println!("{all} first builds killed, {staged} while they wrote; all finished");
}
