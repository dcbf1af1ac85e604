//! Whether a value is accepted: asked for the members of `enum`. `None` where it cannot be told.

use super::Judge;
use super::literal::canonical;
use super::pattern;
use super::shape::{At, Class, Condition, FALSE, Lists, Maps, NULL, Numbers, Shape, TRUE, Texts};
use super::term::{Atom, Origin, TermId};
use crate::value::{Data, Value};
use bastide_report::units::decimal::Decimal;

/// Deepest values and choices that are looked into.
const DEEPEST: usize = 90;
/// Whole numbers between two bounds that are looked at one by one.
const FEW: i64 = 64;

impl<'s, 'a> Judge<'s, 'a> {
    /// Whether a term accepts a value.
    pub(super) fn accepts(&mut self, term: TermId, value: &Value) -> Option<bool> {
        self.tried();
        if self.tires() || self.depth > DEEPEST {
            return None;
        }
        self.depth += 1;
        let shape = self.shape(term);
        let answer = self.accepts_shape(self.origin(term), &shape, value);
        self.depth -= 1;
        answer
    }

    /// The same, where just one branch of a `oneOf` may accept.
    pub(super) fn accepts_strictly(&mut self, term: TermId, value: &Value) -> Option<bool> {
        let before = std::mem::replace(&mut self.strict, true);
        let answer = self.accepts(term, value);
        self.strict = before;
        answer
    }

    /// Whether a shape accepts a value.
    pub(super) fn accepts_shape(
        &mut self,
        origin: Origin,
        shape: &Shape<'s, 'a>,
        value: &Value,
    ) -> Option<bool> {
        if shape.opaque.is_some() {
            return None;
        }
        let twice = if self.strict { shape.twice.unwrap_or_default() } else { 0 };
        let constant = |bit: u8| Some(shape.constants & !twice & bit != 0);
        let known = match &value.data {
            Data::Null => return constant(NULL),
            Data::Bool(true) => return constant(TRUE),
            Data::Bool(false) => return constant(FALSE),
            Data::Number(_) => shape.number.as_ref().map(|class| listed(class, value, self.strict)),
            Data::Text(_) => shape.text.as_ref().map(|class| listed(class, value, self.strict)),
            Data::List(_) => shape.list.as_ref().map(|class| listed(class, value, self.strict)),
            Data::Map(_) => shape.map.as_ref().map(|class| listed(class, value, self.strict)),
        };
        match known {
            None => Some(false),
            Some(Some(answer)) => Some(answer),
            Some(None) => self.bounds(origin, shape, value),
        }
    }

    /// Whether the bounds, choices and conditions of the value's kind let it pass, literals aside.
    pub(super) fn bounds(&mut self, origin: Origin, shape: &Shape<'s, 'a>, value: &Value) -> Option<bool> {
        match &value.data {
            Data::Number(text) => {
                let class = shape.number.as_ref()?;
                self.rest(class, value, number(&class.facets, text))
            }
            Data::Text(text) => {
                let class = shape.text.as_ref()?;
                self.rest(class, value, written(&class.facets, text))
            }
            Data::List(items) => {
                let class = shape.list.as_ref()?;
                let facets = self.list(origin, class, items);
                self.rest(class, value, facets)
            }
            Data::Map(_) => {
                let class = shape.map.as_ref()?;
                let facets = self.map(origin, class, value);
                self.rest(class, value, facets)
            }
            _ => Some(true),
        }
    }

    fn rest<F>(&mut self, class: &Class<'s, 'a, F>, value: &Value, facets: Option<bool>) -> Option<bool> {
        let mut all = facets;
        for choice in &class.choices {
            let votes: Vec<_> =
                choice.branches.iter().map(|branch| self.accepts(branch.term, value)).collect();
            let sure = votes.iter().filter(|vote| **vote == Some(true)).count();
            let open = votes.iter().filter(|vote| vote.is_none()).count();
            // That no second branch may accept (`oneOf`) is taken for an accident, unless it is asked for.
            let one = self.strict && choice.one && choice.discriminator.is_none();
            all = and(
                all,
                match (sure, open) {
                    (2.., _) if one => Some(false),
                    (1, 1..) if one => None,
                    (0, 0) => Some(false),
                    (0, _) => None,
                    _ => Some(true),
                },
            );
        }
        for not in &class.nots {
            let refused = self.accepts(not.value, value);
            all = and(all, refused.map(|refused| !refused));
        }
        for Condition { when, then, other, .. } in &class.conditions {
            let vote = match self.accepts(*when, value) {
                Some(true) => self.accepts(*then, value),
                Some(false) => self.accepts(*other, value),
                None => None,
            };
            all = and(all, vote);
        }
        all
    }

    fn list(
        &mut self,
        origin: Origin,
        class: &Class<'s, 'a, Lists<'s, 'a>>,
        items: &[Value],
    ) -> Option<bool> {
        let Lists { parts, least, most, unique, contains, opaque } = &class.facets;
        let count = items.len() as u64;
        let length = least.is_none_or(|at| at.value <= count) && most.is_none_or(|at| count <= at.value);
        let mut all = Some(length);
        let mut texts: Vec<String> = items.iter().map(canonical).collect();
        texts.sort();
        all = and(all, Some(unique.is_none() || texts.windows(2).all(|pair| pair[0] != pair[1])));
        for part in parts {
            for (at, item) in items.iter().enumerate() {
                if let Some(schema) = part.prefix.get(at).copied().or(part.rest) {
                    all = and(all, self.accepts_schema(origin, schema, item));
                }
            }
        }
        for asked in contains {
            let votes: Vec<_> = items.iter().map(|item| self.accepts(asked.term, item)).collect();
            let sure = votes.iter().filter(|vote| **vote == Some(true)).count() as u64;
            let open = votes.iter().filter(|vote| vote.is_none()).count() as u64;
            let fits = |count: u64| asked.least <= count && asked.most.is_none_or(|most| count <= most);
            all = and(all, if open == 0 { Some(fits(sure)) } else { None });
        }
        if opaque.is_empty() { all } else { and(all, None) }
    }

