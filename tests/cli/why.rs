//! `why`: every line of a generated file is traced to what made it.

use crate::support::{Folder, SPEC, Said, bastide, project};

/// The small project, written for Kubernetes and compose.
fn built() -> Folder {
    let folder = project();
    let spec = SPEC
        .replace("    target \"kubernetes\" enabled=#false\n", "")
        .replace(
            "    image \"registry.example.com/shop/payments:1.4.0\"\n",
            "    build \"payments\"\n    scale min=3 max=5\n",
        )
        .replace("environment \"prod\"", "environment \"dev\" platform=\"compose\"\nenvironment \"prod\"");
    folder.put("bastide.kdl", spec);
    folder.put("payments/Dockerfile", "FROM scratch\n");
    bastide(&folder, &["build"]).exits(0);
    folder
}

/// Asks for the first line that holds a text in the files of a folder.
fn ask(folder: &Folder, below: &str, text: &str) -> Said {
    for (path, bytes) in folder.tree(below) {
        let lines = String::from_utf8(bytes).expect("text");
        if let Some(at) = lines.lines().position(|line| line.contains(text)) {
            return bastide(folder, &["why", &format!("{below}/{path}:{}", at + 1)]).exits(0).says(text);
        }
    }
    panic!("no `{text}` below {below}");
}

/// `bastide.kdl:LINE:` of the first line of the spec that holds a text.
fn line(folder: &Folder, text: &str) -> String {
    let at = folder.get("bastide.kdl").lines().position(|line| line.contains(text)).expect(text);
    format!("bastide.kdl:{}:", at + 1)
}

#[test]
fn a_derived_variable_names_the_edge_that_made_it() {
    let folder = built();
    for below in ["deploy/prod/kubernetes", "deploy/dev/compose"] {
        let said =
            ask(&folder, below, "PAYMENTS_TIMEOUT: 800ms").says("service.orders.calls.payments.timeout");
        assert!(said.out.contains(&line(&folder, "timeout=")), "{}", said.out);
        assert!(!said.out.contains("LOG_LEVEL") && !said.out.contains("follows from it"), "{}", said.out);
        ask(&folder, below, "LOG_LEVEL: info")
            .says("service.orders.env.LOG_LEVEL")
            .says(&line(&folder, "LOG_LEVEL"));
        ask(&folder, below, "PAYMENTS_URL").says("service.orders.calls.payments");
    }
    bastide(&folder, &["why", "service.orders.env.PAYMENTS_TIMEOUT", "-e", "prod"])
        .exits(0)
        .says("service.orders.calls.payments.timeout")
        .says(&line(&folder, "timeout="));
}

#[test]
fn an_image_names_what_it_is_made_of() {
    let folder = built();
    ask(&folder, "deploy/prod/kubernetes/orders", "image: registry")
        .says("service.orders.image")
        .says(&line(&folder, "shop/orders:2.1.0"));
    let said =
        ask(&folder, "deploy/prod/kubernetes/payments", "image: registry").says("service.payments.build");
    said.says("service.payments.api.payments.version.1.4.0")
        .says("app.shop.images")
        .says(&line(&folder, "build \"payments\""));
}

#[test]
fn a_number_of_instances_names_the_scale() {
    let folder = built();
    ask(&folder, "deploy/prod/kubernetes/payments", "minReplicas: 3")
        .says("service.payments.scale.min")
        .says(&line(&folder, "scale min=3"));
}

#[test]
fn any_line_of_any_file_has_an_answer() {
    let folder = built();
    for (path, bytes) in folder.tree("deploy").into_iter().step_by(4) {
        if path == "bastide.lock" {
            continue;
        }
        let count = String::from_utf8(bytes).expect("text").lines().count();
        for at in [1, count.div_ceil(2), count] {
            bastide(&folder, &["why", &format!("deploy/{path}:{at}")]).exits(0).says("written by");
        }
        bastide(&folder, &["why", &format!("deploy/{path}:{}", count + 1)]).exits(1).says("unknown-path");
    }
}

#[test]
fn a_node_tells_each_of_its_values_and_who_said_it() {
    let spec = "app \"shop\"\nenvironment \"d\" platform=\"compose\"\nenvironment \"p\" platform=\"kubernetes\" { service \"cart\" { scale min=4 } }\nservice \"cart\" like=\"checkout\" { image \"c:1\"; command \"a\" \"b\"; calls \"o\" }\nservice \"o\" { image \"o:1\"; api \"o\" port=80 }";
    let archetypes = "archetype \"checkout\" like=\"web\" { scale min=3 }";
    let folder = Folder::with(&[("bastide.kdl", spec), ("bastide/stdlib/own.kdl", archetypes)]);
    let ask = |question: &str, environment: &str| {
        bastide(&folder, &["why", question, "-e", environment]).exits(0).out
    };
    let whole = ask("service.cart", "p");
    assert!(whole.starts_with("service.cart in p\n"), "{whole}");
    for said in [
        "  service.cart.image\n    c:1 (spec, bastide.kdl:4:40)\n",
        "  service.cart.command\n    a b (spec, bastide.kdl:4:55)\n",
        "  service.cart.calls.o\n    (spec, bastide.kdl:4:70)\n",
        "  service.cart.calls.o.timeout\n    1s (default, stdlib/",
        "  service.cart.shutdown.grace\n    30s (default, stdlib/",
        "  service.cart.health.live\n    /livez (archetype web, stdlib/",
    ] {
        assert!(whole.contains(said), "{said}: {whole}");
    }
    let min = ask("service.cart.scale.min", "p");
    let chain: Vec<&str> = min.lines().skip(1).map(|line| line.split(',').next().expect("a part")).collect();
    assert_eq!(
        chain,
        ["  4 (overlay", "  over 3 (archetype checkout", "  over 2 (archetype web", "  over 2 (default"]
    );
    // The node says of each value what the value says of itself.
    let indented: String = min.lines().skip(1).map(|line| format!("  {line}\n")).collect();
    assert!(whole.contains(&format!("  service.cart.scale.min\n{indented}")), "{whole}");
    assert!(ask("service.cart.scale", "p").contains(&indented));
    // No value is told without who said it, and none twice.
    let paths: Vec<&str> = whole.lines().filter(|line| line.starts_with("  service.cart")).collect();
    let mut once = paths.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(paths.len(), once.len(), "{whole}");
}
