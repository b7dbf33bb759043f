//! Random bridges of one Deployment, and what becomes of its replicas.

use ecs_bridge::{
    engine::{outcome::State, reason},
    kinds::workload_bridge::{HOLD, WorkloadBridge},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws, Object, object,
    sample::{Sample, Spec, members, one_of},
    service::with,
};

/// A Deployment of four replicas with what it refers to, and another's, with its EcsService.
pub fn aws() -> Aws {
    let aws = Aws::with_cluster();
    deploy(&aws);
    aws
}

pub fn deploy(aws: &Aws) {
    aws.pods(|cluster| {
        let objects = &mut cluster.objects;
        objects.make("Deployment", "web", deployment());
        objects.make("ConfigMap", "web", json!({"apiVersion": "v1", "data": {"GREETING": "hello"}}));
        objects.make("Service", "web", service());
        objects.make("ServiceAccount", "default", json!({"apiVersion": "v1"}));
        objects.make("Deployment", "other", deployment());
        objects.make("EcsService", "other", json!({"spec": {"desiredCount": 1}}));
    });
    // Everything has started.
    aws.advance(std::time::Duration::from_secs(8));
    for _ in 0..2 {
        look(aws);
        aws.advance(std::time::Duration::from_secs(8));
    }
}

/// Lets the controllers of the cluster go on.
fn look(aws: &Aws) {
    let now = aws.seconds();
    let request = json!({"apiVersion": "v1", "kind": "Pod", "plural": "pods", "namespace": "shop"});
    let answer = aws
        .pods(|cluster| cluster.objects.answer(ecs_bridge::engine::kubernetes::Operation::ListObjects, &request, now));
    answer.expect("a list");
}

fn deployment() -> Value {
    json!({
        "apiVersion": "apps/v1",
        "metadata": {"labels": {"app": "web"}},
        "spec": {
            "replicas": 4,
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{
                    "name": "web",
                    "image": "nginx:1",
                    "ports": [{"containerPort": 80}],
                    "env": [{"name": "GREETING", "valueFrom": {"configMapKeyRef": {"name": "web", "key": "GREETING"}}}],
                }]},
            },
        },
    })
}

/// The Deployment reads a Secret, which is there.
pub fn reads_secret(aws: &Aws) {
    aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", "hunter2"), ("user", "carol")]));
    variables(aws, &json!([secret_key("PASSWORD", "password")]));
}

/// The variables of the Deployment's container.
pub fn variables(aws: &Aws, variables: &Value) {
    aws.pods(|cluster| {
        cluster.objects.edit("Deployment", "web", |web| {
            web["spec"]["template"]["spec"]["containers"][0]["env"] = variables.clone();
        });
    });
}

/// The Deployment has this container, and these volumes.
pub fn deploy_container(aws: &Aws, container: &Value, volumes: &Value) {
    aws.pods(|cluster| {
        cluster.objects.edit("Deployment", "web", |web| {
            web["spec"]["template"]["spec"] = json!({"containers": [container], "volumes": volumes});
        });
    });
}

pub fn secret_key(name: &str, key: &str) -> Value {
    json!({"name": name, "valueFrom": {"secretKeyRef": {"name": "db", "key": key}}})
}

pub fn synced() -> Value {
    json!({"secrets": {"sync": true}})
}

fn service() -> Value {
    let port = json!({"name": "http", "port": 80, "targetPort": 80});
    json!({"apiVersion": "v1", "spec": {"selector": {"app": "web"}, "ports": [port]}})
}

/// A bridge of the Deployment, with these members of its spec.
pub fn bridge(more: Value) -> Value {
    super::service::with(
        json!({
            "workloadRef": {"kind": "Deployment", "name": "web"},
            "ecs": {
                "cluster": "main",
                "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}},
                "executionRoleArn": "arn:aws:iam::123456789012:role/ecs",
            },
            "replicas": 4,
        }),
        &more,
    )
}

/// So much of it on ECS.
pub fn on_ecs(percentage: i32) -> Value {
    json!({"split": {"prefer": "Ecs", "percentage": percentage}})
}

