//! Specs that are deep, long, or full of one thing.

use super::{Bomb, defuse};
use crate::support::whole;

const HEAD: &str = "app \"shop\" version=\"1.0.0\" { images \"registry.example.com/shop\" }\nenvironment \"prod\" platform=\"kubernetes\"\n";

fn specs() -> Vec<(&'static str, String)> {
    let many = |count: usize, line: &str| -> String {
        (0..count)
            .map(|at| line.replace("NEXT", &(at + 1).to_string()).replace("NUMBER", &at.to_string()))
            .collect()
    };
    vec![
        ("100,000 blocks", "a {".repeat(100_000)),
        ("100,000 blocks closed", "a {".repeat(100_000) + &"}".repeat(100_000)),
        ("100,000 ends", "}".repeat(100_000)),
        ("100,000 slashdashes", "/-".repeat(100_000)),
        ("100,000 comments", "/*".repeat(100_000)),
        ("100,000 quotes", "\"".repeat(100_001)),
        ("100,000 hashes", format!("a {}\"x\"", "#".repeat(100_000))),
        ("a long number", format!("service \"a\" {{ tier {} }}", "9".repeat(1_000_000))),
        ("a long name", format!("service \"{}\" {{ image \"a:1\" }}", "a".repeat(1_000_000))),
        ("a long word", format!("{} \"a\"", "x".repeat(1_000_000))),
        ("a chain of archetypes", many(2_000, "archetype \"tNUMBER\" like=\"tNEXT\" { tier 2 }\n") + "service \"a\" like=\"t0\"\n"),
        ("a circle of archetypes", "archetype \"a\" like=\"b\" { tier 1 }\narchetype \"b\" like=\"a\" { tier 1 }\nservice \"a\" like=\"a\"\n".into()),
        ("a chain of environments", many(300, "environment \"eNUMBER\" platform=\"compose\" like=\"eNEXT\"\n")),
        ("references in one text", format!("service \"a\" {{ image \"a:1\"; env {{ A \"{}\" }} }}", "${a.host}".repeat(50_000))),
        ("references of nothing", format!("service \"a\" {{ image \"a:1\"; env {{ A \"{}\" }} }}", "${".repeat(50_000))),
        ("a chain of references", many(2_000, "service \"sNUMBER\" { image \"a:1\"; env { A \"${sNEXT.url}\" } }\n")),
        ("braces of a pattern", format!("include \"{}\"", "{a,b}".repeat(5_000))),
        ("nested braces of a pattern", format!("include \"{}{}\"", "{a,".repeat(5_000), "}".repeat(5_000))),
        ("stars of a pattern", format!("include \"{}\"", "**/*".repeat(5_000))),
        ("a long path of a patch", format!("environment \"q\" platform=\"kubernetes\" {{ patch \"Deployment/a\" {{ set \"{}\" value=1 }} }}\nservice \"a\" {{ image \"a:1\" }}", "a.".repeat(50_000))),
        ("a long command", format!("service \"a\" {{ image \"a:1\"; job \"j\" command=\"{}\" }}", "' ".repeat(50_000))),
        ("a long range", format!("service \"a\" {{ image \"a:1\"; calls \"a\" version=\"{}\" }}", "^1 || ".repeat(50_000))),
        ("everything calls everything", {
            let calls: String = (0..60).map(|at| format!("calls \"s{at}\" soft=#true\n")).collect();
            (0..60).map(|at| format!("service \"s{at}\" {{ image \"a:1\"; {calls} }}\n")).collect()
        }),
    ]
}

#[test]
fn specs_end() {
    // Both others begin as `check` does; a plain run takes one of them.
    let commands: [&[&str]; 3] = [&["check", "--fix"], &["build"], &["check"]];
    let mut bombs = vec![];
    for (number, (name, text)) in specs().into_iter().enumerate() {
        let some = if whole() { &commands[..] } else { &commands[number % 2..][..1] };
        for args in some {
            let files = vec![("bastide.kdl".into(), format!("{HEAD}{text}"))];
            bombs.push(Bomb::new(&format!("{name}: {}", args.join(" ")), files, args));
        }
    }
    defuse(&bombs);
}
