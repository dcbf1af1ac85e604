//! Simple services run as they are written: each case is a spec, a file that is made of it, and what stands there or not.

use crate::support::{Folder, bastide, run};
use std::process::Command;

const DEV: &str = "app \"x\" version=\"1.0.0\" { owner \"me\" }\nenvironment \"dev\" platform=\"compose\"\n";
const PROD: &str =
    "app \"x\" version=\"1.0.0\" { owner \"me\" }\nenvironment \"prod\" platform=\"kubernetes\"\n";
const DB: &str =
    "resource \"db\" type=\"postgres\" version=\"16\" { backup schedule=\"0 3 * * *\" keep=\"14d\" }\n";

const COMPOSE: &str = "deploy/dev/compose/compose.yaml";

/// A file that names outputs beside what its own program fills in.
const OWN_CONF: &str = "root $document_root; up ${db.host}; ${HOME} $$y ${other.host} $${HOME} $${db.host} ${app.home} ${X:-${db.port}} ${db.host\n";

fn built(head: &str, rest: &str) -> Folder {
    let folder = Folder::with(&[
        ("bastide.kdl", &format!("{head}{rest}")),
        ("api/Dockerfile", "FROM scratch\n"),
        ("run.sh", "#!/bin/sh\necho hi\n"),
        ("plain.conf", "a\n"),
        ("own.conf", OWN_CONF),
        ("pass.conf", "pw ${db.password}; ${HOME}\n"),
    ]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.0.join("run.sh"), mode).expect("a mode can be set");
    }
    bastide(&folder, &["build", "--quiet"]).exits(0);
    folder
}

/// Checks what stands in a file; what begins with `!` must not.
#[track_caller]
fn holds(head: &str, rest: &str, path: &str, parts: &[&str]) {
    let text = built(head, rest).get(path);
    for part in parts {
        match part.strip_prefix('!') {
            Some(part) => assert!(!text.contains(part), "{part}\nis in\n{text}"),
            None => assert!(text.contains(part), "{part}\nis not in\n{text}"),
        }
    }
}

#[test]
fn a_service_without_a_gateway_is_reached_from_the_desk() {
    let two_lines = "service \"web\" { build \"api\"; api \"w\" port=8000 }";
    let desk = "    networks:\n    - desk\n";
    let port = "    - \"127.0.0.1:${WEB_HTTP_PORT:-22029}:8000\"";
    let told = "# web http answers at http://127.0.0.1:22029\n";
    holds(DEV, two_lines, COMPOSE, &[port, desk, "  desk:", told, "!no edge leads"]);
    let dns = "service \"dns\" like=\"built\" { image \"a/b:1\"; port \"dns\" number=53; health tcp=#true port=53 }";
    holds(DEV, dns, COMPOSE, &["    - \"127.0.0.1:${DNS_DNS_PORT:-28785}:53\"", "!no edge leads"]);
    // The port follows from the name: nothing that is added moves it. One that is called publishes nothing.
    let more = "service \"web\" { build \"api\"; api \"w\" port=8000 }\nservice \"b\" { build \"api\"; api \"w\" port=8000; calls \"c\" timeout=\"1s\" }\nservice \"c\" { build \"api\"; api \"w\" port=9000 }";
    holds(DEV, more, COMPOSE, &[port, "${B_HTTP_PORT:-2", "!C_HTTP_PORT"]);
    // A worker without a port has nothing to publish.
    holds(DEV, "service \"w\" like=\"built\" { image \"a/b:1\" }", COMPOSE, &["no edge leads", "!ports:"]);
}

