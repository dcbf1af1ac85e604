//! Routes: every request over a small alphabet is answered by the precedence of the Gateway API, and what the rules say of
//! a route is compared with who answers.

use super::{cases, findings, of};
use bastide_report::finding::Finding;
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

const PATHS: [&str; 5] = ["/", "/a", "/a/", "/a/b", "/ab"];
const METHODS: [&str; 5] = ["", "GET", "POST", "GET POST", "GET HEAD POST PUT PATCH DELETE OPTIONS"];
const HEADERS: [&str; 5] = ["", "X: 1", "X: 2", "x: 1", "Y: 1"];
const QUERIES: [&str; 4] = ["", "p=1", "p=2", "q=1"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Route {
    path: usize,
    exact: bool,
    methods: usize,
    header: usize,
    query: usize,
    to: usize,
}

prop_compose! {
    fn route()(
        path in 0usize..5, exact in proptest::bool::weighted(0.3), methods in 0usize..5,
        header in prop_oneof![2 => Just(0usize), 3 => 0usize..5], query in prop_oneof![3 => Just(0usize), 1 => 0usize..4], to in 0usize..3,
    ) -> Route {
        Route { path, exact, methods, header, query, to }
    }
}

/// One that is written twice is not a spec; names of headers have no case.
fn distinct(routes: Vec<Route>) -> Vec<Route> {
    let mut seen = BTreeSet::new();
    let header = |it: &Route| if it.header == 3 { 1 } else { it.header };
    routes.into_iter().filter(|it| seen.insert(Route { to: 0, header: header(it), ..*it })).collect()
}

#[derive(Clone, Debug)]
struct Request {
    path: &'static str,
    method: &'static str,
    headers: Vec<(&'static str, &'static str)>,
    query: Vec<(&'static str, &'static str)>,
}

fn requests() -> Vec<Request> {
    let mut all = vec![];
    for path in ["/", "/z", "/a", "/a/", "/a/z", "/a/b", "/a/b/z", "/ab", "/ab/z"] {
        for method in METHODS[4].split(' ') {
            for x in ["", "1", "2"] {
                for y in ["", "1"] {
                    for p in ["", "1", "2"] {
                        for q in ["", "1"] {
                            let here = |all: [(&'static str, &'static str); 2]| {
                                all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
                            };
                            let (headers, query) = (here([("x", x), ("y", y)]), here([("p", p), ("q", q)]));
                            all.push(Request { path, method, headers, query });
                        }
                    }
                }
            }
        }
    }
    all
}

impl Route {
    /// The path without the slash at its end, which has no meaning in the language.
    fn trimmed(&self) -> &'static str {
        let path = PATHS[self.path];
        if path == "/" { path } else { path.trim_end_matches('/') }
    }

    fn header(&self) -> Option<(String, &'static str)> {
        HEADERS[self.header].split_once(": ").map(|(name, value)| (name.to_lowercase(), value))
    }

    fn matches(&self, request: &Request) -> bool {
        let own = self.trimmed();
        let path = match self.exact {
            true => request.path == own,
            false => own == "/" || request.path == own || request.path.starts_with(&format!("{own}/")),
        };
        path && (METHODS[self.methods].is_empty()
            || METHODS[self.methods].split(' ').any(|it| it == request.method))
            && self.header().is_none_or(|(name, value)| request.headers.contains(&(name.as_str(), value)))
            && QUERIES[self.query].split_once('=').is_none_or(|it| request.query.contains(&it))
    }

    fn weight(&self) -> (bool, usize, bool, bool, bool) {
        (self.exact, self.trimmed().len(), self.methods > 0, self.header > 0, self.query > 0)
    }
}

/// Who answers: exact path, longest prefix, method, headers, query, then the first in the list.
fn winner(routes: &[Route], request: &Request) -> Option<usize> {
    let matching = (0..routes.len()).filter(|at| routes[*at].matches(request));
    matching.max_by_key(|at| (routes[*at].weight(), Reverse(*at)))
}

