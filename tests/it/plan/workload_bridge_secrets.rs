//! The Secrets of a bridge's workload: copied, followed, and taken away with what reads them.

use ecs_bridge::{engine::reason, kinds::workload_bridge::WorkloadBridge};
use serde_json::{Value, json};

use super::{
    Aws, Object, object,
    service::with,
    workload_bridge::{aws, bridge, counts, on_ecs, reads_secret, secret_key, synced, variables},
};

/// The EcsService's secrets, by the names of the variables; and the copy, if there is one.
fn copied(aws: &Aws) -> (Vec<(String, String)>, Option<Value>) {
    aws.pods(|cluster| {
        let service = cluster.objects.get("EcsService", "web").cloned().unwrap_or_default();
        let secrets = service["spec"]["taskDefinition"]["containerDefinitions"][0]["secrets"].clone();
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let secrets = secrets.as_array().into_iter().flatten();
        let secrets = secrets.map(|secret| (text(&secret["name"]), text(&secret["valueFrom"]))).collect();
        (secrets, cluster.objects.get("SecretsManagerSecret", "web.db").cloned())
    })
}

const COPY: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop_web.db-AbCdEf";

#[test]
fn secrets_are_copied_followed_and_taken_away_with_what_reads_them() {
    let aws = aws();
    reads_secret(&aws);
    let spec = bridge(with(on_ecs(50), &synced()));
    let mut object = Object::<WorkloadBridge>::new(spec.clone());
    object.ready(&aws);
    let (secrets, copy) = copied(&aws);
    assert_eq!(secrets, [("PASSWORD".to_owned(), format!("{COPY}:password::1-of-true"))]);
    let copy = copy.expect("a copy");
    assert_eq!(copy["spec"], json!({"secretRef": {"name": "db", "keys": ["password"]}}), "no more than is read");
    assert_eq!(copy["metadata"]["ownerReferences"][0]["kind"], "WorkloadBridge");
    assert_eq!(object.memo["copies"], json!(["web.db"]), "what is watched for a change");
    let notes = json!(object.report)["translation"]["notes"].to_string();
    assert!(notes.contains("secretsmanager:GetSecretValue") && notes.contains(COPY), "{notes}");

    // Another value is another version, and rolls the service.
    aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", "hunter3"), ("user", "carol")]));
    aws.advance(std::time::Duration::from_secs(8));
    object.ready(&aws);
    aws.advance(std::time::Duration::from_secs(8));
    object.ready(&aws);
    assert_eq!(copied(&aws).0[0].1, format!("{COPY}:password::2-of-true"));

    // All keys, which only the copy tells; and one that may be missing.
    let optional = with(secret_key("HOST", "host"), &json!({}));
    let mut optional = optional;
    optional["valueFrom"]["secretKeyRef"]["optional"] = json!(true);
    variables(&aws, &json!([optional]));
    aws.pods(|cluster| {
        cluster.objects.edit("Deployment", "web", |web| {
            web["spec"]["template"]["spec"]["containers"][0]["envFrom"] = json!([{"secretRef": {"name": "db"}}]);
        });
    });
    object.ready(&aws);
    let (secrets, copy) = copied(&aws);
    let expected = ["password", "user"].map(|key| (key.to_owned(), format!("{COPY}:{key}::2-of-false")));
    assert_eq!(secrets, expected);
    assert_eq!(copy.expect("a copy")["spec"], json!({"secretRef": {"name": "db"}}));

    // Somebody deletes the copy: another is made, and the service never lacked one.
    aws.pods(|cluster| cluster.objects.delete("SecretsManagerSecret", "web.db"));
    object.carry(&aws);
    aws.advance(std::time::Duration::from_secs(8));
    object.carry(&aws);
    aws.advance(std::time::Duration::from_secs(8));
    object.ready(&aws);
    assert!(copied(&aws).1.is_some_and(|copy| !copy["metadata"]["deletionTimestamp"].is_string()));
    assert_eq!(copied(&aws).0, expected);

    // Something else stands for it: the copy goes once the service runs without it.
    let whole = json!({"name": "db", "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"});
    variables(&aws, &json!([secret_key("PASSWORD", "password")]));
    aws.pods(|cluster| {
        cluster.objects.edit("Deployment", "web", |web| {
            web["spec"]["template"]["spec"]["containers"][0]["envFrom"] = json!([]);
        });
    });
    object.apply(with(spec, &json!({"secrets": {"sync": true, "sources": [whole]}})));
    let mut seen = Vec::new();
    for _ in 0..20 {
        drop(object.pass(&aws, false));
        let (secrets, copy) = copied(&aws);
        let is_settled = aws.pods(|cluster| {
            let service = cluster.objects.get("EcsService", "web").expect("an EcsService");
            service["status"]["observedGeneration"] == service["metadata"]["generation"]
        });
        let is_going = copy.is_none_or(|copy| copy["metadata"]["deletionTimestamp"].is_string());
        seen.push((secrets[0].1.contains(COPY), is_settled, is_going));
        aws.advance(std::time::Duration::from_secs(3));
    }
    assert!(seen.iter().all(|(used, settled, going)| !going || !used && *settled), "it went too early: {seen:?}");
    assert!(seen.last().is_some_and(|last| last.2) && copied(&aws).1.is_none(), "{seen:?}");
    assert!(object.memo["copies"].is_null(), "they are on record still: {}", object.memo);
}

