//! The union of choices: branches of different kinds are one shape, kind by kind; only branches of one kind remain a choice.

use super::Judge;
use super::intersect::Facets;
use super::literal::Literal;
use super::shape::{At, Choice, Class, Condition, FALSE, LIST, MAP, NULL, NUMBER, Shape, TEXT, TRUE};
use super::term::TermId;
use std::collections::BTreeMap;
use std::rc::Rc;

type Kind<'s, 'a, F> = Option<Rc<Class<'s, 'a, F>>>;

impl<'s, 'a> Judge<'s, 'a> {
    /// What one of several branches accepts.
    pub(super) fn union(&mut self, choice: Choice<'s, 'a>) -> Shape<'s, 'a> {
        let shapes: Vec<_> = choice.branches.iter().map(|branch| self.shape(branch.term)).collect();
        let mut solid = shapes.iter().filter(|shape| shape.kinds() != 0);
        let (words, parent) = match (solid.next(), solid.next()) {
            (Some(only), None) => (only.words.clone(), only.parent),
            _ => Default::default(),
        };
        Shape {
            span: Some(choice.span),
            twice: twice(choice.one, &shapes),
            constants: shapes.iter().fold(0, |bits, shape| bits | shape.constants),
            number: kind(&choice, &shapes, |shape| &shape.number),
            text: kind(&choice, &shapes, |shape| &shape.text),
            list: kind(&choice, &shapes, |shape| &shape.list),
            map: kind(&choice, &shapes, |shape| &shape.map),
            words,
            parent,
            opaque: shapes.iter().find_map(|shape| shape.opaque),
        }
    }
}

/// Which of `null`, `true` and `false` no branch is left to accept, or two are; nothing where no `oneOf` asks.
fn twice(one: bool, shapes: &[Rc<Shape>]) -> Option<u8> {
    let asked = one && shapes.len() > 1 || shapes.iter().any(|shape| shape.twice.is_some());
    let lost = |bit: &u8| {
        let accepts = |shape: &&Rc<Shape>| shape.constants & !shape.twice.unwrap_or_default() & bit != 0;
        let count = shapes.iter().filter(accepts).count();
        count == 0 || one && count > 1
    };
    let accepted = shapes.iter().fold(0, |bits, shape| bits | shape.constants);
    let bits = [NULL, TRUE, FALSE].into_iter().filter(|bit| accepted & bit != 0);
    asked.then(|| bits.filter(lost).sum())
}

fn kind<'s, 'a, F: Facets>(
    choice: &Choice<'s, 'a>,
    shapes: &[Rc<Shape<'s, 'a>>],
    get: for<'x> fn(&'x Shape<'s, 'a>) -> &'x Kind<'s, 'a, F>,
) -> Kind<'s, 'a, F> {
    let mut terms: Vec<TermId> = vec![];
    let mut classes: Vec<(&Rc<Class<F>>, usize)> = vec![];
    for (at, shape) in shapes.iter().enumerate() {
        let term = choice.branches[at].term;
        if let Some(class) = get(shape)
            && (choice.one || !terms.contains(&term))
        {
            terms.push(term);
            classes.push((class, at));
        }
    }
    match classes.as_slice() {
        [] => None,
        [(class, _)] if choice.discriminator.is_none() => Some((*class).clone()),
        _ if !choice.one
            && choice.discriminator.is_none()
            && classes.iter().any(|(class, _)| class.free()) =>
        {
            Some(Rc::default())
        }
        _ if classes.iter().all(|(class, _)| class.literals.is_some()) => {
            let mut known: BTreeMap<&str, usize> = BTreeMap::new();
            let mut all: Vec<Literal> = vec![];
            for (class, _) in &classes {
                for literal in class.literals.iter().flatten() {
                    let lost = class.twice.as_ref().is_some_and(|twice| twice.contains(&literal.text));
                    all.extend((!known.contains_key(&*literal.text)).then(|| literal.clone()));
                    *known.entry(&literal.text).or_default() += usize::from(!lost);
                }
            }
            let lost = |times: usize| times == 0 || choice.one && times > 1;
            let several =
                || known.iter().filter(|(_, times)| lost(**times)).map(|(text, _)| (*text).to_string());
            let asked = choice.one || classes.iter().any(|(class, _)| class.twice.is_some());
            let twice = asked.then(|| several().collect());
            Some(Rc::new(Class { literals: Some(all), twice, ..Class::default() }))
        }
        _ => {
            let branches = classes.iter().map(|(_, at)| choice.branches[*at].clone()).collect();
            let choice = Choice { branches, ..choice.clone() };
            Some(Rc::new(Class { choices: vec![choice], ..Class::default() }))
        }
    }
}

