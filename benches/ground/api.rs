//! OpenAPI descriptions of any size for the benches: five operations and 8 KB a resource, the same text for the same
//! numbers. Schemas refer to one another eight deep and in circles; every fiftieth resource uses one that changes.

use std::fmt::Write;

/// Operations of a resource.
pub const OPERATIONS: usize = 5;

/// The description of a service with so many resources; the new one has some changes of all kinds.
pub fn text(resources: usize, new: bool) -> String {
    let mut out = String::from(
        "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"large\",\"version\":\"1.0.0\"},\"paths\":{",
    );
    for at in 0..resources {
        paths(&mut out, at, new).expect("writing to a string succeeds");
    }
    out.truncate(out.trim_end_matches(",\n").len());
    out.push_str("},\"components\":{\"schemas\":{\n");
    for at in 0..resources {
        schemas(&mut out, at, new).expect("writing to a string succeeds");
    }
    out.push_str(&shared(new));
    out.push_str("}}}\n");
    out
}

fn paths(out: &mut String, at: usize, new: bool) -> std::fmt::Result {
    let item = format!("{{\"$ref\":\"#/components/schemas/Resource{at}\"}}");
    let json = |schema: &str| format!("{{\"application/json\":{{\"schema\":{schema}}}}}");
    let list = json(&format!("{{\"type\":\"array\",\"items\":{item}}}"));
    let problem = json("{\"$ref\":\"#/components/schemas/Problem\"}");
    let one = json(&item);
    let answers = |good: &str, content: &str| {
        format!(
            "{{\"{good}\":{{\"description\":\"as asked\",\"content\":{content}}},\"4XX\":{{\"description\":\"refused\",\"content\":{problem}}}}}"
        )
    };
    let words = "\"description\":\"One of the many operations of this service. It does what its name says, and nothing else.\"";
    let page = if new && at % 40 == 7 { ",\"required\":true" } else { "" };
    let id = "\"parameters\":[{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}]";
    writeln!(
        out,
        "\"/group{}/resource{at}\":{{\"get\":{{\"operationId\":\"list{at}\",{words},\"parameters\":[\
         {{\"name\":\"page\",\"in\":\"query\"{page},\"schema\":{{\"type\":\"integer\",\"minimum\":0}}}},\
         {{\"name\":\"order\",\"in\":\"query\",\"schema\":{{\"type\":\"string\",\"enum\":[\"up\",\"down\"]}}}}],\
         \"responses\":{}}},\n\"post\":{{\"operationId\":\"add{at}\",{words},\"requestBody\":{{\"required\":true,\"content\":{one}}},\
         \"responses\":{}}}}},",
        at / 10,
        answers("200", &list),
        answers("201", &one),
    )?;
    writeln!(
        out,
        "\"/group{}/resource{at}/{{id}}\":{{{id},\"get\":{{\"operationId\":\"get{at}\",{words},\"responses\":{}}},",
        at / 10,
        answers("200", &one),
    )?;
    let gone = new && at % 100 == 31;
    if !gone {
        writeln!(
            out,
            "\"delete\":{{\"operationId\":\"drop{at}\",{words},\"responses\":{}}},",
            answers("200", &one)
        )?;
    }
    writeln!(
        out,
        "\"put\":{{\"operationId\":\"put{at}\",{words},\"requestBody\":{{\"required\":true,\"content\":{one}}},\"responses\":{}}}}},",
        answers("200", &one),
    )
}

/// A resource of some thirty properties, and eight schemas below it, the last of which leads back to the first.
fn schemas(out: &mut String, at: usize, new: bool) -> std::fmt::Result {
    let lost = new && at % 20 == 3;
    write!(
        out,
        "\"Resource{at}\":{{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{{\"id\":{{\"type\":\"string\"}}"
    )?;
    for field in 0..30 {
        let limit = if new && at % 25 == 11 && field == 5 { 20 } else { 40 };
        if !(lost && field == 9) {
            write!(
                out,
                ",\n\"field{field}\":{{\"type\":\"string\",\"maxLength\":{limit},\"description\":\"What is to be said of field {field} of resource {at}, at some length.\"}}"
            )?;
        }
    }
    let common = if at.is_multiple_of(50) { "Address" } else { "Money" };
    writeln!(
        out,
        ",\"common\":{{\"$ref\":\"#/components/schemas/{common}\"}},\"part\":{{\"$ref\":\"#/components/schemas/Part{at}x0\"}}}}}},"
    )?;
    for depth in 0..8 {
        let next = if depth == 7 { format!("Resource{at}") } else { format!("Part{at}x{}", depth + 1) };
        writeln!(
            out,
            "\"Part{at}x{depth}\":{{\"type\":\"object\",\"properties\":{{\"next\":{{\"$ref\":\"#/components/schemas/{next}\"}},\
             \"count\":{{\"type\":\"integer\"}},\"kind\":{{\"oneOf\":[{{\"type\":\"string\"}},{{\"type\":\"integer\"}}]}}}}}},"
        )?;
    }
    Ok(())
}

fn shared(new: bool) -> String {
    let city = if new { "{\"type\":\"integer\"}" } else { "{\"type\":\"string\"}" };
    format!(
        "\"Address\":{{\"type\":\"object\",\"properties\":{{\"city\":{city},\"more\":{{\"$ref\":\"#/components/schemas/Address\"}}}}}},\n\
         \"Money\":{{\"type\":\"object\",\"properties\":{{\"amount\":{{\"type\":\"number\"}},\"unit\":{{\"type\":\"string\"}}}}}},\n\
         \"Problem\":{{\"type\":\"object\",\"properties\":{{\"title\":{{\"type\":\"string\"}},\"detail\":{{\"type\":\"string\"}}}}}}"
    )
}

/// A schema of so many levels, each of which chooses between two ways to the next: two to the power of it, written out.
pub fn doubling(levels: usize, new: bool) -> String {
    let kind = if new { "integer" } else { "string" };
    let mut out = String::from(
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"deep\",\"version\":\"1.0.0\"},\"paths\":{\"/deep\":{\"get\":{\"responses\":{\"200\":\
         {\"description\":\"all\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/L0\"}}}}}}}},\
         \"components\":{\"schemas\":{",
    );
    for level in 0..levels {
        let next = format!("{{\"$ref\":\"#/components/schemas/L{}\"}}", level + 1);
        let branch = |name: &str| {
            format!(
                "{{\"type\":\"object\",\"properties\":{{\"{name}\":{next},\"up\":{{\"$ref\":\"#/components/schemas/L0\"}}}},\"required\":[\"{name}\"]}}"
            )
        };
        out.push_str(&format!("\"L{level}\":{{\"oneOf\":[{},{}]}},\n", branch("left"), branch("right")));
    }
    out.push_str(&format!("\"L{levels}\":{{\"type\":\"{kind}\"}}}}}}}}\n"));
    out
}
