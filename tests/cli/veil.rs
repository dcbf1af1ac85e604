//! What is printed: no secret of a spec, no sign that drives a terminal, no line that CI takes for a command.

use crate::support::{Folder, Said, bastide, whole};
use bastide_core::secret::find;
use bastide_core::secret::formats::FORMATS;

/// A text as a string of KDL.
fn kdl(text: &str) -> String {
    let sign = |c: char| match c {
        ' '..='~' if !matches!(c, '"' | '\\') => c.to_string(),
        c => format!("\\u{{{:x}}}", c as u32),
    };
    format!("\"{}\"", text.chars().map(sign).collect::<String>())
}

/// The commands that print something of a spec, in each of their forms.
const COMMANDS: &[&str] = &[
    "check",
    "check --format json",
    "check --format sarif",
    "check --format github",
    "check --format gitlab",
    "check --format junit",
    "check --baseline OLD",
    "build",
    "build --check",
    "model",
    "graph",
    "graph --format dot",
    "graph --format json",
    "diff --baseline OLD",
    "diff --baseline OLD --format json",
    "diff --baseline OLD --format markdown",
    "diff --baseline OLD --format sarif",
    "plan --baseline OLD",
    "plan --baseline OLD --format json",
    "plan --baseline OLD --format markdown",
    "plan --baseline OLD --format mermaid",
    "why service.a",
    "why service.a.env",
    "why service.a.command",
    "why service.a.label",
    "why service.a.file",
    "why service.a.env.V3",
    "why service.a.env.SMTP_PASSWORD",
    "target show compose",
];

/// The commands that are tried on the plan of this number: all, or in a plain run some of them, others with each plan.
fn some_commands(number: usize) -> impl Iterator<Item = &'static &'static str> {
    let step = if whole() { 1 } else { 3 };
    COMMANDS.iter().skip(number % step).step_by(step)
}

/// Runs a command; `OLD` in it is the folder of the plan before.
fn run(new: &Folder, old: &Folder, command: &str) -> Said {
    let place = old.0.display().to_string();
    let arguments: Vec<&str> =
        command.split(' ').map(|it| if it == "OLD" { place.as_str() } else { it }).collect();
    bastide(new, &arguments)
}

/// A spec with every example of the table in its variables, commands, labels, files, jobs, patches, policies and texts;
/// `more` stands in each.
fn spec(more: &str) -> String {
    let mut spec = format!(
        "app \"x\" version=\"1.0.0\" {{ owner \"me\" contact={} }}\nenvironment \"dev\" platform=\"compose\"\nenvironment \"prod\" platform=\"kubernetes\" namespace=\"x\" {{ patch \"Deployment/a\" {{\n",
        kdl(&format!("{} {more}", FORMATS[0].example))
    );
    let all: Vec<String> = FORMATS.iter().map(|it| kdl(&format!("{} {more}", it.example))).collect();
    all.iter()
        .enumerate()
        .for_each(|(at, text)| spec += &format!("  set \"metadata.annotations.a{at}\" value={text}\n"));
    spec += "} }\nservice \"a\" { image \"a/b:1\"; api \"w\" port=80; health ready=\"/\"\n  env { SMTP_PASSWORD \"hunter22\"; DB_PASSWORD \"opensesame\"\n";
    all.iter().enumerate().for_each(|(at, text)| spec += &format!("    V{at} {text}\n"));
    spec += &format!("  }}\n  command {}\n  label {{\n", all.join(" "));
    all.iter().enumerate().for_each(|(at, text)| spec += &format!("    l{at} {text}\n"));
    spec += "  }\n";
    for (at, text) in all.iter().enumerate() {
        spec += &format!("  file \"/etc/a/{at}\" text={text}\n  policy-{at} {text}\n");
        spec += &format!("  job \"j{at}\" schedule=\"0 3 * * *\" command={text}\n  calls {text}\n");
    }
    spec += "  file \"/etc/own\" from=\"own.conf\"\n}\n";
    for (at, text) in all.iter().enumerate() {
        spec += &format!("policy \"p{at}\" over=\"service\" {{ deny \"true\"; say {text} }}\n");
    }
    spec
}

