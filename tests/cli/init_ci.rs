//! `bastide init ci` writes what a repository needs and nothing over what is there; and what forges are told, they find.

use crate::support::{Folder, Said, bastide};

const SPEC: &str =
    "app \"shop\"\nenvironment \"dev\" platform=\"compose\"\nservice \"a\" { image \"a:1\" }\n";
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// A repository with a spec in `below`, and files at its root.
fn repository(below: &str, files: &[(&str, &str)]) -> Folder {
    let folder = Folder::with(files);
    folder.put(".git/HEAD", "ref: refs/heads/main\n");
    folder.put(&format!("{below}bastide.kdl"), SPEC);
    folder
}

/// Each provider: its name, what shows that it is used, its file, and what that says for a spec in `apps/shop`.
const PROVIDERS: [[&str; 4]; 4] = [
    ["pre-commit", ".pre-commit-config.yaml", ".pre-commit-config.yaml", "args: [\"apps/shop\"]"],
    ["github", ".github/CODEOWNERS", ".github/workflows/bastide.yaml", "path: \"apps/shop\"\n"],
    ["gitlab", ".gitlab-ci.yml", ".gitlab-ci.yml", "path: \"apps/shop\"\n"],
    ["jenkins", "Jenkinsfile", "Jenkinsfile", "bastide(path: 'apps/shop')"],
];

#[test]
fn what_is_missing_is_written_and_what_is_there_stays() {
    for [provider, sign, file, line] in PROVIDERS {
        let asked = ["init", "ci", "apps/shop", "--rev", COMMIT, "--provider", provider];
        let folder = repository("apps/shop/", &[]);
        bastide(&folder, &asked).exits(0).says(file);
        let text = folder.get(file);
        assert!(text.contains(line) && text.contains(COMMIT), "{text}");
        assert!(!text.contains("REV") && !text.contains("FOLDER"), "{text}");
        let whole = folder.tree("");
        bastide(&folder, &asked).exits(0).says("already");
        assert_eq!(folder.tree(""), whole);

        // What is somebody's own stays, and the lines are printed.
        let folder = repository("apps/shop/", &[(file, "# mine\n")]);
        bastide(&folder, &asked).exits(1).says("stays as it is").says(line);
        assert_eq!(folder.get(file), "# mine\n");

        // Who is at home is seen.
        let folder = repository("apps/shop/", &[(sign, "# mine\n")]);
        let said = bastide(&folder, &["init", "ci", "apps/shop"]).exits(i32::from(sign == file)).says(file);
        assert!(said.out.contains(line) || folder.get(file).contains(line), "{}", said.out);
        assert_eq!(folder.get(sign), "# mine\n");
    }
    println!("{} providers", PROVIDERS.len());
}

#[test]
fn several_are_written_together_or_none() {
    let folder = repository("", &[]);
    bastide(&folder, &["init", "ci", "--provider", "github,pre-commit"]).exits(0);
    assert!(folder.get(".pre-commit-config.yaml").contains("args: [\".\"]"));
    let folder = repository("", &[(".github", "no folder")]);
    bastide(&folder, &["init", "ci", "--provider", "pre-commit,github"]).exits(2);
    assert!(!folder.tree("").contains_key(".pre-commit-config.yaml"));
}

#[test]
fn what_cannot_be_written_is_refused() {
    let folder = repository("", &[]);
    bastide(&folder, &["init", "ci"]).exits(2).says("--provider");
    for rev in ["", "-x", "a b", "${{ github.token }}", "$(id)", "x'y", "a\nb"] {
        let rev = format!("--rev={rev}");
        bastide(&folder, &["init", "ci", "--provider", "github", rev.as_str()])
            .exits(2)
            .says("letters, digits");
    }
    bastide(&folder, &["init", "ci", "--provider", "bamboo"]).exits(2);
    assert!(folder.tree("").keys().all(|path| path == "bastide.kdl" || path == ".git/HEAD"));
    let folder = repository("apps/it's ${{ x }}/", &[]);
    bastide(&folder, &["init", "ci", "apps/it's ${{ x }}", "--provider", "jenkins"]).exits(2);
    bastide(&Folder::new(), &["init", "ci", "--provider", "github"]).exits(2).says("no spec here");
    // A folder of that name is still one.
    bastide(&Folder::new(), &["init", "./ci"]).exits(0);
}

/// The files that the findings of a run are in, as each format names them.
fn files(format: &str, said: &Said) -> Vec<String> {
    let json = || said.json();
    let text = |it: &serde_json::Value| it.as_str().expect("a path").to_string();
    let after = |sign: &str, end: char| -> Vec<String> {
        let part = |it: &str| it.split(end).next().unwrap_or_default().to_string();
        said.out.split(sign).skip(1).map(part).collect()
    };
    match format {
        "github" => after(" file=", ','),
        "junit" => after(" file=\"", '"'),
        "gitlab" => {
            json().as_array().expect("a list").iter().map(|it| text(&it["location"]["path"])).collect()
        }
        "json" => said.places().into_iter().map(|(_, file, ..)| file).collect(),
        _ => {
            let results = json()["runs"][0]["results"].as_array().expect("a list").clone();
            let at = |it: &serde_json::Value| {
                text(&it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
            };
            results.iter().map(at).collect()
        }
    }
}

#[test]
fn forges_find_files_from_the_root_of_the_repository() {
    let folder = repository("apps/shop/", &[]);
    bastide(&folder, &["build", "apps/shop", "--quiet"]).exits(0);
    let spec = SPEC.replace("a:1", "a:2");
    let mut tried = 0;
    for (below, formats) in [("apps/shop/", &["github", "gitlab", "junit", "sarif"][..]), ("", &["json"][..])]
    {
        for &format in formats {
            let mut say = |command: &[&str], file: &str| {
                let said = bastide(&folder, &[command, &["--quiet", "--format", format]].concat()).exits(1);
                let files = files(format, &said);
                assert!(files.contains(&format!("{below}{file}")), "{format}: {files:?}\n{}", said.out);
                assert!(files.iter().all(|it| it.starts_with(below)), "{format}: {files:?}");
                tried += 1;
                said
            };
            folder.put("apps/shop/bastide.kdl", spec.replace("image", "imag"));
            say(&["check", "apps/shop"], "bastide.kdl");
            folder.put("apps/shop/bastide.kdl", &spec);
            let said = say(&["build", "--check", "apps/shop"], "deploy/dev/compose/compose.yaml");
            assert!(said.out.contains("run `bastide build apps/shop`"), "{}", said.out);
        }
    }
    println!("{tried} runs");
}
