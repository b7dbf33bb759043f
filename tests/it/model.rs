//! The generated model against AWS's shapes.

use std::collections::BTreeSet;
use std::path::Path;

use ecs_bridge::model::{ecr, ecs, eks, iam, secretsmanager, servicediscovery, sts, zeros};
use proptest::prelude::*;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::model_shapes::Shapes;

type Check = fn(&Value) -> Result<Value, String>;

/// What is left of a value that went through a structure of the model.
fn through<T: Serialize + DeserializeOwned>(value: &Value) -> Result<Value, String> {
    let structure: T = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    serde_json::to_value(structure).map_err(|error| error.to_string())
}

macro_rules! shapes {
    ($service:ident: $($shape:ident),* $(,)?) => {
        vec![$((stringify!($service), stringify!($shape), through::<$service::$shape> as Check)),*]
    };
}

/// Each operation of these services, with its service.
macro_rules! operations {
    ($($service:ident),*) => {
        [$($service::Operation::ALL.iter().map(|operation| (operation.service(), operation.name())).collect::<Vec<_>>()),*]
            .concat()
    };
}

fn all() -> Vec<(&'static str, &'static str, Check)> {
    [
        shapes!(ecs: CreateCapacityProviderRequest, CreateCapacityProviderResponse, CreateClusterRequest, CreateClusterResponse, CreateServiceRequest, CreateServiceResponse, DeleteCapacityProviderRequest, DeleteCapacityProviderResponse, DeleteClusterRequest, DeleteClusterResponse, DeleteServiceRequest, DeleteServiceResponse, DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse, DeregisterTaskDefinitionRequest, DeregisterTaskDefinitionResponse, DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse, DescribeClustersRequest, DescribeClustersResponse, DescribeServiceDeploymentsRequest, DescribeServiceDeploymentsResponse, DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse, DescribeServicesRequest, DescribeServicesResponse, DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse, DescribeTasksRequest, DescribeTasksResponse, ListAccountSettingsRequest, ListAccountSettingsResponse, ListClustersRequest, ListClustersResponse, ListServiceDeploymentsRequest, ListServiceDeploymentsResponse, ListServicesRequest, ListServicesResponse, ListTagsForResourceRequest, ListTagsForResourceResponse, ListTaskDefinitionsRequest, ListTaskDefinitionsResponse, ListTasksRequest, ListTasksResponse, PutClusterCapacityProvidersRequest, PutClusterCapacityProvidersResponse, RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse, TagResourceRequest, TagResourceResponse, UntagResourceRequest, UntagResourceResponse, UpdateCapacityProviderRequest, UpdateCapacityProviderResponse, UpdateClusterRequest, UpdateClusterResponse, UpdateServiceRequest, UpdateServiceResponse),
        shapes!(ecr: CreateRepositoryRequest, CreateRepositoryResponse, DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse, DeleteRepositoryRequest, DeleteRepositoryResponse, DeleteRepositoryPolicyRequest, DeleteRepositoryPolicyResponse, DescribeRepositoriesRequest, DescribeRepositoriesResponse, GetLifecyclePolicyRequest, GetLifecyclePolicyResponse, GetRepositoryPolicyRequest, GetRepositoryPolicyResponse, ListTagsForResourceRequest, ListTagsForResourceResponse, PutImageScanningConfigurationRequest, PutImageScanningConfigurationResponse, PutImageTagMutabilityRequest, PutImageTagMutabilityResponse, PutLifecyclePolicyRequest, PutLifecyclePolicyResponse, SetRepositoryPolicyRequest, SetRepositoryPolicyResponse, TagResourceRequest, TagResourceResponse, UntagResourceRequest, UntagResourceResponse),
        shapes!(eks: CreateFargateProfileRequest, CreateFargateProfileResponse, DeleteFargateProfileRequest, DeleteFargateProfileResponse, DescribeClusterRequest, DescribeClusterResponse, DescribeFargateProfileRequest, DescribeFargateProfileResponse, DescribePodIdentityAssociationRequest, DescribePodIdentityAssociationResponse, ListFargateProfilesRequest, ListFargateProfilesResponse, ListPodIdentityAssociationsRequest, ListPodIdentityAssociationsResponse, TagResourceRequest, TagResourceResponse, UntagResourceRequest, UntagResourceResponse),
        shapes!(iam: GetRoleRequest, GetRoleResponse),
        shapes!(secretsmanager: CreateSecretRequest, CreateSecretResponse, DeleteSecretRequest, DeleteSecretResponse, DescribeSecretRequest, DescribeSecretResponse, ListSecretsRequest, ListSecretsResponse, PutSecretValueRequest, PutSecretValueResponse, RestoreSecretRequest, RestoreSecretResponse, TagResourceRequest, UntagResourceRequest, UpdateSecretRequest, UpdateSecretResponse),
        shapes!(servicediscovery: CreateServiceRequest, CreateServiceResponse, DeleteServiceRequest, DeleteServiceResponse, DeregisterInstanceRequest, DeregisterInstanceResponse, GetNamespaceRequest, GetNamespaceResponse, GetOperationRequest, GetOperationResponse, GetServiceRequest, GetServiceResponse, ListInstancesRequest, ListInstancesResponse, ListServicesRequest, ListServicesResponse, ListTagsForResourceRequest, ListTagsForResourceResponse, RegisterInstanceRequest, RegisterInstanceResponse, TagResourceRequest, TagResourceResponse, UntagResourceRequest, UntagResourceResponse, UpdateServiceRequest, UpdateServiceResponse),
        shapes!(sts: GetCallerIdentityRequest, GetCallerIdentityResponse),
    ]
    .concat()
}

