"""Amazon EKS: Fargate profiles, which come and go slowly and one at a time."""

from typing import Any

from botocore.exceptions import ClientError

from claims import Claims, absent, equal, refused
from targets import EKS_CLUSTER, PUBLIC_SUBNET, Target

ROLE = "arn:aws:iam::123456789012:role/pods"
SELECTOR = {"namespace": "shop-*", "labels": {"tier": "w?b"}}
GUIDE = "Define which Pods use AWS Fargate when launched"


def request(name: str, **more: Any) -> dict[str, Any]:
    given = {"podExecutionRoleArn": ROLE, "selectors": [SELECTOR], "subnets": ["subnet-0a"]}
    return {"clusterName": EKS_CLUSTER, "fargateProfileName": name} | given | more


def named(name: str) -> dict[str, str]:
    return {"clusterName": EKS_CLUSTER, "fargateProfileName": name}


def status(aws: Target, name: str) -> str:
    try:
        return aws.eks.describe_fargate_profile(**named(name))["fargateProfile"]["status"]
    except ClientError as error:
        return error.response["Error"]["Code"]


def active(aws: Target, name: str, **more: Any) -> dict[str, Any]:
    aws.eks.create_fargate_profile(**request(name, **more))
    aws.until(f"the status of {name}", lambda: status(aws, name), lambda seen: seen == "ACTIVE")
    return aws.eks.describe_fargate_profile(**named(name))["fargateProfile"]


def gone(aws: Target, name: str) -> None:
    aws.eks.delete_fargate_profile(**named(name))
    aws.until(f"the end of {name}", lambda: status(aws, name), lambda seen: seen == "ResourceNotFoundException")


def life(aws: Target, claim: Claims) -> None:
    eks, name = aws.eks, "life"
    made = eks.create_fargate_profile(**request(name, tags={"team": "shop"}))["fargateProfile"]
    with claim("the answer has what was asked, and EKS's name for it", "CreateFargateProfile"):
        equal(made["selectors"], [SELECTOR], "selectors")
        equal(made["subnets"], ["subnet-0a"], "subnets")
        equal(made["podExecutionRoleArn"], ROLE, "podExecutionRoleArn")
        prefix = f"arn:aws:eks:us-east-1:123456789012:fargateprofile/{EKS_CLUSTER}/{name}/"
        assert made["fargateProfileArn"].startswith(prefix), f"the ARN is {made['fargateProfileArn']}"
    with claim("it is CREATING first", "FargateProfile"):
        equal(made["status"], "CREATING", "the status")
    with claim("while it is CREATING, no other is created", "CreateFargateProfile"):
        message = refused("ResourceInUseException", eks.create_fargate_profile, **request("life-other"))
        assert name in message, f"the message does not name the other: {message}"
    aws.until("the status", lambda: status(aws, name), lambda seen: seen == "ACTIVE")
    with claim("its tags are described with it", "DescribeFargateProfile"):
        described = eks.describe_fargate_profile(**named(name))["fargateProfile"]
        equal(described["tags"], {"team": "shop"}, "tags")
    with claim("a healthy one has no issues", "FargateProfileHealth"):
        equal(eks.describe_fargate_profile(**named(name))["fargateProfile"]["health"], {"issues": []}, "health")
    with claim("a name in use is refused with 409", "CreateFargateProfile"):
        refused_with(409, "ResourceInUseException", eks.create_fargate_profile, **request(name))
    with claim("it is DELETING until it is gone", "DeleteFargateProfile"):
        equal(eks.delete_fargate_profile(**named(name))["fargateProfile"]["status"], "DELETING", "the status")
        equal(status(aws, name), "DELETING", "the status")
    with claim("while it is DELETING, no other is created", "CreateFargateProfile"):
        refused("ResourceInUseException", eks.create_fargate_profile, **request("life-next"))
    wanted = "ResourceNotFoundException"
    aws.until("its end", lambda: status(aws, name), lambda seen: seen == wanted)
    with claim("what is gone is refused with 404", "DescribeFargateProfile"):
        refused_with(404, wanted, eks.describe_fargate_profile, **named(name))
        refused_with(404, wanted, eks.delete_fargate_profile, **named(name))


def refused_with(http: int, code: str, call: Any, **given: Any) -> None:
    try:
        call(**given)
    except ClientError as error:
        equal(error.response["Error"]["Code"], code, "the error")
        equal(error.response["ResponseMetadata"]["HTTPStatusCode"], http, "the status")
        return
    refused(code, call, **given)