/// Adds a literal, which is not among them, to those of its kind.
pub fn allow<'s, 'a, F: Facets>(kind: &mut Kind<'s, 'a, F>, literal: Literal<'s, 'a>) {
    let class = Rc::make_mut(kind.get_or_insert_default());
    class.literals.get_or_insert_default().push(literal);
}

/// Takes what a schema refuses out of everything.
pub fn refuse<'s, 'a>(shape: &mut Shape<'s, 'a>, refused: &Shape<'s, 'a>, at: At<TermId>) {
    fn one<F: Facets>(kind: &mut Kind<F>, refused: &Kind<F>, at: At<TermId>) {
        match refused {
            None => {}
            Some(class) if class.free() => *kind = None,
            Some(_) => {
                if let Some(class) = kind {
                    Rc::make_mut(class).nots.push(at);
                }
            }
        }
    }
    one(&mut shape.number, &refused.number, at);
    one(&mut shape.text, &refused.text, at);
    one(&mut shape.list, &refused.list, at);
    one(&mut shape.map, &refused.map, at);
}

/// Puts `if`, `then` and `else` into a shape that accepts everything, kind by kind: a test that no value of the kind
/// passes, or every one, decides at once.
pub fn decide<'s, 'a>(
    shape: &mut Shape<'s, 'a>,
    test: &Shape<'s, 'a>,
    yes: &Shape<'s, 'a>,
    no: &Shape<'s, 'a>,
    condition: Condition,
) {
    fn one<'s, 'a, F: Facets>(
        test: &Kind<'s, 'a, F>,
        yes: &Kind<'s, 'a, F>,
        no: &Kind<'s, 'a, F>,
        condition: Condition,
    ) -> Kind<'s, 'a, F> {
        match test {
            None => no.clone(),
            Some(class) if class.free() => yes.clone(),
            Some(_) => {
                let free = |kind: &Kind<F>| kind.as_ref().is_some_and(|it| it.free());
                let idle = free(yes) && free(no);
                let conditions = if idle { vec![] } else { vec![condition] };
                Some(Rc::new(Class { conditions, ..Class::default() }))
            }
        }
    }
    shape.number = one(&test.number, &yes.number, &no.number, condition);
    shape.text = one(&test.text, &yes.text, &no.text, condition);
    shape.list = one(&test.list, &yes.list, &no.list, condition);
    shape.map = one(&test.map, &yes.map, &no.map, condition);
}

/// The shape with one choice of one kind taken out.
pub fn without<'s, 'a>(mut shape: Shape<'s, 'a>, kind: u8, choice: usize) -> Shape<'s, 'a> {
    fn one<F: Facets>(kind: &mut Kind<F>, choice: usize) {
        if let Some(class) = kind
            && choice < class.choices.len()
        {
            Rc::make_mut(class).choices.remove(choice);
        }
    }
    match kind {
        NUMBER => one(&mut shape.number, choice),
        TEXT => one(&mut shape.text, choice),
        LIST => one(&mut shape.list, choice),
        MAP => one(&mut shape.map, choice),
        _ => {}
    }
    shape
}
