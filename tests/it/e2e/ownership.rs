//! Whose a thing in AWS is.

use serde_json::{Value, json};

use super::{
    lab::{Lab, PATIENCE, PLAIN, Setup, ok},
    manifests::{definition, network, object, service},
};

/// Failure 15 of aws-semantics.md, its first half: objects with new UIDs, and the operator no longer knows its own.
#[tokio::test]
async fn failure_15_objects_with_new_uids_are_taken_up_again() {
    let mut lab = Setup::named("rebuilt").argument("--owner-id=the-old-cluster").start().await;
    let objects = [
        object("EcsCluster", "main", json!({ "tags": [{ "key": "team", "value": "shop" }] })),
        object("EcrRepository", "app", json!({ "imageTagMutability": "IMMUTABLE" })),
        service("web", json!({ "desiredCount": 2, "tags": [{ "key": "team", "value": "shop" }] })),
    ];
    let names = [("EcsCluster", "main"), ("EcrRepository", "app"), ("EcsService", "web")];
    for object in &objects {
        lab.apply(object).await;
    }
    let mut uids = Vec::new();
    for (kind, name) in names {
        uids.push(lab.ready(kind, name).await.metadata.uid);
    }
    let before = lab.service("web");

    // The cluster is lost with all its objects, and Git makes them again in another one.
    lab.stop_operator();
    for (kind, name) in names {
        lab.patch(kind, name, json!({ "metadata": { "finalizers": null } })).await;
        lab.delete(kind, name).await;
        lab.gone(kind, name).await;
    }
    let mark = lab.mark();
    for object in &objects {
        lab.apply(object).await;
    }
    lab.start_operator().await;
    for ((kind, name), old) in names.into_iter().zip(uids) {
        let object = lab.ready(kind, name).await;
        assert_ne!(object.metadata.uid, old, "{kind}/{name} is the old object");
    }
    lab.looked(lab.mark(), &["DescribeServices"], 2).await;
    let writes = lab.writes_since(mark);
    let beyond_tags: Vec<_> = writes.iter().filter(|entry| entry.operation != "TagResource").collect();
    assert!(beyond_tags.is_empty(), "taking up what is there wrote more than tags: {beyond_tags:#?}");
    let after = lab.service("web");
    for member in ["createdAt", "taskDefinition", "deployments"] {
        let id = |service: &Value| {
            if member == "deployments" { service[member][0]["id"].clone() } else { service[member].clone() }
        };
        assert_eq!(id(&after), id(&before), "{member} of the service changed");
    }
    let listed = lab.ecs("ListServices", json!({ "cluster": PLAIN }))["serviceArns"].clone();
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "there is a second service: {listed}");
}

/// A service in AWS by another party, of one task that runs `theirs:1`.
fn make_service(lab: &Lab, name: &str, tags: Value) {
    let mut theirs = definition("nginx:1");
    theirs["family"] = json!("theirs");
    lab.ecs("RegisterTaskDefinition", theirs);
    lab.ecs(
        "CreateService",
        json!({
            "cluster": PLAIN,
            "serviceName": name,
            "taskDefinition": "theirs",
            "launchType": "FARGATE",
            "networkConfiguration": network(),
            "desiredCount": 1,
            "tags": tags,
        }),
    );
}

fn owner_tags(owner: &str, kind: &str, namespace: &str, name: &str) -> Value {
    [("owner", owner), ("kind", kind), ("namespace", namespace), ("name", name), ("uid", "u")]
        .map(|(key, value)| json!({ "key": format!("ecs-bridge.dev:{key}"), "value": value }))
        .to_vec()
        .into()
}

#[tokio::test]
async fn another_owners_things_of_the_same_name_are_a_conflict_and_untouched() {
    let lab = Lab::new("theirs").await;
    make_service(&lab, "web", owner_tags("another-cluster", "EcsService", "their-namespace", "web"));
    lab.ecs(
        "CreateCluster",
        json!({ "clusterName": "main", "tags": owner_tags("another-cluster", "EcsCluster", "their-namespace", "main") }),
    );
    let tags = owner_tags("another-cluster", "EcrRepository", "their-namespace", "app");
    let capitals: Vec<Value> =
        tags.as_array().into_iter().flatten().map(|tag| json!({ "Key": tag["key"], "Value": tag["value"] })).collect();
    lab.ecr("CreateRepository", json!({ "repositoryName": "app", "tags": capitals }));
    let before = lab.service_named("web");

    // Leave to adopt takes nothing from another owner.
    let management = json!({ "adoption": "Adopt" });
    lab.apply(&service("web", json!({ "serviceName": "web", "desiredCount": 5, "management": management }))).await;
    lab.apply(&object("EcsCluster", "main", json!({ "clusterName": "main", "management": management }))).await;
    lab.apply(&object("EcrRepository", "app", json!({ "repositoryName": "app", "management": management }))).await;
    let names = [("EcsService", "web"), ("EcsCluster", "main"), ("EcrRepository", "app")];
    for (kind, name) in names {
        let why = lab.stalled(kind, name, "Conflict").await;
        for part in ["another-cluster", &format!("{kind} their-namespace/{name}"), "--owner-id"] {
            assert!(why.message.contains(part), "{kind}: it does not name {part}: {}", why.message);
        }
        lab.delete(kind, name).await;
        lab.gone(kind, name).await;
    }
    lab.no_write_since(0, "over things of another owner");
    assert_eq!(lab.service_named("web")["tags"], before["tags"], "their tags were changed");
    assert_eq!(lab.service_named("web")["status"], "ACTIVE", "their service was deleted");
}

