//! What is described of tasks: addresses, zones, health; and whole clusters, page by page.

use std::collections::{BTreeMap, BTreeSet};

use aws_sim::{Config, Scope};
use serde_json::{Value, json};

use crate::lab::Lab;

fn detail(task: &Value, name: &str) -> String {
    let details = task["attachments"][0]["details"].as_array().unwrap();
    details.iter().find(|detail| detail["name"] == name).unwrap()["value"].as_str().unwrap().to_owned()
}

#[test]
fn a_task_has_an_address_of_its_subnet_in_the_zone_of_that() {
    let config = Config { ipv6_subnets: vec!["subnet-2".to_owned()], ..Config::default() };
    let mut lab = Lab::with(config);
    let definition = lab.define("nginx");
    let network = json!({"awsvpcConfiguration": {"subnets": ["subnet-1", "subnet-2", "subnet-3"]}});
    lab.create(&definition, json!({"desiredCount": 9, "networkConfiguration": network}));
    lab.pass(60);
    let tasks = lab.tasks("RUNNING");
    let (mut zones, mut addresses) = (BTreeMap::<String, BTreeSet<String>>::new(), BTreeSet::new());
    for task in &tasks {
        let (subnet, address) = (detail(task, "subnetId"), detail(task, "privateIPv4Address"));
        let interface = &task["containers"][0]["networkInterfaces"][0];
        assert_eq!(interface["privateIpv4Address"], address, "the container and its task have one address");
        assert_eq!(interface["ipv6Address"].is_string(), subnet == "subnet-2", "{subnet}: {interface}");
        let zone = task["availabilityZone"].as_str().unwrap().to_owned();
        zones.entry(subnet.clone()).or_default().insert(zone);
        let range = address.rsplit_once('.').unwrap().0.to_owned();
        assert!(addresses.insert(address), "two tasks have one address");
        zones.entry(subnet).or_default().insert(range);
    }
    assert_eq!(addresses.len(), 9);
    assert_eq!(zones.len(), 3, "the subnets are taken in turn: {zones:?}");
    assert!(zones.values().all(|of| of.len() == 2), "a subnet is one zone and one range: {zones:?}");
    assert_eq!(zones.values().flatten().collect::<BTreeSet<_>>().len(), 6, "and no other has them: {zones:?}");
}

#[test]
fn a_task_is_as_healthy_as_its_essential_containers() {
    let mut lab = Lab::new();
    let check = json!({"command": ["CMD", "true"], "interval": 10});
    let container = |name: &str, check: &Value| {
        let mut container = json!({"name": name, "image": "nginx"});
        if !check.is_null() {
            container["healthCheck"] = check.clone();
        }
        container
    };
    let health = |task: &Value| -> Vec<String> {
        let containers = task["containers"].as_array().unwrap().iter().map(|container| &container["healthStatus"]);
        containers.chain([&task["healthStatus"]]).map(|health| health.as_str().unwrap().to_owned()).collect()
    };
    for (service, second, settled) in
        [("both", &check, ["HEALTHY", "HEALTHY", "HEALTHY"]), ("one", &Value::Null, ["HEALTHY", "UNKNOWN", "UNKNOWN"])]
    {
        let definition = json!({
            "family": service, "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "containerDefinitions": [container("web", &check), container("side", second)],
        });
        let arn = lab.ok("RegisterTaskDefinition", definition)["taskDefinition"]["taskDefinitionArn"].clone();
        lab.create(arn.as_str().unwrap(), json!({"serviceName": service, "desiredCount": 1}));
        lab.pass(120);
        let listed = lab.ok("ListTasks", json!({"cluster": "main", "serviceName": service}))["taskArns"].clone();
        let look =
            |lab: &mut Lab| lab.ok("DescribeTasks", json!({"cluster": "main", "tasks": listed}))["tasks"][0].clone();
        assert_eq!(health(&look(&mut lab)), settled, "{service}");
        lab.world.fail_health_check(&Scope::default(), "main", listed[0].as_str().unwrap()).unwrap();
        let ill = look(&mut lab);
        assert_eq!(
            (&ill["containers"][0]["healthStatus"], &ill["healthStatus"]),
            (&json!("UNHEALTHY"), &json!("UNHEALTHY"))
        );
        assert_eq!(ill["lastStatus"], "RUNNING", "it runs on for a while");
        lab.pass(60);
        let replaced = look(&mut lab);
        assert_eq!(replaced["stoppedReason"], "Task failed container health checks");
        lab.pass(60);
        assert_eq!(lab.tasks("RUNNING").iter().filter(|task| task["group"] == format!("service:{service}")).count(), 1);
    }
}

#[test]
fn what_has_no_check_does_not_fail_one() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    lab.create(&definition, json!({}));
    lab.pass(60);
    let task = lab.tasks("RUNNING")[0]["taskArn"].as_str().unwrap().to_owned();
    let refused = lab.world.fail_health_check(&Scope::default(), "main", &task).unwrap_err();
    assert!(refused.message.contains("No essential container"), "{refused}");
}

#[test]
fn a_whole_cluster_is_listed_and_described_in_full_pages() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    for service in ["web", "api"] {
        lab.create(&definition, json!({"serviceName": service, "desiredCount": 120}));
    }
    lab.pass(300);
    let (mut listed, mut sizes, mut token) = (Vec::new(), Vec::new(), Value::Null);
    loop {
        let mut request = json!({"cluster": "main"});
        if token.is_string() {
            request["nextToken"] = token;
        }
        let page = lab.ok("ListTasks", request);
        let arns = page["taskArns"].as_array().unwrap().clone();
        sizes.push(arns.len());
        listed.extend(arns);
        token = page["nextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(sizes, [100, 100, 40]);
    let mut groups = BTreeMap::<String, usize>::new();
    for arns in listed.chunks(100) {
        let described = lab.ok("DescribeTasks", json!({"cluster": "main", "tasks": arns}));
        assert_eq!(described["failures"], json!([]));
        for task in described["tasks"].as_array().unwrap() {
            *groups.entry(task["group"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert_eq!(groups.into_values().collect::<Vec<_>>(), [120, 120]);
    let too_many = json!({"cluster": "main", "tasks": listed[..101]});
    assert!(lab.refused("DescribeTasks", too_many).contains("Up to 100 tasks"));
}
