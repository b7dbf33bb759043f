//! Services that AWS accepts, each as small as the fields that it is there to walk allow. None runs a task: what a field does to tasks is
//! told in tests/it/plan and e2e/sim.

use serde_json::{Value, json};

use super::row::{container, definition, over};

pub const ROLE: &str = "arn:aws:iam::123456789012:role/shop";
const TARGETS: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";

fn network() -> Value {
    json!({"awsvpcConfiguration": {"subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED"}})
}

/// One container on Fargate, with a named port.
pub fn fargate() -> Value {
    json!({
        "cluster": "main", "launchType": "FARGATE", "desiredCount": 0, "networkConfiguration": network(),
        "taskDefinition": {
            "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "1024",
            "executionRoleArn": ROLE, "taskRoleArn": ROLE,
            "containerDefinitions": [
                {"name": "web", "image": "nginx", "portMappings": [{"containerPort": 80, "name": "http"}, {"containerPort": 81, "name": "admin"}]},
            ],
        },
    })
}

/// Three containers on container instances, nothing pointing at any.
pub fn instances() -> Value {
    json!({
        "cluster": "main", "launchType": "EC2", "desiredCount": 0,
        "taskDefinition": {
            "family": "shop", "networkMode": "bridge", "requiresCompatibilities": ["EC2"], "cpu": "512", "memory": "1024",
            "executionRoleArn": ROLE, "taskRoleArn": ROLE,
            "containerDefinitions": [
                {"name": "web", "image": "nginx", "memory": 128, "memoryReservation": 64, "cpu": 64, "essential": true},
                {"name": "side", "image": "busybox", "memory": 128},
                {"name": "third", "image": "busybox", "memory": 128},
            ],
        },
    })
}

