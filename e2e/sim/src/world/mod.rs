//! AWS's objects on a virtual clock: pure, synchronous, and the same for the same seed and the same calls.
//!
//! Nothing ticks. What happens by itself stands in the [`agenda`] with its time; [`World::advance_to`] lets it happen in order, so
//! an idle world costs nothing however many services it holds.

mod agenda;
mod blueprint;
mod capacity_provider_form;
mod capacity_providers;
mod cloud_map;
mod cloud_map_instances;
mod cloud_map_services;
mod cloud_trail;
mod clusters;
mod dispatch;
mod ecr;
mod ecr_policies;
mod ecs_events;
mod eks;
mod event_bridge;
mod fargate;
mod fargate_profiles;
mod fetched;
mod iam;
mod instances;
mod lifecycle;
mod paging;
mod parameters;
mod params;
mod permissions;
mod placement;
mod pod_identities;
mod random;
mod resource_tags;
mod rollout;
mod scheduler;
mod secrets;
mod service;
mod service_deployments;
mod service_form;
mod service_rules;
mod services;
mod settings;
mod sqs;
mod start;
mod strategy_rules;
mod sts;
mod subnets;
mod tags;
mod task;
mod task_definition_form;
mod task_definition_rules;
mod task_definitions;
mod task_life;
mod tasks;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::policy::Permission;
use crate::quota::{self, Buckets};
use crate::scope::{Api, Scope};
use crate::time::Time;
use crate::validate;

use agenda::{Agenda, Due};
pub use event_bridge::EventFaults;
pub use fargate_profiles::{Failing, Issue};
use params::Params;
use random::Random;
use task::Placed;
use task_life::Turn;

/// What an operation answers.
pub(crate) type Answer = Result<Value, Error>;

/// How the world behaves, fixed at its beginning.
#[derive(Debug, Clone, Default)]
pub struct Config {
    pub seed: u64,
    /// Holds callers to AWS's documented rates.
    pub quotas: bool,
    /// So many times the documented rates; 0 is once, too.
    pub quota_multiple: u32,
    /// From a task's launch until it runs and is healthy; `None`: as in AWS.
    pub task_start: Option<Duration>,
    /// EC2 instances that every cluster is born with, behind the capacity provider `container-instances`.
    pub container_instances: u32,
    /// For how long `DescribeServices` answers MISSING after a service was created.
    pub missing_after_create: Duration,
    /// ARNs of roles that AWS is unable to assume.
    pub refused_roles: Vec<String>,
    /// EKS clusters that every account and region begins with, ACTIVE, in the private subnets `subnet-0a` and `subnet-0b`.
    pub eks_clusters: Vec<String>,
    /// Private DNS namespaces of Cloud Map that every account and region begins with: their ids and names.
    pub cloud_map_namespaces: Vec<(String, String)>,
    /// Subnets with a route to an internet gateway; all others are private.
    pub public_subnets: Vec<String>,
    /// Subnets with a range of IPv6 addresses, in an account with the setting `dualStackIPv6`: tasks have an address of either family there.
    pub ipv6_subnets: Vec<String>,
    /// ARNs of Lambda functions that answer FAILED as a deployment's lifecycle hook; all others answer SUCCEEDED.
    pub failing_hooks: Vec<String>,
    /// Accounts have a trail: CloudTrail tells EventBridge of calls that change something.
    pub trail: bool,
    /// What goes wrong with EventBridge's events from the beginning.
    pub event_faults: EventFaults,
}

/// All accounts and regions.
#[derive(Clone)]
pub struct World {
    now: Time,
    config: Config,
    random: Random,
    agenda: Agenda,
    regions: BTreeMap<Scope, Region>,
    event_faults: EventFaults,
}

/// What one account has in one region.
#[derive(Clone)]
pub(crate) struct Region {
    scope: Scope,
    buckets: Buckets,
    settings: BTreeMap<String, String>,
    repositories: BTreeMap<String, ecr::Repository>,
    clusters: BTreeMap<String, clusters::Cluster>,
    providers: BTreeMap<String, capacity_providers::CapacityProvider>,
    families: BTreeMap<String, task_definitions::Family>,
    eks_clusters: BTreeMap<String, eks::Cluster>,
    subnets: subnets::Subnets,
    secrets: BTreeMap<String, secrets::Secret>,
    parameters: BTreeMap<String, parameters::Parameter>,
    roles: BTreeMap<String, iam::Role>,
    cloud_map: cloud_map::CloudMap,
    sqs: sqs::Sqs,
    rules: BTreeMap<String, event_bridge::Rule>,
}

/// What every operation may use beside the region that it works on.
pub(crate) struct Env<'a> {
    now: Time,
    config: &'a Config,
    random: &'a mut Random,
    agenda: &'a mut Agenda,
    /// Whether a rule of EventBridge is enabled there.
    listened: bool,
    event_faults: &'a EventFaults,
}

impl World {
    pub fn new(config: Config, now: Time) -> Self {
        let event_faults = config.event_faults.clone();
        let random = Random::new(config.seed);
        Self { now, random, config, agenda: Agenda::default(), regions: BTreeMap::new(), event_faults }
    }

