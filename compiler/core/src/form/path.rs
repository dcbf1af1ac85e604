//! Paths: in a container, in the secret store, in a bucket.

use super::{BASE, Form, Wrong, letters};

/// A place in the container.
pub const MOUNT: Form = Form {
    looks_like: "an absolute path in the container, such as `\"/etc/app/x.toml\"`",
    part: mount,
    meant: |text| Some(format!("/{}", text.replace('\\', "/").trim_matches('/'))),
    good: &["/etc/app/x.toml", "/data", "/a/.b/c_d-e"],
    ..BASE
};

/// Who may do what with a file, in octal digits.
pub const MODE: Form = Form {
    looks_like: "octal digits for owner, group and others, such as `\"0644\"`",
    part: |text| {
        letters(text, |c| matches!(c, '0'..='7'), "an octal digit")?;
        match text.len() == 3 || text.len() == 4 && text.starts_with('0') {
            true => Ok(()),
            false => Err(Wrong {
                at: 0..text.len(),
                why: "it has three digits, perhaps with a 0 before them".into(),
            }),
        }
    },
    good: &["0644", "755", "0400"],
    ..BASE
};

/// A path of the machine, which may be all of it, or one in the project.
pub const OF_MACHINE: Form = Form {
    looks_like: "an absolute path of the machine, such as `\"/etc/localtime\"`, or one of the project, such as `\"./uploads\"`",
    part: |text| match text.strip_prefix("./") {
        Some(_) => (MOUNT.part)(&text[1..]).map_err(|wrong| wrong.after(1)),
        None if text == "/" => Ok(()),
        None => (MOUNT.part)(text),
    },
    good: &["/etc/localtime", "/", "/run/a_b.sock", "./uploads", "./a/b.sock"],
    ..MOUNT
};

/// A secret in the store: path, `#`, key; without a key it is `value`.
pub const SECRET: Form = Form {
    looks_like: "a path in the secret store and a key, such as `\"shop/stripe#key\"`",
    part: |text| match text.find('#') {
        None => store(text),
        Some(at) => {
            store(&text[..at])?;
            (super::name::KEY.part)(&text[at + 1..]).map_err(|wrong| wrong.after(at + 1))
        }
    },
    good: &["shop/stripe#key", "shop/stripe", "kv/data/a.b_c-d#E"],
    ..BASE
};

/// A path in the secret store.
pub const STORE: Form = Form {
    looks_like: "a path in the secret store, such as `\"shop/backup\"`",
    part: store,
    good: &["shop/backup", "a"],
    ..BASE
};

/// Where copies go.
pub const BUCKET: Form = Form {
    looks_like: "a bucket and a path, such as `\"s3://bucket/path\"`",
    part: |text| super::address::url(text),
    meant: |text| (!text.contains("://")).then(|| format!("s3://{text}")),
    good: &["s3://backups/orders", "gs://a", "https://a.blob.example/b"],
    ..BASE
};

/// A path below the folder an image is built from.
pub const INNER: Form = Form {
    looks_like: "a path below the folder it is built from, such as `\"Dockerfile\"`",
    part: |text| {
        if text.starts_with('/') {
            return Err(Wrong { at: 0..1, why: "it begins outside".into() });
        }
        letters(text, |c| !c.is_control() && c != '\\', "what a path may hold")
    },
    good: &["Dockerfile", "docker/web.Dockerfile"],
    ..BASE
};

/// A folder within a volume.
pub const IN_VOLUME: Form = Form {
    looks_like: "a path within the volume, such as `\"uploads\"`",
    good: &["uploads", "a/b"],
    ..INNER
};

fn mount(text: &str) -> Result<(), Wrong> {
    if !text.starts_with('/') {
        return Err(Wrong::whole(text, "it does not begin with `/`"));
    }
    let good = |c: char| c.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=@%".contains(c);
    letters(text, good, "letters, digits and the signs of a path")?;
    super::address::steps(text)?;
    match text {
        "/" => Err(Wrong::whole(text, "the whole file system")),
        _ => Ok(()),
    }
}

fn store(text: &str) -> Result<(), Wrong> {
    letters(
        text,
        |c| c.is_ascii_alphanumeric() || "/_.+=@:-".contains(c),
        "letters, digits and the signs of a path",
    )
}
