//! The policy that `ecs-bridge iam-policy` prints: every life here is led under it, and each part of it is needed.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
    time::Duration,
};

use aws_sim::policy::{Permission, Policy};
use ecs_bridge::{
    aws::iam::Request,
    cli::iam_policy::calls,
    engine::{Kind, ObjectKey, Outcome, Referent, outcome::State},
    kinds::{
        cloud_map_service::CloudMapService, ecr_repository::EcrRepository, ecs_capacity_provider::EcsCapacityProvider,
        ecs_cluster::EcsCluster, ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition,
        eks_fargate_profile::EksFargateProfile, secrets_manager_secret::SecretsManagerSecret,
        workload_bridge::WorkloadBridge,
    },
};
use serde_json::{Value, json};

use super::{
    Aws, Object,
    aws::Made,
    capacity_provider::{group, managed},
    cloud_map,
    fargate_profile::{ROLE, the_only},
    sample::Sample,
    service::{fargate, on_fargate, with},
    workload_bridge, workload_bridge_endpoints, workload_bridge_roles,
};
use crate::tally;

/// The policy for all kinds.
pub static ALL: LazyLock<Arc<Policy>> = LazyLock::new(|| Arc::new(policy(|_| ())));

/// The same for an operator of the owner id `owner-0`.
pub static OTHERS: LazyLock<Arc<Policy>> = LazyLock::new(|| {
    Arc::new(policy(|request| {
        request.owner_id = Some("owner-0".to_owned());
        request.adopt_from = Some("owner-1".to_owned());
    }))
});

/// The policy for all kinds and every feature, but for what a test changes.
fn policy(change: impl FnOnce(&mut Request)) -> Policy {
    Policy::parse(&document(change)).expect("a policy that aws-sim can read")
}

fn document(change: impl FnOnce(&mut Request)) -> Value {
    let mut request = Request {
        kinds: calls(&[]).expect("the kinds"),
        allowed_role_arns: vec!["*".to_owned()],
        owner_id: Some("owner-1".to_owned()),
        adoption: true,
        adopt_from: Some("owner-0".to_owned()),
        events_queue: None,
        partition: "aws".to_owned(),
        region: "us-east-1".to_owned(),
        account: "123456789012".to_owned(),
    };
    change(&mut request);
    serde_json::to_value(request.policy()).expect("a policy is JSON")
}

/// What somebody does with objects of a kind. An error: a call had no answer, as where AWS does not let the operator make it.
type Life = fn(&Aws) -> Result<(), String>;

/// A kind, and what makes its objects call all that they ever call.
const LIVES: &[(&str, Life)] = &[
    (EcsCluster::KIND, a_cluster),
    (EcsCapacityProvider::KIND, a_capacity_provider),
    (EcsService::KIND, a_service),
    (EcsTaskDefinition::KIND, a_task_definition),
    (EcrRepository::KIND, a_repository),
    (EksFargateProfile::KIND, a_fargate_profile),
    (WorkloadBridge::KIND, a_bridge),
    (SecretsManagerSecret::KIND, a_secret),
    (CloudMapService::KIND, a_cloud_map_service),
];

fn a_cluster(aws: &Aws) -> Result<(), String> {
    taken_over::<EcsCluster>(aws, json!({}))?;
    let enabled = json!({"settings": [{"name": "containerInsights", "value": "enabled"}]});
    live::<EcsCluster>(
        aws,
        &[
            json!({"tags": [{"key": "team", "value": "a"}]}),
            json!({"capacityProviders": ["FARGATE"], "settings": enabled["settings"], "tags": [{"key": "cost", "value": "1"}]}),
            // Whether what is in AWS and not in the spec attached itself is asked.
            json!({}),
        ],
    )?;
    aws.ecs("CreateCluster", json!({"clusterName": "theirs"}));
    adopt::<EcsCluster>(aws, json!({"clusterName": "theirs"}))
}

