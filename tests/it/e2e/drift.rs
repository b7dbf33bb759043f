//! What was changed behind the operator's back.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    cloud_map,
    lab::{LOOKS, Lab, PLAIN, Setup},
    manifests::{object, service},
};

#[tokio::test]
async fn a_service_deleted_behind_our_back_is_made_again_with_a_new_token() {
    let lab = Lab::new("deleted").await;
    lab.apply(&service("web", json!({ "tags": [{ "key": "team", "value": "shop" }] }))).await;
    lab.ready("EcsService", "web").await;
    let (name, first) = (lab.aws_name("web"), lab.service("web"));

    lab.ecs("DeleteService", json!({ "cluster": PLAIN, "service": name, "force": true }));
    let again = lab.aws_has("the service to be there again", || {
        let now = lab.service("web");
        if now["status"] == "ACTIVE" && now["createdAt"] != first["createdAt"] { Ok(now) } else { Err(now) }
    });
    let again = again.await;
    let object = lab.ready("EcsService", "web").await;

    assert_eq!(again["tags"], first["tags"], "the service that was made again has other tags");
    assert_eq!(again["taskDefinition"], first["taskDefinition"], "what was made again runs another revision");
    assert_eq!(lab.count(0, "RegisterTaskDefinition", ""), 1, "nothing of the definition had changed");
    assert_eq!(lab.tokens(&name).len(), 2, "each incarnation has a token of its own");
    assert_eq!(object.data["status"]["memo"]["creation"]["count"], 2, "the creation counter after the second creation");
}

#[tokio::test]
async fn clusters_and_repositories_deleted_behind_our_back_are_made_again() {
    let lab = Lab::new("deleted").await;
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({ "imageTagMutability": "IMMUTABLE" }))).await;
    lab.ready("EcsCluster", "main").await;
    lab.ready("EcrRepository", "app").await;

    let (cluster, repository) = (lab.aws_name("main"), format!("{}/app", lab.namespace));
    let mark = lab.mark();
    lab.ecs("DeleteCluster", json!({ "cluster": cluster }));
    lab.ecr("DeleteRepository", json!({ "repositoryName": repository }));
    lab.called(mark, "CreateCluster", &cluster, 1).await;
    lab.called(mark, "CreateRepository", &repository, 1).await;
    lab.looked(lab.mark(), &["DescribeClusters", "DescribeRepositories"], 2).await;
    lab.ready("EcsCluster", "main").await;
    lab.ready("EcrRepository", "app").await;
    assert_eq!(lab.writes_since(mark).len(), 2, "one creation each");
}

/// An edit by another party, and where AWS shows whether it still stands.
struct Edit {
    what: &'static str,
    kind: &'static str,
    make: fn(&Lab),
    shows: fn(&Lab) -> Value,
    /// What the object wants, and what the edit makes of it.
    wanted: Value,
    edited: Value,
}

fn cluster(lab: &Lab) -> Value {
    let include = ["SETTINGS", "TAGS", "CONFIGURATIONS"];
    lab.ecs("DescribeClusters", json!({ "clusters": [lab.aws_name("thing")], "include": include }))["clusters"][0]
        .clone()
}

fn provider(lab: &Lab) -> Value {
    let request = json!({ "capacityProviders": [lab.aws_name("thing")] });
    lab.ecs("DescribeCapacityProviders", request)["capacityProviders"][0].clone()
}

fn secret(lab: &Lab) -> Value {
    lab.secrets_manager("DescribeSecret", json!({ "SecretId": lab.aws_name("thing") }))
}

fn repository(lab: &Lab) -> Value {
    let name = format!("{}/thing", lab.namespace);
    lab.ecr("DescribeRepositories", json!({ "repositoryNames": [name] }))["repositories"][0].clone()
}

fn edits() -> Vec<Edit> {
    vec![
        Edit {
            what: "the count of a service",
            kind: "EcsService",
            make: |lab| {
                lab.ecs(
                    "UpdateService",
                    json!({ "cluster": PLAIN, "service": lab.aws_name("thing"), "desiredCount": 3 }),
                );
            },
            shows: |lab| lab.service("thing")["desiredCount"].clone(),
            wanted: json!(1),
            edited: json!(3),
        },
        Edit {
            what: "the settings of a cluster",
            kind: "EcsCluster",
            make: |lab| {
                let settings = [json!({ "name": "containerInsights", "value": "enhanced" })];
                lab.ecs("UpdateClusterSettings", json!({ "cluster": lab.aws_name("thing"), "settings": settings }));
            },
            shows: |lab| cluster(lab)["settings"][0]["value"].clone(),
            wanted: json!("disabled"),
            edited: json!("enhanced"),
        },
        Edit {
            what: "the draining of a capacity provider",
            kind: "EcsCapacityProvider",
            make: |lab| {
                let change = json!({ "managedDraining": "DISABLED" });
                lab.ecs(
                    "UpdateCapacityProvider",
                    json!({ "name": lab.aws_name("thing"), "autoScalingGroupProvider": change }),
                );
            },
            shows: |lab| provider(lab)["autoScalingGroupProvider"]["managedDraining"].clone(),
            wanted: json!("ENABLED"),
            edited: json!("DISABLED"),
        },
        Edit {
            what: "the scanning of a repository",
            kind: "EcrRepository",
            make: |lab| {
                let name = format!("{}/thing", lab.namespace);
                let scanning = json!({ "scanOnPush": true });
                lab.ecr(
                    "PutImageScanningConfiguration",
                    json!({ "repositoryName": name, "imageScanningConfiguration": scanning }),
                );
            },
            shows: |lab| repository(lab)["imageScanningConfiguration"]["scanOnPush"].clone(),
            wanted: json!(false),
            edited: json!(true),
        },
        Edit {
            what: "the description of a secret",
            kind: "SecretsManagerSecret",
            make: |lab| {
                let request = json!({ "SecretId": lab.aws_name("thing"), "Description": "theirs" });
                lab.secrets_manager("UpdateSecret", request);
            },
            shows: |lab| secret(lab)["Description"].clone(),
            wanted: Value::Null,
            edited: json!("theirs"),
        },
        Edit {
            what: "the description of a name",
            kind: "CloudMapService",
            make: |lab| {
                let mut change = cloud_map::described(lab, "thing");
                let records = change["DnsConfig"]["DnsRecords"].take();
                let service = json!({ "Description": "theirs", "DnsConfig": { "DnsRecords": records } });
                lab.cloud_map("UpdateService", &json!({ "Id": change["Id"], "Service": service }));
                // AWS takes its time to write records.
                lab.sim().advance(Duration::from_mins(1));
            },
            shows: |lab| cloud_map::described(lab, "thing")["Description"].clone(),
            wanted: json!("of the shop"),
            edited: json!("theirs"),
        },
    ]
}

