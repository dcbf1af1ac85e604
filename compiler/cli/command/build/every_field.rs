//! Changes every field of the language on the ground of `tests/fields`, in every environment of it, and asks of each change:
//! did a file change, or does the ledger name the field, or did a rule speak? What does neither is lost in silence.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

use super::*;
use crate::load::load;
use bastide_core::check::check_all;
use bastide_core::kind::ROOT;
use bastide_core::kind::environment::OWN_PARTS;
use bastide_core::resolve::merge::merge;
use bastide_core::resolve::{FileState, Inputs, environments as names_of};
use bastide_core::schema::{Arg, Need, Prop, Repeat, Schema, Type};
use bastide_core::spec::{Spec as Nodes, read_as};
use bastide_core::tree::{Item, Layer};
use bastide_report::source::{Role, Sources};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Two values of a type, so that a change from one to the other is a change of meaning. Texts with a form of their own
/// are found by the field's name.
fn samples(field: &str, ty: Type) -> [String; 2] {
    let text = |one: &str, two: &str| [format!("\"{one}\""), format!("\"{two}\"")];
    if let Some((_, one, two)) =
        SAMPLES.iter().find(|(name, ..)| field == *name || field.ends_with(&format!(".{name}")))
    {
        return [(*one).into(), (*two).into()];
    }
    match ty {
        Type::Text | Type::Wired | Type::Any | Type::Form(_) | Type::Written(_) => text("alpha", "beta"),
        Type::Word([one]) => text(one, one),
        Type::Word(words) => text(words[0], words[1]),
        Type::Bool => ["#true".into(), "#false".into()],
        Type::Int(least, most) => [(least + 1).to_string(), (least + 3).min(most).to_string()],
        Type::Duration | Type::Lasting => text("11s", "12s"),
        Type::Size => text("2Gi", "3Gi"),
        Type::Cpu => text("300m", "400m"),
        Type::Rate => text("50/s", "60/s"),
        Type::Share(_) | Type::Percent => text("40%", "60%"),
        Type::OneOf(numbers) => [numbers[0].to_string(), numbers[1].to_string()],
        Type::SizeTo(_) => text("2Mi", "3Mi"),
        Type::Date => text("2027-03-01", "2027-04-01"),
        Type::Cron => text("1 4 * * *", "2 5 * * *"),
        Type::Version => text("1.0.0", "1.1.0"),
        Type::Range => text("^1", "^1.0"),
        Type::File => text("contracts/a.yaml", "contracts/b.yaml"),
        Type::Url => text("https://one.example.com", "https://two.example.com"),
        Type::UrlPath => text("/one", "/two"),
        Type::Host => text("one.example.com", "two.example.com"),
        Type::Ref(kinds) => {
            let (_, one, two) =
                NAMES.iter().find(|(kind, ..)| kinds.contains(kind)).expect("a name of the kind");
            text(one, two)
        }
    }
}

/// Names of the ground.
const NAMES: &[(&str, &str, &str)] = &[
    ("service", "stock", "shop"),
    ("external", "bank", "bank"),
    ("resource", "ledger", "wares"),
    ("topic", "payments", "shipments"),
    ("queue", "emails", "labels"),
    ("environment", "dev", "plain"),
    ("archetype", "worker", "api"),
    ("resource-type", "postgres", "mysql"),
    ("api", "shop", "stock"),
];

/// Values of fields whose text has a form.
const SAMPLES: &[(&str, &str, &str)] = &[
    ("file", "\"/one\"", "\"/two\""),
    ("volume", "\"/one\"", "\"/two\""),
    ("rollout.steps", "\"5% 50%\"", "\"10% 60%\""),
    ("service.session", "\"store\"", "\"sticky\""),
    ("topic.on", "\"events\"", "\"jobs\""),
    ("queue.on", "\"jobs\"", "\"bus\""),
    ("slo.rate", "\"1/h\"", "\"100/s\""),
    ("calls.api", "\"stock\"", "\"shop\""),
    ("route.api", "\"shop\"", "\"shop-admin\""),
    ("part.api", "\"shop\"", "\"shop-admin\""),
    ("secret.from", "\"a/b#c\"", "\"a/b#d\""),
    ("cors.origins", "\"https://one.example.com\"", "\"https://two.example.com\""),
    ("cors.methods", "\"GET\"", "\"POST\""),
    ("route.method", "\"GET\"", "\"POST\""),
    ("route.header", "\"X-One: a\"", "\"X-One: b\""),
    ("route.query", "\"one=a\"", "\"one=b\""),
    ("redirect", "\"/one\"", "\"/two\""),
    ("redirect.status", "302", "307"),
    ("metrics.buckets", "\"0.1 0.5\"", "\"0.1 0.6\""),
    ("backup.to", "\"s3://one/a\"", "\"s3://one/b\""),
    ("patch", "\"Deployment/shop\"", "\"Deployment/stock\""),
    ("set", "\"spec.minReadySeconds\"", "\"spec.revisionHistoryLimit\""),
    ("file.from", "\"contracts/a.yaml\"", "\"contracts/b.yaml\""),
    ("build", "\"app\"", "\"events\""),
    ("image", "\"example.com/one:1\"", "\"example.com/one:2\""),
];

