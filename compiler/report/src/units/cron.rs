//! Clock times as five cron fields: what Kubernetes takes, without its shorthands and time zones.

/// Least and most of each field: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday).
const FIELDS: [(u64, u64); 5] = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// Whether the text is five fields that each can come: `0 3 * * *`, `*/15 8-18 * * mon-fri`.
pub fn is_cron(text: &str) -> bool {
    let fields: Vec<&str> = text.split(' ').collect();
    fields.len() == FIELDS.len()
        && (0..FIELDS.len()).all(|at| fields[at].split(',').all(|part| fits(part, at)))
}

/// `*`, a value or a range, each perhaps with a step.
fn fits(part: &str, field: usize) -> bool {
    let (least, most) = FIELDS[field];
    let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
    let steps = step.is_none_or(|step| number(step).is_some_and(|step| (1..=most).contains(&step)));
    let value = |text: &str| value(text, field).filter(|value| (least..=most).contains(value));
    steps
        && match range.split_once('-') {
            _ if range == "*" => true,
            Some((from, to)) => value(from).zip(value(to)).is_some_and(|(from, to)| from <= to),
            None => value(range).is_some(),
        }
}

fn value(text: &str, field: usize) -> Option<u64> {
    let named = |names: &[&str], first: usize| {
        names.iter().position(|name| name.eq_ignore_ascii_case(text)).map(|at| (at + first) as u64)
    };
    let name = match field {
        3 => named(&MONTHS, 1),
        4 => named(&DAYS, 0),
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
    use super::is_cron;

    #[test]
    fn five_fields_in_their_ranges() {
        let good = ["0 3 * * *", "*/15 8-18/2 1,15 jan-MAR mon-fri", "59 23 31 12 7", "5/10 * * * *"];
        good.iter().for_each(|it| assert!(is_cron(it), "{it}"));
        let bad =
            ["61 * * * *", "* * * *", "@daily", "* * 0 * *", "*/0 * * * *", "5-1 * * * *", "0 3 * * * *"];
        bad.iter().for_each(|it| assert!(!is_cron(it), "{it}"));
        assert!(!is_cron("0  3 * * *") && !is_cron("TZ=UTC 0 3 * * *") && !is_cron("+1 * * * *"));
    }
}