async fn things(lab: &Lab, management: Value) {
    for kind in ["EcsCluster", "EcrRepository", "SecretsManagerSecret"] {
        lab.apply(&object(kind, "thing", json!({ "management": management }))).await;
    }
    lab.apply(&service("thing", json!({ "management": management }))).await;
    let group = json!({ "autoScalingGroupArn": "workers" });
    let provider = json!({ "autoScalingGroupProvider": group, "management": management });
    lab.apply(&object("EcsCapacityProvider", "thing", provider)).await;
    let name = json!({ "Description": "of the shop", "management": management });
    lab.apply(&cloud_map::named("thing", name)).await;
    for kind in
        ["EcsService", "EcsCluster", "EcsCapacityProvider", "EcrRepository", "SecretsManagerSecret", "CloudMapService"]
    {
        lab.ready(kind, "thing").await;
    }
}

#[tokio::test]
async fn what_was_changed_behind_our_back_is_corrected() {
    let lab = cloud_map::setup("changed").start().await;
    things(&lab, json!({})).await;
    let mark = lab.mark();
    for edit in edits() {
        assert_eq!((edit.shows)(&lab), edit.wanted, "{} at first", edit.what);
        (edit.make)(&lab);
        assert_eq!((edit.shows)(&lab), edit.edited, "{} after the edit", edit.what);
    }
    for edit in edits() {
        let look = || {
            let shown = (edit.shows)(&lab);
            if shown == edit.wanted { Ok(()) } else { Err(shown) }
        };
        lab.aws_has(&format!("{} to be put back", edit.what), look).await;
        lab.has(edit.kind, "thing", "Synced", "True").await;
    }
    assert_eq!(lab.writes_since(mark).len(), edits().len(), "one write corrects one edit");
}

#[tokio::test]
async fn with_drift_report_it_is_only_reported_until_the_spec_changes() {
    let lab = cloud_map::setup("reported").start().await;
    things(&lab, json!({ "drift": "Report" })).await;
    let mark = lab.mark();
    for edit in edits() {
        (edit.make)(&lab);
    }
    for edit in edits() {
        let why = lab.reason(edit.kind, "thing", "Synced", "False", "DriftReported").await;
        assert!(why.message.contains("drift is Report"), "{}: {}", edit.what, why.message);
        lab.has(edit.kind, "thing", "Ready", "True").await;
        assert_eq!((edit.shows)(&lab), edit.edited, "{} was put back", edit.what);
    }
    lab.looked(lab.mark(), LOOKS, 2).await;
    lab.no_write_since(mark, "under drift: Report");

    // A spec change wins where both hold.
    for edit in edits() {
        lab.patch(edit.kind, "thing", json!({ "spec": { "management": { "drift": "Correct" } } })).await;
        lab.has(edit.kind, "thing", "Synced", "True").await;
        assert_eq!((edit.shows)(&lab), edit.wanted, "{} under drift: Correct", edit.what);
    }
}

/// Failure 9 of aws-semantics.md: Ready is true while nothing runs.
#[tokio::test]
async fn failure_9_a_service_whose_tasks_end_is_not_ready() {
    // Slow enough for the time without a task to be seen.
    let lab = Setup::named("ended").speed(15.0).argument("--sweep-interval=0.3").start().await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    let tasks =
        lab.ecs("ListTasks", json!({ "cluster": PLAIN, "serviceName": lab.aws_name("web") }))["taskArns"].clone();
    let task = tasks[0].as_str().expect("a task runs");
    let out_of_memory = Some("OutOfMemoryError: container killed");
    let ended = lab.sim().world(|world| world.fail_task(&Lab::scope(), PLAIN, task, 137, out_of_memory));
    ended.expect("a task that runs");
    let why = lab.reason("EcsService", "web", "Ready", "False", "TasksNotRunning").await;
    assert!(why.message.contains("0 of 1"), "it does not say how many run: {}", why.message);
    lab.ready("EcsService", "web").await;
}
