//! Services that both sides have, and their methods by name.

use super::super::buf::Rule;
use super::super::tree::{End, Method, Service, word};
use super::{Diff, both};
use crate::{Direction, Subject, place};

impl Diff<'_, '_> {
    /// All services, by full name.
    pub fn services(&mut self) {
        let (old, new) = (self.old, self.new);
        for (full, at) in &old.services {
            if let Some(to) = new.services.get(full) {
                self.service(full, [old.service(*at), new.service(*to)]);
            }
        }
    }

    fn service(&mut self, full: &str, [old, new]: [&Service<'_>; 2]) {
        self.compared += 1;
        let subject = both(full);
        for method in &old.methods {
            let part = rpc(full, method);
            match new.methods.iter().find(|other| other.name.text == method.name.text) {
                Some(now) => self.method(&part, [method, now]),
                None => {
                    let message = format!("rpc `{}` is gone", part.path);
                    let places = [place(method.at, "rpc"), place(new.name.at, "")];
                    self.tell(("protobuf/rpc-removed", &["RPC_NO_DELETE"]), &part, places, message);
                }
            }
        }
        for method in &new.methods {
            if !old.methods.iter().any(|other| other.name.text == method.name.text) {
                let part = rpc(full, method);
                let message = format!("rpc `{}` is new", part.path);
                self.tell(("protobuf/rpc-added", &[]), &part, [None, place(method.at, "rpc")], message);
            }
        }
        self.written(&subject, [old, new].map(|it| (it.docs, &*it.options, it.at)));
    }

    fn method(&mut self, subject: &Subject, [old, new]: [&Method<'_>; 2]) {
        self.compared += 1;
        let request = subject.towards(Direction::Request);
        let response = subject.towards(Direction::Response);
        let takes = ("protobuf/rpc-request-type-changed", "RPC_SAME_REQUEST_TYPE", "takes");
        self.end(&request, takes, [&old.request, &new.request]);
        let gives = ("protobuf/rpc-response-type-changed", "RPC_SAME_RESPONSE_TYPE", "gives");
        self.end(&response, gives, [&old.response, &new.response]);
        let sends = ("protobuf/rpc-client-streaming-changed", "RPC_SAME_CLIENT_STREAMING", "takes");
        self.stream(&request, sends, [&old.request, &new.request]);
        let streams = ("protobuf/rpc-server-streaming-changed", "RPC_SAME_SERVER_STREAMING", "gives");
        self.stream(&response, streams, [&old.response, &new.response]);
        let level = |method: &Method<'_>| {
            word(&method.options, "idempotency_level").unwrap_or("IDEMPOTENCY_UNKNOWN").to_owned()
        };
        if level(old) != level(new) {
            let message = format!("rpc `{}` was `{}`, now it is `{}`", subject.path, level(old), level(new));
            let places = [place(old.at, level(old)), place(new.at, level(new))];
            let rules = ["RPC_SAME_IDEMPOTENCY_LEVEL"];
            self.tell(("protobuf/rpc-idempotency-changed", &rules), subject, places, message);
        }
        self.written(subject, [old, new].map(|it| (it.docs, &*it.options, it.at)));
    }

    fn end(&mut self, subject: &Subject, (kind, rule, verb): (&str, Rule, &str), [old, new]: [&End<'_>; 2]) {
        if old.full != new.full {
            let message =
                format!("rpc `{}` {verb} `{}`, where it was `{}`", subject.path, new.full, old.full);
            let places = [old, new].map(|end| place(end.written.at, end.full.as_ref()));
            self.tell((kind, &[rule]), subject, places, message);
        }
    }

    fn stream(
        &mut self,
        subject: &Subject,
        (kind, rule, verb): (&str, Rule, &str),
        [old, new]: [&End<'_>; 2],
    ) {
        if old.stream != new.stream {
            let show = |stream: bool| if stream { "a stream" } else { "one message" };
            let (was, is) = (show(old.stream), show(new.stream));
            let message = format!("rpc `{}` {verb} {is}, where it was {was}", subject.path);
            let places = [place(old.written.at, was), place(new.written.at, is)];
            self.tell((kind, &[rule]), subject, places, message);
        }
    }
}

fn rpc(service: &str, method: &Method<'_>) -> Subject {
    both(&format!("{service}/{}", method.name.text))
}
