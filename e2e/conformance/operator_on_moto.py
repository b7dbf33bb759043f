"""The operator on moto: what it makes of its kinds on an AWS that none of its authors wrote."""

import json
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from claims import Claims, absent, contains, equal
from kubernetes import NAMESPACE, Kubernetes
from scenarios.repositories import LIFECYCLE, POLICY
from scenarios.task_definitions import FARGATE as DEFINITION
from scenarios.task_definitions import REAL, ROLE
from targets import EKS_CLUSTER, Processes, Target, moto

T = TypeVar("T")
PATIENCE = 40


@dataclass
class Ground:
    kubernetes: Kubernetes
    aws: Target

    def until(self, what: str, look: Callable[[], T], wanted: Callable[[T], Any]) -> T:
        """As the operator works by itself, all of it is waited for."""
        deadline = time.monotonic() + PATIENCE
        while True:
            seen = look()
            if wanted(seen):
                return seen
            assert time.monotonic() < deadline, f"{what}: not within {PATIENCE} s; it is {seen!r}"
            time.sleep(0.1)

    def has(self, kind: str, name: str, condition: str) -> dict[str, Any]:
        """Waits until the condition is True about the spec as it is now."""

        def holds(thing: dict[str, Any]) -> bool:
            found = conditions(thing).get(condition, {})
            current = found.get("observedGeneration") == thing["metadata"]["generation"]
            return found.get("status") == "True" and current

        try:
            return self.until(condition, lambda: self.kubernetes.get(kind, name), holds)
        except AssertionError:
            state = {type_: f"{c['status']}: {c['message']}" for type_, c in self.conditions(kind, name).items()}
            raise AssertionError(f"{kind}/{name} is not {condition}: {state}") from None

    def conditions(self, kind: str, name: str) -> dict[str, Any]:
        return conditions(self.kubernetes.get(kind, name))

    def requests(self) -> list[str]:
        """What the operator has asked of AWS so far."""
        with urllib.request.urlopen(f"{self.aws.url}/_recorded", timeout=5) as answer:
            return [request["operation"] for request in json.load(answer) if "Boto3" not in request["agent"]]

    def rests(self, kind: str, name: str, read: str) -> None:
        """Passes over an unchanged world, one that is asked for and those of the sweep, write nothing."""
        before = len(self.requests())
        stamp = f"ecs-bridge.dev/reconcile-at={before}"
        self.kubernetes.namespaced("annotate", f"{kind}/{name}", stamp, "--overwrite")
        asked = self.until("three reads", self.requests, lambda all_: all_[before:].count(read) >= 3)[before:]
        writes = [
            operation for operation in asked if not operation.split(":")[1].startswith(("Describe", "List", "Get"))
        ]
        equal(writes, [], "what a second pass wrote")

    def deleted(self, kind: str, name: str) -> None:
        self.kubernetes.delete(kind, name)
        self.until("its end", lambda: self.kubernetes.exists(kind, name), lambda exists: not exists)


def rested(thing: dict[str, Any]) -> bool:
    """Whether the object waits for nothing more, with its spec as it is now."""
    reconciling = conditions(thing).get("Reconciling", {})
    return reconciling.get("status") == "False" and reconciling["observedGeneration"] == thing["metadata"]["generation"]


def conditions(thing: dict[str, Any]) -> dict[str, Any]:
    return {condition["type"]: condition for condition in thing.get("status", {}).get("conditions", [])}


