//! What is said of a machine.

use super::{BASE, Form, Wrong};

/// A limit of processes: a number, or the soft and the hard one.
pub const ULIMIT: Form = Form {
    looks_like: "a limit such as `65536`, the soft and the hard one such as `\"1024:2048\"`, or `-1` for none",
    part: |text| {
        let (soft, hard) = text.split_once(':').unwrap_or((text, text));
        let number = |text: &str| match text.parse::<i64>() {
            Ok(number) if number >= -1 && text == number.to_string() => {
                Some(if number < 0 { i64::MAX } else { number })
            }
            _ => None,
        };
        match (number(soft), number(hard)) {
            (Some(soft), Some(hard)) if soft <= hard => Ok(()),
            (Some(_), Some(_)) => Err(Wrong::whole(text, "the soft limit is above the hard one")),
            _ => Err(Wrong::whole(text, "a limit is a whole number from -1")),
        }
    },
    good: &["65536", "1024:2048", "-1"],
    ..BASE
};
