//! The real SDK clients against a running server.

#![allow(clippy::unwrap_used, clippy::panic, clippy::needless_pass_by_value)]

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sim::{Api, Fault, Options, Server};
use serde_json::json;

/// The configuration that all three clients take.
macro_rules! client {
    ($sdk:ident, $server:expr, $key:expr) => {{
        let config = $sdk::Config::builder()
            .behavior_version($sdk::config::BehaviorVersion::latest())
            .region($sdk::config::Region::new("us-east-1"))
            .endpoint_url($server.endpoint_url())
            .credentials_provider(Credentials::new($key, "secret", None, None, "test"))
            .retry_config($sdk::config::retry::RetryConfig::disabled())
            .timeout_config(
                $sdk::config::timeout::TimeoutConfig::builder().operation_timeout(Duration::from_millis(500)).build(),
            )
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        $sdk::Client::from_conf(config)
    }};
}

fn server() -> Server {
    Server::start(Options::default()).unwrap()
}

#[tokio::test]
async fn a_repository_lives_and_ends() {
    let server = server();
    let ecr = client!(aws_sdk_ecr, server, "test");
    let made = ecr.create_repository().repository_name("team/app").send().await.unwrap();
    let made = made.repository.unwrap();
    assert_eq!(made.repository_uri(), Some("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app"));

    let again = ecr.create_repository().repository_name("team/app").send().await.unwrap_err().into_service_error();
    assert!(again.is_repository_already_exists_exception(), "{again:?}");

    server.world(|world| world.put_image(&aws_sim::Scope::default(), "team/app", "v1")).unwrap();
    let full = ecr.delete_repository().repository_name("team/app").send().await.unwrap_err().into_service_error();
    assert!(full.is_repository_not_empty_exception(), "{full:?}");
    ecr.delete_repository().repository_name("team/app").force(true).send().await.unwrap();
    let gone = ecr.describe_repositories().repository_names("team/app").send().await.unwrap_err().into_service_error();
    assert!(gone.is_repository_not_found_exception(), "{gone:?}");
}

#[tokio::test]
async fn accounts_are_apart() {
    let server = server();
    let (one, other) = (client!(aws_sdk_ecs, server, "111111111111"), client!(aws_sdk_ecs, server, "222222222222"));
    one.create_cluster().cluster_name("main").send().await.unwrap();
    assert_eq!(
        one.list_clusters().send().await.unwrap().cluster_arns(),
        ["arn:aws:ecs:us-east-1:111111111111:cluster/main"]
    );
    assert!(
        other.list_clusters().send().await.unwrap().cluster_arns().is_empty(),
        "one account sees another's cluster"
    );
    let sts = client!(aws_sdk_sts, server, "222222222222");
    assert_eq!(sts.get_caller_identity().send().await.unwrap().account(), Some("222222222222"));
}

#[tokio::test]
async fn faults_reach_the_client() {
    // The fault, whether the cluster exists afterwards, and what the client's error says.
    let cases = [
        ("CreateCluster=fail-before", false, "ServerException"),
        ("CreateCluster=fail-after", true, "ServerException"),
        ("CreateCluster=throttle", false, "ThrottlingException"),
        ("CreateCluster=access-denied", false, "AccessDeniedException"),
        ("CreateCluster=expired-token", false, "ExpiredTokenException"),
        ("CreateCluster=error:ClientException:no", false, "ClientException"),
        ("CreateCluster=hang", false, "TimeoutError"),
        ("CreateCluster=hang-after", true, "TimeoutError"),
        ("CreateCluster=slow:5", true, "TimeoutError"),
        ("CreateCluster=close", false, "DispatchFailure"),
        ("CreateCluster=close-after", true, "DispatchFailure"),
        ("CreateCluster=garbage-after", true, "ResponseError"),
    ];
    for (spec, exists, expected) in cases {
        let server = server();
        server.fault(spec.parse::<Fault>().unwrap());
        let ecs = client!(aws_sdk_ecs, server, "test");
        let error = ecs.create_cluster().cluster_name("main").send().await.expect_err(spec);
        assert!(format!("{error:?}").contains(expected), "{spec}: {error:?}");
        let clusters = server.call(Api::Ecs, "ListClusters", &json!({})).unwrap();
        assert_eq!(clusters["clusterArns"].as_array().unwrap().len(), usize::from(exists), "{spec}");
        assert_eq!(server.journal().len(), 1, "{spec}: the journal has the request, and not the other party's");
    }
}

#[tokio::test]
async fn what_is_not_implemented_is_refused() {
    let server = server();
    let ecs = client!(aws_sdk_ecs, server, "test");
    let error = ecs.list_daemons().send().await.unwrap_err();
    assert!(format!("{error:?}").contains("aws-sim does not implement ecs:ListDaemons"), "{error:?}");
}

#[tokio::test]
async fn the_sdk_reads_a_service_and_all_that_belongs_to_it() {
    use aws_sdk_ecs::types::{
        AwsVpcConfiguration, Compatibility, ContainerDefinition, DeploymentRolloutState, LaunchType,
        NetworkConfiguration, NetworkMode, ServiceDeploymentStatus,
    };
    let server = server();
    let ecs = client!(aws_sdk_ecs, server, "test");
    ecs.create_cluster().cluster_name("main").send().await.unwrap();
    let registered = ecs
        .register_task_definition()
        .family("web")
        .network_mode(NetworkMode::Awsvpc)
        .requires_compatibilities(Compatibility::Fargate)
        .cpu("256")
        .memory("512")
        .container_definitions(ContainerDefinition::builder().name("web").image("nginx").build())
        .send()
        .await
        .unwrap();
    let definition = registered.task_definition.unwrap();
    let vpc = AwsVpcConfiguration::builder().subnets("subnet-1").build().unwrap();
    ecs.create_service()
        .cluster("main")
        .service_name("web")
        .task_definition(definition.task_definition_arn().unwrap())
        .desired_count(1)
        .launch_type(LaunchType::Fargate)
        .network_configuration(NetworkConfiguration::builder().awsvpc_configuration(vpc).build())
        .send()
        .await
        .unwrap();
    server.advance(Duration::from_mins(3));

    let described = ecs.describe_services().cluster("main").services("web").send().await.unwrap();
    let service = &described.services()[0];
    assert_eq!(service.running_count(), 1);
    assert_eq!(service.deployments()[0].rollout_state(), Some(&DeploymentRolloutState::Completed));
    assert!(service.created_at().is_some() && service.events().len() == 3, "{service:?}");
    let tasks = ecs.list_tasks().cluster("main").service_name("web").send().await.unwrap();
    let tasks = ecs.describe_tasks().cluster("main").set_tasks(tasks.task_arns).send().await.unwrap();
    assert_eq!(tasks.tasks()[0].last_status(), Some("RUNNING"));
    let revision = service.current_service_revisions()[0].arn().unwrap();
    let revisions = ecs.describe_service_revisions().service_revision_arns(revision).send().await.unwrap();
    assert_eq!(revisions.service_revisions()[0].task_definition(), definition.task_definition_arn());
    let deployments = ecs.list_service_deployments().cluster("main").service("web").send().await.unwrap();
    assert_eq!(deployments.service_deployments()[0].status(), Some(&ServiceDeploymentStatus::Successful));

    let writes: Vec<String> =
        server.journal().into_iter().filter(aws_sim::Entry::is_write).map(|entry| entry.operation).collect();
    assert_eq!(writes, ["CreateCluster", "RegisterTaskDefinition", "CreateService"]);
}
