"""Amazon ECS: task definitions."""

import json
from pathlib import Path
from typing import Any

from claims import Claims, absent, contains, equal, refused
from targets import Target

REAL = Path(__file__).parents[3] / "tests/it/data/task-definitions"
ROLE = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"

FARGATE = {
    "requiresCompatibilities": ["FARGATE"],
    "networkMode": "awsvpc",
    "cpu": "256",
    "memory": "512",
    "containerDefinitions": [{"name": "web", "image": "nginx:1", "portMappings": [{"containerPort": 80}]}],
}
EC2 = {"containerDefinitions": [{"name": "web", "image": "nginx:1", "memory": 64}]}


def register(aws: Target, family: str, **changes: Any) -> dict:
    return aws.ecs.register_task_definition(**(EC2 | {"family": family} | changes))["taskDefinition"]


def described(aws: Target, name: str) -> dict:
    return aws.ecs.describe_task_definition(taskDefinition=name)["taskDefinition"]


def real_ones(aws: Target, claim: Claims) -> None:
    """The task definitions that AWS publishes as samples, with the role that AWS wants for their logs."""
    files = sorted(REAL.glob("*.json"))
    assert len(files) == 5, f"{REAL} has {len(files)} task definitions"
    for file in files:
        given = json.loads(file.read_text())
        fargate = "FARGATE" in given.get("requiresCompatibilities", [])
        if fargate:
            with claim(f"{file.name} without an execution role for its logs is refused", "Use the awslogs log driver"):
                refused("ClientException", aws.ecs.register_task_definition, **given)
            given["executionRoleArn"] = ROLE
        made = aws.ecs.register_task_definition(**given)["taskDefinition"]
        with claim(f"{file.name} is registered as it is", "RegisterTaskDefinition"):
            contains(made, given, "the answer")
        with claim(f"{file.name} is described as it was answered", "DescribeTaskDefinition"):
            equal(described(aws, made["taskDefinitionArn"]), made, "the description")


def filled_in(aws: Target, claim: Claims) -> None:
    made = register(aws, "filled-in")
    with claim("the first revision of a family is 1, and ACTIVE", "RegisterTaskDefinition"):
        contains(made, {"family": "filled-in", "revision": 1, "status": "ACTIVE"}, "the definition")
        assert made["taskDefinitionArn"].endswith(":task-definition/filled-in:1"), made["taskDefinitionArn"]
    with claim("the next is 2", "RegisterTaskDefinition"):
        equal(register(aws, "filled-in")["revision"], 2, "revision")
    with claim("a container is essential unless said otherwise", "ContainerDefinition"):
        equal(made["containerDefinitions"][0]["essential"], True, "essential")
    with claim("registeredAt is told", "TaskDefinition"):
        assert made["registeredAt"], "it is empty"
    fargate = register(aws, "filled-in-fargate", **FARGATE)
    with claim("under awsvpc the host port is the container's", "PortMapping"):
        port = fargate["containerDefinitions"][0]["portMappings"][0]
        equal(port["hostPort"], 80, "hostPort")
    with claim("a port is of TCP unless said otherwise", "PortMapping"):
        equal(fargate["containerDefinitions"][0]["portMappings"][0]["protocol"], "tcp", "protocol")
    with claim("compatibilities says where it can run", "TaskDefinition"):
        equal(set(fargate["compatibilities"]), {"EC2", "FARGATE"}, "compatibilities")
    with claim("1 vCPU and 2 GB are described as units and MiB", "RegisterTaskDefinition"):
        words = register(aws, "words", **FARGATE | {"cpu": "1 vCPU", "memory": "2GB"})
        equal((words["cpu"], words["memory"]), ("1024", "2048"), "cpu and memory")


