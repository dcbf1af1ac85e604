//! Output belongs to its environment and its spec.

use crate::support::{Folder, bastide};

const TWO: &str = r##"app "shop" version="1.0.0" {
    owner "team" contact="#team"
    images "registry.example.com/shop"
    source "https://git.example.com/shop"
}
environment "dev" platform="compose"
environment "prod" platform="kubernetes"
service "web" { build "web"; api "web" port=8080 }
gateway "public" {
    host "shop.example.com"
    tls min="1.2" issuer="x"
    limit "10/s" by="client"
    body-limit "1Mi"
    route "/" to="web" { public; timeout "2s" }
}
delivery { ci "github"; gate "test" "load" }
"##;

fn two(below: &str) -> Folder {
    let folder = Folder::new();
    folder.put(&format!("{below}bastide.kdl"), TWO);
    folder.put(&format!("{below}web/Dockerfile"), "FROM scratch AS test\n");
    folder
}

#[test]
fn an_environment_alone_is_built_among_the_others() {
    let folder = two("");
    bastide(&folder, &["build", "--quiet"]).exits(0);
    let whole = folder.tree("");
    bastide(&folder, &["build", "--check", "-e", "dev", "--quiet"]).exits(0);
    bastide(&folder, &["build", "-e", "dev"]).exits(0).says("0 files written, 0 changed, 0 removed");
    assert_eq!(folder.tree(""), whole);
    folder.put("bastide.kdl", TWO.replace("port=8080", "port=8081"));
    bastide(&folder, &["build", "-e", "dev", "--quiet"]).exits(0);
    let changed = folder.tree("");
    let differ = |path: &String| changed.get(path) != whole.get(path);
    let paths: Vec<&String> = whole.keys().filter(|path| differ(path)).collect();
    let elsewhere = |path: &&&String| !path.starts_with("deploy/dev/") && !path.contains("bastide");
    assert!(!paths.iter().any(|path| elsewhere(&path)), "{paths:?}");
    bastide(&folder, &["build", "--check", "-e", "dev", "--quiet"]).exits(0);
    bastide(&folder, &["build", "--check", "-e", "prod"]).exits(1);
}

#[test]
fn a_spec_in_a_folder_of_a_repository_has_its_pipeline_where_the_forge_reads() {
    let folder = two("apps/shop/");
    folder.put(".git/HEAD", "ref: refs/heads/main\n");
    bastide(&folder, &["build", "apps/shop", "--quiet"]).exits(0);
    bastide(&folder, &["build", "--check", "apps/shop", "--quiet"]).exits(0);
    let workflow = folder.get(".github/workflows/apps-shop-shop.yaml");
    for part in [
        "name: apps-shop-shop\n",
        "    paths: # a pull request is never passed over: its required check would wait for ever\n    - apps/shop/**\n    - \".github/workflows/apps-shop-shop.yaml\"\n",
        "    working-directory: apps/shop\n",
        "path: apps/shop/out/${{ matrix.image }}.json\n",
        "path: apps/shop/out\n",
        "      working-directory: . # nothing is checked out here\n",
        "          apps/shop/out/stack.log\n          apps/shop/out/k6-*.json\n",
    ] {
        assert!(workflow.contains(part), "{part}\nis not in\n{workflow}");
    }
    assert!(!folder.0.join("apps/shop/.github").exists());
    let affected = folder.get("apps/shop/ci/affected.tsv");
    for row in
        ["\napps/shop/web\tweb\t", "\napps/shop/ci\t*\t", "\n.github/workflows/apps-shop-shop.yaml\t*\t"]
    {
        assert!(affected.contains(row), "{row} is not in\n{affected}");
    }
    let library = folder.get("apps/shop/ci/lib.sh");
    for part in ["WITHIN=apps/shop/ ", "BRANCH=env/apps-shop-$ENVIRONMENT", "CONTEXT=web "] {
        assert!(library.contains(part), "{part} is not in\n{library}");
    }
    let application = folder.get("apps/shop/deploy/prod/kubernetes/argocd/application.yaml");
    for part in ["    path: apps/shop/deploy/prod/kubernetes\n", "    targetRevision: env/apps-shop-prod\n"] {
        assert!(application.contains(part), "{part} is not in\n{application}");
    }
    // Another folder, the same app: nothing meets.
    folder.put("apps/other/bastide.kdl", TWO);
    folder.put("apps/other/web/Dockerfile", "FROM scratch AS test\n");
    bastide(&folder, &["build", "apps/other", "--quiet"]).exits(0);
    bastide(&folder, &["build", "--check", "apps/shop", "--quiet"]).exits(0);
    assert!(folder.0.join(".github/workflows/apps-other-shop.yaml").is_file());
    bastide(&folder, &["why", ".github/workflows/apps-shop-shop.yaml:3", "apps/shop"]).exits(0);
}

