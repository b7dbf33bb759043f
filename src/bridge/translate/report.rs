//! What became of each field: one line each, and no value of any.

use std::fmt::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::path::{Path, filled};

/// What became of a field, from what is best to what is worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    /// ECS has the same.
    Translated,
    /// ECS has no such thing, and it does not matter.
    Ignored,
    /// ECS does something else that may do.
    Approximated,
    /// It can't be kept on ECS, and leaving it out would break something.
    Refused,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Translated => "Translated",
            Self::Ignored => "Ignored",
            Self::Approximated => "Approximated",
            Self::Refused => "Refused",
        })
    }
}

/// What became of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// As `spec.containers[0].image`.
    pub path: String,
    pub verdict: Verdict,
    /// What it became, what differs, why that is harmless, or what to do.
    pub says: String,
}

/// What became of a workload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// One for each field that is set, in the manifest's order.
    pub lines: Vec<Line>,
    /// What has to be set, and is not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Line>,
    /// What no single field stands for: what was not asked for, and what is left to check.
    pub notes: Vec<String>,
}

/// Fields of which the same is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'r> {
    pub verdict: Verdict,
    pub says: &'r str,
    pub paths: Vec<&'r str>,
}

/// In one line: where there are several fields, the first, and how many others.
impl fmt::Display for Group<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.paths.first().unwrap_or(&""))?;
        if self.paths.len() > 1 {
            write!(f, " (and {} more)", self.paths.len() - 1)?;
        }
        write!(f, ": {}", self.says)
    }
}

impl Report {
    /// The lines that stand in the way, the worst first, and those that say the same together.
    pub fn groups(&self, strict: bool) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for Line { path, verdict, says } in self.obstacles(strict) {
            match groups.iter_mut().find(|group| group.verdict == *verdict && group.says == says) {
                Some(group) => group.paths.push(path),
                None => groups.push(Group { verdict: *verdict, says, paths: vec![path] }),
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group.verdict));
        groups
    }

    /// The lines that stand in the way.
    pub fn obstacles(&self, strict: bool) -> impl Iterator<Item = &Line> {
        let worst = if strict { Verdict::Approximated } else { Verdict::Refused };
        self.lines.iter().chain(&self.missing).filter(move |line| line.verdict >= worst)
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }

    /// The lines as a table, then the notes.
    pub fn table(&self) -> String {
        let all = || self.lines.iter().chain(&self.missing);
        let widest = all().map(|line| line.path.chars().count()).max().unwrap_or_default();
        let mut text = String::new();
        for Line { path, verdict, says } in all() {
            // Writing to a String can't fail.
            let _ = writeln!(text, "  {verdict:<12}  {path:<widest$}  {says}");
        }
        for note in &self.notes {
            let _ = writeln!(text, "  note: {note}");
        }
        text
    }
}

/// The report while it is written.
#[derive(Debug)]
pub struct Ledger {
    fields: Vec<Field>,
    missing: Vec<Line>,
    notes: Vec<String>,
}

#[derive(Debug)]
struct Field {
    path: Path,
    is_filled: bool,
    line: Option<(Verdict, String)>,
}

impl Ledger {
    /// For all that a manifest sets.
    pub fn new(manifest: &Value) -> Self {
        let fields = filled(manifest).into_iter().map(|(path, is_filled)| Field { path, is_filled, line: None });
        Self { fields: fields.collect(), missing: Vec::new(), notes: Vec::new() }
    }

    /// The line of each field at or under this place that has none yet: what is particular is said first, what is general after it.
    pub fn say(&mut self, at: &Path, verdict: Verdict, says: impl Into<String>) {
        let says = says.into();
        for field in self.fields.iter_mut().filter(|field| field.line.is_none() && field.path.is_in(at)) {
            field.line = Some((verdict, says.clone()));
        }
    }

    /// The same, and in place of every line that says something better: what is only known at the end.
    pub fn worsen(&mut self, at: &Path, verdict: Verdict, says: impl Into<String>) {
        let says = says.into();
        for field in self.fields.iter_mut().filter(|field| field.path.is_in(at)) {
            if field.line.as_ref().is_none_or(|(said, _)| *said < verdict) {
                field.line = Some((verdict, says.clone()));
            }
        }
    }

    /// Whether there is a field at this place or under it.
    pub fn has(&self, at: &Path) -> bool {
        self.fields.iter().any(|field| field.path.is_in(at))
    }

    /// A field that has to be set: refused where it is, and missing where it is not.
    pub fn want(&mut self, at: &Path, says: impl Into<String>) {
        if self.has(at) {
            self.worsen(at, Verdict::Refused, says);
        } else {
            self.missing.push(Line { path: at.to_string(), verdict: Verdict::Refused, says: says.into() });
        }
    }

