//! The lives of a bridge.

use ecs_bridge::kinds::workload_bridge::{Step, WorkloadBridge};
use serde_json::{Value, json};

use super::life::{
    Act::{Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{
    Aws,
    sample::Sample,
    service::with,
    workload_bridge::{bridge, on_ecs, reads_secret, synced},
};

impl Lives for WorkloadBridge {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Apply(_) => "ApplyObject",
        Step::Scale(_) => "ScaleObject",
        Step::LetGo(_) => "PatchMetadata",
        Step::Delete(_) => "DeleteObject",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws: <WorkloadBridge as Sample>::aws, acts };
        let half = || bridge(on_ecs(50));
        vec![
            life(
                "made, moved there and back, scaled, rolled, and given back",
                vec![
                    Apply(half()),
                    Apply(bridge(on_ecs(100))),
                    Apply(with(half(), &json!({"replicas": 7}))),
                    Behind(|aws| {
                        aws.pods(|cluster| {
                            cluster.objects.edit("ConfigMap", "web", |map| map["data"]["GREETING"] = json!("good day"));
                        });
                    }),
                    Behind(|aws| {
                        aws.pods(|cluster| {
                            cluster.objects.edit("ConfigMap", "web", |map| map["data"]["GREETING"] = json!("hello"));
                        });
                    }),
                    Apply(bridge(json!({}))),
                    Delete,
                ],
            ),
            life(
                "behind a Service: made, moved there and back, a slice is lost, behind none, and given back",
                vec![
                    Apply(behind(50)),
                    Apply(behind(100)),
                    Behind(|aws| aws.pods(|cluster| cluster.objects.delete("EndpointSlice", SLICE))),
                    Apply(behind(0)),
                    Apply(behind(50)),
                    Apply(half()),
                    Apply(behind(50)),
                    Delete,
                ],
            ),
            life("given back from ECS alone", vec![Apply(bridge(on_ecs(100))), Delete]),
            life("ECS fails and heals", vec![Apply(half()), Behind(fails), Behind(heals), Delete]),
            life(
                "the number is put back by others, who go on with it",
                vec![Apply(half()), Behind(put_back), Behind(put_back), Delete],
            ),
            life("the EcsService is deleted by somebody", vec![Apply(half()), Behind(deleted), Delete]),
            Life {
                name: "a Secret is copied, changes, is read no more, and is copied again",
                aws: with_secret,
                acts: vec![
                    Apply(with(half(), &synced())),
                    Behind(changed),
                    Behind(unread),
                    Behind(reads_secret),
                    Delete,
                ],
            },
            Life {
                name: "a Secret is copied, and the copy is retained",
                aws: with_secret,
                acts: vec![Apply(managed(with(half(), &synced()), json!({"deletion": "Retain"}))), Release],
            },
            life("retained", vec![Apply(managed(half(), json!({"deletion": "Retain"}))), Release]),
        ]
    }
}

const SLICE: &str = "web-ecs-ipv4-0";

fn behind(percentage: i32) -> Value {
    with(bridge(on_ecs(percentage)), &json!({ "service": "web" }))
}

fn with_secret() -> Aws {
    let aws = <WorkloadBridge as Sample>::aws();
    reads_secret(&aws);
    aws
}

fn changed(aws: &Aws) {
    aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", "another")]));
}

fn unread(aws: &Aws) {
    aws.pods(|cluster| {
        cluster.objects.edit("Deployment", "web", |web| {
            web["spec"]["template"]["spec"]["containers"][0]["env"] = json!([]);
        });
    });
}

fn managed(spec: Value, management: Value) -> Value {
    with(spec, &json!({ "management": management }))
}

fn fails(aws: &Aws) {
    aws.pods(|cluster| cluster.objects.tasks = 1);
}

fn heals(aws: &Aws) {
    aws.pods(|cluster| cluster.objects.tasks = i64::MAX);
}

fn put_back(aws: &Aws) {
    aws.pods(|cluster| cluster.objects.scale_as("argocd-controller", "web", 4));
}

fn deleted(aws: &Aws) {
    aws.pods(|cluster| cluster.objects.delete("EcsService", "web"));
}
