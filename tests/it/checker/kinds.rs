//! What the model needs of a kind beside the kind: what people want of the object, one after the other, and what others do in AWS.

use aws_sim::{Api, Error};
use ecs_bridge::kinds::{
    cloud_map_service::CloudMapService,
    ecr_repository::EcrRepository,
    ecs_capacity_provider::EcsCapacityProvider,
    ecs_cluster::EcsCluster,
    ecs_service::{EcsService, Query},
    ecs_task_definition::EcsTaskDefinition,
    eks_fargate_profile::EksFargateProfile,
    secrets_manager_secret::SecretsManagerSecret,
    workload_bridge::WorkloadBridge,
};
use serde_json::{Value, json};

use crate::{
    plan::{
        Aws,
        capacity_provider::group,
        cloud_map,
        fargate_profile::{self, ROLE},
        repository::{LIFECYCLE, POLICY},
        sample::Sample,
        service::{fargate, on_fargate, with},
        workload_bridge::{bridge, on_ecs},
    },
    tally,
};

/// What people want of the object.
pub enum Want {
    Spec(Value),
    /// That it is deleted.
    Gone,
}

/// Somebody else's call, which AWS may refuse.
pub type Drift = (&'static str, fn(&Aws) -> Result<Value, Error>);

pub trait Checked: Sample {
    /// How many things one object may have at a time, revisions aside.
    const AT_ONCE: usize;

    /// Whether AWS says that the answer to this query may be that of a moment ago.
    fn lags(_: &Self::Query) -> bool {
        false
    }

    /// In this order. The first is a spec.
    fn goals() -> Vec<Want>;

    fn drifts() -> Vec<Drift>;

    /// How many things the object has.
    fn count(aws: &Aws) -> usize;

    /// What others have, to begin with.
    fn others(aws: &Aws) -> Value {
        aws.dump()
    }

    /// What it goes by and no dump has.
    fn sees(_: &Aws) -> Value {
        Value::Null
    }
}

/// How many of these carry our owner's tag.
fn ours<'a>(things: impl IntoIterator<Item = &'a Value>) -> usize {
    let is_ours = |thing: &&Value| ["tags", "Tags"].iter().any(|tags| thing[*tags].to_string().contains("owner-1"));
    things.into_iter().filter(is_ours).count()
}

fn of(dump: &Value) -> impl Iterator<Item = &Value> {
    dump.as_object().into_iter().flatten().map(|(_, thing)| thing)
}

impl Checked for EcrRepository {
    const AT_ONCE: usize = 1;

    fn goals() -> Vec<Want> {
        let full = json!({"imageTagMutability": "IMMUTABLE", "lifecyclePolicyText": LIFECYCLE, "policyText": POLICY,
            "tags": [{"Key": "team", "Value": "shop"}]});
        vec![Want::Spec(json!({})), Want::Spec(full), Want::Spec(json!({})), Want::Gone]
    }

    fn drifts() -> Vec<Drift> {
        vec![
            ("delete", |aws| {
                aws.somebody(Api::Ecr, "DeleteRepository", &json!({"repositoryName": "shop/web", "force": true}))
            }),
            ("mutability", |aws| {
                let request = json!({"repositoryName": "shop/web", "imageTagMutability": "MUTABLE"});
                aws.somebody(Api::Ecr, "PutImageTagMutability", &request)
            }),
        ]
    }

    fn count(aws: &Aws) -> usize {
        ours(of(&aws.dump()["repositories"]))
    }
}

impl Checked for EcsCluster {
    const AT_ONCE: usize = 1;

    fn goals() -> Vec<Want> {
        let full = json!({"capacityProviders": ["FARGATE"], "settings": [{"name": "containerInsights", "value": "enhanced"}],
            "tags": [{"key": "team", "value": "shop"}]});
        vec![Want::Spec(json!({})), Want::Spec(full), Want::Spec(json!({})), Want::Gone]
    }

