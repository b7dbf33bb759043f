//! Capacity providers beside their cluster and the services that name them.

use kube::Error;
use serde_json::{Value, json};

use super::{
    lab::Lab,
    manifests::{merge, object},
};

const GROUP: &str = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0123:autoScalingGroupName/workers";
const KIND: &str = "EcsCapacityProvider";

fn workers(more: Value) -> Value {
    let mut spec =
        json!({ "clusterRef": { "name": "main" }, "autoScalingGroupProvider": { "autoScalingGroupArn": GROUP } });
    merge(&mut spec, more);
    object(KIND, "workers", spec)
}

fn instances(template: Value) -> Value {
    let mut launch = json!({
        "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecsInstance",
        "networkConfiguration": { "subnets": ["subnet-0a1b2c3d"] },
    });
    merge(&mut launch, template);
    let managed = json!({ "infrastructureRoleArn": "arn:aws:iam::123456789012:role/ecsInfrastructure", "instanceLaunchTemplate": launch });
    object(KIND, "instances", json!({ "clusterRef": { "name": "main" }, "managedInstancesProvider": managed }))
}

fn main(more: Value) -> Value {
    let mut spec = json!({
        "capacityProviders": ["FARGATE"],
        "defaultCapacityProviderStrategy": [{ "capacityProvider": "EcsCapacityProvider/workers", "weight": 1 }],
    });
    merge(&mut spec, more);
    object("EcsCluster", "main", spec)
}

/// A service of no tasks, whose strategy names the provider as its object.
fn web() -> Value {
    let strategy = json!([{ "capacityProvider": "EcsCapacityProvider/workers", "weight": 1 }]);
    let container = json!({ "name": "web", "image": "nginx:1", "memory": 64 });
    let definition =
        json!({ "requiresCompatibilities": ["EC2"], "networkMode": "bridge", "containerDefinitions": [container] });
    let spec = json!({ "clusterRef": { "name": "main" }, "desiredCount": 0, "capacityProviderStrategy": strategy,
        "taskDefinition": definition });
    object("EcsService", "web", spec)
}

/// What the cluster has in AWS: its providers, and those of its default strategy.
fn lists(lab: &Lab) -> (Value, Vec<Value>) {
    let name = lab.aws_name("main");
    let cluster = lab.ecs("DescribeClusters", json!({ "clusters": [name] }))["clusters"][0].clone();
    let strategy = cluster["defaultCapacityProviderStrategy"].as_array().cloned().unwrap_or_default();
    (cluster["capacityProviders"].clone(), strategy.iter().map(|item| item["capacityProvider"].clone()).collect())
}

/// In the order in which nothing can be made as it comes.
#[tokio::test]
async fn a_provider_is_attached_used_and_let_go_of_in_order() {
    let lab = Lab::new("providers").await;
    lab.apply(&web()).await;
    lab.reason("EcsService", "web", "Ready", "False", "ReferenceNotFound").await;
    for manifest in [main(json!({})), instances(json!({})), workers(json!({}))] {
        lab.apply(&manifest).await;
    }
    for (kind, name) in [(KIND, "workers"), (KIND, "instances"), ("EcsCluster", "main"), ("EcsService", "web")] {
        lab.ready(kind, name).await;
    }
    let (workers_name, instances_name) = (lab.aws_name("workers"), lab.aws_name("instances"));
    let (mut providers, strategy) = lists(&lab);
    providers.as_array_mut().expect("a list").sort_by_key(Value::to_string);
    assert_eq!(providers, json!(["FARGATE", instances_name, workers_name]));
    assert_eq!(strategy, [json!(workers_name)]);
    let request = json!({ "cluster": lab.aws_name("main"), "services": [lab.aws_name("web")] });
    let service = lab.ecs("DescribeServices", request)["services"][0].clone();
    assert_eq!(service["capacityProviderStrategy"][0]["capacityProvider"], json!(workers_name), "{service}");
    assert_eq!(lab.count(0, "CreateCapacityProvider", &workers_name), 1, "one of each");
    assert_eq!(lab.count(0, "CreateCapacityProvider", &instances_name), 1, "one of each");

    lab.delete(KIND, "workers").await;
    let waits = lab.reason(KIND, "workers", "Reconciling", "True", "WaitingForChildren").await;
    assert!(waits.message.contains("EcsService/web"), "it does not name whom it waits for: {}", waits.message);
    assert_eq!(lab.count(0, "DeleteCapacityProvider", ""), 0, "it was deleted while a service names it");
    assert_eq!(lists(&lab).1, [json!(workers_name)], "it left the strategy while a service names it");
    let mark = lab.mark();
    lab.delete("EcsService", "web").await;
    lab.gone(KIND, "workers").await;
    assert_eq!(lists(&lab), (json!(["FARGATE", instances_name]), vec![]));
    let writes: Vec<String> = lab.writes_since(mark).into_iter().map(|entry| entry.operation).collect();
    let let_go = writes.iter().position(|operation| operation == "PutClusterCapacityProviders");
    let deleted = writes.iter().position(|operation| operation == "DeleteCapacityProvider");
    assert!(let_go.is_some() && let_go < deleted, "first out of the cluster, then deleted: {writes:?}");
    assert_eq!(lab.count(mark, "DeleteCapacityProvider", ""), 1, "a deletion was made in vain");
}