fn a_capacity_provider(aws: &Aws) -> Result<(), String> {
    taken_over::<EcsCapacityProvider>(aws, group(json!({})))?;
    let tags = |key: &str| json!([{"key": key, "value": "1"}]);
    let scaled = |target: u32, key: &str| {
        with(group(json!({"managedScaling": {"targetCapacity": target}})), &json!({"tags": tags(key)}))
    };
    live::<EcsCapacityProvider>(aws, &[scaled(90, "team"), scaled(80, "cost")])?;
    // Managed Instances attach themselves to a cluster of the operator's.
    let owner = json!([{"key": "ecs-bridge.dev:owner", "value": "owner-1"}]);
    aws.ecs("CreateCluster", json!({"clusterName": "ours", "tags": owner}));
    live::<EcsCapacityProvider>(aws, &[managed("ours", json!({}))])?;
    let attached = with(group(json!({})), &json!({"clusterRef": {"name": "ours"}}));
    let mut object = Object::<EcsCapacityProvider>::named("attached", attached);
    let exports = json!({"name": "ours", "arn": "arn:aws:ecs:us-east-1:123456789012:cluster/ours"});
    let referent = Referent { deleting: false, exports };
    object.env.references.insert(ObjectKey { kind: "EcsCluster", name: "ours".to_owned() }, referent);
    object.pass(aws, false)?;
    for providers in [json!(["shop_attached"]), json!([])] {
        let request = json!({"cluster": "ours", "capacityProviders": providers, "defaultCapacityProviderStrategy": []});
        aws.ecs("PutClusterCapacityProviders", request);
        aws.advance(Duration::from_secs(10));
        object.pass(aws, false)?;
    }
    gone(&mut object, aws)?;
    EcsCapacityProvider::foreign(aws, &json!({"name": "theirs"}), &[]);
    adopt::<EcsCapacityProvider>(aws, with(group(json!({})), &json!({"name": "theirs"})))
}

fn a_service(aws: &Aws) -> Result<(), String> {
    taken_over::<EcsService>(aws, on_fargate("nginx:1"))?;
    let breaker = json!({"deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}}});
    let monitoring =
        json!({"monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}});
    live::<EcsService>(
        aws,
        &[
            with(with(on_fargate("nginx:1"), &breaker), &json!({"tags": [{"key": "team", "value": "a"}]})),
            with(
                with(with(on_fargate("nginx:2"), &breaker), &monitoring),
                &json!({"tags": [{"key": "cost", "value": "1"}]}),
            ),
            // ECS rolls it back: that it did, and why tasks stopped, is asked.
            with(on_fargate("nginx:crash"), &breaker),
        ],
    )?;
    // The family's newest revision is another than the one that is wanted.
    let mut back = Object::<EcsService>::named("back", on_fargate("nginx:1"));
    ready(&mut back, aws)?;
    back.apply(on_fargate("nginx:2"));
    ready(&mut back, aws)?;
    back.apply(on_fargate("nginx:1"));
    back.memo = Value::Null;
    rests(&mut back, aws, false)?;
    gone(&mut back, aws)?;
    // Where a blue/green deployment is, only its own description tells.
    let blue_green = json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 5}});
    let mut green = Object::<EcsService>::named("green", with(on_fargate("nginx:1"), &blue_green));
    ready(&mut green, aws)?;
    green.apply(with(on_fargate("nginx:2"), &blue_green));
    ready(&mut green, aws)?;
    gone(&mut green, aws)?;
    EcsService::foreign(aws, &Value::Null, &[]);
    adopt::<EcsService>(aws, with(on_fargate("nginx:1"), &json!({"serviceName": "shop_web"})))
}

fn a_task_definition(aws: &Aws) -> Result<(), String> {
    taken_over::<EcsTaskDefinition>(aws, fargate("nginx:1"))?;
    let image = |image: &str| with(fargate(image), &json!({"revisionHistoryLimit": 0}));
    live::<EcsTaskDefinition>(aws, &[image("nginx:1"), image("nginx:2")])?;
    EcsTaskDefinition::foreign(aws, &Value::Null, &[]);
    adopt::<EcsTaskDefinition>(aws, with(fargate("nginx:1"), &json!({"family": "shop_web"})))
}

fn a_repository(aws: &Aws) -> Result<(), String> {
    let lifecycle = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":9},"action":{"type":"expire"}}]}"#;
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage"]}]}"#;
    live::<EcrRepository>(
        aws,
        &[
            json!({"tags": [{"Key": "team", "Value": "a"}], "lifecyclePolicyText": lifecycle, "policyText": policy}),
            json!({"imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": true},
                "tags": [{"Key": "cost", "Value": "1"}]}),
        ],
    )?;
    aws.ecr("CreateRepository", json!({"repositoryName": "theirs"}));
    adopt::<EcrRepository>(aws, json!({"repositoryName": "theirs"}))
}