    fn drifts() -> Vec<Drift> {
        vec![
            ("delete", |aws| aws.somebody(Api::Ecs, "DeleteCluster", &json!({"cluster": "shop_web"}))),
            ("providers", |aws| {
                let request = json!({"cluster": "shop_web", "capacityProviders": ["FARGATE_SPOT"],
                    "defaultCapacityProviderStrategy": []});
                aws.somebody(Api::Ecs, "PutClusterCapacityProviders", &request)
            }),
        ]
    }

    fn count(aws: &Aws) -> usize {
        ours(of(&aws.dump()["clusters"]))
    }
}

impl Checked for EcsCapacityProvider {
    const AT_ONCE: usize = 1;

    fn goals() -> Vec<Want> {
        let full = with(
            group(json!({"managedScaling": {"status": "ENABLED", "targetCapacity": 80}})),
            &json!({"tags": [{"key": "team", "value": "shop"}]}),
        );
        vec![Want::Spec(group(json!({}))), Want::Spec(full), Want::Spec(group(json!({}))), Want::Gone]
    }

    fn drifts() -> Vec<Drift> {
        vec![
            ("delete", |aws| {
                aws.somebody(Api::Ecs, "DeleteCapacityProvider", &json!({"capacityProvider": "shop_web"}))
            }),
            ("target", |aws| {
                let scaling = json!({"managedScaling": {"targetCapacity": 50}});
                let request = json!({"name": "shop_web", "autoScalingGroupProvider": scaling});
                aws.somebody(Api::Ecs, "UpdateCapacityProvider", &request)
            }),
        ]
    }

    /// One that is gone is described for a while, as INACTIVE.
    fn count(aws: &Aws) -> usize {
        ours(of(&aws.dump()["capacityProviders"]).filter(|provider| provider["status"] != "INACTIVE"))
    }
}

impl Checked for EcsTaskDefinition {
    /// Revisions are counted by what they define.
    const AT_ONCE: usize = 2;

    fn goals() -> Vec<Want> {
        let image = |image: &str| Want::Spec(with(fargate(image), &json!({"revisionHistoryLimit": 1})));
        vec![image("nginx:1"), image("nginx:2"), image("nginx:1"), Want::Gone]
    }

    fn drifts() -> Vec<Drift> {
        vec![("deregister", |aws| {
            aws.somebody(Api::Ecs, "DeregisterTaskDefinition", &json!({"taskDefinition": "shop_web:1"}))
        })]
    }

    fn count(aws: &Aws) -> usize {
        let dump = aws.dump();
        let mut defined: Vec<String> = dump["revisions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|revision| ours([&revision["defines"]]) == 1)
            .map(|revision| revision["defines"]["containerDefinitions"].to_string())
            .collect();
        defined.sort();
        let all = defined.len();
        defined.dedup();
        // One definition that is there twice is one too many, whatever the others are.
        if defined.len() < all { Self::AT_ONCE + 1 } else { all }
    }
}

impl Checked for EcsService {
    const AT_ONCE: usize = 1;

    /// A service that was just made may be MISSING.
    fn lags(query: &Query) -> bool {
        matches!(query, Query::Service { .. })
    }

    fn goals() -> Vec<Want> {
        // A rollout on the way is for `make prove`: it has the most states of all.
        let rollout = tally::is_full().then(|| Want::Spec(on_fargate("nginx:2")));
        [Some(Want::Spec(on_fargate("nginx:1"))), rollout, Some(Want::Gone)].into_iter().flatten().collect()
    }

    fn drifts() -> Vec<Drift> {
        vec![
            ("count", |aws| {
                let request = json!({"cluster": "main", "service": "shop_web", "desiredCount": 2});
                aws.somebody(Api::Ecs, "UpdateService", &request)
            }),
            ("delete", |aws| {
                let request = json!({"cluster": "main", "service": "shop_web", "force": true});
                aws.somebody(Api::Ecs, "DeleteService", &request)
            }),
        ]
    }

    fn count(aws: &Aws) -> usize {
        ours(of(&aws.dump()["clusters"]["main"]["services"]))
    }
}

impl Checked for EksFargateProfile {
    /// What replaces another stands beside it.
    const AT_ONCE: usize = 2;

    fn goals() -> Vec<Want> {
        let spec = |namespace: &str| {
            Want::Spec(
                json!({"podExecutionRoleArn": ROLE, "selectors": [{"namespace": namespace}], "replacement": "Auto"}),
            )
        };
        vec![spec("shop"), spec("shop-*"), Want::Gone]
    }

