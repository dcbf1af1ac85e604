//! Small specs, each from its number, and the requests that both targets are asked.

use crate::ask::{Request, Token};
use crate::yaml::Yaml;
use std::collections::BTreeMap;

/// A spec and what is asked of it.
pub struct Made {
    pub seed: u64,
    pub text: String,
    pub requests: Vec<Request>,
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % most as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// One time in so many.
    fn rare(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// A text, one time in so many; else nothing.
    fn perhaps<'a>(&mut self, times: usize, of: &[&'a str]) -> &'a str {
        if self.rare(times) { self.one(of) } else { "" }
    }
}

const LIMITS: &[&str] = &["19/s\" burst=5", "7/h\" burst=1", "101/s\" burst=50", "5/m", "3/s", "1000/d"];
const SERVICES: &str = r#"
service "a" { image "r.example/a:1"; api "a" port=8080 { version "2.1.0"; version "1.9.2" deprecated="2026-09-01" sunset="2027-03-01" }; api "side" port=9000 { version "1.0.0" } }
service "b" { image "r.example/b:1"; api "b" port=8081 { version "1.0.0" } }
service "c" { image "r.example/c:1"; api "c" port=8082 }
service "ws" { image "r.example/ws:1"; api "ws" style="websocket" port=8083 { version "1.0.0" } }
service "rpc" { image "r.example/rpc:1"; api "rpc" style="grpc" port=9090 { version "2.0.0" } }
external "partner" url="https://api.partner.example/rest/v2"
external "search" url="http://search.example/"
external "plain" url="https://plain.example"
"#;
/// Rules that would refuse what is to be asked here.
const ALLOWED: [&str; 7] = [
    "grace-too-short",
    "mtls-gap",
    "non-idempotent-retry",
    "partial-capture",
    "plaintext-public-listener",
    "retry-does-not-fit",
    "timeout-too-long",
];

/// The spec of a number.
pub fn spec(seed: u64) -> Made {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let dice = &mut dice;
    for _ in 0..8 {
        dice.below(2);
    }
    let mut text = String::from(
        "app \"x\" version=\"1.0.0\" { owner \"t\" contact=\"#t\"; images \"r.example\" }\nenvironment \"dev\" platform=\"compose\"\nenvironment \"prod\" platform=\"kubernetes\"\n",
    );
    text += SERVICES;
    for rule in ALLOWED {
        text.push_str(&format!("lint \"{rule}\" level=\"allow\" because=\"a test\"\n"));
    }
    caller(dice, &mut text);
    let tls = !dice.rare(4);
    let versions = dice.perhaps(2, &["path", "subdomain", "header", "query", "media-type"]);
    let auth = dice.rare(2);
    text += "gateway \"public\" {\n    host \"x.example\"";
    text += dice.perhaps(4, &[" \"y.example\""]);
    text += if tls { "\n    tls min=\"1.2\" issuer=\"le\"\n" } else { "\n" };
    if !versions.is_empty() {
        let default = dice.perhaps(2, &[" default=\"oldest\"", " default=\"reject\""]);
        text.push_str(&format!("    versions in=\"{versions}\"{default}\n"));
    }
    if auth {
        let claim = dice.perhaps(3, &[" claim=\"email\""]);
        text.push_str(&format!("    auth \"jwt\" issuer=\"https://id.example/\" audience=\"x\" jwks=\"https://id.example/k\"{claim}\n"));
    }
    for by in ["client", "user", "route"] {
        if dice.rare(4) {
            text.push_str(&format!("    limit \"{} by=\"{by}\"\n", limit(dice)));
        }
    }
    for part in [
        ("cors origins=\"https://p.example\"", 4),
        ("body-limit \"1Mi\"", 3),
        ("timeout \"4s\"", 4),
        ("retries 2", 5),
        ("compress", 5),
    ] {
        if dice.rare(part.1) {
            text.push_str(&format!("    {}\n", part.0));
        }
    }
    let mut known = vec![];
    let paths: Vec<String> =
        (0..1 + dice.below(4)).filter_map(|_| route(dice, auth, &mut known, &mut text)).collect();
    text += "}\n";
    Made { seed, requests: requests(dice, &paths, tls, versions), text }
}

fn limit(dice: &mut Dice) -> String {
    let text = dice.one(LIMITS);
    if text.contains('"') { text.into() } else { format!("{text}\"") }
}

