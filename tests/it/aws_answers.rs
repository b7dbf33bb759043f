//! What AWS's own example answers leave in a kind's facts, and what each error that AWS's pages name for an operation means.

use std::collections::BTreeSet;

use ecs_bridge::{
    aws::{classify, sdk},
    engine::{Answer, Asked, Failure, Kind, Operation, Refusal, Tagging},
    kinds::{
        common::task_definition::{RevisionQuery, RevisionStep},
        ecr_repository::{self, EcrRepository},
        ecs_cluster::{self, EcsCluster},
        ecs_service::{self, EcsService},
    },
    model::{ecr, ecs, eks, iam, secretsmanager, servicediscovery},
};
use serde_json::{Value, json};

use crate::aws_words::examples;

/// What a kind's facts say after an answer.
type Facts = fn(&Value) -> Value;
/// An operation, what the facts say after each of its examples, and what they should.
type Case = (&'static str, Facts, &'static str);

/// The kind's facts after this answer, beginning with these.
fn after<K: Kind>(mut facts: K::Facts, to: Asked<'_, K::Query, K::Step>, output: &Value) -> K::Facts {
    K::absorb(&mut facts, Answer { to, result: Ok(output.clone()) }).expect("AWS's own answer");
    facts
}

fn of_service(query: &ecs_service::Query, output: &Value) -> ecs_service::Facts {
    after::<EcsService>(ecs_service::Facts::default(), Asked::Query(query), output)
}

fn of_repository(query: &ecr_repository::Query, output: &Value) -> ecr_repository::Facts {
    after::<EcrRepository>(ecr_repository::Facts::default(), Asked::Query(query), output)
}

/// A service that is known and tagged, after a step.
fn of_step(step: &ecs_service::Step, output: &Value) -> ecs_service::Facts {
    let tag = ecs::Tag { key: "team".to_owned(), value: Some("dev".to_owned()) };
    let service = ecs::Service { tags: Some(vec![tag]), ..ecs::Service::default() };
    let known = ecs_service::Facts { service: Some(service).into(), ..ecs_service::Facts::default() };
    after::<EcsService>(known, Asked::Step(step), output)
}

fn of_repository_step(step: &ecr_repository::Step, output: &Value) -> ecr_repository::Facts {
    let known = ecr_repository::Facts {
        repository: Some(ecr::Repository::default()).into(),
        policy: Some("{}".to_owned()).into(),
        ..ecr_repository::Facts::default()
    };
    after::<EcrRepository>(known, Asked::Step(step), output)
}

fn tags(facts: &ecs_service::Facts) -> Value {
    let tags = facts.service.known().and_then(|service| service.tags.clone()).unwrap_or_default();
    tags.into_iter().map(|tag| json!([tag.key, tag.value])).collect()
}

fn name() -> String {
    "web".to_owned()
}

