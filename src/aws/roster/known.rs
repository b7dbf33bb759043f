//! What is known of one cluster's tasks, and who rests on it. Pure: what time it is, the caller says.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    aws::ObjectId,
    engine::{
        Refusal,
        reconcile::watch_hash,
        tasks::{Revision, ServiceTasksResponse, Task},
    },
    model::ecs,
};

/// As many as DescribeTasks takes ("DescribeTasks" in the Amazon ECS API Reference), and ListTasks gives.
pub const PAGE: usize = 100;

/// Who has asked for a service's tasks rests on them within this, or does not follow them.
const ASKED: Duration = Duration::from_mins(1);

/// This many revisions are described in a sweep before any container of theirs runs.
const AHEAD: usize = 10;

#[derive(Debug, Default)]
pub struct Known {
    /// Who follows which services, with the hash of the answer that it rests on.
    watchers: HashMap<ObjectId, BTreeMap<String, String>>,
    /// The services that were asked for lately.
    asked: BTreeMap<String, Instant>,
    /// By ARN. Those of services that nobody follows, too: they need not be described again.
    tasks: BTreeMap<String, Entry>,
    /// By ARN. `None`: AWS does not describe it any more.
    revisions: BTreeMap<String, Option<Revision>>,
    /// Set by the last sweep.
    sweep: Option<Sweep>,
}

#[derive(Debug)]
struct Entry {
    service: String,
    /// `None`: nobody follows the service.
    task: Option<Task>,
}

/// What one sweep found. It stands until the next has ended.
#[derive(Debug)]
struct Sweep {
    begun: Instant,
    /// What each service has, with its hash; or why AWS did not list the cluster.
    answers: BTreeMap<String, (Result<Value, Refusal>, String)>,
}

impl Known {
    pub fn asked(&mut self, service: &str, now: Instant) {
        self.asked.insert(service.to_owned(), now);
    }

    pub fn watch(&mut self, object: &ObjectId, service: String, answer: String) {
        self.watchers.entry(object.clone()).or_default().insert(service, answer);
    }

    pub fn forget(&mut self, object: &ObjectId) {
        self.watchers.remove(object);
    }

    pub fn is_followed(&mut self, now: Instant) -> bool {
        !self.services(now).is_empty()
    }

    /// The services whose tasks somebody follows.
    pub fn services(&mut self, now: Instant) -> BTreeSet<String> {
        self.asked.retain(|_, asked| now.saturating_duration_since(*asked) < ASKED);
        let watched = self.watchers.values().flat_map(BTreeMap::keys);
        watched.chain(self.asked.keys()).cloned().collect()
    }

    /// What has to be described: what is new, and what is followed, be it no longer listed. A task that is to stop is not, and goes on for a
    /// while.
    pub fn to_describe(&self, listed: &BTreeSet<String>, services: &BTreeSet<String>) -> Vec<String> {
        let is_followed = |arn: &&String| self.tasks.get(*arn).is_none_or(|entry| services.contains(&entry.service));
        let leaving = self.tasks.iter().filter(|(arn, entry)| entry.task.is_some() && !listed.contains(*arn));
        listed.iter().chain(leaving.map(|(arn, _)| arn)).filter(is_followed).cloned().collect()
    }

    /// Takes in what AWS lists, and what it describes of what it was asked for.
    pub fn described(&mut self, listed: &BTreeSet<String>, services: &BTreeSet<String>, tasks: &[ecs::Task]) {
        // What is listed and not described is what it was: AWS's lists and descriptions are not of one moment.
        self.tasks.retain(|arn, _| listed.contains(arn));
        for described in tasks {
            let task = Task::from(described);
            if ["STOPPED", "DELETED"].contains(&task.last_status.as_str()) {
                self.tasks.remove(&task.arn);
                continue;
            }
            let service = Task::service(described).unwrap_or_default().to_owned();
            let task = Some(task).filter(|_| services.contains(&service));
            self.tasks.insert(described.task_arn.clone().unwrap_or_default(), Entry { service, task });
        }
        // Who is followed again is described again.
        for entry in self.tasks.values_mut().filter(|entry| !services.contains(&entry.service)) {
            entry.task = None;
        }
        let used: BTreeSet<&String> =
            self.tasks.values().filter_map(|entry| Some(&entry.task.as_ref()?.revision)).collect();
        self.revisions.retain(|arn, _| used.contains(arn));
    }

    /// The revisions that have to be described: those of tasks that run, or are about to, and a few of the others.
    pub fn unread(&self) -> Vec<String> {
        let followed = self.tasks.values().filter_map(|entry| entry.task.as_ref());
        let unread = followed.filter(|task| !task.revision.is_empty() && !self.revisions.contains_key(&task.revision));
        let (early, due): (Vec<&Task>, Vec<&Task>) =
            unread.partition(|task| ["PROVISIONING", "PENDING"].contains(&task.last_status.as_str()));
        let arns = |tasks: Vec<&Task>| tasks.into_iter().map(|task| task.revision.clone()).collect::<BTreeSet<_>>();
        let due = arns(due);
        let ahead: Vec<String> = arns(early).into_iter().filter(|arn| !due.contains(arn)).take(AHEAD).collect();
        due.into_iter().chain(ahead).collect()
    }

