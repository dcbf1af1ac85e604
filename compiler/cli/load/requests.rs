//! Requests that contracts show, for targets that send them.

use super::Project;
use super::parts;
use super::path_kind::PathKind;
use crate::fault::IoFault;
use bastide_contract::ContractFormat;
use bastide_contract::openapi::requests::requests;
use bastide_core::contracts::named::named;
use bastide_core::resolve::targets;
use bastide_report::source::Role;
use std::collections::BTreeMap;
use std::path::Path;

/// Targets built in that send requests.
const SENDING: [&str; 3] = ["load", "blackbox", "chaos"];

impl Project {
    /// Reads the requests that contracts show, where a target may send them: one of those built in that do, or one of the
    /// project's own. What is wrong with a contract is told by `check`.
    pub(super) fn requests(&mut self) -> Result<(), IoFault> {
        let mut read = BTreeMap::new();
        let own = |name: &str| self.files.kind_of(&Path::new(parts::OWN).join(name));
        let mut sent = false;
        for name in targets(&self.spec) {
            sent |= SENDING.contains(&name.as_str()) || own(&name)? == PathKind::Folder;
        }
        for named in named(&self.spec).into_iter().filter(|it| sent && !it.event) {
            let path = Path::new(&named.path);
            if self.files.kind_of(path)? == PathKind::File
                && let Ok(text) = self.files.read(path, Role::Contract)?
                && ContractFormat::of(&named.path, &text.text).is_some_and(|it| it.name == "openapi")
            {
                let requests = requests(&named.path, &text.text);
                read.insert(named.path, requests);
            }
        }
        self.inputs.requests = read.into();
        Ok(())
    }
}
