//! Services beside their rollouts: creating once, ending, placement, tasks.

use std::time::Duration;

use aws_sim::{Config, Scope};
use serde_json::{Value, json};

use crate::lab::{Lab, service_request};

#[test]
fn a_client_token_makes_one_service() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    let request = service_request(&definition, json!({"clientToken": "token-1"}));
    let first = lab.ok("CreateService", request.clone());
    let again = lab.ok("CreateService", request.clone());
    assert_eq!(first["service"]["createdAt"], again["service"]["createdAt"]);
    let other = service_request(&definition, json!({"clientToken": "token-1", "desiredCount": 3}));
    assert!(lab.refused("CreateService", other).contains("not idempotent"));
    let twin = service_request(&definition, json!({"clientToken": "token-2"}));
    assert!(lab.refused("CreateService", twin.clone()).contains("not idempotent"), "the name prevents twins");

    lab.pass(300);
    lab.ok("DeleteService", json!({"cluster": "main", "service": "web", "force": true}));
    assert!(lab.refused("CreateService", twin.clone()).contains("still Draining"));
    lab.pass(300);
    assert_eq!(lab.service()["status"], "INACTIVE");
    let gone = lab.ok("CreateService", request);
    assert_eq!(gone["service"]["status"], "INACTIVE", "an old token is answered with a service that is gone");
    assert_eq!(lab.ok("CreateService", twin)["service"]["status"], "ACTIVE", "the name is free again");
}

#[test]
fn a_service_drains_and_then_the_cluster_can_go() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    lab.create(&definition, json!({}));
    lab.pass(300);
    let service = json!({"cluster": "main", "service": "web"});
    assert!(lab.refused("DeleteService", service).contains("scaled above 0"));
    assert!(lab.refused("DeleteCluster", json!({"cluster": "main"})).starts_with("ClusterContainsServicesException"));
    let deleted = lab.ok("DeleteService", json!({"cluster": "main", "service": "web", "force": true}));
    assert_eq!(deleted["service"]["status"], "DRAINING");
    lab.pass(2);
    let stopping = lab.tasks("STOPPED");
    assert_eq!(stopping.len(), 2, "{stopping:?}");
    assert_eq!(stopping[0]["stopCode"], "ServiceSchedulerInitiated");
    lab.pass(60);
    assert_eq!(lab.service()["status"], "INACTIVE");
    assert_eq!(lab.ok("ListServices", json!({"cluster": "main"}))["serviceArns"], json!([]));
    let stopped = lab.tasks("STOPPED");
    assert_eq!(stopped[0]["lastStatus"], "STOPPED", "stopped tasks are described for an hour");
    assert_eq!(stopped[0]["attachments"][0]["status"], "DELETED");
    lab.pass(3600);
    assert!(lab.tasks("STOPPED").is_empty(), "and then no more");
    lab.ok("DeleteCluster", json!({"cluster": "main"}));
    let described = lab.ok("DescribeClusters", json!({"clusters": ["main"]}));
    assert_eq!(described["clusters"][0]["status"], "INACTIVE");
    assert!(lab.refused("ListServices", json!({"cluster": "main"})).starts_with("ClusterNotFoundException"));
}

#[test]
fn a_new_service_may_be_missing_for_a_while() {
    let mut lab = Lab::with(Config { missing_after_create: Duration::from_secs(30), ..Config::default() });
    let definition = lab.define("nginx");
    lab.create(&definition, json!({}));
    let request = json!({"cluster": "main", "services": ["web", "other"]});
    let early = lab.ok("DescribeServices", request.clone());
    assert_eq!(early["failures"].as_array().unwrap().len(), 2, "{early}");
    lab.pass(30);
    let later = lab.ok("DescribeServices", request);
    assert_eq!(
        later["failures"],
        json!([{"arn": "arn:aws:ecs:us-east-1:123456789012:service/main/other", "reason": "MISSING"}])
    );
}