/// One change: the same nodes said in two ways.
struct Change {
    field: String,
    ways: [String; 2],
}

/// Every change of a node as it stands, and of the parts it may have.
fn changes(item: &Item) -> Vec<Change> {
    let mut all = vec![];
    let head = format!("{} {}", item.schema.node, quoted(&item.key));
    walk(item.schema, Some(item), item.schema.node, &|inner| format!("{head} {inner}"), &mut all);
    all
}

fn quoted(key: &str) -> String {
    if key.is_empty() { String::new() } else { format!("{key:?}") }
}

/// What has to stand beside a property, or in a node at all, for it to mean something.
fn beside(schema: &Schema, item: Option<&Item>, name: &str, path: &str) -> String {
    let said = |need: &&Need| item.is_some_and(|item| need.one_of.iter().any(|other| item.says(other)));
    let needs = schema.needs.iter().filter(|need| need.when.is_empty() || need.when == name);
    let needs = needs.filter(|need| !said(need));
    let missing =
        needs.filter(|need| !need.one_of.contains(&name)).filter_map(|need| schema.prop(need.one_of[0]));
    let said = |it: &Prop| {
        let value = &samples(&format!("{path}.{}", it.name), it.ty)[0];
        format!("{}={value} ", it.name)
    };
    missing.map(said).collect()
}

/// `wrap` puts what is said of the node behind its name.
fn walk(
    schema: &'static Schema,
    item: Option<&Item>,
    path: &str,
    wrap: &dyn Fn(&str) -> String,
    all: &mut Vec<Change>,
) {
    // What two of them are told apart by stays, so that the change meets the node and makes no second one.
    let apart: Vec<&str> = match schema.repeat {
        Repeat::Many(marks) => marks.iter().filter_map(|mark| mark.prop()).collect(),
        _ => vec![],
    };
    let own = |name: &&&str| item.is_some_and(|item| item.field(name).is_some());
    let stays = |prop: &Prop| match item {
        Some(_) => apart.iter().filter(own).any(|name| *name == prop.name),
        None => prop.required,
    };
    let mut kept = String::new();
    for prop in schema.props.iter().filter(|prop| stays(prop)) {
        let said = item.and_then(|item| item.text(prop.name)).map(|text| format!("{text:?}"));
        let value = said.unwrap_or_else(|| samples(&format!("{path}.{}", prop.name), prop.ty)[0].clone());
        kept += &format!("{}={value} ", prop.name);
    }
    let kept = kept.as_str();
    for prop in schema.props.iter().filter(|prop| !prop.check_only && !apart.contains(&prop.name)) {
        let field = format!("{path}.{}", prop.name);
        let [one, two] = samples(&field, prop.ty);
        let mut kept = kept.replace(&format!("{}={one} ", prop.name), "");
        kept += &beside(schema, item, prop.name, path);
        let way = |value: &str| wrap(&format!("{kept}{}={value}", prop.name));
        if one == two && item.is_some_and(|item| item.field(prop.name).is_some()) {
            continue;
        }
        let second = if one == two { wrap(&kept) } else { way(&two) };
        all.push(Change { field, ways: [way(&one), second] });
    }
    if schema.free.is_some() {
        let way = |value: &str| wrap(&format!("{kept}{{ ALPHA {value:?} }}"));
        all.push(Change { field: path.into(), ways: [way("one"), way("two")] });
    }
    let overlay = |part: &Schema| path == "environment" && OWN_PARTS.iter().all(|own| own.node != part.node);
    for part in schema.parts.iter().filter(|part| !part.check_only && part.node != "lint" && !overlay(part)) {
        let inner = match path {
            _ if ["calls", "route", "job", "api"].contains(&part.node) => part.node.to_string(),
            _ => format!("{path}.{}", part.node),
        };
        let there = item.and_then(|item| item.part(part.node));
        let sample = |ty: Type| samples(&inner, ty);
        let mut head = String::new();
        match part.arg {
            Arg::None => {}
            Arg::Name => head = there.map_or("\"fresh\"".into(), |it| quoted(&it.key)),
            Arg::Key(ty) | Arg::Names(ty) => head = there.map_or(sample(ty)[0].clone(), |it| quoted(&it.key)),
            Arg::Value(ty) | Arg::Values(ty) => {
                let [one, two] = sample(ty);
                let way = |value: &str| {
                    let more = beside(part, there, &format!("={}", value.trim_matches('"')), &inner);
                    wrap(&format!("{kept}{{ {} {value} {more}}}", part.node))
                };
                let second = if one == two { wrap(kept) } else { way(&two) };
                // A field of one word that stands there cannot be changed.
                if one != two || there.is_none() {
                    all.push(Change { field: inner.clone(), ways: [way(&one), second] });
                }
                head = there.and_then(Item::value_text).map_or(one, |it| format!("{it:?}"));
                if matches!(ty, Type::Int(..)) {
                    head = head.replace('"', "");
                }
            }
            Arg::Maybe(Type::Bool) => {
                let way = |value: &str| wrap(&format!("{kept}{{ {} {value} }}", part.node));
                all.push(Change { field: inner.clone(), ways: [way("#true"), way("#false")] });
            }
            Arg::Maybe(_) => {}
        }
        let way = |inner: &str| wrap(&format!("{kept}{{ {} {head} {inner} }}", part.node));
        walk(part, there, &inner, &way, all);
    }
}

