"""A whole world that nobody manages, made by boto3: imported, applied, and let go again. Nothing of it changes but the operator's tags."""

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims import Claims, equal
from kubernetes import Kubernetes
from scenarios.fargate_profiles import active
from scenarios.repositories import LIFECYCLE, POLICY
from scenarios.task_definitions import EC2, FARGATE
from targets import CREDENTIALS, EKS_CLUSTER, Processes, Target, aws_sim

NAMESPACE = "imported"
TEN = range(10)
PATIENCE = 120
ROLE = "arn:aws:iam::123456789012:role/ecsShop"
GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
RULE = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/1/2/3"
REGISTRY = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-a1"


@dataclass
class World:
    kubernetes: Kubernetes
    aws: Target
    binary: Path

    def flags(self) -> list[str]:
        return [f"--aws-endpoint-url={self.aws.url}", "--allow-insecure-endpoint"]

    def kubectl(self, *arguments: str, given: str = "") -> str:
        return self.kubernetes.kubectl("--namespace", NAMESPACE, *arguments, given=given)

    def objects(self) -> list[dict[str, Any]]:
        return json.loads(self.kubectl("get", "ecs-bridge", "--output=json"))["items"]

    def until(self, what: str, wrong: Any) -> None:
        """Waits until nothing is wrong any more."""
        deadline = time.monotonic() + PATIENCE
        while found := wrong():
            assert time.monotonic() < deadline, f"{what}: not within {PATIENCE} s: {found}"
            time.sleep(0.5)

    def writes(self) -> list[dict[str, Any]]:
        """What the operator has asked of AWS, but for reads."""
        with urllib.request.urlopen(f"{self.aws.url}/_sim/journal", timeout=20) as answer:
            entries = json.load(answer)["entries"]
        reads = ("Describe", "List", "Get")
        of_the_operator = [entry for entry in entries if "Boto3" not in entry["userAgent"]]
        return [entry for entry in of_the_operator if not entry["operation"].startswith(reads)]


def tags(index: int, key: str = "key", value: str = "value") -> list[dict[str, str]]:
    """None, one or two."""
    return [{key: name, value: f"{name}-{index}"} for name in ("team", "cost")[: index % 3]]


