//! Whether a noun phrase says again what was said before.
//!
//! Takes what a phrase asks for and the entities so far and gives those it may mean, best first. It makes none.

use super::asked::{Asked, DOORS, deed_of, single};
use super::editions::{form_of, lie_apart, related};
use super::entities::{Entities, Entity, EntityId};
use super::lexicon::{Det, lexicon};
use super::phrases::Np;
use super::register::Key;
use super::wanted::Wanted;
use super::wording::{plural_look, singular};
use crate::catalog::catalog;
use crate::model::Kind;

impl Entities {
    pub(super) fn exactly(&self, wanted: &Wanted) -> Vec<EntityId> {
        if wanted.modifiers.is_empty() {
            return Vec::new();
        }
        let same = |e: &Entity| {
            e.head == wanted.head
                && e.modifiers == wanted.modifiers
                && e.technologies.first() == wanted.technology.as_ref()
        };
        let key = wanted.modifiers.first().map(|m| singular(m));
        let known = self.all.among(key.iter().map(|m| Key::Modifier(m)));
        known.into_iter().rfind(|id| self.all.get(*id).is_some_and(same)).into_iter().collect()
    }

    /// The entities a phrase may mean, none when it introduces something.
    pub(super) fn find(&mut self, wanted: &Wanted, np: &Np) -> Vec<EntityId> {
        let told =
            matches!(np.det, Det::Definite | Det::Demonstrative | Det::Possessive | Det::Same | Det::Each);
        // Notes leave the article out: "worker reads from queue".
        let open = told || np.det == Det::Bare && !np.plural && wanted.technology.is_none();
        let words = wanted.modifiers.iter().chain(Some(&wanted.head).filter(|h| !h.is_empty()));
        let asked = Asked {
            wanted,
            np,
            open,
            phrase: words.map(String::as_str).collect::<Vec<_>>().join(" "),
            copies: wanted.copies(),
        };
        let mut fits: Vec<(u8, EntityId)> = Vec::new();
        self.all.settle();
        for id in asked.candidates(&self.all) {
            if let Some(grade) = self.all.get(id).and_then(|entity| self.grade(&asked, entity)) {
                fits.push((grade, id));
            }
        }
        debug_assert_eq!(
            fits.len(),
            self.all.iter().filter(|entity| self.grade(&asked, entity).is_some()).count(),
            "the index leaves out what {wanted:?} may mean"
        );
        fits.retain(|(_, id)| !self.apart.contains(id));
        let Some(&(best, _)) = fits.iter().max_by_key(|(grade, id)| (*grade, *id)) else { return Vec::new() };
        let equals: Vec<EntityId> = fits.iter().filter(|(g, _)| *g == best).map(|&(_, id)| id).collect();
        let several = np.plural
            && equals.len() > 1
            && best < 9
            && (open || np.quantity.is_some() || np.det == Det::Bare);
        let copies = |id: &EntityId| self.all.get(*id).and_then(|e| e.copy).map(|c| c.set);
        let set = equals.first().and_then(copies);
        let together =
            set.is_some() && np.det != Det::Indefinite && equals.iter().all(|id| copies(id) == set);
        if several || together {
            return equals;
        }
        if best <= 3 && equals.len() > 1 && !open {
            return Vec::new();
        }
        // "the module": the one spoken of last.
        let last = |id: &EntityId| (self.all.get(*id).map_or(0, |e| e.last), *id);
        let chosen = equals.iter().copied().max_by_key(last);
        let general = np.plural
            && wanted.modifiers.is_empty()
            && matches!(wanted.head.as_str(), "service" | "microservice");
        if general
            && chosen.and_then(|id| self.all.get(id)).is_some_and(|e| !e.plural && !e.modifiers.is_empty())
        {
            // "all services" are more than the one that is called so.
            return Vec::new();
        }
        self.rivals = equals.into_iter().filter(|id| Some(*id) != chosen).collect();
        chosen.into_iter().collect()
    }

    /// How well a phrase fits an entity; `None` when it cannot mean it.
    fn grade(&self, asked: &Asked<'_>, entity: &Entity) -> Option<u8> {
        if !asked.phrase.is_empty() && entity.names.contains(&asked.phrase) {
            return Some(10);
        }
        // Few things fit; what is known of their words only is asked of those.
        self.likeness(asked, entity).filter(|_| asked.copies == entity.copies())
    }