/// Each example of each operation: what the kind that asks knows then.
const ANSWERS: &[Case] = &[
    (
        "CreateCluster",
        |output| {
            let step = ecs_cluster::Step::Create(ecs::CreateClusterRequest::default());
            let facts = after::<EcsCluster>(ecs_cluster::Facts::default(), Asked::Step(&step), output);
            json!([facts.created, facts.cluster.is_unread()])
        },
        // Whose it is only its tags tell.
        "[true, true]",
    ),
    (
        "DeleteCluster",
        |output| {
            let step = ecs_cluster::Step::Delete { arn: name() };
            let known = ecs_cluster::Facts { cluster: Some(ecs::Cluster::default()).into(), ..Default::default() };
            let facts = after::<EcsCluster>(known, Asked::Step(&step), output);
            json!([facts.cluster.is_unread(), facts.cluster.known().is_some()])
        },
        // INACTIVE is absent.
        "[false, false]",
    ),
    (
        "DescribeClusters",
        |output| {
            let query = ecs_cluster::Query::Cluster { name: name() };
            let facts = after::<EcsCluster>(ecs_cluster::Facts::default(), Asked::Query(&query), output);
            json!(facts.cluster.known().map(|cluster| [cluster.cluster_name.clone(), cluster.status.clone()]))
        },
        r#"["default", "ACTIVE"]"#,
    ),
    (
        "ListAccountSettings",
        |output| {
            let query = ecs_cluster::Query::AccountInsights;
            let facts = after::<EcsCluster>(ecs_cluster::Facts::default(), Asked::Query(&query), output);
            json!([facts.account_insights.is_unread(), facts.account_insights.known()])
        },
        // It lists settings of other names.
        "[false, null]",
    ),
    (
        "DescribeServices",
        |output| {
            let facts = of_service(&ecs_service::Query::Service { cluster: name(), name: name() }, output);
            json!(facts.service.known().map(|service| json!([
                service.service_name,
                service.desired_count,
                service.created_at
            ])))
        },
        r#"["ecs-simple-service", 1, 1472487952.0]"#,
    ),
    (
        "DescribeTaskDefinition",
        |output| {
            let query = RevisionQuery::Describe { task_definition: name() };
            let facts = of_service(&ecs_service::Query::Revision(query), output);
            let described = facts.revisions.described.get("web").and_then(|described| described.known());
            json!(described.map(|described| json!([described.definition.family, described.definition.revision])))
        },
        r#"["hello_world", 8]"#,
    ),
    (
        "ListTaskDefinitions",
        |output| {
            let query = RevisionQuery::ListActive { family: name() };
            let facts = of_service(&ecs_service::Query::Revision(query), output);
            json!(facts.revisions.listed.known().is_some_and(|arns| json!(arns) == output["taskDefinitionArns"]))
        },
        "true",
    ),
    (
        "ListTasks",
        |output| {
            let facts = of_service(&ecs_service::Query::StoppedTasks { cluster: name(), service: name() }, output);
            json!(facts.stopped.known().is_some_and(|arns| json!(arns) == output["taskArns"]))
        },
        "true",
    ),
    (
        "DescribeTasks",
        |output| {
            let facts = of_service(&ecs_service::Query::Tasks { cluster: name(), arns: vec![name()] }, output);
            let tasks = facts.stopped_tasks.known().into_iter().flatten();
            tasks.map(|task| json!([task.last_status, task.containers.iter().flatten().count()])).collect()
        },
        r#"[["RUNNING", 1]]"#,
    ),
    (
        "RegisterTaskDefinition",
        |output| {
            let step = ecs_service::Step::Revision(RevisionStep::Register {
                request: Box::default(),
                hash: "v1:1".to_owned(),
            });
            let revision = of_step(&step, output).revisions.registered.map(|revision| [revision.arn, revision.hash]);
            json!(revision)
        },
        r#"["arn:aws:ecs:us-east-1:<aws_account_id>:task-definition/sleep360:19", "v1:1"]"#,
    ),
    (
        "CreateService",
        |output| {
            let facts = of_step(&ecs_service::Step::Create(Box::default()), output);
            let status = facts.service.known().and_then(|service| service.status.clone());
            json!([facts.created, facts.stale_token, status])
        },
        r#"[true, false, "ACTIVE"]"#,
    ),
    (
        "UpdateService",
        |output| {
            let facts = of_step(&ecs_service::Step::Update(Box::default()), output);
            json!(facts.service.is_unread())
        },
        // An answer that does not describe the service does not say that it is gone.
        "true",
    ),
    (
        "DeleteService",
        |output| {
            let facts = of_step(&ecs_service::Step::Delete { cluster: name(), service: name() }, output);
            json!(facts.service.is_unread())
        },
        "true",
    ),
    (
        "TagResource",
        |output| {
            let more = [("cost".to_owned(), "1".to_owned())].into_iter().collect();
            tags(&of_step(&ecs_service::Step::Tags(Tagging::Set { arn: name(), tags: more }), output))
        },
        r#"[["cost", "1"], ["team", "dev"]]"#,
    ),
    (
        "UntagResource",
        |output| {
            let step = ecs_service::Step::Tags(Tagging::Remove { arn: name(), keys: vec!["team".to_owned()] });
            tags(&of_step(&step, output))
        },
        "[]",
    ),
];

