//! Changes of a text: bytes, lines, words and blocks, and words that have broken readers before.

/// Numbers from a seed: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn up_to(&mut self, end: usize) -> usize {
        usize::try_from(self.below(end as u64 + 1)).expect("below a length")
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.up_to(all.len() - 1)]
    }

    /// One of them, each as often as its weight says.
    pub fn weighted<'a, T>(&mut self, all: &'a [T], weight: impl Fn(&T) -> u64) -> &'a T {
        let mut drawn = self.below(all.iter().map(&weight).sum());
        for it in all {
            if drawn < weight(it) {
                return it;
            }
            drawn -= weight(it);
        }
        unreachable!("the number is below the sum of the weights")
    }
}

/// Words that are read wrongly somewhere: numbers at their ends, signs of other formats, marks, unclosed things.
const WORDS: &[&str] = &[
    "0",
    "-1",
    "1e999",
    "-0.0",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "0x",
    "0b2",
    "1_",
    "#nan",
    "#inf",
    "#null",
    "#true",
    "null",
    "~",
    "\"\"",
    "\"",
    "\"\"\"\n",
    "#\"",
    "r#\"",
    "/*",
    "*/",
    "/-",
    "//",
    "\\",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "${",
    "${}",
    "${a.b.c}",
    "$(",
    "`",
    "[",
    "]",
    "[[",
    "(",
    ")",
    "<",
    ">",
    "&a",
    "*a",
    "!!str",
    "<<: *a",
    "---\n",
    "...\n",
    "- ",
    ": ",
    "? ",
    "| ",
    "\t",
    "\r",
    "\r\n",
    "\u{feff}",
    "\u{2028}",
    "\u{202e}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{1f468}\u{200d}\u{1f469}",
    "../..",
    "/etc/passwd",
    "/dev/zero",
    "file:///",
    "%00",
    "%2e%2e",
    "100%",
    "0%",
    "-5%",
    "0s",
    "999999999999h",
    "1ns",
    "0/s",
    "99999999999/s",
    "1Ei",
    "0Mi",
    "99.999999999999999999999%",
    "2026-02-30",
    "0000-00-00",
    "* * * * *",
    "60 24 32 13 8",
    "^",
    "^0",
    ">=1 <1",
    "1.2.3-",
    "1.0.0+",
    "v1",
    "include \"**\"\n",
    "include \"bastide.kdl\"\n",
    "$ref: '#'\n",
    "$ref: '#/'\n",
    "{\"$ref\":\"#\"}",
    "allOf: [{$ref: '#'}]",
    "syntax = \"proto3\";",
    "extend type A",
    "@key(",
];

/// The words of a text, with what is in quotes as one word and each sign as one.
pub fn tokens(text: &str) -> impl Iterator<Item = &str> {
    spans(text).map(|(from, to)| &text[from..to])
}

fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let from = at + rest.find(|sign: char| !sign.is_whitespace())?;
        let first = text[from..].chars().next().expect("it was found");
        let inner = &text[from + first.len_utf8()..];
        let end = match first {
            '"' | '\'' => inner.find(first).map_or(0, |it| it + 1),
            it if it.is_alphanumeric() => {
                inner.find(|it: char| !it.is_alphanumeric() && !"-_.%".contains(it)).unwrap_or(inner.len())
            }
            _ => 0,
        };
        at = from + first.len_utf8() + end;
        Some((from, at))
    })
}

/// Changes a text in one way.
pub fn mutate(bytes: &mut Vec<u8>, random: &mut Random, pieces: &[Vec<u8>]) {
    match random.below(10) {
        0 => flip(bytes, random),
        1 => cut(bytes, random),
        2 => repeat(bytes, random),
        3 => insert(bytes, random.of(WORDS).as_bytes(), random),
        4 => insert(bytes, random.of::<Vec<u8>>(pieces), random),
        5 => lines(bytes, random),
        6 => bytes.truncate(random.up_to(bytes.len())),
        7 => word(bytes, random.of(WORDS).as_bytes(), random),
        _ => word(bytes, random.of::<Vec<u8>>(pieces), random),
    }
}

fn flip(bytes: &mut [u8], random: &mut Random) {
    if !bytes.is_empty() {
        let at = random.up_to(bytes.len() - 1);
        bytes[at] ^= 1 << random.below(8);
    }
}

/// Two places of a text, the first one first.
fn range(bytes: &[u8], random: &mut Random, most: usize) -> (usize, usize) {
    let from = random.up_to(bytes.len());
    (from, (from + random.up_to(most)).min(bytes.len()))
}

fn cut(bytes: &mut Vec<u8>, random: &mut Random) {
    let (from, to) = range(bytes, random, 60);
    bytes.drain(from..to);
}

/// A part of the text, several times.
fn repeat(bytes: &mut Vec<u8>, random: &mut Random) {
    let (from, to) = range(bytes, random, 200);
    let times = *random.of(&[1, 1, 2, 8, 64]);
    let part = bytes[from..to].repeat(times);
    bytes.splice(to..to, part);
}

fn insert(bytes: &mut Vec<u8>, part: &[u8], random: &mut Random) {
    let at = random.up_to(bytes.len());
    bytes.splice(at..at, part.iter().copied());
}

/// A line moved, taken away or doubled.
fn lines(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut all: Vec<Vec<u8>> = bytes.split_inclusive(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
    if all.is_empty() {
        return;
    }
    let line = all.remove(random.up_to(all.len() - 1));
    for _ in 0..random.below(3) {
        let at = random.up_to(all.len());
        all.insert(at, line.clone());
    }
    *bytes = all.concat();
}

/// A word of the text replaced by another.
fn word(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let all: Vec<_> = spans(&text).collect();
    if all.is_empty() {
        return;
    }
    let (from, to) = *random.of(&all);
    *bytes = [&text.as_bytes()[..from], other, &text.as_bytes()[to..]].concat();
}