def rules(aws: Target, claim: Claims) -> None:
    def change(what: str, page: str, base: dict, codes: str = "ClientException", **changes: Any) -> None:
        with claim(f"{what} is refused", page):
            refused(codes, aws.raw_ecs.register_task_definition, **(base | {"family": "rules"} | changes))

    def container(**members: Any) -> list[dict]:
        return [FARGATE["containerDefinitions"][0] | members]

    fargate_page = "Task definition parameters for Fargate"
    change("a memory that Fargate does not have for its cpu", fargate_page, FARGATE, memory="4096")
    change("Fargate without a cpu", fargate_page, {name: FARGATE[name] for name in FARGATE if name != "cpu"})
    change("Fargate with another network mode than awsvpc", fargate_page, FARGATE, networkMode="bridge")
    privileged = container(privileged=True)
    change("a privileged container on Fargate", fargate_page, FARGATE, containerDefinitions=privileged)
    change(
        "a container on EC2 without any memory",
        "ContainerDefinition",
        EC2,
        containerDefinitions=[{"name": "web", "image": "i"}],
    )
    change(
        "a container without a name", "ContainerDefinition", EC2, containerDefinitions=[{"image": "i", "memory": 64}]
    )
    change(
        "a container without an image", "ContainerDefinition", EC2, containerDefinitions=[{"name": "web", "memory": 64}]
    )
    two = EC2["containerDefinitions"] * 2
    change("two containers of one name", "ContainerDefinition", EC2, containerDefinitions=two)
    unessential = [EC2["containerDefinitions"][0] | {"essential": False}]
    change("a definition without an essential container", "ContainerDefinition", EC2, containerDefinitions=unessential)
    with claim("a family with a space is refused", "RegisterTaskDefinition"):
        refused("ClientException", aws.ecs.register_task_definition, **EC2, family="no spaces")
    with claim("what is refused takes no number", "RegisterTaskDefinition"):
        nameless = [{"image": "i", "memory": 64}]
        refused("ClientException", aws.raw_ecs.register_task_definition, family="number", containerDefinitions=nameless)
        equal(register(aws, "number")["revision"], 1, "revision")


def describe(aws: Target, claim: Claims) -> None:
    tags = [{"key": "team", "value": "shop"}]
    first, second = register(aws, "describe", tags=tags), register(aws, "describe")
    with claim("family:revision is that revision", "DescribeTaskDefinition"):
        equal(described(aws, "describe:1"), first, "the description")
    with claim("an ARN is that revision", "DescribeTaskDefinition"):
        equal(described(aws, first["taskDefinitionArn"]), first, "the description")
    with claim("a family is its newest active revision", "DescribeTaskDefinition"):
        equal(described(aws, "describe")["revision"], second["revision"], "revision")
    for name in ("describe-none", "describe:3"):
        with claim(f"{name}, which is unknown, is refused", "DescribeTaskDefinition"):
            refused("ClientException", aws.ecs.describe_task_definition, taskDefinition=name)
    with claim("tags come where they are included, beside the definition", "DescribeTaskDefinition"):
        equal(aws.ecs.describe_task_definition(taskDefinition="describe:1", include=["TAGS"])["tags"], tags, "tags")
    with claim("tags do not come where they are not included", "DescribeTaskDefinition"):
        absent(aws.ecs.describe_task_definition(taskDefinition="describe:1"), "tags")
    with claim("the definition itself has no tags", "TaskDefinition"):
        raw = aws.raw_ecs.describe_task_definition(taskDefinition="describe:1")["taskDefinition"]
        absent(raw, "tags")