const REGISTRY_ANSWERS: &[Case] = &[
    (
        "CreateRepository",
        |output| {
            let step = ecr_repository::Step::Create(ecr::CreateRepositoryRequest::default());
            let facts = of_repository_step(&step, output);
            json!([facts.repository.known().map(|made| made.repository_name.clone()), facts.policy.known()])
        },
        r#"["project-a/nginx-web-app", null]"#,
    ),
    (
        "DescribeRepositories",
        |output| {
            let facts = of_repository(&ecr_repository::Query::Repository { name: name() }, output);
            json!(facts.repository.known().is_some())
        },
        "true",
    ),
    (
        "GetRepositoryPolicy",
        |output| {
            let facts = of_repository(&ecr_repository::Query::Policy { name: name() }, output);
            let policy: Value = serde_json::from_str(facts.policy.known().expect("a policy")).expect("JSON");
            policy["Statement"][0]["Sid"].clone()
        },
        r#""new statement""#,
    ),
    (
        "DeleteRepository",
        |output| {
            let facts = of_repository_step(&ecr_repository::Step::Delete { name: name(), force: true }, output);
            json!([facts.repository.is_unread(), facts.repository.known().is_some()])
        },
        "[false, false]",
    ),
    (
        "DeleteRepositoryPolicy",
        |output| {
            let facts = of_repository_step(&ecr_repository::Step::DeletePolicy { name: name() }, output);
            json!([facts.policy.is_unread(), facts.policy.known()])
        },
        "[false, null]",
    ),
];

#[test]
fn each_of_aws_own_answers_gives_the_facts_that_it_says() {
    let operations = [EcsCluster::OPERATIONS, EcsService::OPERATIONS, EcrRepository::OPERATIONS].concat();
    let called = |service: &str, name: &str| {
        operations.iter().any(|operation| match operation {
            Operation::Ecs(operation) => service == "ecs" && operation.name() == name,
            Operation::Ecr(operation) => service == "ecr" && operation.name() == name,
            Operation::Eks(_)
            | Operation::Iam(_)
            | Operation::SecretsManager(_)
            | Operation::ServiceDiscovery(_)
            | Operation::Kubernetes(_)
            | Operation::ServiceTasks => false,
        })
    };
    for (service, answers) in [("ecs", ANSWERS), ("ecr", REGISTRY_ANSWERS)] {
        let examples = examples(service);
        for (operation, facts, expected) in answers {
            let of = examples[operation].as_array().unwrap_or_else(|| panic!("{service}: no example of {operation}"));
            let expected: Value = serde_json::from_str(expected).expect("JSON");
            for (n, example) in of.iter().enumerate() {
                assert_eq!(facts(&example["output"]), expected, "{service} {operation}, example {n}");
            }
        }
        for name in examples.as_object().expect("by operation").keys() {
            let is_here = answers.iter().any(|(known, ..)| known == name);
            assert!(
                is_here || !called(service, name),
                "{service}: nothing here absorbs the example of {name}, which a kind calls"
            );
        }
    }
}