def clusters(aws: Target) -> None:
    command = {"logging": "OVERRIDE", "logConfiguration": {"s3BucketName": "exec", "s3EncryptionEnabled": True}}
    strategy = [{"capacityProvider": "FARGATE", "base": 1, "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 4}]
    more: list[dict[str, Any]] = [
        {},
        {"capacityProviders": ["FARGATE"]},
        {"capacityProviders": ["FARGATE_SPOT", "FARGATE"], "defaultCapacityProviderStrategy": strategy},
        {"settings": [{"name": "containerInsights", "value": "enabled"}]},
        {"settings": [{"name": "containerInsights", "value": "enhanced"}]},
        {"configuration": {"executeCommandConfiguration": command}},
        {"configuration": {"executeCommandConfiguration": {"logging": "NONE"}}},
        {"configuration": {"managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": "key-2"}}},
        {"serviceConnectDefaults": {"namespace": "internal"}},
        {"capacityProviders": ["FARGATE", "FARGATE_SPOT", "container-instances"]},
    ]
    for index in TEN:
        aws.ecs.create_cluster(clusterName=f"Cluster_{index}", tags=tags(index), **more[index])


def providers(aws: Target) -> None:
    """Five of Auto Scaling groups, which clusters may have or not; and five Managed Instances, each in a cluster of its own."""
    group = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:{0}:autoScalingGroupName/workers-{0}"
    scaling = {"status": "ENABLED", "targetCapacity": 80, "maximumScalingStepSize": 5}
    groups: list[dict[str, Any]] = [
        {},
        {"managedScaling": scaling},
        {"managedScaling": scaling, "managedTerminationProtection": "ENABLED"},
        {"managedDraining": "DISABLED"},
        {"managedScaling": {"status": "DISABLED", "instanceWarmupPeriod": 60}},
    ]
    requirements = {"vCpuCount": {"min": 2, "max": 8}, "memoryMiB": {"min": 4096}, "cpuManufacturers": ["intel", "amd"]}
    templates: list[dict[str, Any]] = [
        {},
        {"instanceRequirements": requirements},
        {"storageConfiguration": {"storageSizeGiB": 100}},
        {"monitoring": "DETAILED"},
        {"networkConfiguration": {"subnets": ["subnet-0b", "subnet-0a"], "securityGroups": ["sg-0a"]}},
    ]
    profile = "arn:aws:iam::123456789012:instance-profile/ecsInstance"
    for index, more in enumerate(groups):
        provider = {"autoScalingGroupArn": group.format(index)} | more
        aws.ecs.create_capacity_provider(name=f"workers_{index}", autoScalingGroupProvider=provider, tags=tags(index))
    own: dict[str, Any] = {"capacityProviders": ["workers_1", "FARGATE"], "defaultCapacityProviderStrategy": []}
    aws.ecs.put_cluster_capacity_providers(cluster="Cluster_8", **own)
    for index, more in enumerate(templates):
        template = {"ec2InstanceProfileArn": profile, "networkConfiguration": {"subnets": ["subnet-0a"]}} | more
        configuration = {"infrastructureRoleArn": ROLE, "instanceLaunchTemplate": template}
        name, cluster = f"instances_{index}", f"Cluster_{index}"
        aws.ecs.create_capacity_provider(name=name, cluster=cluster, managedInstancesProvider=configuration, tags=tags(index))

    def under_way() -> list[str]:
        found = aws.ecs.describe_capacity_providers()["capacityProviders"]
        return [provider["name"] for provider in found if provider["status"] != "ACTIVE"]

    aws.until("the capacity providers", under_way, lambda found: not found)


def definitions(aws: Target) -> None:
    """Ten families that run in services, with all sorts of members; and ten that nothing runs."""
    roles = {"executionRoleArn": ROLE, "taskRoleArn": ROLE}
    for index in TEN:
        container = FARGATE["containerDefinitions"][0] | {
            "portMappings": [{"containerPort": 80, "name": "http"}],
            "environment": [{"name": name, "value": str(index)} for name in ("B", "A")],
            "healthCheck": {"command": ["CMD", "true"], "interval": 10 + index},
        }
        mount = [{"sourceVolume": "data", "containerPath": "/data"}]
        volume: dict[str, Any] = {"name": "data"}
        if index % 3 == 1:
            container["mountPoints"] = mount
            volume["efsVolumeConfiguration"] = {"fileSystemId": "fs-1", "transitEncryption": "ENABLED"}
        if index == 6:
            container["mountPoints"] = mount
            volume["configuredAtLaunch"] = True
        volumes = [volume] if "mountPoints" in container else []
        sidecar = {"name": "log", "image": f"log:{index}", "essential": False, "command": ["tail", "-f"]}
        given = FARGATE | roles | {"containerDefinitions": [container, sidecar], "volumes": volumes}
        made = {"tags": tags(index)} if tags(index) else {}
        aws.ecs.register_task_definition(family=f"web-{index}", **given, **made)
        aws.ecs.register_task_definition(family=f"alone_{index}", **(EC2 | {"networkMode": "host"} | made))
    aws.ecs.register_task_definition(family="on-instances", **EC2)


def services(aws: Target) -> None:
    shifting = {"alternateTargetGroupArn": f"{GROUP}0", "productionListenerRule": RULE, "roleArn": ROLE}
    balancer = {"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}
    volume = {"name": "data", "managedEBSVolume": {"roleArn": ROLE, "sizeInGiB": 10, "volumeType": "gp3"}}
    alias = {"port": 80, "dnsName": "web"}
    connect = {"enabled": True, "namespace": "internal", "services": [{"portName": "http", "clientAliases": [alias]}]}
    breaker = {"enable": True, "rollback": True}
    spot = [{"capacityProvider": "FARGATE_SPOT", "weight": 3}, {"capacityProvider": "FARGATE", "base": 1, "weight": 1}]
    metrics = {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}
    more: list[dict[str, Any]] = [
        {},
        {"loadBalancers": [balancer], "healthCheckGracePeriodSeconds": 30, "desiredCount": 2},
        {"launchType": None, "capacityProviderStrategy": spot, "platformVersion": "1.4.0"},
        {"deploymentConfiguration": {"deploymentCircuitBreaker": breaker, "minimumHealthyPercent": 50}},
        {"serviceConnectConfiguration": connect, "enableECSManagedTags": True, "propagateTags": "SERVICE"},
        {"serviceRegistries": [{"registryArn": REGISTRY}], "availabilityZoneRebalancing": "DISABLED"},
        {"volumeConfigurations": [volume]},
        {
            "loadBalancers": [balancer | {"advancedConfiguration": shifting}],
            "deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1},
        },
        {"monitoring": metrics, "enableExecuteCommand": True},
        {"desiredCount": 0, "deploymentConfiguration": {"alarms": {"alarmNames": ["a"], "enable": True, "rollback": False}}},
    ]
    home = "Cluster_9"
    for index in TEN:
        base = {"cluster": home, "serviceName": f"web_{index}", "taskDefinition": f"web-{index}", "desiredCount": 1}
        base |= {"launchType": "FARGATE", "networkConfiguration": aws.network, "tags": tags(index)}
        given = base | more[index]
        aws.ecs.create_service(**{member: value for member, value in given.items() if value is not None})
    on_instances = {"cluster": home, "taskDefinition": "on-instances", "launchType": "EC2"}
    spread = [{"type": "spread", "field": "attribute:ecs.availability-zone"}, {"type": "binpack", "field": "memory"}]
    aws.ecs.create_service(
        **on_instances,
        serviceName="instances",
        desiredCount=1,
        placementStrategy=spread,
        placementConstraints=[{"type": "distinctInstance"}],
    )
    aws.ecs.create_service(**on_instances, serviceName="daemon", schedulingStrategy="DAEMON")
    # Of one name in another cluster, and of one definition with the first.
    base = {"cluster": "Cluster_2", "serviceName": "web_0", "taskDefinition": "web-0", "desiredCount": 1}
    aws.ecs.create_service(**base, networkConfiguration=aws.network)


def repositories(aws: Target) -> None:
    filters = [{"filterType": "WILDCARD", "filter": "dev*"}, {"filterType": "WILDCARD", "filter": "v*"}]
    key = "arn:aws:kms:us-east-1:123456789012:key/mine"
    more: list[dict[str, Any]] = [
        {},
        {"imageTagMutability": "IMMUTABLE"},
        {"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION", "imageTagMutabilityExclusionFilters": filters},
        {"imageScanningConfiguration": {"scanOnPush": True}},
        {"encryptionConfiguration": {"encryptionType": "KMS"}},
        {"encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": key}},
        {},
        {},
        {},
        {"imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": True}},
    ]
    for index in TEN:
        name = f"team/app_{index}"
        aws.ecr.create_repository(repositoryName=name, tags=tags(index, "Key", "Value"), **more[index])
        if index in (6, 8, 9):
            aws.ecr.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=json.dumps(LIFECYCLE, indent=1))
        if index in (7, 8, 9):
            aws.ecr.set_repository_policy(repositoryName=name, policyText=json.dumps(POLICY, indent=2))


