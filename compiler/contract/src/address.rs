//! Addresses with variables in braces: paths of HTTP, addresses of channels and servers.

/// `/orders/{id}` as `/orders/{}` and its variables, `id`: what variables are called tells no two addresses apart.
pub fn template(address: &str) -> (String, Vec<&str>) {
    let (mut plain, mut names, mut rest) = (String::with_capacity(address.len()), vec![], address);
    while let Some((before, name, after)) = variable(rest) {
        plain.push_str(before);
        plain.push_str("{}");
        names.push(name);
        rest = after;
    }
    plain.push_str(rest);
    (plain, names)
}

/// What stands before the first variable, its name, and what stands behind it.
fn variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::template;

    #[test]
    fn names_of_variables_do_not_make_an_address() {
        assert_eq!(template("/a/{b}/c/{d}.json"), ("/a/{}/c/{}.json".into(), vec!["b", "d"]));
        assert_eq!(template("/a/{b"), ("/a/{b".into(), vec![]));
    }
}
