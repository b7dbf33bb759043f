//! The parser of custom resources on objects that no API server let through.

use ecs_bridge::{
    engine::{Kind, status::Status},
    kinds::{
        cloud_map_service::CloudMapService, ecr_repository::EcrRepository, ecs_capacity_provider::EcsCapacityProvider,
        ecs_cluster::EcsCluster, ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition,
        eks_fargate_profile::EksFargateProfile, secrets_manager_secret::SecretsManagerSecret,
        workload_bridge::WorkloadBridge,
    },
};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    config,
    values::{any_json, described, disturbed, schema},
};

/// What the type keeps of a value; `None` where it can't be read.
fn through<T: Serialize + DeserializeOwned>(value: &Value) -> Option<Value> {
    let parsed: T = serde_json::from_value(value.clone()).ok()?;
    Some(serde_json::to_value(parsed).expect("what was read is JSON"))
}

/// The value without the members that the schema does not know, and without nulls, as the API server prunes it.
fn pruned(value: &Value, schema: &Value) -> Value {
    match (value, schema["properties"].as_object()) {
        (Value::Object(members), Some(properties)) => {
            let known = members.iter().filter(|(_, member)| !member.is_null());
            let known = known.filter_map(|(name, member)| Some((name.clone(), pruned(member, properties.get(name)?))));
            Value::Object(known.collect::<Map<_, _>>())
        }
        (Value::Object(members), None) if schema["additionalProperties"].is_object() => {
            let pruned =
                |(name, member): (&String, &Value)| (name.clone(), pruned(member, &schema["additionalProperties"]));
            Value::Object(members.iter().map(pruned).collect())
        }
        (Value::Array(items), _) => items.iter().map(|item| pruned(item, &schema["items"])).collect(),
        _ => value.clone(),
    }
}

/// Whether objects stand where the schema wants them: serde reads a struct from a list of its members too, which admission refuses.
fn is_of_the_schemas_types(value: &Value, schema: &Value) -> bool {
    match value {
        Value::Array(items) => {
            schema["type"] != "object" && items.iter().all(|item| is_of_the_schemas_types(item, &schema["items"]))
        }
        Value::Object(members) => members.iter().all(|(name, member)| {
            let of = schema["properties"].get(name).unwrap_or(&schema["additionalProperties"]);
            is_of_the_schemas_types(member, of)
        }),
        _ => true,
    }
}

/// What is in the one and is not in the other, by its path.
fn missing(given: &Value, kept: Option<&Value>, path: &str) -> Option<String> {
    match (given, kept) {
        (Value::Object(given), Some(Value::Object(kept))) => {
            given.iter().find_map(|(name, member)| missing(member, kept.get(name), &format!("{path}.{name}")))
        }
        (Value::Array(given), Some(Value::Array(kept))) if given.len() == kept.len() => {
            let mut pairs = given.iter().zip(kept).enumerate();
            pairs.find_map(|(i, (given, kept))| missing(given, Some(kept), &format!("{path}[{i}]")))
        }
        (given, kept) => (Some(given) != kept).then(|| format!("{path} was {given} and is {kept:?}")),
    }
}

/// Members that have a value where the object gives none.
const FILLED_IN: &[&str] = &["management", "desiredCountPolicy", "replacement", "secrets", "split", "strict"];

/// Takes out of such a member what was filled in.
fn as_given(kept: &mut Value, given: &Value) {
    if let (Some(members), Some(given)) = (kept.as_object_mut(), given.as_object()) {
        members.retain(|name, _| given.contains_key(name));
        members.iter_mut().for_each(|(name, member)| as_given(member, &given[name]));
    }
}

