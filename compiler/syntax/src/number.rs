//! Numbers: kept as written, read when asked.

/// A number as it is written; read it with [`Number::as_i64`] or [`Number::as_f64`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number<'d> {
    /// As written: `1_000`, `0xff`, `-1.5e3`, `#inf`.
    pub text: &'d str,
}

impl<'d> Number<'d> {
    /// Whether it is written as an integer: no dot, no exponent, no keyword.
    pub fn is_integer(self) -> bool {
        match self.parts() {
            Some((_, 10, digits)) => !digits.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')),
            Some(_) => true,
            None => false,
        }
    }

    /// The integer, unless it is none or does not fit.
    pub fn as_i64(self) -> Option<i64> {
        if !self.is_integer() {
            return None;
        }
        let (negative, radix, digits) = self.parts()?;
        let mut value: i128 = 0;
        for digit in digits.chars().filter_map(|char| char.to_digit(radix)) {
            value = value * i128::from(radix) + i128::from(digit);
            if value > 1 << 64 {
                return None;
            }
        }
        i64::try_from(if negative { -value } else { value }).ok()
    }

    /// The nearest floating point number; infinite beyond its range.
    pub fn as_f64(self) -> f64 {
        let Some((negative, radix, digits)) = self.parts() else {
            return match self.text {
                "#inf" => f64::INFINITY,
                "#-inf" => f64::NEG_INFINITY,
                _ => f64::NAN,
            };
        };
        let plain: String = digits.chars().filter(|&char| char != '_').collect();
        let value = match radix {
            10 => plain.parse().unwrap_or(f64::NAN),
            _ => decimal(&plain, radix).parse().unwrap_or(f64::NAN),
        };
        if negative { -value } else { value }
    }

    /// Sign, radix and digits; `None` for a keyword.
    fn parts(self) -> Option<(bool, u32, &'d str)> {
        if self.text.starts_with('#') {
            return None;
        }
        let negative = self.text.starts_with('-');
        let digits = self.text.trim_start_matches(['+', '-']);
        let (radix, digits) = match digits.as_bytes() {
            [b'0', b'x', ..] => (16, &digits[2..]),
            [b'0', b'o', ..] => (8, &digits[2..]),
            [b'0', b'b', ..] => (2, &digits[2..]),
            _ => (10, digits),
        };
        Some((negative, radix, digits))
    }
}

/// Digits of any radix in decimal, of any length, without leading zeros.
fn decimal(digits: &str, radix: u32) -> String {
    // Least significant first, nine decimal digits each.
    let mut limbs: Vec<u32> = vec![];
    for digit in digits.chars().filter_map(|char| char.to_digit(radix)) {
        let mut carry = u64::from(digit);
        for limb in &mut limbs {
            let value = u64::from(*limb) * u64::from(radix) + carry;
            *limb = (value % 1_000_000_000) as u32;
            carry = value / 1_000_000_000;
        }
        if carry > 0 {
            limbs.push(carry as u32);
        }
    }
    let mut written = limbs.pop().unwrap_or(0).to_string();
    for limb in limbs.iter().rev() {
        written.push_str(&format!("{limb:09}"));
    }
    written
}

/// Whether a word is a number of KDL 2.0.
#[inline]
pub(super) fn is_number(word: &[u8]) -> bool {
    let word = match word {
        [b'+' | b'-', rest @ ..] => rest,
        _ => word,
    };
    match word {
        [b'0', b'x', rest @ ..] => is_digits(rest, |byte| byte.is_ascii_hexdigit()),
        [b'0', b'o', rest @ ..] => is_digits(rest, |byte| matches!(byte, b'0'..=b'7')),
        [b'0', b'b', rest @ ..] => is_digits(rest, |byte| matches!(byte, b'0' | b'1')),
        _ => is_decimal(word),
    }
}

fn is_digits(digits: &[u8], is_digit: fn(u8) -> bool) -> bool {
    match digits {
        [first, rest @ ..] => is_digit(*first) && rest.iter().all(|&byte| is_digit(byte) || byte == b'_'),
        [] => false,
    }
}

fn is_decimal(word: &[u8]) -> bool {
    let Some(mut rest) = after_integer(word) else { return false };
    if let [b'.', fraction @ ..] = rest {
        let Some(after) = after_integer(fraction) else { return false };
        rest = after;
    }
    match rest {
        [] => true,
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => {
            after_integer(exponent).is_some_and(<[u8]>::is_empty)
        }
        _ => false,
    }
}

/// What follows a digit and more digits or underscores.
fn after_integer(word: &[u8]) -> Option<&[u8]> {
    if !word.first()?.is_ascii_digit() {
        return None;
    }
    let end = word.iter().position(|&byte| !byte.is_ascii_digit() && byte != b'_');
    Some(&word[end.unwrap_or(word.len())..])
}
