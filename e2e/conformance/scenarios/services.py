"""Amazon ECS: services, made, described and changed."""

from collections.abc import Callable
from typing import Any

from claims import Claims, absent, contains, equal, refused
from scenarios.task_definitions import EC2, FARGATE, register
from targets import Target


def cluster(aws: Target, name: str) -> None:
    """A cluster with Fargate's providers and two families: one for Fargate, one for EC2."""
    aws.ecs.create_cluster(clusterName=name, capacityProviders=["FARGATE", "FARGATE_SPOT"])
    register(aws, f"{name}-fargate", **FARGATE)
    register(aws, f"{name}-ec2", **EC2)


def request(aws: Target, cluster: str, name: str, **changes: Any) -> dict:
    """CreateService for one task on Fargate; what is None is left out."""
    base = {
        "cluster": cluster,
        "serviceName": name,
        "taskDefinition": f"{cluster}-fargate",
        "desiredCount": 1,
        "launchType": "FARGATE",
        "networkConfiguration": aws.network,
    }
    return {member: value for member, value in (base | changes).items() if value is not None}


def on_ec2(aws: Target, cluster: str, name: str, **changes: Any) -> dict:
    rest = {"taskDefinition": f"{cluster}-ec2", "launchType": "EC2", "networkConfiguration": None}
    return request(aws, cluster, name, **rest | changes)


def described(aws: Target, cluster: str, name: str, *include: str) -> dict:
    return aws.ecs.describe_services(cluster=cluster, services=[name], include=list(include))["services"][0]


def primary(service: dict) -> dict:
    return next(deployment for deployment in service["deployments"] if deployment["status"] == "PRIMARY")


def create(aws: Target, claim: Claims) -> None:
    ecs, home = aws.ecs, "create-service"
    cluster(aws, home)
    tags = [{"key": "team", "value": "shop"}]
    made = ecs.create_service(**request(aws, home, "web", tags=tags))["service"]
    definition = ecs.describe_task_definition(taskDefinition=f"{home}-fargate")["taskDefinition"]["taskDefinitionArn"]
    with claim("it is ACTIVE, under an ARN with its cluster's name", "CreateService"):
        contains(made, {"serviceName": "web", "status": "ACTIVE", "desiredCount": 1}, "the service")
        assert made["serviceArn"].endswith(f":service/{home}/web"), made["serviceArn"]
    with claim("a family becomes the ARN of its newest active revision", "CreateService"):
        equal(made["taskDefinition"], definition, "taskDefinition")
    with claim("one PRIMARY deployment runs that revision", "Deployment"):
        contains(primary(made), {"taskDefinition": definition, "desiredCount": 1}, "the deployment")
    for member, wanted in [
        ("schedulingStrategy", "REPLICA"),
        ("deploymentController", {"type": "ECS"}),
        ("propagateTags", "NONE"),
        ("enableECSManagedTags", False),
        ("enableExecuteCommand", False),
        ("platformVersion", "LATEST"),
        ("launchType", "FARGATE"),
    ]:
        with claim(f"{member} is {wanted} where nothing else was asked for", "CreateService"):
            equal(made[member], wanted, member)
    with claim("between 100 and 200 percent of the tasks run during a deployment", "DeploymentConfiguration"):
        wanted = {"minimumHealthyPercent": 100, "maximumPercent": 200}
        contains(made["deploymentConfiguration"], wanted, "deploymentConfiguration")
    with claim("assignPublicIp is DISABLED unless said otherwise", "AwsVpcConfiguration"):
        wanted = aws.network["awsvpcConfiguration"] | {"assignPublicIp": "DISABLED"}
        equal(described(aws, home, "web")["networkConfiguration"]["awsvpcConfiguration"], wanted, "the network")
    with claim("createdAt and createdBy are told", "Service"):
        assert made["createdAt"] and made["createdBy"], "one of them is empty"
    with claim("security groups may be left out", "AwsVpcConfiguration"):
        network = {"awsvpcConfiguration": {"subnets": aws.network["awsvpcConfiguration"]["subnets"]}}
        ecs.create_service(**request(aws, home, "no-groups", networkConfiguration=network))
    with claim("a capacity provider strategy stands in place of a launch type", "CreateService"):
        strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
        ecs.create_service(**request(aws, home, "spot", launchType=None, capacityProviderStrategy=strategy))
        service = described(aws, home, "spot")
        equal(service["capacityProviderStrategy"], strategy, "capacityProviderStrategy")
        absent(service, "launchType")
    with claim("what was asked for is described", "CreateService"):
        asked = {
            "deploymentConfiguration": {"minimumHealthyPercent": 50, "maximumPercent": 150},
            "enableECSManagedTags": True,
            "propagateTags": "SERVICE",
            "platformVersion": "1.4.0",
        }
        ecs.create_service(**request(aws, home, "asked", **asked))
        contains(described(aws, home, "asked"), asked, "the service")