    pub fn learned(&mut self, arn: &str, definition: Option<&ecs::TaskDefinition>) {
        self.revisions.insert(arn.to_owned(), definition.map(Revision::from));
    }

    /// A sweep has ended.
    pub fn read(&mut self, services: BTreeSet<String>, begun: Instant) {
        let answers = services.into_iter().map(|service| {
            let answer = Ok(self.of(&service));
            let hash = watch_hash(&answer);
            (service, (answer, hash))
        });
        self.sweep = Some(Sweep { begun, answers: answers.collect() });
    }

    /// AWS did not list the cluster's tasks.
    pub fn refused(&mut self, refusal: Refusal, services: BTreeSet<String>, begun: Instant) {
        self.tasks.clear();
        let answer = Err(refusal);
        let hash = watch_hash(&answer);
        let answers = services.into_iter().map(|service| (service, (answer.clone(), hash.clone()))).collect();
        self.sweep = Some(Sweep { begun, answers });
    }

    /// What a service has, if that was read since.
    pub fn answer(&self, service: &str, since: Instant) -> Option<Result<Value, Refusal>> {
        let sweep = self.sweep.as_ref().filter(|sweep| sweep.begun >= since)?;
        sweep.answers.get(service).map(|(answer, _)| answer.clone())
    }

    fn of(&self, service: &str) -> Value {
        let entries = self.tasks.values().filter(|entry| entry.service == service);
        let tasks: Vec<Task> = entries.filter_map(|entry| entry.task.clone()).collect();
        let of = |task: &Task| Some((task.revision.clone(), self.revisions.get(&task.revision)?.clone()?));
        let revisions = tasks.iter().filter_map(of).collect();
        // Strings and lists always have a JSON form.
        serde_json::to_value(ServiceTasksResponse { tasks, revisions }).unwrap_or_default()
    }

