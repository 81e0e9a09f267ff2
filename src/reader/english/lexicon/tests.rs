//! What is known of words can be looked up.

use super::*;

/// The words that may be `form` of a verb.
fn is(word: &str, lemma: &str, form: Form) -> bool {
    let forms = lexicon().verb_forms(word);
    forms.iter().any(|&(verb, f)| f == form && lexicon().verb(verb).is_some_and(|v| v.lemma == lemma))
}

#[test]
fn forms_of_verbs() {
    for (base, third, past, gerund) in [
        ("ship", "ships", "shipped", "shipping"),
        ("store", "stores", "stored", "storing"),
        ("query", "queries", "queried", "querying"),
        ("push", "pushes", "pushed", "pushing"),
        ("deploy", "deploys", "deployed", "deploying"),
    ] {
        assert!(is(base, base, Form::Base) && is(third, base, Form::Third), "{base}");
        assert!(is(past, base, Form::Past) && is(past, base, Form::Participle), "{base}");
        assert!(is(gerund, base, Form::Gerund), "{base}");
    }
    assert!(is("sent", "send", Form::Past) && is("written", "write", Form::Participle));
}

#[test]
fn words_are_found_as_they_are_compared() {
    assert_eq!(lexicon().noun("Message queues").map(|n| n.1), Some(true));
    assert_eq!(lexicon().noun("no such noun"), None);
    assert!(lexicon().closed("the").contains(&Closed::Determiner(Det::Definite)));
    assert!(lexicon().weak("new") && !lexicon().weak("billing"));
    assert_eq!(lexicon().same_head("db".to_owned()), "database");
}
