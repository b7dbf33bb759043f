//! Clusters, capacity providers, task definitions, ECR, quotas.

use std::time::Duration;

use aws_sim::{Api, Config, Scope, Time, World};
use serde_json::{Value, json};

use crate::lab::{Lab, service_request};

#[test]
fn clusters_are_made_once_and_changed() {
    let mut lab = Lab::new();
    let request = json!({"clusterName": "b", "settings": [{"name": "containerInsights", "value": "enhanced"}]});
    let made = lab.ok("CreateCluster", request.clone());
    assert_eq!(lab.ok("CreateCluster", request), made, "the same again is no error");
    assert!(lab.refused("CreateCluster", json!({"clusterName": "b"})).contains("idempotent"));

    let all = json!({"clusters": ["b", "none"], "include": ["SETTINGS", "TAGS", "CONFIGURATIONS", "ATTACHMENTS", "STATISTICS"]});
    lab.ok("UpdateCluster", json!({"cluster": "b", "serviceConnectDefaults": {"namespace": "internal"}}));
    let described = lab.ok("DescribeClusters", all.clone());
    assert_eq!(described["clusters"][0]["settings"], json!([{"name": "containerInsights", "value": "enhanced"}]));
    assert_eq!(described["failures"][0]["reason"], "MISSING");
    let namespace = described["clusters"][0]["serviceConnectDefaults"]["namespace"].as_str().unwrap();
    assert!(namespace.starts_with("arn:aws:servicediscovery:"), "AWS describes the ARN of the namespace: {namespace}");
    lab.ok("UpdateCluster", json!({"cluster": "b", "serviceConnectDefaults": {"namespace": ""}}));
    assert_eq!(lab.ok("DescribeClusters", all)["clusters"][0]["serviceConnectDefaults"], Value::Null);
}

#[test]
fn the_account_decides_on_container_insights() {
    let mut lab = Lab::new();
    lab.ok("PutAccountSettingDefault", json!({"name": "containerInsights", "value": "enabled"}));
    let made = lab.ok("CreateCluster", json!({"clusterName": "b"}));
    assert_eq!(made["cluster"]["settings"], json!([{"name": "containerInsights", "value": "enabled"}]));
    let listed = lab.ok("ListAccountSettings", json!({"name": "containerInsights", "effectiveSettings": true}));
    assert_eq!(listed["settings"][0]["value"], "enabled");
}

