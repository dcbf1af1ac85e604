//! Public applications, written as their platform engineers would (`tests/specs`), and the examples: they build for every
//! environment, and the terminal names everything that the output does not do. Their snapshots are read line by line beside the output.

use crate::support::{bastide, copy_of};

const APPS: [&str; 6] = [
    "tests/specs/boutique",
    "tests/specs/gitea",
    "tests/specs/sockshop",
    "examples/hello",
    "examples/polyglot",
    "examples/shop",
];

#[test]
fn each_builds_and_its_losses_are_named() {
    let mut lines = 0;
    for app in APPS {
        let folder = copy_of(app);
        let build = bastide(&folder, &["build"]).exits(0);
        let (told, _) = build.out.trim_end().rsplit_once('\n').expect("what was written stands last");
        for environment in ["dev", "prod"] {
            assert!(!folder.tree(&format!("deploy/{environment}")).is_empty(), "{app} in {environment}");
        }
        assert_eq!(bastide(&folder, &["check"]).exits(0).out.trim_end(), told, "{app}: check says the same");
        lines += told.lines().count();
        let mut settings = insta::Settings::clone_current();
        let name = app.rsplit('/').next().expect("a name");
        settings.set_snapshot_path(format!("../specs/{name}"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("terminal", told));
    }
    println!("{} specs, {lines} lines", APPS.len());
}

/// What a reading of the outputs found wrong, held where it was found: file, what stands there, whether it should.
#[test]
fn what_the_reading_found_stays_mended() {
    let low = "net.ipv4.ip_unprivileged_port_start";
    let cases = [
        ("sockshop", "prod/kubernetes/catalogue/deployment.yaml", low, true),
        ("sockshop", "prod/kubernetes/front-end/deployment.yaml", low, false),
        ("sockshop", "prod/kubernetes/queue-master/configmap.yaml", "SHIPPING_TASK_RETRY_DELAY: 10s", true),
        ("sockshop", "dev/compose/compose.yaml", "SHIPPING_TASK_RETRY_DELAY: 10s", true),
    ];
    for (app, path, text, right) in cases {
        let folder = copy_of(&format!("tests/specs/{app}"));
        bastide(&folder, &["build", "-q"]).exits(0);
        let made = folder.get(&format!("deploy/{path}"));
        assert_eq!(made.contains(text), right, "{path}: {text}\n{made}");
    }
}
