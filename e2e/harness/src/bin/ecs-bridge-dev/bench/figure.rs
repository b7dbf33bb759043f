//! What is measured, what it is held to, and how both are shown.

use serde::Serialize;

/// What a measurement is held to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

/// One row of the table.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Figure {
    pub what: String,
    pub unit: &'static str,
    pub bound: Option<Bound>,
    /// `None`: it could not be measured in this run.
    pub measured: Option<f64>,
    /// How it was measured.
    pub how: String,
}

impl Figure {
    pub(super) fn new(what: &str, unit: &'static str, measured: Option<f64>, how: impl Into<String>) -> Self {
        Figure { what: what.to_owned(), unit, bound: None, measured, how: how.into() }
    }

    pub(super) fn at_most(self, most: f64) -> Self {
        Figure { bound: Some(Bound::AtMost(most)), ..self }
    }

    pub(super) fn at_least(self, least: f64) -> Self {
        Figure { bound: Some(Bound::AtLeast(least)), ..self }
    }

    /// Whether the bound is met; `None` where there is no bound. What could not be measured is not met.
    pub(super) fn is_met(&self) -> Option<bool> {
        let bound = self.bound?;
        Some(self.measured.is_some_and(|measured| match bound {
            Bound::AtMost(most) => measured <= most,
            Bound::AtLeast(least) => measured >= least,
        }))
    }

    fn line(&self) -> String {
        let bound = match self.bound {
            Some(Bound::AtMost(most)) => format!("<= {most}"),
            Some(Bound::AtLeast(least)) => format!(">= {least}"),
            None => String::new(),
        };
        let measured = self.measured.map_or_else(|| "-".to_owned(), number);
        let met = match self.is_met() {
            Some(true) => "met",
            Some(false) => "NOT MET",
            None => "",
        };
        format!("{:<46} {measured:>9} {:<6} {bound:>9}  {met:<8} {}", self.what, self.unit, self.how)
    }
}

/// With as many decimals as say something.
fn number(value: f64) -> String {
    match value {
        whole if whole.fract() == 0.0 => format!("{whole:.0}"),
        large if large.abs() >= 100.0 => format!("{large:.0}"),
        value => format!("{value:.3}"),
    }
}

pub(super) fn print(title: &str, figures: &[Figure]) {
    println!("\n{title}");
    println!("{:<46} {:>9} {:<6} {:>9}  {:<8} how it was measured", "figure", "measured", "unit", "bound", "");
    for figure in figures {
        println!("{}", figure.line());
    }
}

/// The value below which this part of them lies; `None` of nothing.
pub(super) fn percentile(values: &[f64], part: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let index = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(index.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_met_within_its_bound_and_not_unmeasured() {
        let figure = |measured| Figure::new("x", "s", measured, "");
        for (what, figure, expected) in [
            ("no bound", figure(Some(1.0)), None),
            ("at most", figure(Some(2.0)).at_most(2.0), Some(true)),
            ("more than at most", figure(Some(2.1)).at_most(2.0), Some(false)),
            ("at least", figure(Some(2.0)).at_least(2.0), Some(true)),
            ("less than at least", figure(Some(1.9)).at_least(2.0), Some(false)),
            ("unmeasured", figure(None).at_most(2.0), Some(false)),
        ] {
            assert_eq!(figure.is_met(), expected, "{what}");
        }
    }

    #[test]
    fn percentiles_are_of_the_values_themselves() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(percentile(&values, 0.99), Some(99.0));
        assert_eq!(percentile(&values, 1.0), Some(100.0));
        assert_eq!(percentile(&[7.0], 0.5), Some(7.0));
        assert_eq!(percentile(&[], 0.5), None);
    }
}
