"""Amazon ECS: clusters."""

from claims import Claims, absent, contains, equal, refused
from targets import Target

FARGATE = ["FARGATE", "FARGATE_SPOT"]


def described(aws: Target, name: str, *include: str) -> dict:
    return aws.ecs.describe_clusters(clusters=[name], include=list(include))["clusters"][0]


def create(aws: Target, claim: Claims) -> None:
    ecs = aws.ecs
    made = ecs.create_cluster(clusterName="create", tags=[{"key": "team", "value": "shop"}])["cluster"]
    with claim("it is ACTIVE at once, under its ARN", "CreateCluster"):
        contains(made, {"clusterName": "create", "status": "ACTIVE"}, "the cluster")
        assert made["clusterArn"].endswith(":cluster/create"), made["clusterArn"]
    with claim("it begins with nothing in it", "Cluster"):
        counts = {name: made[name] for name in ("runningTasksCount", "pendingTasksCount", "activeServicesCount")}
        equal(set(counts.values()), {0}, "the counts")
    with claim("Container Insights is what the account's setting says: disabled", "ClusterSetting"):
        equal(made["settings"], [{"name": "containerInsights", "value": "disabled"}], "settings")
    with claim("effectiveSettings tells that default, which nobody set", "ListAccountSettings"):
        answer = ecs.list_account_settings(name="containerInsights", effectiveSettings=True)
        equal([setting["value"] for setting in answer["settings"]], ["disabled"], "containerInsights")
    with claim("without a name it is called default", "CreateCluster"):
        equal(ecs.create_cluster()["cluster"]["clusterName"], "default", "clusterName")
    with claim("a name with a space is refused", "CreateCluster"):
        refused("InvalidParameterException", ecs.create_cluster, clusterName="no spaces")
    with claim("a default strategy of providers that the cluster does not have is refused", "CreateCluster"):
        strategy = [{"capacityProvider": "FARGATE"}]
        request = {"clusterName": "unattached", "defaultCapacityProviderStrategy": strategy}
        refused("InvalidParameterException", ecs.create_cluster, **request)
    with claim("capacity providers and the default strategy are taken and described", "CreateCluster"):
        strategy = [{"capacityProvider": "FARGATE", "weight": 1, "base": 2}]
        ecs.create_cluster(clusterName="full", capacityProviders=FARGATE, defaultCapacityProviderStrategy=strategy)
        wanted = {"capacityProviders": FARGATE, "defaultCapacityProviderStrategy": strategy}
        contains(described(aws, "full"), wanted, "the cluster")


def describe(aws: Target, claim: Claims) -> None:
    ecs, name = aws.ecs, "describe"
    logging = {"executeCommandConfiguration": {"logging": "NONE"}}
    tags = [{"key": "team", "value": "shop"}]
    made = ecs.create_cluster(clusterName=name, configuration=logging, tags=tags)["cluster"]
    bare = described(aws, name)
    for member, include, wanted in [
        ("settings", "SETTINGS", [{"name": "containerInsights", "value": "disabled"}]),
        ("tags", "TAGS", tags),
        ("configuration", "CONFIGURATIONS", logging),
    ]:
        with claim(f"{member} is described where {include} is included", "DescribeClusters"):
            equal(described(aws, name, include)[member], wanted, member)
        with claim(f"{member} is left out where {include} is not included", "DescribeClusters"):
            absent(bare, member)
    with claim("statistics, by launch type, are described where STATISTICS is included", "DescribeClusters"):
        names = {item["name"] for item in described(aws, name, "STATISTICS")["statistics"]}
        assert {"runningFargateTasksCount", "runningEC2TasksCount"} <= names, f"there are {sorted(names)}"
    with claim("it is found by its ARN", "DescribeClusters"):
        equal(described(aws, made["clusterArn"])["clusterName"], name, "clusterName")
    with claim("an unknown one is a failure, MISSING, with HTTP 200", "API failure reasons"):
        answer = ecs.describe_clusters(clusters=[name, "describe-none"])
        equal([cluster["clusterName"] for cluster in answer["clusters"]], [name], "clusters")
        arn = made["clusterArn"].replace("/describe", "/describe-none")
        equal(answer["failures"], [{"arn": arn, "reason": "MISSING"}], "failures")
    with claim("without names it is the default cluster", "DescribeClusters"):
        ecs.create_cluster(clusterName="default")
        equal([cluster["clusterName"] for cluster in ecs.describe_clusters()["clusters"]], ["default"], "clusters")
    with claim("more than 100 are refused", "DescribeClusters"):
        names = [f"many-{number}" for number in range(101)]
        refused("InvalidParameterException", ecs.describe_clusters, clusters=names)


