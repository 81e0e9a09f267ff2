//! Names and values of settings as people write them: `multi_az: true` is "multi AZ: yes".
//!
//! Takes a property's name or value; gives text that is not yet escaped. What a setting means is not known here.

use crate::model::Value;

/// Words that are written otherwise than a name in small letters writes them.
const WRITTEN: &[(&str, &str)] = &[
    ("az", "AZ"),
    ("cpu", "CPU"),
    ("dlq", "dead-letter queue"),
    ("hsts", "HSTS"),
    ("id", "ID"),
    ("kms", "KMS"),
    ("mfa", "MFA"),
    ("mtls", "mTLS"),
    ("op", "operation"),
    ("pitr", "point-in-time recovery"),
    ("rbac", "RBAC"),
    ("tls", "TLS"),
    ("ttl", "TTL"),
    ("url", "URL"),
    ("vpc", "VPC"),
];

/// A property's name as words.
pub(super) fn name(of: &str) -> String {
    let word = |w: &str| {
        WRITTEN
            .iter()
            .find(|(plain, _)| *plain == w)
            .map_or_else(|| w.to_owned(), |(_, told)| (*told).to_owned())
    };
    of.split('_').map(word).collect::<Vec<_>>().join(" ")
}

/// A property's value; yes and no for what is only so or not.
pub(super) fn value(of: &Value) -> String {
    match of {
        Value::Flag(true) => "yes".into(),
        Value::Flag(false) => "no".into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{name, value};
    use crate::model::Value;

    #[test]
    fn settings_read_as_people_write_them() {
        assert_eq!(name("multi_az"), "multi AZ");
        assert_eq!(name("encryption_at_rest"), "encryption at rest");
        assert_eq!(value(&Value::Flag(true)), "yes");
        assert_eq!(value(&Value::parse("exponential")), "exponential");
    }
}
