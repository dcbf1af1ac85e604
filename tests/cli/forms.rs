//! Texts with an inner form: what they say is in every output, or they are refused at the sign that does not fit.

use crate::support::{Folder, Said, bastide};

const HEAD: &str = "app \"x\" version=\"1.0.0\" { owner \"core\" contact=\"#core\"; images \"r.example.com/x\" }\nenvironment \"dev\" platform=\"compose\"\nenvironment \"prod\" platform=\"kubernetes\" namespace=\"xx\"\n";

fn run(spec: &str, verb: &str) -> (Folder, Said) {
    let whole = if spec.contains("environment ") { spec.to_string() } else { format!("{HEAD}{spec}") };
    let folder = Folder::with(&[("bastide.kdl", &whole)]);
    let said = bastide(&folder, &[verb, "--format", "json"]);
    (folder, said)
}

/// A gateway with what all of them need.
fn gateway(parts: &str) -> String {
    format!(
        "service \"a\" {{ build \".\"; api \"g\" style=\"rest\" port=8080 {{ version \"1.0.0\" }} }}\nservice \"next\" {{ build \".\"; api \"g\" style=\"rest\" port=8080 {{ version \"1.0.0\" }} }}\ngateway \"public\" {{ host \"api.x.example\"; tls issuer=\"le\"; limit \"10/s\"; body-limit \"1Mi\"; {parts} }}\n"
    )
}

#[test]
fn what_does_not_fit_is_refused_at_the_sign() {
    let service = |part: &str| format!("service \"a\" {{ build \".\"; {part} }}");
    let route = |part: &str| gateway(&format!("route \"/a\" to=\"a\" {part} {{ public }}"));
    let canary = |steps: &str| {
        format!("delivery {{ ci \"github\"; rollout \"canary\" steps=\"{steps}\" }}\n{}", service(""))
    };
    // The spec, what the label stands at, and what the help says.
    let cases = [
        (canary("0.5% 2.5% 33.3%"), "0.5%", "whole, rising"),
        (canary("50% 5% abc 500%"), "abc", "whole, rising"),
        (canary("50% 5%"), "5%", "whole, rising"),
        (canary("5, 25, 50"), "5,", "`\"5% 25% 50%\"`"),
        (canary("150%"), "150%", "whole"),
        (route("method=\"GET,POST\""), "GET,POST", "`\"GET POST\"`"),
        (route("method=\"get\""), "get", "`\"GET\"`"),
        (route("method=\"GET GTE\""), "GTE", "methods"),
        (route("header=\"X-Preview\""), "X-Preview", "X-Preview: yes"),
        (route("header=\"X Preview: y\""), " ", "a header and its value"),
        (route("query=\"preview\""), "preview", "preview=yes"),
        (gateway("cors origins=\"https://a.example, https://b.example\""), ",", "`\"https://a.example https://b.example\"`"),
        (gateway("cors origins=\"https://a.example/\""), "/", "`\"https://a.example\"`"),
        (gateway("cors origins=\"https://a.example:443\""), ":443", "`\"https://a.example\"`"),
        (gateway("cors origins=\"*\" methods=\"GET, PUT\""), "GET,", "`\"GET PUT\"`"),
        (gateway("cors origins=\"*\" headers=\"a,b\""), ",", "`\"a b\"`"),
        (gateway("route \"/old\" { public; redirect \"/new\" status=304 }"), "304", "one of `301`, `302`, `303`, `307`, `308`"),
        (gateway("route \"/a\" to=\"a\" { public; split \"next\" share=\"0.00001%\" }"), "0.00001%", "four digits"),
        (gateway("route \"/a\" to=\"a\" { public; body-limit \"5Gi\" }"), "5Gi", "at most 4294967295 bytes"),
        (gateway("versions in=\"header\" name=\"X Version\""), " ", "X-API-Version"),
        (gateway("route \"/a//b\" to=\"a\" { public }"), "//", "a path such as"),
        (service("job \"j\" schedule=\"0 25 * * *\" command=\"x\""), "25", "five cron fields"),
        (service("job \"j\" schedule=\"0 3 * * *\" command=\"sh -c 'a\""), "'a", "a command"),
        (service("job \"j\" schedule=\"0 3 * * *\" command=\"a && b\""), "&&", "a command"),
        (service("port \"administration-interface\" number=9001"), "administration-interface", "at most 15"),
        (service("label { \"a b\" \"x\" }"), "\"a b\"", "shop.example/team"),
        (service("secret \"A\" from=\"a#b#c\""), "#", "a path in the secret store"),
        (service("volume \"data\""), "data", "`\"/data\"`"),
        (service("scale cpu=\"66.6%\" max=2"), "66.6%", "whole percentage"),
        (service("metrics requests=\"http-requests\""), "-", "the name of a metric"),
        (service("calls \"b\" as=\"1B\"").replace("service", "service \"b\" { build \".\" }\nservice"), "1", "the name of a variable"),
        ("delivery { ci \"github\"; runner \"[self-hosted, linux]\" }\nservice \"a\" { build \".\" }".into(), "[", "`\"self-hosted\" \"linux\"`"),
        ("app \"x\" { images \"https://r.example.com/X\" }\nenvironment \"p\" platform=\"compose\"\nservice \"a\" { build \".\" }".into(), ":", "`\"r.example.com/x\"`"),
        ("app \"x\"\nenvironment \"prod\" platform=\"kubernetes\" namespace=\"Prod_EU\"\nservice \"a\" { build \".\" }".into(), "P", "`\"prod-eu\"`"),
        ("external \"b\" url=\"https://b.example:99999/x\"".into(), ":99999", "a URL"),
    ];
    let mut faults = String::new();
    for (spec, sign, help) in &cases {
        let (folder, said) = run(spec, "check");
        let json = said.json();
        let of = |it: &&serde_json::Value| it["rule"] == "wrong-type" || it["rule"] == "bad-name";
        let found: Vec<&serde_json::Value> =
            json["findings"].as_array().expect("findings").iter().filter(of).collect();
        if found.len() != 1 {
            faults += &format!("{spec}: {json:#}\n");
            continue;
        }
        let label = &found[0]["labels"][0];
        let text = folder.get("bastide.kdl");
        let line = text.lines().nth(label["line"].as_u64().expect("a line") as usize - 1).expect("that line");
        let (from, to) = (label["column"].as_u64().expect("from"), label["end_column"].as_u64().expect("to"));
        let at: String = line.chars().skip(from as usize - 1).take((to - from) as usize).collect();
        let at = at.trim_matches('"');
        let helps = found[0]["help"].as_str().is_some_and(|it| it.contains(help));
        if at != sign.trim_matches('"') || !helps {
            faults += &format!("{spec}: {at:?}, {:#}\n", found[0]);
        }
    }
    assert!(faults.is_empty(), "{faults}");
    println!("{} texts refused at the sign", cases.len());
}

