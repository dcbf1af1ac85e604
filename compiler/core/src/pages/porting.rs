//! `docs/porting.md`: from a compose file or manifests to a spec, from the table of words that findings answer with.

use super::{HEAD, cell};
use crate::spec::foreign_name;
use std::fmt::Write as _;

/// The page.
pub fn page() -> String {
    let mut out = format!("{HEAD}{INTRO}");
    let mut last = "";
    for (node, words, act) in foreign_name::words() {
        if node != last {
            let place = if node == "spec" { "At the top".into() } else { format!("In `{node}`") };
            let _ = write!(out, "\n## {place}\n\n| there | here |\n|---|---|\n");
            last = node;
        }
        let words: Vec<String> = words.split(' ').map(|word| format!("`{word}`")).collect();
        let _ = writeln!(out, "| {} | {} |", words.join(" "), cell(act));
    }
    out
}

const INTRO: &str = "\
# From a compose file or manifests to a spec

1. One `app`, one `environment` for each place it runs (`platform=\"compose\"`, `platform=\"kubernetes\"`).
2. One `service` for each program, with its `image`. Several programs of one image: an `archetype` with the image, and \
`like=\"…\"`.
3. A database, cache or broker is a `resource`: its password is made, kept and handed over. `uses \"db\"` lets a \
service in, `${db.host}`, `${db.password}` and the like are what `env` hands it.
4. Who asks whom is `calls \"…\"`. Networks, orders of start and policies follow from it.
5. `bastide check` answers each word of compose and Kubernetes with the one that says it here; the tables below are those answers.

`examples/gitea` and `examples/plausible` are such ports; `tests/ports` has more.

## Start it

```sh
bastide build
cd deploy/dev/compose
SMTP_PASSWORD=… KEY=\"$(cat key.pem)\" ./dev.sh init
docker compose up --wait
```

`dev.sh init` makes what must not be committed, below `secrets/`: passwords of resources, and each `secret` of the spec from the \
variable of its name, else a made one. A value that is there is kept, and one you put there yourself is taken; what is composed of \
values is made anew, so run it after every `build`.

## What an image you did not build gets

A service that names an image, itself or by an archetype of yours, and has no `build` is like the archetype `image`. It runs as its \
image says: user, entrypoint, working directory, file system, signals, capabilities. Nothing is injected: no variables, no health \
question, no metrics port. Secrets are variables. What is different from a bare `docker run` is written down here, because no \
finding tells it:

- one instance, started again when it stops;
- at most 4 GiB of memory and, in compose, 1,024 processes; `resources memory-limit=\"…\"` and `target \"compose\" pids=…` say otherwise. Resources have limits of their own: `docs/stdlib.md`;
- `egress \"any\"`: every address, in your network and in the cluster as well; `egress \"none\"` closes it, hosts and ranges narrow it;
- a port is reached by those who call it. `publish=\"8080:80\"` opens it on the machine of compose, `expose=\"load-balancer\"` in a cluster.

With `like=\"built\"`, or an archetype that is, an image is held to the conventions of programs built here: an unprivileged user, a \
read-only file system, secrets as files, `PORT` and the addresses of what it calls as variables, health at `/livez` and `/readyz`.

## Data that is there already

Named volumes of compose are `APP-ENVIRONMENT_OWNER_PATH` here: copy the data over once, or keep a folder beside the spec where \
it is: `volume \"/data\" host=\"./data\"` in the environment of compose. A database is moved by its own dump and restore.

## Values

`${VAR}` and `.env` of compose are not read: a spec means the same on every machine. A setting is written; what is secret is \
`secret \"NAME\" from=\"path#key\"`, which `dev.sh` fills on a desk and a secret store in a cluster; `length=` and `form=` say what \
the program takes. `$${VAR}` hands `${VAR}` itself to the program.

A secret is a variable of its name, or what names it: `env { SMTP_URL \"smtp://me:${secret.SMTP_PASSWORD}@mail:587\" }` puts it in a \
text, `file \"/etc/app/key.pem\" text=\"${secret.KEY}\"` at a path, and a file of the project holds `${secret.KEY}` or \
`${db.password}` where the program wants them. With `as=\"file\"` it is the file `/run/secrets/SERVICE.NAME`, which `NAME_FILE` names.
";
