//! Plain variables of a workload. Templates see two maps by name, of values and of places; here they are one list.

use crate::view::list::List;
use serde::{Serialize, Serializer};

/// A plain variable.
#[derive(Clone, Debug)]
pub struct Var {
    /// Its name.
    pub name: Box<str>,
    /// Its value.
    pub value: Box<str>,
    /// Path in the spec of what makes it; none for one that is written where all are.
    pub at: Option<Box<str>>,
}

/// Values by name.
#[derive(Clone, Debug, Default)]
pub struct Env(pub List<Var>);

/// By name the path in the spec of what makes a variable.
#[derive(Clone, Debug, Default)]
pub struct EnvAt {
    base: Box<str>,
    list: List<Var>,
}

impl EnvAt {
    /// The places of variables, those that are written in the `env` of the node at `base`.
    pub fn new(base: &str, env: &Env) -> EnvAt {
        EnvAt { base: base.into(), list: env.0.clone() }
    }

    /// The place of a variable.
    pub fn get(&self, name: &str) -> Option<String> {
        self.list.iter().find(|var| *var.name == *name).map(|var| self.path(var))
    }

    fn path(&self, var: &Var) -> String {
        match &var.at {
            Some(at) => at.to_string(),
            None => format!("{}.env.{}", self.base, var.name),
        }
    }
}

impl Serialize for Env {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|var| (&var.name, &var.value)))
    }
}

impl Serialize for EnvAt {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.list.iter().map(|var| (&var.name, self.path(var))))
    }
}
