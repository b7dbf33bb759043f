//! What follows the storm: rest, a restart, the end.

use std::time::Duration;

use ecs_bridge_harness::{Error, Result};
use serde_json::Value;

use super::figure::Figure;
use super::journal::{Call, Follower};
use super::objects::{Definitions, names};
use super::stage::{STORM, Stage, runners};
use super::storm::{count, seconds};
use super::usage::Watched;
use super::{Scenario, now};

/// A whole interval of the sweeps, with its tenth more.
const REST: Duration = Duration::from_secs(335);
/// Sweeps are this far apart at least; the calls of one are not.
const BETWEEN_SWEEPS: u64 = 30_000;
const SWEEPS_AN_HOUR: f64 = 12.0;
/// With events a sweep is made in so many intervals.
const UNHURRIED: u32 = 4;
/// Once AWS was asked nothing for so long, the operator has looked at everything.
const SILENCE: Duration = Duration::from_secs(8);
const PATIENCE: Duration = Duration::from_mins(90);

/// All services, those beside the storm included.
fn services(scenario: &Scenario) -> f64 {
    count(scenario.number + runners().len()).unwrap_or(1.0)
}

pub(super) async fn rest(scenario: &Scenario, stage: &Stage, journal: &mut Follower) -> Result<Vec<Figure>> {
    let intervals = if scenario.has_events { UNHURRIED } else { 1 };
    let rest = REST * intervals;
    println!("{:>6} s  of rest", rest.as_secs());
    journal.skip(&stage.sim).await?;
    let watched = Watched::begin(stage.operator.pid());
    tokio::time::sleep(rest).await;
    let taken = watched.end().await;
    let calls = journal.take(&stage.sim).await?;
    let (of_events, own): (Vec<&Call>, Vec<&Call>) =
        calls.iter().filter(|call| call.is_operators()).partition(|call| call.is_of_events());
    let receives = of_events.iter().filter(|call| call.operation == "ReceiveMessage").count();
    let (sweep, sweeps) = largest_sweep(&own);
    let sweeps_an_hour = SWEEPS_AN_HOUR / f64::from(intervals);
    let an_hour = count(sweep).map(|calls| calls * sweeps_an_hour / services(scenario));
    let writes = count(own.iter().filter(|call| call.is_write()).count());
    let how = format!("{sweep} calls, the larger of {sweeps} sweeps in {} s, {sweeps_an_hour} an hour", rest.as_secs());
    let memory = Figure::new("resident memory at rest", "MiB", taken.last_memory(), "VmRSS");
    let processor = Figure::new("processor at rest", "%", Some(taken.processor * 100.0), "of one, /proc/PID/stat");
    let most = if scenario.has_events { 0.5 } else { 1.4 };
    let an_hour_long = count(receives).map(|calls| calls * 3600.0 / rest.as_secs_f64());
    let how_often = format!("{receives} in {} s", rest.as_secs());
    let listening = Figure::new("receives an hour", "calls", an_hour_long, how_often).at_most(200.0);
    let mut figures = vec![
        Figure::new("AWS calls an object and hour at rest", "calls", an_hour, how).at_most(most),
        Figure::new("writes at rest", "", writes, "aws-sim's journal").at_most(0.0),
        processor.at_most(1.0),
        memory.at_most(scenario.memory()),
    ];
    figures.extend(scenario.has_events.then_some(listening));
    Ok(figures)
}

/// The calls of the largest sweep, and how many there were.
fn largest_sweep(calls: &[&Call]) -> (usize, usize) {
    let mut sweeps = Vec::new();
    let mut last = 0;
    for call in calls {
        match sweeps.last_mut() {
            Some(sweep) if call.time - last < BETWEEN_SWEEPS => *sweep += 1,
            _ => sweeps.push(1_usize),
        }
        last = call.time;
    }
    (sweeps.iter().max().copied().unwrap_or_default(), sweeps.len())
}

