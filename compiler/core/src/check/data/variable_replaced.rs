//! `variable-replaced`: a variable of one's own in place of one that the type sets.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("variable-replaced", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in ctx.model.resources.iter().filter(|it| it.external.is_none()) {
        for (name, value, own) in &resource.replaced {
            let (who, ty) = (&resource.name.value, &resource.ty.value);
            RULE.found(&resource.at, format!("`{who}` has its own `{name}`, and not that of its type"))
                .label(value.span(), format!("`{ty}` says `{own}`"))
                .help("write what the type says into it, too, where it is still meant")
                .add_to(found);
        }
    }
}
