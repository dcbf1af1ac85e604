//! The names of a struct's fields in their order, and the place of each: found without asking one after the other.

/// How many spots the table has: more than twice the names of the largest struct, so that few share one.
const SPOTS: usize = 128;
/// A spot without a name.
const EMPTY: u8 = u8::MAX;

/// Names, each with its place.
#[derive(Debug)]
pub struct Names {
    names: Vec<&'static str>,
    /// Places by [`spot`], and behind it if that was taken.
    table: [u8; SPOTS],
}

impl Names {
    /// The names in their order; of equal ones the first counts. Those that find no spot in the table (a struct has
    /// less than a hundred fields) are looked for one by one.
    pub fn new(names: Vec<&'static str>) -> Names {
        let mut table = [EMPTY; SPOTS];
        for (place, name) in names.iter().enumerate().take(SPOTS - 1) {
            let free = (0..SPOTS).map(|step| (spot(name) + step) % SPOTS).find(|at| table[*at] == EMPTY);
            if let (Some(free), Ok(place)) = (free, u8::try_from(place)) {
                table[free] = place;
            }
        }
        Names { names, table }
    }

    /// All names.
    pub fn all(&self) -> &[&'static str] {
        &self.names
    }

    /// The place of a name.
    pub fn place(&self, name: &str) -> Option<usize> {
        let mut at = spot(name);
        loop {
            let place = usize::from(self.table[at]);
            match self.names.get(place) {
                Some(known) if *known == name => return Some(place),
                Some(_) => at = (at + 1) % SPOTS,
                None if self.names.len() < SPOTS => return None,
                None => return self.names.iter().position(|known| *known == name),
            }
        }
    }
}

/// Where to look for a name: its length and two letters tell nearly all fields of a struct apart.
fn spot(name: &str) -> usize {
    let letters = match name.as_bytes() {
        [first, .., last] => usize::from(*first) * 5 + usize::from(*last) * 11,
        short => short.len(),
    };
    (name.len() * 37 + letters) % SPOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        let many: Vec<&'static str> = (0..200).map(|at| &*format!("name{at}").leak()).collect();
        for names in [vec![], vec!["a"], vec!["name", "kind", "at", "", "mean", "eman"], many] {
            let known = Names::new(names.clone());
            for (place, name) in names.iter().enumerate() {
                assert_eq!(known.place(name), Some(place), "{name}");
            }
            assert_eq!(known.place("nmae"), None);
            assert_eq!(known.all(), names);
        }
        assert_eq!(Names::new(vec!["a", "a"]).place("a"), Some(0));
    }
}