#[test]
fn no_command_prints_a_secret() {
    let (old, new) = (Folder::new(), Folder::new());
    let own: String = FORMATS.iter().map(|it| format!("{}\n", it.example)).collect();
    // One that is read whole, one with faults of every kind.
    let faulty = spec("here");
    let sound: String = faulty
        .lines()
        .filter(|it| !it.contains("policy-") && !it.contains("  calls "))
        .collect::<Vec<_>>()
        .join("\n");
    let (mut tried, mut ran) = (0, 0);
    let mut secrets: Vec<String> = vec!["hunter22".into(), "opensesame".into()];
    for it in FORMATS {
        secrets.extend(find("", it.example).into_iter().map(|spot| it.example[spot.at].to_string()));
    }
    // In JSON and KDL a line break is written otherwise: the lines of a key are secrets, too.
    let parts: Vec<String> = secrets.iter().flat_map(|it| it.split('\n')).map(str::to_string).collect();
    secrets.extend(parts.into_iter().filter(|it| it.len() > 8 && !it.starts_with("-----")));
    for (number, (name, text)) in [("sound", &sound), ("faulty", &faulty)].into_iter().enumerate() {
        old.put("bastide.kdl", text.replace(" here", " there").replace("hunter22", "hunter23"));
        old.put("own.conf", &own);
        new.put("bastide.kdl", text);
        new.put("own.conf", &own);
        let before = new.tree("");
        for command in some_commands(number) {
            ran += 1;
            let said = run(&new, &old, command);
            let printed = format!("{}{}", said.out, said.err);
            for secret in &secrets {
                tried += 1;
                assert!(
                    !printed.contains(secret.as_str()),
                    "{name}: `bastide {command}` prints {secret}:\n{printed}"
                );
            }
            assert!(!printed.contains("panicked"), "{printed}");
        }
        assert_eq!(new.tree(""), before, "nothing is written of a spec with secrets");
    }
    println!("{} secrets, {ran} commands, {tried} times not printed", secrets.len());
}

/// Texts that somebody hostile writes.
const HOSTILE: &[&str] = &[
    "a\n::error::b",
    "a\r\n  ::set-output name=x::y",
    "##[error]a",
    "x\n##vso[task.setvariable variable=a]b",
    "\x1b[31mred\x1b]0;title\x07",
    "a\u{202e}b\u{2066}c\u{200b}d\u{feff}e",
    "a\u{2028}::warning::b",
    "a\u{85}::warning::b\0",
    "]]></failure><script>",
    "\"}],\"x\":[{\"",
];

#[test]
fn nothing_hostile_reaches_a_log() {
    let mut tried = 0;
    for (number, hostile) in HOSTILE.iter().enumerate() {
        let text = kdl(hostile);
        let spec = format!(
            "app {text} version={text} {{ owner {text}; {text} {text} }}\nenvironment \"dev\" platform=\"compose\"\nservice \"a\" {{ image {text}; env {{ X {text}; {text} \"y\" }}; calls {text}; label {{ {text} {text} }} }}\nservice {text} {{ image \"a:1\" }}\npolicy \"p\" over=\"service\" {{ deny \"true\"; say {text} }}\n{text} {{ x }}\ninclude {text}\n"
        );
        let good = format!(
            "app \"x\" version=\"1.0.0\" {{ owner {text} }}\nenvironment \"dev\" platform=\"compose\"\nservice \"a\" {{ image \"a/b:1\"; api \"w\" port=80; env {{ X {text} }} }}\npolicy \"p\" over=\"service\" {{ deny \"true\"; say {text} }}\n"
        );
        let (old, new) = (Folder::new(), Folder::new());
        old.put("bastide.kdl", good.replace("\"a/b:1\"", "\"a/b:2\"").replace("env {", "env { Y \"1\";"));
        for spec in [spec.as_str(), good.as_str()] {
            new.put("bastide.kdl", spec);
            for command in some_commands(number).chain(&["why service.a.env.X", "check --fix"]) {
                let ran = run(&new, &old, command);
                tried += 1;
                looks_harmless(command, &format!("{}{}", ran.out, ran.err));
                // What cannot be read is told as findings, in words where a command has no other form for them.
                if !command.starts_with("graph") || ran.code == 0 {
                    well_formed(command, &ran.out);
                }
            }
        }
    }
    println!("{} hostile texts, {tried} runs", HOSTILE.len());
}

/// No control sign, no command.
fn looks_harmless(command: &str, printed: &str) {
    let bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{200b}' | '\u{feff}')
    };
    // What programs read escapes or keeps such signs as they are.
    if !command.contains("json")
        && !command.contains("sarif")
        && !command.contains("gitlab")
        && command != "model"
    {
        assert!(!printed.contains(bad), "`bastide {command}`:\n{}", printed.escape_debug());
    }
    assert!(!printed.contains("##[") && !printed.contains("##vso["), "`bastide {command}`:\n{printed}");
    for line in printed.lines().map(str::trim_start) {
        let ours = command.contains("github")
            && ["::error file=", "::warning file=", "::notice file=", "::error title=", "::warning title="]
                .iter()
                .any(|it| line.starts_with(it));
        assert!(ours || !line.starts_with("::"), "`bastide {command}`: {line}");
    }
}

/// What programs read is read.
fn well_formed(command: &str, printed: &str) {
    if command.contains("json") || command.contains("sarif") || command.contains("gitlab") {
        let read: Result<serde_json::Value, _> = serde_json::from_str(printed);
        assert!(printed.is_empty() || read.is_ok(), "`bastide {command}`: {read:?}\n{printed}");
    }
    if command.contains("junit") {
        // Every sign of XML stands for itself only where it is written as markup of ours.
        assert!(printed.matches('<').count() == printed.matches('>').count(), "{printed}");
        assert!(!printed.contains("<script") && !printed.contains("]]>"), "{printed}");
        assert_eq!(printed.matches("<failure ").count(), printed.matches("</failure>").count(), "{printed}");
    }
}