/// Each route on a line of its own, from the fourth line on.
fn text(routes: &[Route]) -> String {
    let mut text = String::from("gateway \"g\" {\n    host \"x.example\"\n");
    for it in routes {
        write!(text, "    route \"{}\" to=\"s{}\" exact=#{}", PATHS[it.path], it.to, it.exact).unwrap();
        for (name, value) in
            [("method", METHODS[it.methods]), ("header", HEADERS[it.header]), ("query", QUERIES[it.query])]
        {
            if !value.is_empty() {
                write!(text, " {name}=\"{value}\"").unwrap();
            }
        }
        text += " { public }\n";
    }
    text += "}\n";
    (0..3).for_each(|at| writeln!(text, "service \"s{at}\" {{ image \"x/s:1\" }}").unwrap());
    text
}

/// The routes that a rule speaks of, by the line its label `at` stands in.
fn told(found: &[&Finding], at: usize, text: &str) -> BTreeSet<usize> {
    let head = "app \"x\" version=\"1.0.0\"; environment \"dev\" platform=\"compose\"\n".len();
    let line =
        |finding: &&Finding| text[..finding.labels[at].span.start as usize - head].matches('\n').count() - 2;
    found.iter().map(line).collect()
}

/// Whether two routes match the same requests of one method with the same weight, and lead to different places.
fn conflict(left: &Route, right: &Route, all: &[Request]) -> bool {
    let of = |it: &Route, method: &str| -> Vec<usize> {
        (0..all.len()).filter(|at| all[*at].method == method && it.matches(&all[*at])).collect()
    };
    let same = |method: &str| {
        let own = of(left, method);
        !own.is_empty() && own == of(right, method)
    };
    left.to != right.to && left.weight() == right.weight() && METHODS[4].split(' ').any(same)
}

/// Whether some request that suits both goes to the longer path, although the other asks for more.
fn captured(routes: &[Route], loser: usize, all: &[Request], winners: &[Option<usize>]) -> bool {
    let own = routes[loser];
    all.iter().zip(winners).filter(|(request, _)| own.matches(request)).any(|(_, winner)| {
        let other = routes[winner.unwrap()];
        let longer = (other.exact, other.trimmed().len()) > (own.exact, own.trimmed().len());
        let same_path = other.trimmed() == own.trimmed();
        let more = own.header > 0 && own.header() != other.header()
            || own.query > 0 && own.query != other.query
            || same_path && own.methods > 0 && other.methods == 0;
        longer && other.to != own.to && more
    })
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn who_answers(routes in proptest::collection::vec(route(), 2..7).prop_map(distinct)) {
        let (text, requests) = (text(&routes), requests());
        let winners: Vec<Option<usize>> = requests.iter().map(|it| winner(&routes, it)).collect();
        let all = findings("compose", &text);
        let shadowed = told(&of(&all, "route-shadowed"), 0, &text);
        let conflicts = told(&of(&all, "route-conflict"), 0, &text);
        let astray = told(&of(&all, "partial-capture"), 1, &text);
        for (at, route) in routes.iter().enumerate() {
            let alive = winners.contains(&Some(at));
            prop_assert!(!(alive && shadowed.contains(&at)), "route {} is called dead, but answers\n{}", at, text);
            prop_assert!(
                alive || shadowed.contains(&at) || conflicts.contains(&at),
                "route {} never answers, and nobody says so\n{}", at, text
            );
            let rival = |other: &&Route| conflict(other, route, &requests);
            let rivals = routes[..at].iter().filter(rival).count();
            prop_assert!(rivals > 0 || !conflicts.contains(&at), "route {} has no rival\n{}", at, text);
            prop_assert_eq!(
                astray.contains(&at), captured(&routes, at, &requests, &winners), "route {} and partial-capture\n{}", at, text
            );
        }
        // Who is the first of all that match the same is told of once, by each of the others.
        let any = (0..routes.len()).any(|at| routes[..at].iter().any(|other| conflict(other, &routes[at], &requests)));
        prop_assert_eq!(any, !conflicts.is_empty(), "{}", text);
    }
}
