//! The lives of a Cloud Map service.

use ecs_bridge::{
    engine::Tagging,
    kinds::cloud_map_service::{CloudMapService, Step},
};
use serde_json::{Value, json};

use super::life::{
    Act::{Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{
    Aws,
    cloud_map::{endpoints, of},
    sample::Sample,
};

impl Lives for CloudMapService {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Create(_) => "CreateService",
        Step::Update(_) => "UpdateService",
        Step::Register(_) => "RegisterInstance",
        Step::Deregister(_) => "DeregisterInstance",
        Step::Tags(Tagging::Set { .. }) => "TagResource",
        Step::Tags(Tagging::Remove { .. }) => "UntagResource",
        Step::Delete { .. } => "DeleteService",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws: <CloudMapService as Sample>::aws, acts };
        vec![
            life("made at once, and deleted", vec![Apply(everything("team", 10)), Delete]),
            life(
                "each member given, changed and taken out",
                vec![
                    Apply(of(json!({}))),
                    Apply(everything("team", 10)),
                    Apply(everything("cost", 60)),
                    Apply(of(json!({}))),
                    Delete,
                ],
            ),
            life(
                "pods come, move and go",
                vec![
                    Apply(of(json!({}))),
                    Behind(one_more),
                    Behind(elsewhere),
                    Behind(nobody),
                    Behind(as_before),
                    Delete,
                ],
            ),
            life(
                "somebody deregisters an instance",
                vec![Apply(of(json!({}))), Behind(|aws| aws.deregister("web-1")), Delete],
            ),
            life("retained", vec![Apply(of(json!({"management": {"deletion": "Retain"}}))), Release]),
            life(
                "adopted",
                vec![
                    Behind(|aws| <CloudMapService as Sample>::foreign(aws, &json!({}), &[("team", "theirs")])),
                    Apply(of(json!({"management": {"adoption": "Adopt"}}))),
                    Delete,
                ],
            ),
        ]
    }
}

fn everything(tag: &str, ttl: u32) -> Value {
    of(json!({
        "Description": format!("by {tag}"),
        "DnsConfig": {"DnsRecords": [{"Type": "A", "TTL": ttl}]},
        "Tags": [{"Key": tag, "Value": "1"}],
    }))
}

fn one_more(aws: &Aws) {
    endpoints(aws, &[("web-1", "10.0.0.1"), ("web-2", "10.0.0.2"), ("web-3", "10.0.0.3")]);
}

fn as_before(aws: &Aws) {
    endpoints(aws, &[("web-1", "10.0.0.1"), ("web-2", "10.0.0.2")]);
}

fn elsewhere(aws: &Aws) {
    endpoints(aws, &[("web-1", "10.0.0.7"), ("web-2", "10.0.0.2")]);
}

fn nobody(aws: &Aws) {
    endpoints(aws, &[]);
}
