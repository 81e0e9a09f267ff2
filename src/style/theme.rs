//! Themes: colours and line widths as data (`assets/themes/*.yaml`).
//!
//! A theme never changes a size that layout has counted on; it is paint only.

use std::fmt;

use serde::Deserialize;

use super::colour::Colour;

/// How everything is painted, in light and in dark.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// What it is called.
    pub name: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// Widths and roundings.
    pub lines: Lines,
    /// Colours on a light ground.
    pub light: Palette,
    /// Colours on a dark ground.
    pub dark: Palette,
}

/// Widths and roundings, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    /// Outlines of boxes.
    pub card: f64,
    /// Connections.
    pub edge: f64,
    /// Borders of groups.
    pub group: f64,
    /// Strokes of glyphs.
    pub glyph: f64,
    /// Corners of boxes.
    pub card_radius: f64,
    /// Corners of groups.
    pub group_radius: f64,
    /// Whether the ground is ruled like drawing paper.
    pub grid: bool,
    /// Whether lines look drawn by hand.
    pub hand_drawn: bool,
}

/// The colours of one ground.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Behind everything.
    pub background: Colour,
    /// The rules of the paper, where the theme has them.
    pub grid: Colour,
    /// Names and titles.
    pub ink: Colour,
    /// Second lines, legend and summary.
    pub quiet: Colour,
    /// Inside of boxes.
    pub card: Colour,
    /// Connections.
    pub edge: Colour,
    /// Connections and outlines that are assumed.
    pub assumed: Colour,
    /// Labels of connections.
    pub label: Colour,
    /// Discs of step marks and badges.
    pub mark: Colour,
    /// What stands in them.
    pub mark_text: Colour,
    /// Titles of groups.
    pub group_title: Colour,
    /// Groups, outermost first; deeper ones start again.
    pub groups: Vec<GroupTint>,
    /// Boxes, by family.
    pub families: Families,
}

/// Colours of a group.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupTint {
    /// Inside.
    pub fill: Colour,
    /// Border.
    pub line: Colour,
}

/// Colours of a family of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tint {
    /// Behind the icon.
    pub tile: Colour,
    /// The icon.
    pub ink: Colour,
    /// The outline of the box.
    pub line: Colour,
}

/// The families of kinds, as the catalog has them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Families {
    pub person: Tint,
    pub entry: Tint,
    pub compute: Tint,
    pub messaging: Tint,
    pub data: Tint,
    pub storage: Tint,
    pub identity: Tint,
    pub observe: Tint,
    pub delivery: Tint,
    pub network: Tint,
    pub external: Tint,
    pub intelligence: Tint,
}

/// Why a theme was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError(String);

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BP0702: not a usable theme: {}", self.0)
    }
}

impl std::error::Error for ThemeError {}

/// The embedded themes by name.
const EMBEDDED: [(&str, &str); 5] = [
    ("default", include_str!(concat!(env!("OUT_DIR"), "/assets/themes/default.json"))),
    ("plain", include_str!(concat!(env!("OUT_DIR"), "/assets/themes/plain.json"))),
    ("high-contrast", include_str!(concat!(env!("OUT_DIR"), "/assets/themes/high-contrast.json"))),
    ("blueprint", include_str!(concat!(env!("OUT_DIR"), "/assets/themes/blueprint.json"))),
    ("sketch", include_str!(concat!(env!("OUT_DIR"), "/assets/themes/sketch.json"))),
];

