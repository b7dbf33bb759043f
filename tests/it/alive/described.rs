//! What AWS describes of an object's thing, in the shape of its spec.

use aws_sim::Api;
use serde_json::{Value, json};

use super::{cloud_map, values};

/// Asks AWS; nothing where it refuses.
pub type Ask<'a> = &'a dyn Fn(Api, &str, Value) -> Value;

pub fn of(ask: Ask<'_>, kind: &str, name: &str) -> Value {
    match kind {
        "EcsCluster" => {
            let include = json!(["SETTINGS", "CONFIGURATIONS", "TAGS"]);
            ask(Api::Ecs, "DescribeClusters", json!({"clusters": [name], "include": include}))["clusters"][0].clone()
        }
        "EcsCapacityProvider" => {
            let request = json!({"capacityProviders": [name], "include": ["TAGS"]});
            ask(Api::Ecs, "DescribeCapacityProviders", request)["capacityProviders"][0].clone()
        }
        "EcrRepository" => repository(ask, name),
        "CloudMapService" => cloud_map::described(ask, name),
        "SecretsManagerSecret" => ask(Api::SecretsManager, "DescribeSecret", json!({"SecretId": name})),
        "EcsTaskDefinition" => definition(ask, &json!(name)),
        _ => service(ask, name),
    }
}

fn repository(ask: Ask<'_>, name: &str) -> Value {
    let described = ask(Api::Ecr, "DescribeRepositories", json!({"repositoryNames": [name]}));
    let mut repository = described["repositories"][0].clone();
    let arn = repository["repositoryArn"].clone();
    repository["tags"] = ask(Api::Ecr, "ListTagsForResource", json!({"resourceArn": arn}))["tags"].clone();
    for (read, member) in [("GetLifecyclePolicy", "lifecyclePolicyText"), ("GetRepositoryPolicy", "policyText")] {
        repository[member] = ask(Api::Ecr, read, json!({"repositoryName": name}))[member].clone();
    }
    repository
}

/// Some members of a service are described with its deployment alone, and some with its revision.
fn service(of_ecs: Ask<'_>, name: &str) -> Value {
    let ask = |operation: &str, request: Value| of_ecs(Api::Ecs, operation, request);
    let request = json!({"cluster": values::CLUSTER, "services": [name], "include": ["TAGS"]});
    let mut service = ask("DescribeServices", request)["services"][0].clone();
    let deployments = service["deployments"].as_array().cloned().unwrap_or_default();
    let primary = deployments.into_iter().find(|deployment| deployment["status"] == "PRIMARY").unwrap_or_default();
    for member in ["serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations"] {
        service[member] = primary[member].clone();
    }
    let listed = ask("ListServiceDeployments", json!({"cluster": values::CLUSTER, "service": name}));
    let newest = &listed["serviceDeployments"][0]["targetServiceRevisionArn"];
    let revisions = ask("DescribeServiceRevisions", json!({"serviceRevisionArns": [newest]}));
    for member in ["gatewayConnectors", "monitoring"] {
        service[member] = revisions["serviceRevisions"][0][member].clone();
    }
    let arn = service["taskDefinition"].clone();
    service["taskDefinition"] = definition(of_ecs, &arn);
    service["taskDefinitionArn"] = arn;
    service["cluster"] = service["clusterArn"].clone();
    service["role"] = service["roleArn"].clone();
    service
}

fn definition(ask: Ask<'_>, name: &Value) -> Value {
    let described = ask(Api::Ecs, "DescribeTaskDefinition", json!({"taskDefinition": name, "include": ["TAGS"]}));
    let mut definition = described["taskDefinition"].clone();
    definition["tags"] = described["tags"].clone();
    definition
}

/// Those of the EKS cluster whose names begin so: what AWS calls a profile ends with a hash.
pub fn fargate_profiles(ask: Ask<'_>, cluster: &str, begin: &str) -> Vec<Value> {
    let listed = ask(Api::Eks, "ListFargateProfiles", json!({"clusterName": cluster}))["fargateProfileNames"].clone();
    let names = listed.as_array().into_iter().flatten().filter_map(Value::as_str);
    let described = names.filter(|name| name.starts_with(begin)).map(|name| {
        let request = json!({"clusterName": cluster, "fargateProfileName": name});
        ask(Api::Eks, "DescribeFargateProfile", request)["fargateProfile"].clone()
    });
    described.collect()
}
