//! Every type of the tables by brute force: texts of it and texts like them, a few signs put in, taken out or replaced.
//! What is accepted is read whole, and prints back to the same meaning; what is refused is refused within the text.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail, and says how much it tried"
)]

use bastide_core::form::{Form, Shape, name};
use bastide_core::kind::{ROOT, target};
use bastide_core::schema::{Arg, Schema, Type, words};
use bastide_core::spec::value;
use bastide_core::tree::{Layer, Scalar};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{Role, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// Texts made for each type.
const TRIES: usize = 1_000;

/// Signs that mean something to somebody.
const SIGNS: &[char] = &[
    'a', 'Z', '0', '7', ' ', ' ', ',', ';', ':', '/', '%', '*', '"', '\'', '\\', '$', '{', '}', '#', '@',
    '+', '-', '_', '.', '=', '!', '|', '&', '[', ']', '(', '<', '?', '~', '^', 'é', '\t', '\n', '\r',
    '\u{7}', '\u{a0}',
];

/// Free texts: for people, or for a program whose grammar is not ours. A line that is not here needs a form.
const FREE: &[(&str, &str)] = &[
    // People read them.
    ("owner", "owner.contact owner.page owner.ticket archetype.about option.about topics.about"),
    (
        "lint.because",
        "once.because once.help lacks.because say approximates.how refuses.because choice.about about stand-in context layer zone layers",
    ),
    // Expressions, patterns and commands, which their own readers refuse where they are used.
    (
        "deny",
        "include emit group.in group.when emit.to emit.when part.when covers.when approximates.when refuses.when lint test set append insert remove patch raw delimiters reads",
    ),
    // Names that are looked up: what is not there is told.
    (
        "calls.api",
        "route.api part.api once lacks target option lint choice choice.is at provider key covers approximates refuses one-of unread target.extends",
    ),
    // Values somebody else compares, letter by letter.
    (
        "auth.audience",
        "require.value subscribes.idempotent-by receives.idempotent-by on.idempotent-by key part",
    ),
];

#[test]
fn every_free_text_is_meant_to_be_free() {
    let known: BTreeSet<&str> = FREE.iter().flat_map(|(one, more)| more.split(' ').chain([*one])).collect();
    let mut found: BTreeSet<String> = BTreeSet::new();
    each(&mut |place, ty| {
        if ty == Type::Text {
            found.insert(place.into());
        }
    });
    let new: Vec<&String> = found.iter().filter(|it| !known.contains(it.as_str())).collect();
    assert!(new.is_empty(), "give it a form, or say here why it is free: {new:?}");
    let gone: Vec<&&str> = known.iter().filter(|it| !found.contains(**it)).collect();
    assert!(gone.is_empty(), "no free text any more: {gone:?}");
    println!("{} free texts", found.len());
}

#[test]
fn texts_are_read_whole_or_refused_at_the_sign() {
    let mut types: BTreeMap<String, (Type, String)> = BTreeMap::new();
    each(&mut |place, ty| {
        types.entry(format!("{ty:?}").split("part:").next().unwrap().into()).or_insert((ty, place.into()));
    });
    let (mut accepted, mut refused, mut random) = (0, 0, Random(11));
    // Labels are free in compose: a rule asks for their form where it counts.
    for form in [&name::LABEL, &name::LABEL_KEY] {
        types.insert(form.to_string(), (Type::Form(form), form.to_string()));
    }
    for (ty, place) in types.values() {
        let seeds = seeds(*ty);
        assert!(!seeds.is_empty(), "{place}: say texts of {ty:?}");
        for seed in &seeds {
            assert!(read(seed, *ty).0.is_some(), "{place}: {seed:?} is of the form: {:?}", read(seed, *ty).1);
        }
        for _ in 0..TRIES {
            let seed = random.below(seeds.len());
            let text = random.like(&seeds[seed]);
            match judge(&text, *ty) {
                Ok(true) => accepted += 1,
                Ok(false) => refused += 1,
                Err(why) => panic!("{place}: {text:?}: {why}"),
            }
        }
    }
    println!("{} types, {accepted} texts accepted and {refused} refused", types.len());
    assert!(types.len() > 50 && accepted > 10_000 && refused > 10_000);
}

/// Whether the text is accepted, or why the answer is not right.
fn judge(text: &str, ty: Type) -> Result<bool, String> {
    let (value, findings, span) = read(text, ty);
    let Some(value) = value else {
        let [finding] = findings.as_slice() else { return Err(format!("{} findings", findings.len())) };
        let label = finding.labels.first().ok_or("no label")?.span;
        let inside = span.0 <= label.start && label.end <= span.1 && label.start < label.end;
        return match inside && finding.help.is_some() {
            true => Ok(false),
            false => Err(format!("label {}..{} of {span:?}, {:?}", label.start, label.end, finding.help)),
        };
    };
    if !findings.is_empty() {
        return Err("accepted with a finding".into());
    }
    if let Some(form) = ty.form() {
        whole(text, form)?;
    }
    match read(&value.print(), ty).0 {
        Some(again) if again == value => Ok(true),
        other => Err(format!("{value:?} prints as {:?}, which is {other:?}", value.print())),
    }
}

/// No sign of an accepted text is lost in its parts, and the parts make a text with the same parts.
fn whole(text: &str, form: &Form) -> Result<(), String> {
    let parts = form.read(text).map_err(|wrong| wrong.why)?;
    let again = form.read(&form.print(&parts)).map_err(|wrong| wrong.why)?;
    let dense = |text: &str| text.replace(' ', "");
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let kept = match form.shape {
        Shape::One => parts == [text],
        Shape::List => dense(&parts.concat()) == dense(text),
        Shape::Pair(mark, _) => dense(&parts.join(&mark.to_string())) == dense(text),
        Shape::Command => letters(&parts.concat()) == letters(text),
    };
    if again == parts && kept { Ok(()) } else { Err(format!("{parts:?}, and then {again:?}")) }
}

/// Reads a text as a value of the type: the value, what is found, and where the value stands.
fn read(text: &str, ty: Type) -> (Option<Scalar>, Vec<Finding>, (u32, u32)) {
    let quoted: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".into(),
            '\\' => "\\\\".into(),
            c if c.is_control() || c == '\u{a0}' => format!("\\u{{{:x}}}", c as u32),
            c => c.to_string(),
        })
        .collect();
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let file = sources.add("bastide.kdl", format!("node \"{quoted}\""), Role::Spec);
    let source = &sources.get(file).text;
    let document = bastide_syntax::parse(file, source, &mut report);
    let node = document.nodes(source).next().unwrap();
    let entry = node.entries().next().unwrap();
    let span = entry.value_span();
    let value = value::read(entry, ty, "node", Layer::Spec, &mut report);
    (value.map(|at| at.value), report.findings, (span.start, span.end))
}

