//! A change of the spec, and what it does to AWS and to the object.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{
    lab::Lab,
    manifests::{definition, object, service},
};

/// Failure 2 of aws-semantics.md: a new task definition does not roll the service until the next resync.
#[tokio::test]
async fn failure_2_a_new_task_definition_rolls_the_service_at_once() {
    let lab = Lab::new("rolls").await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    let (mark, start) = (lab.mark(), Instant::now());
    lab.apply(&service("web", json!({ "taskDefinition": definition("nginx:2") }))).await;
    lab.called(mark, "UpdateService", "", 1).await;
    assert!(start.elapsed() < Duration::from_secs(5), "it took {:?}", start.elapsed());
    let writes: Vec<_> = lab.writes_since(mark).into_iter().map(|entry| entry.operation).collect();
    assert_eq!(writes, ["RegisterTaskDefinition", "UpdateService"], "one pass: register, roll");
    let object = lab.ready("EcsService", "web").await;
    let status = &object.data["status"];
    let arn = |revision: u32| {
        format!("arn:aws:ecs:us-east-1:123456789012:task-definition/{}:{revision}", lab.aws_name("web"))
    };
    assert_eq!(status["taskDefinition"], json!(arn(2)), "the revision that runs");
    assert_eq!(status["retainedRevisions"], json!([arn(1)]), "the revision of before is kept, and listed");

    // Back to what was: the revision is there, and is not registered again.
    let mark = lab.mark();
    lab.apply(&service("web", json!({}))).await;
    lab.called(mark, "UpdateService", "", 1).await;
    let object = lab.ready("EcsService", "web").await;
    assert_eq!(object.data["status"]["taskDefinition"], json!(arn(1)), "the revision after the way back");
    assert_eq!(lab.count(mark, "RegisterTaskDefinition", ""), 0, "an equal definition is registered once");
}

/// Failure 3 of aws-semantics.md: AWS's answer is written into the spec; GitOps reverts it; the service redeploys for ever.
#[tokio::test]
async fn failure_3_the_spec_is_never_written() {
    let lab = Lab::new("spec").await;
    let applied = lab.apply(&service("web", json!({}))).await.data["spec"].clone();
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    for (kind, name) in [("EcsService", "web"), ("EcsCluster", "main"), ("EcrRepository", "app")] {
        let object = lab.ready(kind, name).await;
        assert_eq!(object.metadata.generation, Some(1), "{kind}: the spec was changed");
        for entry in object.metadata.managed_fields.into_iter().flatten() {
            let fields = json!(entry.fields_v1);
            let ours = entry.manager.as_deref() != Some("user");
            assert!(!ours || fields.get("f:spec").is_none(), "{kind}: {:?} owns of the spec: {fields}", entry.manager);
        }
    }
    assert_eq!(lab.get("EcsService", "web").await.data["spec"], applied, "the spec was changed");
}

/// Failure 11 of aws-semantics.md: environment variables in another order count as drift.
#[tokio::test]
async fn failure_11_the_order_of_variables_rolls_nothing() {
    let lab = Lab::new("order").await;
    let environment = |names: [&str; 2]| {
        let mut definition = definition("nginx:1");
        let variables = names.map(|name| json!({ "name": name, "value": name.to_lowercase() }));
        definition["containerDefinitions"][0]["environment"] = json!(variables);
        service("web", json!({ "taskDefinition": definition }))
    };
    lab.apply(&environment(["B", "A"])).await;
    lab.ready("EcsService", "web").await;
    let mark = lab.mark();
    lab.apply(&environment(["A", "B"])).await;
    lab.ready("EcsService", "web").await;
    lab.looked(mark, &["DescribeServices"], 3).await;
    lab.no_write_since(mark, "when variables were put into another order");
}

/// Failure 10 of aws-semantics.md: an edit to a cluster's capacity providers, or to a service's tags, is never sent.
#[tokio::test]
async fn failure_10_edits_of_providers_and_tags_are_sent() {
    let lab = Lab::new("edits").await;
    let tags = |value: &str| json!([{ "key": "team", "value": value }]);
    let cluster = |providers: Value, team: &str| {
        object("EcsCluster", "main", json!({ "capacityProviders": providers, "tags": tags(team) }))
    };
    lab.apply(&cluster(json!(["FARGATE"]), "shop")).await;
    lab.apply(&service("web", json!({ "tags": tags("shop") }))).await;
    lab.ready("EcsCluster", "main").await;
    lab.ready("EcsService", "web").await;
    let mark = lab.mark();
    lab.apply(&cluster(json!(["FARGATE", "FARGATE_SPOT"]), "depot")).await;
    lab.apply(&service("web", json!({ "tags": tags("depot") }))).await;
    lab.ready("EcsCluster", "main").await;
    lab.ready("EcsService", "web").await;
    let team = |thing: &Value| {
        let tags = thing["tags"].as_array().into_iter().flatten();
        tags.filter(|tag| tag["key"] == "team").map(|tag| tag["value"].clone()).next_back()
    };
    let request = json!({ "clusters": [lab.aws_name("main")], "include": ["TAGS"] });
    let cluster = lab.ecs("DescribeClusters", request)["clusters"][0].clone();
    assert_eq!(cluster["capacityProviders"].as_array().map(Vec::len), Some(2), "providers: {cluster:#}");
    assert_eq!(team(&cluster), Some(json!("depot")), "the cluster's tags: {cluster:#}");
    assert_eq!(team(&lab.service("web")), Some(json!("depot")), "the service's tags");
    assert_eq!(lab.count(mark, "UpdateService", ""), 0, "tags of a service start no deployment");
}

/// Failure 4 of aws-semantics.md: family, family:revision and ARN are compared as text.
#[tokio::test]
async fn failure_4_a_revision_is_the_same_however_it_is_written() {
    let lab = Lab::new("spelt").await;
    let mut shared = definition("nginx:1");
    shared["family"] = json!("shared");
    let arn = lab.ecs("RegisterTaskDefinition", shared)["taskDefinition"]["taskDefinitionArn"].clone();
    let manifest = |named: &Value| service("web", json!({ "taskDefinition": null, "taskDefinitionArn": named }));
    lab.apply(&manifest(&json!("shared"))).await;
    lab.ready("EcsService", "web").await;
    for named in [json!("shared:1"), arn, json!("shared")] {
        let mark = lab.mark();
        lab.apply(&manifest(&named)).await;
        lab.ready("EcsService", "web").await;
        lab.looked(mark, &["DescribeServices"], 2).await;
        lab.no_write_since(mark, &format!("when the revision was written as {named}"));
    }
}
