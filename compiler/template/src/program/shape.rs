//! What is known of the renderings of a template: a tree of what they did, which parts where answers differed.
//! A rendering whose answers are all known is done without its template.

use super::log::{Act, Answer, Log, Of, Segment};

/// Renderings of different courses that are kept for one template.
const COURSES: usize = 64;
/// Bytes of text that are kept for one template.
const BYTES: usize = 1 << 18;

/// The courses that renderings of a template took.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Which of its names it was given.
    pub given: Vec<bool>,
    pub runs: Vec<Run>,
    /// Renderings before anything was learnt.
    pub before: u32,
    /// Renderings that were done without the template.
    pub done: usize,
    /// Renderings from which something was, or was to be, learnt.
    learnt: usize,
    bytes: usize,
    /// Nothing more is learnt.
    full: bool,
}

/// Acts up to a question, or to the end.
#[derive(Debug)]
pub(super) struct Run {
    pub acts: Vec<Act>,
    pub end: End,
}

/// What follows a run.
#[derive(Debug)]
pub(super) enum End {
    /// It is not known yet.
    Open,
    /// What is asked, and the run that follows each answer.
    Ask(Of, Vec<(Answer, usize)>),
    /// The text.
    Text(Box<[Segment]>),
}

impl Shape {
    /// Whether another course may be learnt. One that is hardly ever taken again is not worth it.
    pub fn learns(&self) -> bool {
        let idle = self.learnt >= 8 && self.done < self.learnt * 2;
        !self.full && !idle && self.learnt < COURSES && self.bytes < BYTES
    }

    /// Learns nothing more.
    pub fn close(&mut self) {
        self.full = true;
    }

    /// A rendering took a course that is too long to be kept.
    pub fn miss(&mut self) {
        self.learnt += 1;
    }

    /// Adds the course that a rendering took, and the text it made.
    pub fn learn(&mut self, given: Vec<bool>, log: Log, text: Vec<Segment>) {
        if self.runs.is_empty() {
            self.runs.push(Run { acts: vec![], end: End::Open });
            self.given = given;
        }
        self.learnt += 1;
        self.bytes += text.iter().map(Segment::bytes).sum::<usize>();
        if self.join(log.acts, text).is_none() {
            self.close();
        }
    }

    /// None if the acts are not those that led here before.
    fn join(&mut self, acts: Vec<Act>, text: Vec<Segment>) -> Option<()> {
        let mut acts = acts.into_iter();
        let mut at = 0;
        loop {
            let next = self.runs.len();
            let run = &mut self.runs[at];
            match &mut run.end {
                End::Open => break,
                End::Text(_) => return None,
                End::Ask(of, ways) => {
                    let same = run.acts.iter().all(|act| acts.next().as_ref() == Some(act));
                    let Some(Act::Ask(asked, answer)) = acts.next().filter(|_| same) else { return None };
                    if asked != *of {
                        return None;
                    }
                    at = match ways.iter().find(|way| way.0 == answer) {
                        Some(way) => way.1,
                        None => {
                            ways.push((answer, next));
                            self.runs.push(Run { acts: vec![], end: End::Open });
                            next
                        }
                    };
                }
            }
        }
        for act in acts {
            let next = self.runs.len();
            match act {
                Act::Ask(of, answer) => {
                    self.runs[at].end = End::Ask(of, vec![(answer, next)]);
                    self.runs[at].acts.shrink_to_fit();
                    self.runs.push(Run { acts: vec![], end: End::Open });
                    at = next;
                }
                act => self.runs[at].acts.push(act),
            }
        }
        self.runs[at].end = End::Text(text.into());
        Some(())
    }
}

impl Segment {
    fn bytes(&self) -> usize {
        match self {
            Segment::Text(text) => text.len(),
            _ => 0,
        }
    }
}
