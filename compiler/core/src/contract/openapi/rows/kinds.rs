//! Facts of schemas to rows, by the way their data travels.

use super::{
    request_choice, request_kind, request_limit, request_list, request_object, response_choice,
    response_kind, response_limit, response_list, response_object,
};
use crate::contract::Row;
use crate::contract::schema::What;

/// A row for each way data travels.
#[derive(Debug)]
pub struct Ways {
    /// What clients send.
    pub request: &'static Row,
    /// What clients get.
    pub response: &'static Row,
}

/// The rows of a kind of fact.
#[derive(Debug)]
pub struct Kind {
    /// The kind.
    pub what: What,
    /// Less is allowed.
    pub narrowed: Ways,
    /// More is allowed.
    pub widened: Ways,
    /// Something else is allowed; absent where that is told as both of the others.
    pub changed: Option<Ways>,
}

/// All kinds that narrow or widen, but for properties that come and go and the discriminator.
pub const KINDS: &[Kind] = &[
    Kind {
        what: What::Type,
        narrowed: ways(&request_kind::REQUEST_TYPE_NARROWED, &response_kind::RESPONSE_TYPE_NARROWED),
        widened: ways(&request_kind::REQUEST_TYPE_WIDENED, &response_kind::RESPONSE_TYPE_WIDENED),
        changed: Some(ways(&request_kind::REQUEST_TYPE_CHANGED, &response_kind::RESPONSE_TYPE_CHANGED)),
    },
    Kind {
        what: What::NullRefused,
        narrowed: ways(&request_kind::REQUEST_NULL_REFUSED, &response_kind::RESPONSE_NULL_REFUSED),
        widened: ways(&request_kind::REQUEST_NULL_ALLOWED, &response_kind::RESPONSE_NULL_ALLOWED),
        changed: None,
    },
    Kind {
        what: What::NullAllowed,
        narrowed: ways(&request_kind::REQUEST_NULL_REFUSED, &response_kind::RESPONSE_NULL_REFUSED),
        widened: ways(&request_kind::REQUEST_NULL_ALLOWED, &response_kind::RESPONSE_NULL_ALLOWED),
        changed: None,
    },
    Kind {
        what: What::Format,
        narrowed: ways(&request_kind::REQUEST_FORMAT_NARROWED, &response_kind::RESPONSE_FORMAT_NARROWED),
        widened: ways(&request_kind::REQUEST_FORMAT_WIDENED, &response_kind::RESPONSE_FORMAT_WIDENED),
        changed: Some(ways(&request_kind::REQUEST_FORMAT_CHANGED, &response_kind::RESPONSE_FORMAT_CHANGED)),
    },
    Kind {
        what: What::Content,
        narrowed: ways(&request_kind::REQUEST_CONTENT_CHANGED, &response_kind::RESPONSE_CONTENT_CHANGED),
        widened: ways(&request_kind::REQUEST_CONTENT_CHANGED, &response_kind::RESPONSE_CONTENT_CHANGED),
        changed: Some(ways(&request_kind::REQUEST_CONTENT_CHANGED, &response_kind::RESPONSE_CONTENT_CHANGED)),
    },
    Kind {
        what: What::EnumValueRemoved,
        narrowed: ways(
            &request_kind::REQUEST_ENUM_VALUE_REMOVED,
            &response_kind::RESPONSE_ENUM_VALUE_REMOVED,
        ),
        widened: ways(&request_kind::REQUEST_ENUM_VALUE_ADDED, &response_kind::RESPONSE_ENUM_VALUE_ADDED),
        changed: None,
    },
    Kind {
        what: What::EnumValueAdded,
        narrowed: ways(
            &request_kind::REQUEST_ENUM_VALUE_REMOVED,
            &response_kind::RESPONSE_ENUM_VALUE_REMOVED,
        ),
        widened: ways(&request_kind::REQUEST_ENUM_VALUE_ADDED, &response_kind::RESPONSE_ENUM_VALUE_ADDED),
        changed: None,
    },
    Kind {
        what: What::EnumSet,
        narrowed: ways(&request_kind::REQUEST_ENUM_SET, &response_kind::RESPONSE_ENUM_SET),
        widened: ways(&request_kind::REQUEST_ENUM_LIFTED, &response_kind::RESPONSE_ENUM_LIFTED),
        changed: None,
    },
    Kind {
        what: What::EnumLifted,
        narrowed: ways(&request_kind::REQUEST_ENUM_SET, &response_kind::RESPONSE_ENUM_SET),
        widened: ways(&request_kind::REQUEST_ENUM_LIFTED, &response_kind::RESPONSE_ENUM_LIFTED),
        changed: None,
    },
    Kind {
        what: What::Minimum,
        narrowed: ways(
            &request_limit::REQUEST_MINIMUM_TIGHTENED,
            &response_limit::RESPONSE_MINIMUM_TIGHTENED,
        ),
        widened: ways(&request_limit::REQUEST_MINIMUM_LOOSENED, &response_limit::RESPONSE_MINIMUM_LOOSENED),
        changed: None,
    },
    Kind {
        what: What::Maximum,
        narrowed: ways(
            &request_limit::REQUEST_MAXIMUM_TIGHTENED,
            &response_limit::RESPONSE_MAXIMUM_TIGHTENED,
        ),
        widened: ways(&request_limit::REQUEST_MAXIMUM_LOOSENED, &response_limit::RESPONSE_MAXIMUM_LOOSENED),
        changed: None,
    },
    Kind {
        what: What::MultipleOf,
        narrowed: ways(
            &request_limit::REQUEST_MULTIPLE_OF_TIGHTENED,
            &response_limit::RESPONSE_MULTIPLE_OF_TIGHTENED,
        ),
        widened: ways(
            &request_limit::REQUEST_MULTIPLE_OF_LOOSENED,
            &response_limit::RESPONSE_MULTIPLE_OF_LOOSENED,
        ),
        changed: Some(ways(
            &request_limit::REQUEST_MULTIPLE_OF_CHANGED,
            &response_limit::RESPONSE_MULTIPLE_OF_CHANGED,
        )),
    },
    Kind {
        what: What::MinLength,
        narrowed: ways(
            &request_limit::REQUEST_MIN_LENGTH_TIGHTENED,
            &response_limit::RESPONSE_MIN_LENGTH_TIGHTENED,
        ),
        widened: ways(
            &request_limit::REQUEST_MIN_LENGTH_LOOSENED,
            &response_limit::RESPONSE_MIN_LENGTH_LOOSENED,
        ),
        changed: None,
    },
    Kind {
        what: What::MaxLength,
        narrowed: ways(
            &request_limit::REQUEST_MAX_LENGTH_TIGHTENED,
            &response_limit::RESPONSE_MAX_LENGTH_TIGHTENED,
        ),
        widened: ways(
            &request_limit::REQUEST_MAX_LENGTH_LOOSENED,
            &response_limit::RESPONSE_MAX_LENGTH_LOOSENED,
        ),
        changed: None,
    },
    Kind {
        what: What::Pattern,
        narrowed: ways(
            &request_limit::REQUEST_PATTERN_TIGHTENED,
            &response_limit::RESPONSE_PATTERN_TIGHTENED,
        ),
        widened: ways(&request_limit::REQUEST_PATTERN_LOOSENED, &response_limit::RESPONSE_PATTERN_LOOSENED),
        changed: Some(ways(
            &request_limit::REQUEST_PATTERN_CHANGED,
            &response_limit::RESPONSE_PATTERN_CHANGED,
        )),
    },
    Kind {
        what: What::MinItems,
        narrowed: ways(
            &request_list::REQUEST_MIN_ITEMS_TIGHTENED,
            &response_list::RESPONSE_MIN_ITEMS_TIGHTENED,
        ),
        widened: ways(&request_list::REQUEST_MIN_ITEMS_LOOSENED, &response_list::RESPONSE_MIN_ITEMS_LOOSENED),
        changed: None,
    },
    Kind {
        what: What::MaxItems,
        narrowed: ways(
            &request_list::REQUEST_MAX_ITEMS_TIGHTENED,
            &response_list::RESPONSE_MAX_ITEMS_TIGHTENED,
        ),
        widened: ways(&request_list::REQUEST_MAX_ITEMS_LOOSENED, &response_list::RESPONSE_MAX_ITEMS_LOOSENED),
        changed: None,
    },
    Kind {
        what: What::UniqueItems,
        narrowed: ways(
            &request_list::REQUEST_UNIQUE_ITEMS_TIGHTENED,
            &response_list::RESPONSE_UNIQUE_ITEMS_TIGHTENED,
        ),
        widened: ways(
            &request_list::REQUEST_UNIQUE_ITEMS_LOOSENED,
            &response_list::RESPONSE_UNIQUE_ITEMS_LOOSENED,
        ),
        changed: None,
    },
    Kind {
        what: What::Contains,
        narrowed: ways(
            &request_list::REQUEST_CONTAINS_TIGHTENED,
            &response_list::RESPONSE_CONTAINS_TIGHTENED,
        ),
        widened: ways(&request_list::REQUEST_CONTAINS_LOOSENED, &response_list::RESPONSE_CONTAINS_LOOSENED),
        changed: Some(ways(
            &request_list::REQUEST_CONTAINS_CHANGED,
            &response_list::RESPONSE_CONTAINS_CHANGED,
        )),
    },
    Kind {
        what: What::UnevaluatedItems,
        narrowed: ways(
            &request_list::REQUEST_UNEVALUATED_ITEMS_TIGHTENED,
            &response_list::RESPONSE_UNEVALUATED_ITEMS_TIGHTENED,
        ),
        widened: ways(
            &request_list::REQUEST_UNEVALUATED_ITEMS_LOOSENED,
            &response_list::RESPONSE_UNEVALUATED_ITEMS_LOOSENED,
        ),
        changed: Some(ways(
            &request_list::REQUEST_UNEVALUATED_ITEMS_CHANGED,
            &response_list::RESPONSE_UNEVALUATED_ITEMS_CHANGED,
        )),
    },
    Kind {
        what: What::MinProperties,
        narrowed: ways(
            &request_object::REQUEST_MIN_PROPERTIES_TIGHTENED,
            &response_object::RESPONSE_MIN_PROPERTIES_TIGHTENED,
        ),
        widened: ways(
            &request_object::REQUEST_MIN_PROPERTIES_LOOSENED,
            &response_object::RESPONSE_MIN_PROPERTIES_LOOSENED,
        ),
        changed: None,
    },
    Kind {
        what: What::MaxProperties,
        narrowed: ways(
            &request_object::REQUEST_MAX_PROPERTIES_TIGHTENED,
            &response_object::RESPONSE_MAX_PROPERTIES_TIGHTENED,
        ),
        widened: ways(
            &request_object::REQUEST_MAX_PROPERTIES_LOOSENED,
            &response_object::RESPONSE_MAX_PROPERTIES_LOOSENED,
        ),
        changed: None,
    },
    Kind {
        what: What::PropertyNames,
        narrowed: ways(
            &request_object::REQUEST_PROPERTY_NAMES_TIGHTENED,
            &response_object::RESPONSE_PROPERTY_NAMES_TIGHTENED,
        ),
        widened: ways(
            &request_object::REQUEST_PROPERTY_NAMES_LOOSENED,
            &response_object::RESPONSE_PROPERTY_NAMES_LOOSENED,
        ),
        changed: Some(ways(
            &request_object::REQUEST_PROPERTY_NAMES_CHANGED,
            &response_object::RESPONSE_PROPERTY_NAMES_CHANGED,
        )),
    },
    Kind {
        what: What::BecameRequired,
        narrowed: ways(
            &request_object::REQUEST_PROPERTY_BECAME_REQUIRED,
            &response_object::RESPONSE_PROPERTY_BECAME_REQUIRED,
        ),
        widened: ways(
            &request_object::REQUEST_PROPERTY_BECAME_OPTIONAL,
            &response_object::RESPONSE_PROPERTY_BECAME_OPTIONAL,
        ),
        changed: None,
    },
    Kind {
        what: What::BecameOptional,
        narrowed: ways(
            &request_object::REQUEST_PROPERTY_BECAME_REQUIRED,
            &response_object::RESPONSE_PROPERTY_BECAME_REQUIRED,
        ),
        widened: ways(
            &request_object::REQUEST_PROPERTY_BECAME_OPTIONAL,
            &response_object::RESPONSE_PROPERTY_BECAME_OPTIONAL,
        ),
        changed: None,
    },
    Kind {
        what: What::Closed,
        narrowed: ways(
            &request_object::REQUEST_PROPERTIES_CLOSED,
            &response_object::RESPONSE_PROPERTIES_CLOSED,
        ),
        widened: ways(
            &request_object::REQUEST_PROPERTIES_OPENED,
            &response_object::RESPONSE_PROPERTIES_OPENED,
        ),
        changed: None,
    },
    Kind {
        what: What::Opened,
        narrowed: ways(
            &request_object::REQUEST_PROPERTIES_CLOSED,
            &response_object::RESPONSE_PROPERTIES_CLOSED,
        ),
        widened: ways(
            &request_object::REQUEST_PROPERTIES_OPENED,
            &response_object::RESPONSE_PROPERTIES_OPENED,
        ),
        changed: None,
    },
    Kind {
        what: What::Additional,
        narrowed: ways(
            &request_object::REQUEST_ADDITIONAL_PROPERTIES_TIGHTENED,
            &response_object::RESPONSE_ADDITIONAL_PROPERTIES_TIGHTENED,
        ),
        widened: ways(
            &request_object::REQUEST_ADDITIONAL_PROPERTIES_LOOSENED,
            &response_object::RESPONSE_ADDITIONAL_PROPERTIES_LOOSENED,
        ),
        changed: None,
    },
    Kind {
        what: What::PatternPropertyAdded,
        narrowed: ways(
            &request_object::REQUEST_PATTERN_PROPERTY_ADDED,
            &response_object::RESPONSE_PATTERN_PROPERTY_ADDED,
        ),
        widened: ways(
            &request_object::REQUEST_PATTERN_PROPERTY_REMOVED,
            &response_object::RESPONSE_PATTERN_PROPERTY_REMOVED,
        ),
        changed: None,
    },
    Kind {
        what: What::PatternPropertyRemoved,
        narrowed: ways(
            &request_object::REQUEST_PATTERN_PROPERTY_ADDED,
            &response_object::RESPONSE_PATTERN_PROPERTY_ADDED,
        ),
        widened: ways(
            &request_object::REQUEST_PATTERN_PROPERTY_REMOVED,
            &response_object::RESPONSE_PATTERN_PROPERTY_REMOVED,
        ),
        changed: None,
    },
    Kind {
        what: What::UnevaluatedProperties,
        narrowed: ways(
            &request_object::REQUEST_UNEVALUATED_PROPERTIES_TIGHTENED,
            &response_object::RESPONSE_UNEVALUATED_PROPERTIES_TIGHTENED,
        ),
        widened: ways(
            &request_object::REQUEST_UNEVALUATED_PROPERTIES_LOOSENED,
            &response_object::RESPONSE_UNEVALUATED_PROPERTIES_LOOSENED,
        ),
        changed: None,
    },
    Kind {
        what: What::DependencyAdded,
        narrowed: ways(
            &request_object::REQUEST_DEPENDENCY_ADDED,
            &response_object::RESPONSE_DEPENDENCY_ADDED,
        ),
        widened: ways(
            &request_object::REQUEST_DEPENDENCY_REMOVED,
            &response_object::RESPONSE_DEPENDENCY_REMOVED,
        ),
        changed: None,
    },
    Kind {
        what: What::DependencyRemoved,
        narrowed: ways(
            &request_object::REQUEST_DEPENDENCY_ADDED,
            &response_object::RESPONSE_DEPENDENCY_ADDED,
        ),
        widened: ways(
            &request_object::REQUEST_DEPENDENCY_REMOVED,
            &response_object::RESPONSE_DEPENDENCY_REMOVED,
        ),
        changed: None,
    },
    Kind {
        what: What::BranchRemoved,
        narrowed: ways(&request_choice::REQUEST_BRANCH_REMOVED, &response_choice::RESPONSE_BRANCH_REMOVED),
        widened: ways(&request_choice::REQUEST_BRANCH_ADDED, &response_choice::RESPONSE_BRANCH_ADDED),
        changed: None,
    },
    Kind {
        what: What::BranchAdded,
        narrowed: ways(&request_choice::REQUEST_BRANCH_REMOVED, &response_choice::RESPONSE_BRANCH_REMOVED),
        widened: ways(&request_choice::REQUEST_BRANCH_ADDED, &response_choice::RESPONSE_BRANCH_ADDED),
        changed: None,
    },
    Kind {
        what: What::ChoiceSet,
        narrowed: ways(&request_choice::REQUEST_CHOICE_SET, &response_choice::RESPONSE_CHOICE_SET),
        widened: ways(&request_choice::REQUEST_CHOICE_LIFTED, &response_choice::RESPONSE_CHOICE_LIFTED),
        changed: None,
    },
    Kind {
        what: What::ChoiceLifted,
        narrowed: ways(&request_choice::REQUEST_CHOICE_SET, &response_choice::RESPONSE_CHOICE_SET),
        widened: ways(&request_choice::REQUEST_CHOICE_LIFTED, &response_choice::RESPONSE_CHOICE_LIFTED),
        changed: None,
    },
    Kind {
        what: What::Not,
        narrowed: ways(&request_choice::REQUEST_NOT_TIGHTENED, &response_choice::RESPONSE_NOT_TIGHTENED),
        widened: ways(&request_choice::REQUEST_NOT_LOOSENED, &response_choice::RESPONSE_NOT_LOOSENED),
        changed: Some(ways(&request_choice::REQUEST_NOT_CHANGED, &response_choice::RESPONSE_NOT_CHANGED)),
    },
    Kind {
        what: What::Condition,
        narrowed: ways(
            &request_choice::REQUEST_CONDITION_TIGHTENED,
            &response_choice::RESPONSE_CONDITION_TIGHTENED,
        ),
        widened: ways(
            &request_choice::REQUEST_CONDITION_LOOSENED,
            &response_choice::RESPONSE_CONDITION_LOOSENED,
        ),
        changed: Some(ways(
            &request_choice::REQUEST_CONDITION_CHANGED,
            &response_choice::RESPONSE_CONDITION_CHANGED,
        )),
    },
];

const fn ways(request: &'static Row, response: &'static Row) -> Ways {
    Ways { request, response }
}