#[test]
fn a_port_is_open_from_where_it_says() {
    let policy = "deploy/prod/kubernetes/dns/networkpolicy.yaml";
    for (from, rule) in [
        ("namespace", "  - from:\n    - podSelector: {}\n    ports:\n    - protocol: TCP\n      port: 53\n"),
        (
            "cluster",
            "  - from:\n    - namespaceSelector: {}\n    ports:\n    - protocol: TCP\n      port: 53\n",
        ),
        ("anywhere", "  - ports:\n    - protocol: TCP\n      port: 53\n"),
    ] {
        let port = format!(
            "service \"dns\" like=\"built\" {{ image \"a/b:1\"; port \"dns\" number=53 from=\"{from}\" }}"
        );
        holds(PROD, &port, policy, &[rule]);
        let api = format!(
            "service \"dns\" like=\"built\" {{ image \"a/b:1\"; api \"dns\" port=53 from=\"{from}\" }}"
        );
        holds(PROD, &api, policy, &[rule]);
    }
    // Published though the gateway or somebody else is the way in.
    let both = "service \"a\" like=\"built\" { image \"a/b:1\"; calls \"b\" timeout=\"1s\" }\nservice \"b\" like=\"built\" { image \"a/b:1\"; api \"w\" port=9000; port \"admin\" number=9001 from=\"namespace\" }";
    holds(DEV, both, COMPOSE, &["${B_ADMIN_PORT:-", "}:9001", "!B_HTTP_PORT", "    - app\n    - desk\n"]);
}

#[test]
fn live_is_asked_where_it_says() {
    let one = "service \"a\" like=\"built\" { image \"a/b:1\"; api \"w\" port=80; health live=\"/health\" ready=\"/health\" }";
    let live = "        livenessProbe:\n          httpGet:\n            path: /health\n";
    holds(PROD, one, "deploy/prod/kubernetes/a/deployment.yaml", &[live]);
}

#[test]
fn a_secret_arrives_under_the_name_that_is_written() {
    let env = format!(
        "{DB}service \"a\" like=\"built\" {{ image \"a/b:1\"; api \"w\" port=80; uses \"db\"; env {{ DATABASE_URL \"${{db.url}}\"; DSN \"host=${{db.host}} password=${{db.password}}\"; PASS_FILE \"${{db.password}}\" }} }}"
    );
    let file = "      PASS_FILE: /run/secrets/db.password\n";
    holds(
        DEV,
        &env,
        COMPOSE,
        &["    - {path: ./secrets/a.env, format: raw}\n", file, "!DATABASE_URL_FILE", "!DSN_FILE"],
    );
    let variable = "        - name: DATABASE_URL\n          valueFrom:\n            secretKeyRef:\n              name: db\n              key: url\n";
    let file = "        - name: PASS_FILE\n          value: /run/secrets/db.password\n";
    holds(PROD, &env, "deploy/prod/kubernetes/a/deployment.yaml", &[variable, file, "!DATABASE_URL_FILE"]);
    let (dev, mut init) = (built(DEV, &env), Command::new("deploy/dev/compose/dev.sh"));
    run(init.arg("init").current_dir(&dev.0)).exits(0);
    let password = dev.get("deploy/dev/compose/secrets/db.password");
    let wanted =
        format!("DATABASE_URL=postgres://db:{password}@db:5432/db\nDSN=host=db password={password}\n");
    assert_eq!(dev.get("deploy/dev/compose/secrets/a.env"), wanted);
    // A variable more: the file is made anew of the values that stay.
    dev.put("bastide.kdl", format!("{DEV}{}", env.replace("DSN", "MORE \"${db.password}\"; DSN")));
    bastide(&dev, &["build", "--quiet"]).exits(0);
    run(init.current_dir(&dev.0)).exits(0);
    assert_eq!(dev.get("deploy/dev/compose/secrets/a.env"), format!("{wanted}MORE={password}\n"));
}

/// A service with secrets of its own: in a text, under another name, at a path, in a file of the project, and alone.
const OWN: &str = "service \"a\" { image \"a/b:1\"; secret \"KEY\" from=\"a/k#key\"; secret \"PASS\" from=\"a/k#pass\"; \
secret \"HELD\" in=\"made\" key=\"tls.key\"; secret \"PLAIN\" from=\"a/k#plain\"; \
env { SMTP_URL \"smtp://me:${secret.PASS}@mail\"; ALIAS \"${secret.PASS}\" }; \
file \"/etc/key.pem\" text=\"${secret.KEY}\"; file \"/etc/held.pem\" text=\"${secret.HELD}\"; file \"/etc/a.conf\" from=\"plain.conf\" }";