def repositories(ground: Ground, claim: Claims) -> None:
    ecr, kind, name = ground.aws.ecr, "EcrRepository", f"{NAMESPACE}/app"
    spec = {
        "imageTagMutability": "IMMUTABLE",
        "imageScanningConfiguration": {"scanOnPush": True},
        "lifecyclePolicyText": json.dumps(LIFECYCLE),
        "policyText": json.dumps(POLICY),
        "tags": [{"Key": "team", "Value": "shop"}],
    }

    def described() -> dict[str, Any]:
        return ecr.describe_repositories(repositoryNames=[name])["repositories"][0]

    def tags() -> dict[str, str]:
        listed = ecr.list_tags_for_resource(resourceArn=described()["repositoryArn"])["tags"]
        return {tag["Key"]: tag["Value"] for tag in listed}

    with claim("it is created, Synced and Ready", "CreateRepository"):
        ground.kubernetes.apply(kind, "app", spec)
        ground.has(kind, "app", "Synced")
        ground.has(kind, "app", "Ready")
    with claim("AWS has what the spec says", "DescribeRepositories"):
        wanted = {name: spec[name] for name in ("imageTagMutability", "imageScanningConfiguration")}
        contains(described(), wanted, "the repository")
        text = ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]
        equal(json.loads(text), LIFECYCLE, "the lifecycle policy")
        contains(json.loads(ecr.get_repository_policy(repositoryName=name)["policyText"]), POLICY, "the policy")
        contains(tags(), {"team": "shop", "ecs-bridge.dev:name": "app"}, "the tags")
    with claim("a second pass writes nothing", "none"):
        ground.rests(kind, "app", "ecr:DescribeRepositories")
    with claim("each member that was changed behind its back is put back", "PutImageTagMutability and its like"):
        ecr.put_image_tag_mutability(repositoryName=name, imageTagMutability="MUTABLE")
        ecr.put_image_scanning_configuration(repositoryName=name, imageScanningConfiguration={"scanOnPush": False})
        ecr.delete_lifecycle_policy(repositoryName=name)
        ecr.delete_repository_policy(repositoryName=name)
        ecr.tag_resource(resourceArn=described()["repositoryArn"], tags=[{"Key": "team", "Value": "till"}])
        ground.until("the tags", tags, lambda seen: seen.get("team") == "shop")
        ground.until("mutability", described, lambda seen: seen["imageTagMutability"] == "IMMUTABLE")
        ground.until("scanning", described, lambda seen: seen["imageScanningConfiguration"]["scanOnPush"])
        ground.until("the policies", lambda: policies(ecr, name), lambda seen: seen == (True, True))
        ground.has(kind, "app", "Synced")
    with claim("what others tagged stays", "TagResource"):
        ecr.tag_resource(resourceArn=described()["repositoryArn"], tags=[{"Key": "others", "Value": "x"}])
        ground.rests(kind, "app", "ecr:DescribeRepositories")
        equal(tags().get("others"), "x", "the tag of others")
    with claim("what is taken out of the spec goes out of AWS", "DeleteLifecyclePolicy and its like"):
        ground.kubernetes.apply(kind, "app", {})
        ground.has(kind, "app", "Synced")
        contains(described(), {"imageTagMutability": "MUTABLE"}, "the repository")
        equal(described()["imageScanningConfiguration"], {"scanOnPush": False}, "scanning")
        equal(policies(ecr, name), (False, False), "whether there are policies")
        absent(tags(), "team")
    with claim("one that was deleted behind its back is made again", "CreateRepository"):
        first = described()["createdAt"]
        ecr.delete_repository(repositoryName=name)
        ground.until(
            "the new one", lambda: repositories_of(ecr, name), lambda all_: all_ and all_[0]["createdAt"] != first
        )
        ground.has(kind, "app", "Synced")
    with claim("one that holds images is not deleted, and says so", "DeleteRepository"):
        ground.aws.put_image(name, "v1")
        ground.kubernetes.delete(kind, "app")
        state = ground.until(
            "why", lambda: ground.conditions(kind, "app").get("Stalled", {}), lambda c: c.get("status") == "True"
        )
        assert "images" in state["message"], f"the condition says {state['message']!r}"
    with claim("without images it is deleted, and its object goes", "DeleteRepository"):
        ecr.batch_delete_image(repositoryName=name, imageIds=[{"imageTag": "v1"}])
        ground.kubernetes.namespaced("annotate", f"{kind}/app", "ecs-bridge.dev/retry=now", "--overwrite")
        ground.until("its end", lambda: ground.kubernetes.exists(kind, "app"), lambda exists: not exists)
        equal(repositories_of(ecr, name), [], "the repositories of this name")


