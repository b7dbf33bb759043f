//! `make bench`: how fast the operator is under AWS's quotas, and what it takes, on aws-sim and a real API server.
//!
//! One run is one scenario: so many services that are made at once, and whether they share a task definition. Each figure is shown
//! with its bound.

mod figure;
mod journal;
mod objects;
mod phases;
mod plot;
mod rival;
mod stage;
mod storm;
mod usage;

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use ecs_bridge_harness::{Error, Result, workspace};
use serde_json::json;

use figure::Figure;
use journal::Follower;
pub(crate) use objects::Definitions;
use stage::Stage;

/// What is asked for on the command line.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// How many services are made at once; repeat it for several scenarios [default: 100, 1000 and 5000]
    #[arg(long, value_name = "N")]
    number: Vec<usize>,
    /// Only with services that share a task definition, or that each have their own [default: both]
    #[arg(long)]
    definitions: Option<Definitions>,
    /// Only these parts of a run, separated by commas; the storm is always there [default: rest,restart,deletion]
    #[arg(long, value_delimiter = ',', value_name = "PART")]
    parts: Vec<Part>,
    /// With a queue of events, which the operator hears of changes by; rest takes four intervals of the sweeps then
    #[arg(long)]
    events: bool,
    /// What else ran on the machine, to be said beside the figures
    #[arg(long, default_value = "")]
    beside: String,
}

/// A part of a run, after the storm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Nothing happens for five minutes
    Rest,
    /// The operator is started again
    Restart,
    /// Everything is deleted
    Deletion,
    /// In place of all others: somebody else takes half of the quota while the services are made
    Rival,
}

/// One run.
#[derive(Clone, Copy, Debug)]
struct Scenario {
    number: usize,
    definitions: Definitions,
    is_contended: bool,
    has_events: bool,
}

impl Scenario {
    /// Beyond a thousand, both sides go by ten times AWS's documented quotas: an account of that size has asked for more, and a run
    /// has to end.
    fn quota_multiple(&self) -> u32 {
        if self.number > 1000 { 10 } else { 1 }
    }

    /// The MiB that so many objects may take at rest.
    fn memory(&self) -> f64 {
        if self.number > 1000 { 256.0 } else { 64.0 }
    }

    fn name(&self) -> String {
        let contended = if self.is_contended { "-rival" } else { "" };
        let events = if self.has_events { "-events" } else { "" };
        format!("{}-{}{contended}{events}", self.number, self.definitions.name())
    }

    /// For people.
    fn title(&self) -> String {
        let of = match self.definitions {
            Definitions::Shared => "with one shared task definition",
            Definitions::Distinct => "with a task definition each",
        };
        let quotas = match self.quota_multiple() {
            1 => "AWS's documented quotas".to_owned(),
            more => format!("{more} times AWS's documented quotas, on both sides"),
        };
        let rival = if self.is_contended { ", half of which another client takes" } else { "" };
        let events = if self.has_events { ", and a queue of events" } else { "" };
        format!("{} services {of}, {quotas}{rival}{events}", self.number)
    }
}

pub(crate) async fn bench(wanted: Wanted) -> Result<()> {
    let numbers = if wanted.number.is_empty() { vec![100, 1000, 5000] } else { wanted.number.clone() };
    let kinds = wanted.definitions.map_or_else(|| vec![Definitions::Shared, Definitions::Distinct], |only| vec![only]);
    let is_contended = wanted.parts.contains(&Part::Rival);
    let scenarios = numbers.iter().flat_map(|number| {
        kinds.iter().map(move |definitions| Scenario {
            number: *number,
            definitions: *definitions,
            is_contended,
            has_events: wanted.events,
        })
    });
    let mut runs = Vec::new();
    for scenario in scenarios {
        runs.push((scenario.title(), run(&scenario, &wanted).await?));
    }
    for (title, figures) in &runs {
        figure::print(title, figures);
    }
    if !wanted.beside.is_empty() {
        println!("\nBeside it ran: {}", wanted.beside);
    }
    let unmet = |(_, figures): &(String, Vec<Figure>)| figures.iter().filter(|f| f.is_met() == Some(false)).count();
    match runs.iter().map(unmet).sum::<usize>() {
        0 => println!("\nAll bounds are met."),
        unmet => println!("\n{unmet} bounds are not met."),
    }
    Ok(())
}

async fn run(scenario: &Scenario, wanted: &Wanted) -> Result<Vec<Figure>> {
    println!("\n== {}", scenario.title());
    let folder = workspace().join("target/bench");
    let has = |part: Part| !scenario.is_contended && (wanted.parts.is_empty() || wanted.parts.contains(&part));
    let mut stage = Stage::set(scenario, &folder.join(scenario.name())).await?;
    let mut journal = Follower::default();
    let storm = storm::storm(scenario, &stage, &mut journal).await?;
    let plot = plot::svg(&scenario.title(), &storm.lines);
    write(&folder.join(format!("{}.svg", scenario.name())), &plot)?;
    let mut figures = storm.figures;
    // After each part, so that what fails later loses nothing.
    let save = |figures: &[Figure]| {
        write(&folder.join(format!("{}.json", scenario.name())), &record(scenario, wanted, figures))
    };
    save(&figures)?;
    if has(Part::Rest) {
        figures.extend(phases::rest(scenario, &stage, &mut journal).await?);
        save(&figures)?;
    }
    if has(Part::Restart) {
        figures.extend(phases::restart(scenario, &mut stage, &mut journal).await?);
        save(&figures)?;
    }
    if has(Part::Deletion) {
        figures.extend(phases::deletion(scenario, &stage, &mut journal).await?);
        save(&figures)?;
    }
    // The page on performance shows this one.
    if scenario.name() == "1000-shared" {
        write(&workspace().join("docs/performance.svg"), &plot)?;
    }
    Ok(figures)
}

/// What was measured, for programs.
fn record(scenario: &Scenario, wanted: &Wanted, figures: &[Figure]) -> String {
    let met: Vec<_> = figures.iter().map(|figure| json!({"figure": figure, "met": figure.is_met()})).collect();
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let record = json!({
        "scenario": {
            "services": scenario.number,
            "definitions": scenario.definitions.name(),
            "quotaMultiple": scenario.quota_multiple(),
            "quotaShare": stage::SHARE,
            "contended": scenario.is_contended,
        },
        "time": now(),
        "processors": processors,
        "beside": wanted.beside,
        "figures": met,
    });
    format!("{record:#}\n")
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Milliseconds since the epoch.
fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}
