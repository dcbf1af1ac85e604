//! References inside a resource type: `${password}` in an output, `${tag}` in an image. Each is looked up when the type is
//! read, so that what means nothing is found at its place and never stands in an output.

use crate::kind::resource::OVERRIDES;
use crate::tree::{At, Item, Scalar};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use bastide_report::suggest::did_you_mean;
use std::collections::{BTreeMap, BTreeSet};

/// What every text of a type may name.
const ALWAYS: [&str; 7] = ["name", "name_", "tag", "major", "host", "port", "max-connections"];

/// The hash of a generated secret.
pub const HASH: &str = ".sha256";

/// Reports every reference of a type that leads nowhere, to a secret where it would stand in the open, or in a circle.
pub fn check(ty: &Item, report: &mut Report) {
    let known = Known::of(ty);
    for part in ty.all("option").chain(ty.part("kept").into_iter().flat_map(|kept| kept.all("option"))) {
        known.look(part.field("default"), Reads::Plain, &known.always(), report);
    }
    let mut before = known.plain();
    for part in ty.all("output") {
        before.extend(known.output(part, &before, report));
    }
    for part in ty.all("derives") {
        let names = before.iter().chain(&known.secrets).copied().filter(|name| *name != &*part.key).collect();
        known.look(part.field("value"), Reads::Secret, &names, report);
    }
    for place in ty.all("provider").chain(ty.part("outside")) {
        known.provider(place, report);
    }
    let kept = ty.part("kept").and_then(|kept| kept.part("runs"));
    ty.part("runs").into_iter().chain(kept).for_each(|runs| known.runs(runs, &before, report));
    circle(ty, report);
}

/// Reports every reference in what a resource says of its container itself: it may name what its type may.
pub fn check_own(item: &Item, ty: &Item, report: &mut Report) {
    if item.parts.iter().any(|part| OVERRIDES.contains(&part.schema.node)) {
        let known = Known::of(ty);
        let outputs = ty.all("output").filter(|part| !part.is("secret")).map(|part| &*part.key);
        let (names, mut own) = (known.plain().into_iter().chain(outputs).collect(), Report::default());
        known.runs(item, &names, &mut own);
        for finding in own.findings {
            report.push(match &*finding.rule {
                "secret-as-text" => finding.help(format!(
                    "let the program read it: a secret of the type is a file `/run/secrets/{}.NAME`",
                    item.key
                )),
                _ => finding,
            });
        }
    }
}

/// What a text may name beside what is known there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// Nothing.
    Plain,
    /// Secrets, and hashes of those that are generated.
    Secret,
    /// Variables of a program or a shell that reads the text: all but small words.
    Program,
}

type Names<'t> = BTreeSet<&'t str>;

/// Names of a type.
struct Known<'t> {
    options: Names<'t>,
    generated: Names<'t>,
    secrets: Names<'t>,
}

impl<'t> Known<'t> {
    fn of(ty: &'t Item) -> Known<'t> {
        let keys = |node: &'static str| ty.all(node).map(|part| &*part.key);
        let generated: Names<'t> = keys("generates").collect();
        let secret = ty.all("output").filter(|part| part.is("secret")).map(|part| &*part.key);
        let secrets = generated.iter().copied().chain(keys("derives")).chain(secret).collect();
        Known { options: keys("option").collect(), generated, secrets }
    }

    fn always(&self) -> Names<'t> {
        ALWAYS.into_iter().collect()
    }

