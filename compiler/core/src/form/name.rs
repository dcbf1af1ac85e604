//! Names by the grammar of whoever reads them: Kubernetes, the shell, Prometheus, git.

use super::{BASE, Form, Shape, Wrong, at_most, letters};

/// A namespace: a DNS label.
pub const NAMESPACE: Form = Form {
    looks_like: "a namespace of small letters, digits and `-`, such as `\"shop-eu\"`",
    good: &["shop", "shop-eu", "2nd"],
    ..DNS
};

/// What becomes a part of a name: a DNS label.
pub const LABEL_OF_DNS: Form = Form {
    looks_like: "a name of small letters, digits and `-`, such as `\"data\"`",
    good: &["data", "a-b", "0"],
    ..DNS
};
const DNS: Form = Form {
    part: label,
    meant: |text| Some(text.to_ascii_lowercase().replace(['_', '.', ' ', '/'], "-").trim_matches('-').into()),
    ..BASE
};

/// The name of an object of Kubernetes.
pub const OBJECT: Form = Form {
    looks_like: "a name of small letters, digits, `-` and `.`, such as `\"letsencrypt\"`",
    part: object,
    good: &["letsencrypt", "ca.shop-eu"],
    ..BASE
};

/// The name of a port: what the IANA takes for services.
pub const PORT: Form = Form {
    looks_like: "a name of at most 15 small letters, digits and `-`, such as `\"metrics\"`",
    part: port,
    good: &["metrics", "h2-c", "a"],
    ..BASE
};

/// The value of a label.
pub const LABEL: Form = Form {
    looks_like: "at most 63 letters, digits, `-`, `_` and `.`, such as `\"team-a\"`",
    part: |text| if text.is_empty() { Ok(()) } else { ends(text, "-_.").and_then(|()| at_most(text, 63)) },
    good: &["team-a", "a", "", "V1.2_x"],
    ..BASE
};

/// A region of a cloud: the value of a label.
pub const REGION: Form = Form {
    looks_like: "a region, such as `\"eu-central-1\"`",
    good: &["eu-central-1", "westeurope"],
    ..LABEL
};

/// The key of a label.
pub const LABEL_KEY: Form = Form {
    looks_like: "a key of a label, such as `team` or `shop.example/team`",
    part: |text| {
        let from = match text.find('/') {
            Some(at) => object(&text[..at]).map(|()| at + 1)?,
            None => 0,
        };
        ends(&text[from..], "-_.")
            .and_then(|()| at_most(&text[from..], 63))
            .map_err(|wrong| wrong.after(from))
    },
    good: &["team", "shop.example/team", "A_b.c-d"],
    ..BASE
};

/// A variable of the environment, as a shell names it.
pub const VARIABLE: Form = Form {
    looks_like: "the name of a variable, such as `\"CATALOG\"`",
    part: |text| {
        letters(text, |c| c.is_ascii_alphanumeric() || c == '_', "letters, digits and `_`")?;
        no_digit(text)
    },
    meant: |text| Some(text.replace(['-', '.', ' '], "_")),
    good: &["CATALOG", "_a", "A_1"],
    ..BASE
};

/// A key of a secret, and then part of a variable and of a file's name.
pub const KEY: Form = Form {
    looks_like: "letters, digits, `_`, `-` and `.`, such as `\"STRIPE_KEY\"`",
    part: |text| {
        letters(
            text,
            |c| c.is_ascii_alphanumeric() || "_-.".contains(c),
            "letters, digits, `_`, `-` and `.`",
        )?;
        if text.starts_with('.') {
            return Err(Wrong { at: 0..1, why: "it begins with `.`".into() });
        }
        at_most(text, 253)
    },
    good: &["STRIPE_KEY", "ca.crt", "a-b"],
    ..BASE
};

/// A metric of Prometheus.
pub const METRIC: Form = Form {
    looks_like: "the name of a metric, such as `\"http_requests_total\"`",
    part: |text| {
        letters(
            text,
            |c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'),
            "letters, digits, `_` and `:`",
        )?;
        no_digit(text)
    },
    good: &["http_requests_total", "a:b"],
    ..BASE
};

/// A branch, as git takes it.
pub const BRANCH: Form = Form {
    looks_like: "a branch such as `\"main\"`",
    part: branch,
    good: &["main", "release/1.x", "a-b_c"],
    ..BASE
};

