//! `rpo-not-met`: more may be lost than is promised.

use crate::check::belief::{Belief, Missing};
use crate::check::{Context, Found, Rule};
use crate::model::Model;
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("rpo-not-met", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief { field: "resource.backup.schedule", without: nobody_backs_up }];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in ctx.model.resources.iter().filter(|it| !it.backs_up && it.external.is_none()) {
        let Some(backup) = &resource.backup else { continue };
        let Some(rpo) = backup.rpo else { continue };
        let name = &resource.name.value;
        let promised = RULE.found(&resource.at, "").label(rpo.span(), "promised");
        let schedule = backup.schedule.as_ref();
        let pause = schedule.and_then(|at| longest_pause(&at.value)).filter(|pause| *pause > rpo.value);
        let told = match (pause, schedule) {
            (Some(pause), Some(schedule)) => promised
                .message(format!(
                    "`{name}` may lose {pause} of work, and promises to lose at most {}",
                    rpo.value
                ))
                .label(schedule.span(), format!("up to {pause} between two backups")),
            _ => promised
                .message(format!("`{name}` promises to lose at most {}, and nobody backs it up", rpo.value))
                .label(resource.name.span(), "what is lost here is lost"),
        };
        let act = match pause {
            Some(_) => "back up more often, let an operator run it (it archives the log), or promise less",
            None => "let an operator run it (it archives the log), or take the `rpo` away",
        };
        told.help(act).add_to(found);
    }
}

fn nobody_backs_up(model: &mut Model, lost: &Missing<'_>) {
    for resource in model.resources.iter_mut().filter(|it| lost.of(&it.name)) {
        resource.backs_up = false;
        if let Some(backup) = &mut resource.backup {
            backup.schedule = None;
        }
    }
}

/// The longest time between two runs, for schedules of minutes and hours; a day for those that run on some days only
/// (they pause for at least that long).
fn longest_pause(cron: &str) -> Option<Duration> {
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields.as_slice() else { return None };
    let (minutes, hours) = (values(minute, 60)?, values(hour, 24)?);
    let times: Vec<u64> =
        hours.iter().flat_map(|hour| minutes.iter().map(move |minute| hour * 60 + minute)).collect();
    let first_again = times.first()? + 24 * 60;
    let next = times.iter().skip(1).copied().chain([first_again]);
    let pause = times.iter().zip(next).map(|(from, to)| to - from).max()?;
    let daily = [day, month, weekday].iter().all(|field| **field == "*");
    Some(Duration(60_000 * if daily { pause } else { pause.max(24 * 60) }))
}

/// The values of a cron field, sorted: `*`, `*/15`, `3`, `1,13`, `8-18`, `8-18/2`.
fn values(field: &str, end: u64) -> Option<Vec<u64>> {
    let mut all = vec![];
    for part in field.split(',') {
        let (range, step) = part.split_once('/').unwrap_or((part, "1"));
        let step = step.parse::<usize>().ok().filter(|step| *step > 0)?;
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (0, end - 1),
            Some((from, to)) => (from.parse().ok()?, to.parse().ok()?),
            None => (range.parse().ok()?, if part.contains('/') { end - 1 } else { range.parse().ok()? }),
        };
        all.extend((from..=to.min(end - 1)).step_by(step));
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_of_schedules() {
        let pause = |cron: &str| longest_pause(cron).map(|it| it.to_string());
        assert_eq!(pause("0 3 * * *").as_deref(), Some("1d"));
        assert_eq!(pause("*/15 * * * *").as_deref(), Some("15m"));
        assert_eq!(pause("0 8-18/2 * * *").as_deref(), Some("14h"));
        assert_eq!(pause("0 0,12 * * 1").as_deref(), Some("1d"));
        assert_eq!(pause("whenever"), None);
    }
}
