//! Exact decimal arithmetic: availability is multiplied and compared without a float, as `100.0 - 99.95` is not 0.05.

use super::Share;
use std::cmp::Ordering;

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

/// A product of shares, kept exactly: digits in base 10⁹, least first, over 10⁹ to the number of factors.
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
}
