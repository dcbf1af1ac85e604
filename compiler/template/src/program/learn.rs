//! Learning how a template is rendered, and rendering it by what is known.

use super::Program;
use super::log::Log;
use super::replay::{self, Outcome};
use super::run::Machine;
use super::value::{Halt, Seen};
use minijinja::Value;

/// A template is learnt when it is rendered for the second time.
pub(super) const SECOND: u32 = 2;
/// A partial of what is not learnt itself is learnt when it is often rendered.
pub(super) const OFTEN: u32 = 8;

impl<'p> Machine<'p> {
    /// The settled text of a program that is given the globals and what it asks for, by what is known of it if it can be.
    pub(super) fn rendered(
        &mut self,
        program: &'p Program,
        inputs: &[Option<Value>],
        after: u32,
    ) -> Result<String, Halt> {
        let outcome = program.shape().replay(&mut self.tools, &mut self.scratch, inputs, after);
        match outcome {
            Outcome::Done(text) => {
                debug_assert_eq!(Ok(&text), self.whole(program, inputs).as_ref().map_err(|_| ()));
                Ok(text)
            }
            Outcome::New => self.learnt(program, inputs),
            Outcome::Odd => self.plain(program, inputs),
        }
    }

    /// The text without its parts going anywhere.
    fn whole(&mut self, program: &'p Program, inputs: &[Option<Value>]) -> Result<String, Halt> {
        let part = self.part.take();
        let text = self.plain(program, inputs);
        self.part = part;
        text
    }

    fn plain(&mut self, program: &'p Program, inputs: &[Option<Value>]) -> Result<String, Halt> {
        let inputs = inputs.iter().map(|value| value.clone().map(Seen::fixed)).collect();
        self.body(program, inputs)
    }

    /// Renders, and learns how. What was learnt is tried before it is believed.
    fn learnt(&mut self, program: &'p Program, inputs: &[Option<Value>]) -> Result<String, Halt> {
        let mut log = Log::default();
        let mut seen = vec![];
        for (at, value) in inputs.iter().enumerate() {
            seen.push(value.clone().map(|value| Seen { value, tag: log.input(at) }));
        }
        self.log = Some(log);
        let parts = self.parts;
        let marked = self.body(program, seen);
        self.parts = parts;
        let log = self.log.take().unwrap_or_default();
        let segments = marked.ok().and_then(|marked| log.cut(&marked));
        let text = self.plain(program, inputs)?;
        let mut shape = program.shape();
        match segments {
            _ if log.lost => shape.miss(),
            Some(segments) if replay::text(&segments, |number| log.written(number)) == text => {
                shape.learn(inputs.iter().map(Option::is_some).collect(), log, segments);
            }
            _ => shape.close(),
        }
        Ok(text)
    }
}
