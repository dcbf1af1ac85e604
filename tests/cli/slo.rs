//! Whether promises can be kept, and which break if something fails. The numbers are worked out by hand.

use crate::support::{Folder, bastide, copy_of};
use serde_json::{Value, json};

const SPEC: &str = r##"app "shop" version="1.0.0" { owner "team" contact="#team" }
environment "dev" platform="compose"
environment "prod" platform="kubernetes"
external "bank" url="https://bank.example" { slo availability="99.99%" }
external "post" url="https://post.example"
gateway "public" {
    host "shop.example"; timeout "2s"
    route "/web" to="web"
    route "/shop" to="shop"
    route "/pay" to="pay" { timeout "100ms" }
    route "/home" { aggregate partial=#true { part "web" from="web" path="/"; part "pay" from="pay" path="/" } }
    route "/all" { aggregate { part "web" from="web" path="/"; part "pay" from="pay" path="/" } }
    route "/old" { redirect "/web" }
}
gateway "egress" direction="out" { allow "bank" "post" }
service "web" {
    image "x/web:1"; scale min=2 max=4
    calls "shop" timeout="300ms" retries=1 idempotent=#true
    calls "pay" timeout="400ms" soft=#true
    slo availability="99.95%" latency="500ms" at="p99" rate="10/s"
}
service "shop" {
    image "x/shop:1"; scale min=2 max=4
    calls "cart" timeout="100ms"
    calls "pay" timeout="100ms"
    slo availability="99.9%" latency="80ms" at="p95"
}
service "cart" { image "x/cart:1"; scale min=2 max=4; slo availability="99.95%" latency="50ms" at="p95" window="7d" }
service "pay" {
    image "x/pay:1"; scale min=2 max=4
    calls "bank" timeout="1s"
    slo availability="99.96%" latency="90ms" at="p90"
}
"##;

fn project() -> Folder {
    Folder::with(&[("bastide.kdl", SPEC)])
}

fn standing(folder: &Folder) -> Value {
    bastide(folder, &["slo", "-e", "prod", "--format", "json"]).exits(0).json()["environments"][0].clone()
}

fn service<'v>(all: &'v Value, name: &str) -> &'v Value {
    let mut services = all["services"].as_array().expect("services").iter();
    services.find(|it| it["service"] == name).unwrap_or_else(|| panic!("no {name} in {all}"))
}

#[test]
fn a_promise_is_held_against_those_it_hangs_on() {
    let all = standing(&project());
    let of = |name: &str| service(&all, name)["availability"].clone();
    // Over 99.9 % of shop; and 99.95 % of 10/s over 30 days leave 12 960 of 25 920 000.
    assert_eq!(of("web")["verdict"], "contradictory");
    assert_eq!(of("web")["weakest"], json!({ "name": "shop", "promise": "99.9%" }));
    assert_eq!(of("web")["budget"]["lasts"], "21m36s");
    assert_eq!(
        (&of("web")["budget"]["requests"], &of("web")["budget"]["of"]),
        (&json!(12_960), &json!(25_920_000))
    );
    // 0.9995 × 0.9996 × 0.9999 = 0.99900028998, and 1 - 0.0005 - 0.0004 - 0.0001 = 0.999.
    assert_eq!((&of("shop")["independent"], &of("shop")["worst"]), (&json!("99.9000289%"), &json!("99.9%")));
    assert_eq!(of("shop")["verdict"], "proved");
    // Without cart: 0.9996 × 0.9999 = 0.99950004; without pay its bank is gone, too, and 0.9995 is left.
    assert_eq!(of("shop")["cheapest"]["to"], "cart");
    assert_eq!(of("shop")["cheapest"]["independent"], "99.950004%");
    assert_eq!(of("pay")["verdict"], "proved");
}