/// What became of the ground: files by environment, losses by environment, findings.
#[derive(PartialEq)]
struct Outcome {
    files: BTreeMap<String, BTreeMap<String, String>>,
    lost: BTreeMap<String, BTreeSet<String>>,
    findings: BTreeSet<String>,
    denied: bool,
}

/// The ground, read once.
struct Ground {
    spec: Nodes,
    sources: Sources,
    inputs: Inputs,
    packs: BTreeMap<String, Pack>,
    all: Packs,
    names: Vec<String>,
}

impl Ground {
    fn open(folder: &str) -> Ground {
        let mut project = load(Some(Path::new(folder))).expect("the ground can be read");
        for path in ["contracts/a.yaml", "contracts/b.yaml", "app", "events"] {
            let text = std::fs::read_to_string(Path::new(folder).join(path));
            project.inputs.files.insert(path.into(), text.map_or(FileState::Exists, FileState::Text));
        }
        let all = packs(&mut project).expect("the packs can be read");
        let names = names_of(&project.spec);
        let mut packs = BTreeMap::new();
        for name in all.names() {
            let pack = all.load(name, &project.sources, &mut project.report);
            packs.extend(pack.map(|pack| (name.to_string(), pack)));
        }
        assert!(!project.report.denied(), "the ground is read: {:?}", project.report.findings);
        let Project { spec, sources, inputs, .. } = project;
        Ground { spec, sources, inputs, packs, all, names }
    }

    /// The spec with a change laid into one of its nodes; none if it is not even read.
    fn with(&self, at: usize, way: &str) -> Result<Nodes, String> {
        let mut sources = Sources::default();
        let file = sources.add("change", way, Role::Spec);
        let mut report = Report::default();
        let document = bastide_syntax::parse(file, way, &mut report);
        let read = read_as(&ROOT, Layer::Spec, sources.get(file), &document, &mut report);
        if report.denied() || read.len() != 1 {
            return Err(report.findings.iter().map(|it| it.message.clone()).collect());
        }
        let mut spec = self.spec.clone();
        let mut over = read.into_iter().next().expect("there is one");
        over.move_to(spec.items[at].origin.span);
        merge(&mut spec.items[at], over);
        Ok(spec)
    }

    fn outcome(&self, mut spec: Nodes) -> Outcome {
        let mut report = Report::default();
        let models = resolve_all(&mut spec, &self.names, &self.inputs, Keep::Said, &mut report);
        target_use::check(&self.all, &models, &mut report);
        let list = environments(&models);
        let views: Vec<Views> = models.iter().map(Views::of).collect();
        let pairs: Vec<(&Model, &Views)> = models.iter().zip(&views).collect();
        // What a rule says does not keep the rest from being tried.
        let mut rules = Report::default();
        check_all(&pairs, &mut rules);
        let mut outcome = Outcome {
            files: BTreeMap::new(),
            lost: BTreeMap::new(),
            findings: BTreeSet::new(),
            denied: report.denied(),
        };
        for (model, views) in models.into_iter().zip(views) {
            if outcome.denied {
                break;
            }
            let name = model.environment.name.value.clone();
            let chosen: Vec<&Pack> =
                self.all.chosen(&model).iter().filter_map(|name| self.packs.get(name)).collect();
            let shared = Shared::new(model, views, list.clone(), &Ways::default());
            let ledger = Ledger::of(&shared, &chosen, &mut report);
            let lost = ledger.losses().iter().map(|it| it.field.to_string());
            outcome.lost.insert(name.clone(), lost.collect());
            let files = outcome.files.entry(name).or_default();
            for pack in chosen {
                for app in [false, true] {
                    let mut put = |it: Artifact| drop(files.insert(it.path, it.text));
                    target::render(pack, &shared, app, &self.sources, &mut report, &mut put);
                }
            }
            target::patch::unmet(&shared, &mut rules);
        }
        outcome.denied |= report.denied();
        let told = report.findings.iter().chain(&rules.findings).filter(|it| it.rule != "not-covered");
        outcome.findings = told.map(|it| format!("{} {}", it.rule, it.message)).collect();
        outcome
    }

