//! AWS's objects on a virtual clock: pure, synchronous, and the same for the same seed and the same calls.
//!
//! Nothing ticks. What happens by itself stands in the [`agenda`] with its time; [`World::advance_to`] lets it happen in order, so
//! an idle world costs nothing however many services it holds.

mod agenda;
mod blueprint;
mod capacity_providers;
mod clusters;
mod dispatch;
mod ecr;
mod ecr_policies;
mod fargate;
mod paging;
mod params;
mod random;
mod settings;
mod sts;
mod tags;
mod task_definition_form;
mod task_definition_rules;
mod task_definitions;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::quota::{self, Buckets};
use crate::scope::{Api, Scope};
use crate::time::Time;
use crate::validate;

use agenda::Agenda;
use random::Random;

/// What an operation answers.
pub(crate) type Answer = Result<Value, Error>;

/// How the world behaves, fixed at its beginning.
#[derive(Debug, Clone, Default)]
pub struct Config {
    pub seed: u64,
    /// Holds callers to AWS's documented rates.
    pub quotas: bool,
    /// EC2 instances that every cluster is born with, behind the capacity provider `container-instances`.
    pub container_instances: u32,
    /// For how long DescribeServices answers MISSING after a service was created.
    pub missing_after_create: Duration,
    /// ARNs of roles that AWS is unable to assume.
    pub refused_roles: Vec<String>,
}

/// All accounts and regions.
pub struct World {
    now: Time,
    config: Config,
    random: Random,
    agenda: Agenda,
    regions: BTreeMap<Scope, Region>,
}

/// What one account has in one region.
pub(crate) struct Region {
    scope: Scope,
    buckets: Buckets,
    settings: BTreeMap<String, String>,
    repositories: BTreeMap<String, ecr::Repository>,
    clusters: BTreeMap<String, clusters::Cluster>,
    providers: BTreeMap<String, capacity_providers::CapacityProvider>,
    families: BTreeMap<String, task_definitions::Family>,
}

/// What every operation may use beside the region that it works on.
pub(crate) struct Env<'a> {
    now: Time,
    config: &'a Config,
    random: &'a mut Random,
    agenda: &'a mut Agenda,
}

impl World {
    pub fn new(config: Config, now: Time) -> Self {
        Self { now, random: Random::new(config.seed), config, agenda: Agenda::default(), regions: BTreeMap::new() }
    }

    pub fn now(&self) -> Time {
        self.now
    }

    /// Lets everything happen that is due by then.
    pub fn advance_to(&mut self, time: Time) {
        self.now = self.now.max(time);
    }

    pub fn advance(&mut self, span: Duration) {
        self.advance_to(self.now + span);
    }

    /// A call to AWS's API, outside the quotas.
    pub fn call(&mut self, scope: &Scope, api: Api, operation: &str, request: &Value) -> Answer {
        validate::request(api, operation, request)?;
        let (mut env, region) = self.enter(scope);
        dispatch::call(&mut env, region, api, operation, request)
    }

    /// The same for a client that AWS's quotas hold for.
    pub fn metered_call(&mut self, scope: &Scope, api: Api, operation: &str, request: &Value) -> Answer {
        if let (true, Api::Ecs, Some((bucket, quota))) = (self.config.quotas, api, quota::of_operation(operation)) {
            let (env, region) = self.enter(scope);
            region.buckets.take(bucket, quota, env.now).map_err(|_| Error::throttled())?;
        }
        self.call(scope, api, operation, request)
    }

    /// Puts an image into an ECR repository, as `docker push` does.
    pub fn put_image(&mut self, scope: &Scope, repository: &str, tag: &str) -> Result<(), Error> {
        let (_, region) = self.enter(scope);
        ecr::put_image(region, repository, tag)
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
                    "clusters": region.clusters.keys().collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({"now": self.now.to_text(), "regions": regions})
    }

    pub(crate) fn request_id(&mut self) -> String {
        self.random.uuid()
    }

    fn enter(&mut self, scope: &Scope) -> (Env<'_>, &mut Region) {
        let Self { now, config, random, agenda, regions } = self;
        let region = regions.entry(scope.clone()).or_insert_with(|| Region::new(scope.clone(), config, *now));
        (Env { now: *now, config, random, agenda }, region)
    }
}

impl Region {
    fn new(scope: Scope, config: &Config, now: Time) -> Self {
        let providers = capacity_providers::built_in(&scope, config.container_instances, now);
        Self {
            scope,
            buckets: Buckets::default(),
            settings: BTreeMap::new(),
            repositories: BTreeMap::new(),
            clusters: BTreeMap::new(),
            providers,
            families: BTreeMap::new(),
        }
    }
}
