//! The top of a file: dialect, package, imports, options, and what it declares.

use super::super::lexer::Kind;
use super::super::tree::{File, Import, Name, Syntax};
use super::Parser;
use bastide_report::finding::Finding;
use bastide_report::source::Span;
use std::borrow::Cow;

/// Reads all of it.
pub(super) fn file<'a>(parser: &mut Parser<'a, '_>, path: &str) -> File<'a> {
    let start = Span::new(parser.tokens.file, 0, 0);
    let package = Name { text: Cow::Borrowed(""), at: start };
    let mut file = File { path: path.into(), syntax_at: start, package, ..File::default() };
    if matches!(parser.word(), "syntax" | "edition") && dialect(parser, &mut file).is_none() {
        parser.skip(0);
    }
    while parser.token().kind != Kind::End {
        let _read = parser.statements(|parser| statement(parser, &mut file));
        if parser.is(b'}') {
            let _fault: Option<()> = parser.fault("a declaration");
            parser.step();
        }
    }
    file
}

fn dialect(parser: &mut Parser<'_, '_>, file: &mut File<'_>) -> Option<()> {
    let edition = parser.word() == "edition";
    let start = parser.here();
    parser.step();
    parser.expect(b'=')?;
    let at = parser.here();
    let said = String::from_utf8_lossy(&parser.bytes()?).into_owned();
    file.syntax_at = parser.since(start);
    file.syntax = match (edition, said.as_str()) {
        (false, "proto2") => Syntax::Proto2,
        (false, "proto3") => Syntax::Proto3,
        (true, "2023") => Syntax::Edition(2023),
        (true, "2024") => Syntax::Edition(2024),
        _ => {
            let finding =
                Finding::new("contract-unsupported", format!("`{said}` is not a dialect known here"))
                    .label(at, "proto2, proto3, and the editions 2023 and 2024 are read")
                    .help("write one of these, or use a newer bastide");
            parser.complain(finding);
            Syntax::Edition(2024)
        }
    };
    parser.expect(b';')
}

fn statement<'a>(parser: &mut Parser<'a, '_>, file: &mut File<'a>) -> Option<()> {
    if parser.eat(b';') {
        return Some(());
    }
    if matches!(parser.word(), "export" | "local") && matches!(parser.word_ahead(1), "message" | "enum") {
        parser.step();
    }
    match parser.word() {
        "package" => {
            parser.step();
            file.package = parser.path()?;
            parser.expect(b';')
        }
        "import" => import(parser, file),
        "option" => parser.option(&mut file.options),
        "message" => parser.message(file, None),
        "enum" => parser.enumeration(file, None),
        "extend" => parser.extend(file, None),
        "service" => parser.service(file),
        _ => parser.fault("a declaration"),
    }
}

fn import<'a>(parser: &mut Parser<'a, '_>, file: &mut File<'a>) -> Option<()> {
    parser.step();
    let public = parser.eat_word("public");
    // `option` (only options come from it) and `weak` change nothing here.
    let _how = !public && (parser.eat_word("option") || parser.eat_word("weak"));
    let at = parser.here();
    let path = String::from_utf8_lossy(&parser.bytes()?).into_owned();
    let path = Name { text: Cow::Owned(path), at: parser.since(at) };
    file.imports.push(Import { path, public });
    parser.expect(b';')
}