    pub fn now(&self) -> Time {
        self.now
    }

    /// Lets everything happen that is due by then.
    pub fn advance_to(&mut self, time: Time) {
        while let Some((at, scope, due)) = self.agenda.pop(time) {
            self.now = self.now.max(at);
            let (mut env, region) = self.enter(&scope);
            match due {
                Due::Task { cluster, id } => region.turn_task(&mut env, &cluster, &id),
                Due::Service { cluster, name } => scheduler::look_after(&mut env, region, &cluster, &name),
                Due::CapacityProvider { name } => region.turn_capacity_provider(at, &name),
                Due::CloudMap { operation } => cloud_map::end(&env, region, &operation),
                Due::Rule { name } => event_bridge::ring(&mut env, region, &name),
                Due::Event { text } => event_bridge::arrive(&mut env, region, &text),
                Due::FargateProfile { cluster, name } => region.turn_fargate_profile(&mut env, &cluster, &name),
            }
        }
        self.now = self.now.max(time);
    }

    pub fn advance(&mut self, span: Duration) {
        self.advance_to(self.now + span);
    }

    /// A call to AWS's API, outside the quotas.
    pub fn call(&mut self, scope: &Scope, api: Api, operation: &str, request: &Value) -> Answer {
        validate::request(api, operation, request)?;
        let (mut env, region) = self.enter(&scope.clone().of_api(api));
        let answer = dispatch::call(&mut env, region, api, operation, request);
        cloud_trail::record(&mut env, &region.scope, api, operation, request, answer.as_ref().err());
        let answer = answer?;
        // What AWS's model does not have must not be made up.
        if cfg!(debug_assertions) {
            validate::answer(api, operation, &answer)?;
        }
        Ok(answer)
    }

    /// The same for a client that AWS's quotas hold for.
    pub fn metered_call(&mut self, scope: &Scope, api: Api, operation: &str, request: &Value) -> Answer {
        if let (true, Api::Ecs, Some((bucket, quota))) = (self.config.quotas, api, quota::of_operation(operation)) {
            let (env, region) = self.enter(scope);
            region
                .buckets
                .take(bucket, quota.times(env.config.quota_multiple), env.now)
                .map_err(|_| Error::throttled())?;
        }
        self.call(scope, api, operation, request)
    }

    /// What IAM asks for before it lets such a request through.
    pub fn permissions(
        &mut self,
        scope: &Scope,
        api: Api,
        operation: &str,
        request: &Value,
    ) -> Result<Vec<Permission>, Error> {
        let (_, region) = self.enter(&scope.clone().of_api(api));
        permissions::needed(region, api, operation, request)
    }

    /// Puts an image into an ECR repository, as `docker push` does.
    pub fn put_image(&mut self, scope: &Scope, repository: &str, tag: &str) -> Result<(), Error> {
        let (_, region) = self.enter(scope);
        ecr::put_image(region, repository, tag)
    }

    /// An essential container of a running task ends by itself with this exit code.
    pub fn fail_task(
        &mut self,
        scope: &Scope,
        cluster: &str,
        task: &str,
        exit_code: i32,
        reason: Option<&str>,
    ) -> Result<(), Error> {
        let (mut env, region) = self.enter(scope);
        tasks::fail(&mut env, region, cluster, task, exit_code, reason)
    }

    /// A container of a task fails its health check from now on, and the task is replaced.
    pub fn fail_health_check(&mut self, scope: &Scope, cluster: &str, task: &str) -> Result<(), Error> {
        let (mut env, region) = self.enter(scope);
        tasks::fail_health_check(&mut env, region, cluster, task)
    }

    /// The next creation or deletion of a Fargate profile in an EKS cluster fails.
    pub fn fail_fargate_profile(&mut self, scope: &Scope, cluster: &str, failing: Failing) -> Result<(), Error> {
        let (_, region) = self.enter(scope);
        fargate_profiles::fail_next(region, cluster, failing)
    }

    /// The next operation of Cloud Map that is submitted ends in FAIL, with this message.
    pub fn fail_cloud_map_operation(&mut self, scope: &Scope, message: &str) {
        let (_, region) = self.enter(scope);
        cloud_map::fail_next(region, message);
    }

    /// What goes wrong with EventBridge's events from now on.
    pub fn set_event_faults(&mut self, faults: EventFaults) {
        self.event_faults = faults;
    }

    /// Until when a `ReceiveMessage` that found nothing waits for a message.
    pub(crate) fn receives_until(&mut self, scope: &Scope, request: &Value) -> Time {
        let (env, region) = self.enter(scope);
        env.now + region.sqs.wait(scope, Params::new(request))
    }

    /// When there may be a message for it, unless somebody calls before that.
    pub(crate) fn next_message(&self, scope: &Scope, url: &str) -> Option<Time> {
        let hidden = self.regions.get(scope).and_then(|region| region.sqs.next_visible(scope, url, self.now));
        hidden.into_iter().chain(self.agenda.next()).min()
    }

