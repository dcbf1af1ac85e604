//! Specs in which there is much of one thing, for the bench of growth.

use std::path::Path;
use std::{fs, io};

/// The files of a spec with so many; the flag is for the one that differs in each.
pub type Make = fn(usize, bool) -> Vec<(String, String)>;

const HEAD: &str = "app \"large\" version=\"1.0.0\" { images \"registry.example.com/large\"; owner \"team\" contact=\"#team\" }\n";
const PROD: &str = "environment \"prod\" platform=\"kubernetes\"\n";
const A: &str = "service \"a\" { build \"a\"; api \"a\" port=8080 { version \"1.0.0\" } }\n";

/// So many lines, each made from its number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// The main file of a spec, with one environment and one service.
fn spec(rest: String) -> Vec<(String, String)> {
    vec![("bastide.kdl".into(), format!("{HEAD}{PROD}{A}{rest}"))]
}

/// A spec with so many lines in a service.
fn inside(head: &str, count: usize, line: impl Fn(usize) -> String) -> Vec<(String, String)> {
    spec(format!(
        "{head}service \"many\" {{\n build \"a\"\n api \"many\" port=8080 {{ version \"1.0.0\" }}\n{}}}\n",
        lines(count, line)
    ))
}

/// A spec with so many entries in a block of a service.
fn block(head: &str, name: &str, count: usize, line: impl Fn(usize) -> String) -> Vec<(String, String)> {
    inside(head, 1, |_| format!("{name} {{\n{}}}\n", lines(count, &line)))
}

/// What keeps a gateway from being denied.
const SAFE: &str = "tls issuer=\"letsencrypt\"; auth \"jwt\" issuer=\"https://id.example.com\" audience=\"large\" claim=\"sub\";";

fn gateway(inner: String) -> Vec<(String, String)> {
    spec(format!("gateway \"public\" {{\n host \"api.example.com\"\n{SAFE}\n{inner}}}\n"))
}

fn seconds(new: bool) -> usize {
    if new { 2 } else { 1 }
}

