//! Many services that are made at once, and changes of running ones meanwhile.

use std::collections::BTreeMap;
use std::time::Duration;

use ecs_bridge_harness::{Error, Result};
use tokio::task::JoinHandle;

use super::figure::{Figure, percentile};
use super::journal::{Call, Follower, cost};
use super::objects::{Definitions, Services, names};
use super::plot::Line;
use super::rival::Rival;
use super::stage::{RUNNING, SHARE, STORM, Stage, TASK_START, runners};
use super::usage::Watched;
use super::{Scenario, now};

/// A storm that is not over by then is given up: nine times what the slowest takes.
const PATIENCE: Duration = Duration::from_hours(3);
/// For so long the rival is there.
const RIVAL: Duration = Duration::from_mins(2);
/// What the bucket holds at first is gone by then.
const SETTLED: Duration = Duration::from_secs(30);

/// What became of it.
pub(super) struct Storm {
    pub figures: Vec<Figure>,
    pub lines: Vec<Line<'static>>,
}

/// A change of one line, and when it was asked for.
struct Edit {
    object: String,
    at: u64,
}

pub(super) async fn storm(scenario: &Scenario, stage: &Stage, journal: &mut Follower) -> Result<Storm> {
    journal.skip(&stage.sim).await?;
    let begun = now();
    let watched = Watched::begin(stage.operator.pid());
    let creating = tokio::spawn(stage.storm.clone().create(names("s", scenario.number)));
    let editing = (!scenario.is_contended).then(|| edit(stage.running.clone(), scenario.definitions));
    let mut rival = scenario.is_contended.then(|| Rival::begin(&stage.sim, 2.5));
    let mut calls = Vec::new();
    let mut told = begun;
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        calls.extend(journal.take(&stage.sim).await?);
        let (ready, elapsed) = (stage.sight.ready().len(), now() - begun);
        if now() - told >= 5000 {
            told = now();
            say(elapsed, &calls, ready, scenario.number);
        }
        if u128::from(elapsed) >= RIVAL.as_millis() {
            rival = None;
        }
        if ready == scenario.number {
            break;
        }
        if u128::from(elapsed) > PATIENCE.as_millis() {
            let what = format!("{} services to be Ready", scenario.number);
            return Err(Error::Timeout { what, within: PATIENCE, seen: format!("{ready} are") });
        }
    }
    drop(rival);
    let edits = match editing {
        Some(editing) => editing.stop().await,
        None => Vec::new(),
    };
    // The last changes reach AWS by then, or count as lost; and what they started has ended.
    tokio::time::sleep(Duration::from_secs(40)).await;
    calls.extend(journal.take(&stage.sim).await?);
    let taken = watched.end().await;
    let created =
        creating.await.map_err(|why| Error::Malformed { what: "the creation".to_owned(), why: why.to_string() })??;
    let ready = stage.sight.ready();
    let told = Told { scenario, calls: &calls, created: &created, ready: &ready, edits: &edits, begun };
    let mut figures = if scenario.is_contended { told.contended() } else { told.alone() };
    let memory = Figure::new("resident memory, most in the storm", "MiB", taken.most_memory(), "VmRSS, twice a second");
    figures.push(memory.at_most(scenario.memory() * 1.5));
    let processor = Some(taken.processor * 100.0);
    figures.push(Figure::new("processor in the storm", "%", processor, "of one, /proc/PID/stat"));
    Ok(Storm { figures, lines: told.lines() })
}

fn say(elapsed: u64, calls: &[Call], ready: usize, number: usize) {
    let own = || calls.iter().filter(|call| call.is_operators());
    let made = own().filter(|call| call.operation == "CreateService" && call.succeeded()).count();
    let throttled = own().filter(|call| call.is_throttled()).count();
    let total = own().count();
    println!("{:>6} s  {made} of {number} made, {ready} Ready; {total} calls, {throttled} throttled", elapsed / 1000);
}

struct Editing {
    stop: tokio::sync::watch::Sender<bool>,
    task: JoinHandle<Vec<Edit>>,
}

impl Editing {
    async fn stop(self) -> Vec<Edit> {
        // The task listens until it is told.
        let _ = self.stop.send(true);
        self.task.await.unwrap_or_default()
    }
}

