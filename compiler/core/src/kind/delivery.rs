//! `delivery`: how a change reaches production.

use crate::form::list::{STEPS, percent};
use crate::form::name;
use crate::model::{Delivery, Schedule};
use crate::schema::{Need, Schema, Type, clash, keyed, node, prop, required, value, values};
use crate::tree::{At, Item};
use bastide_report::units::cron;

const CI: Schema = value(
    "ci",
    Type::Form(&name::WORD),
    "System that runs the pipeline: that of a pack, `github` or one of your own.",
);
const GATE: Schema = values(
    "gate",
    Type::Word("lint test contract scan integration load"),
    "What must pass before a release.",
);
const ROLLOUT: Schema =
    value("rollout", Type::Word("rolling canary blue-green"), "How the new version takes over.")
        .usual("rolling")
        .props(&[
            prop("steps", Type::Form(&STEPS), "Shares of the requests, separated by spaces."),
            prop("pause", Type::Duration, "Wait after each step."),
        ])
        .needs(&[Need {
            when: "=canary",
            one_of: "steps",
            without: "has no steps: all requests would move at once",
        }])
        .clashes(&[
            clash(
                "=rolling",
                "steps pause",
                "a rolling update goes instance by instance: only a `canary` has steps",
            ),
            clash(
                "=blue-green",
                "steps",
                "all requests move at once from the old to the new: only a `canary` has steps",
            ),
        ]);
const BRANCH: Schema =
    value("branch", Type::Form(&name::BRANCH), "Branch that is released; `main` by default.");
const PROMOTION: Schema = value(
    "promotion",
    Type::Word("commit request"),
    "How a release reaches the branch of an environment: by a commit of the pipeline, which is the default, or by a pull or \
     merge `request` that somebody merges.",
);
const SCHEDULE: Schema = keyed(
    "schedule",
    Type::Word("load dependencies restore-drill"),
    "Work by the clock, on the released branch: `load` holds every promised latency for its full time, `dependencies` looks for \
     newer versions of what the source is built from, at any minute of the hour, `restore-drill` brings the latest backup of each \
     store back beside the live one, has all of it read, and holds the time that took against its `rto`.",
)
.props(&[
    required("cron", Type::Cron, "Minute, hour, day, month, weekday."),
    prop("time-zone", Type::Form(&name::TIME_ZONE), "Whose clock that is; `Etc/UTC` by default."),
]);
const RUNNER: Schema = values(
    "runner",
    Type::Form(&name::RUNNER),
    "Labels of the runner of the jobs, all of which it must have; by default `ubuntu-24.04` on GitHub, any on GitLab, `docker` on Jenkins.",
);

/// The node.
pub const SCHEMA: Schema = node("delivery", "How a change reaches production: pipeline, gates, roll-out.")
    .parts(&[&CI, &GATE, &ROLLOUT, &BRANCH, &PROMOTION, &SCHEDULE, &RUNNER]);

fn gates(part: &Item) -> Vec<At<String>> {
    part.values.iter().map(|it| At { value: it.at.value.print(), origin: it.at.origin }).collect()
}

fn schedule(item: &Item) -> Schedule {
    let cron = item.text("cron").map(|text| cron::normal(&text)).unwrap_or_default();
    Schedule {
        work: item.name(),
        hours: cron.split_once(' ').map(|(_, rest)| format!("* {rest}")).unwrap_or_default(),
        cron,
        time_zone: item.text("time-zone").unwrap_or_else(|| "Etc/UTC".into()),
    }
}

/// Reads the delivery; an absent node means its defaults.
pub fn read(item: &Item) -> Delivery {
    let rollout = item.part("rollout");
    let steps = rollout.and_then(|part| part.text("steps")).unwrap_or_default();
    let text = |node: &str| item.part(node).and_then(Item::value_text);
    Delivery {
        at: item.path(),
        ci: item.part("ci").and_then(Item::value_at),
        gates: item.part("gate").map(gates).unwrap_or_default(),
        rollout: rollout.and_then(Item::value_at),
        steps: STEPS.parts(&steps).iter().filter_map(|step| percent(step)).collect(),
        pause: rollout.and_then(|part| part.duration("pause")),
        branch: text("branch").unwrap_or_else(|| "main".into()),
        promotion: text("promotion").unwrap_or_else(|| "commit".into()),
        schedules: item.all("schedule").map(schedule).collect(),
        runner: item.part("runner").map(Item::values_text).unwrap_or_default(),
    }
}
