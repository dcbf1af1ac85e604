//! Puts hostile texts into every text of a spec that says all there is to say (`tests/injection`), builds it in every
//! environment of it, and reads each file back: it must be that of the same build with a harmless word in that place, and the
//! text as it is where the word was; or the text is refused. A plain run tries a few texts in each place,
//! `BASTIDE_INJECTION=NUMBER` so many, `BASTIDE_INJECTION=all` every one.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

mod compare;
mod payloads;
mod places;
mod readers;
mod slots;

use super::every_field::ground::{Files, Ground};
use compare::Swap;
use payloads::PAYLOADS;
use slots::{Slot, word};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

const GROUND: &str = "tests/injection";

/// What lies in its folders, whatever its name.
const LIKE: &[(&str, &str)] =
    &[("contracts/", "contracts/a.yaml"), ("events/", "events/a.json"), ("app/", "app")];

/// A plain run: texts in each place, and builds at most of each of the two threads.
const SAMPLE: (usize, usize) = (2, 10);

#[test]
fn no_text_becomes_syntax() {
    let mut ground = Ground::open(GROUND);
    let slots = slots::slots(&ground.spec.items);
    for (number, slot) in &slots {
        let texts = PAYLOADS.iter().map(|it| it.to_string()).chain([word(*number)]);
        for path in texts.filter_map(|text| slot.path(*number, &text)) {
            let like =
                LIKE.iter().find(|(folder, _)| path.starts_with(folder)).expect("a folder of the ground");
            ground.like(path, like.1);
        }
    }
    let text = std::fs::read_to_string(format!("{GROUND}/bastide.kdl")).expect("the ground is there");
    let harmless = ground.outcome(ground.spec.clone());
    assert!(!harmless.denied, "the ground stands: {:#?}", harmless.findings);
    let asked = std::env::var("BASTIDE_INJECTION").ok();
    let number = |it: String| it.parse().map_or(PAYLOADS.len(), |it: usize| it.min(PAYLOADS.len()));
    let (rounds, most) = asked.map_or(SAMPLE, |it| (number(it), usize::MAX));
    let trial = Trial { slots, harmless: harmless.files, ground, text, most };
    let said: BTreeSet<String> = trial.slots.values().map(|slot| slot.field.clone()).collect();
    let unsaid: Vec<String> = slots::fields().into_iter().filter(|field| !said.contains(field)).collect();
    assert!(unsaid == UNSAID, "texts of which {GROUND} says none: {unsaid:#?}");
    let next = AtomicUsize::new(0);
    let work = || {
        let mut counts = Counts::default();
        while let Some(round) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|it| *it < rounds) {
            trial.round(round, &mut counts);
        }
        counts
    };
    let counts = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        work().and(other.join().expect("no text makes it panic"))
    });
    println!(
        "{} texts of {} fields, {rounds} of {} hostile texts in each: {} refused, {} built in {} builds, {} left, {} several parts by intent; {} outputs that \
         changed were read back ({:?}), {} times a text arrived",
        trial.slots.len(),
        said.len(),
        PAYLOADS.len(),
        counts.refused,
        counts.built,
        counts.builds,
        counts.left,
        counts.parts,
        counts.files.values().sum::<usize>(),
        counts.files,
        counts.arrived
    );
    let holes: Vec<&str> = counts.holes.iter().map(String::as_str).collect();
    assert!(holes.is_empty(), "{} holes:\n{}", holes.len(), holes.join("\n"));
}

/// Texts with no word in the ground: names of what is there already, words and numbers, and what no output holds.
const UNSAID: &[&str] = &[
    "api.publish",
    "calls.api",
    "ci",
    "cors.methods",
    "file.mode",
    "guarantees.delivery",
    "hosts.NAME",
    "lacks",
    "lacks.because",
    "metrics.buckets",
    "once",
    "once.because",
    "once.help",
    "option",
    "outside.host",
    "part.api",
    "port.publish",
    "port.sources",
    "provider",
    "raw",
    "remove",
    "resource.version",
    "rollout.steps",
    "route.api",
    "route.method",
    "secret-file",
    "stand-in",
    "target",
    "target.(name)",
    "topics.about",
    "topics.image",
    "ulimits.NAME",
    "unread",
    "versions.(name)",
];

/// What was tried.
#[derive(Debug, Default)]
struct Counts {
    builds: usize,
    /// Texts that are several parts where they stand, as a list has spaces.
    parts: usize,
    /// Neither refused nor built, since a plain run stops early.
    left: usize,
    refused: usize,
    built: usize,
    files: BTreeMap<String, usize>,
    arrived: usize,
    holes: BTreeSet<String>,
}

