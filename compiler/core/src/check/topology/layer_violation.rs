//! `layer-violation`: a call from the inside out.

use crate::check::{Found, Plan, Rule};
use crate::model::service::Service;
use bastide_report::finding::Level;
use bastide_report::suggest::did_you_mean;

/// The rule.
pub const RULE: Rule = Rule {
    name: "layer-violation",
    group: "topology",
    level: Level::Warn,
    docs: r#"
## What it finds

A call from a service to one in a layer further out, by the `layers` of the app and the `layer` of both.
A `layer` the app does not list is found too.

## Why it matters

The architecture everybody agreed on holds only as long as nobody calls against it.

## Example

```kdl bad
app "shop" version="1.0.0" { layers "edge" "domain" "data" }
service "web" { build "services/web"; layer "edge" }
service "stock" {
    build "services/stock"
    layer "data"
    calls "web" timeout="300ms"
}
```

## Instead

```kdl good
app "shop" version="1.0.0" { layers "edge" "domain" "data" }
service "web" {
    build "services/web"
    layer "edge"
    calls "stock" timeout="300ms"
}
service "stock" { build "services/stock"; layer "data" }
```

## When to allow it

For a callback that was agreed upon.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let layers = &plan.model.app.layers;
    let depth = |service: &Service| {
        layers.iter().position(|it| Some(it) == service.layer.as_ref().map(|at| &at.value))
    };
    for service in &plan.model.services {
        let Some(layer) = &service.layer else { continue };
        let Some(own) = depth(service) else {
            found.push(unknown(plan, service));
            continue;
        };
        for call in &service.calls {
            let Some(callee) = plan.model.service(&call.to.value) else { continue };
            let Some(outer) = depth(callee).filter(|outer| *outer < own) else { continue };
            let (name, to) = (&service.name.value, &callee.name.value);
            let message =
                format!("`{name}` in `{}` calls `{to}` in `{}`, further out", layer.value, layers[outer]);
            let mut finding = RULE.found(&call.at, message).label(call.to.span(), "against the layers");
            if let Some(at) = &callee.layer {
                finding = finding.label(at.span(), format!("`{to}` stands here"));
            }
            found.push(finding.help(format!(
                "let `{to}` subscribe to a topic of `{name}`, or move what is asked for inwards"
            )));
        }
    }
}

fn unknown(plan: &Plan<'_>, service: &Service) -> Found {
    let written = service.layer.as_ref().map(|at| at.value.as_str()).unwrap_or_default();
    let span = service.layer.as_ref().map_or(service.name.span(), |at| at.span());
    let help = did_you_mean(written, plan.model.app.layers.iter().map(String::as_str));
    RULE.found(&service.at, format!("`{written}` is no layer of the app"))
        .label(span, "not in `layers`")
        .help(help.unwrap_or_else(|| format!("add it to the app: `layers \"{written}\" …`")))
}