/// What a service has of its own.
pub fn services() -> Vec<Value> {
    let fargate = fargate();
    let strategy =
        |provider: &str, base: u32, weight: u32| json!({"capacityProvider": provider, "base": base, "weight": weight});
    let provided = |items: Value| {
        let mut spec = over(&fargate, json!({"capacityProviderStrategy": items}));
        spec.as_object_mut().expect("a spec").remove("launchType");
        spec
    };
    let two_ports = || {
        let ports = json!([{"containerPort": 80}, {"containerPort": 81}]);
        let mut spec = container(instances(), json!({"portMappings": ports}));
        spec["taskDefinition"]["containerDefinitions"][1]["portMappings"] = ports;
        spec
    };
    vec![
        over(
            &fargate,
            json!({
                "availabilityZoneRebalancing": "ENABLED",
                "deploymentConfiguration": {
                    "alarms": {"alarmNames": ["a", "b"], "enable": true, "rollback": false},
                    "deploymentCircuitBreaker": {"enable": true, "rollback": false, "resetOnHealthyTask": true,
                        "thresholdConfiguration": {"type": "COUNT", "value": 7}},
                    "maximumPercent": 150, "minimumHealthyPercent": 50,
                },
                "enableECSManagedTags": false, "enableExecuteCommand": false, "platformVersion": "1.4.0", "propagateTags": "SERVICE",
                "tags": [{"key": "team", "value": "shop"}],
                "monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization", "MemoryUtilization"], "resolutionSeconds": 20}]},
                "vpcLatticeConfigurations": [{"roleArn": ROLE, "targetGroupArn": "arn:aws:vpc-lattice:us-east-1:1:targetgroup/tg-1", "portName": "http",
                    "advancedConfiguration": {"alternateTargetGroupArn": "arn:aws:vpc-lattice:us-east-1:1:targetgroup/tg-2",
                        "productionListenerRule": "arn:aws:vpc-lattice:us-east-1:1:rule/a", "testListenerRule": "arn:aws:vpc-lattice:us-east-1:1:rule/b"}}],
            }),
        ),
        over(
            &two_ports(),
            json!({
                "loadBalancers": [{"targetGroupArn": TARGETS, "containerName": "web", "containerPort": 80}],
                "serviceRegistries": [{"registryArn": "arn:aws:servicediscovery:us-east-1:1:service/srv-1", "containerName": "web", "containerPort": 80}],
                "placementConstraints": [{"type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*"}],
                "placementStrategy": [{"type": "binpack", "field": "memory"}],
                "availabilityZoneRebalancing": "DISABLED",
            }),
        ),
        over(
            &two_ports(),
            json!({
                "loadBalancers": [{"targetGroupArn": TARGETS, "containerName": "web", "containerPort": 80}],
                "healthCheckGracePeriodSeconds": 30,
            }),
        ),
        over(
            &two_ports(),
            json!({"loadBalancers": [{"loadBalancerName": "classic", "containerName": "web", "containerPort": 80}],
                "availabilityZoneRebalancing": "DISABLED"}),
        ),
        over(
            &fargate,
            json!({"serviceRegistries": [{"registryArn": "arn:aws:servicediscovery:us-east-1:1:service/srv-1", "port": 80}]}),
        ),
        over(
            &fargate,
            json!({"deploymentController": {"type": "CODE_DEPLOY"}, "loadBalancers": balancers(&json!({}))}),
        ),
        over(&fargate, json!({"loadBalancers": balancers(&advanced())})),
        shifting(&json!({"strategy": "CANARY", "bakeTimeInMinutes": 5})),
        shifting(&json!({"strategy": "LINEAR", "bakeTimeInMinutes": 5, "lifecycleHooks": [hook()],
            "linearConfiguration": {"stepPercent": 20.0, "stepBakeTimeInMinutes": 3}})),
        shifting(
            &json!({"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 20.0, "canaryBakeTimeInMinutes": 3}}),
        ),
        over(
            &fargate,
            json!({"deploymentConfiguration": {"minimumHealthyPercent": 50,
                "earlySuccessCriteria": {"enable": true, "healthyPercent": 60, "sourceServiceRevisionCleanup": "BLOCKING"}}}),
        ),
        over(&fargate, json!({"serviceConnectConfiguration": connect()})),
        over(&fargate, json!({"gatewayConnectors": [gateway(&json!({"httpCode": "200"}))]})),
        over(&fargate, json!({"gatewayConnectors": [gateway(&json!({"grpcCode": "1"}))]})),
        provided(json!([{"capacityProvider": "FARGATE_SPOT"}])),
        provided(json!([strategy("FARGATE", 1, 1), strategy("FARGATE_SPOT", 0, 1)])),
        volume(),
        {
            let mut spec = over(&fargate, json!({"taskDefinitionArn": "theirs:1"}));
            spec.as_object_mut().expect("a spec").remove("taskDefinition");
            spec
        },
    ]
}

fn balancers(more: &Value) -> Value {
    let balancer = json!({"targetGroupArn": TARGETS, "containerName": "web", "containerPort": 80});
    json!([over(&balancer, more.clone())])
}

/// What a load balancer has for green beside blue.
fn advanced() -> Value {
    let rule = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/1/2";
    json!({"advancedConfiguration": {"alternateTargetGroupArn": format!("{TARGETS}0"), "roleArn": ROLE,
        "productionListenerRule": format!("{rule}/3"), "testListenerRule": format!("{rule}/4")}})
}

fn shifting(configuration: &Value) -> Value {
    over(&fargate(), json!({"loadBalancers": balancers(&advanced()), "deploymentConfiguration": configuration}))
}

/// A hook at a stage that a deployment without another in its way does not have.
fn hook() -> Value {
    json!({"targetType": "AWS_LAMBDA", "hookTargetArn": "arn:aws:lambda:us-east-1:123456789012:function:check", "roleArn": ROLE,
        "lifecycleStages": ["RECONCILE_SERVICE"], "hookDetails": {"team": "shop"},
        "timeoutConfiguration": {"timeoutInMinutes": 60, "action": "ROLLBACK"}})
}