/// Changes running services, one after another in an order without a pattern, until it is stopped.
fn edit(services: Services, definitions: Definitions) -> Editing {
    let interval = match definitions {
        Definitions::Shared => Duration::from_secs(2),
        Definitions::Distinct => Duration::from_secs(5),
    };
    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    let task = tokio::spawn(async move {
        let (runners, mut edits) = (runners(), Vec::new());
        while tokio::time::timeout(interval, stopped.changed()).await.is_err() {
            // Seven has no factor in common with their number: each has its turn, and none again soon.
            let nth = edits.len();
            let object = runners[nth * 7 % runners.len()].clone();
            // Each time around, the other value.
            match services.change(&object, nth / runners.len()).await {
                Ok(at) => edits.push(Edit { object, at }),
                Err(error) => println!("an edit of {object} failed: {error}"),
            }
        }
        edits
    });
    Editing { stop, task }
}

/// What a storm is told from.
struct Told<'a> {
    scenario: &'a Scenario,
    calls: &'a [Call],
    created: &'a BTreeMap<String, u64>,
    ready: &'a BTreeMap<String, u64>,
    edits: &'a [Edit],
    begun: u64,
}

impl Told<'_> {
    fn operators(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| call.is_operators())
    }

    /// When AWS accepted what the operator wrote for the storm.
    fn accepted(&self, operation: &str) -> Vec<u64> {
        let own = self.operators().filter(|call| call.operation == operation && call.succeeded());
        own.filter(|call| !call.about(STORM).is_empty()).map(|call| call.time).collect()
    }

    fn alone(&self) -> Vec<Figure> {
        let mut figures = vec![self.throughput()];
        let creations = self.accepted("CreateService");
        let last = creations.last().zip(self.ready.values().max()).map(|(made, ready)| seconds(*made, *ready));
        figures.push(
            Figure::new("last Ready after the last creation", "s", last, format!("a task starts in {TASK_START} s"))
                .at_most(f64::from(TASK_START) + 10.0),
        );
        let twice = count(creations.len().saturating_sub(self.scenario.number));
        figures.push(
            Figure::new("services made twice", "", twice, "accepted CreateServices beyond one each").at_most(0.0),
        );
        let throttled = count(self.operators().filter(|call| call.is_throttled()).count());
        figures.push(Figure::new("throttle answers", "", throttled, "aws-sim's journal").at_most(0.0));
        figures.push(self.cost());
        figures.extend(self.edited());
        figures
    }

    /// What went through the bucket that is the wall, against what the quota lets through.
    fn throughput(&self) -> Figure {
        let (is_of_bucket, made, burst, rate): (fn(&Call) -> bool, _, f64, f64) = match self.scenario.definitions {
            Definitions::Shared => (Call::changes_services, "CreateService", 50.0, 5.0),
            Definitions::Distinct => (Call::changes_definitions, "RegisterTaskDefinition", 20.0, 1.0),
        };
        let times = self.accepted(made);
        let share = SHARE * f64::from(self.scenario.quota_multiple());
        let ratio = times.first().zip(times.last()).and_then(|(first, last)| {
            let within = |call: &&Call| (*first..=*last).contains(&call.time);
            let calls = self.operators().filter(|call| is_of_bucket(call) && call.succeeded()).filter(within).count();
            let waited = (count(calls)? - burst * share) / (rate * share);
            (waited > 0.0).then_some(waited / seconds(*first, *last))
        });
        let how = format!("first to last {made} accepted; the calls of the edits, which share the bucket, count too");
        let figure = Figure::new("throughput against the quota", "", ratio, how);
        // What fits into the burst is no throughput.
        if ratio.is_some() { figure.at_least(0.95) } else { figure }
    }

    fn cost(&self) -> Figure {
        let spans = self.created.iter().filter_map(|(name, at)| Some((name.clone(), (*at, *self.ready.get(name)?))));
        let cost = cost(self.calls, STORM, &spans.collect());
        #[allow(clippy::cast_precision_loss)]
        let mean = (!cost.is_empty()).then(|| cost.values().sum::<f64>() / self.scenario.number as f64);
        let figure = Figure::new("AWS calls an object, create to Ready", "calls", mean, "a batch counts in parts");
        figure.at_most(match self.scenario.definitions {
            Definitions::Shared => 1.6,
            Definitions::Distinct => 3.7,
        })
    }

    /// How long changes took to AWS while the others were made.
    fn edited(&self) -> [Figure; 2] {
        let last = self.accepted("CreateService").last().copied().unwrap_or_default();
        let updates: Vec<(&Call, String)> = self
            .operators()
            .filter(|call| call.operation == "UpdateService" && call.succeeded())
            .filter_map(|call| Some((call, call.about(RUNNING).into_iter().find(|name| name.starts_with('r'))?)))
            .collect();
        let during: Vec<&Edit> = self.edits.iter().filter(|edit| edit.at <= last).collect();
        let took: Vec<f64> = during
            .iter()
            .map(|edit| {
                let update = updates.iter().find(|(call, of)| *of == edit.object && call.time >= edit.at);
                update.map_or(f64::INFINITY, |(call, _)| seconds(edit.at, call.time))
            })
            .collect();
        let how = format!("{} changes of running services in another namespace, asked for to accepted", took.len());
        let p99 = Figure::new("edits in the storm, to AWS, p99", "s", percentile(&took, 0.99), how);
        let median = Figure::new("edits in the storm, to AWS, median", "s", percentile(&took, 0.5), "");
        let bound = match self.scenario.definitions {
            Definitions::Shared => 2.0,
            Definitions::Distinct => 3.0,
        };
        // Of a few, the slowest is no percentile.
        [if took.len() >= 100 { p99.at_most(bound) } else { p99 }, median]
    }

    /// Beside somebody else who takes half of the quota, and once that one has stopped.
    fn contended(&self) -> Vec<Figure> {
        let rate = 5.0 * f64::from(self.scenario.quota_multiple());
        let own = |from: u64, to: u64| {
            let calls = self.operators().filter(|call| call.changes_services() && call.succeeded());
            count(calls.filter(|call| (from..to).contains(&call.time)).count()).unwrap_or_default()
        };
        // What AWS counts of the other's is no throttle answer.
        let others = |from: u64, to: u64| {
            let calls = self.calls.iter().filter(|call| !call.is_operators() && !call.is_throttled());
            count(calls.filter(|call| (from..to).contains(&call.time)).count()).unwrap_or_default()
        };
        let ms = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        let (from, stop) = (self.begun + ms(SETTLED), self.begun + ms(RIVAL));
        let left = rate * seconds(from, stop) - others(from, stop);
        let beside = Figure::new("of what another client leaves of the quota", "", Some(own(from, stop) / left), {
            "30 s after the beginning until that client stops, after two minutes"
        });
        let last = self.accepted("CreateService").last().copied().unwrap_or_default();
        let recovered = stop + 60_000;
        let after = (last > recovered).then(|| own(recovered, last) / (rate * SHARE * seconds(recovered, last)));
        let alone = Figure::new("throughput once that client has stopped", "", after, "from a minute after that");
        let throttled = count(self.operators().filter(|call| call.is_throttled()).count());
        let throttled = Figure::new("throttle answers", "", throttled, "the other client's not counted");
        vec![beside.at_least(0.9), alone.at_least(0.95), throttled]
    }

    fn lines(&self) -> Vec<Line<'static>> {
        let step = |mut times: Vec<u64>| {
            times.sort_unstable();
            let so_far = times.iter().enumerate();
            let points = so_far.filter_map(|(nth, at)| Some((seconds(self.begun, *at), count(nth + 1)?)));
            points.collect::<Vec<_>>()
        };
        let made = step(self.accepted("CreateService"));
        let number = count(self.scenario.number).unwrap_or_default();
        let rate = 5.0 * SHARE * f64::from(self.scenario.quota_multiple());
        let (begun, burst) = (made.first().map_or(0.0, |first| first.0), (rate * 10.0).min(number));
        let allowed = vec![(begun, 0.0), (begun, burst), (begun + (number - burst) / rate, number)];
        vec![
            Line { name: "what the quota on services allows", colour: "#999", points: allowed },
            Line { name: "CreateService accepted", colour: "#06c", points: made },
            Line { name: "Ready", colour: "#080", points: step(self.ready.values().copied().collect()) },
        ]
    }
}

pub(super) fn seconds(from: u64, to: u64) -> f64 {
    Duration::from_millis(to.saturating_sub(from)).as_secs_f64()
}

pub(super) fn count(number: usize) -> Option<f64> {
    u32::try_from(number).ok().map(f64::from)
}
