//! `resource-of-nobody`: a resource that nothing runs.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::deny("resource-of-nobody", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let nobody = |it: &&crate::model::resource::Resource| {
        it.run.is_none() && it.provider.is_none() && it.external.is_none()
    };
    for resource in ctx.model.resources.iter().filter(nobody) {
        let (name, ty) = (&resource.name.value, &resource.ty.value);
        RULE.found(&resource.at, format!("nobody runs `{name}`: its type `{ty}` says no way to"))
            .label(resource.name.span(), "clients would find nothing")
            .edit_at(
                resource.name.span(),
                Spot::Child("external", "secret"),
                format!("{:?}", format!("{}/{name}", ctx.model.app.name.value)),
            )
            .help("write `external secret=\"…\"`: somebody else runs it, and its secrets lie there")
            .add_to(found);
    }
}