def one_at_a_time(aws: Target, claim: Claims) -> None:
    for name in ("turn-a", "turn-b"):
        active(aws, name)
    aws.eks.delete_fargate_profile(**named("turn-a"))
    with claim("while one is DELETING, no other is deleted", "DeleteFargateProfile"):
        message = refused("ResourceInUseException", aws.eks.delete_fargate_profile, **named("turn-b"))
        assert "turn-a" in message, f"the message does not name the other: {message}"
    aws.until("the end of turn-a", lambda: status(aws, "turn-a"), lambda seen: seen == "ResourceNotFoundException")


def refusals(aws: Target, claim: Claims) -> None:
    make, invalid = aws.eks.create_fargate_profile, "InvalidParameterException"
    with claim("an unknown cluster is refused", "CreateFargateProfile"):
        refused("ResourceNotFoundException", make, **request("x", clusterName="none"))
    with claim("a public subnet is refused", GUIDE):
        refused(invalid, make, **request("public", subnets=[PUBLIC_SUBNET]))
    with claim("none, and six selectors are refused", "CreateFargateProfile"):
        refused(invalid, make, **request("none", selectors=[]))
        refused(invalid, make, **request("six", selectors=[{"namespace": f"n{n}"} for n in range(6)]))
    with claim("a selector without a namespace is refused", "FargateProfileSelector"):
        refused(invalid, make, **request("nowhere", selectors=[{"labels": {"a": "b"}}]))
    with claim("six labels are refused", "Amazon EKS service quotas"):
        labels = {f"label{n}": "v" for n in range(6)}
        refused(invalid, make, **request("labels", selectors=[{"namespace": "n", "labels": labels}]))
    with claim("a role that is no ARN is refused", "CreateFargateProfile"):
        refused(invalid, make, **request("role", podExecutionRoleArn="pods"))
    with claim("a name that begins with eks- is refused", "eksctl: ReservedProfileNamePrefix"):
        refused(invalid, make, **request("eks-mine"))


def pages_and_tags(aws: Target, claim: Claims) -> None:
    eks, names = aws.eks, ["page-a", "page-b", "page-c"]
    arn = ""
    for name in names:
        arn = active(aws, name)["fargateProfileArn"]
    with claim("maxResults is the length of a page, and nextToken leads to the next", "ListFargateProfiles"):
        paginator = eks.get_paginator("list_fargate_profiles")
        pages = list(paginator.paginate(clusterName=EKS_CLUSTER, PaginationConfig={"PageSize": 2}))
        equal(max(len(page["fargateProfileNames"]) for page in pages), 2, "the longest page")
        seen = [name for page in pages for name in page["fargateProfileNames"]]
        assert set(names) <= set(seen), f"some are on no page: {seen}"
    with claim("nextToken is left out where nothing is left", "ListFargateProfiles"):
        absent(eks.list_fargate_profiles(clusterName=EKS_CLUSTER), "nextToken")
    with claim("the profiles of an unknown cluster are refused", "ListFargateProfiles"):
        refused("ResourceNotFoundException", eks.list_fargate_profiles, clusterName="none")

    def tags() -> dict[str, str]:
        return eks.describe_fargate_profile(**named(names[-1]))["fargateProfile"]["tags"]

    with claim("a tag is added beside those that are there, and only the keys that are named are taken off", "TagResource"):
        eks.tag_resource(resourceArn=arn, tags={"team": "shop", "stage": "a"})
        eks.tag_resource(resourceArn=arn, tags={"team": "till"})
        eks.untag_resource(resourceArn=arn, tagKeys=["stage", "unknown"])
        equal(tags(), {"team": "till"}, "tags")
    with claim("tags of what is unknown are refused", "TagResource"):
        refused("NotFoundException", eks.tag_resource, resourceArn=f"{arn}x", tags={"a": "b"})
    for name in names:
        gone(aws, name)


def tokens(aws: Target, claim: Claims) -> None:
    given = request("token", clientRequestToken="the-token-of-this-scenario")
    made = aws.eks.create_fargate_profile(**given)["fargateProfile"]
    with claim("the same request with the same token is answered with what it made", "CreateFargateProfile"):
        again = aws.eks.create_fargate_profile(**given)["fargateProfile"]
        equal(again["fargateProfileArn"], made["fargateProfileArn"], "the ARN")
    aws.until("the status", lambda: status(aws, "token"), lambda seen: seen == "ACTIVE")
    gone(aws, "token")


SCENARIOS = [life, one_at_a_time, refusals, pages_and_tags, tokens]
