//! What the plan of a service does, scene by scene.

use ecs_bridge::{
    engine::{ObjectKey, Referent},
    kinds::ecs_service::EcsService,
};
use serde_json::{Value, json};

use super::script::{
    NOW,
    Says::{No, Yes},
    Scene, Script, hold, ours,
};
use super::service::{fargate, network, with};

pub type S = Scene<EcsService>;

const ARN: &str = "arn:aws:ecs:us-east-1:1:service/main/shop_web";
const REVISION: &str = "arn:aws:ecs:us-east-1:1:task-definition/theirs:1";

/// A service that runs a revision which is registered elsewhere.
pub fn spec(more: Value) -> Value {
    let base = json!({"cluster": "main", "launchType": "FARGATE", "networkConfiguration": network(), "taskDefinitionArn": "theirs:1"});
    with(base, &more)
}

/// The service as AWS describes it where it is as [`spec`] says.
pub fn service(more: Value) -> Value {
    let base = json!({"serviceArn": ARN, "serviceName": "shop_web", "status": "ACTIVE", "desiredCount": 1, "runningCount": 1,
        "launchType": "FARGATE", "networkConfiguration": network(), "platformVersion": "LATEST", "taskDefinition": REVISION,
        "schedulingStrategy": "REPLICA", "deploymentController": {"type": "ECS"}, "availabilityZoneRebalancing": "ENABLED",
        "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
        "deployments": [{"id": "ecs-svc/1", "status": "PRIMARY", "rolloutState": "COMPLETED"}],
        "createdAt": NOW - 1000, "tags": ours("EcsService", "key", "value")});
    with(base, &more)
}

fn revision(arn: &str, more: Value, tags: Value) -> super::script::Says {
    let base = json!({"taskDefinitionArn": arn, "family": "theirs", "status": "ACTIVE"});
    Yes(json!({"taskDefinition": with(base, &more), "tags": tags}))
}

pub fn has(more: Value) -> Script {
    vec![("DescribeServices", Yes(json!({"services": [service(more)]}))), theirs()]
}

pub fn theirs() -> (&'static str, super::script::Says) {
    ("DescribeTaskDefinition", revision(REVISION, json!({}), json!([])))
}

pub fn none() -> Script {
    vec![("DescribeServices", Yes(json!({"failures": [{"reason": "MISSING"}]}))), theirs()]
}

pub fn and(mut script: Script, more: Script) -> Script {
    script.extend(more);
    script
}

/// A memo of a service that was made `ago` seconds before now.
pub fn made(ago: i64, confirmed: bool) -> Value {
    json!({"name": "shop_web", "cluster": "main", "creation": {"count": 1, "at": NOW - ago, "confirmed": confirmed}})
}

pub fn known(more: Value) -> Value {
    with(made(1000, true), &more)
}

pub fn referring(scene: S, referent: Option<Referent>) -> S {
    let mut scene = scene;
    scene.object.env.references = referent
        .into_iter()
        .map(|referent| (ObjectKey { kind: "EcsCluster", name: "main".to_owned() }, referent))
        .collect();
    scene
}

