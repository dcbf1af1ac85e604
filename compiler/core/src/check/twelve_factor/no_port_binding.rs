//! `no-port-binding`: nobody listens.

use crate::check::support::asked;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-port-binding",
    group: "twelve-factor",
    level: Level::Deny,
    docs: r#"
## What it finds

A service that is called or routed to and offers nothing: no `api` and no `port`, though it only reads messages.
A service without an `api` listens on the usual port unless it subscribes to something.

## Why it matters

Services export themselves by binding a port (factor VII); here every request is refused.

## Example

```kdl bad
resource "jobs" type="rabbitmq"
queue "emails" on="jobs" { dead-letter after=5; max-length 10000 }
service "web" {
    build "services/web"
    sends "emails"
    calls "mailer" timeout="300ms"
}
service "mailer" { build "services/mailer"; receives "emails" idempotent-by="id" }
```

## Instead

```kdl good
resource "jobs" type="rabbitmq"
queue "emails" on="jobs" { dead-letter after=5; max-length 10000 }
service "web" {
    build "services/web"
    sends "emails"
    calls "mailer" timeout="300ms"
}
service "mailer" {
    build "services/mailer"
    api "mailer"
    receives "emails" idempotent-by="id"
}
```

## When to allow it

Never.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let asked = asked(plan);
    for service in &plan.model.services {
        let silent =
            service.apis.is_empty() && service.run.ports.is_empty() && !service.subscribes.is_empty();
        let Some((span, caller)) = asked.get(service.name.value.as_str()).filter(|_| silent) else {
            continue;
        };
        let who =
            caller.map_or("clients come here".into(), |caller| format!("`{}` calls it", caller.name.value));
        let name = &service.name.value;
        found.push(
            RULE.found(&service.at, format!("`{name}` is asked, and listens nowhere"))
                .label(*span, who)
                .label(service.name.span(), "only reads messages")
                .help(format!("write `api \"{name}\"` in `{name}`, or remove the call")),
        );
    }
}