fn a_fargate_profile(aws: &Aws) -> Result<(), String> {
    let spec = |namespace: &str, tag: &str| json!({"podExecutionRoleArn": ROLE, "selectors": [{"namespace": namespace}], "tags": {tag: "1"}, "replacement": "Auto"});
    let mut object = Object::<EksFargateProfile>::new(spec("shop", "team"));
    ready(&mut object, aws)?;
    // One pod has to move when the profile is replaced.
    let (profile, now) = (the_only(aws)["fargateProfileName"].clone(), aws.seconds());
    aws.pods(|cluster| cluster.start("shop", "web", profile.as_str().expect("a name"), now));
    for changed in [spec("shop", "cost"), spec("web", "cost")] {
        object.apply(changed);
        ready(&mut object, aws)?;
    }
    gone(&mut object, aws)?;
    let theirs =
        json!({"fargateProfileName": "theirs", "podExecutionRoleArn": ROLE, "selectors": [{"namespace": "elsewhere"}]});
    adopt::<EksFargateProfile>(aws, theirs)
}

/// It asks AWS for the tasks that are behind its Service, and for the role of its pods: what it may not ask there, it notes.
fn a_bridge(aws: &Aws) -> Result<(), String> {
    workload_bridge::deploy(aws);
    workload_bridge_endpoints::run(aws);
    workload_bridge_roles::identify(aws);
    let mut half = workload_bridge::on_ecs(50);
    half["service"] = "web".into();
    let mut object = Object::<WorkloadBridge>::new(workload_bridge::bridge(half));
    let outcome = rests(&mut object, aws, false)?;
    let notes = format!("{} {}", outcome.notes.join("; "), json!(object.report)["translation"]["notes"]);
    if notes.contains("AWS does not say") {
        return Err(notes);
    }
    gone(&mut object, aws)
}

fn a_secret(aws: &Aws) -> Result<(), String> {
    let of = |tag: &str| json!({"Description": tag, "Tags": [{"Key": tag, "Value": "1"}], "secretRef": {"name": "db"}});
    let change = |password: &str| aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", password)]));
    change("first");
    taken_over::<SecretsManagerSecret>(aws, of("team"))?;
    let mut object = Object::<SecretsManagerSecret>::new(of("team"));
    ready(&mut object, aws)?;
    change("second");
    object.apply(of("cost"));
    ready(&mut object, aws)?;
    gone(&mut object, aws)?;
    // It is scheduled for deletion, and its object comes back.
    ready(&mut object, aws)?;
    gone(&mut object, aws)?;
    SecretsManagerSecret::foreign(aws, &json!({"Name": "theirs"}), &[]);
    adopt::<SecretsManagerSecret>(aws, json!({"Name": "theirs"}))
}

fn a_cloud_map_service(aws: &Aws) -> Result<(), String> {
    cloud_map::begin(aws);
    let of = |tag: &str| cloud_map::of(json!({"Description": tag, "Tags": [{"Key": tag, "Value": "1"}]}));
    taken_over::<CloudMapService>(aws, of("team"))?;
    live::<CloudMapService>(aws, &[of("team"), of("cost")])?;
    CloudMapService::foreign(aws, &json!({"Name": "theirs-too"}), &[]);
    adopt::<CloudMapService>(aws, with(of("team"), &json!({"Name": "theirs-too"})))
}

/// An object with these specs, one after the other, and its end.
fn live<K: Kind>(aws: &Aws, specs: &[Value]) -> Result<(), String> {
    let mut object = Object::<K>::new(specs[0].clone());
    for spec in specs {
        object.apply(spec.clone());
        rests(&mut object, aws, false)?;
    }
    gone(&mut object, aws)
}

/// Takes over what nobody owns, and lets it go.
fn adopt<K: Kind>(aws: &Aws, mut spec: Value) -> Result<(), String> {
    spec["management"] = json!({"adoption": "Adopt", "deletion": "Retain"});
    let mut object = Object::<K>::named("adopted", spec);
    ready(&mut object, aws)?;
    gone(&mut object, aws)
}

