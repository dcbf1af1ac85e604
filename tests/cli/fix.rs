//! `check --fix`: what it fixes, what it leaves, and that it touches nothing else.

use crate::support::{Folder, bastide};

const HEAD: &str = "app \"shop\" version=\"1.0.0\" { images \"registry.example.com/shop\" }\nenvironment \"prod\" platform=\"kubernetes\"\n";

fn folder(spec: &str) -> Folder {
    let folder = Folder::with(&[("bastide.kdl", &format!("{HEAD}{spec}"))]);
    ["a", "b", "c"].iter().for_each(|name| folder.put(&format!("{name}/Dockerfile"), "FROM scratch\n"));
    folder
}

/// What is made of a spec; the second run has nothing to do.
fn fixed(spec: &str) -> String {
    let folder = folder(spec);
    bastide(&folder, &["check", "--fix"]);
    let once = folder.get("bastide.kdl");
    let said = bastide(&folder, &["check", "--fix"]);
    assert!(!said.out.contains("fixed "), "{}", said.out);
    assert_eq!(folder.get("bastide.kdl"), once);
    once.strip_prefix(HEAD).expect("the head is left").into()
}

#[test]
fn one_run_goes_the_whole_way() {
    let spec = "
// how long the edge waits
servce \"a\" {
    build \"a\"   /* odd */
    calls \"bb\" timeout=\"1s\" // the deadline of all
}
service \"b\" { build \"b\"; calls \"c\" timeout=\"2s\" }
service \"c\" { build \"c\"; api \"c\" style=\"http\"; shutdown grace=\"1s\" }
";
    let right = spec
        .replace("servce", "service")
        .replace("\"bb\"", "\"b\"")
        .replace("2s", "900ms")
        .replace("grace=\"1s\"", "grace=\"30s\"");
    assert_eq!(fixed(spec), right);
}

#[test]
fn an_act_of_several_rounds_ends() {
    let spec = "
service \"a\" { build \"a\"; calls \"b\" timeout=\"1s\" }
service \"b\" { build \"b\"; calls \"c\" timeout=\"2s\" }
service \"c\" { build \"c\"; calls \"d\" timeout=\"2s\" }
service \"d\" { build \"a\"; calls \"e\" timeout=\"2s\" }
service \"e\" { build \"a\" }
";
    let text = fixed(spec);
    let times = ["1s", "900ms", "810ms", "729ms"].map(|it| format!("timeout=\"{it}\""));
    assert!(times.iter().all(|it| text.contains(it)), "{text}");
}

#[test]
fn what_makes_it_worse_is_left() {
    // A third broker more would be an even number of them; one less would be too few for the copies.
    let spec = "
resource \"events\" type=\"kafka\" { replicas 3 }
topic \"placed\" on=\"events\" { replicas 5 in-sync=2; partitions 2; dead-letter after=5 }
service \"a\" { build \"a\"; publishes \"placed\" }
resource \"db\" type=\"postgres\" { max-connections 60; backup schedule=\"0 3 * * *\" }
service \"b\" {
    build \"b\"
    uses \"db\"
    subscribes \"placed\" idempotent-by=\"id\"
    scale min=2 max=4 pool=10 capacity=\"10/s\" peak=\"90/s\"
}
";
    let folder = folder(spec);
    bastide(&folder, &["check", "--fix"]);
    let text = folder.get("bastide.kdl");
    // More instances open more connections than the database takes: first that number rises, then theirs may not break it.
    let rules = bastide(&folder, &["check", "--format", "json"]).rules();
    assert!(
        !rules.iter().any(|it| it == "db-connections" || it == "consumers-exceed-partitions"),
        "{rules:?}\n{text}"
    );
    assert!(text.contains("replicas 5 in-sync=2"), "{text}");
}

#[test]
fn a_waiver_that_waives_nothing_goes_with_its_line() {
    let spec = "
service \"a\" {
    build \"a\"
    lint \"sync-cycle\" level=\"allow\" because=\"was so\" until=\"2028-01-01\"
    // stays
}
";
    assert_eq!(fixed(spec), "\nservice \"a\" {\n    build \"a\"\n    // stays\n}\n");
}

#[test]
fn other_texts_are_never_edited() {
    let folder = folder("include \"more/*.kdl\"\nservice \"a\" { build \"a\"; shutdown grace=\"0s\" }\n");
    folder.put("more/b.kdl", "service \"b\" {\r\n\tbuild \"b\"\r\n\tshutdown grace=\"0s\" // soon\r\n}\r\n");
    let own = "defaults \"service\" { shutdown grace=\"0s\" }\n";
    folder.put("bastide/stdlib/mine.kdl", own);
    let said = bastide(&folder, &["check", "--fix"]);
    assert_eq!(folder.get("bastide/stdlib/mine.kdl"), own);
    assert!(folder.get("bastide.kdl").ends_with("{ build \"a\"; shutdown grace=\"30s\" }\n"), "{}", said.out);
    let right = "service \"b\" {\r\n\tbuild \"b\"\r\n\tshutdown grace=\"30s\" // soon\r\n}\r\n";
    assert_eq!(folder.get("more/b.kdl"), right);
    said.says("fixed 1 place in bastide.kdl").says("fixed 1 place in more/b.kdl");
}

#[test]
fn bytes_that_were_not_read_are_left() {
    let folder = folder("");
    let bytes =
        [HEAD.as_bytes(), b"// \xff\nservice \"a\" { build \"a\"; shutdown grace=\"0s\" }\n"].concat();
    folder.put("bastide.kdl", &bytes);
    bastide(&folder, &["check", "--fix"]).exits(1);
    assert_eq!(std::fs::read(folder.0.join("bastide.kdl")).expect("it is there"), bytes);
}

#[test]
fn a_block_that_is_never_closed_is_left_as_it_is() {
    let head = HEAD
        .replace("\"kubernetes\"", "\"kubernetes\" { target \"kubernetes\" postgres=\"cloudnative-pg\" }");
    let rest = "service \"a\" { build \"a\"; uses \"b\" }\nresource \"jobs\" type=\"rabbitmq\"\n";
    for end in [
        "resource \"b\" type=\"postgres\" {",
        "resource \"b\" type=\"postgres\" { favors \"consistency\"",
        "resource \"b\" type=\"postgres\" { storage \"1Gi\"; backup {",
        "resource \"b\" type=\"postgres\"\nqueue \"q\" on=\"jobs\" {",
        "resource \"b\" type=\"postgres\"\nqueue \"q\" on=\"jobs\" { retention \"1d\" }; service \"c\" { build \"ä\"",
    ] {
        let spec = format!("{head}{rest}{end}");
        let folder = Folder::with(&[("bastide.kdl", &spec)]);
        bastide(&folder, &["check", "--fix"]).exits(1).says("a block is never closed");
        assert_eq!(folder.get("bastide.kdl"), spec);
    }
}
