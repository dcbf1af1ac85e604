//! Jobs as a text and as a picture.

use super::jobs::{Job, When};
use std::fmt::Write;

/// A line a job: what it runs, for which images, behind what.
pub fn text(jobs: &[Job], images: &[String]) -> String {
    let width = jobs.iter().map(|job| job.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for job in jobs {
        let steps: Vec<&str> = job.steps.iter().map(|step| step.name).collect();
        let _ = write!(
            out,
            "  {:width$}  {}",
            job.id,
            if steps.is_empty() { job.about.into() } else { steps.join(", ") }
        );
        if job.each {
            let _ =
                write!(out, " of {}", if images.is_empty() { "nothing".into() } else { images.join(" ") });
        }
        if let Some(when) = only(job.when) {
            let _ = write!(out, "; {when}");
        }
        if !job.needs.is_empty() {
            let _ = write!(out, "; after {}", job.needs.join(" "));
        }
        out.push('\n');
    }
    out
}

fn only(when: When) -> Option<&'static str> {
    match when {
        When::Always => None,
        When::Change => Some("on a proposed change"),
        When::Release => Some("on a release"),
        When::Failure => Some("on failure or by hand"),
        When::Clock => Some("by the clock"),
    }
}

/// A Mermaid flowchart; what can be seen over others is left out, and so is what is not run.
pub fn mermaid(jobs: &[Job], images: &[String]) -> String {
    let mut out = String::from("flowchart LR\n");
    let number = |id: &str| jobs.iter().position(|job| job.id == *id);
    for (at, job) in jobs.iter().enumerate() {
        let of = if job.each {
            format!("<br/>{}", if images.is_empty() { "nothing".into() } else { images.join("<br/>") })
        } else {
            String::new()
        };
        let _ = writeln!(out, "    j{at}[\"{}{of}\"]", job.id);
    }
    for (at, job) in jobs.iter().enumerate() {
        for need in job.needs.iter().filter(|need| !over(jobs, job, need)) {
            let line = if job.when == When::Failure { "-.->" } else { "-->" };
            if let Some(from) = number(need) {
                let _ = writeln!(out, "    j{from} {line} j{at}");
            }
        }
    }
    out
}

/// Whether a need of a job is a need of another of its needs.
fn over(jobs: &[Job], job: &Job, need: &str) -> bool {
    let of = |id: &String| jobs.iter().find(|job| job.id == *id);
    job.needs.iter().filter_map(of).any(|other| other.needs.iter().any(|it| it == need))
}