#[test]
fn a_service_is_created_once() {
    let created = |more: Value| ("CreateService", Yes(json!({"service": service(more)})));
    let gone = |at: i64| has(json!({"status": "INACTIVE", "createdAt": at}));
    let idempotent = No("InvalidParameterException", "Creation of service was not idempotent.");
    let by_reference = || spec(json!({"cluster": null, "clusterRef": {"name": "main"}}));
    let scenes = vec![
        S::new("nothing is there", spec(json!({})), and(none(), vec![created(json!({}))])),
        S::new("attempted, unconfirmed: the same again", spec(json!({})), none()).memo(made(10, false)),
        S::new("attempted, confirmed, MISSING for less than five minutes", spec(json!({})), none())
            .memo(made(299, true)),
        S::new("confirmed, MISSING for five minutes", spec(json!({})), none()).memo(made(300, true)),
        S::new("unconfirmed, MISSING for five minutes: the token stays", spec(json!({})), none())
            .memo(made(300, false)),
        S::new("INACTIVE, made by this incarnation", spec(json!({})), gone(NOW - 5)).memo(made(10, true)),
        S::new("INACTIVE, made before this incarnation", spec(json!({})), gone(NOW - 50)).memo(made(10, false)),
        S::new("INACTIVE, and never ours", spec(json!({})), gone(NOW - 50)),
        S::new(
            "a stale token is answered with a service that is gone",
            spec(json!({})),
            and(none(), vec![created(json!({"status": "INACTIVE"})), created(json!({}))]),
        )
        .memo(made(10, false)),
        S::new(
            "the name is in use, and shown",
            spec(json!({})),
            vec![
                ("DescribeServices", Yes(json!({}))),
                ("DescribeServices", Yes(json!({"services": [service(json!({"tags": []}))]}))),
                theirs(),
                ("CreateService", idempotent.clone()),
            ],
        ),
        S::new("the name is in use, and not shown", spec(json!({})), and(none(), vec![("CreateService", idempotent)])),
        S::new("DRAINING", spec(json!({})), has(json!({"status": "DRAINING"}))).memo(made(1000, true)),
        S::new(
            "AWS says that it drains",
            spec(json!({})),
            and(
                none(),
                vec![(
                    "CreateService",
                    No("InvalidParameterException", "Unable to Start a service that is still Draining."),
                )],
            ),
        ),
        S::new(
            "AWS refuses",
            spec(json!({})),
            and(none(), vec![("CreateService", No("InvalidParameterException", "subnets can not be empty."))]),
        ),
        S::new(
            "no such cluster",
            spec(json!({})),
            vec![("DescribeServices", No("ClusterNotFoundException", "Cluster not found.")), theirs()],
        ),
        S::new(
            "no such revision",
            spec(json!({})),
            vec![
                none().remove(0),
                ("DescribeTaskDefinition", No("ClientException", "Unable to describe task definition.")),
            ],
        ),
        referring(S::new("the cluster's object is missing", by_reference(), vec![]), None),
        referring(S::new("the cluster is not there yet", by_reference(), vec![]), Some(Referent::default())),
        referring(
            S::new("the cluster is going", by_reference(), vec![]),
            Some(Referent { deleting: true, exports: Value::Null }),
        ),
        referring(
            S::new("the cluster is there", by_reference(), none()),
            Some(Referent {
                deleting: false,
                exports: json!({"name": "main", "arn": "arn:aws:ecs:us-east-1:1:cluster/main"}),
            }),
        ),
        S::new(
            "a daemon takes no count",
            spec(
                json!({"launchType": "EC2", "networkConfiguration": null, "schedulingStrategy": "DAEMON", "desiredCount": 3}),
            ),
            none(),
        ),
        S::new(
            "an external count is for the first start",
            spec(json!({"desiredCountPolicy": "External", "desiredCount": 2})),
            none(),
        ),
        S::new(
            "an external count that others set goes on",
            spec(json!({"desiredCountPolicy": "External", "desiredCount": 2})),
            none(),
        )
        .memo(with(made(10, false), &json!({"lastCount": 7}))),
    ];
    hold(scenes, include_str!("golden/service_create.txt"), "service_create.txt");
}

