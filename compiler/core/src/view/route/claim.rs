//! What a token must say, as one expression of CEL: for engines that ask an expression and have no matcher that knows
//! a claim that is there from one that is not, or a list from a text.

/// Where the claims of a token are found that was verified, by the name of its issuer.
const VERIFIED: &str = "metadata.filter_metadata['envoy.filters.http.jwt_authn']";

/// The expression; none if nothing is asked. A value is the claim itself, or one of its list.
pub fn expression(provider: &str, require: &[(String, Option<String>)]) -> Option<String> {
    let claims = format!("{VERIFIED}[{}]", quoted(provider));
    let one = |(claim, value): &(String, Option<String>)| {
        let claim = quoted(claim);
        match value.as_deref().map(quoted) {
            None => format!("{claim} in {claims}"),
            Some(value) => format!("({claims}[{claim}] == {value} || {value} in {claims}[{claim}])"),
        }
    };
    let all: Vec<String> = require.iter().map(one).collect();
    (!all.is_empty()).then(|| all.join(" && "))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => quoted.push(letter),
        }
    }
    quoted + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_there_or_say_a_value() {
        let pair = |claim: &str, value: Option<&str>| (claim.to_string(), value.map(str::to_string));
        let claims = "metadata.filter_metadata['envoy.filters.http.jwt_authn']['front']";
        assert_eq!(expression("front", &[]), None);
        assert_eq!(expression("front", &[pair("role", None)]), Some(format!("'role' in {claims}")));
        let both = expression("front", &[pair("role", None), pair("a.b", Some("it's"))]);
        let value = format!("({claims}['a.b'] == 'it\\'s' || 'it\\'s' in {claims}['a.b'])");
        assert_eq!(both, Some(format!("'role' in {claims} && {value}")));
    }
}
