//! What stands where in the outputs: who fills in a text before it is read, and which language it is in.

use super::readers::Filler;
use serde_yaml::Value;

/// Whether one of some words of a command is a program of a shell: behind `-c`, or one of several lines.
pub fn is_script(keys: &str, words: &[Value], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words[at].as_str()).unwrap_or_default();
    let runs = before == "CMD-SHELL" || ["-c", "-ec", "-euc"].contains(&before);
    words[at].as_str().is_some_and(|text| runs || keys.ends_with(".command") && text.contains('\n'))
}

/// What Prometheus and Alertmanager fill in, beside the labels of alerts.
const ALERTS: &[&str] = &[".dashboard_path", ".runbook", ".runbook_url", ".channel", ".to"];

/// Who fills in the text at this place of a file, and its language.
pub fn of(file: &str, keys: &str) -> (Option<Filler>, &'static str) {
    let ends = |end: &str| keys.ends_with(end);
    let within = |part: &str| keys.contains(part);
    let kubelet = within("ontainers.")
        && (within(".command.") || within(".args.") || within(".env.") && ends(".value"))
        && !within("exec.")
        && !within("Probe.");
    let filler = match file {
        _ if file.ends_with("compose.yaml") || file.ends_with("gitlab-ci.yml") => Some(Filler::Compose),
        _ if file.contains(".github/") => Some(Filler::Github),
        _ if file.contains("/prometheus")
            && (ALERTS.iter().any(|key| ends(key)) || within("alert.labels.")) =>
        {
            Some(Filler::Go)
        }
        _ if file.contains("externalsecret") && within(".template.data.") => Some(Filler::Go),
        _ if file.contains("/gateway")
            && (within("headers_to_add") || within("eaderModifier"))
            && ends(".value") =>
        {
            Some(Filler::Envoy)
        }
        _ if file.contains("/kubernetes/") && kubelet => Some(Filler::Kubelet),
        _ => None,
    };
    let language = match keys {
        _ if ends(".script") || ends(".run") && filler == Some(Filler::Github) => "shell",
        _ if within("matchers.") && file.ends_with("alertmanager.yml")
            || ends(".series")
            || within("exp_samples.") && ends(".labels") =>
        {
            "promql"
        }
        _ if ends(".cel") || ends(".expr") || ends(".query") => "promql",
        _ if ends(".regex") => "pattern",
        _ if ends(".inline_string") && within("lua") || ends(".inline") => "lua",
        _ if within("headers.") && ends(".name") => "header",
        // Paths of routes in the spec, with the headers they ask for.
        _ if ends(".down.0") || ends(".partly.0") => "header",
        _ if ends(".subnet") => "subnet",
        _ if ends(".sh") => "shell",
        _ if ends(".json") || ends(".DEFINITIONS") => "json",
        _ => "",
    };
    (filler, language)
}
