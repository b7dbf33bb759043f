//! Every field of `EcsService`: its own, and its task definition's.

use ecs_bridge::{
    engine::{
        compare::{self, Rule},
        reason::{CANNOT_CHANGE, CANNOT_REMOVE, REFERENCE_NOT_FOUND, REFUSED},
    },
    kinds::ecs_service::EcsService,
};
use serde_json::{Value, json};

use super::{
    Excluded, Table,
    row::{Particular, Walk, to, with},
    samples, walk_all,
};
use crate::plan::Aws;

/// What starts a deployment where it changes: aws-semantics.md, 'What a change of a service does', and the members that a service
/// revision holds (ServiceRevision, Amazon ECS API Reference).
const DEPLOYS: &[&str] = &[
    "capacityProviderStrategy",
    "gatewayConnectors",
    "loadBalancers",
    "monitoring",
    "networkConfiguration",
    "platformVersion",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "taskDefinition",
    "taskDefinitionArn",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

fn member(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

impl Walk for EcsService {
    const DEFAULTS: &'static [Rule] = &[
        // UpdateService is given the whole configuration.
        compare::flag("deploymentConfiguration.alarms.enable", false),
        compare::flag("deploymentConfiguration.alarms.rollback", false),
        compare::flag("deploymentConfiguration.earlySuccessCriteria.enable", false),
        // It is described of rolling deployments alone: a service keeps what its last one was.
        compare::text("deployments[].rolloutState", "COMPLETED"),
        // AWS fills in how the traffic shifts.
        compare::number("deploymentConfiguration.canaryConfiguration.canaryPercent", 5),
        compare::number("deploymentConfiguration.canaryConfiguration.canaryBakeTimeInMinutes", 10),
        // It is there with a load balancer only.
        compare::number("healthCheckGracePeriodSeconds", 0),
        // A revision that means the same is run as it is.
        compare::text("taskDefinition.containerDefinitions[].versionConsistency", "enabled"),
        compare::text("taskDefinition.runtimePlatform.cpuArchitecture", "X86_64"),
        compare::text("taskDefinition.runtimePlatform.operatingSystemFamily", "LINUX"),
        compare::text("taskDefinition.volumes[].dockerVolumeConfiguration.scope", "task"),
        compare::text("taskDefinition.volumes[].efsVolumeConfiguration.authorizationConfig.iam", "DISABLED"),
        compare::text("taskDefinition.volumes[].efsVolumeConfiguration.transitEncryption", "DISABLED"),
    ];

    /// With a task definition that somebody else registers.
    fn aws() -> Aws {
        let aws = Aws::with_cluster();
        for image in ["nginx", "httpd"] {
            aws.ecs(
                "RegisterTaskDefinition",
                json!({"family": "theirs", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
                    "containerDefinitions": [{"name": "web", "image": image}]}),
            );
        }
        aws
    }

    fn take(dump: &mut Value, _: &Self::Report) -> Value {
        dump["clusters"]["main"]["services"]["shop_web"].take()
    }

    fn places(path: &str) -> Vec<String> {
        match member(path) {
            // With awsvpc the port of the host is the container's.
            "taskDefinition" => vec![path.to_owned(), path.replace("containerPort", "hostPort")],
            "taskDefinitionArn" => vec!["taskDefinition".to_owned()],
            // What a deployment carries is described with it too, and some of it there alone.
            _ => vec![path.to_owned(), format!("deployments[].{path}")],
        }
    }

    fn deployments(aws: &Aws) -> usize {
        let listed = aws.ecs("ListServiceDeployments", json!({"cluster": "main", "service": "shop_web"}));
        listed["serviceDeployments"].as_array().map_or(0, Vec::len)
    }

    fn registers(path: &str) -> bool {
        member(path) == "taskDefinition"
    }

    fn deploys(path: &str) -> bool {
        DEPLOYS.contains(&member(path))
    }
}

#[test]
fn every_field_of_a_service() {
    let samples = [samples::definitions(), samples::services()].concat();
    let particulars = [of_the_service(), of_its_definition()].concat();
    walk_all::<EcsService>(&Table {
        samples,
        particulars,
        excluded: vec![
            Excluded(
                "taskDefinition.containerDefinitions[].environmentFiles[].type",
                "s3 is its only value",
                "EnvironmentFile, Amazon ECS API Reference",
            ),
            Excluded(
                "taskDefinition.placementConstraints[].type",
                "memberOf is its only value",
                "TaskDefinitionPlacementConstraint, Amazon ECS API Reference",
            ),
            Excluded(
                "taskDefinition.proxyConfiguration.type",
                "APPMESH is its only value",
                "ProxyConfiguration, Amazon ECS API Reference",
            ),
            Excluded(
                "volumeConfigurations[].managedEBSVolume.tagSpecifications[].resourceType",
                "volume is its only value",
                "EBSTagSpecification, Amazon ECS API Reference",
            ),
        ],
        immutable: vec!["role", "schedulingStrategy", "serviceName", "cluster", "clusterRef"],
    });
}

const EARLY: &str = "deploymentConfiguration.earlySuccessCriteria";
const HOOK: &str = "deploymentConfiguration.lifecycleHooks[]";
const VOLUME: &str = "ServiceVolumeConfiguration, Amazon ECS API Reference: a volume that is configuredAtLaunch and its configuration go together";

fn of_the_service() -> Vec<(&'static str, Particular)> {
    let connect = "ServiceConnectConfiguration, Amazon ECS API Reference: a namespace, or the cluster's default one";
    let provider = "UpdateService, Amazon ECS API Reference: no value gives a service its cluster's default strategy";
    let launch = "UpdateService, Amazon ECS API Reference: it has no launchType";
    vec![
        ("availabilityZoneRebalancing", to("DISABLED")),
        (
            "capacityProviderStrategy[].capacityProvider",
            to("FARGATE").whole("capacityProviderStrategy").no_removal(CANNOT_REMOVE, provider),
        ),
        ("deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.type", to("UNBOUNDED_PERCENT")),
        ("deploymentConfiguration.earlySuccessCriteria.enable", to(false)),
        ("deploymentConfiguration.earlySuccessCriteria.healthyPercent", with(EARLY)),
        ("deploymentConfiguration.earlySuccessCriteria.sourceServiceRevisionCleanup", to("DEFERRED").whole(EARLY)),
        ("deploymentConfiguration.lifecycleHooks[].hookDetails", to(json!({"team": "web"}))),
        ("deploymentConfiguration.lifecycleHooks[].hookTargetArn", with(HOOK)),
        ("deploymentConfiguration.lifecycleHooks[].lifecycleStages[]", to("POST_SCALE_UP").whole(HOOK)),
        (
            "deploymentConfiguration.lifecycleHooks[].targetType",
            to("PAUSE")
                .no_change(REFUSED, "DeploymentLifecycleHook, Amazon ECS API Reference: a PAUSE has no hookTargetArn")
                .off(),
        ),
        ("deploymentConfiguration.lifecycleHooks[].timeoutConfiguration.action", to("CONTINUE")),
        ("deploymentConfiguration.linearConfiguration.stepPercent", to(33.3)),
        ("deploymentConfiguration.canaryConfiguration.canaryPercent", to(0.5)),
        ("deploymentConfiguration.strategy", to("BLUE_GREEN")),
        // Others deploy under CODE_DEPLOY and EXTERNAL: what a spec can't change then is told in tests/it/plan/table_service_changes.rs.
        ("deploymentController.type", to("ECS").off()),
        ("desiredCount", to(2)),
        ("gatewayConnectors[].filters.accessTypes[]", to("PRIVATE")),
        ("gatewayConnectors[].healthCheck.healthCheckProtocol", to("HTTPS")),
        ("gatewayConnectors[].portName", to("admin").whole("gatewayConnectors[]")),
        ("launchType", to("FARGATE").no_change(CANNOT_CHANGE, launch).no_removal(CANNOT_CHANGE, launch)),
        ("loadBalancers[].containerName", to("side").whole("loadBalancers[]")),
        ("loadBalancers[].containerPort", to(81).whole("loadBalancers[]")),
        ("loadBalancers[].loadBalancerName", with("loadBalancers[]")),
        ("loadBalancers[].targetGroupArn", with("loadBalancers[]")),
        ("networkConfiguration.awsvpcConfiguration.assignPublicIp", to("ENABLED")),
        (
            "placementConstraints[].expression",
            to("attribute:ecs.instance-type =~ m5.*").whole("placementConstraints[]"),
        ),
        (
            "placementConstraints[].type",
            to("distinctInstance").whole("placementConstraints[]").no_change(
                REFUSED,
                "PlacementConstraint, Amazon ECS API Reference: distinctInstance takes no expression",
            ),
        ),
        ("placementStrategy[].field", to("cpu").whole("placementStrategy[]")),
        ("placementStrategy[].type", to("spread").whole("placementStrategy[]")),
        ("platformVersion", to("1.3.0")),
        ("propagateTags", to("TASK_DEFINITION")),
        ("serviceConnectConfiguration.accessLogConfiguration.format", to("JSON")),
        ("serviceConnectConfiguration.accessLogConfiguration.includeQueryParameters", to("ENABLED")),
        (
            "serviceConnectConfiguration.containerConfigurations[].logLevel",
            to("debug").whole("serviceConnectConfiguration.containerConfigurations[]"),
        ),
        ("serviceConnectConfiguration.enabled", Particular::default().spelt().off()),
        ("serviceConnectConfiguration.logConfiguration.logDriver", to("awsfirelens")),
        ("serviceConnectConfiguration.namespace", Particular::default().spelt().no_removal(REFUSED, connect)),
        ("serviceConnectConfiguration.services[].portName", to("admin")),
        ("serviceRegistries[].containerName", to("side").whole("serviceRegistries[]")),
        ("serviceRegistries[].containerPort", to(81).whole("serviceRegistries[]")),
        ("tags[].key", with("tags[]")),
        ("tags[].value", with("tags[]")),
        (
            "taskDefinitionArn",
            to("theirs:2").spelt().no_removal(
                REFERENCE_NOT_FOUND,
                "CreateService, Amazon ECS API Reference: it wants a task definition; the CRD refuses it before",
            ),
        ),
        ("volumeConfigurations[].managedEBSVolume.filesystemType", to("ext4")),
        ("volumeConfigurations[].managedEBSVolume.tagSpecifications[].propagateTags", to("TASK_DEFINITION")),
        ("volumeConfigurations[].name", Particular::default().no_change(REFUSED, VOLUME).no_removal(REFUSED, VOLUME)),
        ("vpcLatticeConfigurations[].portName", to("admin")),
    ]
}

pub fn of_its_definition() -> Vec<(&'static str, Particular)> {
    vec![
        ("taskDefinition.cpu", to("256")),
        ("taskDefinition.memory", to("2048")),
        ("taskDefinition.ipcMode", to("task")),
        ("taskDefinition.pidMode", to("task")),
        ("taskDefinition.networkMode", to("none")),
        (
            "taskDefinition.placementConstraints[].expression",
            to("attribute:ecs.instance-type =~ m5.*").whole("taskDefinition.placementConstraints[]"),
        ),
        ("taskDefinition.requiresCompatibilities[]", to("EXTERNAL")),
        ("taskDefinition.runtimePlatform.cpuArchitecture", to("ARM64")),
        ("taskDefinition.runtimePlatform.operatingSystemFamily", to("WINDOWS_SERVER_2022_CORE")),
        ("taskDefinition.trustedExecutionConfiguration.isolationMode", to("ISOLATED_SANDBOX")),
        (
            "taskDefinition.volumes[].configuredAtLaunch",
            Particular::default().no_change(REFUSED, VOLUME).no_removal(REFUSED, VOLUME),
        ),
        ("taskDefinition.volumes[].dockerVolumeConfiguration.scope", to("shared")),
        ("taskDefinition.volumes[].efsVolumeConfiguration.authorizationConfig.iam", to("ENABLED")),
        ("taskDefinition.volumes[].efsVolumeConfiguration.transitEncryption", to("ENABLED")),
        ("taskDefinition.volumes[].name", with("taskDefinition.volumes[]")),
        ("taskDefinition.containerDefinitions[].dependsOn[].condition", to("COMPLETE")),
        ("taskDefinition.containerDefinitions[].dependsOn[].containerName", to("third")),
        ("taskDefinition.containerDefinitions[].firelensConfiguration.type", to("fluentd")),
        ("taskDefinition.containerDefinitions[].image", with("taskDefinition.containerDefinitions[]")),
        ("taskDefinition.containerDefinitions[].linuxParameters.devices[].permissions[]", to("mknod")),
        ("taskDefinition.containerDefinitions[].logConfiguration.logDriver", to("awsfirelens")),
        (
            "taskDefinition.containerDefinitions[].mountPoints[].sourceVolume",
            to("other").whole("taskDefinition.containerDefinitions[].mountPoints[]"),
        ),
        ("taskDefinition.containerDefinitions[].name", with("taskDefinition.containerDefinitions[]")),
        (
            "taskDefinition.containerDefinitions[].portMappings[].containerPort",
            with("taskDefinition.containerDefinitions[].portMappings[]"),
        ),
        (
            "taskDefinition.containerDefinitions[].portMappings[].containerPortRange",
            to("8000-8011").whole("taskDefinition.containerDefinitions[].portMappings[]"),
        ),
        ("taskDefinition.containerDefinitions[].portMappings[].protocol", to("udp")),
        (
            "taskDefinition.containerDefinitions[].resourceRequirements[].sharingStrategy.nvidiaMps.memory",
            with("taskDefinition.containerDefinitions[].resourceRequirements[].sharingStrategy"),
        ),
        ("taskDefinition.containerDefinitions[].resourceRequirements[].type", to("NeuronDevice")),
        ("taskDefinition.containerDefinitions[].ulimits[].name", to("nproc")),
        ("taskDefinition.containerDefinitions[].versionConsistency", to("disabled")),
    ]
}
