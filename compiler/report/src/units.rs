//! Units of the language: durations, sizes, rates, shares, CPU, dates. Each is parsed once, exactly, without floats.

pub mod cron;
pub mod decimal;

use serde::{Serialize, Serializer};
use std::fmt;

/// A span of time in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Duration(pub u64);

/// An amount of data in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Size(pub u64);

/// Processor time in thousandths of a core.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cpu(pub u64);

/// Events per time: `100/s` is 100 in 1,000 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// How many.
    pub count: u64,
    /// In how many milliseconds.
    pub per: u64,
}

/// A share of one in parts per billion, so that `99.9999999%` is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub u64);

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month from 1.
    pub month: u8,
    /// Day from 1.
    pub day: u8,
}

const DURATION_UNITS: &[(&str, u64)] =
    &[("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000)];

const SIZE_UNITS: &[(&str, u64)] = &[
    ("Ki", 1 << 10),
    ("Mi", 1 << 20),
    ("Gi", 1 << 30),
    ("Ti", 1 << 40),
    ("k", 1_000),
    ("M", 1_000_000),
    ("G", 1_000_000_000),
    ("T", 1_000_000_000_000),
    ("B", 1),
];

/// Beyond these, values are refused: what is added up and multiplied later then stays in its range.
/// A thousand years in ms, a pebibyte, a million cores, and a million million requests.
const LONGEST: u64 = 366_000 * 86_400_000;
const LARGEST: u64 = 1 << 50;
const MOST_CPU: u64 = 1_000_000_000;
const MOST_REQUESTS: u64 = 1_000_000_000_000;

impl Duration {
    /// Parses `800ms`, `2s`, `1m30s`, `14d`; units `ms s m h d w`, largest first, whole numbers.
    pub fn parse(text: &str) -> Option<Duration> {
        let mut rest = text;
        let mut total: u64 = 0;
        let mut last = u64::MAX;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let letters = rest[digits..].find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len() - digits);
            let unit = &rest[digits..digits + letters];
            let (_, factor) = DURATION_UNITS.iter().find(|(name, _)| *name == unit)?;
            if *factor >= last {
                return None;
            }
            last = *factor;
            total = total.checked_add(rest[..digits].parse::<u64>().ok()?.checked_mul(*factor)?)?;
            rest = &rest[digits + letters..];
        }
        (!text.is_empty() && total <= LONGEST).then_some(Duration(total))
    }

    /// In the largest unit of which it is a whole number, so that readers of one unit take it: `84m`, not `1h24m`.
    pub fn in_one_unit(self) -> String {
        let units = DURATION_UNITS.iter().rev().filter(|(name, _)| *name != "w");
        let whole = units.clone().find(|(_, factor)| self.0.is_multiple_of(*factor));
        whole.map_or_else(|| format!("{}ms", self.0), |(name, factor)| format!("{}{name}", self.0 / factor))
    }

    /// Whole seconds, rounded up.
    pub fn seconds_up(self) -> u64 {
        self.0.div_ceil(1_000)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        if rest == 0 {
            return out.write_str("0s");
        }
        for (name, factor) in DURATION_UNITS.iter().rev().filter(|(name, _)| *name != "w") {
            let count = rest / factor;
            if count > 0 {
                write!(out, "{count}{name}")?;
                rest %= factor;
            }
        }
        Ok(())
    }
}

impl Size {
    /// Parses `256Mi`, `20Gi`, `1M`, `512B`: powers of two with `i`, powers of ten without.
    pub fn parse(text: &str) -> Option<Size> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (_, factor) = SIZE_UNITS.iter().find(|(name, _)| *name == &text[digits..])?;
        text[..digits].parse::<u64>().ok()?.checked_mul(*factor).filter(|bytes| *bytes <= LARGEST).map(Size)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, factor) in [("Ti", 1u64 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)] {
            if self.0 >= factor && self.0.is_multiple_of(factor) {
                return write!(out, "{}{name}", self.0 / factor);
            }
        }
        write!(out, "{}B", self.0)
    }
}

impl Cpu {
    /// Parses `250m`, `2`, `1.5` (cores).
    pub fn parse(text: &str) -> Option<Cpu> {
        let millis = match text.strip_suffix('m') {
            Some(millis) => fixed(millis, 0),
            None => fixed(text, 3),
        };
        millis.filter(|millis| *millis <= MOST_CPU).map(Cpu)
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_multiple_of(1_000) {
            write!(out, "{}", self.0 / 1_000)
        } else {
            write!(out, "{}m", self.0)
        }
    }
}

impl Rate {
    /// Parses `100/s`, `20/m`, `5/h`, `1/d`.
    pub fn parse(text: &str) -> Option<Rate> {
        let (count, unit) = text.split_once('/')?;
        let per = match unit {
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        Some(Rate { count: fixed(count, 0).filter(|count| *count <= MOST_REQUESTS)?, per })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.per {
            1_000 => "s",
            60_000 => "m",
            3_600_000 => "h",
            _ => "d",
        };
        write!(out, "{}/{unit}", self.count)
    }
}

impl Share {
    /// All of it.
    pub const ONE: Share = Share(1_000_000_000);

