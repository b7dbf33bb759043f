//! What others do in AWS to a thing that is not theirs.

use aws_sim::Api;
use serde_json::json;

use super::{
    dice::Dice,
    hand::{Done, Hand, Tags, owner_keys},
};
use crate::alive::values;

#[derive(Clone, Copy)]
pub struct Deed {
    pub what: &'static str,
    pub sort: Sort,
}

#[derive(Clone, Copy)]
pub enum Sort {
    /// What the object's spec says is put back.
    Edits(fn(&Hand<'_>) -> Done),
    /// It is made again.
    Deletes(fn(&Hand<'_>) -> Done),
    /// It is nobody's, or another's, from then on.
    Disowns(fn(&Hand<'_>) -> Done),
    /// Others delete it and make theirs under its name, as soon as AWS lets them.
    Replaces,
}

/// Of things of every kind.
const OF_ANY: &[Deed] = &[
    Deed { what: "adds a tag", sort: Sort::Edits(|hand| hand.tag(&tag("theirs", "tag"))) },
    Deed {
        what: "changes the tag team",
        // Where the spec has none it would be a tag of others, which stays.
        sort: Sort::Edits(|hand| {
            let has = hand.tags().contains_key("team");
            if has { hand.tag(&tag("team", "theirs")) } else { Err("there is no such tag".to_owned()) }
        }),
    },
    Deed {
        what: "takes the tag team away",
        sort: Sort::Edits(|hand| {
            let has = hand.tags().contains_key("team");
            if has { hand.untag(&["team".to_owned()]) } else { Err("there is no such tag".to_owned()) }
        }),
    },
    Deed { what: "takes the owner's tags away", sort: Sort::Disowns(|hand| hand.untag(&owner_keys(&hand.tags()))) },
    Deed {
        what: "gives it to another owner",
        sort: Sort::Disowns(|hand| hand.tag(&tag("ecs-bridge.dev:owner", "another"))),
    },
    Deed { what: "deletes it", sort: Sort::Deletes(delete) },
    Deed { what: "makes another in its place", sort: Sort::Replaces },
];

fn tag(key: &str, value: &str) -> Tags {
    Tags::from([(key.to_owned(), value.to_owned())])
}

fn of_kind(kind: &str) -> &'static [Deed] {
    match kind {
        "EcsService" => &[
            Deed { what: "scales it", sort: Sort::Edits(|hand| update(hand, "desiredCount", json!(3))) },
            Deed {
                what: "changes its deployment configuration",
                sort: Sort::Edits(|hand| {
                    update(
                        hand,
                        "deploymentConfiguration",
                        json!({ "maximumPercent": 150, "minimumHealthyPercent": 50 }),
                    )
                }),
            },
            Deed {
                what: "lets it run theirs",
                sort: Sort::Edits(|hand| update(hand, "taskDefinition", json!("theirs"))),
            },
            Deed { what: "deploys it anew", sort: Sort::Edits(|hand| update(hand, "forceNewDeployment", json!(true))) },
            Deed { what: "stops a task", sort: Sort::Edits(stop_task) },
            Deed { what: "deregisters its revision", sort: Sort::Edits(deregister) },
        ],
        "EcsTaskDefinition" => &[Deed { what: "deregisters the newest revision", sort: Sort::Edits(deregister) }],
        "EcsCluster" => &[
            Deed {
                what: "changes a setting",
                sort: Sort::Edits(|hand| {
                    let settings = json!([{ "name": "containerInsights", "value": "enhanced" }]);
                    hand.ecs("UpdateClusterSettings", json!({ "cluster": hand.aws_name(), "settings": settings }))
                }),
            },
            Deed {
                what: "changes its capacity providers",
                sort: Sort::Edits(|hand| {
                    hand.ecs(
                        "PutClusterCapacityProviders",
                        json!({ "cluster": hand.aws_name(), "capacityProviders": ["FARGATE_SPOT"],
                            "defaultCapacityProviderStrategy": [] }),
                    )
                }),
            },
        ],
        "EcsCapacityProvider" => &[Deed {
            what: "changes its target",
            sort: Sort::Edits(|hand| {
                let scaling = json!({ "managedScaling": { "targetCapacity": 50 } });
                let request = json!({ "name": hand.aws_name(), "autoScalingGroupProvider": scaling });
                hand.ecs("UpdateCapacityProvider", request)
            }),
        }],
        "EcrRepository" => REPOSITORY,
        "SecretsManagerSecret" => &[
            Deed {
                what: "changes its value",
                sort: Sort::Edits(|hand| {
                    let request = json!({ "SecretId": hand.aws_name(), "SecretString": "theirs" });
                    hand.call(Api::SecretsManager, "PutSecretValue", request).map(drop)
                }),
            },
            Deed {
                what: "changes its description",
                sort: Sort::Edits(|hand| {
                    let request = json!({ "SecretId": hand.aws_name(), "Description": "theirs" });
                    hand.call(Api::SecretsManager, "UpdateSecret", request).map(drop)
                }),
            },
            Deed {
                what: "schedules it for deletion",
                sort: Sort::Deletes(|hand| {
                    let request = json!({ "SecretId": hand.aws_name() });
                    hand.call(Api::SecretsManager, "DeleteSecret", request).map(drop)
                }),
            },
        ],
        "CloudMapService" => &[
            Deed {
                what: "changes its description",
                sort: Sort::Edits(|hand| {
                    let service =
                        json!({ "Description": "theirs", "DnsConfig": { "DnsRecords": [{ "Type": "A", "TTL": 60 }] } });
                    let request = json!({ "Id": hand.thing()["Id"], "Service": service });
                    hand.call(Api::ServiceDiscovery, "UpdateService", request).map(drop)
                }),
            },
            Deed {
                what: "deregisters an instance",
                sort: Sort::Edits(|hand| {
                    let thing = hand.thing();
                    let instances = thing["instances"].as_object();
                    let id = instances.and_then(|all| all.keys().next()).ok_or("there is no instance")?;
                    let request = json!({ "ServiceId": thing["Id"], "InstanceId": id });
                    hand.call(Api::ServiceDiscovery, "DeregisterInstance", request).map(drop)
                }),
            },
        ],
        _ => &[],
    }
}

const REPOSITORY: &[Deed] = &[
    Deed {
        what: "changes the mutability of its tags",
        sort: Sort::Edits(|hand| {
            let is = hand.thing()["imageTagMutability"] == "MUTABLE";
            let other = if is { "IMMUTABLE" } else { "MUTABLE" };
            let request = json!({ "repositoryName": hand.aws_name(), "imageTagMutability": other });
            hand.call(Api::Ecr, "PutImageTagMutability", request).map(drop)
        }),
    },
    Deed {
        what: "changes how it is scanned",
        sort: Sort::Edits(|hand| {
            let is = hand.thing()["imageScanningConfiguration"]["scanOnPush"] == true;
            let scanning = json!({ "scanOnPush": !is });
            let request = json!({ "repositoryName": hand.aws_name(), "imageScanningConfiguration": scanning });
            hand.call(Api::Ecr, "PutImageScanningConfiguration", request).map(drop)
        }),
    },
    Deed {
        what: "puts a lifecycle policy on it",
        sort: Sort::Edits(|hand| {
            let selection = json!({ "tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 9 });
            let rule = json!({ "rulePriority": 1, "selection": selection, "action": { "type": "expire" } });
            let policy = json!({ "rules": [rule] }).to_string();
            let request = json!({ "repositoryName": hand.aws_name(), "lifecyclePolicyText": policy });
            hand.call(Api::Ecr, "PutLifecyclePolicy", request).map(drop)
        }),
    },
    Deed {
        what: "takes its lifecycle policy away",
        sort: Sort::Edits(|hand| {
            hand.call(Api::Ecr, "DeleteLifecyclePolicy", json!({ "repositoryName": hand.aws_name() })).map(drop)
        }),
    },
    Deed {
        what: "takes its policy away",
        sort: Sort::Edits(|hand| {
            hand.call(Api::Ecr, "DeleteRepositoryPolicy", json!({ "repositoryName": hand.aws_name() })).map(drop)
        }),
    },
];

fn delete(hand: &Hand<'_>) -> Done {
    hand.delete()
}

fn update(hand: &Hand<'_>, member: &str, value: serde_json::Value) -> Done {
    let mut request = json!({ "cluster": values::CLUSTER, "service": hand.aws_name() });
    request[member] = value;
    hand.ecs("UpdateService", request)
}

fn stop_task(hand: &Hand<'_>) -> Done {
    let listed = hand.call(
        Api::Ecs,
        "ListTasks",
        json!({ "cluster": values::CLUSTER, "serviceName": hand.aws_name() }),
    )?["taskArns"]
        .clone();
    let task = listed.as_array().and_then(|tasks| tasks.first()).ok_or("there is no task")?;
    hand.ecs("StopTask", json!({ "cluster": values::CLUSTER, "task": task }))
}

fn deregister(hand: &Hand<'_>) -> Done {
    let request = json!({ "taskDefinition": hand.aws_name() });
    let newest = hand.call(Api::Ecs, "DescribeTaskDefinition", request)?["taskDefinition"]["taskDefinitionArn"].clone();
    hand.ecs("DeregisterTaskDefinition", json!({ "taskDefinition": newest }))
}

/// One of those that fit the kind.
pub fn any(kind: &str, dice: &mut Dice) -> Deed {
    let all: Vec<Deed> = of_kind(kind).iter().chain(OF_ANY).copied().collect();
    all[dice.below(all.len())]
}
