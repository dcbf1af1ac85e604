//! Clock times as five cron fields: what Kubernetes takes, without its shorthands and time zones.

use std::ops::Range;

/// Name, least and most of each field. In the day of the week 0 and 7 are Sunday.
const FIELDS: [(&str, u64, u64); 5] = [
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 0, 7),
];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const WEEKDAY: usize = 4;

/// Whether the text is five fields that each can come: `0 3 * * *`, `*/15 8-18 * * mon-fri`.
pub fn is_cron(text: &str) -> bool {
    fault(text).is_none()
}

/// What is wrong with a text, and where.
pub fn fault(text: &str) -> Option<(Range<usize>, String)> {
    let fields: Vec<&str> = text.split(' ').collect();
    let zone = text.starts_with("TZ=") || text.starts_with("CRON_TZ=");
    if let Some(first) = fields.first().filter(|_| zone) {
        return Some((0..first.len(), "a time zone: schedules are in UTC".into()));
    }
    if fields.len() != FIELDS.len() || fields.contains(&"") {
        return Some((0..text.len(), "it has not five fields with one space between them".into()));
    }
    let mut from = 0;
    for (at, field) in fields.iter().enumerate() {
        for part in field.split(',') {
            if read(part, at).is_none() {
                let (name, least, most) = FIELDS[at];
                return Some((
                    from..from + part.len(),
                    format!("no {name}, which is from {least} to {most}"),
                ));
            }
            from += part.len() + 1;
        }
    }
    None
}

/// The same time as every cron takes it: where a 7 stands for Sunday, the days are written one by one, Sunday as 0.
pub fn normal(text: &str) -> String {
    let mut fields: Vec<String> = text.split(' ').map(str::to_string).collect();
    let Some(days) = fields.get_mut(WEEKDAY) else { return text.into() };
    let parts: Vec<String> = days.split(',').map(normal_days).collect();
    *days = parts.join(",");
    fields.join(" ")
}

fn normal_days(part: &str) -> String {
    let Some((from, to, step)) = read(part, WEEKDAY).filter(|(_, to, _)| *to == 7) else {
        return part.into();
    };
    let mut days: Vec<u64> = (from..=to).step_by(step as usize).map(|day| day % 7).collect();
    days.sort_unstable();
    days.dedup();
    match days.len() {
        7 => "*".into(),
        _ => days.iter().map(u64::to_string).collect::<Vec<_>>().join(","),
    }
}

/// From, to and step of a part: `*`, a value or a range, each perhaps with a step.
fn read(part: &str, field: usize) -> Option<(u64, u64, u64)> {
    let (_, least, most) = FIELDS[field];
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, Some(number(step).filter(|step| (1..=most).contains(step))?)),
        None => (part, None),
    };
    let value = |text: &str| value(text, field).filter(|value| (least..=most).contains(value));
    let last = if field == WEEKDAY { 6 } else { most };
    let (from, to) = match range.split_once('-') {
        _ if range == "*" => (least, last),
        Some((from, to)) => (value(from)?, value(to)?),
        None => {
            let from = value(range)?;
            // With a step, one value is the first of all that follow.
            (from, if step.is_some() { from.max(last) } else { from })
        }
    };
    (from <= to).then_some((from, to, step.unwrap_or(1)))
}

fn value(text: &str, field: usize) -> Option<u64> {
    let named = |names: &[&str], first: usize| {
        names.iter().position(|name| name.eq_ignore_ascii_case(text)).map(|at| (at + first) as u64)
    };
    let name = match field {
        3 => named(&MONTHS, 1),
        WEEKDAY => named(&DAYS, 0),
        _ => None,
    };
    name.or_else(|| number(text))
}

/// Digits and nothing else: no sign.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_fields_in_their_ranges() {
        let good = ["0 3 * * *", "*/15 8-18/2 1,15 jan-MAR mon-fri", "59 23 31 12 7", "5/10 * * * *"];
        good.iter().for_each(|it| assert!(is_cron(it), "{it}"));
        let bad =
            ["61 * * * *", "* * * *", "@daily", "* * 0 * *", "*/0 * * * *", "5-1 * * * *", "0 3 * * * *"];
        bad.iter().for_each(|it| assert!(!is_cron(it), "{it}"));
        assert!(!is_cron("0  3 * * *") && !is_cron("TZ=UTC 0 3 * * *") && !is_cron("+1 * * * *"));
        assert_eq!(fault("TZ=UTC 0 3 * * *").map(|(at, _)| at), Some(0..6));
        assert_eq!(fault("0 3,24 * * *").map(|(at, _)| at), Some(4..6));
    }

    #[test]
    fn sunday_is_zero() {
        let days = [
            ("7", "0"),
            ("0", "0"),
            ("mon-fri", "mon-fri"),
            ("5-7", "0,5,6"),
            ("1-7", "*"),
            ("0-7/2", "0,2,4,6"),
            ("6,7", "6,0"),
            ("3-7/2", "0,3,5"),
            ("fri-7", "0,5,6"),
            ("7/2", "0"),
            ("*/2", "*/2"),
            ("sun", "sun"),
        ];
        for (day, right) in days {
            assert_eq!(normal(&format!("0 3 * * {day}")), format!("0 3 * * {right}"));
        }
    }
}
