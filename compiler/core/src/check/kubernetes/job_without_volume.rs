//! `job-without-volume`: a job that does not see the data of its service.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("job-without-volume", check).on_kubernetes().believes(&[Belief::TEMPORARY]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for job in &ctx.views.jobs {
        let Some(service) = ctx.model.service(&job.service) else { continue };
        let kept = service.run.volumes.iter().find(|it| it.keeps());
        let many = ctx.views.workload(&job.service).filter(|it| it.scale.max > 1);
        let (Some(volume), Some(many)) = (kept, many) else { continue };
        let (job, service) = (&job.job, &service.name.value);
        let message = format!(
            "job `{job}` sees no volume of `{service}`: each of {} instances has its own",
            many.scale.max
        );
        RULE.found(&many.at, message)
            .label(volume.path.span(), "one for each instance")
            .help("write `scale min=1 max=1`, or keep what they share in a resource")
            .add_to(found);
    }
}
