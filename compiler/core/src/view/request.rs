//! Requests that can be sent to the public routes: of each operation of the contracts one, with its path at the gateway and
//! at the service. Read for targets that send them.

use super::route::{Rule, Table};
use crate::model::Model;
use crate::model::service::Service;
use bastide_contract::openapi::requests::{Request as Shown, Requests as OfContract};
use serde::Serialize;

/// The requests of all gateways, and what has none.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Requests {
    /// One of each operation, by gateway and in the order of its table.
    pub shown: Vec<Request>,
    /// Operations and routes of which none can be made.
    pub unshown: Vec<Unshown>,
}

/// A request.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    /// What it is called in statistics: `GET /orders/{id}` with its example filled in, of the gateway.
    pub name: String,
    /// The gateway.
    pub gateway: String,
    /// Host that the gateway knows it by; none: any.
    pub host: Option<String>,
    /// Path of the route in the spec.
    pub route: String,
    /// The service that answers.
    pub service: String,
    /// The workload that answers.
    pub workload: String,
    /// Its port.
    pub port: u16,
    /// Its version, if it has one.
    pub version: Option<String>,
    /// `GET`.
    pub method: String,
    /// The path at the gateway.
    pub path: String,
    /// Whether a part of the path was filled in: it names something that may not be there.
    pub filled: bool,
    /// The path at the service.
    pub direct: String,
    /// Headers that it must have.
    pub headers: Vec<Header>,
    /// Its body.
    pub body: Option<String>,
    /// Statuses that are a success; empty: any from 200 to 399.
    pub statuses: Vec<u16>,
    /// Whether it needs no token.
    pub public: bool,
}

/// A header.
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What no request can be made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unshown {
    /// The route or operation: `GET /orders/{id}`.
    pub name: String,
    /// The service.
    pub service: String,
    /// Why.
    pub why: String,
}

/// The requests of these tables; none where no contract was read.
pub fn requests(model: &Model, tables: &[Table]) -> Requests {
    let mut all = Requests::default();
    if model.requests.is_empty() {
        return all;
    }
    for table in tables {
        for (at, rule) in table.rules.iter().enumerate().filter(|(_, it)| !it.reject && it.redirect.is_none())
        {
            match contract(model, rule) {
                Ok(contract) => all.add(model, table, at, contract),
                Err(why) => {
                    let (name, service) = (rule.path.clone(), rule.service.clone());
                    all.without(Unshown { name, service, why });
                }
            }
        }
    }
    all
}

impl Requests {
    fn add(&mut self, model: &Model, table: &Table, at: usize, contract: &OfContract) {
        let rule = &table.rules[at];
        for shown in &contract.shown {
            let Some(path) = at_gateway(rule, &shown.path) else { continue };
            let wins = |it: &Rule| {
                matches(it, &shown.method, &path) && it.headers.iter().all(|it| rule.headers.contains(it))
            };
            if table.rules.iter().position(wins) == Some(at) {
                self.shown.push(request(model, table, rule, shown, path));
            }
        }
        for it in &contract.unshown {
            if at_gateway(rule, &it.path).is_some_and(|path| matches(rule, &it.method, &path)) {
                let (name, service) = (format!("{} {}", it.method, it.path), rule.service.clone());
                self.without(Unshown { name, service, why: it.why.clone() });
            }
        }
    }

    fn without(&mut self, unshown: Unshown) {
        if !self.unshown.contains(&unshown) {
            self.unshown.push(unshown);
        }
    }
}

fn request(model: &Model, table: &Table, rule: &Rule, shown: &Shown, path: String) -> Request {
    let gateway = model.gateways.iter().find(|it| it.name.value == table.gateway);
    let host = gateway.and_then(|it| it.hosts.first()).map(|it| match &rule.subdomain {
        Some(subdomain) => format!("{subdomain}.{}", it.value),
        None => it.value.clone(),
    });
    let headers = rule.headers.iter().chain(&shown.headers);
    let asked: Vec<String> = rule.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let sign = if path.contains('?') { "&" } else { "?" };
    let path = if asked.is_empty() { path } else { format!("{path}{sign}{}", asked.join("&")) };
    Request {
        name: format!("{} {path}", shown.method),
        gateway: table.gateway.clone(),
        host,
        route: rule.at.clone(),
        service: rule.service.clone(),
        workload: rule.cluster.clone(),
        port: rule.port,
        version: rule.version.clone(),
        method: shown.method.clone(),
        path,
        filled: shown.filled,
        direct: shown.path.clone(),
        headers: headers.map(|(name, value)| Header { name: name.clone(), value: value.clone() }).collect(),
        body: shown.body.clone(),
        statuses: shown.statuses.clone(),
        public: rule.public || rule.provider.is_none(),
    }
}

/// The contract of who answers, as far as it shows requests; else why there is none.
fn contract<'m>(model: &'m Model, rule: &Rule) -> Result<&'m OfContract, String> {
    if rule.aggregate.is_some() {
        return Err("it joins the answers of several".into());
    }
    if rule.protocol != "http" {
        return Err(format!("it speaks {}", rule.protocol));
    }
    let service: Option<&Service> = model.service(&rule.service);
    let api = service.and_then(|it| it.apis.iter().find(|api| api.port.value == i64::from(rule.port)));
    let api = api.ok_or("its service declares no api")?;
    let version = rule.version.as_deref().and_then(|number| api.version(number)).or(api.versions.first());
    let named = version.and_then(|it| it.contract.as_ref()).or(api.contract.as_ref());
    let named = named.ok_or("its api names no contract")?;
    model.requests.get(&named.value).ok_or_else(|| format!("`{}` is no contract of OpenAPI", named.value))
}

/// The path at the gateway that leads to a path at the service; none if no such path does.
fn at_gateway(rule: &Rule, direct: &str) -> Option<String> {
    let before = rule.rewrite.as_ref().unwrap_or(&rule.path).trim_end_matches('/');
    let rest = direct.strip_prefix(before).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?']))?;
    let path = format!("{}{rest}", rule.path.trim_end_matches('/'));
    (!rule.exact || rest.is_empty() || rest.starts_with('?'))
        .then(|| if path.is_empty() { "/".into() } else { path })
}

/// Whether a rule takes a request, headers and queries aside.
fn matches(rule: &Rule, method: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    let (own, exact) = (rule.path.trim_end_matches('/'), path == rule.path);
    let below = path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let method = rule.methods.is_empty() || rule.methods.iter().any(|it| it == method);
    method
        && (exact || !rule.exact && below)
        && rule.any_header.is_none()
        && rule.any_query.is_none()
        && rule.accept.is_none()
}