/// What stands in the way of a copy, how the bridge stands then, and in which words.
#[test]
fn a_secret_that_can_not_be_copied_is_told_and_what_runs_goes_on() {
    type Happens = fn(&Aws, &mut Object<WorkloadBridge>);
    let cases: &[(&str, Happens, &str, &str)] = &[
        (
            "no leave to read Secrets",
            |_, object| object.env.reads_secrets = false,
            reason::ACCESS_DENIED,
            "secrets.sync in the chart",
        ),
        (
            "the Secret has no such key",
            |aws, _| variables(aws, &json!([secret_key("HOST", "host")])),
            reason::REFERENCE_NOT_READY,
            "SecretsManagerSecret/web.db: RefusedByAWS: as it is",
        ),
        (
            "an object of that name is another's",
            |aws, _| {
                let owner = json!({"kind": "WorkloadBridge", "name": "theirs", "uid": "theirs", "controller": true});
                aws.pods(|cluster| {
                    cluster.objects.edit("SecretsManagerSecret", "web.db", |copy| {
                        copy["metadata"]["ownerReferences"] = json!([owner]);
                    });
                });
            },
            reason::CONFLICT,
            "SecretsManagerSecret/web.db",
        ),
    ];
    for (what, happens, expected, says) in cases {
        let aws = aws();
        reads_secret(&aws);
        let mut object = Object::<WorkloadBridge>::new(bridge(with(on_ecs(50), &synced())));
        object.ready(&aws);
        let before = copied(&aws).0;
        happens(&aws, &mut object);
        let mut outcome = None;
        for _ in 0..6 {
            outcome = object.pass(&aws, false).ok();
            aws.advance(std::time::Duration::from_secs(8));
        }
        let outcome = outcome.expect("an outcome");
        assert_eq!(object::reason(&outcome), *expected, "{what}: {outcome:?}");
        assert!(object::why(&outcome).is_some_and(|why| why.message.contains(says)), "{what}: {outcome:?}");
        assert_eq!((copied(&aws).0, counts(&aws)), (before, (json!(2), json!(2))), "{what}: {outcome:?}");
    }
}

#[test]
fn a_secret_that_is_missing_is_waited_for_or_done_without() {
    let aws = aws();
    reads_secret(&aws);
    aws.pods(|cluster| cluster.delete_secret("shop", "db"));
    let mut object = Object::<WorkloadBridge>::new(bridge(with(on_ecs(50), &synced())));
    let mut outcomes = Vec::new();
    for _ in 0..4 {
        outcomes.extend(object.pass(&aws, false).ok());
        aws.advance(std::time::Duration::from_secs(8));
    }
    let last = outcomes.last().expect("an outcome");
    assert_eq!(object::reason(last), reason::REFERENCE_NOT_READY, "{last:?}");
    assert!(object::why(last).is_some_and(|why| why.message.contains("ReferenceNotFound")), "{last:?}");
    assert_eq!(counts(&aws), (json!(4), Value::Null), "the replicas stay in the cluster");

    let mut optional = secret_key("PASSWORD", "password");
    optional["valueFrom"]["secretKeyRef"]["optional"] = json!(true);
    variables(&aws, &json!([optional]));
    object.pass(&aws, false).expect("a pass");
    aws.advance(std::time::Duration::from_secs(8));
    object.ready(&aws);
    assert_eq!(copied(&aws).0, [], "a variable of what is not there");
    aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", "hunter2")]));
    drop(object.pass(&aws, false));
    aws.advance(std::time::Duration::from_secs(8));
    object.ready(&aws);
    assert_eq!(copied(&aws).0, [("PASSWORD".to_owned(), format!("{COPY}:password::1-of-false"))]);
}