#[test]
fn two_specs_in_one_folder_keep_their_files() {
    let folder = two("");
    folder.put(
        "b.kdl",
        TWO.replace("\"dev\"", "\"test\"").replace("\"prod\"", "\"live\"").replace("delivery", "//"),
    );
    bastide(&folder, &["build", "--quiet"]).exits(0);
    bastide(&folder, &["build", "b.kdl", "--quiet"]).exits(0);
    bastide(&folder, &["build", "--check", "--quiet"]).exits(0);
    folder.put("b.kdl", TWO);
    bastide(&folder, &["build", "b.kdl"]).exits(1).says("is made from another spec too");
}

/// A pack of one's own with one more file.
fn with_pack(name: &str, extends: &str, used: &str) -> Folder {
    let folder = two("");
    let pack = format!(
        "target \"{name}\" extends=\"{extends}\" {{\n    about \"Ours.\"\n    emit \"flag.yaml.j2\" for=\"environment\" to=\"extra/flag.yaml\"\n}}\n"
    );
    folder.put(&format!("bastide/targets/{name}/target.kdl"), pack);
    folder.put(&format!("bastide/targets/{name}/flag.yaml.j2"), "kind: Flag\nmetadata:\n  name: f\n");
    folder.put(
        "bastide.kdl",
        TWO.replace("platform=\"kubernetes\"", &format!("platform=\"kubernetes\" {used}")),
    );
    folder
}

#[test]
fn a_pack_takes_the_place_of_the_one_it_extends() {
    for (name, used) in [("kubernetes", ""), ("mine", "{ target \"mine\" }")] {
        let folder = with_pack(name, "kubernetes", used);
        bastide(&folder, &["build", "--quiet"]).exits(0);
        let packs: Vec<String> = std::fs::read_dir(folder.0.join("deploy/prod"))
            .expect("a folder")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|pack| pack != "prometheus")
            .collect();
        assert_eq!(packs, [name]);
        let list = folder.get(&format!("deploy/prod/{name}/kustomization.yaml"));
        assert!(list.contains("- extra/flag.yaml\n") && list.contains("- web/deployment.yaml\n"), "{list}");
        let application = folder.get(&format!("deploy/prod/{name}/argocd/application.yaml"));
        assert!(application.contains(&format!("    path: deploy/prod/{name}\n")), "{application}");
    }
    // One that nobody asks for is not written.
    let folder = with_pack("mine", "kubernetes", "");
    bastide(&folder, &["build", "--quiet"]).exits(0);
    assert!(!folder.0.join("deploy/prod/mine").exists());
    // Options that the model goes by are those of either.
    let folder = with_pack("mine", "kubernetes", "{ target \"mine\" postgres=\"cloudnative-pg\" }");
    folder.put(
        "bastide.kdl",
        folder.get("bastide.kdl") + "resource \"db\" type=\"postgres\" version=\"16\" { backup schedule=\"0 3 * * *\" keep=\"14d\" }\n",
    );
    bastide(&folder, &["build", "--quiet"]).exits(0);
    assert!(folder.0.join("deploy/prod/mine/resources/db/cluster.yaml").is_file());
    for (name, extends, told) in [
        ("mine", "mine", "no built-in pack is named `mine`, so it extends itself"),
        ("mine", "kubernets", "there is no pack `kubernets` that `mine` could extend"),
    ] {
        bastide(&with_pack(name, extends, ""), &["build"]).exits(1).says(told);
    }
}
