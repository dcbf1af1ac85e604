//! Asks every condition of every built-in pack (`when=` of emits, parts and claims) of every node of a corpus, as strictly as
//! those of a project's own: a field that is not there is told with its place, where it would be silently false.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

use super::*;
use crate::load::load;
use bastide_core::target::manifest::Asked;

/// Every kind of node, each in the forms in which targets treat it differently.
const CORPUS: [&str; 9] = [
    "tests/fields",
    "tests/specs/boutique",
    "tests/specs/gitea",
    "tests/specs/sockshop",
    "tests/judges/gateway",
    "tests/judges/stores",
    "examples/hello",
    "examples/polyglot",
    "examples/shop",
];

#[test]
fn no_condition_is_silently_false() {
    let (mut faults, mut asked, mut built) = (vec![], BTreeMap::new(), 0);
    for folder in CORPUS {
        let mut project = load(Some(Path::new(folder))).expect("it can be read");
        let mut packs = packs(&mut project).expect("the packs can be read");
        packs.strict = true;
        let names = bastide_core::resolve::environments(&project.spec);
        let mut resolved = Report::default();
        let models = resolve_all(&mut project.spec, &names, &project.inputs, Keep::Said, &mut resolved);
        let (list, mut found) = (environments(&models), vec![]);
        for model in models {
            let mut report = Report::default();
            let chosen: Vec<Pack> = packs
                .chosen(&model)
                .iter()
                .filter_map(|name| packs.load(name, &project.sources, &mut report))
                .collect();
            let shared = Shared::new(model.clone(), Views::of(&model), list.clone(), &Ways::default());
            let uses: Vec<&Pack> = chosen.iter().collect();
            covers::check(&[Ledger::of(&shared, &uses, &mut report)], false, &mut report);
            for pack in &chosen {
                built += 1;
                for app in [false, true] {
                    target::render(pack, &shared, app, &project.sources, &mut report, &mut drop);
                }
                conditions(pack, &shared, &mut asked);
            }
            found.extend(report.findings);
        }
        let slips = found.into_iter().filter(|it| it.rule == "template-error");
        faults.extend(slips.map(|it| {
            let place = it.labels.first().map(|label| {
                let source = project.sources.get(label.span.file);
                let line = source.text[..label.span.start as usize].lines().count();
                format!("{}:{line}", source.path)
            });
            format!("{folder}: {} at {}", it.message, place.unwrap_or_default())
        }));
    }
    let nodes: usize = asked.values().sum();
    println!("{} conditions asked of {nodes} nodes, in {built} packs of {} specs", asked.len(), CORPUS.len());
    let never: Vec<_> = asked.iter().filter(|(_, count)| **count == 0).map(|(text, _)| text).collect();
    assert!(never.is_empty(), "asked of nothing: {never:#?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Adds how many nodes each condition of a pack is asked of here.
fn conditions(pack: &Pack, shared: &Shared, asked: &mut BTreeMap<String, usize>) {
    let claims = pack.manifest.all_covers().filter_map(|(_, cover)| cover.only.as_ref());
    let claims = claims.map(|(each, (when, _)): &Asked| (each, when));
    let emits = pack.manifest.all_emits().filter_map(|(_, emit)| Some((&emit.each, &emit.when.as_ref()?.0)));
    for (each, when) in claims.chain(emits) {
        *asked.entry(format!("{each}: {when}")).or_default() += shared.count(each);
    }
}
