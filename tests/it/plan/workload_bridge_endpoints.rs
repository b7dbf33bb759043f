//! The tasks of a bridge behind its Service, on aws-sim's world.

use ecs_bridge::{engine::reason, kinds::workload_bridge::WorkloadBridge};
use serde_json::{Value, json};

use super::{
    Aws, Object, object,
    workload_bridge::{aws, bridge, counts},
};

/// What the EcsService's own operator makes of it.
pub fn run(aws: &Aws) {
    let container = json!({"name": "web", "image": "nginx:1", "portMappings": [{"containerPort": 80}]});
    aws.ecs(
        "RegisterTaskDefinition",
        json!({"family": "shop_web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "containerDefinitions": [container]}),
    );
    aws.ecs(
        "CreateService",
        json!({"cluster": "main", "serviceName": "shop_web", "taskDefinition": "shop_web", "desiredCount": 2, "launchType": "FARGATE",
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}}),
    );
    aws.advance(std::time::Duration::from_mins(2));
}

/// The addresses in the slice, and whether each is ready.
fn behind(aws: &Aws) -> Option<Vec<(String, bool)>> {
    let slice = aws.pods(|cluster| cluster.objects.get("EndpointSlice", "web-ecs-ipv4-0").cloned())?;
    let endpoints = slice["endpoints"].as_array().expect("endpoints").iter();
    let told = |endpoint: &Value| {
        (endpoint["addresses"][0].as_str().expect("an address").to_owned(), endpoint["conditions"]["ready"] == true)
    };
    Some(endpoints.map(told).collect())
}

#[test]
fn the_tasks_are_behind_the_service_as_they_come_and_go() {
    let aws = aws();
    let spec = bridge(json!({"service": "web"}));
    let mut object = Object::<WorkloadBridge>::new(spec.clone());
    object.ready(&aws);
    assert_eq!(behind(&aws), None, "there is no task yet");
    let unreached = |object: &Object<WorkloadBridge>| {
        json!(object.report)["translation"]["notes"].to_string().contains("sends nothing to the tasks")
    };
    assert!(!unreached(&object), "the Service that the tasks are behind is told to send them nothing");

    run(&aws);
    object.ready(&aws);
    let first = behind(&aws).expect("a slice");
    assert_eq!(first.iter().map(|(_, ready)| *ready).collect::<Vec<_>>(), [true, true], "{first:?}");
    assert_eq!(json!(object.report)["endpoints"], json!({"readyCount": 2, "count": 2, "slices": ["web-ecs-ipv4-0"]}));

    let task = aws.ecs("ListTasks", json!({"cluster": "main"}))["taskArns"][0].clone();
    aws.ecs("StopTask", json!({"cluster": "main", "task": task}));
    object.pass(&aws, false).expect("a pass");
    let stopping = behind(&aws).expect("a slice");
    assert_eq!(stopping.iter().filter(|(_, ready)| *ready).count(), 1, "{stopping:?}");
    aws.advance(std::time::Duration::from_secs(5));
    object.pass(&aws, false).expect("a pass");
    assert_eq!(behind(&aws).expect("a slice").len(), 1, "its containers have ended");

    // Another Service, and none.
    object.apply(bridge(json!({})));
    object.ready(&aws);
    assert_eq!(behind(&aws), None, "no Service is meant any more");
    assert_eq!(object.memo["hasEndpoints"], json!(false), "and nothing more is looked for");
    assert!(unreached(&object), "nothing says that the Service sends the tasks nothing");
    object.apply(spec);
    aws.advance(std::time::Duration::from_mins(2));
    object.ready(&aws);
    assert_eq!(behind(&aws).expect("a slice").len(), 2);

    // While AWS does not say which tasks run, what is there stays.
    aws.throttle("ServiceTasks");
    drop(object.pass(&aws, false));
    assert_eq!(behind(&aws).expect("a slice").len(), 2, "a throttle answer took endpoints away");
    aws.end_throttling();

    // The tasks go with the service, and the slice with the tasks.
    aws.ecs("DeleteService", json!({"cluster": "main", "service": "shop_web", "force": true}));
    aws.advance(std::time::Duration::from_mins(2));
    object.pass(&aws, false).expect("a pass");
    assert_eq!(behind(&aws), None);
}

#[test]
fn a_side_keeps_its_replicas_until_those_of_the_other_are_behind_the_service() {
    let aws = aws();
    let on = |percentage: i32| bridge(json!({"service": "web", "split": {"prefer": "Ecs", "percentage": percentage}}));
    let mut object = Object::<WorkloadBridge>::new(on(0));
    object.ready(&aws);

    // For longer than the Deployment's deadline.
    aws.pods(|cluster| cluster.objects.tasks_seen = 1);
    object.apply(on(100));
    let outcome = object.carry(&aws);
    assert_eq!(object::reason(&outcome), reason::ECS_FAILS, "{outcome:?}");
    let why = &object::why(&outcome).expect("why").message;
    let part = "EcsService/web runs 4, of which 1 are ready behind Service/web";
    assert!(why.contains(part), "{why:?} does not say {part:?}");
    assert_eq!(counts(&aws), (json!(4), json!(4)), "replicas went that the Service had: {outcome:?}");
    aws.pods(|cluster| cluster.objects.tasks_seen = i64::MAX);
    object.ready(&aws);
    assert_eq!(counts(&aws), (json!(0), json!(4)));

    // And back, at the end of the bridge.
    aws.pods(|cluster| cluster.objects.pods_seen = 3);
    for _ in 0..8 {
        let outcome = object.pass(&aws, true).expect("a pass");
        assert_eq!(counts(&aws).1, json!(4), "tasks went before the pods were behind the Service: {outcome:?}");
        aws.advance(std::time::Duration::from_secs(5));
    }
    let outcome = object.pass(&aws, true).expect("a pass");
    assert_eq!(object::reason(&outcome), reason::GIVING_BACK, "{outcome:?}");
    let why = &object::why(&outcome).expect("why").message;
    let part = "Deployment/web runs 4, of which 3 are ready behind Service/web";
    assert!(why.contains(part), "{why:?} does not say {part:?}");
    aws.pods(|cluster| cluster.objects.pods_seen = i64::MAX);
    object.delete(&aws);
    assert_eq!(counts(&aws), (json!(4), Value::Null));
}
