//! Rates as whole numbers, so that sums and products are exact.

use bastide_report::units::Rate;

const DAY: u128 = 86_400_000;

/// Requests in a day.
pub fn per_day(rate: Rate) -> u128 {
    u128::from(rate.count) * (DAY / u128::from(rate.per).max(1))
}

/// So many requests a day, in the largest unit that does not round: `700/s`, else rounded down to whole ones a minute.
pub fn shown(per_day: u128) -> String {
    let units = [("s", 86_400), ("m", 1_440), ("h", 24)];
    let exact = units.iter().find(|(_, count)| per_day.is_multiple_of(*count) && per_day >= *count);
    match exact {
        Some((unit, count)) => format!("{}/{unit}", per_day / count),
        None if per_day >= 86_400 => format!("{}/m", per_day / 1_440),
        None => format!("{per_day}/d"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_compared_by_the_day() {
        let rate = |text: &str| per_day(Rate::parse(text).expect("a rate"));
        assert_eq!(rate("1/s"), rate("60/m"));
        assert_eq!(shown(rate("700/s")), "700/s");
        assert_eq!(shown(rate("90/m")), "90/m");
    }
}