impl Counts {
    fn and(mut self, other: Counts) -> Counts {
        self.builds += other.builds;
        self.left += other.left;
        self.parts += other.parts;
        self.refused += other.refused;
        self.built += other.built;
        self.arrived += other.arrived;
        self.holes.extend(other.holes);
        other.files.into_iter().for_each(|(ending, count)| *self.files.entry(ending).or_default() += count);
        self
    }
}

struct Trial {
    ground: Ground,
    /// The spec as it is written.
    text: String,
    slots: BTreeMap<usize, Slot>,
    harmless: Files,
    /// Builds of each thread, at most.
    most: usize,
}

/// Hostile texts by the places they are put in.
type Texts<'t> = BTreeMap<usize, &'t str>;

impl Trial {
    /// The spec with these texts.
    fn spec(&self, texts: &Texts<'_>) -> String {
        let mut spec = String::new();
        for part in self.text.split_inclusive("zq") {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let at = part[..digits].parse().ok().filter(|at| spec.ends_with("zq") && texts.contains_key(at));
            if let Some(at) = at {
                spec.truncate(spec.len() - 2);
                spec += &self.slots[&at].written(texts[&at]);
            }
            spec += &part[at.map_or(0, |_| digits + 1)..];
        }
        spec
    }

    /// Each place with another text.
    fn round(&self, round: usize, counts: &mut Counts) {
        let text = |at: usize| PAYLOADS[(at * 7 + round) % PAYLOADS.len()];
        let all = self.slots.keys().map(|at| (*at, text(*at)));
        let read = |(at, text): &(usize, &str)| Ground::read(&self.spec(&[(*at, *text)].into())).is_some();
        let all: Vec<(usize, &str)> = all.filter(|(at, text)| self.slots[at].takes(text)).collect();
        counts.parts += self.slots.len() - all.len();
        let hostile: Vec<(usize, &str)> = all.iter().copied().filter(read).collect();
        counts.refused += all.len() - hostile.len();
        self.attempt(&hostile, counts);
    }

    /// Builds with these texts; if they are refused together, without those of which that is told, which are tried by
    /// themselves.
    fn attempt(&self, hostile: &[(usize, &str)], counts: &mut Counts) {
        if hostile.is_empty() || counts.builds >= self.most {
            counts.left += hostile.len();
            return;
        }
        let texts: Texts<'_> = hostile.iter().copied().collect();
        let outcome = Ground::read(&self.spec(&texts)).map(|spec| self.ground.outcome_of(spec));
        counts.builds += 1;
        let swap = |texts: &Texts<'_>| Swap(texts.iter().map(|(at, text)| (*at, text.to_string())).collect());
        let denials = match outcome {
            Some(outcome) if !outcome.denied => {
                counts.built += hostile.len();
                return self.compare(&swap(&texts), &outcome.files, counts);
            }
            _ if hostile.len() == 1 => {
                counts.refused += 1;
                return;
            }
            outcome => outcome.map(|it| it.denials.join("\n")).unwrap_or_default(),
        };
        let told = |(_, text): &(usize, &str)| {
            text.len() > 1 && denials.contains(&text.escape_debug().to_string())
                || denials.contains(&format!("`{text}`"))
        };
        let (mut one, mut two): (Vec<_>, Vec<_>) = hostile.iter().copied().partition(told);
        if one.is_empty() || two.is_empty() {
            let halves = hostile.split_at(hostile.len() / 2);
            (one, two) = (halves.0.to_vec(), halves.1.to_vec());
        }
        self.attempt(&two, counts);
        self.attempt(&one, counts);
    }

    /// Reads every file that is another one.
    fn compare(&self, swap: &Swap, hostile: &Files, counts: &mut Counts) {
        let count = |files: &Files| files.values().map(BTreeMap::len).sum::<usize>();
        let (before, now) = (count(&self.harmless), count(hostile));
        if before != now {
            counts.holes.insert(format!("{before} files became {now}"));
        }
        let none = BTreeMap::new();
        let environments = self.harmless.iter();
        let files = environments.flat_map(|(environment, files)| {
            let others = hostile.get(&swap.put(environment)).unwrap_or(&none);
            files.iter().map(move |(path, text)| (others, path, text))
        });
        for (others, path, one) in files {
            let Some(two) = others.get(&swap.put(path)) else {
                counts.holes.insert(format!("{path} is not there"));
                continue;
            };
            if one == two {
                continue;
            }
            let name = path.rsplit('/').next().unwrap_or_default();
            *counts.files.entry(name.rsplit('.').next().unwrap_or_default().into()).or_default() += 1;
            match swap.file(path, one, two) {
                Ok(_) => counts.arrived += swap.within(one),
                Err(why) => drop(counts.holes.insert(format!("{path}: {why}"))),
            }
        }
    }
}