    pub fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The report. A field of which nobody said anything is refused: it would be dropped. One that holds nothing says nothing.
    pub fn finish(self) -> Report {
        let unsaid = |is_filled: bool| {
            if is_filled {
                (Verdict::Refused, "ecs-bridge does not know what to make of this field: take it out".to_owned())
            } else {
                (Verdict::Ignored, "empty: it says nothing".to_owned())
            }
        };
        let lines = self.fields.into_iter().map(|Field { path, is_filled, line }| {
            let (verdict, says) = line.unwrap_or_else(|| unsaid(is_filled));
            Line { path: path.to_string(), verdict, says }
        });
        Report { lines: lines.collect(), missing: self.missing, notes: self.notes }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ledger() -> Ledger {
        Ledger::new(&json!({"a": {"b": 1, "c": 2}, "d": 3, "e": {}}))
    }

    #[test]
    fn the_first_line_of_a_field_stands_and_nothing_is_left_without_one() {
        let mut ledger = ledger();
        let root = Path::default();
        ledger.say(&root.to("a.b"), Verdict::Translated, "first");
        ledger.say(&root.to("a"), Verdict::Ignored, "then the rest");
        let report = ledger.finish();
        let lines: Vec<(&str, Verdict)> = report.lines.iter().map(|line| (line.path.as_str(), line.verdict)).collect();
        let expected =
            [("a.b", Verdict::Translated), ("a.c", Verdict::Ignored), ("d", Verdict::Refused), ("e", Verdict::Ignored)];
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_is_known_at_the_end_makes_a_line_worse_and_never_better() {
        let mut ledger = ledger();
        let root = Path::default();
        ledger.say(&root.to("a.b"), Verdict::Translated, "said");
        ledger.say(&root.to("a.c"), Verdict::Refused, "said");
        ledger.worsen(&root.to("a"), Verdict::Approximated, "differs");
        let report = ledger.finish();
        let says: Vec<&str> = report.lines.iter().take(2).map(|line| line.says.as_str()).collect();
        assert_eq!(says, ["differs", "said"]);
    }

    #[test]
    fn what_has_to_be_set_stands_in_the_way_by_its_path() {
        let mut ledger = ledger();
        ledger.want(&Path::default().to("z"), "set it");
        ledger.want(&Path::default().to("d"), "not like this");
        let report = ledger.finish();
        let paths: Vec<&str> = report.obstacles(false).map(|line| line.path.as_str()).collect();
        assert!(paths.contains(&"z") && paths.contains(&"d"), "{paths:?}");
        assert_eq!(report.lines.len(), 4, "what is missing is no field that is set");
    }

    #[test]
    fn strict_makes_an_obstacle_of_what_differs() {
        let line = |verdict| Line { path: format!("{verdict}"), verdict, says: String::new() };
        let lines = [Verdict::Translated, Verdict::Ignored, Verdict::Approximated, Verdict::Refused].map(line);
        let report = Report { lines: lines.to_vec(), ..Report::default() };
        assert_eq!(report.obstacles(false).count(), 1);
        assert_eq!(report.obstacles(true).count(), 2);
    }

    #[test]
    fn the_worst_stands_first_and_what_is_the_same_is_said_once() {
        let line = |path: &str, verdict, says: &str| Line { path: path.into(), verdict, says: says.into() };
        let lines = vec![
            line("probe.a", Verdict::Approximated, "no client"),
            line("probe.b", Verdict::Approximated, "no client"),
            line("gpu", Verdict::Refused, "no client"),
            line("image", Verdict::Translated, "the image"),
            line("probe.c", Verdict::Approximated, "no client"),
        ];
        let report =
            Report { lines, missing: vec![line("name", Verdict::Refused, "give it one")], ..Report::default() };
        let shown = |strict| report.groups(strict).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(shown(false), ["gpu: no client", "name: give it one"]);
        assert_eq!(shown(true), ["gpu: no client", "name: give it one", "probe.a (and 2 more): no client"]);
    }

    #[test]
    fn the_table_is_in_columns() {
        let line = |path: &str, verdict| Line { path: path.into(), verdict, says: "says".into() };
        let lines = vec![line("a", Verdict::Translated), line("spec.b", Verdict::Approximated)];
        let report = Report { lines, notes: vec!["mind this".into()], ..Report::default() };
        let expected = "  Translated    a       says\n  Approximated  spec.b  says\n  note: mind this\n";
        assert_eq!(report.table(), expected);
    }
}
