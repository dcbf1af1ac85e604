//! `target "dockerfile"`: Dockerfiles of services that have none, and what is said of those that nobody writes.

use crate::support::{Folder, bastide, everywhere};
use std::process::Command;

const LANGUAGES: [&str; 7] = ["dotnet", "go", "java", "node", "python", "rust", "static"];

/// A project with a service in each of these languages, whose folders are there and empty.
fn project(languages: &[&str]) -> Folder {
    let mut spec = "app \"langs\" version=\"1.0.0\" { images \"registry.example.com/langs\" }\n\
        environment \"dev\" platform=\"compose\" { target \"dockerfile\" }\n\
        environment \"prod\" platform=\"kubernetes\" { target \"dockerfile\" }\n"
        .to_string();
    let folder = Folder::new();
    for name in languages {
        spec += &format!("service \"{name}\" {{ build \"services/{name}\" language=\"{name}\" }}\n");
        folder.put(&format!("services/{name}/kept.txt"), "");
    }
    folder.put("bastide.kdl", spec);
    folder
}

fn dockerfile(name: &str) -> String {
    format!("services/{name}/Dockerfile")
}

#[test]
fn each_language_has_a_dockerfile_that_a_careful_reader_takes() {
    let folder = project(&LANGUAGES);
    let said = bastide(&folder, &["build", "--format", "json"]).exits(0);
    assert!(!said.rules().contains(&"dockerfile-missing".into()), "{}", said.out);
    for name in LANGUAGES {
        let text = folder.get(&dockerfile(name));
        let images: Vec<&str> = text.lines().filter(|line| line.starts_with("FROM ")).collect();
        let (stages, bases): (Vec<&str>, Vec<&str>) =
            images.iter().partition(|line| line.starts_with("FROM source"));
        assert!(bases.iter().all(|line| line.contains("@sha256:")), "{name}: {bases:?}");
        assert!(name == "static" || stages.len() >= 2, "{name} has no `lint` and `test`");
        let last = text.rsplit("\nFROM ").next().unwrap_or_default();
        assert!(last.contains("\nUSER 65532:65532\n") && !last.contains("\nRUN "), "{name}:\n{last}");
        assert!(folder.get(&(dockerfile(name) + ".dockerignore")).contains("**/.env*\n"));
    }
    let paths = LANGUAGES.map(|name| folder.0.join(dockerfile(name)));
    match Command::new("hadolint").env("PATH", everywhere()).args(paths).output() {
        Ok(done) => assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout)),
        Err(_) => println!("skipped: hadolint not found"),
    }
    bastide(&folder, &["build", "--check"]).exits(0);
}

#[test]
fn a_dockerfile_that_somebody_wrote_stays() {
    let folder = project(&["go"]);
    folder.put(&dockerfile("go"), "FROM scratch\n");
    let said = bastide(&folder, &["build", "--format", "json"]).exits(1);
    assert!(said.rules().contains(&"foreign-output".into()), "{}", said.out);
    assert_eq!(folder.get(&dockerfile("go")), "FROM scratch\n");
    assert!(!folder.0.join("deploy").exists());
}

#[test]
fn a_language_of_the_project_is_a_folder() {
    let folder = project(&["cobol", "go"]);
    bastide(&folder, &["build"])
        .exits(0)
        .says("there is no `services/cobol/Dockerfile`")
        .says("knows `cobol`");
    let part = "part \"cobol\" {\n    about \"x\"\n    option \"cobol\" default=\"docker.io/library/cobol:1\" about=\"x\"\n    emit \"Dockerfile.j2\" for=\"service\" at=\"root\" to=\"{{ service.run.build.context }}/Dockerfile\" when=\"service.run.build.language == 'cobol'\"\n}\n";
    folder.put("bastide/targets/dockerfile/cobol/part.kdl", part);
    folder
        .put("bastide/targets/dockerfile/cobol/Dockerfile.j2", "FROM {{ target.cobol }}\nUSER 65532:65532\n");
    let said = bastide(&folder, &["build"]).exits(0);
    assert!(!said.out.contains("dockerfile-missing"), "{}", said.out);
    assert_eq!(folder.get(&dockerfile("cobol")), "FROM docker.io/library/cobol:1\nUSER 65532:65532\n");
    assert!(folder.get(&dockerfile("go")).contains("golang"));
}

#[test]
fn a_folder_without_a_dockerfile_is_told_once() {
    let folder = project(&["go"]);
    let spec =
        folder.get("bastide.kdl").replace(" { target \"dockerfile\" }", "").replace(" language=\"go\"", "");
    folder.put("bastide.kdl", &spec);
    let said = bastide(&folder, &["build", "--format", "json"]).exits(0);
    let told: Vec<_> = said.places().into_iter().filter(|it| it.0 == "dockerfile-missing").collect();
    assert_eq!(told, [("dockerfile-missing".into(), "bastide.kdl".into(), 4, 22)]);
    folder.put(&dockerfile("go"), "FROM scratch\n");
    let said = bastide(&folder, &["build", "--format", "json"]).exits(0);
    assert!(!said.rules().contains(&"dockerfile-missing".into()));
}
