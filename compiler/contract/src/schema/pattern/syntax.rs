//! The syntax of patterns.

/// A pattern.
#[derive(Clone, Debug)]
pub enum Tree {
    /// One character of these ranges.
    Set(Vec<(char, char)>),
    /// One after the other.
    All(Vec<Tree>),
    /// One of these.
    Any(Vec<Tree>),
    /// So many times.
    Times(Box<Tree>, u32, Option<u32>),
    /// The beginning of the text.
    Start,
    /// The end of the text.
    End,
}

/// Most repetitions that are counted.
const MOST: u32 = 1000;
/// Deepest groups that are read.
const DEEPEST: usize = 50;

/// Reads a pattern; `None` if it is none, or has what is not read here.
pub fn read(pattern: &str) -> Option<Tree> {
    let mut reader = Reader { rest: pattern, depth: 0 };
    let tree = reader.any()?;
    reader.rest.is_empty().then_some(tree)
}

struct Reader<'p> {
    rest: &'p str,
    depth: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let sign = self.rest.chars().next()?;
        self.rest = &self.rest[sign.len_utf8()..];
        Some(sign)
    }

    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn any(&mut self) -> Option<Tree> {
        let mut all = vec![self.all()?];
        while self.eat("|") {
            all.push(self.all()?);
        }
        Some(if all.len() == 1 { all.remove(0) } else { Tree::Any(all) })
    }

    fn all(&mut self) -> Option<Tree> {
        let mut all = vec![];
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let one = self.one()?;
            let one = self.times(one)?;
            all.push(one);
        }
        Some(Tree::All(all))
    }

    fn one(&mut self) -> Option<Tree> {
        Some(match self.next()? {
            '^' => Tree::Start,
            '$' => Tree::End,
            '.' => Tree::Set(turned(&[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')])),
            '[' => Tree::Set(self.set()?),
            '\\' => Tree::Set(self.escape()?),
            '(' => {
                let plain = self.eat("?:") || !self.rest.starts_with('?');
                self.depth += 1;
                let tree = self.any().filter(|_| plain && self.depth < DEEPEST)?;
                self.depth -= 1;
                self.eat(")").then_some(tree)?
            }
            '*' | '+' | '?' => return None,
            sign => Tree::Set(vec![(sign, sign)]),
        })
    }

    fn times(&mut self, tree: Tree) -> Option<Tree> {
        let (least, most) = match self.rest.chars().next() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') if self.rest[1..].starts_with(|sign: char| sign.is_ascii_digit()) => {
                let (inside, _) = self.rest[1..].split_once('}')?;
                self.rest = &self.rest[inside.len() + 1..];
                let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
                let most =
                    if most.is_empty() { None } else { Some(most.parse().ok().filter(|it| *it <= MOST)?) };
                (least.parse().ok().filter(|it| *it <= MOST)?, most)
            }
            _ => return Some(tree),
        };
        self.next();
        self.eat("?");
        Some(Tree::Times(Box::new(tree), least, most))
    }

    fn set(&mut self) -> Option<Vec<(char, char)>> {
        let not = self.eat("^");
        let mut ranges = vec![];
        while !self.eat("]") {
            let first = self.member()?;
            let single = first.len() == 1 && first[0].0 == first[0].1;
            if single && self.rest.starts_with('-') && !self.rest.starts_with("-]") {
                self.next();
                let last = self.member()?;
                if last.len() != 1 || last[0].1 < first[0].0 {
                    return None;
                }
                ranges.push((first[0].0, last[0].1));
            } else {
                ranges.extend(first);
            }
        }
        Some(if not { turned(&ranges) } else { ranges })
    }

    fn member(&mut self) -> Option<Vec<(char, char)>> {
        match self.next()? {
            '\\' => self.escape(),
            sign => Some(vec![(sign, sign)]),
        }
    }

    fn escape(&mut self) -> Option<Vec<(char, char)>> {
        let digits = [('0', '9')];
        let word = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
        let space = [
            ('\t', '\r'),
            (' ', ' '),
            ('\u{a0}', '\u{a0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{2000}', '\u{200a}'),
            ('\u{2028}', '\u{2029}'),
            ('\u{202f}', '\u{202f}'),
            ('\u{205f}', '\u{205f}'),
            ('\u{3000}', '\u{3000}'),
            ('\u{feff}', '\u{feff}'),
        ];
        let sign = match self.next()? {
            'd' => return Some(digits.to_vec()),
            'D' => return Some(turned(&digits)),
            'w' => return Some(word.to_vec()),
            'W' => return Some(turned(&word)),
            's' => return Some(space.to_vec()),
            'S' => return Some(turned(&space)),
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' => '\0',
            'x' => self.hex(2)?,
            'u' => self.hex(4)?,
            sign if sign.is_ascii_alphanumeric() => return None,
            sign => sign,
        };
        Some(vec![(sign, sign)])
    }

    fn hex(&mut self, length: usize) -> Option<char> {
        let digits = self.rest.get(..length)?;
        let sign = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        self.rest = &self.rest[length..];
        Some(sign)
    }
}

/// All other characters.
fn turned(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    let mut out = vec![];
    let mut next = Some('\0');
    for (first, last) in sorted {
        if let Some(from) = next
            && from < first
        {
            out.push((from, before(first)));
        }
        next = next.and_then(|from| if last >= from { after(last) } else { Some(from) });
    }
    out.extend(next.map(|from| (from, char::MAX)));
    out
}

/// The next character, over the gap of the surrogates.
pub fn after(sign: char) -> Option<char> {
    match sign {
        '\u{d7ff}' => Some('\u{e000}'),
        sign => char::from_u32(sign as u32 + 1),
    }
}

fn before(sign: char) -> char {
    let number = if sign == '\u{e000}' { 0xd7ff } else { (sign as u32).saturating_sub(1) };
    char::from_u32(number).unwrap_or('\0')
}
