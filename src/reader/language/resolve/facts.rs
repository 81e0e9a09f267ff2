//! Everything that is said about components and the whole: figures, notes, wishes, suppressions, assumptions, questions.

use super::{Block, Resolve, block_of, innermost, names, origin, walk};
use crate::catalog::nearest;
use crate::model::{
    Assumption, Id, ModelError, Note, Origin, Question, Suppression, Wish, WishKind, WorkloadFact,
};
use crate::reader::language::explain::shown;
use crate::reader::language::tree::{AttributeValue, Attributes, Item, ItemKind, Mark, Statement, Text};
use crate::reader::language::words;
use crate::text::{Diagnostic, Span};

impl Resolve<'_> {
    pub(super) fn facts(&mut self, items: &[Item]) {
        let (mut titled, mut described) = (false, false);
        walk(items, |item, statement, blocks| {
            if matches!(blocks.last(), Some(Block::Flow))
                && !matches!(
                    statement,
                    Statement::Connection { .. } | Statement::Component(_) | Statement::Property(_)
                )
            {
                self.say(Diagnostic::error("BP0108", item.span, "a flow holds only steps (`a -> b`)"));
            }
            match statement {
                Statement::Title(text) => {
                    self.once(&mut titled, "title", item.span);
                    self.a.title = Some(text.value.clone());
                }
                Statement::Description(text) => {
                    self.once(&mut described, "description", item.span);
                    self.a.description = Some(text.value.clone());
                }
                Statement::Direction { word, inside, mark } => {
                    let group = match inside {
                        Some(name) => self.about(std::slice::from_ref(name)).pop().map(Some),
                        None => Some(innermost(blocks)),
                    };
                    if let Some(group) = group {
                        self.direction(word, group, origin(mark.as_ref(), item.span));
                    }
                }
                Statement::Component(d) => {
                    if let Some(id) = self.find(&d.name) {
                        self.component_figures(&id, d.attributes.as_ref());
                    }
                }
                Statement::Expect { on, attributes, mark } => self.expect(on, attributes, mark.as_ref()),
                _ => self.remark(statement, item.span),
            }
            blocks.extend(matches!(item.kind, ItemKind::Open(_)).then(|| block_of(statement)).flatten());
        });
    }

    fn once(&mut self, seen: &mut bool, what: &str, span: Span) {
        if std::mem::replace(seen, true) {
            let message = format!("the {what} is said a second time; the last one counts");
            self.say(Diagnostic::warning("BP0209", span, message));
        }
    }

    fn direction(&mut self, word: &Text, group: Option<Id>, origin: Origin) {
        let Some(direction) = words::direction(&word.value) else {
            let message = format!("`{}` is no direction; there are `right` and `down`", shown(&word.value));
            let right = Diagnostic::error("BP0109", word.span, message);
            self.say(right.suggest("write `right`", word.span, "right"));
            return;
        };
        match group {
            None => self.a.direction = Some(direction),
            Some(id) => self.wish(WishKind::GroupDirection(id, direction), origin),
        }
    }

    fn wish(&mut self, kind: WishKind, origin: Origin) {
        let span = origin.span();
        let added = self.a.add_wish(Wish { kind, origin });
        self.check(added, span);
    }

    fn check(&mut self, added: Result<(), ModelError>, span: Span) {
        if let Err(error) = added {
            self.say(Diagnostic::error("BP0109", span, error.to_string()));
        }
    }

    fn component_figures(&mut self, id: &Id, attributes: Option<&Attributes>) {
        for attribute in attributes.into_iter().flat_map(Attributes::entries) {
            if attribute.key.quoted || names::key(&attribute.key) != "expect" {
                continue;
            }
            match &attribute.value {
                Some(AttributeValue::Attributes(inner)) => {
                    self.figures(inner, &[Some(id.clone())], attribute.mark.as_ref());
                }
                _ => self.say(
                    Diagnostic::error("BP0109", attribute.span, "`expect` takes figures in braces")
                        .hint("for example: `expect: { rate: 50/s }`"),
                ),
            }
        }
    }

    fn expect(&mut self, on: &[Text], attributes: &Attributes, mark: Option<&Mark>) {
        if on.is_empty() {
            self.figures(attributes, &[None], mark);
            return;
        }
        let about: Vec<_> = self.about(on).into_iter().map(Some).collect();
        self.figures(attributes, &about, mark);
    }

    fn figures(&mut self, attributes: &Attributes, about: &[Option<Id>], mark: Option<&Mark>) {
        for attribute in attributes.entries() {
            let Some(key) = words::workload_key(&attribute.key.value) else {
                let message = format!("`{}` is no figure about the load", shown(&attribute.key.value));
                let diagnostic = Diagnostic::error("BP0109", attribute.key.span, message);
                let near = nearest(&attribute.key.value, words::workload_words().map(|w| (w, w)));
                self.say(match near {
                    Some(word) => {
                        diagnostic.suggest(format!("did you mean `{word}`?"), attribute.key.span, word)
                    }
                    None => diagnostic.hint(format!(
                        "there are {}",
                        words::workload_words().collect::<Vec<_>>().join(", ")
                    )),
                });
                continue;
            };
            let Some(value) = &attribute.value else {
                self.say(Diagnostic::error("BP0109", attribute.span, "this figure has no value"));
                continue;
            };
            let Some(value) = self.value(value) else { continue };
            let origin = origin(attribute.mark.as_ref().or(mark), attribute.span);
            for about in about {
                let fact =
                    WorkloadFact { key, value: value.clone(), about: about.clone(), origin: origin.clone() };
                let added = self.a.add_workload(fact);
                self.check(added, attribute.span);
            }
        }
    }

    fn remark(&mut self, statement: &Statement, span: Span) {
        match statement {
            Statement::Note { on, text, mark } => {
                let origin = origin(mark.as_ref(), span);
                let text = text.value.clone();
                if on.is_empty() {
                    let added = self.a.add_note(Note { text, about: None, origin });
                    return self.check(added, span);
                }
                for id in self.about(on) {
                    let note = Note { text: text.clone(), about: Some(id), origin: origin.clone() };
                    let added = self.a.add_note(note);
                    self.check(added, span);
                }
            }
            Statement::Ignore { rules, on, reason, mark } => {
                let about = self.about(on);
                if about.is_empty() && !on.is_empty() {
                    return; // it would be silent everywhere
                }
                for rule in rules {
                    let added = self.a.add_suppression(Suppression {
                        rule: rule.value.clone(),
                        about: about.clone(),
                        reason: reason.value.clone(),
                        origin: origin(mark.as_ref(), span),
                    });
                    self.check(added, span);
                }
            }
            Statement::Assume { on, text, mark } => {
                let about = self.about(on);
                let text = text.value.clone();
                let added =
                    self.a.add_assumption(Assumption { text, about, origin: origin(mark.as_ref(), span) });
                self.check(added, span);
            }
            Statement::Question { on, text, default, settle, mark } => {
                let about = self.about(on);
                let value = |t: &Option<Text>| t.as_ref().map(|t| t.value.clone());
                let added = self.a.add_question(Question {
                    text: text.value.clone(),
                    default: value(default),
                    settle: value(settle),
                    about,
                    origin: origin(mark.as_ref(), span),
                });
                self.check(added, span);
            }
            Statement::Wish { word, names, mark } => self.wishes(word, names, &origin(mark.as_ref(), span)),
            _ => {}
        }
    }

    fn wishes(&mut self, word: &Text, names: &[Text], origin: &Origin) {
        let ids = self.about(names);
        let word = words::folded(&word.value);
        match (word.as_str(), ids.as_slice()) {
            ("first", ids) => {
                ids.iter().for_each(|id| self.wish(WishKind::First(id.clone()), origin.clone()));
            }
            ("last", ids) => {
                ids.iter().for_each(|id| self.wish(WishKind::Last(id.clone()), origin.clone()));
            }
            ("near", [a, b]) => self.wish(WishKind::Near(a.clone(), b.clone()), origin.clone()),
            ("same-rank", [_, _, ..]) => self.wish(WishKind::SameRank(ids), origin.clone()),
            ("order", [_, _, ..]) => self.wish(WishKind::Order(ids), origin.clone()),
            _ if ids.len() < names.len() => {} // an unknown name has been reported
            (word, _) => {
                let message = if word == "near" {
                    "`near` takes two names".to_owned()
                } else {
                    format!("`{word}` takes at least two names")
                };
                self.say(Diagnostic::error("BP0109", origin.span(), message));
            }
        }
    }
}
