//! Sums and products against what there is: time, connections, partitions, requests.

use super::{NAMES, cases, findings, of, quoted};
use proptest::prelude::*;
use std::fmt::Write;

#[derive(Clone, Copy, Debug)]
struct Callee {
    latency: u64,
    quantile: usize,
    parallel: bool,
    soft: bool,
}

prop_compose! {
    fn callee()(latency in 0u64..5, quantile in 0usize..3, parallel in any::<bool>(), soft in proptest::bool::weighted(0.2)) -> Callee {
        Callee { latency: latency * 50, quantile, parallel, soft }
    }
}

const QUANTILES: [&str; 3] = ["p90", "p95", "p99"];

#[derive(Clone, Debug)]
struct User {
    min: i64,
    more: i64,
    pool: i64,
    jobs: usize,
    uses: bool,
}

prop_compose! {
    fn user()(min in 1i64..4, more in 0i64..9, pool in 1i64..12, jobs in 0usize..3, uses in any::<bool>()) -> User {
        User { min, more, pool, jobs, uses }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn time_one_after_the_other(
        callees in proptest::collection::vec(callee(), 1..5), own in 1u64..12, quantile in 0usize..3,
    ) {
        let own = own * 50;
        let mut text = format!("service \"web\" {{\n    image \"x/web:1\"\n    slo latency=\"{own}ms\" at=\"{}\"\n", QUANTILES[quantile]);
        for (at, it) in callees.iter().enumerate() {
            writeln!(text, "    calls \"{}\" timeout=\"9s\" parallel=#{} soft=#{}", NAMES[at], it.parallel, it.soft).unwrap();
        }
        text += "}\n";
        for (at, it) in callees.iter().enumerate() {
            let slo = if it.latency == 0 { String::new() } else { format!("slo latency=\"{}ms\" at=\"{}\"", it.latency, QUANTILES[it.quantile]) };
            writeln!(text, "service \"{}\" {{ image \"x/a:1\"; {slo} }}", NAMES[at]).unwrap();
        }
        let counted = |it: &&Callee| !it.soft && it.latency > 0 && it.quantile <= quantile;
        let beside = callees.iter().filter(counted).filter(|it| it.parallel).map(|it| it.latency).max().unwrap_or(0);
        let row: u64 = callees.iter().filter(counted).filter(|it| !it.parallel).map(|it| it.latency).sum();
        let all = findings("compose", &text);
        let found = of(&all, "latency-budget-exceeded");
        prop_assert_eq!(found.len(), usize::from(row + beside > own), "{}", text);
    }

    #[test]
    fn connections(users in proptest::collection::vec(user(), 1..4), most in 10i64..300, cluster in any::<bool>()) {
        let mut text = format!("resource \"db\" type=\"postgres\" {{ max-connections {most} }}\n");
        let mut sum = 8;
        for (at, it) in users.iter().enumerate() {
            let max = it.min + it.more;
            writeln!(text, "service \"{}\" {{\n    image \"x/a:1\"\n    scale min={} max={max} pool={}", NAMES[at], it.min, it.pool).unwrap();
            (0..it.jobs).for_each(|job| writeln!(text, "    job \"j{job}\" run=\"before-release\" command=\"x y\"").unwrap());
            text += if it.uses { "    uses \"db\"\n}\n" } else { "}\n" };
            if it.uses {
                // A rolling release adds a quarter, rounded up.
                let instances = if cluster { max + (max as f64 / 4.0).ceil() as i64 } else { 1 };
                sum += instances * it.pool + it.jobs as i64 * it.pool;
            }
        }
        let used = users.iter().any(|it| it.uses);
        let all = findings(if cluster { "kubernetes" } else { "compose" }, &text);
        let found = of(&all, "db-connections");
        prop_assert_eq!(found.len(), usize::from(used && sum > most), "{} is {}", text, sum);
        for finding in found {
            prop_assert!(finding.message.contains(&format!("but {sum} may be opened")), "{}", finding.message);
        }
    }

    #[test]
    fn readers_and_partitions(
        members in proptest::collection::vec((0usize..3, 1i64..8), 1..4), partitions in 1i64..16, kafka in any::<bool>(),
    ) {
        let broker = if kafka { "kafka" } else { "rabbitmq" };
        let mut text = format!("resource \"k\" type=\"{broker}\"\ntopic \"t\" on=\"k\" {{ partitions {partitions} }}\n");
        for (at, (group, max)) in members.iter().enumerate() {
            let group = if *group == 2 { String::new() } else { format!(" group=\"g{group}\"") };
            writeln!(text, "service \"{}\" {{ image \"x/a:1\"; subscribes \"t\"{group}; scale min=1 max={max} }}", NAMES[at]).unwrap();
        }
        // Without a name of its own a group is its service.
        let mut sums: Vec<i64> = members.iter().filter(|it| it.0 == 2).map(|it| it.1).collect();
        sums.extend((0..2).map(|group| members.iter().filter(|it| it.0 == group).map(|it| it.1).sum::<i64>()));
        let expected = if kafka { sums.iter().filter(|sum| **sum > partitions).count() } else { 0 };
        let all = findings("compose", &text);
        prop_assert_eq!(of(&all, "consumers-exceed-partitions").len(), expected, "{}", text);
    }

    #[test]
    fn limits_and_capacity(
        routes in proptest::collection::vec(proptest::option::of((1u64..2_000, 0usize..4)), 1..4),
        gate in proptest::option::of((1u64..2_000, 0usize..4)), capacity in (1u64..300, 0usize..4), max in 1u64..6,
    ) {
        const UNITS: [(&str, u64); 4] = [("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)];
        let limit = |it: &Option<(u64, usize)>| it.map_or(String::new(), |(count, unit)| format!("limit \"{count}/{}\" by=\"route\"; ", UNITS[unit].0));
        let mut text = format!("gateway \"g\" {{\n    host \"x.example\"\n    {}\n", limit(&gate).trim_end_matches("; "));
        for (at, route) in routes.iter().enumerate() {
            writeln!(text, "    route \"/r{at}\" to=\"a\" {{ {}public }}", limit(route)).unwrap();
        }
        writeln!(text, "}}\nservice \"a\" {{ image \"x/a:1\"; scale min=1 max={max} capacity=\"{}/{}\" }}", capacity.0, UNITS[capacity.1].0).unwrap();
        // count / seconds > max · capacity / seconds, by cross multiplication.
        let above = |(count, unit): (u64, usize)| count * UNITS[capacity.1].1 > max * capacity.0 * UNITS[unit].1;
        let expected: Vec<String> = routes
            .iter()
            .enumerate()
            .filter(|(_, route)| route.or(gate).is_some_and(above))
            .map(|(at, _)| format!("/r{at}"))
            .collect();
        let all = findings("compose", &text);
        let found: Vec<String> =
            of(&all, "rate-limit-above-capacity").iter().map(|it| quoted(&it.message)[0].to_string()).collect();
        prop_assert_eq!(found, expected, "{}", text);
    }
}