def policies(ecr: Any, name: str) -> tuple[bool, bool]:
    found = []
    for look in (ecr.get_lifecycle_policy, ecr.get_repository_policy):
        try:
            look(repositoryName=name)
            found.append(True)
        except (ecr.exceptions.LifecyclePolicyNotFoundException, ecr.exceptions.RepositoryPolicyNotFoundException):
            found.append(False)
    return found[0], found[1]


def repositories_of(ecr: Any, name: str) -> list[dict[str, Any]]:
    return [
        repository for repository in ecr.describe_repositories()["repositories"] if repository["repositoryName"] == name
    ]


def clusters(ground: Ground, claim: Claims) -> None:
    ecs, kind, name = ground.aws.ecs, "EcsCluster", f"{NAMESPACE}_main"
    strategy = [{"capacityProvider": "FARGATE", "weight": 1, "base": 0}]
    spec = {
        "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
        "defaultCapacityProviderStrategy": strategy,
        "settings": [{"name": "containerInsights", "value": "enabled"}],
        "configuration": {"executeCommandConfiguration": {"logging": "NONE"}},
        "tags": [{"key": "team", "value": "shop"}],
    }

    def described() -> dict[str, Any]:
        include = ["SETTINGS", "CONFIGURATIONS", "TAGS"]
        return ecs.describe_clusters(clusters=[name], include=include)["clusters"][0]

    def tags() -> dict[str, str]:
        return {tag["key"]: tag["value"] for tag in described()["tags"]}

    with claim("it is created, Synced and Ready", "CreateCluster"):
        ground.kubernetes.apply(kind, "main", spec)
        ground.has(kind, "main", "Synced")
        ground.has(kind, "main", "Ready")
    with claim("AWS has what the spec says", "DescribeClusters"):
        contains(described(), {member: value for member, value in spec.items() if member != "tags"}, "the cluster")
        contains(tags(), {"team": "shop", "ecs-bridge.dev:name": "main"}, "the tags")
    with claim("a second pass writes nothing", "none"):
        ground.rests(kind, "main", "ecs:DescribeClusters")
    with claim("each member that was changed behind its back is put back", "UpdateCluster and its like"):
        ecs.update_cluster(cluster=name, settings=[{"name": "containerInsights", "value": "disabled"}])
        providers = {"capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": []}
        ecs.put_cluster_capacity_providers(cluster=name, **providers)
        ecs.untag_resource(resourceArn=described()["clusterArn"], tagKeys=["team"])
        ground.until("the tags", tags, lambda seen: seen.get("team") == "shop")
        ground.until("the settings", described, lambda seen: seen["settings"] == spec["settings"])
        ground.until("the providers", described, lambda seen: seen["capacityProviders"] == spec["capacityProviders"])
        ground.until("the strategy", described, lambda seen: seen["defaultCapacityProviderStrategy"] == strategy)
        ground.has(kind, "main", "Synced")
    with claim("what is taken out of the spec goes out of AWS", "PutClusterCapacityProviders and its like"):
        ground.kubernetes.apply(kind, "main", {"configuration": spec["configuration"]})
        ground.has(kind, "main", "Synced")
        absent(described(), "capacityProviders")
        absent(described(), "defaultCapacityProviderStrategy")
        absent(tags(), "team")
    with claim("a setting that is taken out of the spec becomes the account's default", "ListAccountSettings"):
        equal(described()["settings"], [{"name": "containerInsights", "value": "disabled"}], "settings")
    with claim("one that was deleted behind its back is made again", "CreateCluster"):
        ecs.delete_cluster(cluster=name)
        ground.until("the new one", described, lambda seen: seen["status"] == "ACTIVE")
        ground.has(kind, "main", "Synced")
    with claim("it is deleted, and its object goes", "DeleteCluster"):
        ground.deleted(kind, "main")
        equal(described()["status"], "INACTIVE", "status")


