//! Whatever happens to a world, it comes to rest as it should, and the same seed gives the same world.

use aws_sim::Config;
use serde_json::{Value, json};

use crate::lab::{Lab, service_request};

/// A small generator of its own, so that the test does not lean on the world's.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Two hundred steps of what users and accidents do; refusals are part of it.
fn shake(seed: u64) -> Lab {
    let mut lab = Lab::with(Config { seed, container_instances: 3, ..Config::default() });
    let mut dice = Dice(seed);
    let fargate: Vec<String> =
        ["nginx:1", "nginx:2", "nginx:crash", "nginx:missing"].map(|image| lab.define(image)).to_vec();
    let ec2: Vec<String> =
        ["nginx:1", "nginx:2", "nginx:crash", "nginx:missing"].map(|image| lab.define_ec2(image, json!({}))).to_vec();
    let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
    for _ in 0..200 {
        let number = dice.below(4);
        let (name, pool) = (format!("s{number}"), if number < 2 { &fargate } else { &ec2 });
        let definition = pool[usize::try_from(dice.below(4)).unwrap()].clone();
        let count = dice.below(5);
        let service = json!({"cluster": "main", "service": name});
        let with = |name: &str, value: Value| {
            let mut request = service.clone();
            request[name] = value;
            request
        };
        let _ = match dice.below(8) {
            0 | 1 => {
                let mut request = service_request(&definition, json!({"serviceName": name, "desiredCount": count}));
                if number >= 2 {
                    request["launchType"] = json!("EC2");
                    request.as_object_mut().unwrap().remove("networkConfiguration");
                }
                lab.call("CreateService", request)
            }
            2 => lab.call("UpdateService", with("taskDefinition", json!(definition))),
            3 => lab.call("UpdateService", with("desiredCount", json!(count))),
            4 => lab.call("UpdateService", with("deploymentConfiguration", breaker.clone())),
            5 if dice.below(4) == 0 => lab.call("DeleteService", with("force", json!(true))),
            6 => match lab.tasks("RUNNING").first() {
                Some(task) => lab.call("StopTask", json!({"cluster": "main", "task": task["taskArn"]})),
                None => Ok(Value::Null),
            },
            _ => Ok(Value::Null),
        };
        lab.pass(dice.below(90));
    }
    lab
}

#[test]
fn a_shaken_world_comes_to_rest() {
    let mut all_wanted = 0;
    for seed in 0..40 {
        let mut lab = shake(seed);
        for (name, definition) in [("s0", "web:1"), ("s1", "web:2"), ("s2", "ec2:1"), ("s3", "ec2:2")] {
            let _ =
                lab.call("UpdateService", json!({"cluster": "main", "service": name, "taskDefinition": definition}));
        }
        lab.pass(3 * 3600);
        let services = lab.ok("DescribeServices", json!({"cluster": "main", "services": ["s0", "s1", "s2", "s3"]}));
        let mut wanted = 0;
        for service in services["services"].as_array().unwrap() {
            if service["status"] == "INACTIVE" {
                assert_eq!(
                    (&service["runningCount"], &service["pendingCount"]),
                    (&json!(0), &json!(0)),
                    "seed {seed}: {service}"
                );
                continue;
            }
            wanted += service["desiredCount"].as_u64().unwrap();
            assert_eq!(service["runningCount"], service["desiredCount"], "seed {seed}: {service}");
            assert_eq!(service["deployments"].as_array().unwrap().len(), 1, "seed {seed}: {service}");
            assert_eq!(service["deployments"][0]["rolloutState"], "COMPLETED", "seed {seed}: {service}");
            let _ =
                lab.call("DeleteService", json!({"cluster": "main", "service": service["serviceName"], "force": true}));
        }
        lab.pass(120);
        assert!(lab.tasks("RUNNING").is_empty(), "seed {seed}: of {wanted} tasks some outlived their services");
        let arns = lab.ok("ListContainerInstances", json!({"cluster": "main"}))["containerInstanceArns"].clone();
        let instances = lab.ok("DescribeContainerInstances", json!({"cluster": "main", "containerInstances": arns}));
        for instance in instances["containerInstances"].as_array().unwrap() {
            assert_eq!(
                instance["remainingResources"], instance["registeredResources"],
                "seed {seed}: not all was given back"
            );
            assert_eq!(instance["runningTasksCount"], 0, "seed {seed}");
        }
        lab.ok("DeleteCluster", json!({"cluster": "main"}));
        all_wanted += wanted;
    }
    assert!(all_wanted > 200, "the worlds were not shaken enough to say anything: {all_wanted} tasks");
}

#[test]
fn the_same_seed_gives_the_same_world() {
    let (one, other, different) = (shake(7).world.state(), shake(7).world.state(), shake(8).world.state());
    assert_eq!(one, other);
    assert_ne!(one, different);
}