def list_revisions(aws: Target, claim: Claims) -> None:
    first = [register(aws, "list")["taskDefinitionArn"] for _ in range(5)][0]
    other = register(aws, "list-other")["taskDefinitionArn"]

    def listed(family: str = "list", **request: Any) -> list[str]:
        pages = aws.ecs.get_paginator("list_task_definitions").paginate(familyPrefix=family, **request)
        return [arn for page in pages for arn in page["taskDefinitionArns"]]

    def revisions(**request: Any) -> list[int]:
        return [int(arn.rpartition(":")[2]) for arn in listed(**request)]

    with claim("without an order they come oldest first", "ListTaskDefinitions"):
        equal(revisions(), [1, 2, 3, 4, 5], "the list")
    with claim("DESC is newest first", "ListTaskDefinitions"):
        equal(revisions(sort="DESC"), [5, 4, 3, 2, 1], "the list")
    with claim("the family is matched in full", "ListTaskDefinitions"):
        assert other not in listed("list"), "list also lists list-other"
    with claim("maxResults is the length of a page", "ListTaskDefinitions"):
        page = aws.ecs.list_task_definitions(familyPrefix="list", maxResults=2)
        equal(len(page["taskDefinitionArns"]), 2, "the length of the first page")
        assert page.get("nextToken"), "there is no nextToken, and three are left"
    with claim("newest first, the pages go on where the last ended", "ListTaskDefinitions"):
        equal(revisions(sort="DESC", PaginationConfig={"PageSize": 2}), [5, 4, 3, 2, 1], "the list")
    aws.ecs.deregister_task_definition(taskDefinition=first)
    with claim("only active ones are listed", "ListTaskDefinitions"):
        equal(revisions(), [2, 3, 4, 5], "the list")
    with claim("status lists the others", "ListTaskDefinitions"):
        equal(revisions(status="INACTIVE"), [1], "the list")
    with claim("families with an active revision are listed", "ListTaskDefinitionFamilies"):
        answer = aws.ecs.list_task_definition_families(familyPrefix="list", status="ACTIVE")
        equal(answer["families"], ["list", "list-other"], "families")


def deregister(aws: Target, claim: Claims) -> None:
    ecs = aws.ecs
    first, second = register(aws, "deregister"), register(aws, "deregister")
    with claim("a name without a revision is refused", "DeregisterTaskDefinition"):
        refused("ClientException", ecs.deregister_task_definition, taskDefinition="deregister")
    with claim("an unknown revision is refused", "DeregisterTaskDefinition"):
        refused("ClientException", ecs.deregister_task_definition, taskDefinition="deregister:9")
    with claim("an active one is not deleted", "DeleteTaskDefinitions"):
        answer = ecs.delete_task_definitions(taskDefinitions=["deregister:2"])
        equal((len(answer["taskDefinitions"]), len(answer["failures"])), (0, 1), "deleted and failures")
    with claim("it is INACTIVE at once", "DeregisterTaskDefinition"):
        answer = ecs.deregister_task_definition(taskDefinition=second["taskDefinitionArn"])["taskDefinition"]
        equal(answer["status"], "INACTIVE", "status")
    with claim("it remains described", "DeregisterTaskDefinition"):
        contains(described(aws, "deregister:2"), {"status": "INACTIVE", "revision": 2}, "the definition")
    with claim("the family is the newest revision that is still active", "DescribeTaskDefinition"):
        equal(described(aws, "deregister")["revision"], first["revision"], "revision")
    with claim("no service is made of it", "DeregisterTaskDefinition"):
        ecs.create_cluster(clusterName="deregister")
        request = {"cluster": "deregister", "serviceName": "web", "desiredCount": 1, "launchType": "EC2"}
        codes = "ClientException|InvalidParameterException"
        refused(codes, ecs.create_service, **request, taskDefinition="deregister:2")
    with claim("its deletion is asked for", "DeleteTaskDefinitions"):
        answer = ecs.delete_task_definitions(taskDefinitions=["deregister:2"])
        equal([item["status"] for item in answer["taskDefinitions"]], ["DELETE_IN_PROGRESS"], "status")
        equal(answer["failures"], [], "failures")
    with claim("its number is not given again", "RegisterTaskDefinition"):
        equal(register(aws, "deregister")["revision"], 3, "revision")
    with claim("more than 10 are not deleted at once", "DeleteTaskDefinitions"):
        names = [f"deregister:{number}" for number in range(1, 12)]
        refused("InvalidParameterException", ecs.delete_task_definitions, taskDefinitions=names)


SCENARIOS = [real_ones, filled_in, rules, describe, list_revisions, deregister]