/// A service that calls others, and perhaps a gateway that leads out.
fn caller(dice: &mut Dice, text: &mut String) {
    let mut calls = String::new();
    for to in ["a", "b", "partner", "search", "plain"] {
        if dice.rare(2) {
            let more = [
                dice.perhaps(3, &[" retries=2", " retries=0"]),
                dice.perhaps(3, &[" breaker=#false", " breaker=#true"]),
                dice.perhaps(4, &[" soft=#true"]),
                dice.perhaps(6, &[" as=\"OTHER\""]),
            ];
            calls.push_str(&format!(
                "calls \"{to}\" timeout=\"{}\"{}; ",
                dice.one(&["800ms", "2s", "90s"]),
                more.concat()
            ));
        }
    }
    let value = dice.one(&[
        "plain",
        "a $HOME b",
        "$(PORT) and $$",
        "x#y: z",
        " lead",
        "it's",
        "true",
        "0x1F",
        "a\\\"b",
    ]);
    text.push_str(&format!("service \"caller\" {{ image \"r.example/caller:1\"; {calls}env {{ OWN \"{value}\"; TO \"${{a.a.url}}/x\" }} }}\n"));
    if dice.rare(2) {
        text.push_str(&format!(
            "gateway \"out\" direction=\"out\" {{ allow \"partner\" \"search\"{} }}\n",
            dice.perhaps(2, &[" \"plain\""])
        ));
    }
}

/// A route; its path is returned. None if there is one like it, by all that tells routes apart.
fn route(dice: &mut Dice, auth: bool, known: &mut Vec<String>, text: &mut String) -> Option<String> {
    let mut fresh = |key: String| {
        let new = !known.contains(&key);
        known.push(key);
        new.then_some(())
    };
    let path = dice.one(&["/", "/a", "/a/", "/a/b", "/a/b/c", "/a.b", "/ab", "/long/way", "/x"]);
    if dice.rare(12) {
        fresh("grpc".into())?;
        let more = more(dice, auth, false);
        text.push_str(&format!("    route \"/geo.Geo\" to=\"rpc\" protocol=\"grpc\" {{ {more} }}\n"));
        return Some("/geo.Geo".into());
    }
    if dice.rare(12) {
        fresh("live".into())?;
        let more = more(dice, auth, false);
        text.push_str(&format!("    route \"/live\" to=\"ws\" protocol=\"websocket\" {{ {more} }}\n"));
        return Some("/live".into());
    }
    let to = dice.one(&["a", "a", "b", "c"]);
    let props = [
        dice.perhaps(4, &[" method=\"GET\"", " method=\"GET POST\"", " method=\"POST PUT\""]),
        dice.perhaps(5, &[" header=\"X-Beta: yes\"", " header=\"x-beta: no\""]),
        dice.perhaps(6, &[" query=\"q=new\""]),
        dice.perhaps(6, &[" exact=#true"]),
        if to == "a" {
            dice.perhaps(6, &[" api=\"side\"", " version=\"^1.0\"", " version=\"^2.0\""])
        } else {
            ""
        },
    ];
    fresh(format!("{} {}", path.trim_end_matches('/'), props[..4].concat().to_lowercase()))?;
    let own = more(dice, auth, true);
    if dice.rare(10) {
        let to = dice.one(&["/new", "https://other.example/start?a=b", "http://other.example:8088/z"]);
        let public = if auth { dice.perhaps(2, &["public; "]) } else { "public; " };
        text.push_str(&format!(
            "    route \"{path}\"{}{}{} {{ {public}redirect \"{to}\" status={} }}\n",
            props[0],
            props[1],
            props[3],
            dice.one(&["301", "302", "307", "308"])
        ));
    } else {
        text.push_str(&format!("    route \"{path}\" to=\"{to}\"{} {{ {own} }}\n", props.concat()));
    }
    Some(path.into())
}

/// What a route says beside its destination.
fn more(dice: &mut Dice, auth: bool, whole: bool) -> String {
    let mut parts: Vec<String> = vec![];
    let own = dice.rare(6);
    if own {
        parts.push("auth \"jwt\" issuer=\"https://corp.example/\" audience=\"adm\" jwks=\"https://corp.example/k\" claim=\"email\"".into());
    }
    let closed = own || auth && !dice.rare(3);
    if !closed {
        parts.push("public".into());
    } else if dice.rare(3) {
        parts.push(
            dice.one(&[
                "require claim=\"role\"",
                "require claim=\"role\" value=\"ops\"",
                "require claim=\"scope\" value=\"read\"",
                "require claim=\"role\" value=\"ops\"; require claim=\"https://x.example/team\"",
            ])
            .into(),
        );
    }
    for by in ["client", "user", "route"] {
        if dice.rare(5) {
            parts.push(format!("limit \"{} by=\"{by}\"", limit(dice)));
        }
    }
    if dice.rare(5) {
        parts.push("cors origins=\"https://only.example\" credentials=#true".into());
    }
    if whole {
        let some: [(&[&str], usize); 7] = [
            (&["timeout \"2s\"", "timeout \"90s\"", "timeout \"750ms\""], 3),
            (&["retries 1", "retries 3", "retries 0"], 3),
            (&["compress", "compress #false"], 5),
            (&["rewrite \"/\"", "rewrite \"/x\"", "rewrite \"/x/\"", "rewrite \"/x/y.z/\""], 3),
            (&["mirror \"b\" share=\"10%\"", "mirror \"c\""], 7),
            (&["split \"b\" share=\"25%\"", "split \"c\" share=\"5%\""], 7),
            (&["body-limit \"4Ki\"", "body-limit \"2Mi\""], 6),
        ];
        parts.extend(some.iter().map(|(of, times)| dice.perhaps(*times, of).to_string()));
    }
    parts.retain(|it| !it.is_empty());
    parts.join("; ")
}

