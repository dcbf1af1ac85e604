//! Commands: words as a POSIX shell splits them. Nobody runs a shell, so what only a shell can do is refused.

use super::{BASE, Form, Shape, Wrong};

/// A command and its arguments.
pub const COMMAND: Form = Form {
    looks_like: "a command, its words separated by spaces, such as `\"orders migrate --to '2 3'\"`",
    shape: Shape::Command,
    meant: |_| None,
    good: &["orders migrate", "sh -c 'a && b' \"c \\\"d\\\"\"", "a\\ b '' \"\""],
    ..BASE
};

/// Signs that only a shell knows.
const OF_A_SHELL: [&str; 9] = ["&&", "||", "|", ";", "&", ">", ">>", "<", "2>&1"];

/// The words of a line: spaces part them, quotes and backslashes hold them together.
pub fn split(line: &str) -> Result<Vec<String>, Wrong> {
    super::plain(line)?;
    let mut words = vec![];
    let mut word: Option<Word> = None;
    let mut quote: Option<(char, usize)> = None;
    let mut signs = line.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let inside = quote.map(|(sign, _)| sign);
        match (inside, c) {
            (Some(sign), c) if c == sign => quote = None,
            (None, '"' | '\'') => {
                quote = Some((c, at));
                Word::of(&mut word, at).quoted = true;
            }
            (Some('"') | None, '\\') => {
                let Some(&(_, next)) = signs.peek() else {
                    return Err(Wrong { at: at..at + 1, why: "nothing follows the backslash".into() });
                };
                let it = Word::of(&mut word, at);
                it.quoted = true;
                if inside.is_none() || matches!(next, '"' | '\\' | '$' | '`' | '\n') {
                    signs.next();
                    // At the end of a line it joins the next one.
                    it.text.extend((next != '\n').then_some(next));
                } else {
                    it.text.push('\\');
                }
            }
            (None, ' ' | '\t' | '\n') => words.extend(word.take().map(|it| it.end(at)).transpose()?),
            (_, c) => Word::of(&mut word, at).text.push(c),
        }
    }
    if let Some((_, at)) = quote {
        return Err(Wrong { at: at..line.len(), why: "the quote is not closed".into() });
    }
    words.extend(word.take().map(|it| it.end(line.len())).transpose()?);
    match words.is_empty() {
        true => Err(Wrong::whole(line, "it is empty")),
        false => Ok(words),
    }
}

struct Word {
    text: String,
    from: usize,
    quoted: bool,
}

impl Word {
    /// The word that is being read; one begins here if there is none.
    fn of(word: &mut Option<Word>, from: usize) -> &mut Word {
        word.get_or_insert(Word { text: String::new(), from, quoted: false })
    }

    fn end(self, to: usize) -> Result<String, Wrong> {
        match !self.quoted && OF_A_SHELL.contains(&self.text.as_str()) {
            true => Err(Wrong { at: self.from..to, why: "no shell reads this: write `sh -c '…'`".into() }),
            false => Ok(self.text),
        }
    }
}

/// A line with these words.
pub fn print(words: &[String]) -> String {
    let quoted = |word: &String| format!("'{}'", word.replace('\'', "'\\''"));
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}
