//! Objects for what is there: `ecs-bridge import`, and what the operator makes of what it prints.

use std::sync::Arc;

use aws_sim::policy::Policy;
use ecs_bridge::{
    cli::import::gather::{Gathered, Reads, Wanted, gather},
    engine::{
        Call,
        outcome::State,
        reconcile::{self, CallResult},
    },
    kinds::{
        ecr_repository::EcrRepository, ecs_capacity_provider::EcsCapacityProvider, ecs_cluster::EcsCluster,
        ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition, eks_fargate_profile::EksFargateProfile,
        secrets_manager_secret::SecretsManagerSecret,
    },
};
use futures::FutureExt;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws, Object,
    dump::assert_same,
    sample::Sample,
    service::{fargate, on_fargate, with},
};

impl Reads for Aws {
    async fn read(&self, call: &Call) -> CallResult {
        reconcile::World::call(self, call, None).await
    }
}

fn imported(aws: &Aws, flag: &'static str, names: &[&str], kinds: &[&str]) -> Gathered {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    // Whoever imports may read all there is.
    let everything = json!({"Version": "2012-10-17", "Statement": [{"Sid": "All", "Effect": "Allow", "Action": ["*"], "Resource": ["*"]}]});
    aws.allow(Some(Arc::new(Policy::parse(&everything).expect("a policy"))));
    let wanted = Wanted { selected: [(flag, owned(names))].into(), all: false, kinds: owned(kinds) };
    let gathered = gather(aws, &wanted, |_, _, _| ()).now_or_never().expect("nothing here waits");
    aws.allow(None);
    gathered.unwrap_or_else(|error| panic!("{error}"))
}

/// What an object made is let go, imported, and taken over by another object: only tags are written, and without them it is as it was.
fn comes_back<K: Sample>(spec: &Value, flag: &'static str, names: &[&str]) {
    let aws = K::aws();
    let mut first = Object::<K>::new(with(spec.clone(), &json!({"management": {"deletion": "Retain"}})));
    first.ready(&aws);
    assert_eq!(first.delete(&aws).state, State::Gone);
    let before = aws.dump();
    aws.take_calls();
    let gathered = imported(&aws, flag, names, &[K::KIND]);
    assert_eq!(aws.take_writes(), [""; 0], "import wrote");
    let is_theirs = |object: &&Value| object["metadata"]["name"] == "theirs";
    let objects: Vec<&Value> = gathered.objects.iter().filter(|object| !is_theirs(object)).collect();
    assert_eq!(objects.len(), 1, "objects of {gathered:#?}");
    let spec = with(objects[0]["spec"].clone(), &json!({"management": {"adoption": "Adopt", "deletion": "Retain"}}));
    assert_eq!(objects[0]["spec"]["management"], json!({"adoption": "Adopt"}));

    let mut second = Object::<K>::named("imported", spec);
    second.ready(&aws);
    let writes = aws.take_writes();
    assert!(writes.iter().all(|write| *write == "TagResource"), "{writes:?} for {}", objects[0]);
    aws.take_calls();
    second.ready(&aws);
    assert_eq!(aws.take_writes(), [""; 0], "a second pass wrote");
    assert_eq!(second.delete(&aws).state, State::Gone);
    assert_same(&aws.dump(), &before, "what was imported, taken over and let go is not as it was");
}

macro_rules! comes_back {
    ($test:ident, $kind:ty, $flag:literal, $names:expr, $cases:expr) => {
        proptest! {
            #![proptest_config(crate::cases::cases($cases))]

            #[test]
            fn $test(spec in <$kind>::specs()) {
                comes_back::<$kind>(&spec.0, $flag, &$names);
            }
        }
    };
}

comes_back!(a_repository_is_imported, EcrRepository, "repository", ["shop/web", "team/web"], 24);
comes_back!(a_cluster_is_imported, EcsCluster, "cluster", ["shop_web", "production"], 24);
comes_back!(a_capacity_provider_is_imported, EcsCapacityProvider, "capacity-provider", ["shop_web", "mine"], 24);
comes_back!(a_service_is_imported, EcsService, "cluster", ["main"], 32);
comes_back!(a_task_definition_is_imported, EcsTaskDefinition, "task-definition", ["shop_web"], 16);
comes_back!(a_secret_is_imported, SecretsManagerSecret, "secret", ["shop_web", "team/db"], 24);
comes_back!(a_fargate_profile_is_imported, EksFargateProfile, "fargate-profile", ["main"], 16);

