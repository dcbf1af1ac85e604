//! `command-in-one-word`: a program and its arguments in one text, which names no program.

use crate::check::{Context, Found, Rule};
use crate::tree::At;

pub const RULE: Rule = Rule::warn("command-in-one-word", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let own = std::iter::once((&service.name.value, &service.run.command));
        let beside = service.run.sidecars.iter().map(|it| (&it.name, &it.command));
        for (name, command) in own.chain(beside) {
            if let [word] = command.as_slice() {
                one(&service.at, name, word, found);
            }
        }
    }
}

fn one(at: &str, name: &str, word: &At<String>, found: &mut Vec<Found>) {
    let words: Vec<String> = word.value.split_whitespace().map(|word| format!("\"{word}\"")).collect();
    if words.len() < 2 || word.value.contains(['"', '\'', '$', '`', '|', ';', '&', '\n']) {
        return;
    }
    RULE.found(at, format!("`{name}` is given its whole command as one argument"))
        .label(word.span(), "no shell takes it apart")
        .help(format!("write each word by itself: `command {}`", words.join(" ")))
        .add_to(found);
}
