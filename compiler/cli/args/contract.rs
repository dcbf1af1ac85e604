//! `contract` on the command line.

use crate::show::OutputFormat;
use crate::terminal::Form;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What to do with contracts.
#[derive(Debug, Subcommand)]
pub enum ContractAction {
    /// Say what changed, what breaks and which number that takes; exit 0 nothing breaks, 1 it breaks, 2 not readable.
    Diff(ContractDiff),
}

#[derive(Args, Debug)]
pub struct ContractDiff {
    /// The old file or folder; for schemas also a folder of versions `v1.*`, `v2.*`.
    pub old: PathBuf,
    /// The new file or folder.
    pub new: PathBuf,
    /// The format; by default told by name and text.
    #[arg(long, value_enum)]
    pub kind: Option<ContractFormat>,
    /// The day it is, for what may go after its sunset; without it no date has come.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// Generated code counts too: renamed operations, messages, JSON names.
    #[arg(long)]
    pub source: bool,
    /// Clients are closed: a new value of an enum in an answer breaks them.
    #[arg(long)]
    pub strict: bool,
    /// Fields of answers stay: an optional one that goes, or gets another name, breaks whoever reads it.
    #[arg(long)]
    pub keep_fields: bool,
}

/// The formats of contracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ContractFormat {
    /// OpenAPI 3.0 and 3.1.
    Openapi,
    /// Protocol buffers.
    Protobuf,
    /// GraphQL schemas.
    Graphql,
    /// Avro schemas.
    Avro,
    /// JSON Schema.
    JsonSchema,
    /// AsyncAPI 2 and 3.
    Asyncapi,
}

impl ContractFormat {
    /// What the core knows of it.
    pub fn format(self) -> &'static bastide_contract::ContractFormat {
        match self {
            ContractFormat::Openapi => &bastide_contract::openapi::FORMAT,
            ContractFormat::Protobuf => &bastide_contract::protobuf::FORMAT,
            ContractFormat::Graphql => &bastide_contract::graphql::FORMAT,
            ContractFormat::Avro => &bastide_contract::avro::FORMAT,
            ContractFormat::JsonSchema => &bastide_contract::json_schema::FORMAT,
            ContractFormat::Asyncapi => &bastide_contract::asyncapi::FORMAT,
        }
    }
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// For pull requests.
    Markdown,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub annotations.
    Github,
    /// GitLab code quality.
    Gitlab,
    /// JUnit XML: a test case for each change; what breaks fails.
    Junit,
}

impl DiffFormat {
    /// What is printed.
    pub fn form(self) -> Form {
        match self {
            DiffFormat::Text | DiffFormat::Markdown => Form::Text,
            format => format.of_findings().form(),
        }
    }

    /// How findings about a side are printed: Markdown has no form for them.
    pub fn of_findings(self) -> OutputFormat {
        match self {
            DiffFormat::Text | DiffFormat::Markdown => OutputFormat::Text,
            DiffFormat::Json => OutputFormat::Json,
            DiffFormat::Sarif => OutputFormat::Sarif,
            DiffFormat::Github => OutputFormat::Github,
            DiffFormat::Gitlab => OutputFormat::Gitlab,
            DiffFormat::Junit => OutputFormat::Junit,
        }
    }
}