/// Tokens that clients show: none, and some of either issuer.
fn tokens() -> Vec<Option<Token>> {
    let of = |issuer: &str, audience: &str, claims: &[(&str, Yaml)]| {
        let who = [("sub", Yaml::from("anna")), ("email", Yaml::from("anna@x.example"))];
        let claims: BTreeMap<String, Yaml> =
            who.iter().chain(claims).map(|(name, value)| (name.to_string(), value.clone())).collect();
        Some(Token { issuer: issuer.into(), audience: audience.into(), claims })
    };
    let list = |of: &[&str]| of.iter().map(|it| Yaml::from(*it)).collect::<Yaml>();
    let (home, corp) = ("https://id.example/", "https://corp.example/");
    vec![
        None,
        of(home, "x", &[]),
        of(home, "x", &[("role", "ops".into()), ("scope", "write read".into())]),
        of(
            home,
            "x",
            &[
                ("role", list(&["dev", "ops"])),
                ("https://x.example/team", "t".into()),
                ("scope", "reader".into()),
            ],
        ),
        of(home, "other", &[("role", "ops".into())]),
        of(corp, "adm", &[("role", "dev".into()), ("scope", "read".into())]),
        of(corp, "adm", &[("role", "ops".into()), ("https://x.example/team", list(&[]))]),
    ]
}

/// Requests around the paths of the routes.
fn requests(dice: &mut Dice, paths: &[String], tls: bool, versions: &str) -> Vec<Request> {
    let mut all = vec![];
    let tokens = tokens();
    let mut asked: Vec<String> = vec!["/nowhere".into()];
    for path in paths {
        if path == "/geo.Geo" {
            asked.push("/geo.Geo/Get".into());
            continue;
        }
        let bare = path.trim_end_matches('/');
        let list = [
            path.clone(),
            format!("{bare}/"),
            format!("{bare}/deep/er"),
            format!("{bare}x"),
            format!("/v1{bare}"),
            format!("/v2{bare}/z"),
            format!("/v9{bare}"),
        ];
        asked.extend(list.into_iter().filter(|it| it.starts_with('/')));
    }
    for path in &asked {
        for _ in 0..3 {
            let grpc = path.starts_with("/geo.Geo");
            let mut request =
                Request { tls, host: "x.example".into(), path: path.clone(), ..Request::default() };
            request.method =
                if grpc { "POST" } else { ["GET", "GET", "POST", "PUT", "OPTIONS"][dice.below(5)] };
            request.token = tokens[dice.below(tokens.len())].clone();
            named(dice, versions, &mut request);
            extras(dice, &mut request);
            all.push(request);
        }
    }
    if tls {
        let plain = asked.iter().map(|path| Request {
            host: "x.example".into(),
            path: path.clone(),
            method: "GET",
            ..Request::default()
        });
        all.extend(plain.collect::<Vec<_>>());
    }
    all
}

/// A version, where the gateway looks for it.
fn named(dice: &mut Dice, versions: &str, request: &mut Request) {
    let number = dice.one(&["", "1", "2", "9"]);
    match versions {
        _ if number.is_empty() => {}
        "header" => drop(request.headers.insert("x-api-version".into(), number.into())),
        "query" => request.query.push(("version".into(), number.into())),
        "media-type" => {
            let types = format!("text/html, application/vnd.acme.v{number}+json;q=0.9");
            drop(request.headers.insert("accept".into(), types));
        }
        "subdomain" => request.host = format!("v{number}.x.example"),
        _ => {}
    }
}

fn extras(dice: &mut Dice, request: &mut Request) {
    if dice.rare(3) {
        request.headers.insert("x-beta".into(), dice.one(&["yes", "no"]).into());
    }
    if dice.rare(3) {
        request.query.push(("q".into(), dice.one(&["new", "old"]).into()));
    }
    if dice.rare(3) {
        request
            .headers
            .insert("origin".into(), dice.one(&["https://p.example", "https://only.example"]).into());
        if request.method == "OPTIONS" {
            request.headers.insert("access-control-request-method".into(), "GET".into());
        }
    }
    if dice.rare(9) {
        request.host = dice.one(&["y.example", "z.example"]).into();
    }
}
