//! What objects need of others: an object that a patch takes away may be missed.

use crate::target::rules::yaml::{self, Place, Scalar, Step, Visit};

/// Where an object of a cluster names another, and of which kind that is.
const NAMES: [(&str, &str, &str); 12] = [
    ("configMap", "name", "ConfigMap"),
    ("configMapRef", "name", "ConfigMap"),
    ("configMapKeyRef", "name", "ConfigMap"),
    ("secretRef", "name", "Secret"),
    ("secretKeyRef", "name", "Secret"),
    ("secret", "name", "Secret"),
    ("secret", "secretName", "Secret"),
    ("persistentVolumeClaim", "claimName", "PersistentVolumeClaim"),
    ("spec", "serviceAccountName", "ServiceAccount"),
    ("spec", "serviceName", "Service"),
    ("backendRefs", "name", "Service"),
    ("parentRefs", "name", "Gateway"),
];
/// Where a service of a compose file names something, and of which group that is.
const GROUPS: [(&str, &str); 5] = [
    ("depends_on", "services"),
    ("networks", "networks"),
    ("volumes", "volumes"),
    ("secrets", "secrets"),
    ("configs", "configs"),
];

/// What the objects of a text name: what is needed, and by which.
pub(super) fn of(text: &str) -> Vec<(String, String)> {
    let mut finder = Finder { kind: String::new(), name: String::new(), own: vec![], found: vec![] };
    yaml::read(text, &mut finder);
    finder.found
}

struct Finder {
    kind: String,
    name: String,
    /// What the document needs that is read.
    own: Vec<String>,
    found: Vec<(String, String)>,
}

impl<'t> Visit<'t> for Finder {
    fn node(&mut self, path: &[Place<'t>], value: Option<Scalar<'t>>) {
        let text = value.and_then(Scalar::text);
        let steps: Vec<Option<&str>> = path.iter().map(|place| key(place.step)).collect();
        match (steps.as_slice(), text.as_deref()) {
            ([Some("kind")], Some(kind)) => self.kind = kind.into(),
            ([Some("metadata"), Some("name")], Some(name)) => self.name = name.into(),
            ([Some("services"), Some(service), Some(part), rest @ ..], text) if self.kind.is_empty() => {
                let Some((_, group)) = GROUPS.iter().find(|(own, _)| own == part) else { return };
                let name = match rest {
                    [Some(key)] => Some(*key),
                    [None] | [None, Some("source")] => text.and_then(|text| text.split(':').next()),
                    _ => None,
                };
                let by = format!("services/{service}");
                self.found.extend(name.map(|name| (format!("{group}/{name}"), by)));
            }
            (steps, Some(name)) => {
                let keys: Vec<&str> = steps.iter().rev().flatten().take(2).copied().collect();
                let is = |(around, key, _): &&(&str, &str, &str)| keys == [*key, *around];
                self.own.extend(NAMES.iter().find(is).map(|(_, _, kind)| format!("{kind}/{name}")));
            }
            _ => {}
        }
    }

    fn twice(&mut self, _: &[Place<'t>]) {}

    fn end(&mut self) {
        let by = format!("{}/{}", std::mem::take(&mut self.kind), std::mem::take(&mut self.name));
        self.found.extend(self.own.drain(..).map(|need| (need, by.clone())));
    }
}

fn key(step: Step<'_>) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Item => None,
    }
}
