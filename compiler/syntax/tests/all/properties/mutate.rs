//! Small changes to the texts of the official suite, the same ones on every run.

/// The inputs of the official suite, those that must be refused too.
pub fn suite() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kdl/input");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Numbers that look random: xorshift.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

const PIECES: [&str; 38] = [
    "{", "}", "(", ")", "=", "\"", "\"\"\"", "#", "\\", "/-", "/*", "*/", "//", "\n", " ", ";", "a", "1",
    ".", "-", "+", "_", "true", "#true", "r\"", "0x", "\u{feff}", "\u{2028}", "é", "\t", "[", "\r\n",
    "\\u{41}", "\\s", "\\\n", "\u{200e}", "#\"", "\"#",
];

/// One to three changes: a code point goes, a piece comes, a piece replaces one, or a few are copied.
pub fn mutate(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(chars.len() + 1);
        let next = (at + 1).min(chars.len());
        match random.below(4) {
            0 => drop(chars.drain(at..next)),
            1 => drop(chars.splice(at..at, PIECES[random.below(PIECES.len())].chars())),
            2 => drop(chars.splice(at..next, PIECES[random.below(PIECES.len())].chars())),
            _ => {
                let copied = chars[at..(at + random.below(6)).min(chars.len())].to_vec();
                let to = random.below(chars.len() + 1);
                drop(chars.splice(to..to, copied));
            }
        }
    }
    chars.into_iter().collect()
}
