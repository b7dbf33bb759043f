//! What a single value looks like where AWS's documentation says more than its model: by the end of the value's path.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::generate::text;

/// Texts, as patterns.
const TEXTS: &[(&str, &str)] = &[
    // The operator of the test may pass roles of this name.
    ("oleArn", "arn:aws:iam::123456789012:role/ecs[A-Z][a-z]{3,8}"),
    ("ec2InstanceProfileArn", "arn:aws:iam::123456789012:instance-profile/ecs[A-Z][a-z]{3,8}"),
    (
        "autoScalingGroupArn",
        "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:[a-z0-9]{8}:autoScalingGroupName/[a-z]{3,8}",
    ),
    ("reservationGroupArn", "arn:aws:resource-groups:us-east-1:123456789012:group/[a-z]{3,8}"),
    ("InstanceTypes[]", "[cmr][5-7]\\.(large|xlarge|\\*)"),
    ("role", "arn:aws:iam::123456789012:role/ecs[A-Z][a-z]{3,8}"),
    ("subnets[]", "subnet-[0-9a-f]{8}"),
    ("securityGroups[]", "sg-[0-9a-f]{8}"),
    ("serviceName", "service-[a-z0-9]{8}"),
    ("clusterName", "cluster-[a-z0-9]{8}"),
    ("repositoryName", "team/[a-z0-9]{8}"),
    ("family", "family-[a-z0-9]{8}"),
    ("launchType", "EC2|FARGATE"),
    ("apacityProviderStrategy[].capacityProvider", "FARGATE|FARGATE_SPOT|container-instances"),
    ("capacityProviders[]", "FARGATE|FARGATE_SPOT|container-instances"),
    ("platformVersion", "LATEST|1\\.4\\.0"),
    ("taskDefinitionArn", "theirs:[12]"),
    ("targetGroupArn", "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/[a-z]{4}/[0-9a-f]{16}"),
    ("registryArn", "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-[a-z0-9]{8}"),
    ("taskDefinition.cpu", "256|512|1024|\\.5 vCPU|1 vCPU|2 vcpu|4096"),
    ("taskDefinition.memory", "2048|1GB|2 GB|4096|8 gb"),
    ("containerDefinitions[].name", "[a-z][a-z0-9-]{1,8}"),
    ("containerDefinitions[].image", "[a-z]{3,6}(:[0-9]{1,2})?"),
    ("environment[].name", "[A-Z][A-Z_]{1,8}"),
    ("secrets[].name", "[A-Z][A-Z_]{1,8}"),
    ("valueFrom", "arn:aws:ssm:us-east-1:123456789012:parameter/[a-z]{1,8}"),
    ("environmentFiles[].value", "arn:aws:s3:::[a-z]{3,8}/[a-z]{1,8}\\.env"),
    ("credentialSpecs[]", "credentialspecdomainless:arn:aws:s3:::[a-z]{3,8}/spec"),
    ("portMappings[].name", "[a-z]{3,8}"),
    ("containerPortRange", "8[0-4]00-8[5-9]00"),
    ("resourceRequirements[].type", "GPU|NeuronDevice"),
    ("resourceRequirements[].value", "[1-4]"),
    ("extraHosts[].ipAddress", "10\\.0\\.0\\.[1-9]"),
    ("dnsServers[]", "10\\.0\\.0\\.[1-9]"),
    ("lacementConstraints[].expression", "attribute:ecs\\.instance-type =~ [mt][35]\\.\\*"),
    ("placementStrategy[].field", "attribute:ecs\\.availability-zone|instanceId"),
    ("volumes[].name", "[a-z][a-z0-9-]{1,8}"),
    ("volumeType", "gp3|io2|st1"),
    ("discoveryName", "[a-z][a-z0-9-]{2,8}"),
    ("dnsName", "[a-z][a-z0-9-]{2,8}"),
    ("grpcCode", "[0-9]"),
    ("httpCode", "20[0-9]"),
    ("healthCheckPath", "/[a-z]{1,8}"),
    ("settings[].value", "enabled|disabled|enhanced"),
    // The letters that every version of Unicode has: the API server's may be older than ours.
    ("tags[].key", "[a-zäß日 0-9_.:/=+@-]{1,12}"),
    ("tags[].value", "[a-zäß日 0-9_.:/=+@-]{1,12}"),
    ("hookTargetArn", "arn:aws:lambda:us-east-1:123456789012:function:[a-z]{3,8}"),
    // Under the others somebody else deploys: tests/it/plan/table_service_changes.rs says what a spec can change then.
    ("deploymentController.type", "ECS"),
    ("KmsKeyId", "[0-9a-f]{8}-[0-9a-f]{4}"),
    ("Tags[].Key", "[a-zäß日 0-9_.:/=+@-]{1,12}"),
    ("Tags[].Value", "[a-zäß日 0-9_.:/=+@-]{1,12}"),
    ("kmsKey", "arn:aws:kms:us-east-1:123456789012:key/[a-z0-9]{8}"),
];

