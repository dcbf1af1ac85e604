//! Which types may take the place of which (as in graphql-js `findBreakingChanges`).

use super::super::schema::Shape;

/// Whether clients that read the old type can read the new one: null may go, nothing else may change.
pub(super) fn safe_to_read(old: &Shape<'_>, new: &Shape<'_>) -> bool {
    match (old, new) {
        (Shape::NonNull(old), Shape::NonNull(new)) | (Shape::List(old), Shape::List(new)) => {
            safe_to_read(old, new)
        }
        (Shape::NonNull(_), _) => false,
        (_, Shape::NonNull(new)) => safe_to_read(old, new),
        (Shape::Named(old), Shape::Named(new)) => old == new,
        _ => false,
    }
}

/// Whether what clients send for the old type can be sent for the new one: null may come, nothing else may change.
pub(super) fn safe_to_send(old: &Shape<'_>, new: &Shape<'_>) -> bool {
    safe_to_read(new, old)
}

/// Whether only nullness differs.
pub(super) fn same_but_null(old: &Shape<'_>, new: &Shape<'_>) -> bool {
    match (old, new) {
        (Shape::NonNull(old), new) => same_but_null(old, new),
        (old, Shape::NonNull(new)) => same_but_null(old, new),
        (Shape::List(old), Shape::List(new)) => same_but_null(old, new),
        (Shape::Named(old), Shape::Named(new)) => old == new,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape<'_> {
        if let Some(inner) = text.strip_suffix('!') {
            return Shape::NonNull(Box::new(shape(inner)));
        }
        match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(inner) => Shape::List(Box::new(shape(inner))),
            None => Shape::Named(text),
        }
    }

    #[test]
    fn null_may_go_from_answers_and_come_to_requests() {
        for (wide, narrow, safe) in [
            ("Int", "Int!", true),
            ("[Int]", "[Int!]!", true),
            ("[[Int]]", "[[Int!]]", true),
            ("[Int]", "Int", false),
            ("Int", "[Int]", false),
            ("Int", "Float", false),
            ("[Int!]", "[Int]!", false),
        ] {
            let (wide, narrow) = (shape(wide), shape(narrow));
            assert_eq!(safe_to_read(&wide, &narrow), safe, "{wide} {narrow}");
            assert_eq!(safe_to_send(&narrow, &wide), safe, "{wide} {narrow}");
            assert!(!safe_to_read(&narrow, &wide), "{wide} {narrow}");
        }
    }
}
