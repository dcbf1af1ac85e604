//! Reads the static text of a YAML or JSON template just closely enough to say where its interpolations stand.

use super::place::{Glue, Place, Places, Walk};

/// What the scanner is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A node may begin.
    Start,
    /// A tag or an anchor, which ends at a space.
    Property,
    /// The header of a block scalar.
    Header,
    /// A plain scalar.
    Plain,
    /// A double-quoted scalar; true behind a backslash.
    Double(bool),
    /// A single-quoted scalar.
    Single,
    /// Behind a quoted scalar or a closed flow collection.
    Closed,
    /// Right behind an interpolation.
    Interpolation(usize),
    /// Behind an interpolation and a space.
    Spaced(usize),
    /// A comment, or a directive.
    Comment,
    /// A line of a block scalar.
    Scalar,
}

/// The scanner for YAML; JSON is read as the flow part of it.
#[derive(Clone, Debug)]
pub(crate) struct Yaml {
    json: bool,
    state: State,
    flow: u32,
    /// Characters since the line began.
    column: i32,
    /// Only spaces on this line so far.
    fresh: bool,
    /// The character before is a space, or the line began.
    spaced: bool,
    /// Column of the block collection that a node begun here belongs to.
    parent: i32,
    /// Column at which the present scalar began: that of the key, if it is one.
    began: i32,
    /// Inside a block scalar: the column its content must exceed.
    block: Option<i32>,
}

/// Why an interpolation may not stand in quotes.
const QUOTED: &str = "an interpolation is a whole scalar, and this one stands inside quotes";
/// Why an interpolation may not stand in a block scalar.
const SCALAR: &str = "an interpolation is a whole scalar, and this one stands inside a block of text";
/// Why an interpolation may not have neighbours.
const JOINED: &str = "an interpolation is a whole scalar, and this one has text glued to it";

impl Yaml {
    /// A scanner at the start of a document.
    pub(crate) fn new(json: bool) -> Self {
        Yaml {
            json,
            state: State::Start,
            flow: u32::from(json),
            column: 0,
            fresh: true,
            spaced: true,
            parent: -1,
            began: 0,
            block: None,
        }
    }

    /// Whether the line so far begins a block mapping.
    pub(crate) fn keyed(&self) -> bool {
        self.parent >= 0
    }

    fn newline(&mut self) {
        if self.state == State::Header {
            self.block = Some(self.parent);
        }
        if !matches!(self.state, State::Double(_) | State::Single) {
            self.state = State::Start;
        }
        (self.column, self.fresh, self.spaced) = (0, true, true);
        if self.flow == 0 && self.block.is_none() {
            self.parent = -1;
        }
    }

    /// Leaves a block scalar when a line stands no deeper than its parent; true if still inside.
    fn in_block(&mut self) -> bool {
        let Some(parent) = self.block else { return false };
        if self.fresh && self.column <= parent {
            self.block = None;
            self.parent = -1;
            return false;
        }
        true
    }

    fn letter(&mut self, letter: char, next: char, found: &mut Places) {
        if letter != ' ' && self.in_block() {
            self.state = State::Scalar;
        }
        match self.state {
            State::Start => self.start(letter, next),
            State::Property if letter == ' ' => self.state = State::Start,
            State::Plain => self.plain(letter, next),
            State::Double(true) => self.state = State::Double(false),
            State::Double(false) if letter == '\\' => self.state = State::Double(true),
            State::Double(false) if letter == '"' => self.state = State::Closed,
            State::Single if letter == '\'' => self.state = State::Closed,
            State::Closed => self.closed(letter, next),
            State::Interpolation(interpolation) | State::Spaced(interpolation) => {
                self.behind(interpolation, letter, next, found)
            }
            State::Header if !matches!(letter, '+' | '-' | '0'..='9' | ' ') => {
                self.state = if letter == '#' && self.spaced { State::Header } else { State::Plain };
            }
            _ => {}
        }
    }

