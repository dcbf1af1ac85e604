//! What every container of an environment says of its size, and what the namespace gives where it says nothing.

use crate::model::Model;
use crate::model::app::Environment;
use crate::model::service::Resources;
use bastide_report::source::Span;

/// A container: of a service, a sidecar, or a resource that runs here.
pub struct Container<'m> {
    /// Path of the node it is of.
    pub at: &'m str,
    /// What runs in it, in words.
    pub name: String,
    /// Name of the service; none for what stands beside one, and for resources.
    pub service: Option<&'m str>,
    /// What it says.
    pub size: &'m Resources,
    span: Span,
}

impl Container<'_> {
    /// Properties of `resources` that nothing says and nothing follows to: Kubernetes reserves a limit that stands alone.
    pub fn missing(&self) -> Vec<&'static str> {
        let size = self.size;
        let all = [
            ("cpu", size.cpu.is_none() && size.cpu_limit.is_none()),
            ("memory", size.memory.is_none() && size.memory_limit.is_none()),
            ("memory-limit", size.memory_limit.is_none()),
        ];
        all.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect()
    }

    /// Where the properties were taken away, each place once; the container's own if nobody ever said them.
    pub fn taken(&self, names: &[&str]) -> Vec<Span> {
        // The limit is as the memory, so it goes with that.
        let limit = names.contains(&"memory-limit");
        let counts = |name: &str| names.contains(&name) || limit && name == "memory";
        let taken = self.size.taken.iter().filter(|(name, _)| counts(name));
        let mut places: Vec<Span> = taken.map(|(_, origin)| origin.span).collect();
        places.dedup();
        if places.is_empty() { vec![self.span] } else { places }
    }
}

/// All containers that the spec describes.
pub fn containers(model: &Model) -> Vec<Container<'_>> {
    let mut all = vec![];
    for service in &model.services {
        let (at, name, size) = (service.at.as_str(), &service.name, &service.run.resources);
        let own = Some(name.value.as_str());
        all.push(Container { at, name: format!("`{}`", name.value), service: own, size, span: name.span() });
        all.extend(service.run.sidecars.iter().map(|it| {
            let name = format!("`{}` beside `{}`", it.name, name.value);
            Container { at, name, service: None, size: &it.resources, span: it.origin.span }
        }));
    }
    all.extend(model.resources.iter().filter_map(|it| {
        let (size, span) = (it.resources.as_ref()?, it.name.span());
        Some(Container { at: &it.at, name: format!("`{}`", it.name.value), service: None, size, span })
    }));
    all
}

/// Whether an object is written that concerns all of the namespace: `quota`, `limit-range`.
pub fn written(environment: &Environment, option: &str) -> bool {
    let said = environment.platform_option(option).and_then(|(_, set)| set.as_bool());
    said.unwrap_or_else(|| environment.owns_namespace())
}