fn without_subnets(more: &Value) -> Value {
    let mut spec = with(bridge(on_ecs(50)), more);
    spec["ecs"]["networkConfiguration"] = Value::Null;
    spec
}

pub fn counts(aws: &Aws) -> (Value, Value) {
    aws.pods(|cluster| {
        let count = |kind: &str, member: &str| {
            cluster.objects.get(kind, "web").map_or(Value::Null, |object| object["spec"][member].clone())
        };
        (count("Deployment", "replicas"), count("EcsService", "desiredCount"))
    })
}

impl Sample for WorkloadBridge {
    fn specs() -> BoxedStrategy<Spec> {
        let split = one_of(vec![
            json!({}),
            on_ecs(50),
            on_ecs(100),
            json!({"split": {"prefer": "Cluster", "percentage": 30, "cluster": {"min": 2}, "ecs": {"max": 1}}}),
            json!({"split": {"ecs": {"min": 3}, "burst": "Unschedulable"}}),
        ]);
        let network = json!({"awsvpcConfiguration": {"subnets": ["subnet-1"]}});
        let placed = |ecs: Value| json!({"ecs": with(json!({ "networkConfiguration": network }), &ecs)});
        let place = one_of(vec![
            json!({}),
            placed(json!({"clusterRef": {"name": "main"}, "launchType": "EC2", "filesImage": "busybox:1"})),
            placed(json!({
                "cluster": "main",
                "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
                "probeClients": [{"image": "nginx", "client": "wget"}],
            })),
            placed(json!({"cluster": "main", "override": {"cpu": "1024", "containerDefinitions": [
                {"name": "web", "stopTimeout": 60, "essential": null}, {"name": "sidecar", "image": "envoy:1"}]}})),
        ]);
        let rest = one_of(vec![
            json!({}),
            json!({"service": "web"}),
            json!({"management": {"drift": "Report"}}),
            json!({"secrets": {"sources": [
            {"name": "db", "key": "password", "valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/db"}]}}),
        ]);
        members(vec![Just(bridge(json!({}))).boxed(), split, place, rest]).prop_map(Spec).boxed()
    }

    fn immutable() -> &'static [&'static str] {
        &[]
    }

    fn aws() -> Aws {
        aws()
    }

    /// Somebody else's EcsService, which another object controls where it is somebody's at all.
    fn foreign(aws: &Aws, _: &Value, tags: &[(&str, &str)]) {
        let owner = json!({"kind": "WorkloadBridge", "name": "theirs", "uid": "uid-of-theirs", "controller": true});
        let metadata = if tags.is_empty() { json!({}) } else { json!({"ownerReferences": [owner]}) };
        aws.pods(|cluster| {
            cluster.objects.make("EcsService", "web", json!({"metadata": metadata, "spec": {"desiredCount": 2}}));
        });
        look(aws);
    }
}

type Happens = fn(&Aws, &mut Object<WorkloadBridge>);

/// What happens to a bridge that is at rest, how it stands then, and what each side is asked for.
pub type Case<'a> = (&'a str, Value, Happens, &'a str, (Value, Value));

