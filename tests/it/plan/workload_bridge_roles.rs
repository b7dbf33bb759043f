//! The roles of a bridge's tasks, as AWS has them.

use aws_sim::Api;
use ecs_bridge::kinds::workload_bridge::WorkloadBridge;
use serde_json::json;

use super::{
    Aws, Object,
    workload_bridge::{aws, bridge, on_ecs},
};

/// EKS Pod Identity gives the pods a role, which trusts them alone; tasks may have that of the bridge's `executionRoleArn`.
pub fn identify(aws: &Aws) {
    let role = |name: &str, service: &str| {
        let statement = json!({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"});
        let policy = json!({ "Statement": [statement] }).to_string();
        let request = json!({"RoleName": name, "AssumeRolePolicyDocument": policy});
        aws.somebody(Api::Iam, "CreateRole", &request).expect("a role");
    };
    role("ecs", "ecs-tasks.amazonaws.com");
    role("web", "pods.eks.amazonaws.com");
    let role = "arn:aws:iam::123456789012:role/web";
    let request = json!({"clusterName": "main", "namespace": "shop", "serviceAccount": "default", "roleArn": role});
    aws.eks("CreatePodIdentityAssociation", request);
}

#[test]
fn the_role_of_an_association_is_found_and_its_trust_policy_is_looked_at() {
    let aws = aws();
    aws.with_eks();
    identify(&aws);
    let mut object = Object::<WorkloadBridge>::new(bridge(on_ecs(50)));
    let outcome = object.carry(&aws);
    let role = aws.pods(|cluster| {
        let service = cluster.objects.get("EcsService", "web").expect("an EcsService");
        service["spec"]["taskDefinition"]["taskRoleArn"].clone()
    });
    assert_eq!(role, "arn:aws:iam::123456789012:role/web");
    let told = |outcome: &ecs_bridge::engine::Outcome| {
        let found = outcome.notes.iter().filter(|note| note.contains("trust policy")).cloned();
        found.collect::<Vec<_>>()
    };
    let notes = told(&outcome);
    assert!(
        notes.len() == 1 && notes[0].contains("role/web does not let tasks have it: add this statement"),
        "{notes:?}"
    );

    // The statement is added, as it was told.
    let statement = &notes[0][notes[0].find('{').expect("a statement")..];
    let policy = format!(r#"{{"Statement": [{statement}]}}"#);
    let request = json!({"RoleName": "web", "PolicyDocument": policy});
    aws.somebody(Api::Iam, "UpdateAssumeRolePolicy", &request).expect("a policy");
    let outcome = object.carry(&aws);
    assert_eq!(told(&outcome), [""; 0]);
    let notes = json!(object.report)["translation"]["notes"].to_string();
    assert!(!notes.contains("trust policy"), "{notes}");
}