def no_rest(ground: Ground, claim: Claims) -> None:
    """moto keeps an empty namespace where AWS takes it off: an AWS that never has what it was given."""
    kind = "EcsCluster"
    ground.kubernetes.apply(kind, "named", {"serviceConnectDefaults": {"namespace": "shop"}})
    ground.has(kind, "named", "Synced")
    before = len(ground.requests())
    ground.kubernetes.apply(kind, "named", {})
    with claim("what AWS never takes is written a bounded number of times, and the object says so", "none"):
        stalled = ground.until(
            "the end", lambda: ground.conditions(kind, "named")["Stalled"], lambda c: c["status"] == "True"
        )
        equal(stalled["reason"], "NotConverging", "the reason")
        writes = ground.requests()[before:].count("ecs:UpdateCluster")
        assert writes <= 24, f"{writes} UpdateCluster were sent"
    with claim("a namespace that is taken out of the spec goes out of AWS", "ClusterServiceConnectDefaultsRequest"):
        described = ground.aws.ecs.describe_clusters(clusters=[f"{NAMESPACE}_named"])["clusters"][0]
        absent(described, "serviceConnectDefaults")
    with claim("it is deleted all the same", "DeleteCluster"):
        ground.deleted(kind, "named")


def services(ground: Ground, claim: Claims) -> None:
    ecs, kind, name = ground.aws.ecs, "EcsService", f"{NAMESPACE}_web"
    ecs.create_cluster(clusterName="plain", capacityProviders=["FARGATE", "FARGATE_SPOT"])
    spec: dict[str, Any] = {
        "cluster": "plain",
        "launchType": "FARGATE",
        "networkConfiguration": ground.aws.network,
        "taskDefinition": DEFINITION,
        "tags": [{"key": "team", "value": "shop"}],
    }

    def described() -> dict[str, Any]:
        return ecs.describe_services(cluster="plain", services=[name], include=["TAGS"])["services"][0]

    def tags() -> dict[str, str]:
        return {tag["key"]: tag["value"] for tag in described()["tags"]}

    def runs(image: str) -> bool:
        definition = ecs.describe_task_definition(taskDefinition=described()["taskDefinition"])["taskDefinition"]
        return definition["containerDefinitions"][0]["image"] == image

    with claim("it is created, Synced and Ready", "CreateService"):
        ground.kubernetes.apply(kind, "web", spec)
        ground.has(kind, "web", "Synced")
        ground.has(kind, "web", "Ready")
    with claim("AWS has what the spec says", "DescribeServices"):
        contains(described(), {"launchType": "FARGATE", "desiredCount": 1, "status": "ACTIVE"}, "the service")
        contains(described()["networkConfiguration"], ground.aws.network, "the network")
        contains(tags(), {"team": "shop", "ecs-bridge.dev:name": "web"}, "the tags")
        assert runs("nginx:1"), f"it runs {described()['taskDefinition']}"
    with claim("a second pass writes nothing", "none"):
        ground.rests(kind, "web", "ecs:DescribeServices")
    with claim("another image is another revision, and the service runs it", "UpdateService"):
        container = DEFINITION["containerDefinitions"][0] | {"image": "nginx:2"}
        spec["taskDefinition"] = DEFINITION | {"containerDefinitions": [container]}
        ground.kubernetes.apply(kind, "web", spec)
        ground.until("the new revision", lambda: runs("nginx:2"), bool)
        ground.has(kind, "web", "Synced")
        ground.rests(kind, "web", "ecs:DescribeServices")
    with claim("the object shows the deployment of that revision", "Deployment"):
        shown = ground.kubernetes.get(kind, "web")["status"]["deployments"]
        equal(shown[0]["taskDefinition"], described()["taskDefinition"], "the revision of the deployment")
    with claim("it is scaled by its scale subresource", "UpdateService"):
        ground.kubernetes.namespaced("scale", f"{kind}/web", "--replicas=3")
        ground.until("three", lambda: described()["desiredCount"], lambda count: count == 3)
        ground.has(kind, "web", "Ready")
    with claim("what its deployments keep to is changed", "UpdateService"):
        spec["desiredCount"] = 3
        spec["deploymentConfiguration"] = {"minimumHealthyPercent": 50, "maximumPercent": 150}
        ground.kubernetes.namespaced("patch", f"{kind}/web", "--type=merge", "--patch", json.dumps({"spec": spec}))
        ground.has(kind, "web", "Synced")
        contains(described()["deploymentConfiguration"], spec["deploymentConfiguration"], "deploymentConfiguration")
    with claim("each member that was changed behind its back is put back", "UpdateService"):
        ecs.update_service(cluster="plain", service=name, desiredCount=7)
        ecs.untag_resource(resourceArn=described()["serviceArn"], tagKeys=["team"])
        ground.until("the count", lambda: described()["desiredCount"], lambda count: count == 3)
        ground.until("the tags", tags, lambda seen: seen.get("team") == "shop")
        ground.has(kind, "web", "Synced")
    with claim("a network that was changed behind its back is put back", "ListServiceDeployments"):
        network = {"awsvpcConfiguration": ground.aws.network["awsvpcConfiguration"] | {"assignPublicIp": "ENABLED"}}
        ecs.update_service(cluster="plain", service=name, networkConfiguration=network)
        before = len(ground.requests())
        ground.until(
            "a look", lambda: ground.requests()[before:].count("ecs:DescribeServices"), lambda looks: looks > 3
        )
        public = described()["networkConfiguration"]["awsvpcConfiguration"].get("assignPublicIp", "DISABLED")
        equal(public, "DISABLED", "assignPublicIp")
    with claim("while AWS has no answer for it, the object is not Synced and names the operation", "none"):
        synced = ground.until(
            "Synced", lambda: ground.conditions(kind, "web")["Synced"], lambda condition: condition["status"] != "True"
        )
        assert "ListServiceDeployments" in synced["message"], f"the condition says {synced['message']!r}"
    ecs.update_service(cluster="plain", service=name, networkConfiguration=ground.aws.network)
    with claim("a strategy in place of the launch type is described, and stays", "CreateService"):
        strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
        spot = {member: value for member, value in spec.items() if member != "launchType"}
        ground.kubernetes.apply(kind, "spot", spot | {"desiredCount": 1, "capacityProviderStrategy": strategy})
        ground.has(kind, "spot", "Synced")
        ground.rests(kind, "spot", "ecs:DescribeServices")
        creations = ground.requests().count("ecs:CreateService")
        equal(creations, 2, "how many times CreateService was called")
    with claim("what CreateService was given needs no other write", "CreateService"):
        asked = ground.requests()
        after = asked[len(asked) - asked[::-1].index("ecs:CreateService") :]
        equal(after.count("ecs:UpdateService"), 0, "the number of UpdateService after CreateService")
    with claim("one that was deleted behind its back is made again", "CreateService"):
        ecs.delete_service(cluster="plain", service=name, force=True)
        ground.until("the new one", described, lambda seen: seen["status"] == "ACTIVE")
        ground.has(kind, "web", "Synced")
        assert runs("nginx:2"), f"it runs {described()['taskDefinition']}"
    with claim("it is deleted, and its object goes", "DeleteService"):
        ground.deleted(kind, "web")
        equal(described()["status"], "INACTIVE", "status")