#[test]
fn services_name_the_object_of_their_cluster_where_there_is_one() {
    let aws = EcsService::aws();
    let all = imported(&aws, "cluster", &["m*n"], &[]);
    let kinds: Vec<&Value> = all.objects.iter().map(|object| &object["kind"]).collect();
    assert_eq!(kinds, ["EcsCluster", "EcsService"], "{all:#?}");
    assert_eq!(all.objects[1]["spec"]["clusterRef"], json!({"name": "main"}));
    assert_eq!(all.objects[1]["spec"]["cluster"], Value::Null);
    let service = &imported(&aws, "cluster", &["main"], &["EcsService"]).objects[0];
    assert_eq!((&service["spec"]["cluster"], &service["spec"]["clusterRef"]), (&json!("main"), &Value::Null));
    // As short as it can be said.
    let expected = json!({
        "apiVersion": "ecs-bridge.dev/v1alpha1", "kind": "EcsService", "metadata": {"name": "theirs"},
        "spec": {
            "cluster": "main", "serviceName": "theirs", "desiredCount": 1, "launchType": "FARGATE",
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1", "subnet-2"]}},
            "tags": [{"key": "a", "value": "b"}],
            "taskDefinition": with(fargate("theirs"), &json!({"family": "theirs"})),
            "management": {"adoption": "Adopt"},
        },
    });
    assert_same(service, &expected, "the object");
}

#[test]
fn what_no_object_can_stand_for_is_left_out_with_the_reason() {
    let aws = EcsService::aws();
    Object::<EcsService>::new(on_fargate("nginx:1")).ready(&aws);
    let target = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";
    let by_codedeploy = json!({
        "serviceName": "deployed", "taskDefinition": "theirs:1", "deploymentController": {"type": "CODE_DEPLOY"},
        "desiredCount": 0, "loadBalancers": [{"targetGroupArn": target, "containerName": "web", "containerPort": 80}],
    });
    let request = with(on_fargate(""), &by_codedeploy);
    aws.ecs("CreateService", request);
    let gathered = imported(&aws, "cluster", &["main", "nowhere"], &[]);
    let why: Vec<String> =
        gathered.left_out.iter().map(|(kind, thing, why)| format!("{kind} {thing}: {why}")).collect();
    for expected in [
        "EcsCluster nowhere: there is no such ECS cluster",
        "EcsService main/deployed: its deployment controller is CODE_DEPLOY",
        "EcsService main/shop_web: it belongs to EcsService shop/web (owner id owner-1)",
        "EcsService nowhere: ",
    ] {
        assert!(why.iter().any(|why| why.starts_with(expected)), "{expected} is not told: {why:#?}");
    }
    assert_eq!(why.len(), 4, "{why:#?}");
    assert_eq!(gathered.objects.len(), 2, "the cluster and the other service: {:#?}", gathered.objects);
}

/// A service that runs another owner's revision names it; and one of which the next revision is edited goes on from what nobody owns.
#[test]
fn a_definition_is_edited_where_it_is_nobodys() {
    let aws = EcsService::aws();
    let theirs = imported(&aws, "cluster", &["main"], &["EcsService"]).objects[0]["spec"].clone();
    let mut adopted = Object::<EcsService>::named("theirs", theirs.clone());
    adopted.ready(&aws);
    aws.take_calls();
    let mut edited = theirs;
    edited["taskDefinition"]["containerDefinitions"][0]["image"] = json!("nginx:2");
    edited["revisionHistoryLimit"] = json!(0);
    adopted.apply(edited);
    adopted.ready(&aws);
    assert_eq!(aws.take_writes(), ["RegisterTaskDefinition", "UpdateService"], "the next revision of the family");
    assert_eq!(aws.count_revisions(), (2, 1), "what somebody else registered stays, and stays nobody's");

    let tags =
        json!([{"key": "ecs-bridge.dev:owner", "value": "owner-2"}, {"key": "ecs-bridge.dev:namespace", "value": "x"}]);
    aws.ecs("RegisterTaskDefinition", with(fargate("nginx"), &json!({"family": "owned", "tags": tags})));
    let request =
        with(on_fargate(""), &json!({"serviceName": "runs-owned", "taskDefinition": "owned:1", "desiredCount": 0}));
    aws.ecs("CreateService", request);
    let gathered = imported(&aws, "cluster", &["main"], &["EcsService"]);
    let spec = &gathered.objects[0]["spec"];
    let names = spec["taskDefinitionArn"].as_str().is_some_and(|arn| arn.ends_with("/owned:1"));
    assert!(names && spec["taskDefinition"].is_null(), "{gathered:#?}");
}