#[test]
fn what_fits_is_in_the_output_as_meant() {
    let cases: &[(&str, &str, &[&str], &str)] = &[
        // The spec, a file, what stands there, and what does not.
        (
            "service \"a\" { build \".\"; env { PIN 0123; RATE 1.10; MODE 0x1F; ON #true; N 7 } }",
            "deploy/dev/compose/compose.yaml",
            &["PIN: \"0123\"", "RATE: \"1.10\"", "MODE: \"0x1F\"", "\"ON\": \"true\"", "\"N\": \"7\""],
            "PIN: \"123\"",
        ),
        (
            "service \"a\" { build \".\"; job \"j\" run=\"before-release\" command=#\"sh -c \"echo \\\"two words\\\" > /tmp/x\"\"# }",
            "deploy/dev/compose/compose.yaml",
            &["- sh\n", "- -c\n", "- echo \"two words\" > /tmp/x\n"],
            "\\",
        ),
        (
            "service \"a\" { build \".\"; job \"weekly\" schedule=\"0 3 * * 7\" command=\"x\" }",
            "deploy/prod/kubernetes/a/cronjob-weekly.yaml",
            &["schedule: 0 3 * * 0\n"],
            "* 7",
        ),
        (
            "service \"a\" { build \".\"; api \"g\" style=\"rest\" port=8080 { version \"2.0.0+exp.5114f85\" } }",
            "deploy/prod/kubernetes/a/deployment.yaml",
            &["image: r.example.com/x/a:2.0.0_exp.5114f85", "app.kubernetes.io/version: 2.0.0_exp.5114f85"],
            "2.0.0+",
        ),
        (
            "service \"a\" { build \".\"; secret \"http_proxy\" from=\"net/proxy#a\"; secret \"HTTP_PROXY\" from=\"net/proxy#b\" }",
            "deploy/dev/compose/compose.yaml",
            &["- a.http_proxy\n", "- a.HTTP_PROXY\n"],
            "\t",
        ),
        (
            "service \"a\" { build \".\"; secret \"http_proxy\" from=\"net/proxy#a\"; secret \"HTTP_PROXY\" from=\"net/proxy#b\" }",
            "deploy/prod/kubernetes/a/deployment.yaml",
            &["path: a.http_proxy\n", "path: a.HTTP_PROXY\n"],
            "\t",
        ),
        (
            "resource \"db\" type=\"redis\" version=\"8\"\nservice \"a\" like=\"built\" { image \"a/b:1\"; uses \"db\"; command \"run\" \"${db.host}:${db.port}\" \"${HOME}\" \"$${db.host}\" }",
            "deploy/prod/kubernetes/a/deployment.yaml",
            &["- db:6379\n", "- $${HOME}\n", "- $${db.host}\n"],
            "\t",
        ),
        (
            "resource \"db\" type=\"redis\" version=\"8\"\nservice \"a\" like=\"built\" { image \"a/b:1\"; uses \"db\"; job \"j\" command=\"tidy --at '${db.host}' ${app.version}\"; health command=\"ask ${db.host}\"; label { \"at.host\" \"${db.host}\" } }",
            "deploy/dev/compose/compose.yaml",
            &["- tidy\n    - --at\n    - db\n    - 1.0.0\n", "at.host: db\n", "ask"],
            "${db",
        ),
        (
            "app \"x\"; environment \"dev\" platform=\"compose\"\nservice \"a\" like=\"built\" { image \"a/b:1\"; label { \"traefik.rule\" \"Host(`a`)\" } }",
            "deploy/dev/compose/compose.yaml",
            &["traefik.rule: Host(`a`)\n"],
            "\t",
        ),
        (
            "delivery { ci \"github\"; runner \"self-hosted\" \"linux\" }\nservice \"a\" { build \".\" }",
            ".github/workflows/x.yaml",
            &["- self-hosted\n", "- linux\n"],
            "\t",
        ),
    ];
    for (spec, path, there, not) in cases {
        let (folder, said) = run(spec, "build");
        let tree: Vec<String> = folder.tree("").into_keys().collect();
        assert!(tree.iter().any(|it| it == path), "{path} of {tree:?}: {}", said.out);
        let text = folder.get(path);
        there.iter().for_each(|it| assert!(text.contains(it), "{it:?} in {path}:\n{text}"));
        assert!(!text.contains(not), "{not:?} in {path}:\n{text}");
    }
    println!("{} texts carried out", cases.len());
}

