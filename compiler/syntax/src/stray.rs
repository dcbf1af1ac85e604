//! Signs where no entry and no node can start.

use super::faults::clip;
use super::parser::Parser;

impl Parser<'_> {
    /// Tells a sign that starts nothing, and goes past it.
    pub(super) fn unexpected(&mut self) {
        let start = self.lexer.pos;
        let char = self.lexer.text[start..].chars().next().unwrap_or(' ');
        match char {
            '=' => self.lone_equals(start),
            ')' => {
                let help = "remove it, or quote the word it belongs to";
                self.lexer.faults.tell(
                    (start, start + 1),
                    "`)` closes nothing",
                    "no annotation is open here",
                    help,
                );
            }
            '\\' => self.lexer.tell_lone_backslash(start),
            _ => drop(self.lexer.illegal_word(start)),
        }
        self.lexer.pos = self.lexer.pos.max(start + char.len_utf8());
    }

    fn lone_equals(&mut self, at: usize) {
        let (message, help) = match (self.after_slashdash(at), self.node_before(at)) {
            (true, _) => {
                ("`/-` stands inside a property", "move `/-` before the name of the property".to_string())
            }
            (_, Some(name)) => ("`=` stands after the name of a node", self.help_for_node(at, &name)),
            (_, None) => ("`=` has no name before it", "write a name before `=`, or remove it".to_string()),
        };
        self.lexer.faults.tell((at, at + 1), message, "here", help);
    }

    /// Whether the last thing before `at` on its line is `/-`.
    fn after_slashdash(&self, at: usize) -> bool {
        let near = &self.lexer.bytes[at.saturating_sub(64)..at];
        near.trim_ascii_end().ends_with(b"/-")
    }

    /// The name of the node, when nothing but space stands between it and `at`.
    fn node_before(&self, at: usize) -> Option<String> {
        let name = self.document.nodes.last()?.name;
        let between = self.lexer.text.get(name.end as usize..at)?;
        let blank = between.trim_matches([' ', '\t']).is_empty() && name.start < name.end;
        blank.then(|| clip(&self.lexer.text[name.start as usize..name.end as usize]).into_owned())
    }

    fn help_for_node(&self, at: usize, name: &str) -> String {
        let rest = self.lexer.text[at + 1..].trim_start_matches([' ', '\t']);
        let ends = |char: &char| !char.is_whitespace() && !"{};".contains(*char);
        let value: String = rest.chars().take_while(ends).take(40).collect();
        let value = if value.is_empty() { "…" } else { &value };
        format!("write `{name} {value}`: a node takes its values without `=`")
    }
}