/// What no structure has a member for: the values of secrets.
const SEALED: &[&str] = &["RotationToken", "SecretBinary", "SecretString"];

#[test]
fn no_structure_holds_the_value_of_a_secret() {
    let model = include_str!("../../src/model/secretsmanager.rs");
    for member in SEALED {
        assert!(!model.contains(&format!("\"{member}\"")), "{member} can be put into a structure, and so be shown");
    }
}

#[test]
fn every_operation_has_its_request_and_response_in_this_test() {
    let listed: BTreeSet<(&str, String)> =
        all().iter().map(|(service, shape, _)| (*service, (*shape).to_owned())).collect();
    let operations = operations!(ecs, ecr, eks, iam, secretsmanager, servicediscovery, sts);
    for (service, name) in operations {
        for side in ["Request", "Response"] {
            let answers_nothing = side == "Response" && Shapes::read(service).answers_nothing(name);
            if answers_nothing {
                continue;
            }
            assert!(listed.contains(&(service, format!("{name}{side}"))), "{service}: {name}{side} is not tested");
        }
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(64))]

    #[test]
    fn what_goes_through_the_model_comes_out_the_same(seed: u64) {
        for service in ["ecs", "ecr", "eks", "iam", "secretsmanager", "servicediscovery", "sts"] {
            let shapes = Shapes::read(service);
            for (_, shape, through) in all().into_iter().filter(|(of, ..)| *of == service) {
                let mut before = shapes.random(shape, seed);
                if let Some(members) = before.as_object_mut() {
                    members.retain(|member, _| !SEALED.contains(&member.as_str()));
                }
                let after = through(&before).map_err(|error| TestCaseError::fail(format!("{service} {shape}: {error}: {before}")))?;
                prop_assert_eq!(after, before, "{} {}", service, shape);
            }
        }
    }

    #[test]
    fn what_a_create_takes_fits_into_the_spec(seed: u64) {
        let ecs = Shapes::read("ecs");
        let definition = ecs.random("RegisterTaskDefinitionRequest", seed);
        let after = through::<ecs::TaskDefinitionSpec>(&definition).map_err(TestCaseError::fail)?;
        prop_assert_eq!(after, definition, "TaskDefinitionSpec");
    }

    #[test]
    fn zeros_are_dropped_alike_on_both_sides(seed: u64) {
        let ecs = Shapes::read("ecs");
        let mut once = ecs.random("RegisterTaskDefinitionRequest", seed);
        zeros::drop_zeros(&mut once, ecs::TaskDefinitionSpec::DEFAULT_ZERO_PATHS);
        let mut filled = once.clone();
        for container in filled["containerDefinitions"].as_array_mut().into_iter().flatten() {
            if container.get("cpu").is_none() {
                container["cpu"] = json!(0);
            }
        }
        zeros::drop_zeros(&mut filled, ecs::TaskDefinitionSpec::DEFAULT_ZERO_PATHS);
        prop_assert_eq!(filled, once, "a cpu that AWS fills in as 0 is no difference");
    }
}

/// The five task definitions, by name.
pub fn task_definitions() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/task-definitions");
    let mut found: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), value)
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

#[test]
fn real_task_definitions_go_through_unchanged() {
    let definitions = task_definitions();
    assert_eq!(definitions.len(), 5, "the task definitions of tests/it/data");
    for (name, definition) in definitions {
        assert_eq!(through::<ecs::TaskDefinitionSpec>(&definition).as_ref(), Ok(&definition), "{name} as a spec");
        assert_eq!(
            through::<ecs::RegisterTaskDefinitionRequest>(&definition).as_ref(),
            Ok(&definition),
            "{name} as a request"
        );
    }
}

