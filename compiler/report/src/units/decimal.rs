//! Exact decimal numbers: `0.1` is a tenth, `100.0 - 99.95` is 0.05, and 9223372036854775807 is not its neighbour.

use super::Share;
use std::cmp::Ordering;

/// A number as texts write it: `mantissa · 10^exponent`. The mantissa does not end in a zero, so that equal numbers are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// Most digits that are read.
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

/// `value` in units of the last of `places` decimals, printed without trailing zeros.
pub fn print(value: u64, places: u32) -> String {
    let scale = 10u64.pow(places);
    let (mut part, mut width) = (value % scale, places as usize);
    if part == 0 {
        return (value / scale).to_string();
    }
    while part.is_multiple_of(10) {
        (part, width) = (part / 10, width - 1);
    }
    format!("{}.{part:0width$}", value / scale)
}

/// A product of shares: availability is multiplied and compared without a float. Digits in base 10⁹, least first, over
/// 10⁹ to the number of factors.
#[derive(Clone, Debug)]
pub struct Product {
    digits: Vec<u64>,
    factors: usize,
}

const BASE: u64 = 1_000_000_000;

impl Product {
    /// The empty product: one.
    pub fn one() -> Product {
        Product { digits: vec![1], factors: 0 }
    }

    /// Multiplies by a share; equal shares of one cost nothing.
    pub fn times(&mut self, share: Share) {
        if share == Share::ONE {
            return;
        }
        let mut carry = 0;
        for digit in &mut self.digits {
            let product = *digit * share.0 + carry;
            *digit = product % BASE;
            carry = product / BASE;
        }
        if carry > 0 {
            self.digits.push(carry);
        }
        self.factors += 1;
    }

    /// Compares with one share, exactly.
    pub fn compare(&self, share: Share) -> Ordering {
        // share / 10⁹ against digits / 10⁹ⁿ: raise the share to the same scale and compare digit by digit.
        let mut other = vec![0; self.factors];
        if self.factors == 0 {
            return Share::ONE.cmp(&share);
        }
        other[self.factors - 1] = share.0 % BASE;
        other.push(share.0 / BASE);
        let width = other.len().max(self.digits.len());
        let digit = |digits: &[u64], at: usize| digits.get(at).copied().unwrap_or(0);
        (0..width)
            .rev()
            .map(|at| digit(&self.digits, at).cmp(&digit(&other, at)))
            .find(|it| it.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// The product rounded down to parts per billion.
    pub fn floor(&self) -> Share {
        match self.factors {
            0 => Share::ONE,
            count => {
                let digit = |at: usize| self.digits.get(at).copied().unwrap_or(0);
                Share(digit(count - 1) + digit(count) * BASE)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(text: &str) -> Share {
        Share::parse(text).expect("a share")
    }

    #[test]
    fn three_nines_cubed() {
        let mut product = Product::one();
        for _ in 0..3 {
            product.times(share("99.9%"));
        }
        assert_eq!(product.floor().to_string(), "99.7002999%");
        assert_eq!(product.compare(share("99.7%")), Ordering::Greater);
        assert_eq!(product.compare(share("99.7003%")), Ordering::Less);
        assert_eq!(Product::one().compare(Share::ONE), Ordering::Equal);
    }

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
