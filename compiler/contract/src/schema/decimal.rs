//! Numbers of schemas, exact: `0.1` is a tenth and 9223372036854775807 is not its neighbour.

use std::cmp::Ordering;

/// `mantissa · 10^exponent`; the mantissa does not end in a zero, so that equal numbers are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// Most digits a number can have here.
const DIGITS: usize = 30;

impl Decimal {
    /// The number of a JSON text; `None` if it has more than 30 digits or an exponent past ±400.
    pub fn read(text: &str) -> Option<Decimal> {
        let (body, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok().filter(|it| it.abs() <= 400)?),
            None => (text, 0),
        };
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        if whole.len() + fraction.len() > DIGITS {
            return None;
        }
        let mantissa = format!("{whole}{fraction}").parse().ok()?;
        Some(Decimal { mantissa, exponent: exponent - fraction.len() as i32 }.normal())
    }

    fn normal(mut self) -> Decimal {
        if self.mantissa == 0 {
            return Decimal { mantissa: 0, exponent: 0 };
        }
        while self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.exponent += 1;
        }
        self
    }

    /// Whether it has no fraction.
    pub fn whole(self) -> bool {
        self.exponent >= 0
    }

    /// The number itself, if it is whole and not too large.
    pub fn small(self) -> Option<i64> {
        let scale = 10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        self.mantissa.checked_mul(scale)?.try_into().ok()
    }

    /// The greatest whole number that is not above it, or the least that is not below.
    pub fn round(self, up: bool) -> Decimal {
        if self.whole() {
            return self;
        }
        let Some(scale) = 10_i128.checked_pow(self.exponent.unsigned_abs()) else {
            let mantissa = if up { i128::from(self.mantissa > 0) } else { -i128::from(self.mantissa < 0) };
            return Decimal { mantissa, exponent: 0 };
        };
        Decimal { mantissa: self.mantissa.div_euclid(scale) + i128::from(up), exponent: 0 }.normal()
    }

    /// One more or one less; for whole numbers.
    pub fn step(self, by: i64) -> Option<Decimal> {
        Decimal { mantissa: i128::from(self.small()?) + i128::from(by), exponent: 0 }.normal().into()
    }

    /// Whether it is a multiple of another; `None` if that cannot be told.
    pub fn multiple_of(self, of: Decimal) -> Option<bool> {
        let (left, right) = self.aligned(of)?;
        (right != 0).then(|| left % right == 0)
    }

    fn aligned(self, other: Decimal) -> Option<(i128, i128)> {
        let base = self.exponent.min(other.exponent);
        let at = |number: Decimal| {
            let scale = 10_i128.checked_pow(number.exponent.abs_diff(base))?;
            number.mantissa.checked_mul(scale)
        };
        Some((at(self)?, at(other)?))
    }

    fn size(self) -> i64 {
        i64::from(self.mantissa.unsigned_abs().max(1).ilog10()) + i64::from(self.exponent)
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Decimal {
        Decimal { mantissa: number.into(), exponent: 0 }.normal()
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let signs = self.mantissa.signum().cmp(&other.mantissa.signum());
        match self.aligned(*other) {
            Some((left, right)) => left.cmp(&right),
            None if signs.is_ne() => signs,
            None if self.mantissa < 0 => other.size().cmp(&self.size()),
            None => self.size().cmp(&other.size()),
        }
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.exponent {
            0 => write!(out, "{}", self.mantissa),
            exponent => write!(out, "{}e{exponent}", self.mantissa),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn read(text: &str) -> Decimal {
        Decimal::read(text).expect("a number")
    }

    #[test]
    fn exact() {
        assert_eq!(read("1.50"), read("15e-1"));
        assert!(read("9223372036854775806") < read("9223372036854775807"));
        assert!(read("-1e300") < read("-1e-300") && read("1e300") > read("9"));
        assert_eq!((read("0.5").round(true), read("-0.5").round(false)), (read("1"), read("-1")));
        assert_eq!((read("1.5").round(false), read("-1.5").round(true)), (read("1"), read("-1")));
        assert_eq!(read("0.3").multiple_of(read("0.1")), Some(true));
        assert_eq!(read("7").multiple_of(read("2")), Some(false));
    }
}