/// A time zone, as the IANA names it.
pub const TIME_ZONE: Form = Form {
    looks_like: "a time zone such as `\"Europe/Berlin\"`",
    part: |text| {
        letters(
            text,
            |c| c.is_ascii_alphanumeric() || "/_+-".contains(c),
            "letters, digits, `/`, `_`, `+` and `-`",
        )
    },
    good: &["Europe/Berlin", "Etc/UTC", "America/Port-au-Prince", "Etc/GMT+3"],
    ..BASE
};

/// A label of a runner.
pub const RUNNER: Form = Form {
    looks_like: "labels of a runner, each by itself, such as `\"self-hosted\" \"linux\"`",
    part: |text| {
        letters(
            text,
            |c| c.is_ascii_alphanumeric() || "-_.:/".contains(c),
            "letters, digits, `-`, `_` and `.`",
        )
    },
    good: &["ubuntu-24.04", "self-hosted"],
    ..BASE
};

/// A name without spaces, as brokers and the like take it.
pub const WORD: Form =
    Form { looks_like: "a name without spaces, such as `\"orders.placed\"`", ..super::http::NAME };

/// Words out of which a broker's promises are made.
pub const PROMISES: Form = Form {
    looks_like: "words out of `at-most-once at-least-once exactly-once`, separated by spaces",
    shape: Shape::List,
    part: |text| match ["at-most-once", "at-least-once", "exactly-once"].contains(&text) {
        true => Ok(()),
        false => Err(Wrong::whole(text, format!("`{text}` is none of them"))),
    },
    whole: super::once,
    meant: super::without_commas,
    good: &["at-least-once", "at-most-once exactly-once"],
};

fn label(text: &str) -> Result<(), Wrong> {
    letters(
        text,
        |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-',
        "small letters, digits and `-`",
    )?;
    at_most(text, 63)?;
    dashes(text)
}

fn object(text: &str) -> Result<(), Wrong> {
    super::address::host(text).and_then(|()| no_star(text))
}

fn no_star(text: &str) -> Result<(), Wrong> {
    if text.starts_with('*') { Err(Wrong { at: 0..1, why: "it begins with `*`".into() }) } else { Ok(()) }
}

fn dashes(text: &str) -> Result<(), Wrong> {
    let last = text.len().saturating_sub(1);
    match (text.starts_with('-'), text.ends_with('-')) {
        (true, _) => Err(Wrong { at: 0..1, why: "it begins with `-`".into() }),
        (_, true) => Err(Wrong { at: last..text.len(), why: "it ends with `-`".into() }),
        _ => Ok(()),
    }
}

fn port(text: &str) -> Result<(), Wrong> {
    label(text)?;
    at_most(text, 15)?;
    match text.find("--") {
        Some(at) => Err(Wrong { at: at..at + 2, why: "`--` in it".into() }),
        None if !text.bytes().any(|byte| byte.is_ascii_lowercase()) => {
            Err(Wrong::whole(text, "there is no letter in it"))
        }
        None => Ok(()),
    }
}

/// Letters, digits and the signs; letters or digits at both ends.
fn ends(text: &str, signs: &str) -> Result<(), Wrong> {
    letters(text, |c| c.is_ascii_alphanumeric() || signs.contains(c), "letters, digits, `-`, `_` and `.`")?;
    let last = text.len() - 1;
    for at in [0, last] {
        if !text.as_bytes()[at].is_ascii_alphanumeric() {
            return Err(Wrong { at: at..at + 1, why: "a sign at an end".into() });
        }
    }
    Ok(())
}

fn no_digit(text: &str) -> Result<(), Wrong> {
    match text.starts_with(|c: char| c.is_ascii_digit()) {
        true => Err(Wrong { at: 0..1, why: "it begins with a digit".into() }),
        false => Ok(()),
    }
}

/// The rules of `git check-ref-format`.
fn branch(text: &str) -> Result<(), Wrong> {
    // What CI systems take for a pattern or an expression is left out, although git would take it.
    let good = |c: char| c.is_alphanumeric() || "-_./#@=,%".contains(c);
    letters(text, good, "letters, digits and `-_./#@=,%`")?;
    for bad in ["..", "@{", "//", "/."] {
        if let Some(at) = text.find(bad) {
            return Err(Wrong { at: at..at + bad.len(), why: format!("`{bad}` in a branch") });
        }
    }
    let part = |part: &str| part.is_empty() || part.starts_with('.') || part.ends_with(".lock");
    match text == "@" || text.starts_with('-') || text.ends_with('.') || text.split('/').any(part) {
        true => Err(Wrong::whole(text, "git takes no such name")),
        false => Ok(()),
    }
}