/// As when a namespace is deleted.
#[tokio::test]
async fn all_of_them_go_at_once() {
    let lab = Lab::new("together").await;
    for manifest in [main(json!({})), instances(json!({})), workers(json!({})), web()] {
        lab.apply(&manifest).await;
    }
    for (kind, name) in [(KIND, "workers"), (KIND, "instances"), ("EcsCluster", "main"), ("EcsService", "web")] {
        lab.ready(kind, name).await;
    }
    let all = [("EcsCluster", "main"), (KIND, "workers"), (KIND, "instances"), ("EcsService", "web")];
    for (kind, name) in all {
        lab.delete(kind, name).await;
    }
    for (kind, name) in all {
        lab.gone(kind, name).await;
    }
    let left = lab.ecs(
        "DescribeCapacityProviders",
        json!({ "capacityProviders": [lab.aws_name("workers"), lab.aws_name("instances")] }),
    );
    let left: Vec<&Value> =
        left["capacityProviders"].as_array().into_iter().flatten().map(|left| &left["status"]).collect();
    assert!(left.iter().all(|status| *status == "INACTIVE"), "providers are left: {left:?}");
}

#[tokio::test]
async fn a_restart_detaches_nothing_and_writes_no_status() {
    let mut lab = Lab::new("kept").await;
    for manifest in [main(json!({})), instances(json!({})), workers(json!({}))] {
        lab.apply(&manifest).await;
    }
    let all = [("EcsCluster", "main"), (KIND, "workers"), (KIND, "instances")];
    for (kind, name) in all {
        lab.ready(kind, name).await;
    }
    lab.looked(lab.mark(), &["DescribeClusters", "DescribeCapacityProviders"], 3).await;
    let mut before = Vec::new();
    for (kind, name) in all {
        before.push(lab.get(kind, name).await);
    }
    let mark = lab.mark();
    lab.restart_operator().await;
    lab.looked(mark, &["DescribeClusters", "DescribeCapacityProviders"], 4).await;
    lab.no_write_since(mark, "after a restart");
    for (before, (kind, name)) in before.into_iter().zip(all) {
        let now = lab.get(kind, name).await;
        assert_eq!(now.data["status"], before.data["status"], "{kind}/{name}: a restart changed the status");
    }
}

#[tokio::test]
async fn what_is_deep_in_a_spec_and_fast_is_refused_at_admission() {
    let lab = Lab::new("fast").await;
    let paused = |mut manifest: Value| {
        manifest["metadata"]["annotations"] = json!({ "ecs-bridge.dev/paused": "true" });
        manifest
    };
    let fixed = json!({ "capacityOptionType": "SPOT", "fipsEnabled": true, "nitroEnclavesEnabled": true });
    lab.apply(&paused(workers(json!({})))).await;
    lab.apply(&paused(instances(fixed.clone()))).await;
    let without = |member: &str| {
        let mut fixed = fixed.clone();
        fixed.as_object_mut().expect("members").remove(member);
        instances(fixed)
    };
    let mut both = workers(json!({}));
    both["spec"]["managedInstancesProvider"] = instances(json!({}))["spec"]["managedInstancesProvider"].clone();
    let mut other = instances(json!({}));
    other["metadata"]["name"] = json!("workers");
    for (what, manifest, words) in [
        (
            "another group",
            workers(json!({ "autoScalingGroupProvider": { "autoScalingGroupArn": "others" } })),
            "autoScalingGroupArn",
        ),
        ("both sorts", both, "exactly one of"),
        ("another sort", other, "does not become"),
        (
            "a cluster by its name",
            workers(json!({ "clusterRef": null, "cluster": "main" })),
            "attached by the EcsCluster",
        ),
        (
            "a reserved name",
            object(
                KIND,
                "named",
                json!({ "name": "Fargate-mine", "autoScalingGroupProvider": { "autoScalingGroupArn": GROUP } }),
            ),
            "which AWS keeps",
        ),
        ("no spot any more", without("capacityOptionType"), "capacityOptionType can't be changed"),
        ("no FIPS any more", without("fipsEnabled"), "fipsEnabled can't be changed"),
        ("no sandbox any more", without("nitroEnclavesEnabled"), "nitroEnclavesEnabled can't be changed"),
        (
            "other options",
            instances(json!({ "capacityOptionType": "ON_DEMAND", "fipsEnabled": true, "nitroEnclavesEnabled": true })),
            "capacityOptionType can't be changed",
        ),
    ] {
        match lab.apply_as("user", &paused(manifest)).await {
            Err(Error::Api(status)) => {
                assert_eq!(status.code, 422, "{what}: {}", status.message);
                assert!(status.message.contains(words), "{what} is refused in other words: {}", status.message);
            }
            Err(other) => panic!("{what}: {other}"),
            Ok(_) => panic!("{what} is accepted"),
        }
    }
}
