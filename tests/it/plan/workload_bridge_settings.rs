//! What a bridge's own fields make of a workload, and by which names it tells people to set them.

use ecs_bridge::{engine::reason, kinds::workload_bridge::WorkloadBridge};
use serde_json::{Value, json};

use super::{
    Aws, Object,
    service::with,
    workload_bridge::{aws, bridge, deploy_container, on_ecs},
};

/// A container with a probe by HTTP, a file of a ConfigMap, and a Secret's key that nothing is known of.
fn asks_for_all(aws: &Aws, with_secret: bool) {
    let get = json!({"httpGet": {"path": "/health", "port": 80}});
    let secret = json!({"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}});
    deploy_container(
        aws,
        &json!({
            "name": "web",
            "image": "web:1",
            "env": if with_secret { json!([secret]) } else { json!([]) },
            "livenessProbe": get.clone(),
            "readinessProbe": get,
            "volumeMounts": [{"name": "files", "mountPath": "/etc/web"}],
        }),
        &json!([{"name": "files", "configMap": {"name": "web"}}]),
    );
}

fn containers(aws: &Aws) -> Value {
    aws.pods(|cluster| {
        let service = cluster.objects.get("EcsService", "web").expect("an EcsService");
        service["spec"]["taskDefinition"]["containerDefinitions"].clone()
    })
}

#[test]
fn fields_say_which_images_have_clients_and_which_writes_files() {
    let aws = aws();
    asks_for_all(&aws, false);
    let mut object = Object::<WorkloadBridge>::new(bridge(on_ecs(50)));
    object.carry(&aws);
    let made = containers(&aws);
    let of = |made: &Value, name: &str| {
        let found = made.as_array().into_iter().flatten().find(|container| container["name"] == name).cloned();
        found.unwrap_or_else(|| panic!("no container {name}: {made}"))
    };
    assert_eq!(of(&made, "web")["healthCheck"], Value::Null);
    assert_eq!(of(&made, "ecs-bridge_files")["image"], "public.ecr.aws/docker/library/busybox:1.37");

    // Both probes say so, of all of their fields, once.
    let translation = json!(object.report)["translation"].clone();
    let lines = translation["lines"].as_array().cloned().unwrap_or_default();
    let says = |part: &str| lines.iter().filter(|line| line["says"].as_str().expect("text").contains(part)).count();
    assert_eq!(says("{image: IMAGE, client: curl} in ecs.probeClients"), 2, "{translation:#}");
    let of_liveness = &lines.iter().find(|line| line["says"].to_string().contains("hangs")).expect("a line")["paths"];
    let at = "spec.template.spec.containers[0].livenessProbe.httpGet";
    assert_eq!(*of_liveness, json!([format!("{at}.path"), format!("{at}.port")]));
    let told = translation.to_string();
    assert!(!told.contains(" --") && !told.contains("(--"), "a bridge has no flags: {told}");
    assert!(told.contains("give ecs.logs (and ecs.executionRoleArn)"), "{told}");

    let mut spec = bridge(on_ecs(50));
    spec["ecs"] = with(
        spec["ecs"].clone(),
        &json!({
            "probeClients": [{"image": "web", "client": "curl"}],
            "filesImage": "example.com/tools:1",
            "logs": {"group": "/ecs/web", "region": "us-east-1"},
        }),
    );
    object.apply(spec);
    object.carry(&aws);
    let made = containers(&aws);
    assert_eq!(of(&made, "web")["healthCheck"]["command"][1], "curl");
    assert_eq!(of(&made, "ecs-bridge_files")["image"], "example.com/tools:1");
}

#[test]
fn what_is_refused_is_told_by_the_field_that_mends_it() {
    let aws = aws();
    asks_for_all(&aws, true);
    let mut object = Object::<WorkloadBridge>::new(bridge(on_ecs(50)));
    let outcome = object.carry(&aws);
    let told = format!("{outcome:?}");
    assert!(told.contains(reason::TRANSLATION_REFUSED), "{told}");
    assert!(told.contains("in secrets.sources (or secrets.sync: true)") && !told.contains("--secret"), "{told}");
    let lines = json!(object.report)["translation"]["lines"].clone();
    assert_eq!(lines[0]["verdict"], "Refused", "the worst is not the first: {lines:#}");
    assert_eq!(lines[0]["paths"].as_array().map(Vec::len), Some(2), "the name and the key: {lines:#}");
}