/// What there is much of.
pub const DIMENSIONS: &[(&str, Make)] = &[
    ("services", |count, new| {
        spec(lines(count, |at| {
            format!(
                "service \"s{at}\" {{ build \"a\"; env {{ A \"{}\" }}; api \"s{at}\" port=8080 {{ version \"1.0.0\" }} }}\n",
                seconds(new)
            )
        }))
    }),
    ("routes of a gateway", |count, new| {
        gateway(lines(count, |at| format!("route \"/r{at}\" to=\"a\" {{ timeout \"{}s\" }}\n", seconds(new))))
    }),
    ("routes of one path", |count, new| {
        gateway(lines(count, |at| {
            format!("route \"/r\" to=\"a\" header=\"X-N: {at}\" {{ timeout \"{}s\" }}\n", seconds(new))
        }))
    }),
    ("routes, a service each", |count, new| {
        let service = |at| {
            format!("service \"s{at}\" {{ build \"a\"; api \"s{at}\" port=8080 {{ version \"1.0.0\" }} }}\n")
        };
        let mut files = gateway(lines(count, |at| {
            format!("route \"/r{at}\" to=\"s{at}\" {{ timeout \"{}s\" }}\n", seconds(new))
        }));
        files[0].1 += &lines(count, service);
        files
    }),
    ("hosts of a gateway", |count, new| {
        let hosts = lines(count, |at| format!(" \"h{at}.example{}.com\"", seconds(new)));
        spec(format!("gateway \"public\" {{\n host{hosts}\n{SAFE}\n route \"/\" to=\"a\"\n}}\n"))
    }),
    ("routes with limits", |count, new| {
        gateway(lines(count, |at| {
            format!("route \"/r{at}\" to=\"a\" {{ limit \"{}/s\" by=\"user\" }}\n", seconds(new))
        }))
    }),
    ("gateways", |count, new| {
        spec(lines(count, |at| {
            format!(
                "gateway \"g{at}\" {{ host \"g{at}.example.com\"; {SAFE} route \"/\" to=\"a\" {{ timeout \"{}s\" }} }}\n",
                seconds(new)
            )
        }))
    }),
    ("parts of an aggregate", |count, new| {
        gateway(format!(
            "route \"/x\" {{ aggregate {{ {} }} }}\n",
            lines(count, |at| format!(
                "part \"p{at}\" from=\"a\" path=\"/p{at}\" timeout=\"{}s\"\n",
                seconds(new)
            ))
        ))
    }),
    ("topics", |count, new| {
        spec(format!(
            "resource \"events\" type=\"kafka\"\n{}",
            lines(count, |at| format!(
                "topic \"t{at}\" on=\"events\" {{ key \"id\"; partitions {}; event \"1.0.0\" }}\n",
                seconds(new)
            ))
        ))
    }),
    ("topics of a service", |count, new| {
        let topics = lines(count, |at| {
            format!("topic \"t{at}\" on=\"events\" {{ key \"id\"; dead-letter after=5; event \"1.0.0\" }}\n")
        });
        inside(&format!("resource \"events\" type=\"kafka\"\n{topics}"), count, |at| {
            format!(
                "publishes \"t{at}\" outbox=#{new}\nsubscribes \"t{at}\" idempotent-by=\"id\" group=\"g{at}\"\n"
            )
        })
    }),
    ("queues", |count, new| {
        spec(format!(
            "resource \"jobs\" type=\"rabbitmq\"\n{}",
            lines(count, |at| format!(
                "queue \"q{at}\" on=\"jobs\" {{ max-length {} }}\n",
                1000 * seconds(new)
            ))
        ))
    }),
    ("variables", |count, new| block("", "env", count, |at| format!("A{at} \"{}\"\n", seconds(new)))),
    ("references in variables", |count, new| {
        block("resource \"db\" type=\"valkey\"\n", "env", count, |at| {
            format!("A{at} \"${{db.host}}{}\"\n", seconds(new))
        })
    }),
    ("references to resources", |count, new| {
        let resources = lines(count, |at| format!("resource \"r{at}\" type=\"valkey\"\n"));
        block(&resources, "env", count, |at| format!("A{at} \"${{r{at}.host}}{}\"\n", seconds(new)))
    }),
    ("uses", |count, new| {
        let resources = lines(count, |at| format!("resource \"r{at}\" type=\"valkey\"\n"));
        inside(&resources, count, |at| format!("uses \"r{at}\" soft=#{new}\n"))
    }),
    ("resources", |count, new| {
        spec(lines(count, |at| {
            format!("resource \"r{at}\" type=\"valkey\" {{ max-connections {} }}\n", 100 * seconds(new))
        }))
    }),
    ("externals", |count, new| {
        spec(lines(count, |at| {
            format!("external \"e{at}\" url=\"https://e{at}.example{}.com\"\n", seconds(new))
        }))
    }),
    ("calls", |count, new| {
        let services = lines(count, |at| {
            format!("service \"s{at}\" {{ build \"a\"; api \"s{at}\" port=8080 {{ version \"1.0.0\" }} }}\n")
        });
        inside(&services, count, |at| {
            format!("calls \"s{at}\" version=\"^1\" timeout=\"{}s\" soft=#true\n", seconds(new))
        })
    }),
    ("calls of one service", |count, new| {
        spec(lines(count, |at| {
            format!(
                "service \"s{at}\" {{ build \"a\"; calls \"a\" version=\"^1\" timeout=\"{}s\" soft=#true }}\n",
                seconds(new)
            )
        }))
    }),
    ("a chain of calls", |count, new| {
        let call = |at: usize| if at == 0 { "a".into() } else { format!("s{}", at - 1) };
        spec(lines(count, |at| {
            format!(
                "service \"s{at}\" {{ build \"a\"; api \"s{at}\" port=8080 {{ version \"1.0.0\" }}; calls \"{}\" version=\"^1\" soft=#true; env {{ A \"{}\" }} }}\n",
                call(at),
                seconds(new)
            )
        }))
    }),
    ("versions of an api", |count, new| {
        spec(format!(
            "service \"v\" {{ build \"a\"; api \"v\" port=8080 {{ {} }} }}\n",
            lines(count, |at| format!("version \"{}.{}.0\"\n", at + 1, seconds(new)))
        ))
    }),
    ("apis of a service", |count, new| {
        inside("", count, |at| {
            format!("api \"a{at}\" port={} {{ version \"1.{}.0\" }}\n", 9000 + at, seconds(new))
        })
    }),
    ("jobs", |count, new| {
        inside("", count, |at| format!("job \"j{at}\" schedule=\"0 {} * * *\" command=\"x\"\n", seconds(new)))
    }),
    ("volumes", |count, new| {
        inside("", count, |at| format!("volume \"/v{at}\" size=\"{}Gi\"\n", seconds(new)))
    }),
    ("files", |count, new| inside("", count, |at| format!("file \"/f{at}\" text=\"{}\"\n", seconds(new)))),
    ("secrets", |count, new| {
        inside("", count, |at| format!("secret \"S{at}\" from=\"large/s#k{}\"\n", seconds(new)))
    }),
    ("labels", |count, new| block("", "label", count, |at| format!("l{at} \"{}\"\n", seconds(new)))),
    ("ports", |count, new| {
        inside("", count, |at| format!("port \"p{at}\" number={}\n", 9000 + at + usize::from(new)))
    }),
    ("words of a command", |count, new| {
        spec(format!(
            "service \"w\" {{ build \"a\"; command {} }}\n",
            lines(count, |at| format!("\"{}{at}\" ", seconds(new)))
        ))
    }),
    ("policies", |count, new| {
        spec(lines(count, |at| {
            format!("policy \"p{at}\" over=\"service\" {{ deny \"service.tier == {}\" }}\n", 2 + seconds(new))
        }))
    }),
    ("lints", |count, new| {
        spec(lines(count, |at| {
            format!(
                "service \"s{at}\" {{ build \"a\"; lint \"closed-port\" level=\"allow\" because=\"{}\" }}\n",
                seconds(new)
            )
        }))
    }),
    ("findings", |count, new| {
        spec(lines(count, |at| {
            format!(
                "service \"s{at}\" {{ build \"a\"; calls \"gone{at}\"; env {{ A \"{}\" }} }}\n",
                seconds(new)
            )
        }))
    }),
    ("words to fix", |count, new| {
        spec(lines(count, |at| {
            format!("servce \"s{at}\" {{ build \"a\"; env {{ A \"{}\" }} }}\n", seconds(new))
        }))
    }),
    ("acts to take", |count, new| {
        let queues =
            lines(count, |at| format!("queue \"q{at}\" on=\"jobs\" {{ event \"1.{}.0\" }}\n", seconds(new)));
        spec(format!("resource \"jobs\" type=\"rabbitmq\"\n{queues}"))
    }),
    ("overlays", |count, new| {
        let services = lines(count, |at| format!("service \"s{at}\" {{ build \"a\" }}\n"));
        let overlays =
            lines(count, |at| format!(" service \"s{at}\" {{ scale min={} max=9 }}\n", 1 + seconds(new)));
        vec![(
            "bastide.kdl".into(),
            format!("{HEAD}environment \"prod\" platform=\"kubernetes\" {{\n{overlays}}}\n{services}"),
        )]
    }),
    ("patches", |count, new| {
        let patches =
            lines(count, |at| format!("  set \"metadata.annotations.a{at}\" value=\"{}\"\n", seconds(new)));
        vec![(
            "bastide.kdl".into(),
            format!(
                "{HEAD}environment \"prod\" platform=\"kubernetes\" {{ patch \"Deployment/a\" {{\n{patches}}} }}\n{A}"
            ),
        )]
    }),
    ("environments", |count, new| {
        let environments = lines(count, |at| {
            format!(
                "environment \"e{at}\" platform=\"kubernetes\" {{ service \"a\" {{ scale min={} max=9 }} }}\n",
                1 + seconds(new)
            )
        });
        vec![("bastide.kdl".into(), format!("{HEAD}{environments}{A}"))]
    }),
    ("archetypes", |count, new| {
        spec(lines(count, |at| {
            format!(
                "archetype \"t{at}\" {{ scale min={} max=9 }}\nservice \"s{at}\" like=\"t{at}\" {{ build \"a\" }}\n",
                1 + seconds(new)
            )
        }))
    }),
    ("sagas", |count, new| {
        spec(lines(count, |at| {
            format!(
                "saga \"g{at}\" style=\"orchestration\" lead=\"a\" {{ step \"one\" service=\"a\" timeout=\"{}s\" {{ pivot }} }}\n",
                seconds(new)
            )
        }))
    }),
    ("functions", |count, new| {
        spec(lines(count, |at| {
            format!("function \"f{at}\" {{ build \"a\"; on schedule=\"0 {} * * *\" }}\n", seconds(new))
        }))
    }),
    ("files included", |count, new| {
        let mut files = spec(lines(count, |at| format!("include \"parts/p{at}.kdl\"\n")));
        files.extend((0..count).map(|at| {
            (
                format!("parts/p{at}.kdl"),
                format!("external \"e{at}\" url=\"https://e{at}.example{}.com\"\n", seconds(new)),
            )
        }));
        files
    }),
    ("files beside 40 included", |count, new| {
        let mut files = spec(lines(40, |at| format!("include \"parts/p{at}.kdl\"\n")));
        files.extend((0..40).map(|at| {
            (
                format!("parts/p{at}.kdl"),
                format!("external \"e{at}\" url=\"https://e{at}.example{}.com\"\n", seconds(new)),
            )
        }));
        files.extend((0..count).map(|at| (format!("others/{}/f{at}.txt", at / 50), "x".into())));
        files
    }),
];

/// Writes the files of a spec.
pub fn project(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    fs::create_dir_all(folder.join("a"))?;
    for (path, text) in files {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap_or(folder))?;
        fs::write(place, text)?;
    }
    Ok(())
}