#[test]
fn a_secret_of_its_own_arrives_where_a_text_names_it() {
    let dev = built(DEV, OWN);
    dev.put("plain.conf", "pw ${secret.PASS}; ${HOME}\n");
    bastide(&dev, &["build", "--quiet"]).exits(0);
    let text = dev.get(COMPOSE);
    for part in ["{source: a.KEY, target: /etc/key.pem}", "{source: a.etc-a-conf, target: /etc/a.conf}"] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    let init = |key: &str| {
        let mut init = Command::new("deploy/dev/compose/dev.sh");
        run(init.arg("init").current_dir(&dev.0).envs([("KEY", key), ("PASS", "p"), ("PLAIN", "q")]))
    };
    init("one\ntwo\n").exits(0);
    let made = |name: &str| dev.get(&format!("deploy/dev/compose/secrets/{name}"));
    assert_eq!(made("a.env"), "ALIAS=p\nPLAIN=q\nSMTP_URL=smtp://me:p@mail\n");
    assert_eq!((made("a.KEY").as_str(), made("a.etc-a-conf").as_str()), ("one\ntwo", "pw p; ${HOME}\n"));
    // What is composed follows the spec; values stay.
    dev.put("plain.conf", "password ${secret.PASS}\n");
    bastide(&dev, &["build", "--quiet"]).exits(0);
    let said = init("another").exits(0);
    assert!(said.err.contains("made secrets/a.etc-a-conf\n"), "{}", said.err);
    assert_ne!(dev.get(COMPOSE), text, "what mounts it is made anew");
    assert_eq!((made("a.KEY").as_str(), made("a.etc-a-conf").as_str()), ("one\ntwo", "password p\n"));
    assert!(!init("another").exits(0).err.contains("etc-a-conf"), "nothing changed");
    // A variable is one line.
    dev.put(
        "bastide.kdl",
        format!("{DEV}{}", OWN.replace("ALIAS \"${secret.PASS}", "ALIAS \"${secret.KEY}")),
    );
    bastide(&dev, &["build", "--quiet"]).exits(0);
    let said = init("").exits(1);
    assert!(said.err.contains("secrets/a.KEY has several lines"), "{}", said.err);
}

#[test]
fn a_secret_of_its_own_is_taken_from_the_store_or_the_cluster() {
    let variable = "        - name: ALIAS\n          valueFrom:\n            secretKeyRef:\n              name: a\n              key: PASS\n";
    let mount = "          mountPath: /etc/key.pem\n          subPath: a.KEY\n";
    let held = "              name: made\n              items:\n              - key: tls.key\n                path: a.HELD\n";
    let not = ["!name: KEY\n", "!name: PASS\n", "!name: HELD\n"];
    holds(
        PROD,
        OWN,
        "deploy/prod/kubernetes/a/deployment.yaml",
        &[variable, mount, held, not[0], not[1], not[2]],
    );
    let texts = |spec: &str, conf: &str| {
        let folder = Folder::with(&[("bastide.kdl", &format!("{PROD}{spec}")), ("plain.conf", conf)]);
        bastide(&folder, &["build", "--quiet"]).exits(0);
        let pod = folder.get("deploy/prod/kubernetes/a/deployment.yaml");
        pod.lines().find(|it| it.contains("bastide.dev/made-of: ")).map(str::to_string)
    };
    // Pods start anew when a text changes that stands in a Secret: of a file, and of a variable; a value is its own.
    let of = texts(OWN, "${secret.PASS}!");
    assert!(of.is_some() && of == texts(OWN, "${secret.PASS}!"), "{of:?}");
    assert_ne!(of, texts(OWN, "${secret.PASS}?"));
    assert_ne!(of, texts(&OWN.replace("@mail", "@post"), "${secret.PASS}!"));
    let kept = OWN.replace("from=\"plain.conf\"", "from=\"plain.conf\" changed=\"nothing\"");
    assert_eq!(texts(&kept, "${secret.PASS}!"), texts(&kept, "${secret.PASS}?"));
    let url = "        SMTP_URL: smtp://me:{{ .PASS | urlquery }}@mail\n";
    holds(PROD, OWN, "deploy/prod/kubernetes/a/externalsecret.yaml", &[url, "!etc-key-pem", "!HELD"]);
    for (from, to, told) in [
        ("${secret.KEY}", "${KEY}", "write `${secret.KEY}`: it is a secret of its own"),
        ("${secret.KEY}", "${a.KEY}", "write `${secret.KEY}`: it is a secret of its own"),
        ("${secret.KEY}", "${secret.KEYS}", "no `secret` of its own is called `KEYS`"),
        ("ALIAS \"${secret.PASS}", "PASS \"x${secret.PASS}", "`PASS` is set twice in `a`"),
        ("${secret.HELD}", "x ${secret.HELD}", "`HELD` lies in a Secret of the cluster"),
        (
            "image \"a/b:1\"",
            "image \"a/b:1\"; command \"a\" \"${secret.KEY}\"",
            "is a secret, and nobody can hide it here",
        ),
    ] {
        let folder = Folder::with(&[
            ("bastide.kdl", &format!("{PROD}{}", OWN.replace(from, to))),
            ("plain.conf", "a\n"),
        ]);
        let said = bastide(&folder, &["check"]).exits(1);
        let flat = said.out.split_whitespace().filter(|it| *it != "│").collect::<Vec<_>>().join(" ");
        assert!(flat.contains(told), "{told}\nis not in\n{}", said.out);
    }
}