#[test]
fn replicas_follow_the_split_and_what_happens() {
    let cases: &[Case<'_>] = &[
        ("half of it", on_ecs(50), |_, _| (), reason::AVAILABLE, (json!(2), json!(2))),
        ("none of it", json!({}), |_, _| (), reason::AVAILABLE, (json!(4), json!(0))),
        ("all of it", on_ecs(100), |_, _| (), reason::AVAILABLE, (json!(0), json!(4))),
        (
            "ECS fails, and the cluster has what it lacks",
            on_ecs(50),
            |aws, _| aws.pods(|cluster| cluster.objects.tasks = 1),
            reason::ECS_FAILS,
            (json!(3), json!(2)),
        ),
        (
            "a rollout fails on ECS, and what ran before still does",
            on_ecs(50),
            |aws, _| aws.pods(|cluster| cluster.objects.rollouts_fail = true),
            reason::ECS_FAILS,
            (json!(2), json!(2)),
        ),
        (
            "ECS fails from the beginning of a move",
            on_ecs(0),
            |aws, object| {
                aws.pods(|cluster| cluster.objects.tasks = 0);
                object.apply(bridge(on_ecs(50)));
            },
            reason::ECS_FAILS,
            (json!(4), json!(2)),
        ),
        (
            "the cluster fails, and ECS has what it lacks",
            on_ecs(50),
            |aws, object| {
                aws.pods(|cluster| cluster.objects.nodes = 0);
                object.apply(bridge(on_ecs(50)));
            },
            reason::CLUSTER_FAILS,
            (json!(2), json!(4)),
        ),
        (
            "another workload than a Deployment",
            on_ecs(50),
            |_, object| object.apply(bridge(json!({"workloadRef": {"kind": "StatefulSet", "name": "web"}}))),
            reason::UNSUPPORTED_WORKLOAD,
            (json!(2), json!(2)),
        ),
        (
            "a field that can't be kept on ECS, while ECS fails",
            on_ecs(50),
            |aws, _| {
                aws.pods(|cluster| {
                    cluster.objects.tasks = 1;
                    cluster
                        .objects
                        .edit("Deployment", "web", |web| web["spec"]["template"]["spec"]["hostPID"] = json!(true));
                });
            },
            reason::TRANSLATION_REFUSED,
            (json!(3), json!(2)),
        ),
        (
            "a secret whose place is no ARN",
            on_ecs(50),
            |_, object| {
                let sources = json!({"sources": [{"name": "db", "key": "p", "valueFrom": "hunter2"}]});
                object.apply(bridge(with(on_ecs(50), &json!({"secrets": sources}))));
            },
            reason::INVALID_SPEC,
            (json!(2), json!(2)),
        ),
        (
            "nobody says in which subnets",
            on_ecs(50),
            |_, object| object.apply(without_subnets(&json!({}))),
            reason::INVALID_SPEC,
            (json!(2), json!(2)),
        ),
        (
            "nobody says in which subnets, and the tasks have no address of their own",
            on_ecs(50),
            |_, object| {
                let over = json!({"networkMode": "bridge", "requiresCompatibilities": ["EC2"]});
                object.apply(without_subnets(&json!({"ecs": {"launchType": "EC2", "override": over}})));
            },
            reason::AVAILABLE,
            (json!(2), json!(2)),
        ),
        (
            "the EcsService is deleted by somebody, and is made again once the cluster has all replicas",
            on_ecs(50),
            |aws, _| aws.pods(|cluster| cluster.objects.delete("EcsService", "web")),
            reason::AVAILABLE,
            (json!(2), json!(2)),
        ),
        (
            "the EcsService is changed by somebody",
            on_ecs(50),
            |aws, _| {
                aws.pods(|cluster| {
                    cluster.objects.edit("EcsService", "web", |web| {
                        web["spec"]["taskDefinition"]["cpu"] = json!("4096");
                        web["spec"]["loadBalancers"] = json!([]);
                    });
                });
            },
            reason::AVAILABLE,
            (json!(2), json!(2)),
        ),
    ];
    happen(cases);
}