/// The schema of a type as a custom resource definition gets it.
fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::openapi3().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// Every path of a schema's properties.
fn properties(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{name}");
        properties(property, &path, found);
        properties(&property["items"], &path, found);
        properties(&property["additionalProperties"], &path, found);
        found.insert(path);
    }
}

/// Every path of a shape's members.
fn members(shapes: &Shapes, name: &str, path: &str, omit: &[&str], found: &mut BTreeSet<String>) {
    let shape = shapes.shape(name);
    for (member, reference) in shape["members"].as_object().into_iter().flatten() {
        if path.is_empty() && omit.contains(&member.as_str()) {
            continue;
        }
        let path = format!("{path}.{member}");
        let mut inner = reference["shape"].as_str().unwrap_or_default();
        loop {
            let of = shapes.shape(inner);
            let Some(next) = of["member"]["shape"].as_str().or(of["value"]["shape"].as_str()) else { break };
            inner = next;
        }
        if shapes.shape(inner)["document"] != true {
            members(shapes, inner, &path, &[], found);
        }
        found.insert(path);
    }
}

struct Root {
    name: &'static str,
    service: &'static str,
    schema: Value,
    operations: &'static [&'static str],
    omit: &'static [&'static str],
}

fn roots() -> Vec<Root> {
    vec![
        Root {
            name: "ClusterSpec",
            service: "ecs",
            schema: schema::<ecs::ClusterSpec>(),
            operations: &["CreateCluster", "PutClusterCapacityProviders", "UpdateCluster"],
            omit: &["cluster"],
        },
        Root {
            name: "CapacityProviderSpec",
            service: "ecs",
            schema: schema::<ecs::CapacityProviderSpec>(),
            operations: &["CreateCapacityProvider", "UpdateCapacityProvider"],
            omit: &["cluster"],
        },
        Root {
            name: "ServiceSpec",
            service: "ecs",
            schema: schema::<ecs::ServiceSpec>(),
            operations: &["CreateService", "UpdateService"],
            omit: &["clientToken", "cluster", "forceNewDeployment", "service", "taskDefinition"],
        },
        Root {
            name: "TaskDefinitionSpec",
            service: "ecs",
            schema: schema::<ecs::TaskDefinitionSpec>(),
            operations: &["RegisterTaskDefinition"],
            omit: &[],
        },
        Root {
            name: "RepositorySpec",
            service: "ecr",
            schema: schema::<ecr::RepositorySpec>(),
            operations: &[
                "CreateRepository",
                "PutImageScanningConfiguration",
                "PutImageTagMutability",
                "PutLifecyclePolicy",
                "SetRepositoryPolicy",
            ],
            omit: &["force", "registryId"],
        },
        Root {
            name: "SecretSpec",
            service: "secretsmanager",
            schema: schema::<secretsmanager::SecretSpec>(),
            operations: &["CreateSecret", "UpdateSecret"],
            omit: &[
                "AddReplicaRegions",
                "ClientRequestToken",
                "CrossAccountPrimaryARN",
                "ForceOverwriteReplicaSecret",
                "SecretBinary",
                "SecretId",
                "SecretString",
                "Type",
            ],
        },
        Root {
            name: "CloudMapServiceSpec",
            service: "servicediscovery",
            schema: schema::<servicediscovery::ServiceSpec>(),
            operations: &["CreateService"],
            omit: &["CreatorRequestId", "HealthCheckConfig"],
        },
        Root {
            name: "FargateProfileSpec",
            service: "eks",
            schema: schema::<eks::FargateProfileSpec>(),
            operations: &["CreateFargateProfile"],
            omit: &["clientRequestToken"],
        },
    ]
}

#[test]
fn specs_have_every_member_that_aws_takes_and_no_other() {
    for Root { name, service, schema, operations, omit } in roots() {
        let shapes = Shapes::read(service);
        let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
        properties(&schema, "", &mut ours);
        for operation in operations {
            members(&shapes, shapes.of(operation, "input"), "", omit, &mut theirs);
        }
        let missing: Vec<_> = theirs.difference(&ours).collect();
        let unknown: Vec<_> = ours.difference(&theirs).collect();
        assert!(missing.is_empty(), "{name} lacks {missing:?}");
        assert!(unknown.is_empty(), "{name} has {unknown:?}, which AWS does not know");
        assert!(ours.len() >= 6, "{name} has {} paths only", ours.len());
    }
}

/// Calls `check` with each schema within a schema, and its path.
fn walk(schema: &Value, path: &str, check: &mut impl FnMut(&Value, &str)) {
    check(schema, path);
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        walk(property, &format!("{path}.{name}"), check);
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            walk(&schema[inner], &format!("{path}[]"), check);
        }
    }
}

