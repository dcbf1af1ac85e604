//! `job`: an admin process, run once or by a clock.

use crate::form::command::COMMAND;
use crate::model::service::Job;
use crate::schema::{Need, Schema, Type, check_only, clash, named, need, prop};
use crate::tree::Item;
use bastide_report::units::{Duration, cron};

const ONE_TIME: &str = "a job runs with each release or by a clock: write a second job for the other";

/// The node.
pub const SCHEMA: Schema = named(
    "job",
    "An admin process in the service's own image and configuration: once before a release, or by \
     schedule.",
)
.parts(&[&super::egress::SCHEMA])
.props(&[
    prop(
        "run",
        Type::Word("before-release after-release on-schedule"),
        "When; `on-schedule` if a schedule is given.",
    ),
    prop("command", Type::Form(&COMMAND), "Command; words separated by spaces, held together by quotes."),
    prop("schedule", Type::Cron, "Minute, hour, day, month, weekday, in UTC."),
    prop("timeout", Type::Lasting, "Longest time it may take.").usual("10m"),
    check_only("reversible", Type::Bool, "Whether what it does can be taken back by an older release."),
])
.needs(&[
    need("command", "has no command: the image would start its server, which never ends"),
    Need { when: "run=on-schedule", one_of: "schedule", without: "runs by a clock that is not set" },
])
.clashes(&[
    clash("run=before-release", "schedule", ONE_TIME),
    clash("run=after-release", "schedule", ONE_TIME),
])
.new_by("command");

/// Reads a job.
pub fn read(item: &Item, parent: &str) -> Job {
    let schedule = item.text_at("schedule").map(|at| at.map(|text| cron::normal(&text)));
    let default = if schedule.is_some() { "on-schedule" } else { "before-release" };
    Job {
        at: item.path_in(parent),
        name: item.name(),
        run: item.text("run").unwrap_or_else(|| default.into()),
        command: item.command("command"),
        schedule,
        timeout: item.duration("timeout").map_or(Duration(600_000), |at| at.value),
        egress: super::egress::read(item, &item.path_in(parent)),
        reversible: item.bool_at("reversible"),
    }
}