def create_refused(aws: Target, claim: Claims) -> None:
    ecs, home = aws.ecs, "refuse-service"
    cluster(aws, home)
    invalid, both = "InvalidParameterException", "ClientException|InvalidParameterException"
    strategy = [{"capacityProvider": "FARGATE", "weight": 1}]
    cases: list[tuple[str, str, dict]] = [
        ("an unknown cluster", "ClusterNotFoundException", {"cluster": "refuse-none"}),
        ("an unknown task definition", both, {"taskDefinition": "refuse-none"}),
        ("a name with a space", invalid, {"serviceName": "no spaces"}),
        ("no desiredCount", invalid, {"desiredCount": None}),
        ("a negative desiredCount", invalid, {"desiredCount": -1}),
        ("launchType together with a strategy", invalid, {"capacityProviderStrategy": strategy}),
        ("awsvpc without a network", invalid, {"networkConfiguration": None}),
        ("Fargate with a definition that can't run there", both, on_ec2(aws, home, "x") | {"launchType": "FARGATE"}),
        ("the launch type MANAGED_INSTANCES", both, {"launchType": "MANAGED_INSTANCES"}),
        ("a DAEMON with a desiredCount", invalid, on_ec2(aws, home, "x") | {"schedulingStrategy": "DAEMON"}),
        ("a grace period without a load balancer", invalid, {"healthCheckGracePeriodSeconds": 30}),
        ("a token of 37 characters", invalid, {"clientToken": "x" * 37}),
    ]
    for number, (what, codes, changes) in enumerate(cases):
        with claim(f"{what} is refused", "CreateService"):
            asked = request(aws, home, f"refused-{number}") | changes
            refused(codes, ecs.create_service, **{name: value for name, value in asked.items() if value is not None})


def create_once(aws: Target, claim: Claims) -> None:
    ecs, home, token = aws.ecs, "once", "0123456789abcdef0123456789abcdef0123"
    cluster(aws, home)
    asked = request(aws, home, "web", clientToken=token)
    first = ecs.create_service(**asked)["service"]
    with claim("the same token with the same request is answered with the same service", "CreateService: clientToken"):
        again = ecs.create_service(**asked)["service"]
        equal(again["serviceArn"], first["serviceArn"], "serviceArn")
        equal(primary(again)["id"], primary(first)["id"], "the deployment")
    with claim("there is one of it", "ListServices"):
        equal(ecs.list_services(cluster=home)["serviceArns"], [first["serviceArn"]], "the services")
    with claim("a name in use under another token is refused", "CreateService: clientToken"):
        message = refused("InvalidParameterException", ecs.create_service, **asked | {"clientToken": "another"})
        assert "not idempotent" in message, f"the message is {message!r}"
    with claim("a name in use without a token is refused", "CreateService"):
        refused("InvalidParameterException", ecs.create_service, **request(aws, home, "web", desiredCount=2))
    with claim("the same name in another cluster is another service", "CreateService"):
        ecs.create_cluster(clusterName="once-other")
        other = ecs.create_service(**asked | {"cluster": "once-other"})["service"]
        assert other["serviceArn"] != first["serviceArn"], "it is the same"


def describe(aws: Target, claim: Claims) -> None:
    ecs, home, tags = aws.ecs, "describe-service", [{"key": "team", "value": "shop"}]
    cluster(aws, home)
    made = ecs.create_service(**request(aws, home, "web", tags=tags))["service"]
    with claim("tags come where they are included", "DescribeServices"):
        equal(described(aws, home, "web", "TAGS")["tags"], tags, "tags")
    with claim("tags do not come where they are not included", "DescribeServices"):
        absent(described(aws, home, "web"), "tags")
    with claim("it is found by its ARN", "DescribeServices"):
        equal(described(aws, home, made["serviceArn"])["serviceName"], "web", "serviceName")
    with claim("an unknown one is a failure, MISSING, with HTTP 200", "API failure reasons"):
        answer = ecs.describe_services(cluster=home, services=["web", "none"])
        equal([service["serviceName"] for service in answer["services"]], ["web"], "services")
        equal([failure["reason"] for failure in answer["failures"]], ["MISSING"], "the reasons")
        assert answer["failures"][0]["arn"].endswith("/none"), f"it is called {answer['failures'][0]['arn']}"
    with claim("an unknown cluster is refused", "DescribeServices"):
        refused("ClusterNotFoundException", ecs.describe_services, cluster="describe-none", services=["web"])
    with claim("more than 10 are refused", "DescribeServices"):
        refused("InvalidParameterException", ecs.describe_services, cluster=home, services=[f"s{n}" for n in range(11)])
    with claim("none is refused", "DescribeServices"):
        refused("InvalidParameterException", ecs.describe_services, cluster=home, services=[])