#[test]
fn schemas_are_what_kubernetes_takes() {
    for Root { name, schema, .. } in roots() {
        walk(&schema, name, &mut |schema, path| {
            assert!(schema["nullable"] != true, "{path} is nullable: has() would be true of a null");
            assert!(schema.get("default").is_none(), "{path} has a default, which would be written into the spec");
            assert!(schema.get("enum").is_none(), "{path} is closed: a new AWS value would be locked out");
            for foreign in ["$ref", "anyOf", "oneOf", "allOf", "definitions"] {
                assert!(schema.get(foreign).is_none(), "{path} has {foreign}: not structural");
            }
            match schema["type"].as_str() {
                Some("array") => {
                    assert!(schema["maxItems"].is_u64(), "{path} is a list without bound");
                    let required = &schema["items"]["required"];
                    for key in schema["x-kubernetes-list-map-keys"].as_array().into_iter().flatten() {
                        let needed = required.as_array().is_some_and(|required| required.contains(key));
                        assert!(needed, "{path}: its items need the key {key}");
                    }
                }
                Some("string") => assert!(schema["maxLength"].is_u64(), "{path} is a text without bound"),
                Some("object") if schema.get("additionalProperties").is_some() => {
                    assert!(schema["maxProperties"].is_u64(), "{path} is a map without bound");
                }
                Some(_) => {}
                None => {
                    assert_eq!(schema["x-kubernetes-preserve-unknown-fields"], true, "{path} has no type: {schema}");
                }
            }
        });
    }
}

#[test]
fn what_is_known_of_a_spec_points_at_its_members() {
    let facts: [(&str, Vec<&str>); 7] = [
        (
            "ClusterSpec",
            paths(ecs::ClusterSpec::IMMUTABLE, ecs::ClusterSpec::ROLE_PATHS, ecs::ClusterSpec::DEFAULT_ZERO_PATHS),
        ),
        (
            "ServiceSpec",
            paths(ecs::ServiceSpec::IMMUTABLE, ecs::ServiceSpec::ROLE_PATHS, ecs::ServiceSpec::DEFAULT_ZERO_PATHS),
        ),
        (
            "TaskDefinitionSpec",
            paths(
                ecs::TaskDefinitionSpec::IMMUTABLE,
                ecs::TaskDefinitionSpec::ROLE_PATHS,
                ecs::TaskDefinitionSpec::DEFAULT_ZERO_PATHS,
            ),
        ),
        (
            "RepositorySpec",
            paths(
                ecr::RepositorySpec::IMMUTABLE,
                ecr::RepositorySpec::ROLE_PATHS,
                ecr::RepositorySpec::DEFAULT_ZERO_PATHS,
            ),
        ),
        (
            "SecretSpec",
            paths(
                secretsmanager::SecretSpec::IMMUTABLE,
                secretsmanager::SecretSpec::ROLE_PATHS,
                secretsmanager::SecretSpec::DEFAULT_ZERO_PATHS,
            ),
        ),
        (
            "CloudMapServiceSpec",
            paths(
                servicediscovery::ServiceSpec::IMMUTABLE,
                servicediscovery::ServiceSpec::ROLE_PATHS,
                servicediscovery::ServiceSpec::DEFAULT_ZERO_PATHS,
            ),
        ),
        (
            "FargateProfileSpec",
            paths(
                eks::FargateProfileSpec::IMMUTABLE,
                eks::FargateProfileSpec::ROLE_PATHS,
                eks::FargateProfileSpec::DEFAULT_ZERO_PATHS,
            ),
        ),
    ];
    for Root { name, schema, .. } in roots() {
        let mut known = BTreeSet::new();
        properties(&schema, "", &mut known);
        for (_, paths) in facts.iter().filter(|(of, _)| *of == name) {
            for path in paths {
                let plain = format!(".{}", path.replace("[]", "").replace("{}", ""));
                assert!(known.contains(&plain), "{name} has no {path}");
            }
        }
    }
    assert_eq!(ecs::ServiceSpec::IMMUTABLE, ["role", "schedulingStrategy", "serviceName"], "of a service");
    assert_eq!(ecs::ClusterSpec::IMMUTABLE, ["clusterName"], "of a cluster");
    assert_eq!(ecr::RepositorySpec::IMMUTABLE, ["encryptionConfiguration", "repositoryName"], "of a repository");
    assert_eq!(eks::FargateProfileSpec::ROLE_PATHS, ["podExecutionRoleArn"], "of a Fargate profile");
}

fn paths(immutable: &[&'static str], roles: &[&'static str], zeros: &[&'static str]) -> Vec<&'static str> {
    [immutable, roles, zeros].concat()
}