fn connect() -> Value {
    json!({
        "enabled": true, "namespace": "internal",
        "accessLogConfiguration": {"format": "TEXT", "includeQueryParameters": "DISABLED"},
        "containerConfigurations": [{"logLevel": "info"}],
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "connect", "awslogs-region": "us-east-1", "mode": "blocking"},
            "secretOptions": [{"name": "token", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/token"}]},
        "services": [{
            "portName": "http", "discoveryName": "web", "ingressPortOverride": 8080,
            "clientAliases": [{"port": 80, "dnsName": "web", "testTrafficRules": {"header": {"name": "x-test", "value": {"exact": "yes"}}}}],
            "timeout": {"idleTimeoutSeconds": 60, "perRequestTimeoutSeconds": 10},
            "tls": {"issuerCertificateAuthority": {"awsPcaAuthorityArn": "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/a"},
                "kmsKey": "arn:aws:kms:us-east-1:123456789012:key/a", "roleArn": ROLE},
        }],
    })
}

fn gateway(matcher: &Value) -> Value {
    json!({
        "portName": "http", "deregistrationDelay": {"timeoutSeconds": 30}, "filters": {"accessTypes": ["PUBLIC"]},
        "healthCheck": {"healthCheckIntervalSeconds": 30, "healthCheckPath": "/", "healthCheckPort": 80, "healthCheckProtocol": "HTTP",
            "healthCheckTimeoutSeconds": 5, "healthyThresholdCount": 3, "unhealthyThresholdCount": 3,
            "matcher": matcher},
    })
}

/// With an Amazon EBS volume for each task.
fn volume() -> Value {
    let spec = definition(fargate(), json!({"volumes": [{"name": "data", "configuredAtLaunch": true}]}));
    let ebs = json!({
        "encrypted": true, "filesystemType": "xfs", "iops": 3000, "kmsKeyId": "key-1", "roleArn": ROLE, "sizeInGiB": 10,
        "snapshotId": "snap-1", "throughput": 125, "volumeInitializationRate": 100, "volumeType": "gp3",
        "tagSpecifications": [{"resourceType": "volume", "propagateTags": "SERVICE", "tags": [{"key": "team", "value": "shop"}]}],
    });
    over(&spec, json!({"volumeConfigurations": [{"name": "data", "managedEBSVolume": ebs}]}))
}

/// What a task definition has.
pub fn definitions() -> Vec<Value> {
    let fsx = json!({"fileSystemId": "fs-1", "rootDirectory": "share",
        "authorizationConfig": {"credentialsParameter": "arn:aws:ssm:us-east-1:123456789012:parameter/fsx", "domain": "shop.example"}});
    let docker = |more: Value| {
        let docker = json!({"driver": "rexray/ebs", "driverOpts": {"type": "nfs"}, "labels": {"team": "shop"}});
        json!({"name": "data", "dockerVolumeConfiguration": over(&docker, more)})
    };
    let efs = |transit: Value| {
        let efs = json!({"fileSystemId": "fs-1", "rootDirectory": "/data"});
        json!({"name": "data", "efsVolumeConfiguration": over(&efs, transit)})
    };
    let s3 = json!({"fileSystemArn": "arn:aws:s3files:us-east-1:123456789012:file-system/fs-1", "rootDirectory": "/data",
        "accessPointArn": "arn:aws:s3files:us-east-1:123456789012:file-system/fs-1/access-point/ap-1", "transitEncryptionPort": 2999});
    let volume = |volume: Value| definition(instances(), json!({"volumes": [volume]}));
    let proxy =
        json!({"type": "APPMESH", "containerName": "side", "properties": [{"name": "IgnoredUID", "value": "1337"}]});
    vec![
        definition(
            instances(),
            json!({"networkMode": "host", "runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"}}),
        ),
        container(
            instances(),
            json!({
                "portMappings": [{"containerPort": 80, "protocol": "tcp", "name": "http"}], "resourceRequirements": [{"type": "GPU", "value": "1"}],
            }),
        ),
        container(fargate(), everywhere()),
        definition(
            fargate(),
            json!({
                "ephemeralStorage": {"sizeInGiB": 30}, "enableFaultInjection": false,
                "tags": [{"key": "team", "value": "shop"}],
            }),
        ),
        definition(
            container(instances(), on_instances()),
            json!({
                "ipcMode": "host", "pidMode": "host",
                "placementConstraints": [{"type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*"}],
                "inferenceAccelerators": [{"deviceName": "device", "deviceType": "eia2.medium"}],
                "volumes": [{"name": "spare", "host": {"sourcePath": "/spare"}}, {"name": "data"}, {"name": "other"}],
            }),
        ),
        container(instances(), json!({"portMappings": [{"containerPortRange": "8000-8010"}]})),
        over(
            &definition(instances(), json!({"networkMode": "awsvpc", "proxyConfiguration": proxy})),
            json!({"networkConfiguration": network()}),
        ),
        volume(docker(json!({"scope": "task"}))),
        volume(docker(json!({"scope": "shared", "autoprovision": false}))),
        volume(efs(json!({"transitEncryption": "DISABLED"}))),
        volume(efs(
            json!({"authorizationConfig": {"iam": "DISABLED", "accessPointId": "fsap-1"}, "transitEncryption": "ENABLED", "transitEncryptionPort": 2049}),
        )),
        volume(json!({"name": "data", "fsxWindowsFileServerVolumeConfiguration": fsx})),
        volume(json!({"name": "data", "s3filesVolumeConfiguration": s3})),
        definition(
            instances(),
            json!({"trustedExecutionConfiguration": {"attestationPolicy": "policy", "isolationMode": "SHARED"}}),
        ),
    ]
}