pub fn happen(cases: &[Case<'_>]) {
    for (what, split, happens, expected, (cluster, ecs)) in cases {
        let aws = aws();
        let mut object = Object::<WorkloadBridge>::new(bridge(split.clone()));
        object.ready(&aws);
        happens(&aws, &mut object);
        let outcome = object.carry(&aws);
        assert_eq!(object::reason(&outcome), *expected, "{what}: {outcome:?}");
        assert_eq!(counts(&aws), (cluster.clone(), ecs.clone()), "{what}: {outcome:?}");
        let said = format!("{outcome:?} {:?}", object.report);
        assert!(!said.contains("hunter2"), "{what}: a value of the spec is told: {said}");
    }
}

#[test]
fn a_changed_workload_or_config_map_changes_the_service() {
    let aws = aws();
    let mut object = Object::<WorkloadBridge>::new(bridge(on_ecs(50)));
    object.ready(&aws);
    let greeting = |aws: &Aws| {
        aws.pods(|cluster| {
            let service = cluster.objects.get("EcsService", "web").expect("an EcsService").clone();
            let container = service["spec"]["taskDefinition"]["containerDefinitions"][0].clone();
            (container["environment"][0]["value"].clone(), container["image"].clone())
        })
    };
    assert_eq!(greeting(&aws), (json!("hello"), json!("nginx:1")));
    assert_eq!(object.memo["configMaps"], json!(["web"]), "what is watched for a change");
    aws.pods(|cluster| cluster.objects.edit("ConfigMap", "web", |map| map["data"]["GREETING"] = json!("good day")));
    object.ready(&aws);
    assert_eq!(greeting(&aws), (json!("good day"), json!("nginx:1")));
    aws.pods(|cluster| {
        cluster.objects.edit("Deployment", "web", |web| {
            web["spec"]["template"]["spec"]["containers"][0]["image"] = json!("nginx:2");
            web["spec"]["paused"] = json!(true);
        });
    });
    object.carry(&aws);
    assert_eq!(greeting(&aws).1, json!("nginx:1"), "a rollout that is paused");
    aws.pods(|cluster| cluster.objects.edit("Deployment", "web", |web| web["spec"]["paused"] = json!(false)));
    object.ready(&aws);
    assert_eq!(greeting(&aws).1, json!("nginx:2"));
}

#[test]
fn a_bridge_that_goes_gives_everything_back_first() {
    for foreground in [false, true] {
        let aws = aws();
        let mut object = Object::<WorkloadBridge>::new(bridge(on_ecs(100)));
        object.ready(&aws);
        if foreground {
            aws.pods(|cluster| cluster.objects.delete("EcsService", "web"));
        }
        let mut seen = Vec::new();
        for _ in 0..20 {
            let outcome = object.pass(&aws, true).expect("a pass");
            let (available, held) = aws.pods(|cluster| {
                let web = cluster.objects.get("Deployment", "web").expect("the Deployment");
                let held = cluster.objects.get("EcsService", "web");
                let held = held.is_some_and(|service| service["metadata"]["finalizers"].to_string().contains(HOLD));
                (web["status"]["availableReplicas"].clone(), held)
            });
            seen.push((available.clone(), held));
            assert!(held || available == 4, "ECS goes before the cluster has its replicas: {seen:?}");
            if outcome.state == State::Gone {
                break;
            }
            aws.advance(std::time::Duration::from_secs(5));
        }
        assert_eq!(counts(&aws), (json!(4), Value::Null), "foreground: {foreground}: {seen:?}");
    }
}

/// A Service that the workload calls, and its name in AWS Cloud Map: what is in the task definition when it comes, changes and goes.
#[test]
fn the_environment_follows_the_names_in_cloud_map() {
    let aws = aws();
    variables(&aws, &json!([{"name": "CART", "value": "http://cart:80"}]));
    let ports = json!([{"name": "http", "port": 80, "targetPort": "web"}]);
    aws.pods(|cluster| cluster.objects.make("Service", "cart", json!({"apiVersion": "v1", "spec": {"ports": ports}})));
    let named = |name: &str, target: i32| {
        json!({
            "spec": {"DnsConfig": {"DnsRecords": [{"Type": "A", "TTL": 10}]}, "serviceRef": {"name": "cart"}},
            "status": {"dnsName": name, "ports": [{"port": 80, "targetPort": target}]},
        })
    };
    let mut object = Object::<WorkloadBridge>::new(bridge(on_ecs(50)));
    for (what, named, expected) in [
        ("there is none", None, "http://cart:80"),
        ("it comes", Some(named("cart.shop.internal", 8080)), "http://cart.shop.internal:8080"),
        ("its pods have another port", Some(named("cart.shop.internal", 9090)), "http://cart.shop.internal:9090"),
        ("it changes", Some(named("cart.shop.local", 9090)), "http://cart.shop.local:9090"),
        ("it goes", None, "http://cart:80"),
    ] {
        aws.pods(|cluster| match named {
            Some(named) => cluster.objects.put("CloudMapService", "any", named),
            None => cluster.objects.delete("CloudMapService", "any"),
        });
        object.ready(&aws);
        let value = aws.pods(|cluster| {
            let service = cluster.objects.get("EcsService", "web").expect("an EcsService");
            service["spec"]["taskDefinition"]["containerDefinitions"][0]["environment"][0]["value"].clone()
        });
        assert_eq!(value, expected, "{what}");
    }
}
