//! Tests of the alerts as data: how requests fail over time, and what must fire then.

use super::burn::{self, ALL};
use bastide_report::units::{Duration, Share};
use serde::Serialize;

/// A run of requests, some of which fail from a moment on, and what fires at its end.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// What it proves.
    pub about: &'static str,
    /// Minutes without a fault before.
    pub clean: u64,
    /// Minutes with faults.
    pub burn: u64,
    /// Minute at which the alerts are looked at.
    pub end: u64,
    /// The counter of all requests, a value a minute, as promtool writes series: `0+1000000x420`.
    pub all: String,
    /// The counter of the good ones.
    pub good: String,
    /// The counter of the bad ones.
    pub bad: String,
    /// Whether a page fires.
    pub page: bool,
    /// Whether a ticket is opened; not looked at where the history is too short to say.
    pub ticket: Option<bool>,
}

/// The proofs of a promise; none for one that leaves no budget.
pub(super) fn proofs(period: Duration, budget: Share) -> Vec<Proof> {
    let windows = burn::windows(period);
    let [fast, slow, _, last] = windows.as_slice() else { return vec![] };
    if budget.0 == 0 {
        return vec![];
    }
    let total = if budget.0 < 10_000 { 1_000_000_000 } else { 1_000_000 };
    let bad = |limit: u64, tenths: u64| {
        let exact = u128::from(limit) * u128::from(total) * u128::from(tenths);
        let unit = u128::from(ALL) * 10;
        let bad = if tenths > 10 { exact.div_ceil(unit) } else { exact / unit };
        u64::try_from(bad).map_or(total, |bad| bad.min(total))
    };
    let limit = |window: &burn::Window| window.limit(period, budget);
    let clean = slow.long + fast.long;
    let proof = |about, (clean, burn): (u64, u64), bad: u64, page, ticket| {
        // The counter stands at `total * clean` when the faults begin.
        let series = |before: u64, rate: u64| {
            format!("0+{before}x{clean} {}+{rate}x{}", before * clean + rate, burn - 1)
        };
        let (all, good, bad) = (series(total, total), series(total, total - bad), series(0, bad));
        Proof { about, clean, burn, end: clean + burn, all, good, bad, page, ticket }
    };
    let (step, steady) = ((clean, fast.long + 2), (0, 40));
    vec![
        proof(
            "1.2 times the rate of the fast page, after hours without a fault",
            step,
            bad(limit(fast), 12),
            limit(fast) < ALL,
            None,
        ),
        proof(
            "0.9 times the rate of the fast page, after hours without a fault",
            step,
            bad(limit(fast), 9),
            false,
            None,
        ),
        proof(
            "1.2 times the rate of the slow page, all the time",
            steady,
            bad(limit(slow), 12),
            limit(slow) < ALL,
            None,
        ),
        proof(
            "1.2 times the rate of the slow ticket, all the time",
            steady,
            bad(limit(last), 12),
            false,
            Some(limit(last) < ALL),
        ),
        proof(
            "0.9 times the rate of the slow ticket, all the time",
            steady,
            bad(limit(last), 9),
            false,
            Some(false),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_exact_and_stays_within_what_can_fail() {
        let month = Duration(30 * 86_400_000);
        let of = |share: &str| proofs(month, Share::parse(share).expect("a share").rest());
        let three = of("99.9%");
        assert_eq!(three[0].bad, "0+0x420 17280+17280x61");
        assert_eq!(three[0].good, "0+1000000x420 420982720+982720x61");
        let bad: Vec<&str> = three[1..].iter().map(|it| it.bad.as_str()).collect();
        assert_eq!(
            bad,
            ["0+0x420 12960+12960x61", "0+0x0 7200+7200x39", "0+0x0 1200+1200x39", "0+0x0 900+900x39"]
        );
        assert_eq!((three[0].clean, three[0].end, three[0].page), (420, 482, true));
        // 14.4 times a tenth is more than everything: such a page can never fire.
        assert!(!of("90%")[0].page && of("90%")[2].page);
        assert_eq!(of("99.99999%")[4].bad, "0+0x0 90+90x39");
        assert!(of("100%").is_empty());
    }
}
