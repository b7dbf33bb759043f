//! What a process takes of the machine, as Linux tells it in /proc.

use std::fs;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Linux counts a process's time in these, whatever the kernel's own tick is.
const TICKS_A_SECOND: f64 = 100.0;
const SAMPLE: Duration = Duration::from_millis(500);

/// Resident memory in MiB; `None` where the process runs no more.
pub(super) fn memory(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024.0)
}

/// The seconds that the process has spent on processors.
pub(super) fn processor_seconds(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The program's name, in parentheses, may hold anything.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) / TICKS_A_SECOND)
}

/// What a process took while it was watched.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    /// Resident memory in MiB over the seconds since the beginning.
    pub memory: Vec<(f64, f64)>,
    /// Of one processor.
    pub processor: f64,
}

impl Taken {
    pub(super) fn most_memory(&self) -> Option<f64> {
        self.memory.iter().map(|(_, mib)| *mib).max_by(f64::total_cmp)
    }

    pub(super) fn last_memory(&self) -> Option<f64> {
        self.memory.last().map(|(_, mib)| *mib)
    }
}

/// A process that is watched until it is asked what it took.
pub(super) struct Watched {
    stop: watch::Sender<bool>,
    task: JoinHandle<Taken>,
}

impl Watched {
    pub(super) fn begin(pid: u32) -> Self {
        let (stop, mut stopped) = watch::channel(false);
        let task = tokio::spawn(async move {
            let (begun, before) = (Instant::now(), processor_seconds(pid).unwrap_or(0.0));
            let mut taken = Taken::default();
            loop {
                if let Some(mib) = memory(pid) {
                    taken.memory.push((begun.elapsed().as_secs_f64(), mib));
                }
                if tokio::time::timeout(SAMPLE, stopped.changed()).await.is_ok() {
                    break;
                }
            }
            let spent = processor_seconds(pid).unwrap_or(before) - before;
            taken.processor = spent / begun.elapsed().as_secs_f64();
            taken
        });
        Watched { stop, task }
    }

    pub(super) async fn end(self) -> Taken {
        // The task listens until it is told.
        let _ = self.stop.send(true);
        self.task.await.unwrap_or_default()
    }
}

#[test]
fn this_process_has_memory_and_time() {
    let pid = std::process::id();
    assert!(memory(pid).is_some_and(|mib| mib > 1.0), "no memory");
    assert!(processor_seconds(pid).is_some(), "no time");
}