/// Whole numbers, from and to.
const NUMBERS: &[(&str, i64, i64)] = &[
    ("containerDefinitions[].cpu", 0, 64),
    ("containerDefinitions[].memory", 64, 128),
    ("containerDefinitions[].memoryReservation", 4, 64),
    ("desiredCount", 0, 2),
    ("deploymentConfiguration.maximumPercent", 101, 200),
    ("deploymentConfiguration.minimumHealthyPercent", 0, 100),
    ("thresholdConfiguration.value", 1, 100),
    ("bakeTimeInMinutes", 0, 1440),
    ("BakeTimeInMinutes", 0, 1440),
    ("ephemeralStorage.sizeInGiB", 21, 200),
    ("managedEBSVolume.sizeInGiB", 1, 100),
    ("managedEBSVolume.iops", 3000, 16_000),
    ("managedEBSVolume.throughput", 125, 1000),
    ("volumeInitializationRate", 100, 300),
    ("healthCheck.interval", 5, 300),
    ("healthCheck.retries", 1, 10),
    ("healthCheck.startPeriod", 0, 300),
    ("healthCheck.timeout", 2, 60),
    ("restartAttemptPeriod", 60, 1800),
    ("ignoredExitCodes[]", 0, 255),
    ("startTimeout", 2, 120),
    ("stopTimeout", 2, 120),
    ("softLimit", 1, 1000),
    ("hardLimit", 1000, 4000),
    ("swappiness", 0, 100),
    ("resolutionSeconds", 20, 60),
    ("scaleInAfter", -1, 3600),
    ("ort", 1024, 60_000),
    ("ortOverride", 1024, 60_000),
];

/// Numbers with one decimal, from and to in tenths.
const TENTHS: &[(&str, i32, i32)] = &[
    ("canaryPercent", 1, 1000),
    ("stepPercent", 30, 1000),
    ("memoryGiBPerVCpu.min", 1, 1000),
    ("memoryGiBPerVCpu.max", 1, 1000),
    ("networkBandwidthGbps.min", 1, 1000),
    ("networkBandwidthGbps.max", 1, 1000),
    ("totalLocalStorageGB.min", 1, 1000),
    ("totalLocalStorageGB.max", 1, 1000),
];

/// How often a member that the CRD does not require is set, where half the time is wrong.
const WEIGHTS: &[(&str, f64)] = &[
    // AWS requires these, and its model does not say so.
    ("containerDefinitions[].image", 1.0),
    ("instanceLaunchTemplate.networkConfiguration.subnets", 1.0),
    ("tags[].value", 1.0),
    ("Tags[].Value", 1.0),
    ("settings[].value", 1.0),
    ("environment[].value", 1.0),
    ("mountPoints[].sourceVolume", 1.0),
    ("mountPoints[].containerPath", 1.0),
    ("volumesFrom[].sourceContainer", 1.0),
    ("lacementConstraints[].type", 1.0),
    ("lacementConstraints[].expression", 1.0),
    ("placementStrategy[].type", 1.0),
    ("placementStrategy[].field", 1.0),
    ("systemControls[].namespace", 1.0),
    ("systemControls[].value", 1.0),
    ("resourceRequirements[].value", 1.0),
    ("proxyConfiguration.type", 1.0),
    ("proxyConfiguration.properties[].value", 1.0),
    ("portMappings[].containerPort", 1.0),
    ("registryArn", 1.0),
    ("containerDefinitions[].portMappings", 0.8),
    ("portMappings[].name", 0.8),
    // Unions of one member, and structures that would be empty.
    ("issuerCertificateAuthority.awsPcaAuthorityArn", 1.0),
    ("containerConfigurations[].logLevel", 1.0),
    ("sharingStrategy.nvidiaMps", 1.0),
    ("cluster", 1.0),
    // One or the other goes with every spec; which one is for the rules to say.
    ("taskDefinition", 1.0),
    ("taskDefinitionArn", 0.1),
];