/// Failure 12 of aws-semantics.md: two objects claim one AWS service and fight.
#[tokio::test]
async fn failure_12_of_two_objects_that_claim_one_service_the_first_works_and_the_second_stalls() {
    let lab = Lab::new("claims").await;
    lab.apply(&service("first", json!({ "serviceName": "claimed" }))).await;
    lab.ready("EcsService", "first").await;
    let first = lab.service_named("claimed");
    let mark = lab.mark();
    lab.apply(&service(
        "second",
        json!({ "serviceName": "claimed", "desiredCount": 4, "management": { "adoption": "Adopt" } }),
    ))
    .await;
    let why = lab.stalled("EcsService", "second", "Conflict").await;
    let owner = format!("{}/first", lab.namespace);
    assert!(why.message.contains(&owner), "it does not name {owner}: {}", why.message);

    // The end of the one that has nothing takes nothing from the other.
    lab.delete("EcsService", "second").await;
    lab.gone("EcsService", "second").await;
    lab.looked(lab.mark(), &["DescribeServices"], 2).await;
    lab.ready("EcsService", "first").await;
    let writes: Vec<_> =
        lab.writes_since(mark).into_iter().filter(|entry| entry.operation != "RegisterTaskDefinition").collect();
    assert!(writes.is_empty(), "the claim changed the service: {writes:#?}");
    assert_eq!(lab.service_named("claimed")["deployments"][0]["id"], first["deployments"][0]["id"], "it was rolled");
}

/// Both look before either has made anything.
#[tokio::test]
async fn of_two_objects_that_claim_one_name_at_the_same_moment_one_works_and_one_stalls() {
    let mut lab = Lab::new("race").await;
    let kinds = [
        ("EcsService", "DescribeServices"),
        ("EcsCluster", "DescribeClusters"),
        ("EcrRepository", "DescribeRepositories"),
    ];
    for (_, look) in kinds {
        lab.sim().fault(format!("{look}@1x2=slow:1.5").parse().expect("a fault"));
    }
    let mut shared = definition("nginx:1");
    shared["family"] = json!("shared");
    lab.ecs("RegisterTaskDefinition", shared);
    // An operator that starts finds both there at once.
    lab.stop_operator();
    for name in ["one", "other"] {
        // With a revision that is there: to register one, they would wait for each other and look again.
        let spec = json!({ "serviceName": "claimed", "taskDefinition": null, "taskDefinitionArn": "shared" });
        lab.apply(&service(name, spec)).await;
        lab.apply(&object("EcsCluster", name, json!({ "clusterName": "claimed" }))).await;
        lab.apply(&object("EcrRepository", name, json!({ "repositoryName": "claimed" }))).await;
    }
    lab.start_operator().await;
    let reason = |object: &kube::core::DynamicObject| {
        ecs_bridge_harness::condition(object, "Ready").map(|ready| ready.reason).unwrap_or_default()
    };
    for (kind, _) in kinds {
        let settled = async || {
            let mut reasons = [reason(&lab.get(kind, "one").await), reason(&lab.get(kind, "other").await)];
            reasons.sort();
            if reasons == ["Available", "Conflict"] { Ok(()) } else { Err(format!("{reasons:?}")) }
        };
        let what = format!("one {kind} to work and the other to stall");
        ok(ecs_bridge_harness::eventually(&what, PATIENCE, settled).await);
    }
    for create in ["CreateService", "CreateCluster", "CreateRepository"] {
        assert_eq!(lab.count(0, create, "claimed"), 2, "{create}: the two did not come at the same moment");
    }
    let mark = lab.mark();
    for name in ["one", "other"] {
        for (kind, _) in kinds {
            lab.annotate(kind, name, "ecs-bridge.dev/retry", "now").await;
        }
    }
    lab.looked(mark, &["DescribeServices", "DescribeClusters", "DescribeRepositories"], 4).await;
    lab.no_write_since(mark, "once each name had its owner");
}

#[tokio::test]
async fn adopt_takes_what_nobody_owns_by_tags_alone() {
    let lab = Lab::new("adopted").await;
    make_service(&lab, "legacy", json!([{ "key": "theirs", "value": "kept" }]));
    lab.ecs("CreateCluster", json!({ "clusterName": "legacy" }));
    lab.ecr("CreateRepository", json!({ "repositoryName": "legacy" }));
    let manifests = |management: Value| {
        let spec = json!({ "serviceName": "legacy", "taskDefinition": null, "taskDefinitionArn": "theirs", "management": management });
        [
            service("legacy", spec),
            object("EcsCluster", "legacy", json!({ "clusterName": "legacy", "management": management })),
            object("EcrRepository", "legacy", json!({ "repositoryName": "legacy", "management": management })),
        ]
    };
    let kinds = ["EcsService", "EcsCluster", "EcrRepository"];

    for manifest in manifests(json!({})) {
        lab.apply(&manifest).await;
    }
    for kind in kinds {
        let why = lab.stalled(kind, "legacy", "Conflict").await;
        assert!(why.message.contains("spec.management.adoption"), "{kind}: no remedy: {}", why.message);
    }
    lab.no_write_since(0, "without leave to adopt");

    for manifest in manifests(json!({ "adoption": "Adopt" })) {
        lab.apply(&manifest).await;
    }
    for kind in kinds {
        lab.ready(kind, "legacy").await;
    }
    let writes: Vec<_> = lab.writes_since(0).into_iter().map(|entry| entry.operation).collect();
    assert_eq!(writes, ["TagResource"; 3], "adoption is by tags alone");
    let tags = lab.service_named("legacy")["tags"].to_string();
    assert!(tags.contains("theirs") && tags.contains("ecs-bridge.dev:owner"), "the tags after adoption: {tags}");
}