#[test]
fn providers_in_use_stay() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    let group = json!({"name": "group", "autoScalingGroupProvider": {"autoScalingGroupArn": "arn:asg"}});
    lab.ok("CreateCapacityProvider", group.clone());
    assert!(lab.refused("CreateCapacityProvider", group).contains("already exists"));
    let put = |providers: Value| json!({"cluster": "main", "capacityProviders": providers, "defaultCapacityProviderStrategy": []});
    lab.ok("PutClusterCapacityProviders", put(json!(["FARGATE", "group"])));
    let busy = lab.refused("PutClusterCapacityProviders", put(json!(["FARGATE"])));
    assert!(busy.starts_with("UpdateInProgressException"), "{busy}");
    lab.pass(10);

    let failed = lab.ok("DeleteCapacityProvider", json!({"capacityProvider": "group"}));
    assert_eq!(failed["capacityProvider"]["updateStatus"], "DELETE_FAILED");
    assert_eq!(failed["capacityProvider"]["status"], "ACTIVE");

    lab.create(
        &definition,
        json!({"launchType": null, "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}]}),
    );
    let used = lab.refused("PutClusterCapacityProviders", put(json!(["group"])));
    assert!(used.starts_with("ResourceInUseException"), "{used}");
    lab.ok("PutClusterCapacityProviders", put(json!(["FARGATE"])));
    let deleted = lab.ok("DeleteCapacityProvider", json!({"capacityProvider": "group"}));
    assert_eq!(deleted["capacityProvider"]["status"], "INACTIVE");
}

#[test]
fn strategies_are_checked() {
    let item = |name: &str, weight: u32, base: u32| json!({"capacityProvider": name, "weight": weight, "base": base});
    let cases = [
        (json!([item("FARGATE", 1, 0), item("FARGATE_SPOT", 1, 0)]), ""),
        (json!([item("group", 1, 0)]), "not associated with the cluster"),
        (json!([item("FARGATE", 1, 1), item("FARGATE_SPOT", 1, 1)]), "Only one capacity provider"),
        (json!([item("FARGATE", 0, 0), item("FARGATE_SPOT", 0, 0)]), "weight greater than zero"),
        (json!([item("FARGATE", 1001, 0)]), "less than or equal to 1000"),
    ];
    for (strategy, expected) in cases {
        let mut lab = Lab::new();
        let request = json!({"cluster": "main", "capacityProviders": ["FARGATE", "FARGATE_SPOT"], "defaultCapacityProviderStrategy": strategy});
        let message =
            lab.call("PutClusterCapacityProviders", request).err().map(|error| error.message).unwrap_or_default();
        assert!(message.contains(expected) && message.is_empty() == expected.is_empty(), "{strategy}: '{message}'");
    }
}

#[test]
fn a_revision_is_described_with_what_aws_fills_in() {
    let mut lab = Lab::new();
    let definition = json!({
        "family": "web", "cpu": ".25 vCPU", "memory": "0.5GB", "networkMode": "awsvpc", "volumes": [{"name": "data"}],
        "containerDefinitions": [{
            "name": "web", "image": "nginx", "portMappings": [{"containerPort": 80}],
            "environment": [{"name": "B", "value": "2"}, {"name": "A", "value": "1"}],
            "healthCheck": {"command": ["CMD", "true"]},
        }],
        "tags": [{"key": "team", "value": "a"}],
    });
    lab.ok("RegisterTaskDefinition", definition);
    let described = lab.ok("DescribeTaskDefinition", json!({"taskDefinition": "web"}));
    assert_eq!(described["tags"], Value::Null, "tags come only when asked for");
    let revision = &described["taskDefinition"];
    assert_eq!((&revision["cpu"], &revision["memory"]), (&json!("256"), &json!("512")));
    assert_eq!(revision["volumes"], json!([{"name": "data", "host": {}}]));
    assert_eq!(revision["compatibilities"], json!(["EC2", "FARGATE"]));
    let container = json!({
        "name": "web", "image": "nginx", "cpu": 0, "essential": true, "mountPoints": [], "volumesFrom": [], "systemControls": [],
        "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}],
        "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
        "healthCheck": {"command": ["CMD", "true"], "interval": 30, "timeout": 5, "retries": 3},
    });
    assert_eq!(revision["containerDefinitions"][0], container);
}

#[test]
fn revisions_end_step_by_step() {
    let mut lab = Lab::new();
    let (first, second) = (lab.define("nginx:1"), lab.define("nginx:2"));
    let active = |lab: &mut Lab| {
        lab.ok("ListTaskDefinitions", json!({"familyPrefix": "web", "sort": "DESC"}))["taskDefinitionArns"].clone()
    };
    assert_eq!(active(&mut lab), json!([second, first]));
    let early = lab.ok("DeleteTaskDefinitions", json!({"taskDefinitions": [first]}));
    assert!(early["failures"][0]["reason"].as_str().unwrap().contains("still in ACTIVE status"), "{early}");
    lab.ok("DeregisterTaskDefinition", json!({"taskDefinition": first}));
    assert_eq!(active(&mut lab), json!([second]));
    let request = service_request(&first, json!({}));
    assert!(lab.refused("CreateService", request).contains("TaskDefinition is inactive"));
    let deleted = lab.ok("DeleteTaskDefinitions", json!({"taskDefinitions": [first]}));
    assert_eq!(deleted["taskDefinitions"][0]["status"], "DELETE_IN_PROGRESS");
    let third = lab.define("nginx:3");
    assert!(third.ends_with("web:3"), "numbers are not given twice: {third}");
}

#[test]
fn tags_come_and_go() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    let service = lab.create(&definition, json!({}))["serviceArn"].clone();
    for arn in [service, json!(definition), json!("arn:aws:ecs:us-east-1:123456789012:cluster/main")] {
        lab.ok(
            "TagResource",
            json!({"resourceArn": arn, "tags": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]}),
        );
        lab.ok("UntagResource", json!({"resourceArn": arn, "tagKeys": ["a"]}));
        let listed = lab.ok("ListTagsForResource", json!({"resourceArn": arn}));
        assert_eq!(listed["tags"], json!([{"key": "b", "value": "2"}]), "{arn}");
    }
    let reserved = json!({"resourceArn": definition, "tags": [{"key": "aws:a", "value": "1"}]});
    assert!(lab.refused("TagResource", reserved).contains("reserved"));
}

