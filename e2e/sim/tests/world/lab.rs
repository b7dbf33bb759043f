//! A world with a cluster, and short ways to ask it things.

use std::time::Duration;

use aws_sim::{Api, Config, Error, Scope, Time, World};
use serde_json::{Map, Value, json};

pub struct Lab {
    pub world: World,
}

impl Lab {
    /// A world with the cluster `main` on Fargate and Fargate Spot.
    pub fn new() -> Self {
        Self::with(Config::default())
    }

    pub fn with(config: Config) -> Self {
        let mut providers = vec!["FARGATE", "FARGATE_SPOT"];
        if config.container_instances > 0 {
            providers.push("container-instances");
        }
        let mut lab = Self { world: World::new(config, Time(1_800_000_000_000)) };
        lab.ok("CreateCluster", json!({"clusterName": "main", "capacityProviders": providers}));
        lab
    }

    pub fn call(&mut self, operation: &str, request: Value) -> Result<Value, Error> {
        self.world.call(&Scope::default(), Api::Ecs, operation, &request)
    }

    pub fn ok(&mut self, operation: &str, request: Value) -> Value {
        self.call(operation, request.clone()).unwrap_or_else(|error| panic!("{operation} {request}: {error}"))
    }

    /// The code and the message of the refusal.
    pub fn refused(&mut self, operation: &str, request: Value) -> String {
        match self.call(operation, request.clone()) {
            Ok(_) => panic!("{operation} {request} was let through"),
            Err(error) => error.to_string(),
        }
    }

    pub fn pass(&mut self, seconds: u64) {
        self.world.advance(Duration::from_secs(seconds));
    }

    /// Registers a Fargate definition with this image, and gives its ARN.
    pub fn define(&mut self, image: &str) -> String {
        let definition = json!({
            "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "containerDefinitions": [{"name": "web", "image": image, "portMappings": [{"containerPort": 80, "name": "http"}]}],
        });
        self.register(definition)
    }

    /// Registers a definition for container instances.
    pub fn define_ec2(&mut self, image: &str, container: Value) -> String {
        let mut definition = json!({
            "family": "ec2", "networkMode": "bridge",
            "containerDefinitions": [{"name": "web", "image": image, "cpu": 1024, "memory": 1024}],
        });
        merge(&mut definition["containerDefinitions"][0], container);
        self.register(definition)
    }

    fn register(&mut self, definition: Value) -> String {
        let answer = self.ok("RegisterTaskDefinition", definition);
        answer["taskDefinition"]["taskDefinitionArn"].as_str().unwrap().to_owned()
    }

    pub fn create(&mut self, definition: &str, more: Value) -> Value {
        let request = service_request(definition, more);
        self.ok("CreateService", request)["service"].clone()
    }

    pub fn update(&mut self, more: Value) -> Value {
        let mut request = json!({"cluster": "main", "service": "web"});
        merge(&mut request, more);
        self.ok("UpdateService", request)["service"].clone()
    }

    pub fn service(&mut self) -> Value {
        self.ok("DescribeServices", json!({"cluster": "main", "services": ["web"]}))["services"][0].clone()
    }

    /// Status, rollout state, running and desired count of each deployment, as `PRIMARY COMPLETED 2/2`.
    pub fn deployments(&mut self) -> Vec<String> {
        let service = self.service();
        let deployments = service["deployments"].as_array().unwrap().iter();
        deployments
            .map(|deployment| {
                let text = |name: &str| deployment[name].as_str().unwrap_or("-").to_owned();
                let (running, desired) = (&deployment["runningCount"], &deployment["desiredCount"]);
                format!("{} {} {running}/{desired}", text("status"), text("rolloutState"))
            })
            .collect()
    }

    /// The messages of the events, the newest first.
    pub fn events(&mut self) -> Vec<String> {
        let service = self.service();
        service["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["message"].as_str().unwrap().to_owned())
            .collect()
    }

    pub fn tasks(&mut self, desired_status: &str) -> Vec<Value> {
        let arns =
            self.ok("ListTasks", json!({"cluster": "main", "desiredStatus": desired_status}))["taskArns"].clone();
        if arns.as_array().unwrap().is_empty() {
            return Vec::new();
        }
        self.ok("DescribeTasks", json!({"cluster": "main", "tasks": arns}))["tasks"].as_array().unwrap().clone()
    }
}

/// Members of `more` replace those of `into`; null takes one away.
fn merge(into: &mut Value, more: Value) {
    let members: Map<String, Value> = more.as_object().unwrap().clone();
    for (name, value) in members {
        if value.is_null() {
            into.as_object_mut().unwrap().remove(&name);
        } else {
            into[name] = value;
        }
    }
}

/// A request for the service `web` with two tasks on Fargate.
pub fn service_request(definition: &str, more: Value) -> Value {
    let mut request = json!({
        "cluster": "main", "serviceName": "web", "taskDefinition": definition, "desiredCount": 2, "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}},
    });
    merge(&mut request, more);
    request
}