fn ready<K: Kind>(object: &mut Object<K>, aws: &Aws) -> Result<(), String> {
    let outcome = rests(object, aws, false)?;
    assert!(super::object::is_ready(&outcome), "{} is not Ready: {outcome:?}", K::KIND);
    Ok(())
}

fn gone<K: Kind>(object: &mut Object<K>, aws: &Aws) -> Result<(), String> {
    let outcome = rests(object, aws, true)?;
    assert_eq!(super::object::reason(&outcome), "Gone", "{}", K::KIND);
    Ok(())
}

/// As `Object::carry`, to the first call that has no answer.
fn rests<K: Kind>(object: &mut Object<K>, aws: &Aws, deleting: bool) -> Result<Outcome, String> {
    for _ in 0..400 {
        let outcome = object.pass(aws, deleting)?;
        if !matches!(outcome.state, State::Progressing { .. }) {
            return Ok(outcome);
        }
        aws.advance(Duration::from_secs(5));
    }
    panic!("{} does not come to rest", K::KIND)
}

/// Takes over what the same object has under another owner id, and lets it go. What that other operator calls is none of the life.
fn taken_over<K: Kind>(aws: &Aws, spec: Value) -> Result<(), String> {
    let mut object = Object::<K>::named("moved", spec);
    "owner-0".clone_into(&mut object.env.identity.owner_id);
    aws.allow(Some(OTHERS.clone()));
    object.ready(aws);
    let mut object = object.in_the_next_cluster("owner-1");
    aws.allow(None);
    aws.take_calls();
    ready(&mut object, aws)?;
    gone(&mut object, aws)
}

fn calls_of(life: Life) -> Vec<Made> {
    let aws = world();
    life(&aws).unwrap_or_else(|error| panic!("under the whole policy: {error}"));
    aws.take_calls()
}

fn world() -> Aws {
    let aws = EcsService::aws();
    aws.with_eks();
    aws
}

/// Every permission that was needed in some life.
static NEEDED: LazyLock<Vec<Permission>> = LazyLock::new(|| {
    let calls = LIVES.iter().flat_map(|(_, life)| calls_of(*life));
    calls.flat_map(|made| made.permissions).collect()
});

#[test]
fn each_kind_calls_what_it_says_and_no_more() {
    struct Operations;
    impl ecs_bridge::kinds::Visitor for Operations {
        type Made = BTreeSet<String>;
        fn visit<K: Kind>(&mut self) -> BTreeSet<String> {
            K::OPERATIONS.iter().map(ToString::to_string).collect()
        }
    }
    for registered in ecs_bridge::kinds::all(&mut Operations).expect("the kinds") {
        let life = LIVES.iter().find(|(kind, _)| *kind == registered.kind);
        let (_, life) = life.unwrap_or_else(|| panic!("{} leads no life here: add one to LIVES", registered.kind));
        let made: BTreeSet<String> = calls_of(*life).iter().map(|made| made.action.clone()).collect();
        assert_eq!(made, registered.made, "{}: what it called (left) and its OPERATIONS (right)", registered.kind);
    }
}

#[test]
fn all_of_the_policy_is_enough_and_none_of_its_statements_can_go() {
    let whole = &*ALL;
    let denied: Vec<&Permission> = NEEDED.iter().filter(|needed| !whole.allows(needed)).collect();
    assert!(denied.is_empty(), "the policy does not allow {denied:#?}");
    for sid in whole.sids() {
        let rest = whole.without(sid);
        assert!(NEEDED.iter().any(|needed| !rest.allows(needed)), "nothing fails without the statement {sid}");
    }
}