#[test]
fn a_text_with_a_secret_is_composed_and_a_program_may_be_run() {
    let files = format!(
        "{DB}service \"a\" like=\"built\" {{ image \"a/b:1\"; api \"w\" port=80; uses \"db\"; file \"/etc/a.conf\" text=\"url ${{db.url}} pass ${{db.password}}\"; file \"/etc/run.sh\" from=\"run.sh\"; file \"/etc/p.conf\" from=\"plain.conf\" }}"
    );
    holds(
        DEV,
        &files,
        COMPOSE,
        &[
            "    - {source: a.etc-a-conf, target: /etc/a.conf}\n",
            "    - {source: a_etc-run-sh, target: /etc/run.sh, mode: \"0555\"}\n",
            "    - {source: a_etc-p-conf, target: /etc/p.conf}\n",
        ],
    );
    let pod = "deploy/prod/kubernetes/a/deployment.yaml";
    holds(
        PROD,
        &files,
        pod,
        &[
            "        - name: secrets\n          mountPath: /etc/a.conf\n          subPath: a.etc-a-conf\n          readOnly: true\n",
            "              - key: etc-a-conf\n                path: a.etc-a-conf\n",
            "          - key: etc-run-sh\n            path: etc-run-sh\n            mode: 365\n",
            "          - key: etc-p-conf\n            path: etc-p-conf\n      - name: secrets\n",
        ],
    );
    // A secret is escaped within a URL, and there alone.
    let value = "etc-a-conf: url postgres://db:{{ index . \"db.password\" | urlquery }}@db:5432/db pass {{ index . \"db.password\" }}\n";
    holds(PROD, &files, "deploy/prod/kubernetes/a/externalsecret.yaml", &[value]);
    let (dev, mut init) = (built(DEV, &files), Command::new("deploy/dev/compose/dev.sh"));
    run(init.arg("init").current_dir(&dev.0)).exits(0);
    let password = dev.get("deploy/dev/compose/secrets/db.password");
    let wanted = format!("url postgres://db:{password}@db:5432/db pass {password}");
    assert_eq!(dev.get("deploy/dev/compose/secrets/a.etc-a-conf"), wanted);
}

