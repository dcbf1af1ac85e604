//! Routes that let clients in.

use crate::check::Context;
use crate::model::gateway::{Gateway, Route};
use std::collections::BTreeMap;

impl<'m> Context<'m> {
    /// Routes of all gateways that let clients in.
    pub fn routes(&self) -> impl Iterator<Item = (&'m Gateway, &'m Route)> + use<'m> {
        let inward = self.model.gateways.iter().filter(|gateway| !gateway.out);
        inward.flat_map(|gateway| gateway.routes.iter().map(move |route| (gateway, route)))
    }

    /// Services that a route leads to, each with the first that does.
    pub fn routed(&self) -> BTreeMap<&'m str, &'m Route> {
        let mut first = BTreeMap::new();
        for (_, route) in self.routes() {
            for name in route.services() {
                first.entry(name).or_insert(route);
            }
        }
        first
    }
}