/// The tags of that cluster: Managed Instances attach themselves to what is the operator's own.
pub fn owner() -> Value {
    json!([{"key": "ecs-bridge.dev:owner", "value": "owner-1"}])
}

pub fn weight(path: &str) -> f64 {
    WEIGHTS.iter().find(|(end, _)| path.ends_with(end)).map_or(0.5, |(_, weight)| *weight)
}

pub fn particular(path: &str) -> Option<BoxedStrategy<Value>> {
    let texts = TEXTS.iter().find(|(end, _)| path.ends_with(end));
    let numbers = || NUMBERS.iter().find(|(end, ..)| path.ends_with(end));
    if let Some((_, from, to)) = TENTHS.iter().find(|(end, ..)| path.ends_with(end)) {
        return Some((*from..=*to).prop_map(|tenths| json!(f64::from(tenths) / 10.0)).boxed());
    }
    match path {
        // A flag, and no port.
        _ if path.ends_with("requireHibernateSupport") => None,
        "cluster" => Some(Just(json!(CLUSTER)).boxed()),
        // DeploymentLifecycleHook, Amazon ECS API Reference: any JSON, which the hook is given.
        "deploymentConfiguration.lifecycleHooks[].hookDetails" => {
            Some(prop::collection::btree_map(text("[a-z]{1,8}"), 0..9, 1..3).prop_map(|details| json!(details)).boxed())
        }
        // Of a secret in Secrets Manager, or of a service in Cloud Map.
        "Name" => Some(text("name_[a-z0-9]{8}").prop_map(Value::from).boxed()),
        // Of a capacity provider.
        "name" => Some(text("provider-[a-z0-9]{8}").prop_map(Value::from).boxed()),
        "policyText" => Some(repository_policy()),
        "lifecyclePolicyText" => Some(lifecycle_policy()),
        // Of a task definition that stands alone.
        "cpu" | "memory" => particular(&format!("taskDefinition.{path}")),
        _ => match (texts, numbers()) {
            (Some((_, pattern)), _) => Some(text(pattern).prop_map(Value::from).boxed()),
            (None, Some((_, from, to))) => Some((*from..=*to).prop_map(Value::from).boxed()),
            (None, None) => None,
        },
    }
}

/// A cluster of AWS's with every capacity provider, which no object manages.
pub const CLUSTER: &str = "alive";

fn repository_policy() -> BoxedStrategy<Value> {
    let actions = prop::collection::btree_set(
        prop::sample::select(vec!["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:PutImage"]),
        1..3,
    );
    (text("[a-zA-Z0-9]{1,12}"), actions)
        .prop_map(|(sid, actions)| {
            let statement = json!({"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": actions});
            json!(json!({"Version": "2012-10-17", "Statement": [statement]}).to_string())
        })
        .boxed()
}

fn lifecycle_policy() -> BoxedStrategy<Value> {
    (1..99_u32, text("[a-z ]{1,12}"))
        .prop_map(|(days, description)| {
            let selection = json!({"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": days});
            let rule = json!({"rulePriority": 1, "description": description, "selection": selection, "action": {"type": "expire"}});
            json!(json!({"rules": [rule]}).to_string())
        })
        .boxed()
}

/// A bound of a schema, which has them as floating point numbers.
pub fn whole(bound: f64) -> i64 {
    format!("{bound:.0}").parse().unwrap_or(i64::MAX)
}
