//! Which writes were swept, and where in them.

use std::{collections::BTreeMap, fmt};

use crate::plan::{FINALIZER, REMEMBER, STATUS};

/// A row for each variant of a kind's `Step` and for each write to the object; a column for each way in which it was disturbed.
pub struct Matrix {
    /// What its rows are.
    title: &'static str,
    /// The name of the row, and the operation by which its writes are known.
    rows: Vec<(String, &'static str)>,
    columns: &'static [&'static str],
    cells: BTreeMap<(&'static str, &'static str), usize>,
}

impl Matrix {
    pub fn new(title: &'static str, columns: &'static [&'static str], steps: &[(&'static str, &'static str)]) -> Self {
        let rows =
            steps.iter().map(|(variant, operation)| (variant.replace("Step::", "").replace(" { .. }", ""), *operation));
        let object = [REMEMBER, STATUS, FINALIZER].map(|write| (write.to_owned(), write));
        let rows: Vec<_> = rows.chain(object).collect();
        let known: std::collections::BTreeSet<_> = rows.iter().map(|(_, write)| write).collect();
        assert_eq!(known.len(), rows.len(), "two steps of one operation can't be told apart");
        Matrix { title, rows, columns, cells: BTreeMap::new() }
    }

    pub fn count(&mut self, write: &'static str, column: &'static str) {
        assert!(self.rows.iter().any(|(_, known)| *known == write), "{write} is no step that the kind knows");
        assert!(self.columns.contains(&column), "there is no column {column}");
        *self.cells.entry((write, column)).or_default() += 1;
    }

    pub fn cell(&self, write: &'static str, column: &'static str) -> usize {
        self.cells.get(&(write, column)).copied().unwrap_or_default()
    }

    /// All that was swept.
    pub fn total(&self) -> usize {
        self.cells.values().sum()
    }

    /// The cells in which nothing was swept, of those that can be.
    pub fn empty(&self, can_be: impl Fn(&str, &str) -> bool) -> Vec<String> {
        let cells = self.rows.iter().flat_map(|row| self.columns.iter().map(move |column| (row, *column)));
        cells
            .filter(|((_, write), column)| can_be(write, column) && self.cell(write, column) == 0)
            .map(|((name, _), column)| format!("{name}, {column}"))
            .collect()
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {:<36}", self.title)?;
        self.columns.iter().try_for_each(|name| write!(f, "{name:>9}"))?;
        for (name, step) in &self.rows {
            write!(f, "\n  {name:<36}")?;
            self.columns.iter().try_for_each(|column| write!(f, "{:>9}", self.cell(step, column)))?;
        }
        Ok(())
    }
}