    fn plain(&self) -> Names<'t> {
        self.always().into_iter().chain(self.options.iter().copied()).collect()
    }

    /// Looks at an output; gives its name if those below may use it.
    fn output(&self, part: &'t Item, before: &Names<'t>, report: &mut Report) -> Option<&'t str> {
        let key = &*part.key;
        match part.is("secret") {
            true => {
                let names = before.iter().chain(&self.secrets).copied().filter(|name| *name != key).collect();
                self.look(part.field("value"), Reads::Secret, &names, report);
                None
            }
            false => {
                self.look(part.field("value"), Reads::Plain, before, report);
                Some(key)
            }
        }
    }

    fn provider(&self, provider: &'t Item, report: &mut Report) {
        let plain = self.plain();
        ["host", "secret"]
            .iter()
            .for_each(|name| self.look(provider.field(name), Reads::Plain, &plain, report));
        let mut before = plain.clone();
        for part in provider.all("output") {
            before.extend(self.output(part, &before, report));
        }
        let labels = provider.part("pods").into_iter().flat_map(|pods| &pods.parts);
        labels.for_each(|label| self.look(label.value(), Reads::Plain, &plain, report));
        let mut client = plain;
        client.insert("workload");
        provider
            .all("credential")
            .for_each(|part| self.look(part.field("in"), Reads::Plain, &client, report));
    }

    fn runs(&self, runs: &'t Item, names: &Names<'t>, report: &mut Report) {
        let mut look = |at: Option<&At<Scalar>>, reads| self.look(at, reads, names, report);
        runs.all("image").for_each(|part| look(part.value(), Reads::Plain));
        let entries = runs.part("env").into_iter().flat_map(|env| &env.parts);
        entries.for_each(|entry| look(entry.value(), Reads::Plain));
        let words = ["entrypoint", "command", "arguments"].into_iter().flat_map(|node| runs.all(node));
        words.flat_map(|part| &part.values).for_each(|word| look(Some(&word.at), Reads::Program));
        runs.all("file").for_each(|file| look(file.field("text"), Reads::Program));
        runs.all("health").for_each(|health| look(health.field("command"), Reads::Program));
    }

    fn look(&self, at: Option<&At<Scalar>>, reads: Reads, names: &Names<'_>, report: &mut Report) {
        let Some(At { value: Scalar::Text(text), origin }) = at else { return };
        for name in named(text) {
            let hashed = name.strip_suffix(HASH).is_some_and(|of| self.generated.contains(of));
            let program = reads == Reads::Program && !is_ours(name);
            if names.contains(name) || program || (reads == Reads::Secret && hashed) {
                continue;
            }
            report.push(match self.secrets.contains(name) || hashed {
                true if reads != Reads::Secret => in_the_open(name, origin.span),
                _ => unknown(name, names, origin.span),
            });
        }
    }
}

/// Whether a name is written as ours are; others are left to whoever reads the text.
fn is_ours(name: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(good)
}

/// The names in `${…}`; `$${` writes `${`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find("${")?;
            let doubled = rest[..at].ends_with('$');
            let end = rest[at..].find('}').map(|end| at + end)?;
            let name = &rest[at + 2..end];
            rest = if doubled { &rest[at + 2..] } else { &rest[end + 1..] };
            if !doubled {
                return Some(name);
            }
        }
    })
}

fn unknown(name: &str, names: &Names<'_>, span: Span) -> Finding {
    let mut finding =
        Finding::new("unknown-reference", format!("`${{{name}}}` is nothing the type knows here"))
            .label(span, "leads nowhere");
    let near = did_you_mean(name, names.iter().copied());
    finding.help = near.or_else(|| Some(format!("write `$${{{name}}}` if the text itself is meant")));
    finding
}

fn in_the_open(name: &str, span: Span) -> Finding {
    Finding::new("secret-as-text", format!("`{name}` is a secret, and nobody can hide it here"))
        .label(span, "it would stand in the open")
        .help("say `secret=#true` of an output, or take it into a text that `derives` makes")
}

/// Reports a secret that is made of itself.
fn circle(ty: &Item, report: &mut Report) {
    let made = ty.all("derives").chain(ty.all("output").filter(|part| part.is("secret")));
    let made: BTreeMap<&str, (&Item, String)> =
        made.map(|part| (&*part.key, (part, part.text("value").unwrap_or_default()))).collect();
    for (key, (part, _)) in &made {
        let (mut waiting, mut seen) = (vec![*key], BTreeSet::new());
        while let Some((_, text)) = waiting.pop().and_then(|next| made.get(next)) {
            let inner = named(text).filter(|name| seen.insert(*name)).collect::<Vec<_>>();
            waiting.extend(inner);
        }
        if seen.contains(key) {
            report.push(
                Finding::new("unknown-reference", format!("`{key}` is made of itself"))
                    .label(part.origin.span, "leads back here")
                    .help("take it out of one of the texts it is made of"),
            );
            return;
        }
    }
}