    /// Parses `99.95%` with up to seven decimals, from 0% to 100%.
    pub fn parse(text: &str) -> Option<Share> {
        let parts = fixed(text.strip_suffix('%')?, 7)?;
        (parts <= Share::ONE.0).then_some(Share(parts))
    }

    /// What is missing to one.
    pub fn rest(self) -> Share {
        Share(Share::ONE.0 - self.0)
    }

    /// The first of these wholes of which it is a whole number of parts; the last if there is none.
    pub fn of(self, wholes: &[u64]) -> u64 {
        let fits = |whole: &&u64| self.0.is_multiple_of(Share::ONE.0 / **whole);
        wholes.iter().find(fits).or(wholes.last()).copied().unwrap_or(Share::ONE.0)
    }

    /// How many parts it is of a whole that has so many.
    pub fn part(self, whole: u64) -> u64 {
        self.0 / (Share::ONE.0 / whole)
    }

    /// The share as a plain decimal number from 0 to 1: `0.999`.
    pub fn ratio(self) -> String {
        decimal::print(self.0, 9)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}%", decimal::print(self.0, 7))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// A decimal with at most `places` digits after the point, as a whole number of the last place.
fn fixed(text: &str, places: usize) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > places || !digits(whole) || !digits(part) || text.ends_with('.') {
        return None;
    }
    let scale = 10u64.pow((places - part.len()) as u32);
    let part: u64 = if part.is_empty() { 0 } else { part.parse().ok()? };
    whole.parse::<u64>().ok()?.checked_mul(10u64.pow(places as u32))?.checked_add(part * scale)
}

impl Date {
    /// Parses `2027-03-01` (RFC 3339 full-date), refusing days that do not exist.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let digits = |at: std::ops::Range<usize>| bytes[at].iter().all(u8::is_ascii_digit);
        let marked = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        if !marked || !digits(0..4) || !digits(5..7) || !digits(8..10) {
            return None;
        }
        let date = Date {
            year: text[..4].parse().ok()?,
            month: text[5..7].parse().ok()?,
            day: text[8..].parse().ok()?,
        };
        let leap =
            date.year.is_multiple_of(4) && (!date.year.is_multiple_of(100) || date.year.is_multiple_of(400));
        let length = match date.month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (1..=length).contains(&date.day).then_some(date)
    }

    /// Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
    pub fn days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let shifted = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * shifted + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// Seconds since the epoch at midnight UTC, as the `Deprecation` header wants it (RFC 9745).
    pub fn unix(self) -> i64 {
        self.days() * 86_400
    }

    /// The date as an HTTP-date (RFC 9110, 5.6.7), as the `Sunset` header wants it (RFC 8594).
    pub fn http(self) -> String {
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let day = DAYS[self.days().rem_euclid(7) as usize];
        let month = MONTHS[usize::from(self.month) - 1];
        format!("{day}, {:02} {month} {:04} 00:00:00 GMT", self.day, self.year)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_and_printed_exactly() {
        assert_eq!(Duration::parse("1m30s"), Some(Duration(90_000)));
        assert_eq!(Duration::parse("14d").map(|it| it.to_string()), Some("14d".into()));
        let in_one = |text| Duration::parse(text).map(Duration::in_one_unit);
        assert_eq!((in_one("1h24m").as_deref(), in_one("14d").as_deref()), (Some("84m"), Some("14d")));
        assert_eq!((in_one("1s500ms").as_deref(), in_one("0s").as_deref()), (Some("1500ms"), Some("0d")));
        for bad in ["", "5", "s", "1s1m", "1.5s", "-1s", "99999999999999999999d", "400000d", "5é"] {
            assert_eq!(Duration::parse(bad), None, "{bad}");
        }
        assert_eq!(Size::parse("256Mi").map(|it| it.to_string()), Some("256Mi".into()));
        assert_eq!(Size::parse("20"), None);
        assert_eq!(Cpu::parse("1.5"), Some(Cpu(1_500)));
        assert_eq!(Share::parse("99.95%").map(|it| it.to_string()), Some("99.95%".into()));
        assert_eq!(Share::parse("99.9%").map(Share::rest).map(Share::ratio), Some("0.001".into()));
        assert_eq!(Share::parse("100.1%"), None);
        assert_eq!(Rate::parse("+5/s"), None);
        assert_eq!(Rate::parse("100/s"), Some(Rate { count: 100, per: 1_000 }));
    }

    #[test]
    fn dates_know_the_calendar() {
        assert_eq!(Date::parse("2027-02-29"), None);
        assert_eq!(Date::parse("2026-09-01").map(Date::unix), Some(1_788_220_800));
        assert_eq!(Date::parse("2027-03-01").map(Date::http), Some("Mon, 01 Mar 2027 00:00:00 GMT".into()));
    }
}
