//! `make prove`: every sweep in full, with its progress, and one table at the end.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use ecs_bridge_harness::{Error, Result, workspace};

/// One row of the table: a command, most often the tests of `tests/it` whose names match.
struct Sweep {
    name: &'static str,
    command: Vec<&'static str>,
}

fn tests(name: &'static str, filters: &[&'static str]) -> Sweep {
    let mut command = vec!["cargo", "test", "--workspace", "--test", "it", "--"];
    command.extend(filters);
    Sweep { name, command }
}

fn sweeps() -> Vec<Sweep> {
    vec![
        tests("field walk", &["walk::", "immutable::"]),
        tests("crash sweep", &["crash::", "--skip", "e2e::"]),
        tests("crash sweep, SIGKILL", &["e2e::crash::", "e2e::sweep::"]),
        tests("chaos: answers", &["chaos::answers::"]),
        tests("chaos: the past", &["chaos::past::"]),
        tests("chaos: restarts", &["chaos::restarts::"]),
        tests("chaos: others", &["chaos::others::"]),
        tests("chaos: transitions", &["chaos::transitions::"]),
        tests("alive, not declared", &["alive::"]),
        tests("properties, failures, scenes", &["plan::", "--skip", "fuzz::"]),
        tests("fuzzing", &["fuzz::"]),
        tests("translation", &["translate::"]),
        tests("AWS's own words", &["aws_words::", "aws_answers::", "model::", "model_shapes::", "sdk::"]),
        tests("model of the loop", &["checker::"]),
        tests("leader election", &["lease::", "e2e::leader::", "--skip", "release::"]),
        Sweep { name: "upgrade", command: vec!["hack/upgrade-test.sh"] },
        Sweep { name: "aws-sim", command: vec!["cargo", "test", "--workspace", "--test", "world"] },
        Sweep { name: "conformance, moto", command: vec!["make", "--no-print-directory", "conformance"] },
        Sweep { name: "tests that bite", command: vec!["hack/bite.sh"] },
    ]
}

/// What came of one sweep.
struct Row {
    name: &'static str,
    /// Counts by what was swept.
    swept: BTreeMap<String, u64>,
    passed: usize,
    failed: usize,
    ended_well: bool,
    took: Duration,
}

impl Row {
    fn is_proved(&self) -> bool {
        self.ended_well && self.failed == 0 && (self.passed > 0 || !self.swept.is_empty())
    }
}

/// Runs them all, whatever fails, but for those whose name does not contain `only`.
pub(crate) fn prove(only: &str) -> Result<()> {
    let folder = workspace().join("target/prove");
    fs::create_dir_all(&folder).map_err(file(&folder))?;
    let chosen: Vec<Sweep> = sweeps().into_iter().filter(|sweep| sweep.name.contains(only)).collect();
    let begun = Instant::now();
    let mut rows = Vec::new();
    for (nth, sweep) in chosen.iter().enumerate() {
        println!("\n[{}/{}] {}", nth + 1, chosen.len(), sweep.name);
        rows.push(run(sweep, &folder)?);
    }
    print(&rows, begun.elapsed());
    let open: Vec<&str> = rows.iter().filter(|row| !row.is_proved()).map(|row| row.name).collect();
    if open.is_empty() && !rows.is_empty() { Ok(()) } else { Err(Error::NotProved { what: open.join(", "), folder }) }
}

fn run(sweep: &Sweep, folder: &Path) -> Result<Row> {
    let (log, tally) = (folder.join(format!("{}.log", sweep.name)), folder.join("tally"));
    // The last run's, or nothing.
    let _ = fs::remove_file(&tally);
    let mut output = fs::File::create(&log).map_err(file(&log))?;
    let begun = Instant::now();
    let mut child = Command::new(sweep.command[0])
        .args(&sweep.command[1..])
        .current_dir(workspace())
        .env("PROVE", "1")
        .env("PROVE_TALLY", &tally)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(output.try_clone().map_err(file(&log))?)
        .spawn()
        .map_err(|source| Error::Spawn { program: sweep.command.join(" "), source })?;
    let (mut passed, mut failed) = (0, 0);
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(file(&log))?;
            writeln!(output, "{line}").map_err(file(&log))?;
            // What cargo's test harness says of each test; what other commands say is their progress as it is.
            let is_cargo = sweep.command[0] == "cargo";
            let test = line.strip_prefix("test ").filter(|test| is_cargo && test.contains(" ... "));
            passed += usize::from(test.is_some_and(|test| test.ends_with("... ok")));
            failed += usize::from(test.is_some_and(|test| test.ends_with("... FAILED")));
            if test.is_some() || !is_cargo {
                println!("{:>7.1} s  {}", begun.elapsed().as_secs_f32(), test.unwrap_or(&line));
            }
        }
    }
    let status = child.wait().map_err(file(&log))?;
    let counted = fs::read_to_string(&tally).unwrap_or_default();
    Ok(Row {
        name: sweep.name,
        swept: sum(&counted),
        passed,
        failed,
        ended_well: status.success(),
        took: begun.elapsed(),
    })
}

/// Adds up the lines `<sweep>\t<what>\t<count>` by what was swept.
fn sum(tally: &str) -> BTreeMap<String, u64> {
    let mut swept = BTreeMap::new();
    for line in tally.lines() {
        if let [_, what, count] = line.split('\t').collect::<Vec<_>>()[..] {
            *swept.entry(what.to_owned()).or_default() += count.parse::<u64>().unwrap_or(0);
        }
    }
    swept
}

fn print(rows: &[Row], took: Duration) {
    println!("\n{:<30} {:>7} {:>7} {:>8}  swept", "sweep", "tests", "failed", "time");
    for row in rows {
        let mut swept = row.swept.iter().map(|(what, count)| format!("{count} {what}"));
        let tests = if row.passed + row.failed > 0 { (row.passed + row.failed).to_string() } else { "-".to_owned() };
        let failed = if row.ended_well { row.failed.to_string() } else { row.failed.max(1).to_string() };
        let (first, seconds) = (swept.next().unwrap_or_default(), row.took.as_secs());
        println!("{:<30} {tests:>7} {failed:>7} {seconds:>6} s  {first}", row.name);
        swept.for_each(|more| println!("{:<57}{more}", ""));
    }
    let proved = rows.iter().filter(|row| row.is_proved()).count();
    println!("{proved} of {} sweeps proved, in {} s", rows.len(), took.as_secs());
}

fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}

#[test]
fn counts_add_up_by_what_was_swept() {
    let swept = sum("walk\tpaths\t2\nwalk\tpaths\t40\nother\tcrashes\t7\ntorn li");
    assert_eq!(swept, BTreeMap::from([("crashes".to_owned(), 7), ("paths".to_owned(), 42)]));
}
