//! A thousand random edits: each is refused or gives a text that reads as meant, and an edit with its inverse gives the
//! first text again.

use blueprose::edit;
use blueprose::model::Architecture;
use blueprose::reader::language;
use blueprose::text::Source;

/// A sequence of numbers that looks random and is the same every time (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

/// A component by a name that only it has.
fn name(dice: &mut Dice, a: &Architecture) -> String {
    let all: Vec<_> = a.components().map(|c| format!("\"{}\"", c.label)).collect();
    all[dice.roll(all.len())].clone()
}

/// A random sentence, and the sentence that takes it back, where there is one.
fn sentence(dice: &mut Dice, a: &Architecture, n: usize) -> (String, Option<String>) {
    let (x, y) = (name(dice, a), name(dice, a));
    let pairs: Vec<_> =
        a.connections().map(|c| (a.at(c.from).label.clone(), a.at(c.to).label.clone())).collect();
    let (from, to) =
        pairs.get(dice.roll(pairs.len().max(1))).cloned().unwrap_or_else(|| ("a".into(), "b".into()));
    let thing = dice.one(&["cache", "queue", "search index", "service", "bucket", "load balancer", "worker"]);
    match dice.roll(16) {
        0 => (format!("add a {thing} called \"Part {n}\" to {x}"), None),
        1 => (
            format!("add a proxy called \"Part {n}\" between \"{from}\" and \"{to}\""),
            Some(format!("remove \"Part {n}\"")),
        ),
        2 => (format!("rename {x} to \"Name {n}\""), Some(format!("rename \"Name {n}\" to {x}"))),
        3 => (format!("connect {x} to {y} labelled \"label {n}\""), None),
        4 => (format!("disconnect \"{from}\" from \"{to}\""), None),
        5 if a.component_count() > 12 => (format!("remove {x}"), None),
        6 => (format!("scale {x} to {}", 2 + dice.roll(8)), None),
        7 => (
            format!("set the \"colour {n}\" of {x} to red"),
            Some(format!("remove the \"colour {n}\" of {x}")),
        ),
        8 => (format!("set the timeout of {x} to {} s", 1 + dice.roll(60)), None),
        9 => (format!("make the call from \"{from}\" to \"{to}\" asynchronous"), None),
        10 => (format!("label the arrow from \"{from}\" to \"{to}\" \"carries {n}\""), None),
        11 => (format!("reverse the arrow between \"{from}\" and \"{to}\""), None),
        12 => (format!("group {x} and {y} as \"Group {n}\""), None),
        13 => (format!("move {x} into \"VPC\""), None),
        14 => (format!("add a {thing} that counts things of kind {n}"), None),
        _ => (format!("{x} should call {y} instead of \"{to}\""), None),
    }
}

#[test]
fn a_thousand_random_edits_keep_the_text_readable() {
    let first = super::commented(&super::system(std::path::Path::new("tests/suite/edit/shop.yaml")));
    let mut dice = Dice(20_260_101);
    let (mut text, mut done, mut taken_back) = (first.clone(), 0, 0);
    for n in 0..1000 {
        if n % 40 == 0 {
            text.clone_from(&first);
        }
        let source = Source::new("shop.bp", text.as_str());
        let read = language::read(&source).value;
        let (say, inverse) = sentence(&mut dice, &read, n);
        let edited = match edit::edit(&source, &[&say]) {
            Ok(edited) => edited,
            Err(refused) => {
                assert!(refused.sentence.is_some(), "{say}: {}\n{text}", refused.diagnostic.message);
                continue;
            }
        };
        let again = language::read(&Source::new("shop.bp", edited.text.as_str()));
        assert!(!again.has_errors(), "{say}: {:?}\n{}", again.diagnostics, edited.text);
        let lost = text.lines().filter(|l| !edited.text.contains(*l)).count();
        let touched = edited.plan.operations.len() * 4 + 12;
        assert!(lost <= touched, "{say}: {lost} lines are others\n{text}\n---\n{}", edited.text);
        done += 1;
        if let Some(inverse) = inverse.filter(|_| edited.text != text) {
            let back = edit::edit(&Source::new("shop.bp", edited.text.as_str()), &[&inverse])
                .unwrap_or_else(|r| panic!("{inverse}: {}\n{}", r.diagnostic.message, edited.text));
            let only = |x: &str, y: &str| {
                x.lines().filter(|l| !y.lines().any(|m| m == *l)).collect::<Vec<_>>().join("\n")
            };
            let (lost, left) = (only(&text, &back.text), only(&back.text, &text));
            assert!(back.text == text, "{say} / {inverse}\n{text}\nlost:\n{lost}\nleft:\n{left}");
            taken_back += 1;
        }
        text = edited.text;
    }
    assert!(done > 700 && taken_back > 80, "{done} edits were done, {taken_back} taken back");
}