    fn start(&mut self, letter: char, next: char) {
        let ends = next.is_whitespace();
        self.state = match letter {
            ' ' | '\t' | '\r' => State::Start,
            '#' if !self.json && self.spaced => State::Comment,
            '%' if self.column == 0 => State::Comment,
            '-' if self.flow == 0 && ends => {
                self.parent = self.column;
                State::Start
            }
            '?' | ':' if ends => State::Start,
            '"' => State::Double(false),
            '\'' => State::Single,
            '[' | '{' => self.enter(),
            ']' | '}' if self.flow > 0 => self.leave(),
            ',' if self.flow > 0 => State::Start,
            '|' | '>' if self.flow == 0 => State::Header,
            '&' | '!' => State::Property,
            _ => State::Plain,
        };
        if matches!(self.state, State::Double(_) | State::Single | State::Plain) {
            self.began = self.column;
        }
    }

    fn enter(&mut self) -> State {
        self.flow += 1;
        State::Start
    }

    fn leave(&mut self) -> State {
        self.flow = (self.flow - 1).max(u32::from(self.json));
        State::Closed
    }

    /// A colon that ends a key.
    fn key(&mut self) -> State {
        if self.flow == 0 {
            self.parent = self.began;
        }
        State::Start
    }

    fn plain(&mut self, letter: char, next: char) {
        self.state = match letter {
            ':' if next.is_whitespace() => self.key(),
            '#' if self.spaced => State::Comment,
            ',' if self.flow > 0 => State::Start,
            '[' | '{' if self.flow > 0 => self.enter(),
            ']' | '}' if self.flow > 0 => self.leave(),
            _ => State::Plain,
        };
    }

    fn closed(&mut self, letter: char, next: char) {
        self.state = match letter {
            ':' if self.flow > 0 || next.is_whitespace() => self.key(),
            '#' if self.spaced => State::Comment,
            ',' if self.flow > 0 => State::Start,
            ']' | '}' if self.flow > 0 => self.leave(),
            ' ' | '\t' | '\r' => State::Closed,
            '\'' => State::Single,
            _ => State::Plain,
        };
    }

    /// What follows an interpolation: the end of the line, a comment, the colon of a key, a bracket; else it is glued.
    fn behind(&mut self, interpolation: usize, letter: char, next: char, found: &mut Places) {
        self.state = match letter {
            ' ' | '\r' => State::Spaced(interpolation),
            '#' if self.spaced && !self.json => {
                found.places[interpolation] = Place::Inline;
                State::Comment
            }
            ':' if self.flow > 0 || next.is_whitespace() => {
                found.places[interpolation] = Place::Key;
                self.key()
            }
            ',' if self.flow > 0 => State::Start,
            ']' | '}' if self.flow > 0 => self.leave(),
            _ => {
                found.glued.push(Glue { interpolation, why: JOINED });
                State::Plain
            }
        };
    }
}

impl Walk for Yaml {
    fn text(&mut self, text: &str, after: char, found: &mut Places) {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter == '\n' {
                self.newline();
                continue;
            }
            self.letter(letter, letters.peek().copied().unwrap_or(after), found);
            self.fresh &= letter == ' ';
            self.spaced = matches!(letter, ' ' | '\t');
            self.column += 1;
        }
    }

    fn interpolation(&mut self, found: &mut Places) {
        let interpolation = found.places.len();
        let inside = self.in_block();
        let glue = match self.state {
            _ if inside => Some(SCALAR),
            State::Start | State::Comment => None,
            State::Double(_) | State::Single => Some(QUOTED),
            State::Scalar => Some(SCALAR),
            _ => Some(JOINED),
        };
        found.glued.extend(glue.map(|why| Glue { interpolation, why }));
        found.places.push(match self.state {
            State::Comment => Place::Comment,
            State::Start if self.flow > 0 && !self.json => Place::Inline,
            _ => Place::Block,
        });
        if self.state == State::Start && !inside {
            self.began = self.column;
            self.state = State::Interpolation(interpolation);
        }
        (self.fresh, self.spaced) = (false, false);
        self.column += 1;
    }

    fn weight(&self) -> u8 {
        match self.state {
            State::Interpolation(_) | State::Spaced(_) => 3,
            State::Plain | State::Closed | State::Double(_) | State::Single | State::Property => 2,
            State::Comment | State::Header | State::Scalar => 1,
            State::Start => 0,
        }
    }
}
