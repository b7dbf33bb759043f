//! A plot of a storm as SVG: what AWS accepted and what was Ready over time, beside what the quota allows.

use std::fmt::Write as _;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 60.0;
const BOTTOM: f64 = 40.0;
const TOP: f64 = 30.0;
const RIGHT: f64 = 20.0;

/// A line of the plot: points of seconds and counts.
pub(super) struct Line<'a> {
    pub name: &'a str,
    pub colour: &'a str,
    pub points: Vec<(f64, f64)>,
}

pub(super) fn svg(title: &str, lines: &[Line<'_>]) -> String {
    let points = || lines.iter().flat_map(|line| &line.points);
    let most = |of: fn(&(f64, f64)) -> f64| points().map(of).max_by(f64::total_cmp).unwrap_or(1.0).max(1.0);
    let (seconds, count) = (most(|point| point.0), most(|point| point.1));
    let x = |at: f64| LEFT + at / seconds * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - value / count * (HEIGHT - TOP - BOTTOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n<text x=\"{LEFT}\" y=\"18\">{title}</text>\n"
    );
    // Writing to a String does not fail.
    for nth in 0..=4 {
        let part = f64::from(nth) / 4.0;
        let (at, value) = (seconds * part, count * part);
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {y:.1}H{end}\" stroke=\"#ddd\"/><text x=\"{label}\" y=\"{y:.1}\" text-anchor=\"end\">{value:.0}</text>\
             <text x=\"{x:.1}\" y=\"{below}\" text-anchor=\"middle\">{at:.0} s</text>",
            y = y(value),
            x = x(at),
            end = WIDTH - RIGHT,
            label = LEFT - 6.0,
            below = HEIGHT - BOTTOM + 18.0,
        );
    }
    for (nth, line) in lines.iter().enumerate() {
        let path: Vec<String> =
            line.points.iter().map(|(at, value)| format!("{:.1},{:.1}", x(*at), y(*value))).collect();
        #[allow(clippy::cast_precision_loss)]
        let row = TOP + 16.0 + 16.0 * nth as f64;
        let _ = writeln!(
            svg,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" points=\"{points}\"/>\
             <text x=\"{left}\" y=\"{row}\" fill=\"{colour}\">{name}</text>",
            colour = line.colour,
            points = path.join(" "),
            left = LEFT + 10.0,
            name = line.name,
        );
    }
    svg + "</svg>\n"
}

#[test]
fn the_largest_values_are_at_the_edges() {
    let line = Line { name: "created", colour: "#06c", points: vec![(0.0, 0.0), (10.0, 100.0)] };
    let svg = svg("a storm", &[line]);
    assert!(svg.contains("points=\"60.0,320.0 700.0,30.0\""), "{svg}");
}
