//! Lists of numbers: steps of a canary, edges of a histogram.

use super::{Form, Shape, Wrong, without_commas};

/// Shares of the requests a new version gets, step by step.
pub const STEPS: Form = Form {
    looks_like: "whole, rising percentages separated by spaces, such as `\"5% 25% 50%\"`",
    shape: Shape::List,
    part: |text| match percent(text) {
        Some(1..=100) => Ok(()),
        Some(_) => Err(Wrong::whole(text, "it is not from 1% to 100%")),
        None => Err(Wrong::whole(text, format!("`{text}` is no whole percentage"))),
    },
    whole: |parts| match parts.windows(2).position(|pair| percent(pair[0]) >= percent(pair[1])) {
        Some(at) => Err((at + 1, "it is not more than the step before")),
        None => Ok(()),
    },
    meant: |text| {
        let word = |word: &str| format!("{}%", word.trim_end_matches('%'));
        Some(without_commas(text)?.split(' ').map(word).collect::<Vec<_>>().join(" "))
    },
    good: &["5% 25% 50%", "10%", "1%  100%"],
};

/// Upper edges of a histogram.
pub const BUCKETS: Form = Form {
    looks_like: "rising numbers of seconds separated by spaces, such as `\"0.1 0.5 1\"`",
    shape: Shape::List,
    part: |text| match edge(text) {
        Some(1..) => Ok(()),
        _ => Err(Wrong::whole(text, format!("`{text}` is no number of seconds above 0, to the millisecond"))),
    },
    whole: |parts| match parts.windows(2).position(|pair| edge(pair[0]) >= edge(pair[1])) {
        Some(at) => Err((at + 1, "it is not more than the edge before")),
        None => Ok(()),
    },
    meant: without_commas,
    good: &["0.1 0.5 1", "2.5", "1 30"],
};

/// The number before the `%`.
pub fn percent(text: &str) -> Option<u64> {
    let digits = text.strip_suffix('%')?;
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// An edge in milliseconds, exactly.
pub fn edge(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.trim_end_matches('0').len() > 3 {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u64>().ok()?.checked_mul(1_000)?.checked_add(part.parse().ok()?)
}
