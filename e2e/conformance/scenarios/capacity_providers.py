"""Amazon ECS: capacity providers of Auto Scaling groups, and Managed Instances."""

from typing import Any

from claims import Claims, contains, equal, refused
from targets import Target

GROUP = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0123:autoScalingGroupName/workers"


def life(aws: Target, claim: Claims) -> None:
    ecs, tags = aws.ecs, [{"key": "team", "value": "shop"}]

    def create(name: str, **changes: Any) -> dict:
        provider = {"autoScalingGroupArn": GROUP} | changes
        return ecs.create_capacity_provider(name=name, autoScalingGroupProvider=provider, tags=tags)["capacityProvider"]

    def described(name: str, *include: str) -> dict:
        return ecs.describe_capacity_providers(capacityProviders=[name], include=list(include))["capacityProviders"][0]

    made = create("workers")
    with claim("it is ACTIVE at once", "CreateCapacityProvider"):
        contains(made, {"name": "workers", "status": "ACTIVE"}, "the provider")
    with claim("the group's settings have defaults", "ManagedScaling"):
        settings = described("workers")["autoScalingGroupProvider"]
        wanted = {"minimumScalingStepSize": 1, "maximumScalingStepSize": 10000, "instanceWarmupPeriod": 300}
        contains(settings["managedScaling"], wanted, "managedScaling")
        equal(settings["managedTerminationProtection"], "DISABLED", "managedTerminationProtection")
    with claim("a name in use is refused", "CreateCapacityProvider"):
        refused(
            "ClientException|InvalidParameterException",
            create,
            name="workers",
        )
    for name in ("fargate-mine", "aws-mine", "ecs-mine"):
        with claim(f"the name {name}, whose beginning is AWS's, is refused", "CreateCapacityProvider"):
            refused("ClientException|InvalidParameterException", create, name=name)
    with claim("tags come where they are included", "DescribeCapacityProviders"):
        equal(described("workers", "TAGS")["tags"], tags, "tags")
    with claim("FARGATE is there without being made", "DescribeCapacityProviders"):
        equal(described("FARGATE")["status"], "ACTIVE", "status")
    with claim("an unknown one is a failure, MISSING", "API failure reasons"):
        answer = ecs.describe_capacity_providers(capacityProviders=["workers-none"])
        equal([failure["reason"] for failure in answer["failures"]], ["MISSING"], "failures")
    with claim("its managed scaling is changed", "UpdateCapacityProvider"):
        change = {"managedScaling": {"status": "ENABLED", "targetCapacity": 80}}
        ecs.update_capacity_provider(name="workers", autoScalingGroupProvider=change)
        contains(described("workers")["autoScalingGroupProvider"], change, "the group")
    aws.until("the update", lambda: described("workers").get("updateStatus"), lambda seen: seen == "UPDATE_COMPLETE")
    with claim("one that a cluster has is not deleted: 200, ACTIVE, DELETE_FAILED", "DeleteCapacityProvider"):
        ecs.create_cluster(clusterName="workers", capacityProviders=["workers"])
        answer = ecs.delete_capacity_provider(capacityProvider="workers")["capacityProvider"]
        equal((answer["status"], answer["updateStatus"]), ("ACTIVE", "DELETE_FAILED"), "status and updateStatus")
    with claim("FARGATE is not deleted", "DeleteCapacityProvider"):
        refused("ClientException|InvalidParameterException", ecs.delete_capacity_provider, capacityProvider="FARGATE")
    with claim("one that no cluster has is deleted", "DeleteCapacityProvider"):
        create("spare")
        ecs.delete_capacity_provider(capacityProvider="spare")
        answer = ecs.describe_capacity_providers(capacityProviders=["spare"])
        left = [provider["status"] for provider in answer["capacityProviders"]]
        assert left in ([], ["INACTIVE"]), f"its status is {left}"


def managed(aws: Target, claim: Claims) -> None:
    ecs, name = aws.ecs, "instances"
    for cluster in ("managed", "managed-other"):
        ecs.create_cluster(clusterName=cluster, capacityProviders=["FARGATE"])
    template = {
        "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecsInstance",
        "networkConfiguration": {"subnets": ["subnet-0a"]},
    }
    role = "arn:aws:iam::123456789012:role/ecsInfrastructure"
    configuration = {"infrastructureRoleArn": role, "instanceLaunchTemplate": template}

    def status() -> str:
        answer = ecs.describe_capacity_providers(capacityProviders=[name], cluster="managed")["capacityProviders"]
        return answer[0]["status"] if answer else "INACTIVE"

    def listed() -> list[str]:
        return sorted(ecs.describe_clusters(clusters=["managed"])["clusters"][0]["capacityProviders"])

    with claim("Managed Instances attach themselves to their cluster", "CreateCapacityProvider"):
        ecs.create_capacity_provider(name=name, cluster="managed", managedInstancesProvider=configuration)
        aws.until("the status", status, lambda seen: seen == "ACTIVE")
        equal(listed(), ["FARGATE", name], "the cluster's providers")
    with claim("they say what they are, and where", "CapacityProvider"):
        provider = ecs.describe_capacity_providers(capacityProviders=[name])["capacityProviders"][0]
        equal(provider["type"], "MANAGED_INSTANCES", "type")
        assert provider["cluster"].endswith("managed"), f"cluster is {provider['cluster']}"
    with claim("the cluster's list may name them", "PutClusterCapacityProviders"):
        lists = {"capacityProviders": ["FARGATE", name], "defaultCapacityProviderStrategy": []}
        ecs.put_cluster_capacity_providers(cluster="managed", **lists)
        equal(listed(), ["FARGATE", name], "the cluster's providers")
    with claim("they are associated with their own cluster alone", "PutClusterCapacityProviders"):
        refused(
            "ClientException|InvalidParameterException",
            ecs.put_cluster_capacity_providers,
            cluster="managed-other",
            capacityProviders=[name],
            defaultCapacityProviderStrategy=[],
        )
    with claim("a cluster that has them is not deleted", "DeleteCluster"):
        refused("ClusterContainsCapacityProviderException", ecs.delete_cluster, cluster="managed")
    with claim("they are deleted in their cluster, and leave it", "DeleteCapacityProvider"):
        ecs.delete_capacity_provider(capacityProvider=name, cluster="managed")
        aws.until("the end", status, lambda seen: seen == "INACTIVE")
        equal(listed(), ["FARGATE"], "the cluster's providers")


SCENARIOS = [life, managed]
