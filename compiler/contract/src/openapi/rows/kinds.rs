//! Facts of schemas to rows, by the way their data travels.

use super::{
    request_choice, request_kind, request_limit, request_list, request_object, response_choice,
    response_kind, response_limit, response_list, response_object,
};
use crate::Row;
use crate::schema::What;

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
    kind(
        What::Type,
        [&request_kind::REQUEST_TYPE_NARROWED, &response_kind::RESPONSE_TYPE_NARROWED],
        [&request_kind::REQUEST_TYPE_WIDENED, &response_kind::RESPONSE_TYPE_WIDENED],
        Some([&request_kind::REQUEST_TYPE_CHANGED, &response_kind::RESPONSE_TYPE_CHANGED]),
    ),
    kind(
        What::NullRefused,
        [&request_kind::REQUEST_NULL_REFUSED, &response_kind::RESPONSE_NULL_REFUSED],
        [&request_kind::REQUEST_NULL_ALLOWED, &response_kind::RESPONSE_NULL_ALLOWED],
        None,
    ),
    kind(
        What::NullAllowed,
        [&request_kind::REQUEST_NULL_REFUSED, &response_kind::RESPONSE_NULL_REFUSED],
        [&request_kind::REQUEST_NULL_ALLOWED, &response_kind::RESPONSE_NULL_ALLOWED],
        None,
    ),
    kind(
        What::Format,
        [&request_kind::REQUEST_FORMAT_NARROWED, &response_kind::RESPONSE_FORMAT_NARROWED],
        [&request_kind::REQUEST_FORMAT_WIDENED, &response_kind::RESPONSE_FORMAT_WIDENED],
        Some([&request_kind::REQUEST_FORMAT_CHANGED, &response_kind::RESPONSE_FORMAT_CHANGED]),
    ),
    kind(
        What::Content,
        [&request_kind::REQUEST_CONTENT_CHANGED, &response_kind::RESPONSE_CONTENT_CHANGED],
        [&request_kind::REQUEST_CONTENT_CHANGED, &response_kind::RESPONSE_CONTENT_CHANGED],
        Some([&request_kind::REQUEST_CONTENT_CHANGED, &response_kind::RESPONSE_CONTENT_CHANGED]),
    ),
    kind(
        What::EnumValueRemoved,
        [&request_kind::REQUEST_ENUM_VALUE_REMOVED, &response_kind::RESPONSE_ENUM_VALUE_REMOVED],
        [&request_kind::REQUEST_ENUM_VALUE_ADDED, &response_kind::RESPONSE_ENUM_VALUE_ADDED],
        None,
    ),
    kind(
        What::EnumValueAdded,
        [&request_kind::REQUEST_ENUM_VALUE_REMOVED, &response_kind::RESPONSE_ENUM_VALUE_REMOVED],
        [&request_kind::REQUEST_ENUM_VALUE_ADDED, &response_kind::RESPONSE_ENUM_VALUE_ADDED],
        None,
    ),
    kind(
        What::EnumSet,
        [&request_kind::REQUEST_ENUM_SET, &response_kind::RESPONSE_ENUM_SET],
        [&request_kind::REQUEST_ENUM_LIFTED, &response_kind::RESPONSE_ENUM_LIFTED],
        None,
    ),
    kind(
        What::EnumLifted,
        [&request_kind::REQUEST_ENUM_SET, &response_kind::RESPONSE_ENUM_SET],
        [&request_kind::REQUEST_ENUM_LIFTED, &response_kind::RESPONSE_ENUM_LIFTED],
        None,
    ),
    kind(
        What::Minimum,
        [&request_limit::REQUEST_MINIMUM_TIGHTENED, &response_limit::RESPONSE_MINIMUM_TIGHTENED],
        [&request_limit::REQUEST_MINIMUM_LOOSENED, &response_limit::RESPONSE_MINIMUM_LOOSENED],
        None,
    ),
    kind(
        What::Maximum,
        [&request_limit::REQUEST_MAXIMUM_TIGHTENED, &response_limit::RESPONSE_MAXIMUM_TIGHTENED],
        [&request_limit::REQUEST_MAXIMUM_LOOSENED, &response_limit::RESPONSE_MAXIMUM_LOOSENED],
        None,
    ),
    kind(
        What::MultipleOf,
        [&request_limit::REQUEST_MULTIPLE_OF_TIGHTENED, &response_limit::RESPONSE_MULTIPLE_OF_TIGHTENED],
        [&request_limit::REQUEST_MULTIPLE_OF_LOOSENED, &response_limit::RESPONSE_MULTIPLE_OF_LOOSENED],
        Some([&request_limit::REQUEST_MULTIPLE_OF_CHANGED, &response_limit::RESPONSE_MULTIPLE_OF_CHANGED]),
    ),
    kind(
        What::MinLength,
        [&request_limit::REQUEST_MIN_LENGTH_TIGHTENED, &response_limit::RESPONSE_MIN_LENGTH_TIGHTENED],
        [&request_limit::REQUEST_MIN_LENGTH_LOOSENED, &response_limit::RESPONSE_MIN_LENGTH_LOOSENED],
        None,
    ),
    kind(
        What::MaxLength,
        [&request_limit::REQUEST_MAX_LENGTH_TIGHTENED, &response_limit::RESPONSE_MAX_LENGTH_TIGHTENED],
        [&request_limit::REQUEST_MAX_LENGTH_LOOSENED, &response_limit::RESPONSE_MAX_LENGTH_LOOSENED],
        None,
    ),
    kind(
        What::Pattern,
        [&request_limit::REQUEST_PATTERN_TIGHTENED, &response_limit::RESPONSE_PATTERN_TIGHTENED],
        [&request_limit::REQUEST_PATTERN_LOOSENED, &response_limit::RESPONSE_PATTERN_LOOSENED],
        Some([&request_limit::REQUEST_PATTERN_CHANGED, &response_limit::RESPONSE_PATTERN_CHANGED]),
    ),
    kind(
        What::MinItems,
        [&request_list::REQUEST_MIN_ITEMS_TIGHTENED, &response_list::RESPONSE_MIN_ITEMS_TIGHTENED],
        [&request_list::REQUEST_MIN_ITEMS_LOOSENED, &response_list::RESPONSE_MIN_ITEMS_LOOSENED],
        None,
    ),
    kind(
        What::MaxItems,
        [&request_list::REQUEST_MAX_ITEMS_TIGHTENED, &response_list::RESPONSE_MAX_ITEMS_TIGHTENED],
        [&request_list::REQUEST_MAX_ITEMS_LOOSENED, &response_list::RESPONSE_MAX_ITEMS_LOOSENED],
        None,
    ),
    kind(
        What::UniqueItems,
        [&request_list::REQUEST_UNIQUE_ITEMS_TIGHTENED, &response_list::RESPONSE_UNIQUE_ITEMS_TIGHTENED],
        [&request_list::REQUEST_UNIQUE_ITEMS_LOOSENED, &response_list::RESPONSE_UNIQUE_ITEMS_LOOSENED],
        None,
    ),
    kind(
        What::Contains,
        [&request_list::REQUEST_CONTAINS_TIGHTENED, &response_list::RESPONSE_CONTAINS_TIGHTENED],
        [&request_list::REQUEST_CONTAINS_LOOSENED, &response_list::RESPONSE_CONTAINS_LOOSENED],
        Some([&request_list::REQUEST_CONTAINS_CHANGED, &response_list::RESPONSE_CONTAINS_CHANGED]),
    ),
    kind(
        What::UnevaluatedItems,
        [
            &request_list::REQUEST_UNEVALUATED_ITEMS_TIGHTENED,
            &response_list::RESPONSE_UNEVALUATED_ITEMS_TIGHTENED,
        ],
        [
            &request_list::REQUEST_UNEVALUATED_ITEMS_LOOSENED,
            &response_list::RESPONSE_UNEVALUATED_ITEMS_LOOSENED,
        ],
        Some([
            &request_list::REQUEST_UNEVALUATED_ITEMS_CHANGED,
            &response_list::RESPONSE_UNEVALUATED_ITEMS_CHANGED,
        ]),
    ),
    kind(
        What::MinProperties,
        [
            &request_object::REQUEST_MIN_PROPERTIES_TIGHTENED,
            &response_object::RESPONSE_MIN_PROPERTIES_TIGHTENED,
        ],
        [
            &request_object::REQUEST_MIN_PROPERTIES_LOOSENED,
            &response_object::RESPONSE_MIN_PROPERTIES_LOOSENED,
        ],
        None,
    ),
    kind(
        What::MaxProperties,
        [
            &request_object::REQUEST_MAX_PROPERTIES_TIGHTENED,
            &response_object::RESPONSE_MAX_PROPERTIES_TIGHTENED,
        ],
        [
            &request_object::REQUEST_MAX_PROPERTIES_LOOSENED,
            &response_object::RESPONSE_MAX_PROPERTIES_LOOSENED,
        ],
        None,
    ),
    kind(
        What::PropertyNames,
        [
            &request_object::REQUEST_PROPERTY_NAMES_TIGHTENED,
            &response_object::RESPONSE_PROPERTY_NAMES_TIGHTENED,
        ],
        [
            &request_object::REQUEST_PROPERTY_NAMES_LOOSENED,
            &response_object::RESPONSE_PROPERTY_NAMES_LOOSENED,
        ],
        Some([
            &request_object::REQUEST_PROPERTY_NAMES_CHANGED,
            &response_object::RESPONSE_PROPERTY_NAMES_CHANGED,
        ]),
    ),
    kind(
        What::BecameRequired,
        [
            &request_object::REQUEST_PROPERTY_BECAME_REQUIRED,
            &response_object::RESPONSE_PROPERTY_BECAME_REQUIRED,
        ],
        [
            &request_object::REQUEST_PROPERTY_BECAME_OPTIONAL,
            &response_object::RESPONSE_PROPERTY_BECAME_OPTIONAL,
        ],
        None,
    ),
    kind(
        What::BecameOptional,
        [
            &request_object::REQUEST_PROPERTY_BECAME_REQUIRED,
            &response_object::RESPONSE_PROPERTY_BECAME_REQUIRED,
        ],
        [
            &request_object::REQUEST_PROPERTY_BECAME_OPTIONAL,
            &response_object::RESPONSE_PROPERTY_BECAME_OPTIONAL,
        ],
        None,
    ),
    kind(
        What::Closed,
        [&request_object::REQUEST_PROPERTIES_CLOSED, &response_object::RESPONSE_PROPERTIES_CLOSED],
        [&request_object::REQUEST_PROPERTIES_OPENED, &response_object::RESPONSE_PROPERTIES_OPENED],
        None,
    ),
    kind(
        What::Opened,
        [&request_object::REQUEST_PROPERTIES_CLOSED, &response_object::RESPONSE_PROPERTIES_CLOSED],
        [&request_object::REQUEST_PROPERTIES_OPENED, &response_object::RESPONSE_PROPERTIES_OPENED],
        None,
    ),
    kind(
        What::Additional,
        [
            &request_object::REQUEST_ADDITIONAL_PROPERTIES_TIGHTENED,
            &response_object::RESPONSE_ADDITIONAL_PROPERTIES_TIGHTENED,
        ],
        [
            &request_object::REQUEST_ADDITIONAL_PROPERTIES_LOOSENED,
            &response_object::RESPONSE_ADDITIONAL_PROPERTIES_LOOSENED,
        ],
        None,
    ),
    kind(
        What::PatternPropertyAdded,
        [&request_object::REQUEST_PATTERN_PROPERTY_ADDED, &response_object::RESPONSE_PATTERN_PROPERTY_ADDED],
        [
            &request_object::REQUEST_PATTERN_PROPERTY_REMOVED,
            &response_object::RESPONSE_PATTERN_PROPERTY_REMOVED,
        ],
        None,
    ),
    kind(
        What::PatternPropertyRemoved,
        [&request_object::REQUEST_PATTERN_PROPERTY_ADDED, &response_object::RESPONSE_PATTERN_PROPERTY_ADDED],
        [
            &request_object::REQUEST_PATTERN_PROPERTY_REMOVED,
            &response_object::RESPONSE_PATTERN_PROPERTY_REMOVED,
        ],
        None,
    ),
    kind(
        What::UnevaluatedProperties,
        [
            &request_object::REQUEST_UNEVALUATED_PROPERTIES_TIGHTENED,
            &response_object::RESPONSE_UNEVALUATED_PROPERTIES_TIGHTENED,
        ],
        [
            &request_object::REQUEST_UNEVALUATED_PROPERTIES_LOOSENED,
            &response_object::RESPONSE_UNEVALUATED_PROPERTIES_LOOSENED,
        ],
        None,
    ),
    kind(
        What::DependencyAdded,
        [&request_object::REQUEST_DEPENDENCY_ADDED, &response_object::RESPONSE_DEPENDENCY_ADDED],
        [&request_object::REQUEST_DEPENDENCY_REMOVED, &response_object::RESPONSE_DEPENDENCY_REMOVED],
        None,
    ),
    kind(
        What::DependencyRemoved,
        [&request_object::REQUEST_DEPENDENCY_ADDED, &response_object::RESPONSE_DEPENDENCY_ADDED],
        [&request_object::REQUEST_DEPENDENCY_REMOVED, &response_object::RESPONSE_DEPENDENCY_REMOVED],
        None,
    ),
    kind(
        What::BranchRemoved,
        [&request_choice::REQUEST_BRANCH_REMOVED, &response_choice::RESPONSE_BRANCH_REMOVED],
        [&request_choice::REQUEST_BRANCH_ADDED, &response_choice::RESPONSE_BRANCH_ADDED],
        None,
    ),
    kind(
        What::BranchAdded,
        [&request_choice::REQUEST_BRANCH_REMOVED, &response_choice::RESPONSE_BRANCH_REMOVED],
        [&request_choice::REQUEST_BRANCH_ADDED, &response_choice::RESPONSE_BRANCH_ADDED],
        None,
    ),
    kind(
        What::ChoiceSet,
        [&request_choice::REQUEST_CHOICE_SET, &response_choice::RESPONSE_CHOICE_SET],
        [&request_choice::REQUEST_CHOICE_LIFTED, &response_choice::RESPONSE_CHOICE_LIFTED],
        None,
    ),
    kind(
        What::ChoiceLifted,
        [&request_choice::REQUEST_CHOICE_SET, &response_choice::RESPONSE_CHOICE_SET],
        [&request_choice::REQUEST_CHOICE_LIFTED, &response_choice::RESPONSE_CHOICE_LIFTED],
        None,
    ),
    kind(
        What::Not,
        [&request_choice::REQUEST_NOT_TIGHTENED, &response_choice::RESPONSE_NOT_TIGHTENED],
        [&request_choice::REQUEST_NOT_LOOSENED, &response_choice::RESPONSE_NOT_LOOSENED],
        Some([&request_choice::REQUEST_NOT_CHANGED, &response_choice::RESPONSE_NOT_CHANGED]),
    ),
    kind(
        What::Condition,
        [&request_choice::REQUEST_CONDITION_TIGHTENED, &response_choice::RESPONSE_CONDITION_TIGHTENED],
        [&request_choice::REQUEST_CONDITION_LOOSENED, &response_choice::RESPONSE_CONDITION_LOOSENED],
        Some([&request_choice::REQUEST_CONDITION_CHANGED, &response_choice::RESPONSE_CONDITION_CHANGED]),
    ),
];

/// The rows of requests and of answers, by what became of the set.
const fn kind(what: What, narrowed: Rows, widened: Rows, changed: Option<Rows>) -> Kind {
    let changed = match changed {
        Some(rows) => Some(ways(rows)),
        None => None,
    };
    Kind { what, narrowed: ways(narrowed), widened: ways(widened), changed }
}

const fn ways(rows: Rows) -> Ways {
    Ways { request: rows[0], response: rows[1] }
}

type Rows = [&'static Row; 2];