/// What a container has on Fargate too.
fn everywhere() -> Value {
    let secret = |name: &str| json!({"name": name, "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/a"});
    json!({
        "command": ["serve", "--now"], "entryPoint": ["/bin/sh", "-c"], "workingDirectory": "/srv", "user": "www",
        "credentialSpecs": ["credentialspecdomainless:arn:aws:s3:::shop/spec"],
        "dockerLabels": {"team": "shop"}, "hostname": "web",
        "environment": [{"name": "MODE", "value": "fast"}],
        "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::shop/a.env"}],
        "secrets": [secret("TOKEN")],
        "firelensConfiguration": {"type": "fluentbit", "options": {"enable-ecs-log-metadata": "true"}},
        "healthCheck": {"command": ["CMD", "true"], "interval": 10, "retries": 5, "startPeriod": 30, "timeout": 8},
        "essential": true, "interactive": false, "pseudoTerminal": false, "readonlyRootFilesystem": false,
        "linuxParameters": {"capabilities": {"drop": ["NET_RAW"]}, "initProcessEnabled": false},
        "logConfiguration": {"logDriver": "splunk", "options": {"splunk-url": "https://logs.example"}, "secretOptions": [secret("splunk-token")]},
        "repositoryCredentials": {"credentialsParameter": "arn:aws:secretsmanager:us-east-1:123456789012:secret:registry"},
        "restartPolicy": {"enabled": true, "ignoredExitCodes": [0], "restartAttemptPeriod": 60},
        "portMappings": [{"containerPort": 80, "name": "http", "protocol": "tcp", "appProtocol": "http"}],
        "startTimeout": 60, "stopTimeout": 60, "versionConsistency": "enabled",
        "systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}],
        "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}],
    })
}

/// What a container has on container instances only, and what points at its neighbours.
fn on_instances() -> Value {
    json!({
        "disableNetworking": false, "dnsSearchDomains": ["shop.example"], "dnsServers": ["10.0.0.2"], "dockerSecurityOptions": ["no-new-privileges"],
        "extraHosts": [{"hostname": "db", "ipAddress": "10.0.0.3"}], "links": ["side"], "privileged": false,
        "dependsOn": [{"containerName": "side", "condition": "START"}],
        "volumesFrom": [{"sourceContainer": "side", "readOnly": false}],
        "mountPoints": [{"sourceVolume": "data", "containerPath": "/data", "readOnly": false}],
        "portMappings": [{"containerPort": 80, "hostPort": 8080}],
        "resourceRequirements": [{"type": "GPU", "value": "1", "sharingStrategy": {"nvidiaMps": {"maxComputePercent": 50, "memory": 512}}}],
        "linuxParameters": {
            "capabilities": {"add": ["SYS_PTRACE"]}, "maxSwap": 64, "sharedMemorySize": 64, "swappiness": 10,
            "devices": [{"hostPath": "/dev/a", "containerPath": "/dev/b", "permissions": ["read", "write"]}],
            "tmpfs": [{"containerPath": "/tmp", "size": 16, "mountOptions": ["noexec"]}],
        },
    })
}
