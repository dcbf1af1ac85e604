//! `stage-missing`: a build of a stage that its Dockerfile does not have.

use crate::check::{Context, Found, Rule};
use bastide_report::suggest::nearest;

pub const RULE: Rule = Rule::deny("stage-missing", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some((build, stage)) = service.run.build.as_ref().and_then(|it| Some((it, it.target.as_ref()?)))
        else {
            continue;
        };
        let file = build.file();
        let Some(known) = ctx.model.dockerfiles.get(&file).filter(|known| !known.has(stage)) else {
            continue;
        };
        let stages = || known.stages.iter().map(String::as_str);
        let help = match nearest(stage, stages()) {
            Some(near) => format!("did you mean `target=\"{near}\"`?"),
            None if known.stages.is_empty() => "take `target` away: it has no stage with a name".into(),
            None => format!("name one it has: `{}`", stages().collect::<Vec<_>>().join("`, `")),
        };
        RULE.found(&service.at, format!("`{file}` has no stage `{stage}`"))
            .label(build.context.span(), format!("built from here, with `target=\"{stage}\"`"))
            .help(help)
            .add_to(found);
    }
}
