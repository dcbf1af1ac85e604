//! Small packs, rendered for many nodes.

use super::*;
use crate::resolve::{Inputs, Keep, resolve};
use crate::spec::{self, Spec};
use crate::view::Views;
use bastide_report::source::Role;
use bastide_template::PackFile;

/// Services of the spec: enough for all threads.
const MANY: usize = 200;

/// A project and a pack.
struct Case {
    sources: Sources,
    shared: Arc<Shared>,
    pack: Pack,
}

impl Case {
    fn new(emits: &str, templates: &[(&str, &str)]) -> Case {
        let (mut sources, mut spec, mut report) = (Sources::default(), Spec::default(), Report::default());
        let services: String =
            (0..MANY).map(|at| format!("service \"s{at:03}\" {{ image \"x/s:{at}\" }}\n")).collect();
        let text =
            format!("app \"x\" version=\"1.0.0\"\nenvironment \"e\" platform=\"kubernetes\"\n{services}");
        let stdlib = include_str!("../../../../stdlib/defaults.kdl");
        for (name, text, role) in [("defaults.kdl", stdlib, Role::Stdlib), ("bastide.kdl", &text, Role::Spec)]
        {
            let file = sources.add(name, text, role);
            let source = sources.get(file);
            spec::read(
                &mut spec,
                source,
                &bastide_syntax::parse(file, &source.text, &mut report),
                &mut report,
            );
        }
        let model = resolve(spec, "e", &Inputs::default(), Keep::Said, &mut report).expect("an environment");
        let mut add = |name: &str, text: &str| sources.add(name, text, Role::Pack);
        let manifest = add("target.kdl", &format!("target \"p\" {{\n about \"Test.\"\n{emits}\n}}\n"));
        let files: Vec<PackFile> = templates
            .iter()
            .map(|(name, text)| PackFile { name: name.to_string(), file: add(name, text) })
            .collect();
        let manifest = manifest::read(manifest, &sources, &mut report).expect("a manifest");
        let templates = Templates::load(&files, &sources, &manifest.text_options, &mut report);
        assert!(!report.denied(), "{:#?}", report.findings);
        let views = Views::of(&model);
        let shared = Shared::new(
            model,
            views,
            super::context::Environments::default(),
            &super::context::Ways::default(),
        );
        Case {
            sources,
            shared,
            pack: Pack { manifest: Arc::new(manifest), templates, rules: Rules::default() },
        }
    }

    /// The files with their texts, and the messages of the findings.
    fn rendered(&self) -> (Vec<(String, String)>, Vec<String>) {
        let (mut report, mut files) = (Report::default(), vec![]);
        let put = &mut |it: Artifact| files.push((it.path, it.text));
        render(&self.pack, &self.shared, false, &self.sources, &mut report, put);
        (files, report.findings.into_iter().map(|finding| finding.message).collect())
    }
}

fn names() -> impl Iterator<Item = String> {
    (0..MANY).map(|at| format!("s{at:03}"))
}

#[test]
fn files_come_in_the_order_of_nodes_and_of_the_manifest_and_last_what_lists_them() {
    let case = Case::new(
        "emit \"a.yaml.j2\" for=\"service\" to=\"{{ service.name }}/a.yaml\"
         emit \"b.yaml.j2\" for=\"service\" to=\"{{ service.name }}/b.yaml\" when=\"service.name != 's003'\"
         emit \"all.yaml.j2\" for=\"environment\" to=\"all.yaml\"
         emit \"c.yaml.j2\" for=\"service\" to=\"{{ service.name }}/c.yaml\"",
        &[
            ("a.yaml.j2", "name: {{ service.name }}\n"),
            ("b.yaml.j2", "same: {{ services[service.name].name == service.name }}\n"),
            ("all.yaml.j2", "files: {{ files }}\nlast: {{ (services | last).name }}\n"),
            ("c.yaml.j2", "sees: {{ services | length }}\n"),
        ],
    );
    let mut expected: Vec<String> = vec![];
    for name in names() {
        let letters: &[&str] = if name == "s003" { &["a", "c"] } else { &["a", "b", "c"] };
        expected.extend(letters.iter().map(|letter| format!("{name}/{letter}.yaml")));
    }
    let listed: String = expected.iter().map(|path| format!("- {path}\n")).collect();
    expected.push("all.yaml".into());
    let expected: Vec<String> = expected.into_iter().map(|path| format!("deploy/e/p/{path}")).collect();
    for _ in 0..5 {
        let (files, findings) = case.rendered();
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(
            files.iter().map(|(path, _)| path).collect::<Vec<_>>(),
            expected.iter().collect::<Vec<_>>()
        );
        assert_eq!((&*files[0].1, &*files[1].1), ("name: s000\n", "same: true\n"));
        let all = files.iter().find(|(path, _)| path.ends_with("all.yaml")).map(|(_, text)| text.clone());
        assert_eq!(all, Some(format!("files:\n{listed}last: s{:03}\n", MANY - 1)));
    }
}

#[test]
fn findings_come_in_the_order_of_nodes_and_those_of_an_expression_once() {
    let case = Case::new(
        "emit \"a.txt.j2\" for=\"service\" to=\"{{ service.name }}/a.txt\"
         emit \"b.txt.j2\" for=\"service\" to=\"{{ service.name }}/b.txt\" when=\"service.name == 's000' or service.nothing\"",
        &[("a.txt.j2", "{{ (service.name ~ '!') | word }}\n"), ("b.txt.j2", "b\n")],
    );
    let bad = |name: String| format!("`{name}!` is no plain word (letters, digits and `_.:/-`)");
    let mut expected: Vec<String> = names().map(bad).collect();
    expected.insert(2, "`service.nothing` is not defined".into());
    for _ in 0..5 {
        let (files, findings) = case.rendered();
        assert_eq!(findings, expected);
        assert_eq!(files, [("deploy/e/p/s000/b.txt".to_string(), "b\n".to_string())]);
    }
}
