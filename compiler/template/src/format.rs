//! The format of a template: what its text is, so how a value is written into it.

use std::borrow::Cow;

/// A language that artifacts are written in. It decides how an interpolated value becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML that readers of 1.1 and 1.2 understand alike.
    Yaml,
    /// YAML whose reader fills in what begins with a sign.
    Filling(Sign),
    /// JSON (RFC 8259).
    Json,
    /// TOML 1.0.
    Toml,
    /// KDL 2.0.
    Kdl,
    /// nginx configuration.
    Nginx,
    /// Groovy: `Jenkinsfile`.
    Groovy,
    /// HCL 2: Terraform.
    Hcl,
    /// POSIX shell.
    Shell,
    /// PromQL.
    Promql,
    /// CommonMark with GFM tables.
    Markdown,
    /// HTML 5.
    Html,
    /// Plain text: words are written as they are, line breaks refused.
    Text,
    /// `.env` as compose and dotenv libraries read it.
    Dotenv,
}

/// A sign that readers of YAML take for their own: what begins with it is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `$NAME`, as compose and the kubelet take it; a dollar is written twice.
    Dollar,
    /// `${{ a }}`, as GitHub takes it.
    Expression,
    /// `{{ .a }}`, as programs in Go take it: Prometheus, Alertmanager.
    Template,
}

impl Sign {
    /// The one that is written so.
    pub fn of(text: &str) -> Option<Sign> {
        [("$", Sign::Dollar), ("${{", Sign::Expression), ("{{", Sign::Template)]
            .into_iter()
            .find_map(|(own, sign)| (own == text).then_some(sign))
    }

    /// A text as it must stand in a value so that the reader takes it for what it is.
    pub(crate) fn meant(self, text: &str) -> Cow<'_, str> {
        // An expression that is a text is the only way to say it: docs.github.com, "Evaluate expressions", literals.
        let (sign, by) = match self {
            Sign::Dollar => ("$", "$$"),
            Sign::Expression => ("${{", "${{ '${{' }}"),
            Sign::Template => ("{{", "{{ \"{{\" }}"),
        };
        if text.contains(sign) { Cow::Owned(text.replace(sign, by)) } else { Cow::Borrowed(text) }
    }
}

/// Endings of template names (without `.j2`) and the format each stands for.
const ENDINGS: &[(&str, Format)] = &[
    ("yaml", Format::Yaml),
    ("yml", Format::Yaml),
    ("json", Format::Json),
    ("avsc", Format::Json),
    ("toml", Format::Toml),
    ("kdl", Format::Kdl),
    ("conf", Format::Nginx),
    ("groovy", Format::Groovy),
    ("jenkinsfile", Format::Groovy),
    ("tf", Format::Hcl),
    ("hcl", Format::Hcl),
    ("tfvars", Format::Hcl),
    ("sh", Format::Shell),
    ("promql", Format::Promql),
    ("md", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("env", Format::Dotenv),
];

impl Format {
    /// Whether its syntax is YAML's.
    pub fn is_yaml(self) -> bool {
        matches!(self, Format::Yaml | Format::Filling(_))
    }

    /// The same format, where the reader takes a sign for its own.
    pub(crate) fn filling(self, sign: Sign) -> Format {
        if self == Format::Yaml { Format::Filling(sign) } else { self }
    }

    /// The same format, where it is a letter like any other.
    pub(crate) fn filled(self) -> Format {
        if self.is_yaml() { Format::Yaml } else { self }
    }

    /// The format of a template by its name: `deployment.yaml.j2` is YAML, `Jenkinsfile.j2` Groovy; else text.
    pub fn of(name: &str) -> Format {
        let file = name.rsplit('/').next().unwrap_or(name);
        let file = file.strip_suffix(".j2").unwrap_or(file);
        let ending = file.rsplit('.').next().unwrap_or(file).to_ascii_lowercase();
        ENDINGS.iter().find(|(word, _)| *word == ending).map_or(Format::Text, |(_, format)| *format)
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn the_name_tells_the_format() {
        let cases = [
            ("deployment.yaml.j2", Format::Yaml),
            ("parts/_expr.promql.j2", Format::Promql),
            ("Jenkinsfile.j2", Format::Groovy),
            ("Dockerfile.j2", Format::Text),
            ("run.sh.j2", Format::Shell),
            ("_valkey.conf.j2", Format::Nginx),
            (".env.j2", Format::Dotenv),
            ("main.tf", Format::Hcl),
            ("", Format::Text),
        ];
        for (name, format) in cases {
            assert_eq!(Format::of(name), format, "{name}");
        }
    }
}
