//! "Did you mean": the nearest known word to a misspelt one.

use strsim::osa_distance as distance;

/// The candidate nearest to `word` by Damerau–Levenshtein distance (optimal string alignment), if it is near
/// enough to be a slip: at most a third of the word's letters, at least one. Ties go to the first in order.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    let (letters, length) = (letters(word), word.chars().count());
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Most names are told apart by their lengths or letters, which costs a hundredth of their distance.
        let longer = candidate.len().abs_diff(word.len()) > limit
            && candidate.chars().count().abs_diff(length) > limit;
        if longer || (letters & !self::letters(candidate)).count_ones() as usize > limit {
            continue;
        }
        let distance = distance(word, candidate);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Which letters stand in a word, by bits that some share.
fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |bits, byte| bits | 1 << (byte & 63))
}

/// The nearest candidate, if no other is as near: what `--fix` may write.
pub fn only<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let all: Vec<&str> = candidates.into_iter().collect();
    let near = nearest(word, all.iter().copied())?;
    let others = all.iter().filter(|other| **other != near);
    let least = distance(word, near);
    (nearest(word, others.copied()).is_none_or(|other| distance(word, other) > least)).then_some(near)
}

/// The help line for a misspelt name: the nearest word if there is one, else all of them (up to eight).
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut all: Vec<&str> = candidates.into_iter().collect();
    all.sort_unstable();
    all.dedup();
    if let Some(near) = nearest(word, all.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    if all.is_empty() {
        return None;
    }
    let shown: Vec<String> = all.iter().take(8).map(|name| format!("`{name}`")).collect();
    let more = if all.len() > 8 { format!(" and {} more", all.len() - 8) } else { String::new() };
    Some(format!("known here: {}{more}", shown.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(nearest("paymnts", ["orders", "payments"]), Some("payments"));
        assert_eq!(nearest("oredrs", ["orders"]), Some("orders"));
        assert_eq!(nearest("mailer", ["orders", "payments"]), None);
    }
}