#[test]
fn gateways_do_as_the_text_says() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        // Parts of the gateway, what Envoy's file says, and what the objects of the Gateway API say.
        (
            "cors origins=\"https://*.shop.example https://a.example\"; route \"/a\" to=\"a\" { public }",
            &["safe_regex: {regex: \"https://[^/]+\\\\.shop\\\\.example\"}", "exact: \"https://a.example\""],
            &["- https://*.shop.example\n", "- https://a.example\n"],
        ),
        (
            "route \"/a\" to=\"a\" { public; split \"next\" share=\"0.4%\" }",
            &["weight: 996", "weight: 4}"],
            &["weight: 996\n", "weight: 4\n"],
        ),
        (
            "route \"/a\" to=\"a\" { public; split \"next\" share=\"33.3%\" }",
            &["weight: 667", "weight: 333}"],
            &["weight: 667\n", "weight: 333\n"],
        ),
        (
            "route \"/a\" to=\"a\" { public; mirror \"next\" share=\"0.5%\" }",
            &["numerator: 50, denominator: TEN_THOUSAND"],
            &["fraction: {numerator: 50, denominator: 10000}"],
        ),
        (
            "route \"/a\" to=\"a\" header=\"X-Preview:  a: b \" query=\"p=q=r\" method=\"GET  PUT\" { public }",
            &["x-preview", "a: b", "q=r", "GET|PUT"],
            &["value: \"a: b\"\n", "value: q=r\n", "method: GET\n", "method: PUT\n"],
        ),
    ];
    for (parts, envoy, api) in cases {
        let (folder, said) = run(&gateway(parts), "build");
        said.exits(0);
        let all = |below: &str| -> String {
            folder.tree(below).into_values().map(|it| String::from_utf8_lossy(&it).into_owned()).collect()
        };
        let (compose, kubernetes) = (all("deploy/dev"), all("deploy/prod"));
        envoy.iter().for_each(|it| assert!(compose.contains(it), "{parts}: {it}\n{compose}"));
        api.iter().for_each(|it| assert!(kubernetes.contains(it), "{parts}: {it}\n{kubernetes}"));
    }
    println!("{} texts agree", cases.len());
}

#[test]
fn what_cannot_be_filled_in_is_told() {
    let redis = "resource \"db\" type=\"redis\" version=\"8\"\n";
    let cases = [
        ("command \"run\" \"--pw\" \"${db.password}\"", "secret-as-text", "in `env`"),
        ("sidecar \"s\" { image \"a/b:1\"; env { A \"${db.url}\" } }", "secret-as-text", "in `env`"),
        ("label { pw \"${db.password}\" }", "secret-as-text", "in `env`"),
        ("label { team \"my team\" }", "label-refused", "at most 63"),
        ("label { \"a/b/c\" \"x\" }", "label-refused", "key of a label"),
        ("command \"run\" \"${dbb.host}\"", "unknown-reference", "did you mean"),
        ("env { HOME2 \"${HOME}\" }", "unknown-reference", "`$${HOME}`"),
        ("env { NOTE \"a\\r\\nb\" }", "wrong-type", "leave it out"),
    ];
    for (part, rule, help) in cases {
        let spec = format!("{redis}service \"a\" like=\"built\" {{ image \"a/b:1\"; uses \"db\"; {part} }}");
        let json = run(&spec, "check").1.json();
        let found = json["findings"].as_array().expect("findings").iter().find(|it| it["rule"] == rule);
        let found = found.unwrap_or_else(|| panic!("{part}: {json:#}"));
        assert!(found["help"].as_str().is_some_and(|it| it.contains(help)), "{part}: {found:#}");
    }
    let json = run(
        &format!("{redis}service \"a\" like=\"built\" {{ image \"a/b:1\"; env {{ NOTE \"a\\r\\nb\" }} }}"),
        "check",
    )
    .1
    .json();
    assert_eq!(json["findings"][0]["labels"][0]["text"], "a carriage return");
}