def profiles(aws: Target) -> None:
    for index in TEN:
        labels = {"labels": {"tier": "w?b"}} if index % 2 else {}
        selectors = [{"namespace": f"team-{index}-*"} | labels, {"namespace": f"team-{index}"}][: 1 + index % 2]
        subnets = {"subnets": [f"subnet-{index}a", f"subnet-{index}b"][: 1 + index % 2]}
        tagged = {"tags": {tag["key"]: tag["value"] for tag in tags(index)}} if tags(index) else {}
        active(aws, f"profile_{index}", selectors=selectors, podExecutionRoleArn=ROLE, **subnets, **tagged)


def settled(aws: Target) -> None:
    """Waits until every deployment is over."""

    def under_way() -> list[str]:
        found = []
        for service in described_services(aws):
            over = service["runningCount"] == service["desiredCount"] and len(service["deployments"]) == 1
            states = {deployment.get("rolloutState", "COMPLETED") for deployment in service["deployments"]}
            if not over or states != {"COMPLETED"}:
                found.append(service["serviceName"])
        return found

    aws.until("the services", under_way, lambda found: not found)


def described_services(aws: Target) -> Iterator[dict[str, Any]]:
    for cluster in sorted(aws.ecs.list_clusters()["clusterArns"]):
        for arn in sorted(aws.ecs.list_services(cluster=cluster, maxResults=100)["serviceArns"]):
            yield aws.ecs.describe_services(cluster=cluster, services=[arn], include=["TAGS"])["services"][0]


