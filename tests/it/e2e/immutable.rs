//! What AWS takes at creation only is refused at admission: its change, its removal, and its later addition. The members are those of
//! the CRDs' rules, which tests/it/walk holds to its tables; so a new kind has them here too.

use kube::{Error, ResourceExt};
use serde_json::{Value, json};

use super::{lab::Lab, manifests::object};
use crate::{
    alive::TABLES,
    tally,
    walk::{edit, is_under, schema},
};

/// The one stands for the other: an object has exactly one of them.
const INSTEAD: &[(&str, &str)] = &[("clusterRef", "cluster"), ("cluster", "clusterRef"), ("Type", "DnsConfig")];

/// An object on which the operator does nothing: admission alone is asked.
fn paused(kind: &str, name: &str, spec: &Value) -> Value {
    let mut object = object(kind, name, spec.clone());
    object["metadata"]["annotations"] = json!({ "ecs-bridge.dev/paused": "true" });
    object
}

fn without(spec: &Value, member: &str) -> Value {
    let mut spec = spec.clone();
    spec.as_object_mut().expect("a spec").remove(member);
    spec
}

fn with(spec: &Value, member: &str, value: &Value) -> Value {
    let mut spec = spec.clone();
    spec[member] = value.clone();
    spec
}

/// The API server refuses the spec in the CRD's words, and the object stays as it was.
async fn refuses(lab: &Lab, kind: &str, name: &str, member: &str, spec: &Value, what: &str) {
    let words = format!("{member} can't be changed: AWS takes it at creation only");
    match lab.apply_as("user", &paused(kind, name, spec)).await {
        Err(Error::Api(status)) => {
            assert_eq!(status.code, 422, "{kind}: {what}: {}", status.message);
            assert!(status.message.contains(&words), "{kind}: {what} is refused in other words: {}", status.message);
        }
        Err(other) => panic!("{kind}: {what}: {other}"),
        Ok(_) => panic!("{kind}: {what} is accepted"),
    }
    let object = lab.get(kind, name).await;
    assert_eq!(object.metadata.generation, Some(1), "{kind}/{}: {what} is refused, and changed it", object.name_any());
}

/// The members without which there is no spec.
fn required(kind: &str) -> Vec<Value> {
    let crd = ecs_bridge::kinds::crds().expect("the CRDs").into_iter().find(|crd| crd.spec.names.kind == kind);
    let schema = serde_json::to_value(&crd.expect("a CRD").spec.versions[0].schema).expect("JSON");
    schema["openAPIV3Schema"]["properties"]["spec"]["required"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn what_aws_takes_at_creation_only_is_refused_at_admission() {
    let lab = Lab::new("immutable").await;
    for table in TABLES {
        let (kind, schema) = (table.kind, schema::of(table.kind));
        // Of capacity providers only Managed Instances name a cluster.
        let may_have_all =
            |spec: &Value| kind != "EcsCapacityProvider" || spec.get("managedInstancesProvider").is_some();
        let base = table.lives().map(|life| life.first).find(may_have_all).expect("a life");
        let mut refused = 0;
        for (number, member) in schema.immutable.iter().enumerate() {
            let value = table.value(member);
            let instead = INSTEAD.iter().find(|(one, _)| one == member).map(|(_, other)| *other);
            let has = with(&without(&base, instead.unwrap_or_default()), member, &value);
            let has_not = without(&base, member);
            let has_not = instead.map_or(has_not.clone(), |other| {
                with(&has_not, other, &base.get(other).cloned().unwrap_or_else(|| table.value(other)))
            });

            let (one, other) = (format!("has-{number}"), format!("has-not-{number}"));
            lab.apply(&paused(kind, &one, &has)).await;
            for leaf in schema.leaves.iter().filter(|leaf| is_under(&leaf.path, member)) {
                let what = format!("a change of {}", leaf.path);
                refuses(&lab, kind, &one, member, &edit::changed(&has, leaf, None), &what).await;
                refused += 1;
            }
            // What every object has is neither removed nor added.
            if required(kind).contains(&json!(member)) {
                continue;
            }
            lab.apply(&paused(kind, &other, &has_not)).await;
            let what = format!("the removal of {member}");
            refuses(&lab, kind, &one, member, &without(&has, member), &what).await;
            let what = format!("the addition of {member}");
            refuses(&lab, kind, &other, member, &with(&has_not, member, &value), &what).await;
        }
        println!("{kind}: {refused} immutable paths are refused at admission: {}", schema.immutable.join(", "));
        tally::swept("field walk", "immutable paths refused at admission", refused);
    }
}