#[test]
fn each_verdict_has_its_case() {
    let verdict = |promise: &str, bank: &str| {
        let text = SPEC
            .replace(r#"availability="99.9%""#, &format!("availability=\"{promise}\""))
            .replace(r#" { slo availability="99.99%" }"#, bank);
        let all = standing(&Folder::with(&[("bastide.kdl", &text)]));
        let it = service(&all, "shop")["availability"].clone();
        (it["verdict"].as_str().expect("a verdict").to_string(), it["silent"].clone())
    };
    let said = r#" { slo availability="99.99%" }"#;
    assert_eq!(verdict("99.96%", said).0, "contradictory");
    assert_eq!(verdict("99.94%", said).0, "infeasible");
    // Between the worst, 99.9 %, and what independence gives, 99.90002 %.
    assert_eq!(verdict("99.90001%", said).0, "not-guaranteed");
    assert_eq!(verdict("99.9%", said).0, "proved");
    // What a dependency promises holds for what it needs: a bank that says nothing is its matter.
    assert_eq!(verdict("99.9%", ""), ("proved".into(), json!([])));
    let silent = SPEC.replace(r#"calls "bank" timeout="1s""#, r#"calls "bank" "post" timeout="1s""#);
    let all = standing(&Folder::with(&[("bastide.kdl", &silent)]));
    let pay = &service(&all, "pay")["availability"];
    assert_eq!((&pay["verdict"], &pay["silent"]), (&json!("not-guaranteed"), &json!(["post"])));
}

#[test]
fn time_is_added_up_by_hop() {
    let all = standing(&project());
    let web = &service(&all, "web")["latency"];
    let hops: Vec<(u64, &str)> = web["hops"]
        .as_array()
        .expect("hops")
        .iter()
        .map(|it| (it["depth"].as_u64().expect("a depth"), it["to"].as_str().expect("a name")))
        .collect();
    assert_eq!(hops, [(1, "pay"), (2, "bank"), (1, "shop"), (2, "cart"), (2, "pay"), (3, "bank")]);
    // Of 95 answers in 100 of shop nothing follows for 99 of web.
    assert_eq!(
        (&web["verdict"], &web["waits_ms"], &web["own_ms"]),
        (&json!("not-guaranteed"), &json!(80), &json!(420))
    );
    assert_eq!(web["in_time"], "95%");
    // 90 ms of pay alone are more than 80.
    assert_eq!(service(&all, "shop")["latency"]["verdict"], "contradictory");
    assert_eq!(service(&all, "pay")["latency"]["route_ms"], 100);
}

#[test]
fn an_outage_parts_who_is_down_from_who_goes_on() {
    let folder = project();
    let fails = |name: &str| {
        let said = bastide(&folder, &["slo", "-e", "prod", "--fail", name, "--format", "json"]).exits(0);
        said.json()["environments"][0]["outage"].clone()
    };
    let names = |list: &Value| -> Vec<String> {
        let name = |it: &Value| it["name"].as_str().or(it["path"].as_str()).expect("a name").to_string();
        list.as_array().expect("a list").iter().map(name).collect()
    };
    let how = |outage: &Value| -> Vec<(String, String)> {
        let text = |it: &Value| it.as_str().expect("a text").to_string();
        outage["routes"]
            .as_array()
            .expect("routes")
            .iter()
            .map(|it| (text(&it["path"]), text(&it["how"])))
            .collect()
    };
    let pair = |path: &str, how: &str| (path.to_string(), how.to_string());
    let bank = fails("bank");
    assert_eq!(names(&bank["broken"]), ["pay", "shop", "web"]);
    assert_eq!(bank["broken"][2]["through"], json!(["shop", "pay", "bank"]));
    assert_eq!(names(&bank["breaks"]), ["bank", "pay", "shop", "web"]);
    assert_eq!(bank["stands"], json!(["cart"]));
    // web needs shop, which needs pay: that it could do without pay itself does not help.
    assert_eq!(bank["degraded"], json!([]));
    let cart = fails("service.cart");
    assert_eq!(names(&cart["breaks"]), ["cart", "shop", "web"]);
    assert_eq!(cart["breaks"][0]["after"], "5m2s");
    assert_eq!(
        how(&cart),
        [pair("/web", "down"), pair("/shop", "down"), pair("/home", "partly"), pair("/all", "down")]
    );
    let shop = fails("shop");
    assert_eq!(names(&shop["broken"]), ["web"]);
    assert_eq!(shop["stands"], json!(["cart", "pay"]));
    let public = fails("public");
    assert_eq!(names(&public["breaks"]), ["pay", "shop", "web"]);
    assert_eq!(public["stands"], json!(["cart"]));
    assert_eq!(how(&public).len(), 5, "{public}");
}

#[test]
fn who_waits_in_vain_may_be_late() {
    let soft =
        SPEC.replace(r#"    calls "pay" timeout="100ms""#, r#"    calls "pay" timeout="100ms" soft=#true"#);
    let folder = Folder::with(&[("bastide.kdl", &soft)]);
    let said = bastide(&folder, &["slo", "-e", "prod", "--fail", "pay", "--format", "json"]).exits(0);
    let outage = said.json()["environments"][0]["outage"].clone();
    let late: Vec<(&Value, &Value, &Value)> = outage["degraded"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| (&it["name"], &it["waits_ms"], &it["late"]))
        .collect();
    // shop promises 80 ms and may wait 100, web promises 500 ms and may wait 400.
    assert_eq!(
        late,
        [(&json!("shop"), &json!(100), &json!(true)), (&json!("web"), &json!(400), &json!(false))]
    );
    assert_eq!(outage["stands"], json!(["cart", "web"]));
}

#[test]
fn messages_wait_where_nobody_reads_them() {
    let folder = copy_of("examples/shop");
    bastide(&folder, &["slo", "-e", "prod", "--fail", "payments"])
        .exits(0)
        .says("messages     of `order-cancelled` wait for `payments`, 7d at most")
        .says("of `payment-settled`: `orders` hears nothing new")
        .says("stands       what `cart`, `catalog`, `notifications`, `orders`, `pricing` and `shipping` promise");
    let events = bastide(&folder, &["slo", "-e", "prod", "--fail", "events"]).exits(0);
    events
        .says("to `order-placed` wait in the outbox of `orders`")
        .says("fail in `payments`, which has no outbox");
}

#[test]
fn it_says_it_in_words_and_ends_as_other_commands_do() {
    let folder = project();
    let text = bastide(&folder, &["slo"]).exits(0);
    assert_eq!(text.out.matches("shop in ").count(), 2, "{}", text.out);
    text.says("promises     99.95% over 30d")
        .says("budget       21m36s of full outage, or 12960 of 25920000 requests")
        .says("dependencies contradictory: `shop` promises only 99.9%")
        .says("/home` of `public` to `web` and `pay`, without those that fail")
        .says("within 90ms for 90% of requests; a route waits 100ms");
    bastide(&folder, &["slo", "--format", "markdown", "-e", "dev"])
        .exits(0)
        .says("### `shop`")
        .says("- **budget** ");
    let unknown = bastide(&folder, &["slo", "--fail", "bnak"]).exits(1);
    unknown.says("there is no `bnak` in `dev` that could fail").says("did you mean `bank`?");
    bastide(&folder, &["slo", "-e", "live"]).exits(1).says("there is no environment `live`");
    bastide(&folder, &["slo", "nowhere"]).exits(2);
    let faulty = Folder::with(&[("bastide.kdl", "app \"x\" versio=\"1\"\n")]);
    bastide(&faulty, &["slo"]).exits(1);
}

/// The project with these targets in `prod`, a contract of web, and what a build writes there.
fn built(targets: &str) -> Folder {
    let prod = format!("environment \"prod\" platform=\"kubernetes\" namespace=\"shop\" {{ {targets} }}");
    let api = r#"image "x/web:1"; api "web" port=8080 contract="web.openapi.yaml" { version "1.0.0" };"#;
    let pairs = [
        (r#"environment "prod" platform="kubernetes""#, prod.as_str()),
        (r#"image "x/web:1";"#, api),
        // What is built stands, too.
        (r#"host "shop.example""#, r#"host "shop.example"; tls min="1.2" issuer="ours""#),
        (r#"to="web""#, r#"to="web" { public }"#),
        (r#"to="shop""#, r#"to="shop" { public }"#),
        (r#"{ timeout "100ms" }"#, r#"{ public; timeout "2s" }"#),
        ("{ aggregate", "{ public; aggregate"),
    ];
    let text = pairs.iter().fold(SPEC.to_string(), |text, (old, new)| text.replace(old, new));
    let contract = r#"openapi: 3.1.0
info: {title: web, version: 1.0.0}
paths:
  /web: {get: {responses: {"200": {description: x}}}, post: {requestBody: {content: {application/json: {example: {a: 1}}}}, responses: {"201": {description: x}}}}
  /web/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string, pattern: "^w-[0-9]{3}$"}}], responses: {"200": {description: x}}}}
  /web/{id}/odd: {get: {parameters: [{name: id, in: path, required: true, schema: {$ref: "other.yaml#/Id"}}], responses: {}}}
  /elsewhere: {get: {responses: {"200": {description: x}}}}
"#;
    let folder = Folder::with(&[("bastide.kdl", &text), ("web.openapi.yaml", contract)]);
    bastide(&folder, &["build", "--quiet"]).exits(0);
    folder
}

/// The documents of all YAML files of a folder.
fn documents(folder: &Folder, below: &str) -> Vec<Value> {
    use serde::Deserialize as _;
    let texts = folder.tree(below).into_iter().filter(|(path, _)| path.ends_with(".yaml"));
    let texts = texts.map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8")).collect::<Vec<_>>();
    let read = |text: &String| -> Vec<Value> {
        let all = serde_yaml::Deserializer::from_str(text);
        all.map(|it| Value::deserialize(it).expect("YAML")).collect()
    };
    texts.iter().flat_map(read).collect()
}

#[test]
fn objectives_are_objects_of_openslo() {
    let folder = built("target \"openslo\"");
    let all = documents(&folder, "deploy/prod/openslo");
    let names = |kind: &str| -> Vec<String> {
        let own = all.iter().filter(|it| it["kind"] == kind);
        own.map(|it| it["metadata"]["name"].as_str().expect("a name").to_string()).collect()
    };
    assert!(all.iter().all(|it| it["apiVersion"] == "openslo/v1"));
    assert_eq!(names("Service"), ["cart", "pay", "shop", "web"]);
    let objectives =
        ["cart", "pay", "shop", "web"].map(|it| [format!("{it}-availability"), format!("{it}-latency")]);
    assert_eq!(names("SLO"), objectives.concat());
    assert_eq!(names("SLI"), names("SLO"));
    let one_unit = |text: &Value| {
        let text = text.as_str().expect("a duration");
        let digits = text.trim_end_matches(['m', 'h', 'd']);
        text.len() - digits.len() == 1 && digits.parse::<u32>().is_ok_and(|it| it > 0)
    };
    for slo in all.iter().filter(|it| it["kind"] == "SLO") {
        let spec = &slo["spec"];
        assert!(names("Service").contains(&spec["service"].as_str().expect("a service").into()));
        assert!(names("SLI").contains(&spec["indicatorRef"].as_str().expect("an indicator").into()));
        let target = spec["objectives"][0]["target"].as_f64().expect("a number");
        assert!(target > 0.0 && target < 1.0 && one_unit(&spec["timeWindow"][0]["duration"]), "{slo}");
        for policy in spec["alertPolicies"].as_array().expect("policies") {
            assert!(
                names("AlertPolicy").contains(&policy["alertPolicyRef"].as_str().expect("a policy").into())
            );
        }
    }
    for policy in all.iter().filter(|it| it["kind"] == "AlertPolicy") {
        let conditions = policy["spec"]["conditions"].as_array().expect("conditions");
        let condition = &conditions[0]["spec"]["condition"];
        assert_eq!(
            (conditions.len(), &condition["kind"]),
            (1, &json!("burnrate")),
            "OpenSLO takes one condition"
        );
        assert!(condition["threshold"].is_number() && one_unit(&condition["lookbackWindow"]), "{policy}");
        let target = policy["spec"]["notificationTargets"][0]["targetRef"].as_str().expect("a target");
        assert!(names("AlertNotificationTarget").contains(&target.into()));
    }
    // Windows of a week are shorter: a tenth of three days at 7/30 is 1 008 minutes.
    assert!(
        names("AlertPolicy").contains(&"cart-availability-ticket-1008m".into()),
        "{:?}",
        names("AlertPolicy")
    );
}

#[test]
fn contracts_show_what_is_sent() {
    let folder = built("target \"load\"");
    let plan: Value = serde_json::from_str(&folder.get("deploy/prod/load/requests.json")).expect("JSON");
    let requests = plan["requests"].as_array().expect("requests");
    let names: Vec<&Value> = requests.iter().map(|it| &it["name"]).collect();
    // What no route leads to is not sent.
    assert_eq!(names, ["GET /web", "POST /web", "GET /web/w-000"]);
    assert_eq!((&requests[1]["body"], &requests[1]["statuses"]), (&json!("{\"a\":1}"), &json!([201])));
    assert_eq!(
        (&requests[0]["at"], &requests[0]["host"]),
        (&json!("http://web:8080"), &json!("shop.example"))
    );
    let without = plan["without"].as_array().expect("a list");
    let why = |name: &str| without.iter().find(|it| it["name"] == name).map(|it| it["why"].clone());
    assert_eq!(why("GET /web/{id}/odd"), Some("the parameter `id` has no example".into()));
    assert_eq!(why("/shop"), Some("its service declares no api".into()));
    assert_eq!(why("/home"), Some("it joins the answers of several".into()));
    assert_eq!(plan["objectives"]["web-latency"]["limit_ms"], 500);
    assert_eq!(plan["objectives"]["web-availability"]["rate"], 10);
}

#[test]
fn what_was_measured_is_read_back() {
    let text =
        SPEC.replace(r#"service "web" {"#, "include \"load/*.kdl\"\nservice \"web\" like=\"web-measured\" {");
    let text = text.replace(
        "scale min=2 max=4\n    calls \"shop\"",
        "scale min=2 max=4 peak=\"90/s\"\n    calls \"shop\"",
    );
    let measured = "archetype \"web-measured\" { scale measured=\"100/s\" }\n";
    let folder = Folder::with(&[("bastide.kdl", &text), ("load/measured.kdl", measured)]);
    let said = bastide(&folder, &["check", "--format", "json"]);
    assert!(said.rules().contains(&"load-margin".into()), "{:?}", said.rules());
}

#[test]
fn public_routes_are_probed() {
    let folder = built("target \"blackbox\"");
    let probes = documents(&folder, "deploy/prod/blackbox");
    // That of /web/w-000 may not be there.
    assert_eq!(probes.len(), 1, "{probes:?}");
    let probe = &probes[0]["spec"];
    assert_eq!(probe["targets"]["staticConfig"]["static"], json!(["https://shop.example/web"]));
    let text = folder.get("deploy/prod/blackbox/blackbox.yml");
    let config: Value = serde_yaml::from_str(&text).expect("YAML");
    let module = &config["modules"][probe["module"].as_str().expect("a module")];
    assert_eq!((&module["prober"], &module["http"]["valid_status_codes"]), (&json!("http"), &json!([200])));
}

#[test]
fn experiments_say_what_they_expect() {
    let folder = built("target \"chaos\" duration=\"2m\"");
    let all = documents(&folder, "deploy/prod/chaos");
    let named = |name: &str| {
        all.iter().find(|it| it["metadata"]["name"] == name).unwrap_or_else(|| panic!("no {name}"))
    };
    let paused = |it: &Value| it["metadata"]["annotations"]["experiment.chaos-mesh.org/pause"] == "true";
    assert!(all.iter().all(paused), "nothing starts by itself");
    let slow = named("web-slow-pay");
    assert_eq!((&slow["kind"], &slow["spec"]["delay"]["latency"]), (&json!("NetworkChaos"), &json!("480ms")));
    assert_eq!(slow["spec"]["target"]["selector"]["expressionSelectors"][0]["values"], json!(["pay"]));
    let down = named("pay-down");
    assert_eq!((&down["spec"]["action"], &down["spec"]["duration"]), (&json!("pod-failure"), &json!("2m")));
    let says = |it: &Value| {
        it["metadata"]["annotations"]["bastide.dev/expects"].as_str().expect("a text").to_string()
    };
    assert_eq!(
        says(down),
        "pay down: cart stays above 99.95%; pay, shop, web break their promises if it lasts"
    );
    assert_eq!(
        says(named("cart-one")),
        "one of cart killed: cart stays above 99.95%, pay stays above 99.96%, shop stays above 99.9%, web stays above 99.95%"
    );
    assert_eq!(named("bank-cut")["spec"]["externalTargets"], json!(["bank.example"]));
    let asked = ["slo", "-e", "prod", "--experiments"];
    bastide(&folder, &asked)
        .exits(0)
        .says("of 14 experiments the plan should survive 6")
        .says("pay slow for web: ");
    let json = bastide(&folder, &[&asked[..], &["--format", "json"]].concat()).exits(0).json();
    let all = json["environments"][0]["experiments"].as_array().expect("experiments").clone();
    let survived =
        all.iter().filter(|it| it["survives"] == true).map(|it| it["name"].as_str().expect("a name"));
    let survived: Vec<&str> = survived.collect();
    assert_eq!(survived, ["cart-one", "pay-one", "shop-one", "web-one", "post-cut", "web-slow-pay"]);
    bastide(&folder, &["slo", "--experiments", "--fail", "web"]).exits(2);
}