/// What an error's own page says that it means (the Errors of each operation, and the error's own text), where its code is all that is known.
const MEANINGS: &[(&str, &[&str])] = &[
    (
        "NotFound",
        &[
            "ClusterNotFoundException",
            "InstanceNotFound",
            "LifecyclePolicyNotFoundException",
            "NamespaceNotFound",
            "NoSuchEntity",
            "NotFoundException",
            "OperationNotFound",
            "RepositoryNotFoundException",
            "RepositoryPolicyNotFoundException",
            "ResourceNotFoundException",
            "ServiceNotFound",
            "ServiceNotFoundException",
        ],
    ),
    ("Exists", &["RepositoryAlreadyExistsException", "ResourceExistsException", "ServiceAlreadyExists"]),
    (
        "Conflict",
        &[
            "ClusterContainsCapacityProviderException",
            "ClusterContainsContainerInstancesException",
            "ClusterContainsServicesException",
            "ClusterContainsTasksException",
            // Another operation on the same is under way.
            "DuplicateRequest",
            "RepositoryNotEmptyException",
            "ResourceInUse",
            "ResourceInUseException",
            "ServiceNotActiveException",
            "UpdateInProgressException",
        ],
    ),
    (
        "Refused",
        &[
            "BadRequestException",
            "ClientException",
            "DecryptionFailure",
            "EncryptionFailure",
            "InvalidInput",
            "InvalidNextTokenException",
            "InvalidParameterException",
            "InvalidRequestException",
            "InvalidTagParameterException",
            "KmsException",
            "MalformedPolicyDocumentException",
            "PreconditionNotMetException",
            // A limit on how much there may be: no throttle.
            "LimitExceededException",
            // What the request names, and not what it is about.
            "NamespaceNotFoundException",
            "PlatformTaskDefinitionIncompatibilityException",
            "PlatformUnknownException",
            "ResourceLimitExceeded",
            "ResourceLimitExceededException",
            "TooManyTagsException",
            "UnsupportedAvailabilityZoneException",
            "UnsupportedFeatureException",
            "ValidationException",
        ],
    ),
    ("AccessDenied", &["AccessDeniedException"]),
    ("Server", &["InternalServiceError", "ServerException", "ServiceFailure", "ServiceUnavailableException"]),
];

fn meant(code: &str) -> Option<&'static str> {
    MEANINGS.iter().find(|(_, codes)| codes.contains(&code)).map(|(meaning, _)| *meaning)
}

fn class(result: &Result<Refusal, Failure>) -> String {
    match result {
        Ok(refusal) => format!("{:?}", refusal.kind),
        Err(failure) => format!("{:?}", failure.class),
    }
}

#[test]
fn each_error_that_aws_names_for_an_operation_means_what_its_page_says() {
    let named: Value = serde_json::from_str(include_str!("data/aws-examples/errors.json")).expect("JSON");
    let ecs = ecs::Operation::ALL.iter().map(|operation| ("ecs", operation.name(), Operation::Ecs(*operation)));
    let ecr = ecr::Operation::ALL.iter().map(|operation| ("ecr", operation.name(), Operation::Ecr(*operation)));
    let eks = eks::Operation::ALL.iter().map(|operation| ("eks", operation.name(), Operation::Eks(*operation)));
    let iam = iam::Operation::ALL.iter().map(|operation| ("iam", operation.name(), Operation::Iam(*operation)));
    let secrets = secretsmanager::Operation::ALL.iter();
    let secrets = secrets.map(|operation| ("secretsmanager", operation.name(), Operation::SecretsManager(*operation)));
    let mut seen = BTreeSet::new();
    let cloud_map = servicediscovery::Operation::ALL.iter();
    let cloud_map =
        cloud_map.map(|operation| ("servicediscovery", operation.name(), Operation::ServiceDiscovery(*operation)));
    for (service, name, operation) in ecs.chain(ecr).chain(eks).chain(iam).chain(secrets).chain(cloud_map) {
        let codes = named[service][name].as_array();
        for code in codes.unwrap_or_else(|| panic!("{service} {name}: errors.json does not have it")) {
            let code = code.as_str().expect("a code");
            let failure = sdk::Failure {
                kind: sdk::Kind::Service,
                code: Some(code.to_owned()),
                message: "What AWS says.".to_owned(),
                request_id: None,
                http_status: Some(if meant(code) == Some("Server") { 500 } else { 400 }),
            };
            let is = class(&classify(operation, failure));
            assert_eq!(Some(is.as_str()), meant(code), "{service} {name}: {code}");
            seen.insert(code);
        }
    }
    for code in MEANINGS.iter().flat_map(|(_, codes)| *codes) {
        assert!(seen.contains(code), "{code}: no operation that is called answers so");
    }
}
