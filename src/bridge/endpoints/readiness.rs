//! How far a task takes traffic: from its lifecycle and the health of its containers.

use crate::engine::tasks::{Revision, Task};

/// The conditions of an endpoint, as Kubernetes defines them ("EndpointConditions" in its API reference).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Readiness {
    /// New connections go to it.
    pub ready: bool,
    /// It answers, be it on its way out.
    pub serving: bool,
    pub terminating: bool,
}

/// `None`: nothing of the task answers, and it is in no slice.
///
/// With `regardless` (`publishNotReadyAddresses` of the Service) every task whose containers run is ready.
pub fn readiness(task: &Task, revision: Option<&Revision>, regardless: bool) -> Option<Readiness> {
    // "Amazon ECS task lifecycle": before ACTIVATING no container runs, and from DEPROVISIONING on none does any more.
    let is_leaving = match task.last_status.as_str() {
        "ACTIVATING" | "RUNNING" => false,
        "DEACTIVATING" | "STOPPING" => true,
        _ => return None,
    };
    if task.ended {
        return None;
    }
    let terminating = is_leaving || task.desired_status == "STOPPED";
    let serving = task.last_status != "ACTIVATING" && is_well(task, revision);
    Some(Readiness { ready: regardless || (serving && !terminating), serving, terminating })
}

/// Whether all essential containers run, and those with a health check pass it. AWS calls a task UNKNOWN where one essential container has
/// a check and another has none ("HealthCheck" in the Amazon ECS API Reference), so the containers are asked.
fn is_well(task: &Task, revision: Option<&Revision>) -> bool {
    let Some(revision) = revision else {
        // AWS does not describe what it runs any more: it ran before.
        return task.health != "UNHEALTHY";
    };
    let mut essential = task.containers.iter().filter(|container| revision.essential.contains(&container.name));
    task.health != "UNHEALTHY"
        && essential.all(|container| {
            container.last_status != "STOPPED"
                && (container.health == "HEALTHY" || !revision.checked.contains(&container.name))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tasks::Container;

    const READY: Option<(bool, bool, bool)> = Some((true, true, false));
    const UNREADY: Option<(bool, bool, bool)> = Some((false, false, false));
    const DRAINS: Option<(bool, bool, bool)> = Some((false, true, true));
    const ENDS: Option<(bool, bool, bool)> = Some((false, false, true));

    fn revision(checked: &[&str]) -> Revision {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Revision { essential: names(&["web", "proxy"]), checked: names(checked), ..Revision::default() }
    }

    fn task(last: &str, desired: &str, task_health: &str, containers: [(&str, &str); 3]) -> Task {
        let names = ["web", "proxy", "init"];
        let containers = names.into_iter().zip(containers).map(|(name, (status, health))| Container {
            name: name.to_owned(),
            last_status: status.to_owned(),
            health: health.to_owned(),
        });
        Task {
            last_status: last.to_owned(),
            desired_status: desired.to_owned(),
            health: task_health.to_owned(),
            containers: containers.collect(),
            ..Task::default()
        }
    }

    fn conditions(task: &Task, revision: Option<&Revision>, regardless: bool) -> Option<(bool, bool, bool)> {
        readiness(task, revision, regardless).map(|found| (found.ready, found.serving, found.terminating))
    }

    #[test]
    fn lifecycle_and_health_say_who_takes_traffic() {
        const RUNS: (&str, &str) = ("RUNNING", "UNKNOWN");
        const WELL: (&str, &str) = ("RUNNING", "HEALTHY");
        const ILL: (&str, &str) = ("RUNNING", "UNHEALTHY");
        const DONE: (&str, &str) = ("STOPPED", "UNKNOWN");
        for (case, last, desired, health, containers, checked, expected) in [
            ("being made", "PROVISIONING", "RUNNING", "UNKNOWN", [RUNS; 3], &[][..], None),
            ("pulling", "PENDING", "RUNNING", "UNKNOWN", [RUNS; 3], &[], None),
            ("being registered", "ACTIVATING", "RUNNING", "UNKNOWN", [RUNS; 3], &[], UNREADY),
            ("no check", "RUNNING", "RUNNING", "UNKNOWN", [RUNS, RUNS, DONE], &[], READY),
            ("healthy", "RUNNING", "RUNNING", "HEALTHY", [WELL, WELL, DONE], &["web", "proxy"], READY),
            ("one check passes, one has none", "RUNNING", "RUNNING", "UNKNOWN", [WELL, RUNS, DONE], &["web"], READY),
            ("not checked yet", "RUNNING", "RUNNING", "UNKNOWN", [RUNS, RUNS, DONE], &["web"], UNREADY),
            ("one check fails", "RUNNING", "RUNNING", "UNHEALTHY", [WELL, ILL, DONE], &["web", "proxy"], UNREADY),
            (
                "a check of what is not essential",
                "RUNNING",
                "RUNNING",
                "HEALTHY",
                [WELL, RUNS, ILL],
                &["web", "init"],
                READY,
            ),
            ("AWS calls it unhealthy", "RUNNING", "RUNNING", "UNHEALTHY", [RUNS; 3], &[], UNREADY),
            ("an essential container has ended", "RUNNING", "RUNNING", "UNKNOWN", [DONE, RUNS, DONE], &[], UNREADY),
            ("told to stop", "RUNNING", "STOPPED", "HEALTHY", [WELL, WELL, DONE], &["web"], DRAINS),
            ("draining", "DEACTIVATING", "STOPPED", "UNKNOWN", [RUNS, RUNS, DONE], &[], DRAINS),
            ("stopping", "STOPPING", "STOPPED", "UNKNOWN", [RUNS, RUNS, DONE], &[], DRAINS),
            ("stopping, no word of its health", "STOPPING", "STOPPED", "UNKNOWN", [RUNS, RUNS, DONE], &["web"], ENDS),
            ("stopping, partly stopped", "STOPPING", "STOPPED", "UNKNOWN", [DONE, RUNS, DONE], &[], ENDS),
            ("its interface goes", "DEPROVISIONING", "STOPPED", "UNKNOWN", [DONE; 3], &[], None),
            ("stopped", "STOPPED", "STOPPED", "UNKNOWN", [DONE; 3], &[], None),
            ("deleted", "DELETED", "STOPPED", "UNKNOWN", [DONE; 3], &[], None),
            ("a state to come", "HIBERNATING", "RUNNING", "UNKNOWN", [RUNS; 3], &[], None),
        ] {
            let task = task(last, desired, health, containers);
            assert_eq!(conditions(&task, Some(&revision(checked)), false), expected, "{case}");
            let regardless = expected.map(|(_, serving, terminating)| (true, serving, terminating));
            assert_eq!(conditions(&task, Some(&revision(checked)), true), regardless, "{case}, published all the same");
            let ended = Task { ended: true, ..task };
            assert_eq!(
                conditions(&ended, Some(&revision(checked)), true),
                None,
                "{case}, and its containers have ended"
            );
        }
    }

    #[test]
    fn without_its_revision_a_task_is_what_aws_calls_it() {
        let containers = [("RUNNING", "UNKNOWN"); 3];
        assert_eq!(conditions(&task("RUNNING", "RUNNING", "UNKNOWN", containers), None, false), READY);
        assert_eq!(conditions(&task("RUNNING", "RUNNING", "UNHEALTHY", containers), None, false), UNREADY);
    }
}
