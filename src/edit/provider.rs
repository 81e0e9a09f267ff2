//! Who runs something new: a cloud, another company, or the team itself.

use super::newcomer::Newcomer;
use crate::catalog::catalog;

impl Newcomer {
    /// Whether a provider runs it for everybody, and whether that is one of the clouds.
    pub(super) fn managed(&self) -> Option<bool> {
        const CLOUDS: &[&str] = &["aws", "azure", "google", "gcp"];
        let entry = catalog().technology(self.technology.as_ref()?.id.as_deref()?)?;
        let cloud = entry.id.split_once('.').is_some_and(|(cloud, _)| CLOUDS.contains(&cloud));
        entry.managed.then_some(cloud)
    }

    /// Whether a group named so is the cloud of another provider than its own.
    pub(super) fn of_other_cloud(&self, group: &str) -> bool {
        const NAMES: &[(&str, &[&str])] = &[
            ("aws", &["aws", "amazon"]),
            ("azure", &["azure", "microsoft"]),
            ("google", &["google", "gcp"]),
        ];
        let group = group.to_lowercase();
        let id = self.technology.as_ref().and_then(|t| t.id.as_deref()).unwrap_or_default();
        let cloud_of = |n: &&(&str, &[&str])| n.1.iter().any(|name| group.contains(name));
        let own = id.split('.').next().unwrap_or_default();
        NAMES.iter().find(cloud_of).is_some_and(|(cloud, names)| own != *cloud && !names.contains(&own))
    }
}