def update(aws: Target, claim: Claims) -> None:
    ecs, name = aws.ecs, "update"
    ecs.create_cluster(clusterName=name)
    settings = [{"name": "containerInsights", "value": "enabled"}]
    with claim("a setting is changed", "UpdateClusterSettings"):
        answer = ecs.update_cluster_settings(cluster=name, settings=settings)
        equal(answer["cluster"]["settings"], settings, "settings in the answer")
        equal(described(aws, name, "SETTINGS")["settings"], settings, "settings")
    configuration = {"executeCommandConfiguration": {"logging": "NONE"}}
    with claim("the configuration is changed", "UpdateCluster"):
        ecs.update_cluster(cluster=name, configuration=configuration)
        equal(described(aws, name, "CONFIGURATIONS")["configuration"], configuration, "configuration")
    with claim("a member that is left out keeps what it was", "UpdateCluster"):
        enhanced = [{"name": "containerInsights", "value": "enhanced"}]
        ecs.update_cluster(cluster=name, settings=enhanced)
        seen = described(aws, name, "CONFIGURATIONS", "SETTINGS")
        contains(seen, {"configuration": configuration, "settings": enhanced}, "the cluster")
    with claim("the namespace of Service Connect is described by its ARN", "ClusterServiceConnectDefaults"):
        ecs.update_cluster(cluster=name, serviceConnectDefaults={"namespace": "shop"})
        namespace = described(aws, name)["serviceConnectDefaults"]["namespace"]
        assert namespace.startswith("arn:aws:servicediscovery:"), f"it is {namespace}"
    with claim("an unknown cluster is refused", "UpdateCluster"):
        refused("ClusterNotFoundException", ecs.update_cluster, cluster="update-none", settings=settings)


def capacity_providers(aws: Target, claim: Claims) -> None:
    ecs, name = aws.ecs, "providers"
    ecs.create_cluster(clusterName=name, capacityProviders=FARGATE)

    def put(providers: list[str], strategy: list[dict], cluster: str = name) -> dict:
        request = {"capacityProviders": providers, "defaultCapacityProviderStrategy": strategy}
        return ecs.put_cluster_capacity_providers(cluster=cluster, **request)["cluster"]

    spot = [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
    with claim("the lists replace those that were there", "PutClusterCapacityProviders"):
        wanted = {"capacityProviders": ["FARGATE_SPOT"], "defaultCapacityProviderStrategy": spot}
        contains(put(["FARGATE_SPOT"], spot), wanted, "the answer")
        contains(described(aws, name), wanted, "the cluster")
    with claim("weight and base that are left out are 0", "CapacityProviderStrategyItem"):
        put(FARGATE, [{"capacityProvider": "FARGATE", "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "base": 1}])
        strategy = described(aws, name)["defaultCapacityProviderStrategy"]
        equal([(item["weight"], item["base"]) for item in strategy], [(1, 0), (0, 1)], "weight and base")
    with claim("a strategy of a provider that is not in the list is refused", "PutClusterCapacityProviders"):
        refused("InvalidParameterException", put, providers=["FARGATE"], strategy=spot)
    with claim("two bases are refused", "CapacityProviderStrategyItem"):
        both = [{"capacityProvider": provider, "weight": 1, "base": 1} for provider in FARGATE]
        refused("InvalidParameterException", put, providers=FARGATE, strategy=both)
    with claim("empty lists take all away", "PutClusterCapacityProviders"):
        put([], [])
        absent(described(aws, name), "capacityProviders")
        absent(described(aws, name), "defaultCapacityProviderStrategy")
    with claim("an unknown cluster is refused", "PutClusterCapacityProviders"):
        refused("ClusterNotFoundException", put, providers=[], strategy=[], cluster="providers-none")


def delete(aws: Target, claim: Claims) -> None:
    ecs, name = aws.ecs, "delete"
    made = ecs.create_cluster(clusterName=name)["cluster"]
    with claim("one without services is answered as INACTIVE", "DeleteCluster"):
        equal(ecs.delete_cluster(cluster=name)["cluster"]["status"], "INACTIVE", "status")
    with claim("it may still be described, and is INACTIVE", "DeleteCluster"):
        equal(described(aws, name)["status"], "INACTIVE", "status")
    with claim("it is listed no more", "ListClusters"):
        assert made["clusterArn"] not in ecs.list_clusters()["clusterArns"], "it is listed"
    with claim("what wants an active cluster refuses it", "Common errors of Amazon ECS"):
        refused("ClusterNotFoundException|InvalidParameterException", ecs.list_services, cluster=name)
    with claim("its name is free", "CreateCluster"):
        equal(ecs.create_cluster(clusterName=name)["cluster"]["status"], "ACTIVE", "status")
    with claim("an unknown one is refused", "DeleteCluster"):
        refused("ClusterNotFoundException", ecs.delete_cluster, cluster="delete-none")
    container = {"name": "web", "image": "nginx:1", "memory": 64}
    ecs.register_task_definition(family="delete-cluster", containerDefinitions=[container])
    service = {"cluster": name, "serviceName": "web", "taskDefinition": "delete-cluster", "desiredCount": 1}
    ecs.create_service(**service, launchType="EC2")
    with claim("one with an active service is refused", "DeleteCluster"):
        refused("ClusterContainsServicesException", ecs.delete_cluster, cluster=name)


def list_clusters(aws: Target, claim: Claims) -> None:
    made = {aws.ecs.create_cluster(clusterName=f"list-{n}")["cluster"]["clusterArn"] for n in range(5)}
    with claim("maxResults is the length of a page, and all are on one page", "ListClusters"):
        pages = list(aws.ecs.get_paginator("list_clusters").paginate(PaginationConfig={"PageSize": 2}))
        seen = [arn for page in pages for arn in page["clusterArns"]]
        assert max(len(page["clusterArns"]) for page in pages) == 2, "a page is longer than maxResults"
        assert made <= set(seen) and len(seen) == len(set(seen)), f"the pages have {seen}"


SCENARIOS = [create, describe, update, capacity_providers, delete, list_clusters]