impl Theme {
    /// The names of the embedded themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// The embedded theme of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (_, json) = EMBEDDED.iter().find(|(known, _)| *known == name)?;
        serde_json::from_str(json).ok()
    }

    /// Reads a theme written in YAML (or JSON) with the fields of the embedded ones.
    ///
    /// # Errors
    /// When a field is missing, unknown or no colour, or a number is out of its range.
    pub fn parse(yaml: &str) -> Result<Self, ThemeError> {
        const LIMIT: usize = 64 * 1024;
        if yaml.len() > LIMIT {
            return Err(ThemeError(format!("{} bytes are more than the limit of {LIMIT}", yaml.len())));
        }
        let theme: Self = serde_yaml::from_str(yaml).map_err(|e| ThemeError(e.to_string()))?;
        theme.check()?;
        Ok(theme)
    }

    fn check(&self) -> Result<(), ThemeError> {
        let l = &self.lines;
        for (name, value, most) in [
            ("card", l.card, 6.0),
            ("edge", l.edge, 6.0),
            ("group", l.group, 6.0),
            ("glyph", l.glyph, 4.0),
            ("card_radius", l.card_radius, 24.0),
            ("group_radius", l.group_radius, 32.0),
        ] {
            if !(0.0..=most).contains(&value) {
                return Err(ThemeError(format!("lines.{name} is {value}, but must be from 0 to {most}")));
            }
        }
        match self.light.groups.is_empty() || self.dark.groups.is_empty() {
            true => Err(ThemeError("`groups` needs at least one entry".into())),
            false => Ok(()),
        }
    }

    /// Every pair of a text or icon colour and the ground it can stand on, named: what a contrast test goes through.
    #[must_use]
    pub fn text_pairs(&self) -> Vec<(String, Colour, Colour)> {
        let mut pairs = Vec::new();
        for (ground, p) in [("light", &self.light), ("dark", &self.dark)] {
            let mut pair =
                |what: String, text, behind| pairs.push((format!("{ground}: {what}"), text, behind));
            pair("mark text on mark".into(), p.mark_text, p.mark);
            for (name, text) in [("name", p.ink), ("second line", p.quiet)] {
                pair(format!("{name} on card"), text, p.card);
                pair(format!("{name} on background"), text, p.background);
            }
            pair("label on background".into(), p.label, p.background);
            for (depth, group) in p.groups.iter().enumerate() {
                for (name, text) in [
                    ("group title", p.group_title),
                    ("label", p.label),
                    ("name", p.ink),
                    ("second line", p.quiet),
                ] {
                    pair(format!("{name} on group {depth}"), text, group.fill);
                }
            }
            for (name, tint) in p.families.all() {
                pair(format!("{name} icon on its tile"), tint.ink, tint.tile);
            }
            for (name, tint) in [
                ("added", p.families.storage),
                ("removed", p.families.messaging),
                ("changed", p.families.compute),
            ] {
                pair(format!("sign of what is {name}"), p.card, tint.ink);
            }
        }
        pairs
    }
}

impl Default for Theme {
    /// The theme `default`.
    #[allow(clippy::expect_used)] // embedded data, read by a test
    fn default() -> Self {
        Self::named("default").expect("the embedded default theme is valid")
    }
}

impl Families {
    /// All of them with their names, in the catalog's order.
    #[must_use]
    pub fn all(&self) -> [(&'static str, Tint); 12] {
        [
            ("person", self.person),
            ("entry", self.entry),
            ("compute", self.compute),
            ("messaging", self.messaging),
            ("data", self.data),
            ("storage", self.storage),
            ("identity", self.identity),
            ("observe", self.observe),
            ("delivery", self.delivery),
            ("network", self.network),
            ("external", self.external),
            ("intelligence", self.intelligence),
        ]
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_embedded_theme_is_readable_in_light_and_dark() {
        for name in Theme::names() {
            let theme = Theme::named(name).unwrap();
            assert_eq!((theme.name.as_str(), theme.check()), (name, Ok(())));
            for (what, text, ground) in theme.text_pairs() {
                let contrast = text.contrast(ground);
                assert!(contrast >= 4.5, "{name}, {what}: {text} on {ground} is {contrast:.2}");
            }
            for p in [&theme.light, &theme.dark] {
                for ground in p.groups.iter().map(|g| g.fill).chain([p.background]) {
                    for (what, line) in [("edges", p.edge), ("assumed edges", p.assumed)] {
                        assert!(line.contrast(ground) >= 3.0, "{name}: {what} on {ground}");
                    }
                }
                // Shapes tell kinds apart, so that outlines are graphics to be seen (WCAG 2.2, 1.4.11).
                for (family, tint) in p.families.all() {
                    for ground in [p.card, p.background] {
                        let contrast = tint.line.contrast(ground);
                        assert!(contrast >= 3.0, "{name}: outline of {family} on {ground} is {contrast:.2}");
                    }
                }
                for group in &p.groups {
                    let contrast = group.line.contrast(group.fill);
                    assert!(contrast >= 1.7, "{name}: border of a group on {} is {contrast:.2}", group.fill);
                }
            }
        }
    }

    #[test]
    fn a_theme_carries_nothing_but_paint() {
        let good = EMBEDDED[0].1;
        assert!(Theme::parse(good).is_ok());
        let bad = good.replacen("\"background\":\"#", "\"background\":\"red;}</style><script>#", 1);
        assert!(Theme::parse(&bad).unwrap_err().to_string().contains("is no colour"));
        let wide = good.replacen("\"edge\":1", "\"edge\":99", 1);
        assert!(Theme::parse(&wide).is_err());
    }
}