def full_service(ground: Ground, claim: Claims) -> None:
    """A service with much of what a service can have; then without it."""
    ecs, kind, name = ground.aws.ecs, "EcsService", f"{NAMESPACE}_full"
    ecs.create_cluster(clusterName="full", capacityProviders=["FARGATE", "FARGATE_SPOT"])
    group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
    bare = {
        "cluster": "full",
        "launchType": "FARGATE",
        "networkConfiguration": ground.aws.network,
        "taskDefinition": DEFINITION | {"taskRoleArn": "arn:aws:iam::123456789012:role/ecsTaskRole"},
    }
    members = {
        "availabilityZoneRebalancing": "DISABLED",
        "deploymentConfiguration": {
            "deploymentCircuitBreaker": {"enable": True, "rollback": True},
            "maximumPercent": 150,
            "minimumHealthyPercent": 50,
        },
        "enableECSManagedTags": True,
        "enableExecuteCommand": True,
        "healthCheckGracePeriodSeconds": 30,
        "loadBalancers": [{"targetGroupArn": group, "containerName": "web", "containerPort": 80}],
        "platformVersion": "1.4.0",
        "propagateTags": "SERVICE",
        "serviceRegistries": [{"registryArn": "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-a1"}],
    }

    def described() -> dict[str, Any]:
        return ecs.describe_services(cluster="full", services=[name])["services"][0]

    with claim("it is Synced", "CreateService"):
        ground.kubernetes.apply(kind, "full", bare | members)
        ground.has(kind, "full", "Synced")
    for member, wanted in members.items():
        with claim(f"{member} is as the spec says", "DescribeServices"):
            contains(described().get(member), wanted, member)
    with claim("a second pass writes nothing", "none"):
        ground.rests(kind, "full", "ecs:DescribeServices")
    with claim("without these members it is Synced again", "UpdateService"):
        ground.kubernetes.apply(kind, "full", bare)
        ground.has(kind, "full", "Synced")
    with claim("lists that are taken out are empty", "UpdateService"):
        absent(described(), "loadBalancers")
        absent(described(), "serviceRegistries")
    with claim("then, too, a second pass writes nothing", "none"):
        ground.rests(kind, "full", "ecs:DescribeServices")


