//! The real input of this project: task definitions that were written for ECS, as they stand.

use std::{fs, path::Path};

use aws_sim::Config;
use serde_json::{Value, json};

use super::{
    lab::{Lab, Setup},
    manifests::{merge, network, object},
};

/// Each file of aws-samples/aws-containers-task-definitions that is kept here.
fn definitions() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/task-definitions");
    let files = fs::read_dir(&folder).expect("the folder of task definitions");
    let mut definitions: Vec<(String, Value)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().replace('_', "-");
            let text = fs::read_to_string(&path).expect("a task definition");
            (name, serde_json::from_str(&text).expect("JSON"))
        })
        .collect();
    definitions.sort_by(|a, b| a.0.cmp(&b.0));
    definitions
}

/// A service of the cluster `main` that runs this definition. Its role is AWS's own wish: see `without_the_role_…`.
fn service(name: &str, definition: &Value, role: bool) -> Value {
    let mut definition = definition.clone();
    let ec2 = name.ends_with("-ec2");
    if role && !ec2 {
        merge(&mut definition, json!({ "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole" }));
    }
    let mut spec = json!({
        "clusterRef": { "name": "main" },
        "launchType": if ec2 { "EC2" } else { "FARGATE" },
        "taskDefinition": definition,
    });
    if definition["networkMode"] == "awsvpc" {
        merge(&mut spec, json!({ "networkConfiguration": network() }));
    }
    object("EcsService", name, spec)
}

async fn lab(name: &str) -> Lab {
    let world = Config { container_instances: 3, ..Config::default() };
    let lab = Setup::named(name).world(world).start().await;
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab
}

#[tokio::test]
async fn task_definitions_run_unchanged_and_none_rolls_for_the_sake_of_another() {
    let lab = lab("definitions").await;
    let definitions = definitions();
    assert_eq!(definitions.len(), 5, "the task definitions of the issue");
    for (name, definition) in &definitions {
        lab.apply(&service(name, definition, true)).await;
    }
    for (name, _) in &definitions {
        lab.ready("EcsService", name).await;
    }

    // Two of them have the family nginx: a few more looks would show the one rolling for the other.
    let mark = lab.mark();
    lab.looked(mark, &["DescribeServices", "DescribeClusters"], 3).await;
    lab.no_write_since(mark, "once all were Ready");
    for (name, definition) in &definitions {
        let deployments = lab.get("EcsService", name).await.data["status"]["deployments"].clone();
        assert_eq!(
            deployments.as_array().map(Vec::len),
            Some(1),
            "{name} has another deployment than its first: {deployments:#}"
        );
        let family = definition["family"].as_str().expect("a family");
        let sharing = definitions.iter().filter(|(_, other)| other["family"] == family).count();
        let registered = lab.count(0, "RegisterTaskDefinition", &format!("\"family\":\"{family}\""));
        assert_eq!(registered, sharing, "registrations of the family {family}");
        assert_eq!(lab.count(0, "CreateService", &lab.aws_name(name)), 1, "creations of {name}");
    }
    assert_eq!(lab.count(0, "UpdateService", ""), 0, "a service was updated: it had to be right at once");
}

#[tokio::test]
async fn without_the_role_that_aws_wants_the_condition_says_what_is_missing() {
    let lab = lab("norole").await;
    let fargate: Vec<_> = definitions().into_iter().filter(|(name, _)| name.ends_with("-fargate")).collect();
    assert_eq!(fargate.len(), 3, "the task definitions for Fargate");
    for (name, definition) in &fargate {
        lab.apply(&service(name, definition, false)).await;
    }
    for (name, _) in &fargate {
        let why = lab.stalled("EcsService", name, "RefusedByAWS").await;
        assert!(why.message.contains("execution role ARN"), "{name}: it does not say what is missing: {}", why.message);
    }
    // And it is enough to give it.
    let (name, definition) = &fargate[0];
    lab.apply(&service(name, definition, true)).await;
    lab.ready("EcsService", name).await;
}
