//! Names that are made from others so that every platform takes them, and no two are one.

use super::{FileView, PortView};
use bastide_template::filters::{fit, marked};
use std::collections::BTreeMap;

/// Longest name of a port (RFC 6335).
const PORT: usize = 15;
/// Longest key of a ConfigMap, and name of a file.
const FILE: usize = 200;

/// Makes the names of the ports of a workload fit. Two that are called the same are told of by `port-twice`.
pub(super) fn ports(ports: &mut [PortView]) {
    for port in ports {
        let plain = port.name.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
        port.name = fit(&plain, PORT);
    }
}

/// Tells files of one workload apart whose paths differ only in signs or case.
pub(super) fn files(files: &mut [FileView]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    files.iter().for_each(|file| *count.entry(file.name.clone()).or_default() += 1);
    for file in files {
        if count[&file.name] > 1 {
            file.name = marked(&file.name, &file.path);
        }
        file.name = fit(&file.name, FILE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(name: &str, number: u16) -> PortView {
        super::super::port_view(name, number, "tcp")
    }

    #[test]
    fn ports_of_a_workload_have_names_that_fit_and_differ() {
        let cases: [(&[(&str, u16)], &str); 3] = [
            (&[("a--b", 1)], "a-b"),
            (
                &[("administration-interface", 1), ("administration-interfaces", 2)],
                "administr-a7f1e administr-3ae53",
            ),
            (&[("postgres-replication", 1), ("postgres", 2)], "postgres-7ab6b postgres"),
        ];
        for (given, expected) in cases {
            let mut all: Vec<PortView> = given.iter().map(|(name, number)| port(name, *number)).collect();
            ports(&mut all);
            let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
            assert!(names.iter().all(|name| name.len() <= PORT), "{names:?}");
            assert_eq!(names.join(" "), expected);
        }
    }

    #[test]
    fn files_that_differ_in_signs_have_names_that_differ() {
        let file = |path: &str| FileView {
            path: path.into(),
            name: super::super::slug(path),
            ..FileView::default()
        };
        let mut all: Vec<FileView> =
            ["/x.conf", "/x-conf", "/x/conf", "/X.conf", "/y.conf"].into_iter().map(file).collect();
        files(&mut all);
        let mut names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names[4], "y-conf");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 5, "{names:?}");
    }
}