def real_definitions(ground: Ground, claim: Claims) -> None:
    """A service for each of the task definitions that AWS publishes as samples."""
    ground.aws.ecs.create_cluster(clusterName="real", capacityProviders=["FARGATE"])
    for file in sorted(REAL.glob("*.json")):
        definition, name = json.loads(file.read_text()), file.stem.replace("_", "-")
        fargate = "FARGATE" in definition.get("requiresCompatibilities", [])
        spec = {"cluster": "real", "launchType": "FARGATE" if fargate else "EC2"}
        if fargate:
            definition["executionRoleArn"] = ROLE
        if definition["networkMode"] == "awsvpc":
            spec["networkConfiguration"] = ground.aws.network
        with claim(f"a service of {file.name} becomes Ready", "CreateService"):
            ground.kubernetes.apply("EcsService", name, spec | {"taskDefinition": definition})
            ground.has("EcsService", name, "Ready")
        with claim(f"a second pass over {file.name} writes nothing", "none"):
            ground.rests("EcsService", name, "ecs:DescribeServices")


def fargate_profiles(ground: Ground, claim: Claims) -> None:
    """A profile of the EKS cluster, and another that takes its place while a pod runs on it."""
    eks, kind, kubernetes = ground.aws.eks, "EksFargateProfile", ground.kubernetes
    spec: dict[str, Any] = {
        "podExecutionRoleArn": "arn:aws:iam::123456789012:role/ecs-pods",
        "selectors": [{"namespace": NAMESPACE, "labels": {"tier": "web"}}],
        "subnets": ground.aws.network["awsvpcConfiguration"]["subnets"],
        "tags": {"team": "shop"},
    }

    def change(**members: Any) -> None:
        spec.update(members)
        kubernetes.apply(kind, "pods", spec)

    def names() -> list[str]:
        listed = eks.list_fargate_profiles(clusterName=EKS_CLUSTER)["fargateProfileNames"]
        return [name for name in listed if name.startswith(f"{NAMESPACE}_pods_")]

    def described() -> dict[str, Any]:
        (name,) = names()
        return eks.describe_fargate_profile(clusterName=EKS_CLUSTER, fargateProfileName=name)["fargateProfile"]

    def stalled(reason: str) -> dict[str, Any]:
        return ground.until(
            reason, lambda: ground.conditions(kind, "pods").get("Stalled", {}), lambda c: c.get("reason") == reason
        )

    with claim("it is created, Synced and Ready", "CreateFargateProfile"):
        change()
        ground.has(kind, "pods", "Synced")
        ground.has(kind, "pods", "Ready")
    with claim("AWS has what the spec says", "DescribeFargateProfile"):
        wanted = {member: spec[member] for member in ("podExecutionRoleArn", "selectors", "subnets")}
        contains(described(), wanted, "the profile")
        contains(described()["tags"], {"team": "shop", "ecs-bridge.dev:name": "pods"}, "the tags")
    with claim("a second pass writes nothing", "none"):
        ground.rests(kind, "pods", "eks:ListFargateProfiles")
    with claim("a profile that takes the place of another waits for leave, and says so", "none"):
        before = len(ground.requests())
        kubernetes.start_pod("web-1", {"tier": "web", "eks.amazonaws.com/fargate-profile": names()[0]})
        change(selectors=[{"namespace": NAMESPACE}])
        asks = stalled("ReplacementNeeded")["message"]
        assert "ecs-bridge.dev/replace" in asks, f"it does not say how to agree: {asks}"
        equal(ground.requests()[before:].count("eks:CreateFargateProfile"), 0, "the number of CreateFargateProfile")
    with claim("with leave the new one is made, the pods of the old one are evicted, and it is deleted", "DeleteFargateProfile"):
        (old,) = names()
        new = asks.split(": ")[1].split(" has to")[0]
        kubernetes.namespaced("annotate", f"{kind}/pods", f"ecs-bridge.dev/replace={new}", "--overwrite")
        ground.until("the new one alone", names, lambda seen: seen == [new])
        ground.until("the pod's end", lambda: kubernetes.exists("pod", "web-1"), lambda exists: not exists)
        ground.has(kind, "pods", "Ready")
        contains(described(), {"selectors": spec["selectors"]}, f"the profile after {old}")
        ground.rests(kind, "pods", "eks:ListFargateProfiles")
    with claim("under Auto it needs no leave", "CreateFargateProfile"):
        change(selectors=[{"namespace": NAMESPACE, "labels": {"tier": "w?b"}}], replacement="Auto")
        ground.until("another one alone", names, lambda seen: len(seen) == 1 and seen != [new])
        ground.has(kind, "pods", "Ready")
    with claim("one that was deleted behind its back is made again", "CreateFargateProfile"):
        first = described()["createdAt"]
        eks.delete_fargate_profile(clusterName=EKS_CLUSTER, fargateProfileName=names()[0])
        ground.until("the new one", names, lambda seen: len(seen) == 1)
        assert described()["createdAt"] != first, "it is the old one"
        ground.has(kind, "pods", "Ready")
    with claim("tags are changed in place", "TagResource"):
        change(tags={"team": "till"})
        rests = ground.until("a rest", lambda: kubernetes.get(kind, "pods"), rested)
        equal(conditions(rests)["Stalled"]["message"], "", "why it is stalled")
        contains(described()["tags"], {"team": "till"}, "the tags")
    change(tags={"team": "shop"})
    with claim("it is deleted, and its object goes", "DeleteFargateProfile"):
        ground.deleted(kind, "pods")
        equal(names(), [], "the profiles of the object")


SCENARIOS = [repositories, clusters, no_rest, services, full_service, real_definitions, fargate_profiles]


def start(processes: Processes, binary: Path) -> Ground:
    aws = moto(processes, "moto-of-the-operator")
    kubernetes = Kubernetes(processes)
    kubernetes.start_operator(processes, binary, aws)
    return Ground(kubernetes, aws)