pub(super) async fn restart(scenario: &Scenario, stage: &mut Stage, journal: &mut Follower) -> Result<Vec<Figure>> {
    println!("          a restart");
    journal.skip(&stage.sim).await?;
    stage.restart().await?;
    let watched = Watched::begin(stage.operator.pid());
    let mut calls = Vec::new();
    let mut last = now();
    while now() - last < u64::try_from(SILENCE.as_millis()).unwrap_or(u64::MAX) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let more = journal.take(&stage.sim).await?;
        if more.iter().any(|call| call.is_operators() && !call.is_of_events()) {
            last = now();
        }
        calls.extend(more);
    }
    let taken = watched.end().await;
    let own: Vec<&Call> = calls.iter().filter(|call| call.is_operators() && !call.is_of_events()).collect();
    let writes = count(own.iter().filter(|call| call.is_write()).count());
    let reads = count(own.iter().filter(|call| !call.is_write()).count());
    let bound = 150.0 * (services(scenario) / 1000.0).max(1.0);
    Ok(vec![
        Figure::new("writes after a restart", "", writes, "aws-sim's journal").at_most(0.0),
        Figure::new("reads after a restart", "calls", reads, "until AWS is asked nothing for 8 s")
            .at_most(bound.round()),
        Figure::new("resident memory after a restart, most", "MiB", taken.most_memory(), "VmRSS, twice a second")
            .at_most(scenario.memory() * 1.5),
    ])
}

pub(super) async fn deletion(scenario: &Scenario, stage: &Stage, journal: &mut Follower) -> Result<Vec<Figure>> {
    journal.skip(&stage.sim).await?;
    let begun = now();
    let deleting = tokio::spawn(stage.storm.clone().delete(names("s", scenario.number)));
    let mut calls: Vec<Call> = Vec::new();
    let mut told = begun;
    while stage.sight.live() > 0 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let elapsed = now() - begun;
        if now() - told >= 5000 {
            told = now();
            calls.extend(journal.take(&stage.sim).await?);
            println!("{:>6} s  {} of {} left", elapsed / 1000, stage.sight.live(), scenario.number);
        }
        if u128::from(elapsed) > PATIENCE.as_millis() {
            let seen = format!("{} are there", stage.sight.live());
            return Err(Error::Timeout { what: "every service to be gone".to_owned(), within: PATIENCE, seen });
        }
    }
    let gone = now();
    deleting.await.map_err(|why| Error::Malformed { what: "the deletion".to_owned(), why: why.to_string() })??;
    calls.extend(journal.take(&stage.sim).await?);
    let own = || calls.iter().filter(|call| call.is_operators() && !call.about(STORM).is_empty());
    #[allow(clippy::cast_precision_loss)]
    let writes = own().filter(|call| call.is_write()).count() as f64 / scenario.number as f64;
    let throttled = count(own().filter(|call| call.is_throttled()).count());
    let took =
        Figure::new("deletion", "s", Some(seconds(begun, gone)), "first delete asked for, to the last object gone");
    let left = left_over(&stage.sim.control("state").await?)?;
    let writes = Figure::new("writes an object, deletion", "calls", Some(writes), "aws-sim's journal");
    Ok(vec![
        writes.at_most(match scenario.definitions {
            Definitions::Shared => 1.01,
            Definitions::Distinct => 2.2,
        }),
        match (scenario.definitions, scenario.number) {
            (Definitions::Shared, 1000) => took.at_most(205.0),
            _ => took,
        },
        Figure::new("throttle answers, deletion", "", throttled, "aws-sim's journal").at_most(0.0),
        Figure::new("left over in AWS", "", count(left), "services that are not INACTIVE").at_most(0.0),
    ])
}

/// Services of the storm that are still there.
fn left_over(state: &str) -> Result<usize> {
    let state: Value = serde_json::from_str(state)
        .map_err(|why| Error::Malformed { what: "aws-sim's state".to_owned(), why: why.to_string() })?;
    let regions = state["regions"].as_array().into_iter().flatten();
    let clusters = regions.flat_map(|region| region["clusters"].as_array().into_iter().flatten());
    let services = clusters.flat_map(|cluster| cluster["services"].as_array().into_iter().flatten());
    let is_left = |service: &&Value| {
        service["name"].as_str().is_some_and(|name| name.starts_with(STORM)) && service["status"] != "INACTIVE"
    };
    Ok(services.filter(is_left).count())
}

#[test]
fn a_sweep_ends_where_nothing_is_asked_for_a_while() {
    let call = |time| -> Call {
        let call = serde_json::json!({
            "sequence": time, "time": time, "operation": "DescribeServices", "request": {}, "status": 200, "accessKey": "test",
        });
        serde_json::from_value(call).expect("a call")
    };
    let calls: Vec<Call> = [1000, 2000, 300_000, 300_100, 320_000].map(call).to_vec();
    assert_eq!(largest_sweep(&calls.iter().collect::<Vec<_>>()), (3, 2));
}
