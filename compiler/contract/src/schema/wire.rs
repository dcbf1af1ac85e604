//! How values are written on the wire: what a validator of JSON tells apart may be one text there.

/// What a value is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wire {
    /// JSON, where a number is no text.
    #[default]
    Json,
    /// XML, where names of elements count.
    Xml,
    /// A form: its properties are [`Wire::Field`]s.
    Form,
    /// A field of a form: a text, a list of one being the same; maps are JSON.
    Field,
    /// A parameter whose items each stand for themselves, as those of `form` with `explode`: a list of one is its item.
    Repeated,
    /// A parameter whose items are joined by a sign.
    Joined,
    /// An item of a list that is written as a text.
    Item,
}

impl Wire {
    /// How the properties of such a value are written.
    pub(super) fn property(self) -> Wire {
        match self {
            Wire::Json | Wire::Field | Wire::Item => Wire::Json,
            Wire::Xml => Wire::Xml,
            Wire::Form => Wire::Field,
            Wire::Repeated => Wire::Repeated,
            Wire::Joined => Wire::Item,
        }
    }

    /// How the items of such a value are written.
    pub(super) fn item(self) -> Wire {
        match self {
            Wire::Json | Wire::Form | Wire::Item => Wire::Json,
            Wire::Xml => Wire::Xml,
            Wire::Field | Wire::Repeated | Wire::Joined => Wire::Item,
        }
    }

    /// Whether numbers and truth values are texts, and `null` is what is left out.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Wire::Field | Wire::Repeated | Wire::Joined | Wire::Item)
    }

    /// Whether a list of one is written as its item.
    pub(super) fn has_lists(self) -> bool {
        matches!(self, Wire::Field | Wire::Repeated | Wire::Joined)
    }
}
