//! Beliefs of several rules.

use super::{Belief, Missing};
use crate::model::Model;

impl Belief {
    /// Whoever comes in has a token.
    pub const GATEWAY_AUTH: Belief = Belief {
        field: "gateway.auth",
        without: |model, lost| lost.gateways(model).for_each(|gateway| gateway.auth = None),
    };
    /// The same of one route.
    pub const ROUTE_AUTH: Belief = Belief {
        field: "route.auth",
        without: |model, lost| lost.routes(model).for_each(|route| route.auth = None),
    };
    /// So many instances run at least; one does without it.
    pub const SCALE_MIN: Belief = Belief {
        field: "service.scale.min",
        without: |model, lost| lost.services(model).for_each(|service| lost.put(&mut service.scale.min, 1)),
    };
    /// So many instances run at most; one does without it.
    pub const SCALE_MAX: Belief = Belief {
        field: "service.scale.max",
        without: |model, lost| lost.services(model).for_each(|service| lost.put(&mut service.scale.max, 1)),
    };
    /// So many copies of a resource run; one does without it.
    pub const REPLICAS: Belief = Belief {
        field: "resource.replicas",
        without: |model, lost| {
            model.resources.iter_mut().for_each(|resource| lost.put(&mut resource.replicas, 1))
        },
    };
    /// A volume goes with its instance; it stays without it.
    pub const TEMPORARY: Belief = Belief { field: "service.volume.temporary", without: kept };
}

fn kept(model: &mut Model, lost: &Missing<'_>) {
    let volumes = lost.services(model).flat_map(|it| &mut it.run.volumes);
    volumes.for_each(|volume| volume.temporary = false);
}
