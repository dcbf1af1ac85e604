//! The kinds of difference between two schemas.

/// What changed. Every format that has schemas tells of each. Where a kind can go either way (`Type`, `MaxLength`),
/// [`super::Fact::narrows`] and [`super::Fact::widens`] say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactKind {
    /// Only words for people: title, description, example, comment. Neither narrows nor widens.
    Words,
    /// `default`: what is taken where nothing is said. Neither narrows nor widens.
    Default,
    /// `deprecated` was set. Neither narrows nor widens.
    Deprecated,
    /// `deprecated` was lifted. Neither narrows nor widens.
    Undeprecated,
    /// `readOnly` or `writeOnly` was set or lifted. Neither narrows nor widens: what it does to a request or an answer
    /// is told as a property that came or went.
    Access,
    /// The types: `string` to `integer` (both), `integer` to `number` (widens), `[string, object]` to `string` (narrows).
    Type,
    /// `null` is accepted besides.
    NullAllowed,
    /// `null` is no longer accepted.
    NullRefused,
    /// `format`: `int32` to `int64` widens, set narrows, lifted widens, anything else does both.
    Format,
    /// `contentEncoding`, `contentMediaType`, `contentSchema`.
    Content,
    /// One more value in a list of allowed values (`enum`, `const`, `boolean`).
    EnumValueAdded,
    /// One value less in a list of allowed values.
    EnumValueRemoved,
    /// A list of allowed values where any was allowed.
    EnumSet,
    /// Any value where a list of allowed values was.
    EnumLifted,
    /// One more value in `x-extensible-enum`, a list of which clients were told that it grows. Neither narrows nor widens.
    OpenValueAdded,
    /// One value less in such a list. Neither narrows nor widens.
    OpenValueRemoved,
    /// `minimum`, `exclusiveMinimum`.
    Minimum,
    /// `maximum`, `exclusiveMaximum`.
    Maximum,
    /// `multipleOf`.
    MultipleOf,
    /// `minLength`.
    MinLength,
    /// `maxLength`.
    MaxLength,
    /// `pattern`; both unless the patterns are provably one in the other.
    Pattern,
    /// `minItems`.
    MinItems,
    /// `maxItems`, or a tuple that ends earlier or later.
    MaxItems,
    /// `uniqueItems`.
    UniqueItems,
    /// `contains`, `minContains`, `maxContains`.
    Contains,
    /// `unevaluatedItems` where it cannot be put in simpler words.
    UnevaluatedItems,
    /// `minProperties`.
    MinProperties,
    /// `maxProperties`.
    MaxProperties,
    /// `propertyNames`.
    PropertyNames,
    /// A property that may be left out came. Widens if the old schema was closed; narrows if it was open, in the strict
    /// sense that data could hold anything under this name.
    PropertyAddedOptional,
    /// A property that must be there came. Narrows; widens as well if the old schema was closed.
    PropertyAddedRequired,
    /// A property that could be left out went. Narrows if the new schema is closed, else widens.
    PropertyRemovedOptional,
    /// A property that had to be there went. Widens; narrows as well if the new schema is closed.
    PropertyRemovedRequired,
    /// A property must be there that could be left out.
    BecameRequired,
    /// A property may be left out that had to be there.
    BecameOptional,
    /// Further properties are refused that were allowed: `additionalProperties: false`.
    Closed,
    /// Further properties are allowed that were refused.
    Opened,
    /// Further properties have a schema, or none any more; where both sides have one, the facts stand inside it.
    Additional,
    /// `patternProperties` has a pattern more.
    PatternPropertyAdded,
    /// `patternProperties` has a pattern less.
    PatternPropertyRemoved,
    /// `unevaluatedProperties` where it cannot be put in simpler words.
    UnevaluatedProperties,
    /// `dependentRequired`, `dependentSchemas`, `dependencies`: one more, or a stricter one.
    DependencyAdded,
    /// One dependency less.
    DependencyRemoved,
    /// A branch of `oneOf` or `anyOf` more.
    BranchAdded,
    /// A branch of `oneOf` or `anyOf` less.
    BranchRemoved,
    /// A further condition that is a choice (`oneOf`, `anyOf`) of several.
    ChoiceSet,
    /// Such a condition less.
    ChoiceLifted,
    /// `not`.
    Not,
    /// `if`, `then`, `else`.
    Condition,
    /// `xml`: the element or attribute is another, where XML is what is sent. Both.
    Xml,
    /// `discriminator`: its property or its mapping. Both.
    Discriminator,
}
