use super::*;

/// Everything that is told, a line each.
#[derive(Default)]
struct All(Vec<String>);

fn path(path: &[Place<'_>]) -> String {
    let step = |place: &Place<'_>| match place.step {
        Step::Key(key) => key.to_string(),
        Step::Item => "-".into(),
    };
    path.iter().map(step).collect::<Vec<_>>().join(" ")
}

impl<'t> Visit<'t> for All {
    fn node(&mut self, at: &[Place<'t>], value: Option<Scalar<'t>>) {
        let Some(value) = value else { return };
        let text = value.text().map_or_else(|| format!("<{}>", value.bytes()), Cow::into_owned);
        self.0.push(format!("{}={text}", path(at)));
    }

    fn twice(&mut self, at: &[Place<'t>]) {
        self.0.push(format!("{} twice", path(at)));
    }

    fn end(&mut self) {
        self.0.push("end".into());
    }
}

#[test]
fn what_stands_where() {
    let cases = [
        (
            "a: 1\nb:\n  c: x # y\n  d:\n  - e\n  - f: 2\n    g: 3\nh: 4\n",
            "a=1; b c=x; b d -=e; b d - f=2; b d - g=3; h=4",
        ),
        ("a:\n- b:\n  - c: 1\n- d\n", "a - b - c=1; a -=d"),
        ("a: |\n  one\n   two\n\nb: 'it''s'\nc: \"\\\"q\\\"\"\n", "a=<10>; b=it's; c=\"q\""),
        ("a: {b: [1, \"x, y\"], \"c\": {}}\nd: [{e: 1}, {e: 2}]\n", "a b -=1; a b -=x, y; d - e=1; d - e=2"),
        ("a: 1\na: 2\nb: {c: 1, c: 2}\n", "a=1; a twice; a=2; b c=1; b c twice; b c=2"),
        ("a: &x\n  <<: *y\n  b: !t c\n", "a b=c"),
        ("# c\n\"a: b\": http://x:1/#y\n'k': -\n", "a: b=http://x:1/#y; k=-"),
        ("- - a\n  - b\n- c\n", "- -=a; - -=b; -=c"),
        ("a:\n  - b: |-\n      text: no\n    c: 1\n", "a - b=<9>; a - c=1"),
        ("a: 1\n---\na: 2\n", "a=1; end; a=2"),
    ];
    for (text, expected) in cases {
        let mut all = All::default();
        read(text, &mut all);
        assert_eq!(all.0.join("; "), format!("{expected}; end"), "{text}");
    }
    let many: String = (0..100).map(|at| format!("k{at}: 1\n")).chain(["k7: 1\n".into()]).collect();
    let mut all = All::default();
    read(&many, &mut all);
    assert_eq!(all.0.iter().filter(|it| it.ends_with("twice")).count(), 1);
}
