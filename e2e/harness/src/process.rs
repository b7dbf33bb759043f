//! Child processes that never outlive the test that started them, unless they are meant to.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// How long a process may live.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Lifetime {
    /// Killed when its [`Process`] is dropped, or when this process ends in any way.
    #[default]
    Tethered,
    /// Left running, and written to this file for [`stop_recorded`].
    Recorded(PathBuf),
}

/// A child process whose output goes to a log file.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    log: PathBuf,
    lifetime: Lifetime,
}

impl Process {
    pub fn spawn(name: &str, mut command: Command, log: &Path, lifetime: Lifetime) -> Result<Self> {
        let out = OpenOptions::new().create(true).append(true).open(log).map_err(Error::file(log))?;
        let err = out.try_clone().map_err(Error::file(log))?;
        // Its own process group: a Ctrl-C is for the test, which then ends its children in order.
        command.process_group(0).stdin(Stdio::null()).stdout(out).stderr(err);
        let child = command.spawn().map_err(|source| Error::Spawn { program: describe(&command), source })?;
        match &lifetime {
            Lifetime::Tethered => watchdog("kill", child.id()),
            Lifetime::Recorded(file) => record(file, name, child.id())?,
        }
        Ok(Self { name: name.to_owned(), child, log: log.to_owned(), lifetime })
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The last `lines` of the log.
    pub fn log_tail(&self, lines: usize) -> String {
        let text = fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let text = text.unwrap_or_else(|e| format!("(no log: {e})"));
        let skip = text.lines().count().saturating_sub(lines);
        text.lines().skip(skip).collect::<Vec<_>>().join("\n")
    }

    /// Waits until `attempt` succeeds; not for a process that has ended, nor for one that takes too long.
    pub async fn wait_until(&mut self, what: &str, attempt: impl AsyncFn() -> Result<(), String>) -> Result<()> {
        const START: Duration = Duration::from_mins(1);
        let deadline = Instant::now() + START;
        loop {
            let Err(seen) = attempt().await else { return Ok(()) };
            self.check_running()?;
            if Instant::now() > deadline {
                let what = format!("{} to {what}", self.name);
                let seen = format!("{seen}; the end of its log:\n{}", self.log_tail(30));
                return Err(Error::Timeout { what, within: START, seen });
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// An error that carries the end of the log, if the process has ended.
    fn check_running(&mut self) -> Result<()> {
        match self.child.try_wait() {
            Ok(Some(status)) => {
                Err(Error::Ended { program: self.name.clone(), status, log: self.log.clone(), tail: self.log_tail(30) })
            }
            _ => Ok(()),
        }
    }

    pub fn signal(&self, name: &str) {
        signal(name, self.pid());
    }

    /// Waits until it has ended by itself.
    pub async fn wait_ended(&mut self) -> Result<ExitStatus> {
        const PATIENCE: Duration = Duration::from_mins(1);
        let deadline = Instant::now() + PATIENCE;
        while !matches!(self.child.try_wait(), Ok(Some(_))) {
            if Instant::now() > deadline {
                let what = format!("{} to end by itself", self.name);
                return Err(Error::Timeout { what, within: PATIENCE, seen: self.log_tail(30) });
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.reap()
    }

    /// SIGKILL: what a crash looks like to everyone else.
    pub fn kill(&mut self) -> Result<ExitStatus> {
        // An error here means that it has ended already, and `wait` knows how.
        let _ = self.child.kill();
        self.reap()
    }

    /// SIGTERM, and SIGKILL for what has not ended `within` that time, which is an error.
    pub fn terminate(&mut self, within: Duration) -> Result<ExitStatus> {
        signal("TERM", self.pid());
        let deadline = Instant::now() + within;
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return self.reap();
            }
            thread::sleep(Duration::from_millis(20));
        }
        let seen = self.log_tail(30);
        self.kill()?;
        Err(Error::Timeout { what: format!("{} to end after SIGTERM", self.name), within, seen })
    }

    fn reap(&mut self) -> Result<ExitStatus> {
        let status = self.child.wait().map_err(|source| Error::Spawn { program: self.name.clone(), source })?;
        if self.lifetime == Lifetime::Tethered {
            watchdog("spare", self.pid());
        }
        Ok(status)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.lifetime == Lifetime::Tethered {
            let _ = self.kill();
        }
    }
}

/// The program and its arguments as one would type them.
pub fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Removes the folder when this process ends, in whatever way.
pub(crate) fn remove_at_end(folder: &Path) {
    watchdog("remove", folder.display());
}

fn watchdog(verb: &str, what: impl std::fmt::Display) {
    // Tests share one watchdog. Without one (no `sh`?) dropping still ends the children.
    static WATCHDOG: OnceLock<Option<Mutex<ChildStdin>>> = OnceLock::new();
    let start = || {
        let mut command = Command::new("sh");
        command.args(["-c", include_str!("../assets/watchdog.sh"), "watchdog"]);
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().ok()?.stdin.map(Mutex::new)
    };
    if let Some(pipe) = WATCHDOG.get_or_init(start) {
        let mut pipe = pipe.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(pipe, "{verb} {what}");
    }
}

fn signal(name: &str, pid: u32) {
    let mut kill = Command::new("kill");
    let _ = kill.args([format!("-{name}"), pid.to_string()]).stderr(Stdio::null()).status();
}

fn record(file: &Path, name: &str, pid: u32) -> Result<()> {
    let started = started_at(pid).unwrap_or_default();
    let mut out = OpenOptions::new().create(true).append(true).open(file).map_err(Error::file(file))?;
    writeln!(out, "{pid} {started} {name}").map_err(Error::file(file))
}

/// Ends, newest first, the processes that are recorded in the file, and returns the names of those that were still running.
pub fn stop_recorded(file: &Path) -> Result<Vec<String>> {
    let Ok(text) = fs::read_to_string(file) else { return Ok(Vec::new()) };
    let mut stopped = Vec::new();
    for line in text.lines().rev() {
        let mut words = line.splitn(3, ' ');
        let (Some(pid), Some(start), Some(name)) = (words.next(), words.next(), words.next()) else {
            return Err(Error::malformed(&file.display().to_string(), &format!("not `pid start name`: {line}")));
        };
        let pid: u32 = pid.parse().map_err(|e| Error::malformed(&file.display().to_string(), &e))?;
        // A pid is used again; with the time at which it started it is not.
        let running = || started_at(pid).is_some_and(|now| now == start);
        if running() {
            signal("TERM", pid);
            let deadline = Instant::now() + Duration::from_secs(10);
            while running() && Instant::now() < deadline {
                thread::sleep(Duration::from_millis(50));
            }
            if running() {
                signal("KILL", pid);
            }
            stopped.push(name.to_owned());
        }
    }
    fs::remove_file(file).map_err(Error::file(file))?;
    Ok(stopped)
}

/// When a process started, in the kernel's ticks; None where it runs no more (a zombie does not run).
fn started_at(pid: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field, the program's name, is in parentheses and may hold anything.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    let state = fields.next()?;
    let ticks = fields.nth(18)?;
    (state != "Z").then(|| ticks.to_owned())
}

/// Creates the file anew, for its owner alone.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let open = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(path);
    open.and_then(|mut file: File| file.write_all(text.as_bytes())).map_err(Error::file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, folder: &Path, lifetime: Lifetime) -> Process {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let log = folder.join("log");
        let process = Process::spawn("a shell", command, &log, lifetime).expect("a shell");
        // Its traps are set once it has said so.
        while !process.log_tail(1).contains("up") {
            thread::sleep(Duration::from_millis(5));
        }
        process
    }

    #[test]
    fn terminate_waits_for_an_orderly_end() {
        let cases = [
            ("ends in order", "trap 'exit 7' TERM; echo up; while :; do sleep 0.01; done", Some(7)),
            ("does not end", "trap '' TERM; echo up; while :; do sleep 0.01; done", None),
        ];
        for (what, script, code) in cases {
            let folder = tempfile::tempdir().expect("a folder");
            let mut process = shell(script, folder.path(), Lifetime::Tethered);
            let pid = process.pid();
            let ended = process.terminate(Duration::from_millis(500));
            assert_eq!(ended.as_ref().ok().and_then(ExitStatus::code), code, "a process that {what}: {ended:?}");
            assert_eq!(started_at(pid), None, "a process that {what} is gone");
        }
    }

    #[test]
    fn what_is_recorded_is_stopped_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let pids = folder.path().join("pids");
        let script = "echo up; while :; do sleep 0.01; done";
        let ours = shell(script, folder.path(), Lifetime::Recorded(pids.clone()));
        let other = shell(script, folder.path(), Lifetime::Tethered);
        // A record of ours whose pid has gone to another process since.
        let text = fs::read_to_string(&pids).expect("a record");
        fs::write(&pids, format!("{text}{} 1 an earlier process\n", other.pid())).expect("a record");

        let mut child = ours;
        // The one that stops it is another program, which has no child to reap.
        let reaper = thread::spawn(move || child.reap());
        assert_eq!(stop_recorded(&pids).expect("a record that can be read"), ["a shell"]);
        reaper.join().expect("no panic").expect("it ended");
        assert!(started_at(other.pid()).is_some(), "a process with a pid that was used again was stopped");
        assert!(!pids.exists(), "the record is left");
        assert_eq!(stop_recorded(&pids).expect("no record"), Vec::<String>::new(), "stopping twice");
    }
}