    /// Messages that were ever sent to a queue.
    pub(crate) fn messages_sent(&self) -> u64 {
        self.regions.values().map(|region| region.sqs.sent).sum()
    }

    /// Registers one more EC2 instance in a cluster, of a capacity provider's group or by itself, and gives its ARN.
    pub fn add_container_instance(
        &mut self,
        scope: &Scope,
        cluster: &str,
        provider: Option<&str>,
    ) -> Result<String, Error> {
        let (mut env, region) = self.enter(scope);
        let cluster = region.cluster_mut(Some(cluster))?;
        Ok(instances::add(&mut env, scope, cluster, provider))
    }

    /// What exists, for people and tests.
    pub fn state(&self) -> Value {
        let regions: Vec<Value> = self
            .regions
            .values()
            .map(|region| {
                json!({
                    "account": region.scope.account,
                    "region": region.scope.region,
                    "repositories": region.repositories.keys().collect::<Vec<_>>(),
                    "clusters": region.clusters.values().map(tasks::state).collect::<Vec<_>>(),
                    "taskDefinitions": region.families.keys().collect::<Vec<_>>(),
                    "eksClusters": region.eks_clusters.keys().collect::<Vec<_>>(),
                    "cloudMapServices": region.cloud_map.names(),
                    "queues": region.sqs.names(),
                    "rules": region.rules.keys().collect::<Vec<_>>(),
                    // What is scheduled for deletion is gone for everybody but who restores it.
                    "secrets": region.secrets.values().filter_map(secrets::Secret::standing).collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({"now": self.now.to_text(), "regions": regions})
    }

    pub(crate) fn request_id(&mut self) -> String {
        self.random.uuid()
    }

    fn enter(&mut self, scope: &Scope) -> (Env<'_>, &mut Region) {
        let Self { now, config, random, agenda, regions, event_faults } = self;
        let region = regions.entry(scope.clone()).or_insert_with(|| Region::new(scope.clone(), config, *now));
        let listened = region.rules.values().any(event_bridge::Rule::listens);
        (Env { now: *now, config, random, agenda, listened, event_faults }, region)
    }
}

impl Region {
    fn new(scope: Scope, config: &Config, now: Time) -> Self {
        let providers = capacity_providers::built_in(&scope, config.container_instances, now);
        let eks_clusters = eks::standing(&scope, config, now);
        let cloud_map = cloud_map::CloudMap::standing(&scope, config, now);
        Self {
            scope,
            buckets: Buckets::default(),
            settings: BTreeMap::new(),
            repositories: BTreeMap::new(),
            clusters: BTreeMap::new(),
            providers,
            families: BTreeMap::new(),
            eks_clusters,
            subnets: subnets::Subnets::default(),
            secrets: BTreeMap::new(),
            parameters: BTreeMap::new(),
            roles: BTreeMap::new(),
            cloud_map,
            sqs: sqs::Sqs::default(),
            rules: BTreeMap::new(),
        }
    }

    /// A task goes on in its life, and its service hears of what matters to it.
    fn turn_task(&mut self, env: &mut Env<'_>, cluster: &str, id: &str) {
        let pending = self.clusters.get(cluster).and_then(|found| found.tasks.get(id));
        let pending = pending.filter(|task| task.status == task::Status::Pending);
        let lacking = pending.and_then(|task| fetched::lacking(self, &task.blueprint.fetched));
        let Some(found) = self.clusters.get_mut(cluster) else {
            return;
        };
        let Some(task) = found.tasks.get_mut(id) else {
            return;
        };
        if task.status == task::Status::Stopped {
            if task.next_at.is_some_and(|at| at <= env.now) {
                found.tasks.remove(id);
            }
            return;
        }
        let (before, sight) = (task.status, env.listened.then(|| task.sight()));
        let turn = task.turn(env.now, env.random, lacking);
        if let Some(at) = task.next_at.filter(|at| *at > env.now) {
            env.agenda.add(at, &self.scope, Due::Task { cluster: cluster.to_owned(), id: id.to_owned() });
        }
        if sight.is_some_and(|before| before != task.sight()) {
            task.announce(env, &self.scope);
        }
        if turn == Turn::Nothing && task.status == before {
            return;
        }
        let (deployment, name) = (task.started_by.clone(), task.service.clone());
        let ran = task.times.started.is_some();
        if turn == Turn::Stopped
            && let Placed::Instance { id, .. } = &task.placed
            && let Some(instance) = found.instances.get_mut(id)
        {
            instance.give_back(&task.blueprint.takes);
            instance.announce(env, &self.scope);
        }
        let Some(service) = found.services.get_mut(&name) else {
            return;
        };
        match turn {
            Turn::Nothing => {}
            Turn::Healthy => service.count_success(&deployment),
            Turn::Failed => service.count_failure(env, &deployment, ran),
            Turn::Stopped => {
                service.tasks.remove(id);
            }
        }
        env.agenda.add(env.now, &self.scope, Due::Service { cluster: cluster.to_owned(), name });
    }
}
