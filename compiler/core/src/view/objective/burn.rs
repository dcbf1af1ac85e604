//! Windows and burn factors: the table of the workbook, and how it shrinks for short periods.

use bastide_report::units::{Duration, Share, decimal};

/// Severity, budget share in percent, long and short window in minutes, for a period of four weeks and more.
pub const PAIRS: [(&str, u64, u64, u64); 4] =
    [("page", 2, 60, 5), ("page", 5, 360, 30), ("ticket", 10, 1_440, 120), ("ticket", 10, 4_320, 360)];

/// An error ratio of one, in the unit of limits.
pub(super) const ALL: u64 = 1_000_000_000_000;

const DAY: u64 = 86_400_000;

/// A pair of windows for one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// `page` or `ticket`.
    pub severity: &'static str,
    /// Share of the budget gone when it fires, in percent.
    pub spent: u64,
    /// Long window in minutes.
    pub long: u64,
    /// Short window in minutes.
    pub short: u64,
}

impl Window {
    /// Error ratio above which it fires, in parts of a million millions: factor × budget.
    pub(super) fn limit(&self, period: Duration, budget: Share) -> u64 {
        let exact = self.spent_minutes(period) * u128::from(budget.0) * 10 / u128::from(self.long);
        u64::try_from(exact).unwrap_or(u64::MAX)
    }

    /// Burn factor in parts per billion: `budget% × period ÷ long window`.
    pub(super) fn factor(&self, period: Duration) -> u64 {
        let exact = self.spent_minutes(period) * 10_000_000 / u128::from(self.long);
        u64::try_from(exact).unwrap_or(u64::MAX)
    }

    fn spent_minutes(&self, period: Duration) -> u128 {
        u128::from(self.spent) * u128::from(period.0 / 60_000)
    }
}

/// Burn factor in thousandths, rounded down: `budget% × period ÷ long window`.
pub fn factor_milli(budget_percent: u64, period: Duration, long_minutes: u64) -> u64 {
    budget_percent * (period.0 / 60_000) * 10 / long_minutes
}

/// The pairs of a period. Below four weeks the windows shrink with it (to whole minutes), so that the factors stay:
/// with the full windows a week would page at 1.4x and open tickets at 0.7x, within the budget.
pub fn windows(period: Duration) -> Vec<Window> {
    let full = period.0 >= 28 * DAY;
    let scaled = |minutes: u64| if full { minutes } else { minutes * (period.0 / 60_000) / (30 * 1_440) };
    let window = |&(severity, spent, long, _): &(&'static str, u64, u64, u64)| {
        let long = scaled(long).max(5);
        // A rate needs some samples: two minutes are four scrapes.
        Window { severity, spent, long, short: (long / 12).max(2) }
    };
    PAIRS.iter().map(window).collect()
}

/// Windows the error ratio is recorded over, shortest first: those of the pairs, and 5m and 1h for dashboards.
pub(super) fn recorded(period: Duration) -> Vec<String> {
    let mut minutes: Vec<u64> =
        windows(period).iter().flat_map(|it| [it.long, it.short]).chain([5, 60]).collect();
    minutes.sort_unstable();
    minutes.dedup();
    minutes.into_iter().map(|it| Duration(it * 60_000).to_string()).collect()
}

/// Requests per hour below which one fault pages: one over factor × budget, by the hour of the first window.
pub(super) fn single(period: Duration, budget: Share) -> String {
    let windows = windows(period);
    let first = windows.first().expect("the table has four rows");
    let tenths = ALL * 10 * 60 / first.long / first.limit(period, budget).max(1);
    decimal::print(tenths, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(days: u64) -> Vec<u64> {
        let period = Duration(days * DAY);
        windows(period).iter().map(|it| it.factor(period)).collect()
    }

    #[test]
    fn factors_follow_the_period() {
        let milli = |all: [u64; 4]| all.map(|it| it * 1_000_000);
        assert_eq!(factors(30), milli([14_400, 6_000, 3_000, 1_000]));
        assert_eq!(factors(28), [13_440_000_000, 5_600_000_000, 2_800_000_000, 933_333_333]);
        assert_eq!(factors(90), milli([43_200, 18_000, 9_000, 3_000]));
        assert_eq!(factors(7), milli([14_400, 6_000, 3_000, 1_000]));
    }

    #[test]
    fn forty_thresholds_are_exact_and_those_of_sloth() {
        let shares = ["90%", "95%", "99%", "99.5%", "99.9%", "99.95%", "99.99%", "99.999%"];
        for share in shares.map(|it| Share::parse(it).expect("a share").rest()) {
            for days in [28, 30, 60, 90, 365] {
                let period = Duration(days * DAY);
                // Sloth: budget% ÷ 100 × period ÷ long window, in hours, times the budget.
                let hours = [(2, 1), (5, 6), (10, 24), (10, 72)];
                let sloth = hours.map(|(spent, long)| {
                    spent as f64 / 100.0 * (days * 24) as f64 / f64::from(long) * share.0 as f64 / 1e9
                });
                let ours = windows(period).into_iter().map(|it| it.limit(period, share) as f64 / 1e12);
                for (ours, sloth) in ours.zip(sloth) {
                    assert!(
                        (ours - sloth).abs() < 1.1e-12 * sloth.max(1.0),
                        "{days}d {share}: {ours} {sloth}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_week_has_shorter_windows() {
        assert_eq!(recorded(Duration(30 * DAY)), ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]);
        let week = recorded(Duration(7 * DAY));
        assert_eq!(week, ["2m", "5m", "7m", "14m", "28m", "1h", "1h24m", "5h36m", "16h48m"]);
    }

    #[test]
    fn one_fault_pages_below_a_rate() {
        let share = Share::parse("99.9%").expect("a share");
        assert_eq!(single(Duration(30 * DAY), share.rest()), "69.4");
    }
}
