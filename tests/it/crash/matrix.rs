//! Which writes were crashed at, and where in them.

use std::{collections::BTreeMap, fmt};

use crate::plan::{FINALIZER, Phase, REMEMBER, STATUS};

/// A row for each variant of a kind's `Step` and for each write to the object; a column for each phase of a crash, and one for the second
/// crash, in the recovery from the first.
pub struct Matrix {
    /// The name of the row, and the operation by which its writes are known.
    rows: Vec<(String, &'static str)>,
    cells: BTreeMap<(&'static str, Column), usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    First(Phase),
    Again,
}

const COLUMNS: [(&str, Column); 4] = [
    ("before", Column::First(Phase::Before)),
    ("lost", Column::First(Phase::Lost)),
    ("after", Column::First(Phase::After)),
    ("+ again", Column::Again),
];

impl Matrix {
    pub fn new(steps: &[(&'static str, &'static str)]) -> Self {
        let rows =
            steps.iter().map(|(variant, operation)| (variant.replace("Step::", "").replace(" { .. }", ""), *operation));
        let object = [REMEMBER, STATUS, FINALIZER].map(|write| (write.to_owned(), write));
        let rows: Vec<_> = rows.chain(object).collect();
        let known: std::collections::BTreeSet<_> = rows.iter().map(|(_, write)| write).collect();
        assert_eq!(known.len(), rows.len(), "two steps of one operation can't be told apart");
        Matrix { rows, cells: BTreeMap::new() }
    }

    pub fn first(&mut self, write: &'static str, phase: Phase) {
        self.count(write, Column::First(phase));
    }

    pub fn again(&mut self, write: &'static str) {
        self.count(write, Column::Again);
    }

    fn count(&mut self, write: &'static str, column: Column) {
        assert!(self.rows.iter().any(|(_, known)| *known == write), "{write} is no step that the kind knows");
        *self.cells.entry((write, column)).or_default() += 1;
    }

    fn cell(&self, write: &'static str, column: Column) -> usize {
        self.cells.get(&(write, column)).copied().unwrap_or_default()
    }

    pub fn crashes(&self) -> usize {
        self.cells.values().sum()
    }

    /// The cells without a crash.
    pub fn empty(&self) -> Vec<String> {
        let cells = self.rows.iter().flat_map(|row| COLUMNS.map(|column| (row, column)));
        cells
            .filter(|((_, write), (_, column))| self.cell(write, *column) == 0)
            .map(|((name, _), (column, _))| format!("{name}, {column}"))
            .collect()
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {:<36}", "the operator dies at")?;
        COLUMNS.iter().try_for_each(|(name, _)| write!(f, "{name:>8}"))?;
        for (name, step) in &self.rows {
            write!(f, "\n  {name:<36}")?;
            COLUMNS.iter().try_for_each(|(_, column)| write!(f, "{:>8}", self.cell(step, *column)))?;
        }
        Ok(())
    }
}