    fn map(&mut self, origin: Origin, class: &Class<'s, 'a, Maps<'s, 'a>>, value: &Value) -> Option<bool> {
        let Maps { parts, required, least, most, names, needs, depends, opaque, .. } = &class.facets;
        let count = value.entries().len() as u64;
        let length = least.is_none_or(|at| at.value <= count) && most.is_none_or(|at| count <= at.value);
        let has = |name: &str| value.get(name).is_some();
        let there = required.iter().all(|(name, _)| has(name));
        let met = needs.iter().all(|(with, name, _)| !has(with) || has(name));
        let mut all = Some(length && there && met);
        for part in parts {
            for entry in value.entries() {
                let named = part.named.binary_search_by(|property| property.name.cmp(&entry.key)).ok();
                let mut known = named.is_some();
                if let Some(at) = named.filter(|_| !part.only_names) {
                    all = and(all, self.accepts_schema(origin, part.named[at].value, &entry.value));
                }
                for (text, _, schema) in &part.patterns {
                    match pattern::matches(text, &entry.key) {
                        Some(true) => known = true,
                        Some(false) => continue,
                        None => all = and(all, None),
                    }
                    if !part.only_names {
                        all = and(all, self.accepts_schema(origin, schema, &entry.value));
                    }
                }
                if let Some(others) = part.others.filter(|_| !known) {
                    all = and(all, self.accepts_schema(origin, others, &entry.value));
                }
            }
        }
        for asked in names {
            for entry in value.entries() {
                let name = Value { span: entry.at, data: Data::Text(entry.key.clone()) };
                all = and(all, self.accepts(asked.value, &name));
            }
        }
        if !opaque.is_empty() {
            all = and(all, None);
        }
        for (name, at) in depends {
            if has(name) {
                all = and(all, self.accepts(at.value, value));
            }
        }
        all
    }

    fn accepts_schema(&mut self, origin: Origin, schema: &'s Value<'a>, value: &Value) -> Option<bool> {
        let term = self.term(origin, &[Atom::Schema(schema)]);
        self.accepts(term, value)
    }
}

/// Whether a value is one of those listed; `None` where none are. Strictly, what two branches list is out.
fn listed<F>(class: &Class<F>, value: &Value, strict: bool) -> Option<bool> {
    let literals = class.literals.as_ref()?;
    let text = canonical(value);
    let lost = strict && class.twice.as_ref().is_some_and(|twice| twice.contains(&text));
    Some(!lost && literals.iter().any(|literal| literal.text == text))
}

/// Both hold; what is false needs no other.
fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

pub fn number(facets: &Numbers, text: &str) -> Option<bool> {
    decimal(facets, Decimal::read(text)?)
}

/// Whether bounds let a number pass.
pub fn decimal(facets: &Numbers, number: Decimal) -> Option<bool> {
    let low = facets.least.is_none_or(|it| number > it.value || number == it.value && !it.exclusive);
    let high = facets.greatest.is_none_or(|it| number < it.value || number == it.value && !it.exclusive);
    let mut all = Some(low && high && (facets.whole.is_none() || number.whole()));
    for multiple in &facets.multiples {
        all = and(all, number.multiple_of(multiple.value));
    }
    all
}

/// All numbers that bounds let pass, where they are few; formats aside.
pub fn few(facets: &Numbers) -> Option<Vec<Decimal>> {
    let (least, greatest) = facets.least.zip(facets.greatest)?;
    let mut all = vec![least.value];
    if least.value != greatest.value {
        facets.whole?;
        let (low, high) = (least.value.round(true).small()?, greatest.value.round(false).small()?);
        all = (high.checked_sub(low)? < FEW).then(|| (low..=high).map(Decimal::from).collect())?;
    }
    all.retain(|it| decimal(facets, *it) == Some(true));
    Some(all)
}

/// All texts that bounds let pass, where they are few: those of one sign at most, out of ASCII.
pub fn few_texts(facets: &Texts) -> Option<Vec<String>> {
    let short = facets.most.is_some_and(|most| most.value <= 1);
    let plain = |at: &At<&str>| pattern::within(at.value, "^[\\x00-\\x7f]*$") == Some(true);
    if !short || !facets.patterns.iter().any(plain) {
        return None;
    }
    let signs = (0..=0x7f_u8).map(|sign| char::from(sign).to_string());
    let mut all: Vec<String> = signs.chain([String::new()]).collect();
    all.retain(|text| written(facets, text) == Some(true));
    Some(all)
}

pub fn written(facets: &Texts, text: &str) -> Option<bool> {
    let count = text.chars().count() as u64;
    let low = facets.least.is_none_or(|at| at.value <= count);
    let high = facets.most.is_none_or(|at| count <= at.value);
    let mut all = Some(low && high);
    for pattern in &facets.patterns {
        all = and(all, pattern::matches(pattern.value, text));
    }
    all
}