def update(aws: Target, claim: Claims) -> None:
    """Each class of members: whether it is described, and whether a deployment starts."""
    home = "update-service"
    cluster(aws, home)
    second = register(aws, f"{home}-fargate", **FARGATE)["taskDefinitionArn"]
    network = {"awsvpcConfiguration": aws.network["awsvpcConfiguration"] | {"assignPublicIp": "ENABLED"}}
    on_fargate = request(aws, home, "x", taskDefinition=f"{home}-fargate:1")
    placed = on_ec2(aws, home, "x", placementStrategy=[{"type": "random"}])
    registry = [{"registryArn": "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-a1"}]
    spot = [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
    forced = {"forceNewDeployment": True}
    cases: list[tuple[str, dict, dict, dict, bool]] = [
        ("desiredCount", on_fargate, {"desiredCount": 2}, {"desiredCount": 2}, False),
        ("taskDefinition", on_fargate, {"taskDefinition": second}, {"taskDefinition": second}, True),
        ("the same taskDefinition", on_fargate, {"taskDefinition": f"{home}-fargate:1"}, {}, False),
        (
            "networkConfiguration",
            on_fargate,
            {"networkConfiguration": network},
            {"networkConfiguration": network},
            True,
        ),
        ("platformVersion", on_fargate, {"platformVersion": "1.4.0"}, {"platformVersion": "1.4.0"}, True),
        ("forceNewDeployment", on_fargate, forced, {}, True),
        ("serviceRegistries", on_fargate, {"serviceRegistries": registry}, {"serviceRegistries": registry}, True),
        (
            "an empty list of serviceRegistries",
            on_fargate | {"serviceRegistries": registry},
            {"serviceRegistries": []},
            {"serviceRegistries": []},
            True,
        ),
        (
            "capacityProviderStrategy",
            on_fargate,
            {"capacityProviderStrategy": spot} | forced,
            {"capacityProviderStrategy": spot, "launchType": None},
            True,
        ),
        (
            "an empty capacityProviderStrategy",
            on_fargate | {"launchType": None, "capacityProviderStrategy": spot},
            {"capacityProviderStrategy": []} | forced,
            {"capacityProviderStrategy": [], "launchType": "FARGATE"},
            True,
        ),
        (
            "deploymentConfiguration",
            on_fargate,
            {"deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50}},
            {"deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50}},
            False,
        ),
        ("propagateTags", on_fargate, {"propagateTags": "SERVICE"}, {"propagateTags": "SERVICE"}, False),
        ("enableECSManagedTags", on_fargate, {"enableECSManagedTags": True}, {"enableECSManagedTags": True}, False),
        (
            "availabilityZoneRebalancing",
            on_fargate,
            {"availabilityZoneRebalancing": "DISABLED"},
            {"availabilityZoneRebalancing": "DISABLED"},
            False,
        ),
        (
            "placementConstraints",
            placed,
            {"placementConstraints": [{"type": "distinctInstance"}]},
            {"placementConstraints": [{"type": "distinctInstance"}], "placementStrategy": [{"type": "random"}]},
            False,
        ),
        ("an empty placementStrategy", placed, {"placementStrategy": []}, {"placementStrategy": []}, False),
    ]
    for number, (what, base, change, wanted, deploys) in enumerate(cases):
        name = f"case-{number}"
        given = {member: value for member, value in base.items() if value is not None} | {"serviceName": name}
        before = aws.ecs.create_service(**given)["service"]
        with claim(f"{what}: the change is described", "UpdateService"):
            aws.ecs.update_service(cluster=home, service=name, **change)
            contains(described(aws, home, name), wanted, "the service")
        with claim(f"{what}: {'a' if deploys else 'no'} deployment starts", "UpdateService"):
            new = primary(described(aws, home, name))["id"] != primary(before)["id"]
            equal(new, deploys, "whether the PRIMARY deployment is another")
        if change.keys() & {"desiredCount", "taskDefinition"}:
            with claim(f"{what}: what is left out keeps what it was", "UpdateService"):
                equal(described(aws, home, name)["networkConfiguration"], before["networkConfiguration"], "the network")


def update_refused(aws: Target, claim: Claims) -> None:
    home = "update-refused"
    cluster(aws, home)
    aws.ecs.create_service(**request(aws, home, "web"))
    strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    both = "ClientException|InvalidParameterException"
    cases: list[tuple[str, str, dict]] = [
        ("an unknown service", "ServiceNotFoundException", {"service": "none", "desiredCount": 1}),
        ("an unknown cluster", "ClusterNotFoundException", {"cluster": "update-none", "desiredCount": 1}),
        ("an unknown task definition", both, {"taskDefinition": "update-none"}),
        ("a strategy without forceNewDeployment", "InvalidParameterException", {"capacityProviderStrategy": strategy}),
        ("a provider that the cluster does not have", "InvalidParameterException", unattached()),
        ("a definition for EC2 on Fargate", both, {"taskDefinition": f"{home}-ec2"}),
    ]
    for what, codes, change in cases:
        with claim(f"{what} is refused", "UpdateService"):
            refused(codes, aws.ecs.update_service, **{"cluster": home, "service": "web"} | change)
    with claim("what is refused changes nothing", "UpdateService"):
        request_ = {"service": "half", "desiredCount": 5, "taskDefinition": "update-none"}
        aws.ecs.create_service(**request(aws, home, "half"))
        refused(both, aws.ecs.update_service, cluster=home, **request_)
        equal(described(aws, home, "half")["desiredCount"], 1, "desiredCount")


def described_where(aws: Target, claim: Claims) -> None:
    """Some members are described with the deployments, or with the service revision, and nowhere else."""
    ecs, home = aws.ecs, "described-where"
    cluster(aws, home)
    container = FARGATE["containerDefinitions"][0]
    port = {"containerPort": 80, "name": "http"}
    rich = FARGATE | {
        "containerDefinitions": [container | {"portMappings": [port]}],
        "volumes": [{"name": "data", "configuredAtLaunch": True}],
    }
    register(aws, f"{home}-rich", **rich)
    role = "arn:aws:iam::123456789012:role/ecsInfrastructureRole"
    target_group = "arn:aws:vpc-lattice:us-east-1:123456789012:targetgroup/tg-0123456789abcdef0"
    members = {
        "serviceConnectConfiguration": {"enabled": True, "namespace": "shop", "services": [{"portName": "http"}]},
        "volumeConfigurations": [{"name": "data", "managedEBSVolume": {"roleArn": role, "sizeInGiB": 10}}],
        "vpcLatticeConfigurations": [{"roleArn": role, "targetGroupArn": target_group, "portName": "http"}],
    }
    service = ecs.create_service(**request(aws, home, "web", taskDefinition=f"{home}-rich", **members))["service"]
    for member in members:
        with claim(f"{member} is described with the deployment", "Deployment"):
            assert primary(service).get(member), "it is not"
        with claim(f"{member} is not a member of the service", "Service"):
            absent(aws.raw_ecs.describe_services(cluster=home, services=["web"])["services"][0], member)
    off = {"serviceConnectConfiguration": {"enabled": False}, "vpcLatticeConfigurations": []}
    for member, value in off.items():
        with claim(f"{member}: {value} takes it off, by a deployment", "UpdateService"):
            before = described(aws, home, "web")
            assert primary(before).get(member), "it was not there before"
            ecs.update_service(cluster=home, service="web", **{member: value})
            after = described(aws, home, "web")
            left = primary(after).get(member) or {"enabled": False}
            equal(left.get("enabled"), False, f"what is left of {member}")
            equal(primary(after)["id"] != primary(before)["id"], True, "whether the PRIMARY deployment is another")
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    with claim(
        "the circuit breaker is described, and the other members keep what they were", "DeploymentConfiguration"
    ):
        ecs.update_service(cluster=home, service="web", deploymentConfiguration=breaker)
        wanted = breaker | {"minimumHealthyPercent": 100, "maximumPercent": 200}
        contains(described(aws, home, "web")["deploymentConfiguration"], wanted, "deploymentConfiguration")


def unattached() -> dict:
    strategy = [{"capacityProvider": "nobody-s", "weight": 1}]
    return {"capacityProviderStrategy": strategy, "forceNewDeployment": True}


SCENARIOS: list[Callable[[Target, Claims], None]] = [
    create,
    create_refused,
    create_once,
    describe,
    update,
    update_refused,
    described_where,
]