#[test]
fn a_file_of_the_project_is_filled_in_where_it_names_what_is_declared() {
    let with = |kind: &str, path: &str| {
        let on = if kind == "function" { "on schedule=\"0 3 * * *\";" } else { "" };
        format!("{DB}{kind} \"a\" {{ image \"a/b:1\"; {on} uses \"db\"; file \"/etc/x\" from=\"{path}\" }}")
    };
    let filled = "root $document_root; up db; ${HOME} $$y ${other.host} $${HOME} ${db.host} ${app.home} ${X:-5432} ${db.host\n";
    for kind in ["service", "function"] {
        holds(
            PROD,
            &with(kind, "own.conf"),
            "deploy/prod/kubernetes/a/configmap-files.yaml",
            &[filled.trim_end()],
        );
        let doubled = filled.trim_end().replace('$', "$$");
        holds(DEV, &with(kind, "own.conf"), COMPOSE, &[&doubled]);
        let (dev, mut init) =
            (built(DEV, &with(kind, "pass.conf")), Command::new("deploy/dev/compose/dev.sh"));
        run(init.arg("init").current_dir(&dev.0)).exits(0);
        let password = dev.get("deploy/dev/compose/secrets/db.password");
        assert_eq!(dev.get("deploy/dev/compose/secrets/a.etc-x"), format!("pw {password}; ${{HOME}}\n"));
    }
    let folder = built(DEV, &with("service", "run.sh"));
    for (text, code, told) in [
        (
            "${db.nonsense} ${db.nonsense}",
            0,
            "`run.sh` keeps `${db.nonsense}` as it stands: `db` has no output",
        ),
        ("$${db.nonsense} ${nonsense.db} ${app.x}", 0, ""),
        ("echo ${db.password}", 1, "`run.sh` is a program, and with `${db.password}` it is a secret"),
    ] {
        folder.put("run.sh", text);
        let said = bastide(&folder, &["check"]).exits(code);
        let count = said.out.matches("run.sh` ").count();
        assert!(said.out.contains(told) && count == usize::from(!told.is_empty()), "{text}: {}", said.out);
    }
}

#[test]
fn a_shared_namespace_keeps_its_neighbours_rules() {
    let shared = PROD.replace("platform=\"kubernetes\"", "platform=\"kubernetes\" namespace=\"team\" owns=\"objects\" { target \"kubernetes\" postgres=\"cloudnative-pg\" }");
    let service = format!(
        "{DB}service \"s\" like=\"built\" {{ image \"a/b:1\"; api \"w\" port=80 from=\"cluster\"; uses \"db\" }}"
    );
    let folder = built(&shared, &service);
    let files = folder.tree("deploy/prod/kubernetes");
    for path in [
        "namespace.yaml",
        "policies/default-deny.yaml",
        "policies/limitrange.yaml",
        "policies/resourcequota.yaml",
    ] {
        assert!(!files.contains_key(path), "{path}");
    }
    for (path, text) in &files {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains("  podSelector: {}\n  policyTypes"), "{path} selects the pods of others");
    }
    let dns = folder.get("deploy/prod/kubernetes/policies/allow-dns.yaml");
    for part in [
        "name: allow-dns-x\n",
        "      app.kubernetes.io/part-of: x\n",
        "name: allow-dns-x.db\n",
        "      cnpg.io/cluster: db\n",
    ] {
        assert!(dns.contains(part), "{part}\nis not in\n{dns}");
    }
}

#[test]
fn argo_cd_is_told_the_cluster() {
    let head = PROD.replace("owner", "source \"https://git.example.com/x\"; owner");
    let application = "deploy/prod/kubernetes/argocd/application.yaml";
    let service = "service \"s\" like=\"built\" { image \"a/b:1\" }";
    for (cluster, destination) in [
        ("", "    server: https://kubernetes.default.svc\n"),
        (" cluster=\"eu-1\"", "  destination:\n    name: eu-1\n"),
        (" cluster=\"https://eu.example.com\"", "    server: https://eu.example.com\n"),
    ] {
        let head = head.replace("\"kubernetes\"", &format!("\"kubernetes\"{cluster}"));
        holds(&head, service, application, &[destination]);
    }
}

#[test]
fn one_service_more_does_not_move_the_quota() {
    let service = |name: &str| {
        format!(
            "service \"{name}\" like=\"built\" {{ image \"a/b:1\"; api \"w\" port=80 from=\"cluster\" }}\n"
        )
    };
    let quota =
        |services: &str| built(PROD, services).get("deploy/prod/kubernetes/policies/resourcequota.yaml");
    let (one, two) = (service("a"), service("a") + &service("b"));
    assert_eq!(quota(&one), quota(&two));
}