#[test]
fn quotas_refill_with_the_virtual_clock() {
    let mut world = World::new(Config { quotas: true, ..Config::default() }, Time(1_800_000_000_000));
    let scope = Scope::default();
    let list = |world: &mut World| world.metered_call(&scope, Api::Ecs, "CreateCluster", &json!({"clusterName": "a"}));
    let granted = (0..30).filter(|_| list(&mut world).is_ok()).count();
    assert_eq!(granted, 20, "the burst");
    let refusal = list(&mut world).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.message.as_str()), ("ThrottlingException", "Rate exceeded"));
    world.advance(Duration::from_secs(3));
    assert_eq!((0..30).filter(|_| list(&mut world).is_ok()).count(), 3, "one a second");
    assert!(
        world.call(&scope, Api::Ecs, "CreateCluster", &json!({"clusterName": "a"})).is_ok(),
        "others are not held to it"
    );
}

#[test]
fn an_account_may_have_more_than_the_documented_rates() {
    let config = Config { quotas: true, quota_multiple: 10, ..Config::default() };
    let mut world = World::new(config, Time(1_800_000_000_000));
    let scope = Scope::default();
    let granted = |world: &mut World| {
        let request = json!({"clusterName": "a"});
        (0..300).filter(|_| world.metered_call(&scope, Api::Ecs, "CreateCluster", &request).is_ok()).count()
    };
    assert_eq!(granted(&mut world), 200, "ten times the burst");
    world.advance(Duration::from_secs(3));
    assert_eq!(granted(&mut world), 30, "ten times one a second");
}

#[test]
fn tasks_start_as_fast_as_they_are_told_to() {
    let start = Duration::from_secs(10);
    let mut lab = Lab::with(Config { task_start: Some(start), ..Config::default() });
    let definition = lab.define("nginx");
    lab.create(&definition, json!({"desiredCount": 1}));
    lab.pass(5);
    assert_eq!(lab.service()["deployments"][0]["rolloutState"], "IN_PROGRESS", "too early");
    lab.pass(6);
    assert_eq!(lab.service()["deployments"][0]["rolloutState"], "COMPLETED", "too late");
}

#[test]
fn policies_come_back_in_another_form() {
    let mut world = World::new(Config::default(), Time(1_800_000_000_000));
    let scope = Scope::default();
    let mut call = |operation: &str, request: Value| world.call(&scope, Api::Ecr, operation, &request);
    call("CreateRepository", json!({"repositoryName": "app"})).unwrap();
    let statement = json!([{"Sid": "a", "Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}]);
    let policy = format!("{{\"Version\":\"2012-10-17\",\"Statement\":{statement}}}");
    let name = json!({"repositoryName": "app"});
    let absent = call("GetRepositoryPolicy", name.clone()).unwrap_err();
    assert_eq!(absent.code, "RepositoryPolicyNotFoundException");
    call("SetRepositoryPolicy", json!({"repositoryName": "app", "policyText": policy})).unwrap();
    let text = call("GetRepositoryPolicy", name.clone()).unwrap()["policyText"].as_str().unwrap().to_owned();
    assert_ne!(text, policy, "AWS does not give the text back as it was");
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(parsed(&text), parsed(&policy));
    assert!(call("SetRepositoryPolicy", json!({"repositoryName": "app", "policyText": "{}"})).is_err());

    let rule = json!({
        "rulePriority": 1, "description": "keep ten images and let the older ones expire",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10}, "action": {"type": "expire"},
    });
    let put =
        |rules: Value| json!({"repositoryName": "app", "lifecyclePolicyText": json!({"rules": rules}).to_string()});
    call("PutLifecyclePolicy", put(json!([rule]))).unwrap();
    assert!(call("PutLifecyclePolicy", put(json!([rule, rule]))).is_err(), "a priority was used twice");
    call("DeleteLifecyclePolicy", name.clone()).unwrap();
    assert_eq!(call("GetLifecyclePolicy", name).unwrap_err().code, "LifecyclePolicyNotFoundException");
}

#[test]
fn thousands_of_services_at_rest_cost_nothing() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    for n in 0..2000 {
        lab.create(&definition, json!({"serviceName": format!("s{n}"), "desiredCount": 1}));
    }
    lab.pass(600);
    let started = std::time::Instant::now();
    for _ in 0..10_000 {
        lab.pass(60);
    }
    assert!(started.elapsed() < Duration::from_secs(2), "a week of an idle world took {:?}", started.elapsed());
}
