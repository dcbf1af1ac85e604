//! Generated pairs of contracts, judged by values. A schema and a version of it are put in a place of a contract; values
//! are drawn along both, and a validator of JSON Schema, which knows nothing of comparing, says which side accepts
//! which. Where the old accepts what the new refuses, clients that send break, and the other way round for what they get.
//!
//! `CONTRACT_PAIRS=20000 cargo test -p bastide-contract --test oracle -- --nocapture` makes so many; 400 by default.
//! `CONTRACT_FIRST=20000` begins with another pair than that of 0.
#![allow(clippy::disallowed_methods, reason = "tests read their options")]
#![allow(clippy::print_stdout, reason = "it says how much it tried")]
#![allow(clippy::unwrap_used, reason = "a test stops where it is wrong")]

mod argued;
mod grammar;
mod large;
mod places;
mod random;
mod values;

use bastide_contract::{Comparison, ContractFormat, File, Options, Side};
use bastide_report::source::{Role, Sources};
use jsonschema::Validator;
use places::{Place, meanings, spelled};
use random::Random;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Values drawn along each side; and where a break is said that none of them shows.
const DRAWN: [usize; 2] = [120, 6000];

/// Two contracts compared.
pub fn compare(old: &str, new: &str) -> Comparison {
    let mut sources = Sources::default();
    let mut side = |text: &str| {
        let id = sources.add("a.openapi.json", text, Role::Spec);
        Side { files: vec![File { path: "a.openapi.json".into(), id, asked: true }] }
    };
    let (old, new) = (side(old), side(new));
    let format = ContractFormat::named("openapi").unwrap();
    (format.compare)(&old, &new, &sources, &Options::default())
}

/// What `from` accepts and `to` refuses, if a value shows it; nothing is known where no value of `from` is found.
fn witness(
    random: &mut Random,
    place: Place,
    from: (&Json, &Json),
    to: &Json,
    drawn: usize,
) -> Option<Option<Json>> {
    let (accepts, other) =
        (jsonschema::validator_for(from.1).unwrap(), jsonschema::validator_for(to).unwrap());
    let drawn = (0..drawn).map(|_| values::draw(random, from.0, 3)).collect::<Vec<_>>();
    let lists = values::singles().into_iter().map(|one| Json::Array(vec![one])).collect::<Vec<_>>();
    let all = values::singles().into_iter().chain(lists).chain(drawn);
    let written = |value: &Json| place.between().is_none_or(|between| spelled(value, between).is_some());
    let valid: Vec<Json> = all.filter(|value| accepts.is_valid(value) && written(value)).collect();
    let met = !valid.is_empty();
    met.then(|| valid.into_iter().find(|value| refused(place, value, &other)))
}

fn refused(place: Place, value: &Json, to: &Validator) -> bool {
    let Some(between) = place.between() else { return !to.is_valid(value) };
    // Nothing says how maps and lists of lists are written.
    let Some(texts) = spelled(value, between) else { return false };
    // A list of nothing and a list of an empty text are written alike.
    let plain = !value.is_array() || texts.iter().any(|text| !text.is_empty());
    plain && !meanings(&texts, between).iter().any(|meaning| to.is_valid(meaning))
}

/// One pair: whether somebody breaks, by the comparison and by values.
struct Case {
    place: Place,
    old: Json,
    new: Json,
    said: Comparison,
    /// What breaks, with `oneOf` as it is written.
    witness: Option<Json>,
    /// What breaks, with `oneOf` read as `anyOf`.
    loosely: Option<Json>,
}

/// How deep lists stand in lists.
fn depth_of(schema: &Json) -> usize {
    let inner = match schema {
        Json::Object(map) => map.values().map(depth_of).max(),
        Json::Array(all) => all.iter().map(depth_of).max(),
        _ => None,
    };
    inner.unwrap_or(0) + usize::from(schema.get("items").is_some())
}

/// The pair of a number; none where a side accepts nothing that could be drawn.
fn case(seed: u64) -> Option<Case> {
    let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let place = *random.pick(&places::ALL);
    let depth = if place.between().is_some() { 1 } else { 2 };
    let flat = |schema: &Json| {
        place.between().is_none() || depth_of(schema) < 2 && !schema.to_string().contains("object")
    };
    let mut drawn = std::iter::repeat_with(|| {
        let old = grammar::schema(&mut random, depth);
        let new = grammar::mutated(&mut random, &old, depth);
        (old, new)
    });
    // Nothing says how maps and lists of lists are written but as JSON.
    let (old, new) = drawn.find(|(old, new)| flat(old) && flat(new)).unwrap();
    let said = compare(&place.contract(&old), &place.contract(&new));
    let (from, to) = if place.is_got() { (&new, &old) } else { (&old, &new) };
    let strictly = (from.clone(), to.clone());
    let mut witness = witness_of(&mut random, place, from, strictly.clone());
    let loosely = witness_of(&mut random, place, from, (argued::loose(from), argued::loose(to)));
    if said.breaking() && witness == Some(None) {
        witness = self::witness(&mut random, place, (from, &strictly.0), &strictly.1, DRAWN[1]);
    }
    let (witness, loosely) = (witness?, loosely?);
    Some(Case { place, old, new, said, witness, loosely })
}

fn witness_of(
    random: &mut Random,
    place: Place,
    guide: &Json,
    (from, to): (Json, Json),
) -> Option<Option<Json>> {
    witness(random, place, (guide, &from), &to, DRAWN[0])
}

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number is asked for"))
}

#[test]
fn verdicts_are_those_of_values() {
    let (first, count) = (asked("CONTRACT_FIRST").unwrap_or(0), asked("CONTRACT_PAIRS").unwrap_or(400));
    let (mut faults, mut tally) = (vec![], BTreeMap::<&str, usize>::new());
    for seed in first..first + count {
        let Some(case) = case(seed) else {
            *tally.entry("nothing to draw").or_default() += 1;
            continue;
        };
        assert!(case.said.looked(), "{}", case.old);
        let breaks = case.said.breaking();
        let name = match (breaks, case.witness.is_some()) {
            (true, true) => "both: breaks",
            (false, false) => "both: nothing breaks",
            _ => argued::why(&case).unwrap_or(if breaks { "FALSE ALARM" } else { "MISSED" }),
        };
        *tally.entry(name).or_default() += 1;
        if name == "MISSED" || name == "FALSE ALARM" {
            let rules = case.said.changes.iter().map(|it| format!("{} {}", it.bump.as_str(), it.kind.name));
            let rules = rules.collect::<Vec<_>>().join(", ");
            let witness = case.witness.map_or("no value".into(), |value| value.to_string());
            faults.push(format!(
                "{name} {seed} {:?}\n  {}\n  {}\n  {witness}: {rules}",
                case.place, case.old, case.new
            ));
        }
    }
    println!("{count} pairs from {first} on: {tally:#?}");
    let shown = faults.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} of {count} are wrong\n{shown}", faults.len());
}