    /// Those who rest on another answer than there is now.
    pub fn differing(&self) -> Vec<ObjectId> {
        let Some(sweep) = &self.sweep else { return Vec::new() };
        let differs = |(service, rested_on): (&String, &String)| {
            sweep.answers.get(service).is_some_and(|(_, hash)| hash != rested_on)
        };
        let watchers = self.watchers.iter().filter(|(_, services)| services.iter().any(differs));
        watchers.map(|(object, _)| object.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::RefusalKind;

    fn object(name: &str) -> ObjectId {
        ObjectId { kind: "Any", namespace: "shop".to_owned(), name: name.to_owned() }
    }

    fn task(arn: &str, service: &str, status: &str) -> ecs::Task {
        serde_json::from_value(json!({
            "taskArn": arn, "group": format!("service:{service}"), "lastStatus": status, "desiredStatus": "RUNNING",
            "taskDefinitionArn": format!("{service}:1"),
        }))
        .expect("a task")
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// A sweep: what is listed, and what AWS says of each task that it is asked for. Gives what was described.
    fn sweep(known: &mut Known, listed: &[&str], world: &[ecs::Task], now: Instant) -> Vec<String> {
        let (listed, services) = (set(listed), known.services(now));
        let asked = known.to_describe(&listed, &services);
        let is_asked = |task: &&ecs::Task| task.task_arn.as_ref().is_some_and(|arn| asked.contains(arn));
        let tasks: Vec<ecs::Task> = world.iter().filter(is_asked).cloned().collect();
        known.described(&listed, &services, &tasks);
        for arn in known.unread() {
            known.learned(&arn, Some(&ecs::TaskDefinition::default()));
        }
        known.read(services, now);
        asked
    }

    fn tasks(known: &Known, service: &str, since: Instant) -> Option<Vec<String>> {
        let answer = known.answer(service, since)?.expect("an answer");
        let answer: ServiceTasksResponse = serde_json::from_value(answer).expect("its form");
        Some(answer.tasks.into_iter().map(|task| format!("{} {}", task.arn, task.last_status)).collect())
    }

    #[test]
    fn what_nobody_follows_is_described_once() {
        let (mut known, now) = (Known::default(), Instant::now());
        known.watch(&object("a"), "web".to_owned(), String::new());
        let world = [task("1", "web", "RUNNING"), task("2", "other", "RUNNING")];
        assert_eq!(sweep(&mut known, &["1", "2"], &world, now), ["1", "2"], "nobody knows whose they are");
        assert_eq!(sweep(&mut known, &["1", "2"], &world, now), ["1"], "one is of a service that nobody follows");
        known.asked("other", now);
        assert_eq!(sweep(&mut known, &["1", "2"], &world, now), ["1", "2"], "somebody does now");
        assert_eq!(tasks(&known, "other", now), Some(vec!["2 RUNNING".to_owned()]));
        let later = now + ASKED;
        assert_eq!(sweep(&mut known, &["1", "2"], &world, later), ["1"], "and not for long");
        assert_eq!(tasks(&known, "other", later), None, "what is not read is not answered");
    }

    #[test]
    fn a_task_that_stops_is_followed_until_it_has() {
        let (mut known, now) = (Known::default(), Instant::now());
        known.watch(&object("a"), "web".to_owned(), String::new());
        sweep(&mut known, &["1"], &[task("1", "web", "RUNNING")], now);
        assert_eq!(sweep(&mut known, &[], &[task("1", "web", "STOPPING")], now), ["1"], "it is not listed any more");
        assert_eq!(tasks(&known, "web", now), Some(vec!["1 STOPPING".to_owned()]));
        sweep(&mut known, &[], &[task("1", "web", "STOPPED")], now);
        assert_eq!(tasks(&known, "web", now), Some(vec![]));
        assert_eq!(sweep(&mut known, &[], &[], now), [""; 0], "it has stopped");
        sweep(&mut known, &["2"], &[task("2", "web", "RUNNING")], now);
        sweep(&mut known, &[], &[], now);
        assert_eq!(tasks(&known, "web", now), Some(vec![]), "AWS forgot it");
        sweep(&mut known, &["3"], &[task("3", "web", "RUNNING")], now);
        sweep(&mut known, &["3"], &[], now);
        assert_eq!(
            tasks(&known, "web", now),
            Some(vec!["3 RUNNING".to_owned()]),
            "AWS lists it, and misses it for a moment"
        );
    }

    #[test]
    fn who_rests_on_other_tasks_is_named() {
        let (mut known, now) = (Known::default(), Instant::now());
        known.asked("web", now);
        sweep(&mut known, &["1"], &[task("1", "web", "PENDING")], now);
        let rested_on = watch_hash(&known.answer("web", now).expect("an answer"));
        known.watch(&object("a"), "web".to_owned(), rested_on);
        known.watch(&object("b"), "web".to_owned(), "another".to_owned());
        assert_eq!(known.differing(), [object("b")]);
        sweep(&mut known, &["1"], &[task("1", "web", "RUNNING")], now);
        assert_eq!(known.differing().len(), 2, "it runs now");
        known.forget(&object("a"));
        known.forget(&object("b"));
        assert!(!known.is_followed(now + ASKED), "a cluster that nobody follows is not read");
    }

    #[test]
    fn an_answer_is_as_old_as_the_sweep_that_it_is_from() {
        let (mut known, now) = (Known::default(), Instant::now());
        known.asked("web", now);
        assert_eq!(tasks(&known, "web", now), None, "nothing has been read");
        sweep(&mut known, &[], &[], now);
        assert_eq!(tasks(&known, "web", now), Some(vec![]));
        assert_eq!(tasks(&known, "web", now + Duration::from_millis(1)), None, "it is older");
    }

    #[test]
    fn revisions_are_described_once_and_those_that_are_needed_now_first() {
        let (mut known, now) = (Known::default(), Instant::now());
        let names: Vec<String> = (0..20).map(|n| format!("s{n:02}")).collect();
        let services: BTreeSet<String> = names.iter().cloned().collect();
        let world: Vec<ecs::Task> =
            names.iter().map(|name| task(name, name, if name == "s19" { "RUNNING" } else { "PENDING" })).collect();
        known.described(&services, &services, &world);
        let unread = known.unread();
        assert_eq!(unread.len(), 1 + AHEAD, "{unread:?}");
        assert_eq!(unread[0], "s19:1", "what runs waits for nothing");
        for arn in unread {
            known.learned(&arn, None);
        }
        assert_eq!(known.unread().len(), 19 - AHEAD, "what AWS does not describe is not asked again");
        known.described(&BTreeSet::new(), &services, &[]);
        assert!(known.revisions.is_empty(), "what nobody runs is forgotten");
        assert_eq!(known.services(now), BTreeSet::new());
    }

    #[test]
    fn a_cluster_that_is_not_there_is_an_answer() {
        let (mut known, now) = (Known::default(), Instant::now());
        known.watch(&object("a"), "web".to_owned(), watch_hash(&Ok(json!({"tasks": [], "revisions": {}}))));
        sweep(&mut known, &[], &[], now);
        assert_eq!(known.differing(), [], "it has no tasks");
        let refusal = Refusal {
            kind: RefusalKind::NotFound,
            operation: crate::engine::Operation::ServiceTasks,
            code: "ClusterNotFoundException".to_owned(),
            message: String::new(),
            request_id: None,
        };
        known.refused(refusal.clone(), set(&["web"]), now);
        assert_eq!(known.answer("web", now), Some(Err(refusal)));
        assert_eq!(known.differing(), [object("a")]);
    }
}