VOLATILE = ("ResponseMetadata", "events", "updatedAt", "nextToken")


def everything(aws: Target) -> dict[str, Any]:
    """All that AWS describes of the world, without what the operator or time adds to it."""
    include = ["SETTINGS", "CONFIGURATIONS", "ATTACHMENTS", "TAGS"]
    found: dict[str, Any] = {}
    for arn in aws.ecs.list_clusters()["clusterArns"]:
        found[arn] = aws.ecs.describe_clusters(clusters=[arn], include=include)["clusters"][0]
    for service in described_services(aws):
        found[service["serviceArn"]] = service
        for revision in service.get("currentServiceRevisions", []):
            described = aws.ecs.describe_service_revisions(serviceRevisionArns=[revision["arn"]])
            found[revision["arn"]] = described["serviceRevisions"]
    for status in ("ACTIVE", "INACTIVE"):
        for arn in aws.ecs.list_task_definitions(status=status)["taskDefinitionArns"]:
            found[arn] = aws.ecs.describe_task_definition(taskDefinition=arn, include=["TAGS"])
    for repository in aws.ecr.describe_repositories(maxResults=1000)["repositories"]:
        arn, name = repository["repositoryArn"], repository["repositoryName"]
        found[arn] = [repository, aws.ecr.list_tags_for_resource(resourceArn=arn)]
        for look in (aws.ecr.get_lifecycle_policy, aws.ecr.get_repository_policy):
            try:
                found[arn].append(look(repositoryName=name))
            except (aws.ecr.exceptions.LifecyclePolicyNotFoundException, aws.ecr.exceptions.RepositoryPolicyNotFoundException):
                pass
    for provider in aws.ecs.describe_capacity_providers(include=["TAGS"])["capacityProviders"]:
        found[provider["capacityProviderArn"]] = provider
    for name in aws.eks.list_fargate_profiles(clusterName=EKS_CLUSTER)["fargateProfileNames"]:
        profile = aws.eks.describe_fargate_profile(clusterName=EKS_CLUSTER, fargateProfileName=name)
        found[profile["fargateProfile"]["fargateProfileArn"]] = profile
    return {arn: plain(thing) for arn, thing in found.items()}


