"""Amazon ECS: tags of what there is, and the errors that all operations share."""

from botocore.exceptions import ClientError

from claims import Claims, equal, refused
from scenarios.services import cluster, request
from scenarios.task_definitions import register
from targets import Target


def tags(aws: Target, claim: Claims) -> None:
    ecs, home, first = aws.ecs, "tags", [{"key": "team", "value": "shop"}]
    cluster(aws, home)
    arns = {
        "a cluster": ecs.create_cluster(clusterName="tags-cluster", tags=first)["cluster"]["clusterArn"],
        "a service": ecs.create_service(**request(aws, home, "web", tags=first))["service"]["serviceArn"],
        "a task definition": register(aws, "tags", tags=first)["taskDefinitionArn"],
    }
    for what, arn in arns.items():

        def listed(arn: str = arn) -> dict[str, str]:
            return {tag["key"]: tag["value"] for tag in ecs.list_tags_for_resource(resourceArn=arn)["tags"]}

        with claim(f"{what} has the tags that it was made with", "ListTagsForResource"):
            equal(listed(), {"team": "shop"}, "tags")
        with claim(f"{what} gets a tag beside its own, and a new value for a key that it has", "TagResource"):
            ecs.tag_resource(resourceArn=arn, tags=[{"key": "stage", "value": "a"}, {"key": "team", "value": "till"}])
            equal(listed(), {"team": "till", "stage": "a"}, "tags")
        with claim(f"{what} loses only the keys that are named", "UntagResource"):
            ecs.untag_resource(resourceArn=arn, tagKeys=["stage", "unknown"])
            equal(listed(), {"team": "till"}, "tags")
        with claim(f"{what} has at most 50 tags", "TagResource"):
            many = [{"key": f"key-{number}", "value": ""} for number in range(50)]
            refused("InvalidParameterException", ecs.tag_resource, resourceArn=arn, tags=many)
        with claim(f"{what} that is unknown is refused, with an error of the operation's list", "TagResource"):
            codes = "ClusterNotFoundException|ResourceNotFoundException|InvalidParameterException|ClientException"
            unknown = arn.replace("/tags", "/none")
            refused(codes, ecs.tag_resource, resourceArn=unknown, tags=first)
    with claim("a key that begins with aws: is refused", "Tag"):
        reserved = [{"key": "aws:mine", "value": ""}]
        refused("InvalidParameterException", ecs.tag_resource, resourceArn=arns["a cluster"], tags=reserved)


def errors(aws: Target, claim: Claims) -> None:
    with claim("an error of the client's has HTTP 400 and a request id", "Common errors of Amazon ECS"):
        try:
            aws.ecs.delete_cluster(cluster="errors-none")
        except ClientError as error:
            metadata = error.response["ResponseMetadata"]
            equal(metadata["HTTPStatusCode"], 400, "the status")
            assert metadata.get("RequestId"), "there is no request id"
    with claim("an answer has a request id", "Common errors of Amazon ECS"):
        assert aws.ecs.list_clusters()["ResponseMetadata"].get("RequestId"), "there is none"
    both = "ClientException|InvalidParameterException"
    aws.ecs.create_cluster(clusterName="errors")
    register(aws, "errors")
    with claim("ECS: a required member that is left out is refused", "CreateService"):
        refused(both, aws.raw_ecs.create_service, cluster="errors", desiredCount=1)
    with claim("ECR: a required member that is left out is refused", "CreateRepository"):
        refused("InvalidParameterException", aws.raw_ecr.create_repository)
    with claim("ECS: a value outside of an enumeration is refused", "CreateService"):
        given = {"cluster": "errors", "serviceName": "web", "taskDefinition": "errors", "desiredCount": 1}
        refused(both, aws.raw_ecs.create_service, **given, launchType="MOON")
    with claim("ECR: a value outside of an enumeration is refused", "CreateRepository"):
        given = {"repositoryName": "errors/app", "imageTagMutability": "SOMETIMES"}
        refused("InvalidParameterException", aws.raw_ecr.create_repository, **given)
    with claim("ECR: a malformed ARN is refused", "ListTagsForResource"):
        refused("InvalidParameterException", aws.raw_ecr.list_tags_for_resource, resourceArn="no-arn")


SCENARIOS = [tags, errors]