#[test]
fn members_are_described_where_aws_describes_them() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    let connect = json!({"enabled": true, "namespace": "internal", "services": [{"portName": "http"}]});
    let lattice =
        json!([{"roleArn": "arn:aws:iam::123456789012:role/lattice", "targetGroupArn": "arn:tg", "portName": "http"}]);
    let monitoring = json!({"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]});
    lab.create(
        &definition,
        json!({
            "serviceConnectConfiguration": connect, "vpcLatticeConfigurations": lattice, "monitoring": monitoring,
            "tags": [{"key": "team", "value": "a"}],
        }),
    );
    let service = lab.service();
    let deployment = &service["deployments"][0];
    let described = &deployment["serviceConnectConfiguration"];
    assert_eq!((&described["enabled"], &described["services"]), (&connect["enabled"], &connect["services"]));
    let namespace = described["namespace"].as_str().expect("a namespace");
    assert!(namespace.starts_with("arn:aws:servicediscovery:"), "a namespace is described by its ARN, not {namespace}");
    assert_eq!(deployment["vpcLatticeConfigurations"], lattice);
    for member in ["serviceConnectConfiguration", "vpcLatticeConfigurations", "monitoring", "tags"] {
        assert_eq!(service[member], Value::Null, "{member} stands at the top of the service");
    }
    let tagged = lab.ok("DescribeServices", json!({"cluster": "main", "services": ["web"], "include": ["TAGS"]}));
    assert_eq!(tagged["services"][0]["tags"], json!([{"key": "team", "value": "a"}]));
    let revision = &service["currentServiceRevisions"][0]["arn"];
    let revisions = lab.ok("DescribeServiceRevisions", json!({"serviceRevisionArns": [revision]}));
    assert_eq!(revisions["serviceRevisions"][0]["monitoring"], monitoring);

    lab.update(json!({"serviceConnectConfiguration": {"enabled": false}, "vpcLatticeConfigurations": []}));
    let cleared = lab.service();
    for member in ["serviceConnectConfiguration", "vpcLatticeConfigurations"] {
        assert_eq!(cleared["deployments"][0][member], Value::Null, "{member} was not cleared");
    }
}

#[test]
fn bad_services_are_refused() {
    let strategy = json!([{"capacityProvider": "FARGATE", "weight": 1}]);
    let cases = [
        (json!({"taskDefinition": "none"}), "TaskDefinition not found."),
        (json!({"taskDefinition": null}), "TaskDefinition can not be blank."),
        (json!({"cluster": "none"}), "Cluster not found."),
        (json!({"capacityProviderStrategy": strategy}), "both a launch type and capacity provider strategy"),
        (json!({"launchType": "MANAGED_INSTANCES"}), "MANAGED_INSTANCES"),
        (json!({"launchType": "EXTERNAL"}), "does not support launch_type EXTERNAL"),
        (json!({"networkConfiguration": null}), "Network Configuration must be provided"),
        (json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": []}}}), "subnets can not be empty"),
        (json!({"placementStrategy": [{"type": "random"}]}), "Placement strategies are not supported"),
        (json!({"schedulingStrategy": "DAEMON"}), "does not support a desired count"),
        (json!({"schedulingStrategy": "DAEMON", "desiredCount": null}), "not supported with the FARGATE launch type"),
        (json!({"desiredCount": null}), "Desired count must be specified"),
        (json!({"desiredCount": 5001}), "quota of 5000 tasks"),
        (json!({"platformVersion": "9"}), "PlatformUnknownException"),
        (json!({"healthCheckGracePeriodSeconds": 5}), "Health check grace period"),
        (
            json!({"serviceConnectConfiguration": {"enabled": true, "namespace": "n", "services": [{"portName": "grpc"}]}}),
            "portName(grpc)",
        ),
        (json!({"serviceConnectConfiguration": {"enabled": true}}), "No namespace"),
        (json!({"clientToken": "a b"}), "Client token"),
        (json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN"}}), "bakeTimeInMinutes must be provided"),
        (json!({"enableExecuteCommand": true}), "taskRoleArn"),
    ];
    for (change, expected) in cases {
        let mut lab = Lab::new();
        let definition = lab.define("nginx");
        let request = service_request(&definition, change.clone());
        let refusal = lab.refused("CreateService", request);
        assert!(refusal.contains(expected), "{change}: {refusal}");
    }
}

#[test]
fn a_strategy_and_a_launch_type_replace_each_other() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    lab.create(&definition, json!({"desiredCount": 4}));
    lab.pass(300);
    let strategy = json!([{"capacityProvider": "FARGATE", "base": 1, "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 2}]);
    let unforced = json!({"cluster": "main", "service": "web", "capacityProviderStrategy": strategy});
    assert!(lab.refused("UpdateService", unforced).contains("you must force a new deployment"));
    let updated = lab.update(json!({"capacityProviderStrategy": strategy, "forceNewDeployment": true}));
    assert_eq!(updated["launchType"], Value::Null, "the strategy replaces the launch type");
    lab.pass(600);
    let spot = lab.tasks("RUNNING").iter().filter(|task| task["capacityProviderName"] == "FARGATE_SPOT").count();
    assert_eq!(spot, 2, "one by the base, then one to two by weight");
    let back = lab.update(json!({"capacityProviderStrategy": [], "forceNewDeployment": true}));
    assert_eq!((&back["launchType"], &back["capacityProviderStrategy"]), (&json!("FARGATE"), &Value::Null));
}

#[test]
fn instances_take_what_fits() {
    // Each of the two instances has 4096 CPU units; the container's members, the service's, how many of eight run.
    let cases = [
        (json!({}), json!({}), 8, ""),
        (json!({"cpu": 2048}), json!({}), 4, "has insufficient CPU units available"),
        (json!({"memory": 8000}), json!({}), 2, "has insufficient memory available"),
        (json!({"portMappings": [{"containerPort": 80, "hostPort": 80}]}), json!({}), 2, "is already using a port"),
        (json!({"portMappings": [{"containerPort": 80}]}), json!({}), 8, ""),
        (
            json!({}),
            json!({"placementConstraints": [{"type": "distinctInstance"}]}),
            2,
            "DistinctInstance placement constraint unsatisfied",
        ),
        (
            json!({}),
            json!({"placementConstraints": [{"type": "memberOf", "expression": "attribute:ecs.availability-zone == us-east-1a"}]}),
            4,
            "has insufficient CPU units available",
        ),
        (json!({}), json!({"placementStrategy": [{"type": "binpack", "field": "cpu"}]}), 8, ""),
    ];
    for (container, service, expected, event) in cases {
        let mut lab = Lab::with(Config { container_instances: 2, ..Config::default() });
        let definition = lab.define_ec2("nginx", container.clone());
        let mut request = json!({"launchType": "EC2", "networkConfiguration": null, "desiredCount": 8});
        for (name, value) in service.as_object().unwrap() {
            request[name] = value.clone();
        }
        lab.create(&definition, request);
        lab.pass(300);
        assert_eq!(lab.service()["runningCount"], expected, "{container} {service}");
        let told =
            lab.events().iter().any(|message| message.contains("unable to place a task") && message.contains(event));
        assert_eq!(told, !event.is_empty(), "{container} {service}: {:?}", lab.events());
        lab.ok("DeleteService", json!({"cluster": "main", "service": "web", "force": true}));
        lab.pass(60);
        let arns = lab.ok("ListContainerInstances", json!({"cluster": "main"}))["containerInstanceArns"].clone();
        let instances = lab.ok("DescribeContainerInstances", json!({"cluster": "main", "containerInstances": arns}));
        assert_eq!(
            instances["containerInstances"][0]["remainingResources"][0]["integerValue"], 4096,
            "not all was given back"
        );
    }
}

#[test]
fn a_daemon_has_a_task_on_every_instance() {
    let mut lab = Lab::with(Config { container_instances: 3, ..Config::default() });
    let definition = lab.define_ec2("agent:1", json!({}));
    lab.create(
        &definition,
        json!({"launchType": "EC2", "networkConfiguration": null, "desiredCount": null, "schedulingStrategy": "DAEMON"}),
    );
    lab.pass(300);
    assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 3/3"]);
    lab.world.add_container_instance(&Scope::default(), "main", None).unwrap();
    lab.pass(300);
    assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 4/4"], "a new instance gets a task");
    let next = lab.define_ec2("agent:2", json!({}));
    lab.update(json!({"taskDefinition": next}));
    lab.pass(600);
    assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 4/4"]);
    let instances: std::collections::BTreeSet<String> =
        lab.tasks("RUNNING").iter().map(|task| task["containerInstanceArn"].to_string()).collect();
    assert_eq!(instances.len(), 4, "one on each");
}

#[test]
fn tasks_tell_why_they_stopped() {
    let cases = [
        ("nginx:crash", "EssentialContainerExited", "Essential container in task exited", json!(1)),
        ("nginx:missing", "TaskFailedToStart", "CannotPullContainerError", Value::Null),
    ];
    for (image, code, reason, exit_code) in cases {
        let mut lab = Lab::new();
        let definition = lab.define(image);
        lab.create(&definition, json!({"desiredCount": 1}));
        lab.pass(60);
        let stopped = lab.tasks("STOPPED");
        let task = stopped.iter().find(|task| task["lastStatus"] == "STOPPED").expect(image);
        assert_eq!(task["stopCode"], code, "{image}");
        assert!(task["stoppedReason"].as_str().unwrap().contains(reason), "{image}: {task}");
        assert_eq!(task["containers"][0]["exitCode"], exit_code, "{image}");
    }
}

#[test]
fn a_stopped_task_is_replaced() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    lab.create(&definition, json!({}));
    lab.pass(300);
    let task = lab.tasks("RUNNING")[0]["taskArn"].clone();
    lab.ok("StopTask", json!({"cluster": "main", "task": task, "reason": "test"}));
    let other = lab.tasks("RUNNING")[0]["taskArn"].as_str().unwrap().to_owned();
    lab.world.fail_task(&Scope::default(), "main", &other, 137, Some("OutOfMemoryError: container killed")).unwrap();
    lab.pass(300);
    assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 2/2"]);
    let stopped = lab.tasks("STOPPED");
    let reasons: Vec<&str> = stopped.iter().map(|task| task["stoppedReason"].as_str().unwrap()).collect();
    assert!(reasons.contains(&"test") && reasons.contains(&"OutOfMemoryError: container killed"), "{reasons:?}");
}

#[test]
fn a_role_that_aws_refuses_is_told_in_an_event() {
    let role = "arn:aws:iam::123456789012:role/nobody";
    let mut lab = Lab::with(Config { refused_roles: vec![role.to_owned()], ..Config::default() });
    let definition = json!({
        "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
        "executionRoleArn": role, "containerDefinitions": [{"name": "web", "image": "nginx"}],
    });
    lab.ok("RegisterTaskDefinition", definition);
    lab.create("web", json!({}));
    lab.pass(60);
    let events = lab.events().join("\n");
    assert!(events.contains("ECS was unable to assume the role 'arn:aws:iam::123456789012:role/nobody'"), "{events}");
    assert_eq!(lab.service()["runningCount"], 0);
}

#[test]
fn rebalancing_is_on_where_it_can_be() {
    let narrow = json!({"deploymentConfiguration": {"maximumPercent": 100}});
    let asked = json!({"deploymentConfiguration": {"maximumPercent": 100}, "availabilityZoneRebalancing": "ENABLED"});
    // What is asked for at creation, and what is described then; `None`: it is refused.
    let cases = [
        (json!({}), Some("ENABLED")),
        (json!({"availabilityZoneRebalancing": "DISABLED"}), Some("DISABLED")),
        (narrow.clone(), Some("DISABLED")),
        (asked, None),
    ];
    for (more, expected) in cases {
        let mut lab = Lab::new();
        let definition = lab.define("nginx");
        let answer = lab.call("CreateService", service_request(&definition, more.clone())).ok();
        let described = answer.map(|answer| answer["service"]["availabilityZoneRebalancing"].clone());
        assert_eq!(described, expected.map(Value::from), "{more}");
    }
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    lab.create(&definition, json!({}));
    assert_eq!(
        lab.update(narrow)["availabilityZoneRebalancing"],
        "DISABLED",
        "an update that rules it out turns it off"
    );
}