def plain(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {name: tags_in_order(name, plain(value)) for name, value in thing.items() if name not in VOLATILE}
    return [plain(item) for item in thing] if isinstance(thing, list) else thing


def tags_in_order(name: str, value: Any) -> Any:
    ordered = name == "tags" and isinstance(value, list)
    return sorted(value, key=lambda tag: tag.get("key") or tag.get("Key")) if ordered else value


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    gone = [arn for arn in before if arn not in after]
    new = [arn for arn in after if arn not in before]
    return gone + new + [f"{arn}: {before[arn]} is {after[arn]}" for arn in before if arn in after and before[arn] != after[arn]]


def a_world_of_ten(world: World, claim: Claims) -> None:
    aws = world.aws
    for make in (clusters, providers, definitions, services, repositories, profiles):
        make(aws)
    settled(aws)
    before = everything(aws)
    alone = ",".join(f"alone_{index}" for index in TEN)
    selected = ["--all", f"--task-definition={alone}", f"--fargate-profile={EKS_CLUSTER}"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "ECS_BRIDGE_"))}
    printed = [
        subprocess.run(
            [world.binary, "import", *selected, *world.flags()],
            env=environment | CREDENTIALS,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        for _ in range(2)
    ]
    with claim("it prints an object for each, and leaves nothing out", "ecs-bridge import"):
        assert printed[0].returncode == 0, printed[0].stderr
        assert "left out:" not in printed[0].stderr, printed[0].stderr
        kinds = [line.split()[1] for line in printed[0].stdout.splitlines() if line.startswith("kind: ")]
        wanted = {"EcsCluster": 10, "EcsService": 13, "EcsTaskDefinition": 10, "EcrRepository": 10, "EksFargateProfile": 10}
        # aws-sim has one to begin with.
        wanted["EcsCapacityProvider"] = 11
        equal({kind: kinds.count(kind) for kind in wanted}, wanted, "how many objects of each kind")
    with claim("twice, it prints the same", "ecs-bridge import"):
        equal(printed[0].stdout, printed[1].stdout, "the second text")
    with claim("it writes nothing", "ecs-bridge import"):
        equal(world.writes(), [], "what was written")
    with claim("all of it is accepted by the API server", "ecs-bridge import"):
        world.kubectl("apply", "--server-side", "--validate=strict", "--filename=-", given=printed[0].stdout)

    def not_synced() -> dict[str, str]:
        return {name_of(thing): why for thing in world.objects() if (why := synced(thing))}

    with claim("each becomes Synced and Ready", "ecs-bridge import"):
        world.until("Synced", not_synced)
    with claim("nothing was written but the operator's tags", "TagResource"):
        others = [entry for entry in world.writes() if entry["operation"] != "TagResource" or not is_ours(entry)]
        equal([(entry["operation"], entry["request"]) for entry in others], [], "what else was written")
        assert len(world.writes()) >= 54, f"{len(world.writes())} things were tagged"
    adopt = "    adoption: Adopt\n"
    retained = printed[0].stdout.replace(adopt, f"{adopt}    deletion: Retain\n")
    world.kubectl("apply", "--server-side", "--validate=strict", "--filename=-", given=retained)
    names = [name_of(thing) for thing in world.objects()]
    equal({thing["spec"]["management"]["deletion"] for thing in world.objects()}, {"Retain"}, "what deletion does")
    world.kubectl("delete", *names, "--wait=false")
    with claim("the objects go, and leave it", "ecs-bridge import"):
        world.until("their end", lambda: [name_of(thing) for thing in world.objects()])
    with claim("nothing of it has changed", "ecs-bridge import"):
        equal(differing(before, everything(aws)), [], "what differs")


def name_of(thing: dict[str, Any]) -> str:
    return f"{thing['kind']}/{thing['metadata']['name']}"


def synced(thing: dict[str, Any]) -> str:
    """Why the object is not Synced and Ready about its spec as it is now; empty where it is."""
    conditions = {condition["type"]: condition for condition in thing.get("status", {}).get("conditions", [])}
    for wanted in ("Synced", "Ready"):
        found = conditions.get(wanted, {})
        current = found.get("observedGeneration") == thing["metadata"]["generation"]
        if found.get("status") != "True" or not current:
            return f"{wanted}: {found.get('message', 'nobody has looked')}"
    return ""


def is_ours(entry: dict[str, Any]) -> bool:
    """Whether a TagResource sets the operator's own tags alone."""
    given = entry["request"]["tags"]
    keys = list(given) if isinstance(given, dict) else [tag.get("key") or tag.get("Key") for tag in given]
    return bool(keys) and all(key.startswith("ecs-bridge.dev:") for key in keys)


SCENARIOS = [a_world_of_ten]


def start(processes: Processes, programs: Path) -> World:
    aws = aws_sim(processes, programs / "aws-sim", "aws-sim-of-the-import")
    kubernetes = Kubernetes(processes, "kubernetes-of-the-import")
    kubernetes.kubectl("create", "namespace", NAMESPACE)
    world = World(kubernetes, aws, programs / "ecs-bridge")
    kubernetes.start_operator(processes, world.binary, aws, NAMESPACE, roles="*")
    return world