#[test]
fn a_revision_is_registered_once() {
    let own = |hash: Value| json!([{"key": "ecs-bridge.dev:owner", "value": "owner-1"}, {"key": "ecs-bridge.dev:namespace", "value": "shop"}, {"key": "ecs-bridge.dev:hash", "value": hash}]);
    let inline = || spec(json!({"taskDefinitionArn": null, "taskDefinition": fargate("nginx")}));
    let hash = hash(&inline());
    let at = |number: u32| format!("arn:aws:ecs:us-east-1:1:task-definition/shop_web:{number}");
    let defines =
        |image: &str| with(fargate(image), &json!({"family": "shop_web", "compatibilities": ["EC2", "FARGATE"]}));
    let describe =
        |number: u32, image: &str, tags: Value| ("DescribeTaskDefinition", revision(&at(number), defines(image), tags));
    let listed = |numbers: &[u32]| {
        let arns: Vec<String> = numbers.iter().map(|number| at(*number)).collect();
        ("ListTaskDefinitions", Yes(json!({ "taskDefinitionArns": arns })))
    };
    let nothing = ("DescribeTaskDefinition", No("ClientException", "Unable to describe task definition."));
    let missing = || none().remove(0);
    let registered = || ("RegisterTaskDefinition", revision(&at(9), json!({}), json!([])));
    let running =
        |number: u32| ("DescribeServices", Yes(json!({"services": [service(json!({"taskDefinition": at(number)}))]})));
    let remembers = |number: u32| known(json!({"revisions": [{"arn": at(number), "hash": hash}]}));
    let other = |owner: &str, namespace: &str| json!([{"key": "ecs-bridge.dev:owner", "value": owner}, {"key": "ecs-bridge.dev:namespace", "value": namespace}]);
    let scenes = vec![
        S::new("a family that nobody has", inline(), vec![missing(), nothing.clone(), registered()]),
        S::new(
            "the family's lane is busy in AWS",
            inline(),
            vec![
                missing(),
                nothing,
                (
                    "RegisterTaskDefinition",
                    No(
                        "ClientException",
                        "Too many concurrent attempts to create a new revision of the specified family.",
                    ),
                ),
            ],
        ),
        S::new("the newest carries it", inline(), vec![missing(), describe(4, "nginx", own(hash.clone()))]),
        S::new(
            "an older one carries it",
            inline(),
            vec![
                missing(),
                describe(4, "other", own(json!("v1:other"))),
                listed(&[4, 3]),
                describe(4, "other", own(json!("v1:other"))),
                describe(3, "nginx", own(hash.clone())),
            ],
        ),
        S::new(
            "none carries it",
            inline(),
            vec![missing(), describe(4, "other", own(json!("v1:other"))), listed(&[4]), registered()],
        ),
        S::new(
            "a hash of another version: the definition is compared, and nothing rolls",
            inline(),
            vec![running(4), describe(4, "nginx", own(json!("v0:whatever")))],
        )
        .memo(known(json!({}))),
        S::new(
            "a hash of another version over another definition",
            inline(),
            vec![missing(), describe(4, "other", own(json!("v0:whatever"))), listed(&[4]), registered()],
        ),
        S::new("what runs is remembered", inline(), vec![running(4)]).memo(remembers(4)),
        S::new(
            "another that is remembered carries it",
            inline(),
            vec![running(5), describe(4, "nginx", own(hash.clone()))],
        )
        .memo(remembers(4)),
        S::new(
            "the one that is remembered was deregistered",
            inline(),
            vec![
                missing(),
                (
                    "DescribeTaskDefinition",
                    revision(&at(4), with(defines("nginx"), &json!({"status": "INACTIVE"})), own(hash.clone())),
                ),
                describe(5, "other", own(json!("v1:other"))),
                listed(&[5]),
                registered(),
            ],
        )
        .memo(remembers(4)),
        S::new(
            "the newest is another namespace's",
            inline(),
            vec![missing(), describe(4, "nginx", other("owner-1", "other"))],
        ),
        S::new(
            "the newest is another cluster's",
            inline(),
            vec![missing(), describe(4, "nginx", other("owner-2", "shop"))],
        ),
        S::new("the newest is nobody's", inline(), vec![missing(), describe(4, "nginx", json!([]))]),
        S::new(
            "the newest is nobody's, with leave to adopt",
            with(inline(), &json!({"management": {"adoption": "Adopt"}})),
            vec![missing(), describe(4, "nginx", json!([])), listed(&[4]), registered()],
        ),
        S::new(
            "two writes, and no read after the first",
            inline(),
            vec![
                missing(),
                describe(4, "other", own(json!("v1:other"))),
                listed(&[4]),
                registered(),
                ("CreateService", Yes(json!({"service": service(json!({"taskDefinition": at(9)}))}))),
            ],
        ),
    ];
    hold(scenes, include_str!("golden/service_revision.txt"), "service_revision.txt");
}

/// The hash of the task definition of a spec, as the operator tags its revision.
fn hash(spec: &Value) -> Value {
    let aws = super::Aws::with_cluster();
    super::Object::<EcsService>::new(spec.clone()).ready(&aws);
    let described = aws.ecs("DescribeTaskDefinition", json!({"taskDefinition": "shop_web", "include": ["TAGS"]}));
    let tags = described["tags"].as_array().expect("tags").clone();
    tags.into_iter().find(|tag| tag["key"] == "ecs-bridge.dev:hash").expect("a hash")["value"].clone()
}
