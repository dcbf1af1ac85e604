//! Where operations are served.

use super::Reader;
use crate::openapi::model::Server;
use crate::value::Value;

/// Addresses one server with variables may stand for before the rest is left out.
const MOST: usize = 64;

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// The servers of an operation: its own, else those of its path, else those of all. None are `/`.
    pub(super) fn servers(&mut self, item: &'s Value<'a>, operation: &'s Value<'a>) -> Vec<Server<'s>> {
        let lists = [operation, item, self.root].into_iter().filter_map(|value| value.get("servers"));
        let list = lists.map(Value::items).find(|items| !items.is_empty()).unwrap_or_default();
        list.iter().flat_map(addresses).collect()
    }
}

/// One server for each value its variables may have.
fn addresses<'s>(server: &'s Value) -> Vec<Server<'s>> {
    let Some(url) = server.get("url") else { return vec![] };
    let Some(text) = url.text() else { return vec![] };
    let mut found = vec![text.to_owned()];
    for variable in server.get("variables").map_or(&[][..], Value::entries) {
        let mut values: Vec<&str> =
            variable.value.get("enum").map_or(&[][..], Value::items).iter().filter_map(Value::text).collect();
        values.extend(variable.value.text_at("default").filter(|_| values.is_empty()));
        let written = format!("{{{}}}", variable.key);
        if values.is_empty() || !text.contains(&written) {
            continue;
        }
        let each = found.iter().flat_map(|url| values.iter().map(|value| url.replace(&written, value)));
        found = each.take(MOST).collect();
    }
    found.iter().map(|address| split(text, address, url.span)).collect()
}

fn split<'s>(url: &'s str, address: &str, at: bastide_report::source::Span) -> Server<'s> {
    let (origin, base) = match address.split_once("://") {
        Some((scheme, rest)) => {
            let (host, base) = rest.split_once('/').unwrap_or((rest, ""));
            (format!("{scheme}://{host}").to_ascii_lowercase(), base)
        }
        None => (String::new(), address),
    };
    Server { url, at, origin, base: base.trim_matches('/').into() }
}