    /// How well a phrase fits an entity by its words and kinds.
    fn likeness(&self, asked: &Asked<'_>, entity: &Entity) -> Option<u8> {
        let Asked { wanted, np, open, .. } = *asked;
        // "the fleet tracker consists of … trackers": what the whole is called after is not the whole.
        if entity.itself && np.plural != entity.plural {
            return None;
        }
        // "three queues … the temperature queue": one of several, and not all of them.
        let counted = entity.plural && entity.replicas.is_some_and(|n| n > 1);
        if counted && !np.plural && !wanted.modifiers.is_empty() && entity.modifiers.is_empty() {
            return None;
        }
        if lie_apart(wanted, entity) {
            return None;
        }
        let person = wanted.kind == Kind::User;
        if person != (entity.kind == Kind::User) {
            return None;
        }
        // "the durable function" after "AWS Lambda durable functions", whatever else goes by that name
        let within = asked.may_end()
            && singular(&entity.label.to_lowercase()).ends_with(&singular(&wanted.label.to_lowercase()));
        if within {
            return Some(7);
        }
        let common =
            |list: &[String], other: &[String]| list.iter().all(|m| other.iter().any(|o| alike(m, o)));
        let inside = common(&wanted.modifiers, &entity.modifiers);
        let around = common(&entity.modifiers, &wanted.modifiers);
        // Most things are another one by their words, which are compared first.
        if !inside && !around && !asked.may_differ(entity) {
            return None;
        }
        let technology = match (wanted.technology, entity.technologies.is_empty()) {
            (Some(t), false) => {
                if !entity.technologies.iter().any(|&own| own == t || related(own, t)) {
                    return None;
                }
                true
            }
            (Some(_), true) => false,
            _ => false,
        };
        let general = || entity.modifiers.iter().all(|m| lexicon().adjective(m));
        if let ([only], true) = (wanted.modifiers.as_slice(), open)
            && wanted.technology.is_none()
            && alike(only, &entity.head)
            && general()
            && lexicon().roles.role_heads.contains(&wanted.head)
            && entity.kind != Kind::User
        {
            return Some(4);
        }
        // "Blob Storage" after "the landing container in Blob Storage"
        let same_head = wanted.head == entity.head
            || wanted.head.is_empty()
            || entity.head.is_empty()
            || technology && np.technology_heads && lexicon().kin(&wanted.head, &entity.head);
        // "the private API" after "a private REST API"
        let tail = open && entity.head.strip_suffix(&wanted.head).is_some_and(|rest| rest.ends_with(' '));
        // "Form Recognizer" after "the Form Recognizer REST API endpoint"
        let faced = np.technology_heads && lexicon().roles.facets.contains(&entity.head);
        let indefinite = np.det == Det::Indefinite;
        if deed_of(wanted, entity) {
            return Some(9);
        }
        // "Patient DB (SQL Server)" says of the Patient DB what it is made with.
        let told_of = np.technology.is_none()
            && wanted.technology.is_some()
            && entity.technologies.is_empty()
            && inside
            && around
            && wanted.head == entity.head
            && !wanted.head.is_empty()
            && !np.plural
            && !indefinite;
        if told_of {
            return Some(8);
        }
        let roles = &lexicon().roles;
        // "the ECS tasks" of "an ECS service"
        let unit = np.det != Det::Indefinite
            && np.quantity.is_none()
            && matches!(singular(&np.head).as_str(), "task" | "pod" | "container");
        let facet = !np.technology_heads
            && (!np.plural || unit)
            && wanted.kind == entity.kind
            && (roles.facets.contains(&wanted.head)
                || inside
                    && roles.facet_heads.contains(&wanted.head)
                    && (entity.head.is_empty() || roles.facet_heads.contains(&entity.head)));
        // "the ECS task" after "an ECS service"
        let form = |head: &str, t: usize| head.is_empty() || head == "service" || form_of(head, t);
        let forms = technology
            && !indefinite
            && wanted.modifiers.is_empty()
            && wanted.technology.is_some_and(|t| form(&wanted.head, t) && form(&entity.head, t));
        match (inside, around) {
            (true, true) if technology && (same_head || wanted.kind == entity.kind) => {
                // "a Lambda function" again, after arrows were drawn to the first: another one.
                let another = indefinite
                    && !self.inventory
                    && entity.linked
                    && entity.det != Det::Bare
                    && wanted.modifiers.is_empty()
                    && wanted.kind == Kind::Function;
                // "a Glue crawler … a Glue job"
                let facet = |head: &String| roles.facet_heads.contains(head) || roles.facets.contains(head);
                let apart = indefinite
                    && !same_head
                    && !facet(&wanted.head)
                    && !facet(&entity.head)
                    && !lexicon().kin(&wanted.head, &entity.head);
                (!another && !apart).then_some(9)
            }
            (true, true) if wanted.technology.is_none() && (wanted.head == entity.head) => {
                let one = person
                    || single(wanted.kind)
                    || matches!(wanted.kind, Kind::Client | Kind::Device) && indefinite;
                // "dispatches to the other services … The service keeps its state": one that was told, and not all.
                let all = entity.plural && entity.replicas.is_none() && !np.plural && np.det == Det::Definite;
                match indefinite && wanted.modifiers.is_empty() && !one {
                    true => None,
                    false if all && wanted.modifiers.is_empty() => Some(4),
                    false => Some(9),
                }
            }
            (true, true) | (true, false) if wanted.technology.is_none() && wanted.modifiers.is_empty() => {
                self.by_kind(wanted, entity, open, np)
            }
            (true, true) if wanted.technology.is_some() && entity.technologies.is_empty() => {
                (same_head && wanted.kind == entity.kind && open && !wanted.head.is_empty()).then_some(6)
            }
            (_, _) if technology && (facet || forms) => Some(6),
            (true, false) if technology && (same_head || faced) => (!indefinite
                || self.inventory && wanted.modifiers.is_empty()
                || wanted.head.is_empty() && np.technology_heads && np.det == Det::Bare)
                .then_some(5),
            (true, true) if wanted.technology.is_none() && tail && !wanted.modifiers.is_empty() => Some(6),
            (true, false) if wanted.technology.is_none() && same_head && !indefinite => Some(5),
            (false, true)
                if technology
                    && entity.modifiers.is_empty()
                    && !special(&entity.head, wanted)
                    && !indefinite
                    && (same_head || wanted.kind == entity.kind) =>
            {
                (open && !np.plural).then_some(4)
            }
            (false, true)
                if wanted.technology.is_none()
                    && same_head
                    && !indefinite
                    && entity.technologies.is_empty()
                    && !person =>
            {
                (open
                    && !entity.head.is_empty()
                    && entity.modifiers.is_empty()
                    && wanted.kind != Kind::Service)
                    .then_some(3)
            }
            _ => None,
        }
    }