/// What the spec's type makes of any value: nothing, or what was given, without what the schema does not know.
fn keeps_what_it_reads<K: Kind>(given: &Value) -> Result<(), TestCaseError> {
    let Some(mut kept) = through::<K::Spec>(given) else { return Ok(()) };
    let again =
        through::<K::Spec>(&kept).ok_or_else(|| TestCaseError::fail(format!("it can't read what it wrote: {kept}")))?;
    prop_assert_eq!(&again, &kept, "it reads another thing than it wrote");
    if !is_of_the_schemas_types(given, &schema(K::KIND, &["spec"])) {
        return Ok(());
    }
    let expected = pruned(given, &schema(K::KIND, &["spec"]));
    prop_assert_eq!(missing(&expected, Some(&kept), "spec"), None, "something was lost");
    for member in FILLED_IN {
        match (kept.get_mut(*member), expected.get(*member)) {
            (Some(kept), Some(expected)) => as_given(kept, expected),
            _ => drop(kept.as_object_mut().expect("a spec").remove(*member)),
        }
    }
    prop_assert_eq!(missing(&kept, Some(&expected), "spec"), None, "something was made up");
    Ok(())
}

/// What the status's type makes of any value: nothing, or what it can write and read again.
fn status_goes_around<K: Kind>(given: &Value) -> Result<(), TestCaseError> {
    let Some(kept) = through::<Status<K::Report, K::Memo>>(given) else { return Ok(()) };
    prop_assert_eq!(through::<Status<K::Report, K::Memo>>(&kept), Some(kept), "a status changes by being written");
    Ok(())
}

/// Where objects are in a value, as JSON pointers.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    let each = |name: &str, member: &Value, found: &mut Vec<String>| objects(member, &format!("{at}/{name}"), found);
    match value {
        Value::Object(members) => {
            found.push(at.to_owned());
            members.iter().for_each(|(name, member)| each(&name.replace('~', "~0").replace('/', "~1"), member, found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| each(&index.to_string(), item, found));
        }
        _ => {}
    }
}

/// Of an object whose members have all gone, server-side apply makes null, which the CRD refuses: no status has one.
fn leaves_no_object_without_members<K: Kind>(given: &Value) -> Result<(), TestCaseError> {
    let mut at = Vec::new();
    objects(given, "", &mut at);
    for emptied in at {
        let mut status = given.clone();
        *status.pointer_mut(&emptied).expect("an object") = Value::Object(Map::new());
        // Where a member has to be there, it can't be emptied.
        let Some(kept) = through::<Status<K::Report, K::Memo>>(&status) else { continue };
        let mut left = Vec::new();
        objects(&kept, "", &mut left);
        let empty = left.iter().find(|at| kept.pointer(at).and_then(Value::as_object).is_some_and(Map::is_empty));
        prop_assert_eq!(
            empty,
            None,
            "status{} is left without members once all of status{} have gone",
            empty.map_or("", String::as_str),
            emptied
        );
    }
    Ok(())
}

macro_rules! parses {
    ($module:ident, $kind:ty) => {
        mod $module {
            use super::*;

            proptest! {
                #![proptest_config(config(48))]

                #[test]
                fn any_spec(given in prop_oneof![1 => any_json(), 3 => disturbed(described(<$kind>::KIND, &["spec"]))]) {
                    keeps_what_it_reads::<$kind>(&given)?;
                }

                #[test]
                fn any_status(given in prop_oneof![1 => any_json(), 3 => disturbed(described(<$kind>::KIND, &["status"]))]) {
                    status_goes_around::<$kind>(&given)?;
                }

                #[test]
                fn a_status_whose_members_go(given in described(<$kind>::KIND, &["status"])) {
                    leaves_no_object_without_members::<$kind>(&given)?;
                }

                #[test]
                fn what_the_schema_describes(given in described(<$kind>::KIND, &["spec"])) {
                    prop_assert!(through::<<$kind as Kind>::Spec>(&given).is_some(), "the schema lets through what can't be read");
                }
            }
        }
    };
}

parses!(repository, EcrRepository);
parses!(cluster, EcsCluster);
parses!(service, EcsService);
parses!(fargate_profile, EksFargateProfile);
parses!(secret, SecretsManagerSecret);
parses!(cloud_map_service, CloudMapService);
parses!(capacity_provider, EcsCapacityProvider);
parses!(task_definition, EcsTaskDefinition);
parses!(workload_bridge, WorkloadBridge);