    fn drifts() -> Vec<Drift> {
        vec![("delete", |aws| {
            let first = fargate_profile::profiles(aws).into_iter().next().unwrap_or_default();
            let request = json!({"clusterName": "main", "fargateProfileName": first["fargateProfileName"]});
            aws.somebody(Api::Eks, "DeleteFargateProfile", &request)
        })]
    }

    fn count(aws: &Aws) -> usize {
        ours(of(&aws.dump()["fargateProfiles"]))
    }
}

impl Checked for SecretsManagerSecret {
    const AT_ONCE: usize = 1;

    fn goals() -> Vec<Want> {
        let full = json!({"Description": "of the shop", "Tags": [{"Key": "team", "Value": "shop"}],
            "secretRef": {"name": "db", "keys": ["password"]}});
        let plain = || Want::Spec(json!({"secretRef": {"name": "db"}}));
        vec![plain(), Want::Spec(full), plain(), Want::Gone]
    }

    fn drifts() -> Vec<Drift> {
        vec![
            ("delete", |aws| aws.somebody(Api::SecretsManager, "DeleteSecret", &json!({"SecretId": "shop_web"}))),
            ("value", |aws| {
                let request =
                    json!({"SecretId": "shop_web", "SecretString": "theirs", "ClientRequestToken": "9".repeat(32)});
                aws.somebody(Api::SecretsManager, "PutSecretValue", &request)
            }),
        ]
    }

    fn count(aws: &Aws) -> usize {
        ours(of(&aws.dump()["secrets"]))
    }
}

impl Checked for CloudMapService {
    const AT_ONCE: usize = 1;

    fn goals() -> Vec<Want> {
        let full = json!({"Description": "of the shop", "Tags": [{"Key": "team", "Value": "shop"}]});
        vec![Want::Spec(cloud_map::of(json!({}))), Want::Spec(cloud_map::of(full)), Want::Gone]
    }

    fn drifts() -> Vec<Drift> {
        vec![
            ("deregister", |aws| {
                let request = json!({"ServiceId": cloud_map::id(aws)?, "InstanceId": "web-1"});
                aws.somebody(Api::ServiceDiscovery, "DeregisterInstance", &request)
            }),
            ("description", |aws| {
                let change = json!({"Description": "theirs", "DnsConfig": cloud_map::records(&["A"])});
                let request = json!({"Id": cloud_map::id(aws)?, "Service": change});
                aws.somebody(Api::ServiceDiscovery, "UpdateService", &request)
            }),
        ]
    }

    fn count(aws: &Aws) -> usize {
        ours(of(&aws.dump()["cloudMapServices"]))
    }
}

impl Checked for WorkloadBridge {
    const AT_ONCE: usize = 1;

    fn goals() -> Vec<Want> {
        vec![Want::Spec(bridge(on_ecs(50))), Want::Spec(bridge(on_ecs(100))), Want::Gone]
    }

    fn drifts() -> Vec<Drift> {
        vec![
            ("scale", |aws| {
                aws.pods(|cluster| cluster.objects.scale_as("kubectl", "web", 3));
                Ok(Value::Null)
            }),
            ("delete", |aws| {
                aws.pods(|cluster| cluster.objects.delete("EcsService", "web"));
                Ok(Value::Null)
            }),
        ]
    }

    /// The EcsServices that a bridge owns.
    fn count(aws: &Aws) -> usize {
        let objects = aws.dump()["objects"].clone();
        let is_made = |object: &&Value| object["metadata"]["ownerReferences"][0]["kind"] == "WorkloadBridge";
        of(&objects).filter(is_made).count()
    }

    /// The Deployment is the bridge's to scale.
    fn others(aws: &Aws) -> Value {
        let mut dump = aws.dump();
        dump["objects"].as_object_mut().expect("objects").remove("Deployment/web");
        dump
    }

    /// What the controllers of the cluster say.
    fn sees(aws: &Aws) -> Value {
        aws.pods(|cluster| cluster.objects.said())
    }
}