/// Not by what would be asked for, but by what happens: some life ends at a call that AWS does not let it make. In full, also with one
/// action less of each statement.
#[test]
fn with_less_of_the_policy_some_object_does_not_get_on() {
    let whole = document(|_| ());
    let mut parts = 0;
    let mut fails = |less: &Value, removed: &[String]| {
        let policy = Policy::parse(less).expect("a policy");
        let ends = LIVES.iter().find_map(|(_, life)| life(&world().under(policy.clone())).err());
        let said = ends.unwrap_or_else(|| panic!("all goes well without {removed:?}"));
        let named = removed.iter().any(|action| said.contains(&format!("perform: {action}")));
        assert!(named, "without {removed:?}, something else goes wrong: {said}");
        parts += 1;
    };
    let actions = |statement: &Value| -> Vec<String> {
        serde_json::from_value(statement["Action"].clone()).expect("a list of actions")
    };
    for (i, statement) in whole["Statement"].as_array().expect("statements").iter().enumerate() {
        let mut less = whole.clone();
        less["Statement"].as_array_mut().expect("statements").remove(i);
        fails(&less, &actions(statement));
        for (j, action) in actions(statement).iter().enumerate().filter(|_| tally::is_full()) {
            let mut less = whole.clone();
            less["Statement"][i]["Action"].as_array_mut().expect("actions").remove(j);
            fails(&less, std::slice::from_ref(action));
        }
    }
    tally::swept("IAM", "parts of the policy taken away", parts);
}

#[test]
fn none_of_its_actions_can_go_and_no_resource() {
    let document = document(|_| ());
    let count = |part: &Value| part.as_array().map_or(0, Vec::len);
    let mut tried = 0;
    for (i, statement) in document["Statement"].as_array().expect("statements").iter().enumerate() {
        for list in ["Action", "Resource"] {
            for j in 0..count(&statement[list]) {
                let mut less = document.clone();
                let removed = less["Statement"][i][list].as_array_mut().expect("a list").remove(j);
                let less = Policy::parse(&less).expect("a policy");
                tried += 1;
                let fails = NEEDED.iter().any(|needed| !less.allows(needed));
                assert!(fails, "nothing fails where {} has no {removed}", statement["Sid"]);
            }
        }
    }
    assert!(tried > 40, "only {tried} parts of the policy were taken out");
}

#[test]
fn what_another_owns_is_not_changed_whatever_the_operator_thinks() {
    let theirs = policy(|request| request.owner_id = Some("owner-2".to_owned()));
    let any = policy(|request| request.owner_id = None);
    for needed in NEEDED.iter() {
        let tagged = |of: &str| needed.context.contains_key(&format!("{of}/ecs-bridge.dev:owner"));
        let is_owned = tagged("aws:ResourceTag") || tagged("aws:RequestTag");
        assert!(!(is_owned && changes(needed) && theirs.allows(needed)), "owner-2 may {needed:?}");
        assert!(any.allows(needed), "without an owner id, nobody may {needed:?}");
    }
    let strict = policy(|request| request.adoption = false);
    assert!(NEEDED.iter().any(|needed| !strict.allows(needed)), "adoption needs no leave");
}

/// Whether the action changes something that has tags.
fn changes(permission: &Permission) -> bool {
    let (service, action) = permission.action.split_once(':').expect("service:action");
    service != "iam" && !["Describe", "List", "Get"].iter().any(|verb| action.starts_with(verb))
}

/// What a role may have as one managed policy, and what it may have in line, in characters without white space (IAM and AWS STS quotas).
const MANAGED: usize = 6144;
const IN_LINE: usize = 10_240;

/// A bridge, and what it makes and needs, is a policy of its own, beside the one for all other kinds.
#[test]
fn the_policy_fits_into_a_role() {
    let size = |kinds: &[String]| {
        let text = document(|request| {
            request.kinds = calls(kinds).expect("the kinds");
            request.allowed_role_arns = vec!["arn:aws:iam::123456789012:role/ecs*".to_owned()];
        });
        text.to_string().len()
    };
    let named = |is_beside: bool| -> Vec<String> {
        let kinds = LIVES.iter().map(|(kind, _)| (*kind).to_owned());
        let beside = [CloudMapService::KIND, EcsService::KIND, SecretsManagerSecret::KIND, WorkloadBridge::KIND];
        kinds.filter(|kind| beside.contains(&kind.as_str()) == is_beside).collect()
    };
    let (whole, most, beside) = (size(&[]), size(&named(false)), size(&named(true)));
    assert!(whole <= IN_LINE, "the whole policy has {whole} characters");
    assert!(most <= MANAGED && beside <= MANAGED, "the two policies have {most} and {beside} characters");
}