    /// "the queue" means the queue spoken of, whatever it is called.
    pub(super) fn by_kind(&self, wanted: &Wanted, entity: &Entity, open: bool, np: &Np) -> Option<u8> {
        if np.det != Det::Indefinite && short_for(&wanted.head, entity) {
            return Some(4);
        }
        // "Data Factory copies the rows … the pipeline"
        let unit = !np.plural || matches!(wanted.head.as_str(), "task" | "container" | "job" | "pod");
        let form = || entity.technologies.first().is_some_and(|&t| form_of(&wanted.head, t));
        if open && unit && entity.kind != Kind::User && form() {
            return Some(4);
        }
        // "clients talk to them" after "the game client"
        let clients = wanted.head == "client" && np.plural && entity.head.ends_with(" client");
        if clients && np.det == Det::Bare {
            return Some(3);
        }
        if !open && !(np.det == Det::Bare && wanted.head == entity.head) {
            return None;
        }
        if wanted.head == entity.head {
            return Some(5);
        }
        // "the lake" for Azure Data Lake Storage
        let called = || format!(" {} ", entity.label.to_lowercase()).contains(&format!(" {} ", wanted.head));
        let alike = wanted.kind == entity.kind || wanted.head == "broker";
        if open && !np.plural && (wanted.kind.is_store() || wanted.kind.is_messaging()) && alike && called() {
            return Some(4);
        }
        // "the event store" for EventStoreDB
        let written_in_one = || {
            let name = wanted.head.replace(' ', "");
            wanted.head.contains(' ') && entity.label.to_lowercase().replace(' ', "").starts_with(&name)
        };
        if open && !np.plural && wanted.kind.is_store() && alike && written_in_one() {
            return Some(5);
        }
        let tail = entity.head.strip_suffix(&wanted.head).is_some_and(|rest| rest.ends_with(' '));
        if tail && open && wanted.kind != Kind::User && !wanted.head.is_empty() {
            return Some(4);
        }
        let doors = [wanted.kind, entity.kind].iter().all(|k| DOORS.contains(k));
        if np.det == Det::Demonstrative && doors {
            return Some(4);
        }
        let medium =
            wanted.kind.is_messaging() && entity.kind.is_messaging() && !entity.technologies.is_empty();
        let broker = wanted.head == "topic"
            && np.plural
            && entity.kind == Kind::Gateway
            && entity
                .technologies
                .first()
                .and_then(|&t| catalog().technologies().get(t))
                .is_some_and(|t| lexicon().roles.brokers.contains(t.id));
        if open && broker && np.modifiers.is_empty() {
            // "subscribes to all topics" after an MQTT broker
            return Some(3);
        }
        if open
            && np.plural
            && medium
            && np.modifiers.is_empty()
            && matches!(entity.kind, Kind::Stream | Kind::Topic)
        {
            // "consumes all topics": those of the one log there is.
            return Some(3);
        }
        // "makes it available to apps": no Logic Apps.
        let product = !entity.technologies.is_empty() && entity.modifiers.is_empty();
        if np.plural
            && np.det == Det::Bare
            && matches!(wanted.head.as_str(), "app" | "application")
            && product
        {
            return None;
        }
        // "GitHub Actions builds the image; the workflow then …"
        let build = |e: &Entity| e.kind == Kind::Cicd && !e.technologies.is_empty() && !keeps_code(&e.label);
        if open && wanted.head == "workflow" && !np.plural && build(entity) {
            return Some(4);
        }
        let same = wanted.kind == entity.kind;
        let generic = || lexicon().roles.generic_heads.contains(&wanted.head) && entity.kind.is_compute();
        let grade = match wanted.kind {
            Kind::User => None,
            Kind::Service => {
                let app = matches!(wanted.head.as_str(), "app" | "application")
                    && ((entity.head.ends_with("app") || entity.head.ends_with("application"))
                        && entity.kind != Kind::User
                        || entity.head == "spa");
                (same && np.det == Det::Demonstrative && generic() || app).then_some(3)
            }
            Kind::Client => (same
                && (wanted.head.ends_with("app") && entity.head.ends_with("app") || wanted.head == "client"))
                .then_some(3),
            Kind::Other => None,
            Kind::External if same && entity.head.is_empty() => {
                // "the payment provider" is Stripe, "the carrier" is not.
                let about = entity
                    .technologies
                    .first()
                    .and_then(|&t| catalog().technologies().get(t))
                    .map_or("", |t| t.about);
                let about = about.to_lowercase();
                let said =
                    wanted.head.split(' ').any(|w| w.len() > 3 && about.contains(w.trim_end_matches('s')));
                (said && open).then_some(4)
            }
            Kind::Cicd => {
                // A pipeline is no repository.
                let holder = keeps_code(&entity.head) || keeps_code(&entity.label);
                (same && open && keeps_code(&wanted.head) == holder).then_some(4)
            }
            // "An SQS queue subscribes to the topic": of media, the one that is a topic.
            _ if same && open => Some(4),
            _ => (medium && open).then_some(3),
        };
        // "the database" after "an Aurora cluster behind RDS Proxy": the cluster, not what stands before it.
        let form = || !entity.technologies.is_empty() && lexicon().roles.facet_heads.contains(&entity.head);
        let before = || wanted.kind.is_store() && entity.label.to_lowercase().ends_with(" proxy");
        let kin = || {
            wanted.head.is_empty()
                || entity.head.is_empty()
                || lexicon().kin(&wanted.head, &entity.head)
                || wanted.kind.is_store() && form()
                // "the pipeline" after GitLab CI
                || build(entity) && wanted.kind == Kind::Cicd
        };
        grade.filter(|_| kin() && !before())
    }
}