fn seeds(ty: Type) -> Vec<String> {
    let known: &[&str] = match ty {
        Type::Word(list) => return words(list).map(str::to_string).collect(),
        Type::Duration | Type::Lasting => &["800ms", "1m30s", "14d"],
        Type::Size => &["256Mi", "20Gi", "1M", "512B"],
        Type::SizeTo(_) => &["256Mi", "1B", "4294967295B"],
        Type::Cpu => &["250m", "2", "1.5"],
        Type::Rate => &["100/s", "1/d"],
        Type::Share(0..7) => &["5%", "0.4%", "100%"],
        Type::Share(_) => &["99.95%", "0.0000001%"],
        Type::Percent => &["70%", "1%"],
        Type::Date => &["2027-03-01", "2028-02-29"],
        Type::Cron => &["0 3 * * *", "*/15 8-18 1,15 jan mon-fri", "0 3 * * 7"],
        Type::Version => &["2.1.0", "16", "2.0.0-rc.1+exp.5"],
        Type::Range => &["^1.4", ">=1, <2", "~1.2"],
        Type::File => &["services/orders", "."],
        Type::Ref(_) => &["orders"],
        other => other.form().map_or(&[], |form| form.good),
    };
    known.iter().map(|text| text.to_string()).collect()
}

/// Every type of every table, and the place it stands at; those that take texts.
fn each(visit: &mut dyn FnMut(&str, Type)) {
    let mut seen: BTreeSet<(&str, usize)> = BTreeSet::new();
    for top in [&ROOT, &target::ROOT, &target::PART_ROOT] {
        walk(top, &mut seen, &mut |place, ty| {
            if !matches!(ty, Type::Bool | Type::Int(..) | Type::OneOf(_)) {
                visit(place, ty);
            }
        });
    }
}

fn walk(
    schema: &'static Schema,
    seen: &mut BTreeSet<(&'static str, usize)>,
    visit: &mut dyn FnMut(&str, Type),
) {
    if !seen.insert((schema.node, schema.docs.as_ptr() as usize)) {
        return;
    }
    if let Arg::Key(ty) | Arg::Names(ty) | Arg::Value(ty) | Arg::Maybe(ty) | Arg::Values(ty) = schema.arg {
        visit(schema.node, ty);
    }
    for prop in schema.props.iter().chain(&schema.free) {
        visit(&format!("{}.{}", schema.node, prop.name), prop.ty);
    }
    schema.parts.iter().for_each(|part| walk(part, seen, visit));
}

/// The same numbers in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    /// A text like this one: one to three signs put in, taken out or replaced.
    fn like(&mut self, text: &str) -> String {
        let mut signs: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(3) {
            let at = self.below(signs.len() + 1);
            let sign = SIGNS[self.below(SIGNS.len())];
            match self.below(3) {
                0 if at < signs.len() => drop(signs.remove(at)),
                1 if at < signs.len() => signs[at] = sign,
                _ => signs.insert(at, sign),
            }
        }
        signs.into_iter().collect()
    }
}
