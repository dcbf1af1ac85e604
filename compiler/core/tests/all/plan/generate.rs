//! Random pairs of small specs, each sound enough to be resolved.

use std::fmt::Write;

/// A sequence of choices that a seed decides.
pub struct Chance(u64);

impl Chance {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    /// One of these.
    pub fn of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len() as u64) as usize]
    }

    /// Yes, once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

const VERSIONS: [&str; 6] = [
    "version \"1.0.0\"",
    "version \"1.1.0\"",
    "version \"2.0.0\"",
    "version \"2.0.0\"; version \"1.0.0\" image=\"x/a:1\"",
    "version \"2.1.0\"; version \"1.1.0\" image=\"x/a:1\"",
    "version \"3.0.0\"; version \"2.0.0\" image=\"x/a:2\"",
];
const RANGES: [&str; 6] = [
    "",
    " version=\"^1\"",
    " version=\"^1.1\"",
    " version=\"^2\"",
    " version=\">=1, <3\"",
    " version=\">=2\"",
];
const MODES: [&str; 5] = ["backward", "forward", "full", "none", "backward-transitive"];
const STRATEGIES: [&str; 4] = ["", "", " strategy=\"knot\"", " strategy=\"point-to-point\""];

/// What both sides share, so that the second is a change of the first.
struct Plan {
    names: Vec<&'static str>,
    topic: bool,
    cache: bool,
    gateway: bool,
    /// For each pair of services whether the first calls the second.
    calls: Vec<(usize, usize)>,
    writes: Vec<bool>,
    reads: Vec<bool>,
    uses: Vec<bool>,
}

/// Two specs.
pub fn pair(chance: &mut Chance) -> (String, String) {
    let count = 2 + chance.below(2) as usize;
    let mut calls = vec![];
    for from in 0..count {
        for to in 0..count {
            if from != to && chance.once_in(2) {
                calls.push((from, to));
            }
        }
    }
    let mut flags = |times: u64| (0..count).map(|_| chance.once_in(times)).collect::<Vec<bool>>();
    let (writes, reads, uses) = (flags(2), flags(2), flags(2));
    let plan = Plan {
        names: vec!["a", "b", "c"][..count].to_vec(),
        topic: chance.once_in(2),
        cache: chance.once_in(3),
        gateway: chance.once_in(2),
        calls,
        writes,
        reads,
        uses,
    };
    (side(&plan, chance), side(&plan, chance))
}

fn side(plan: &Plan, chance: &mut Chance) -> String {
    let mut text = String::from("app \"x\" version=\"1.0.0\"\nenvironment \"dev\" platform=\"compose\"\n");
    let here: Vec<bool> = plan.names.iter().map(|_| !chance.once_in(8)).collect();
    let topic = plan.topic && !chance.once_in(6);
    let cache = plan.cache && !chance.once_in(3);
    for (at, name) in plan.names.iter().enumerate().filter(|(at, _)| here[*at]) {
        let (versions, strategy) = (chance.of(&VERSIONS), chance.of(&STRATEGIES));
        writeln!(text, "service \"{name}\" {{\n    image \"x/{name}:{}\"", chance.below(2)).unwrap();
        writeln!(text, "    api \"{name}\"{strategy} {{ {versions} }}").unwrap();
        for (_, to) in plan.calls.iter().filter(|(from, to)| *from == at && here[*to]) {
            let (to, range) = (plan.names[*to], chance.of(&RANGES));
            let soft = if chance.once_in(6) { " soft=#true" } else { "" };
            writeln!(text, "    calls \"{to}\"{range}{soft}").unwrap();
        }
        if topic && plan.writes[at] {
            text += "    publishes \"t\"\n";
        }
        // Whoever reads what it writes meets itself while it is replaced.
        if topic && plan.reads[at] && !plan.writes[at] {
            let range = if chance.once_in(4) { chance.of(&RANGES) } else { "" };
            writeln!(text, "    subscribes \"t\"{range}").unwrap();
        }
        if cache && plan.uses[at] && !chance.once_in(4) {
            text += "    uses \"r\"\n";
        }
        text += "}\n";
    }
    if topic {
        let (version, mode) = (chance.of(&["1.0.0", "1.1.0", "2.0.0"]), chance.of(&MODES));
        writeln!(text, "topic \"t\" on=\"k\" {{ event \"{version}\" compatibility=\"{mode}\" }}").unwrap();
        text += "resource \"k\" type=\"kafka\" version=\"4.0\"\n";
    }
    if cache {
        text += "resource \"r\" type=\"valkey\" version=\"8\"\n";
    }
    if plan.gateway {
        text += "gateway \"g\" { host \"x.example\"; versions in=\"path\"\n";
        for (at, name) in plan.names.iter().enumerate().filter(|(at, _)| here[*at]) {
            if at < 2 && !chance.once_in(4) {
                writeln!(text, "    route \"/{name}\" to=\"{name}\" {{ public }}").unwrap();
            }
        }
        text += "}\n";
    }
    text
}