/// Whether a name or a noun is that of something that keeps code.
fn keeps_code(words: &str) -> bool {
    let words = words.to_lowercase();
    ["repo", "git ", "version control"].iter().any(|w| words.contains(w))
}

/// Whether the head of something made with a technology says that it is no plain one: "a Lambda authorizer" is not "the backend
/// Lambda function".
fn special(head: &str, wanted: &Wanted) -> bool {
    let general = head.is_empty()
        || *head == wanted.head
        || wanted.technology.is_some_and(|t| form_of(head, t))
        || lexicon().roles.facet_heads.contains(head)
        || lexicon().roles.facets.contains(head);
    !general && wanted.kind == Kind::Function
}

/// "the API" for the API deployment, "the frontend" for the frontend server.
fn short_for(head: &str, entity: &Entity) -> bool {
    let program = entity.kind.is_compute() || entity.kind == Kind::Client;
    program
        && entity.modifiers.last().is_some_and(|last| alike(last, head))
        && lexicon().roles.role_heads.contains(&entity.head)
}

/// Two modifiers that say the same: equal but for a plural.
pub(super) fn alike(a: &str, b: &str) -> bool {
    // Plurals begin like their singulars and are little longer; most pairs end here.
    let near = a.as_bytes().first() == b.as_bytes().first() && a.len().abs_diff(b.len()) <= LONGEST_PLURAL;
    a == b || near && (plural_look(a) || plural_look(b)) && singular(a) == singular(b)
}

/// How much longer than its singular a plural is at most, in bytes: "child", "children".
const LONGEST_PLURAL: usize = 4;
