//! Schemas that texts call by a name: `$id` and `$anchor`.

use super::{Value, pointer};
use bastide_report::source::FileId;
use std::collections::BTreeMap;

/// All schemas of a side that have a name.
#[derive(Debug, Default)]
pub struct Ids<'s, 'a> {
    /// By file and name.
    anchors: BTreeMap<(FileId, &'s str), Vec<&'s Value<'a>>>,
    /// By what stands behind the last `/` of their `$id`, with all of it.
    ids: BTreeMap<&'s str, Vec<(&'s str, &'s Value<'a>)>>,
    /// Those with an `$id` by file.
    bases: BTreeMap<FileId, Vec<&'s Value<'a>>>,
}

impl<'s, 'a> Ids<'s, 'a> {
    /// The schemas in these texts.
    pub(super) fn of(roots: impl Iterator<Item = &'s Value<'a>>) -> Ids<'s, 'a> {
        let mut all = Ids::default();
        let mut waiting: Vec<&'s Value<'a>> = roots.collect();
        while let Some(value) = waiting.pop() {
            waiting.extend(value.items());
            waiting.extend(value.entries().iter().map(|entry| &entry.value));
            let file = value.span.file;
            let id = value.text_at("$id").or_else(|| value.text_at("id"));
            for name in ["$anchor", "$dynamicAnchor"].iter().filter_map(|key| value.text_at(key)).chain(id) {
                all.anchors.entry((file, name.strip_prefix('#').unwrap_or(name))).or_default().push(value);
            }
            if let Some(id) = id.filter(|id| !id.starts_with('#')).map(|id| id.trim_end_matches('#')) {
                all.ids.entry(last(id)).or_default().push((id, value));
                all.bases.entry(file).or_default().push(value);
            }
        }
        all
    }

    /// The schema a reference means by `$id` or `$anchor`, or by a pointer from the nearest `$id` around it: of several the
    /// one that begins last. Looked for only where [`super::Library::follow`] finds nothing.
    pub fn find(&self, at: &Value<'a>, reference: &str) -> Option<&'s Value<'a>> {
        let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = at.span.file;
        if !base.is_empty() {
            let meant = self.ids.get(last(base))?.iter().filter(|(id, _)| ends_alike(id, base));
            return inmost(meant.filter_map(|(_, value)| pointer(value, fragment)));
        }
        if fragment.starts_with('/') {
            let around = |it: &&&'s Value<'a>| it.span.start <= at.span.start && at.span.end <= it.span.end;
            return inmost(
                self.bases.get(&file)?.iter().filter(around).filter_map(|it| pointer(it, fragment)),
            );
        }
        let named = self.anchors.get(&(file, fragment)).filter(|_| !fragment.is_empty());
        inmost(named?.iter().copied())
    }
}

fn inmost<'s, 'a: 's>(all: impl Iterator<Item = &'s Value<'a>>) -> Option<&'s Value<'a>> {
    all.max_by_key(|it| it.span.start)
}

fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// Whether an identifier is the one a reference writes, in full or from its last `/`.
fn ends_alike(id: &str, base: &str) -> bool {
    id == base || id.strip_suffix(base).is_some_and(|rest| rest.ends_with('/') || base.starts_with('/'))
}
