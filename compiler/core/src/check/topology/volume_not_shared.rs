//! `volume-not-shared`: one program twice, each with a folder of its own.

use crate::check::{Context, Found, Rule};
use crate::model::service::{Service, Volume};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::info("volume-not-shared", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut first: BTreeMap<(&str, &str), (&Service, &Volume)> = BTreeMap::new();
    for service in &ctx.model.services {
        let Some(image) = &service.run.image else { continue };
        let own = |it: &&Volume| it.keeps() && it.from.is_none() && it.host.is_none();
        for volume in service.run.volumes.iter().filter(own) {
            let path = volume.path.value.trim_end_matches('/');
            let Some((other, its)) = first.insert((&image.value, path), (service, volume)) else { continue };
            let (name, other) = (&service.name.value, &other.name.value);
            RULE.found(&service.at, format!("`{name}` and `{other}` run one image, and each has a `{path}` of its own"))
                .label(volume.path.span(), "sees nothing of the other's")
                .label(its.path.span(), "the other")
                .help(format!("if they share it: `volume \"media\"` at the top, and `volume \"{path}\" from=\"media\"` in both"))
                .add_to(found);
        }
    }
}
