//! Rows of words for people, and of ways to be let in.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] =
    &[SECURITY_ADDED, SECURITY_LIFTED, SECURITY_REMOVED, SECURITY_REQUIRED, WORDS_CHANGED];

/// `asyncapi/security-added`.
pub const SECURITY_ADDED: Row = Row {
    name: "asyncapi/security-added",
    bump: Bump::Minor,
    docs: "A server or an operation lets in by one more way.",
    old: "asyncapi: 3.0.0\n\
              components: {securitySchemes: {key: {type: apiKey}, oauth: {type: oauth2}}}\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka, security: [{$ref: \"#/components/securitySchemes/key\"}]}",
    new: "asyncapi: 3.0.0\n\
              components: {securitySchemes: {key: {type: apiKey}, oauth: {type: oauth2}}}\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka, security: [{$ref: \"#/components/securitySchemes/key\"}, {$ref: \"#/components/securitySchemes/oauth\"}]}",
};

/// `asyncapi/security-lifted`.
pub const SECURITY_LIFTED: Row = Row {
    name: "asyncapi/security-lifted",
    bump: Bump::Minor,
    docs: "A server or an operation lets everybody in.",
    old: "asyncapi: 3.0.0\n\
              components: {securitySchemes: {key: {type: apiKey}, oauth: {type: oauth2}}}\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka, security: [{$ref: \"#/components/securitySchemes/key\"}]}",
    new: "asyncapi: 3.0.0\n\
              components: {securitySchemes: {key: {type: apiKey}, oauth: {type: oauth2}}}\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}",
};

/// `asyncapi/security-removed`.
pub const SECURITY_REMOVED: Row = Row {
    name: "asyncapi/security-removed",
    bump: Bump::Major,
    docs: "A server or an operation no longer lets in by a way it did. Those who came by it stay \
           outside.",
    old: "asyncapi: 3.0.0\n\
              components: {securitySchemes: {key: {type: apiKey}, oauth: {type: oauth2}}}\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka, security: [{$ref: \"#/components/securitySchemes/key\"}, {$ref: \"#/components/securitySchemes/oauth\"}]}",
    new: "asyncapi: 3.0.0\n\
              components: {securitySchemes: {key: {type: apiKey}, oauth: {type: oauth2}}}\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka, security: [{$ref: \"#/components/securitySchemes/oauth\"}]}",
};

/// `asyncapi/security-required`.
pub const SECURITY_REQUIRED: Row = Row {
    name: "asyncapi/security-required",
    bump: Bump::Major,
    docs: "A server or an operation lets nobody in without proof that let in everybody.",
    old: "asyncapi: 3.0.0\n\
              components: {securitySchemes: {key: {type: apiKey}, oauth: {type: oauth2}}}\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}",
    new: "asyncapi: 3.0.0\n\
              components: {securitySchemes: {key: {type: apiKey}, oauth: {type: oauth2}}}\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka, security: [{$ref: \"#/components/securitySchemes/key\"}]}",
};

/// `asyncapi/words-changed`.
pub const WORDS_CHANGED: Row = Row {
    name: "asyncapi/words-changed",
    bump: Bump::Patch,
    docs: "A title, summary, description, tag, link or example is another one. Only people read it. The \
           version of the document itself is no change at all.",
    old: "asyncapi: 3.0.0\n\
              info: {title: Orders, version: 1.0.0}",
    new: "asyncapi: 3.0.0\n\
              info: {title: Orders of a shop, version: 1.0.0}",
};