    /// The environments in which a change is lost in silence; an error if it is refused. What stands there already is enough to
    /// compare with where it shows that the field counts; else both ways are.
    fn silent(&self, base: &Outcome, at: usize, change: &Change) -> Result<Vec<String>, String> {
        let [one, two] = &change.ways;
        let one = self.outcome(self.with(at, one)?);
        let own = &self.spec.items[at];
        let mut silent: Vec<String> = self.names.clone();
        silent.retain(|name| !self.takes_away(name, own));
        if own.schema.node == "environment" {
            silent.retain(|name| **name == *own.key);
        }
        self.keep_silent(&mut silent, base, &one, change)?;
        if !silent.is_empty() {
            let two = self.outcome(self.with(at, two)?);
            self.keep_silent(&mut silent, &two, &one, change)?;
        }
        Ok(silent)
    }

    /// Whether an environment takes a node away.
    fn takes_away(&self, environment: &str, node: &Item) -> bool {
        let mut environments = self.spec.items.iter().filter(|it| it.schema.node == "environment");
        let own = environments.find(|it| *it.key == *environment);
        own.is_some_and(|it| it.parts.iter().any(|part| part.removed && part.is_namesake(node)))
    }

    /// Leaves those in which two outcomes are the same and nobody says that the field is lost.
    fn keep_silent(
        &self,
        names: &mut Vec<String>,
        one: &Outcome,
        two: &Outcome,
        change: &Change,
    ) -> Result<(), String> {
        if one.denied || two.denied {
            return Err(one.findings.symmetric_difference(&two.findings).next().cloned().unwrap_or_default());
        }
        let told = |lost: &BTreeSet<String>| {
            lost.iter().any(|it| {
                change.field == *it
                    || change.field.strip_prefix(it.as_str()).is_some_and(|rest| rest.starts_with('.'))
            })
        };
        names.retain(|name| {
            one.files[name] == two.files[name]
                && one.findings == two.findings
                && !told(&one.lost[name])
                && !told(&two.lost[name])
        });
        Ok(())
    }
}

#[test]
fn no_field_is_lost_in_silence() {
    let ground = Ground::open("tests/fields");
    let base = ground.outcome(ground.spec.clone());
    assert!(!base.denied, "the ground stands: {:?}", base.findings);
    let own = |item: &Item| item.origin.layer == Layer::Spec && TRIED.contains(&item.schema.node);
    let items = ground.spec.items.iter().enumerate().filter(|(_, item)| own(item));
    let all: Vec<(usize, &Item, Change)> = items
        .flat_map(|(at, item)| changes(item).into_iter().map(move |change| (at, item, change)))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = vec![];
        while let Some((at, item, change)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*item, change, ground.silent(&base, *at, change)));
        }
        done
    };
    let done = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        [work(), other.join().expect("no change makes it panic")].concat()
    });
    let (mut silent, mut carried, mut untried) = (vec![], BTreeSet::new(), BTreeMap::new());
    for (item, change, found) in &done {
        match found {
            Ok(places) if places.is_empty() => drop(carried.insert(&change.field)),
            Ok(places) => {
                let node = format!("{} {}", item.schema.node, item.key);
                silent.push(format!("{} of {node} in {}", change.field, places.join(", ")));
            }
            Err(why) => drop(untried.entry(&change.field).or_insert((&change.ways, why))),
        }
    }
    silent.sort();
    untried.retain(|field, _| !carried.contains(field) && !ONLY_REFUSED.contains(&field.as_str()));
    println!("{} changes of {} fields tried", all.len(), carried.len());
    assert!(silent.is_empty(), "lost in silence:\n{}", silent.join("\n"));
    assert!(untried.is_empty(), "refused wherever they were tried: {untried:#?}");
}

/// Fields of which the ground has no two values that are both right: a version of each type, options by their names, and
/// what contradicts what stands beside it.
const ONLY_REFUSED: &[&str] = &[
    "delivery.rollout",
    "gateway.direction",
    "environment.target",
    "resource.option.value",
    "resource.type",
    "resource.version",
];

/// Kinds whose fields targets write.
const TRIED: &[&str] = &[
    "app",
    "environment",
    "delivery",
    "resource",
    "topic",
    "queue",
    "external",
    "service",
    "function",
    "gateway",
];
