"""Amazon ECR: repositories and what belongs to them."""

import json

from claims import Claims, absent, contains, equal, refused
from targets import Target

LIFECYCLE = {
    "rules": [
        {
            "rulePriority": 1,
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5},
            "action": {"type": "expire"},
        }
    ]
}
POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "pull", "Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage"]}],
}


def create(aws: Target, claim: Claims) -> None:
    ecr, name = aws.ecr, "create/app"
    made = ecr.create_repository(repositoryName=name, tags=[{"Key": "team", "Value": "shop"}])["repository"]
    account = made["registryId"]
    with claim("the answer has the names that ECR derives", "CreateRepository"):
        equal(made["repositoryName"], name, "repositoryName")
        equal(made["repositoryArn"], f"arn:aws:ecr:us-east-1:{account}:repository/{name}", "repositoryArn")
        equal(made["repositoryUri"], f"{account}.dkr.ecr.us-east-1.amazonaws.com/{name}", "repositoryUri")
    with claim("what is left out is MUTABLE, not scanned on push, and encrypted with AES256", "CreateRepository"):
        equal(made["imageTagMutability"], "MUTABLE", "imageTagMutability")
        equal(made["imageScanningConfiguration"], {"scanOnPush": False}, "imageScanningConfiguration")
        equal(made["encryptionConfiguration"], {"encryptionType": "AES256"}, "encryptionConfiguration")
    with claim("it is described as it was answered", "DescribeRepositories"):
        equal(ecr.describe_repositories(repositoryNames=[name])["repositories"], [made], "the description")
    with claim("its tags are in ListTagsForResource", "ListTagsForResource"):
        tags = ecr.list_tags_for_resource(resourceArn=made["repositoryArn"])["tags"]
        equal(tags, [{"Key": "team", "Value": "shop"}], "tags")
    with claim("a name in use is refused", "CreateRepository"):
        refused("RepositoryAlreadyExistsException", ecr.create_repository, repositoryName=name)
    with claim("a name in capitals is refused", "CreateRepository"):
        refused("InvalidParameterException", ecr.create_repository, repositoryName="Create/App")
    with claim("KMS without a key uses one that AWS manages", "EncryptionConfiguration"):
        kms = {"encryptionType": "KMS"}
        answer = ecr.create_repository(repositoryName="create/kms", encryptionConfiguration=kms)
        key = answer["repository"]["encryptionConfiguration"]["kmsKey"]
        assert key.startswith("arn:aws:kms:us-east-1:"), f"the key is {key}"


def describe(aws: Target, claim: Claims) -> None:
    ecr = aws.ecr
    names = [f"describe/{letter}" for letter in "abcde"]
    for name in names:
        ecr.create_repository(repositoryName=name)
    with claim("an unknown name is refused", "DescribeRepositories"):
        refused("RepositoryNotFoundException", ecr.describe_repositories, repositoryNames=["describe/none"])
    with claim("one unknown name among known ones refuses all", "DescribeRepositories"):
        request = {"repositoryNames": [names[0], "describe/none"]}
        refused("RepositoryNotFoundException", ecr.describe_repositories, **request)
    with claim("maxResults is the length of a page, and nextToken leads to the next", "DescribeRepositories"):
        pages = list(ecr.get_paginator("describe_repositories").paginate(PaginationConfig={"PageSize": 2}))
        seen = [repository["repositoryName"] for page in pages for repository in page["repositories"]]
        assert max(len(page["repositories"]) for page in pages) == 2, "a page is longer than maxResults"
        assert set(names) <= set(seen), f"some are on no page: {seen}"
        equal(len(seen), len(set(seen)), "the number of names on all pages")
    with claim("nextToken is left out where nothing is left", "DescribeRepositories"):
        absent(ecr.describe_repositories(repositoryNames=names), "nextToken")


def tag_mutability(aws: Target, claim: Claims) -> None:
    ecr, name = aws.ecr, "mutability/app"
    ecr.create_repository(repositoryName=name)

    def described() -> dict:
        return ecr.describe_repositories(repositoryNames=[name])["repositories"][0]

    with claim("it is changed, and answered", "PutImageTagMutability"):
        answer = ecr.put_image_tag_mutability(repositoryName=name, imageTagMutability="IMMUTABLE")
        contains(answer, {"repositoryName": name, "imageTagMutability": "IMMUTABLE"}, "the answer")
        equal(described()["imageTagMutability"], "IMMUTABLE", "imageTagMutability")
    filters = [{"filterType": "WILDCARD", "filter": "dev-*"}]
    with claim("filters make exceptions of the rule", "PutImageTagMutability"):
        request = {"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION", "imageTagMutabilityExclusionFilters": filters}
        ecr.put_image_tag_mutability(repositoryName=name, **request)
        equal(described()["imageTagMutabilityExclusionFilters"], filters, "imageTagMutabilityExclusionFilters")
    with claim("a rule without exceptions takes the filters away", "PutImageTagMutability"):
        ecr.put_image_tag_mutability(repositoryName=name, imageTagMutability="MUTABLE")
        equal(described()["imageTagMutability"], "MUTABLE", "imageTagMutability")
        absent(described(), "imageTagMutabilityExclusionFilters")
    with claim("filters with a rule that has no exceptions are refused", "PutImageTagMutability"):
        request = {"imageTagMutability": "MUTABLE", "imageTagMutabilityExclusionFilters": filters}
        refused("InvalidParameterException", ecr.put_image_tag_mutability, repositoryName=name, **request)
    with claim("an unknown repository is refused", "PutImageTagMutability"):
        request = {"repositoryName": "mutability/none", "imageTagMutability": "MUTABLE"}
        refused("RepositoryNotFoundException", ecr.put_image_tag_mutability, **request)


def scanning(aws: Target, claim: Claims) -> None:
    ecr, name = aws.ecr, "scanning/app"
    ecr.create_repository(repositoryName=name)
    for wanted in (True, False):
        with claim(f"scanOnPush becomes {wanted}", "PutImageScanningConfiguration"):
            configuration = {"scanOnPush": wanted}
            ecr.put_image_scanning_configuration(repositoryName=name, imageScanningConfiguration=configuration)
            repository = ecr.describe_repositories(repositoryNames=[name])["repositories"][0]
            equal(repository["imageScanningConfiguration"], configuration, "imageScanningConfiguration")
    with claim("an unknown repository is refused", "PutImageScanningConfiguration"):
        request = {"repositoryName": "scanning/none", "imageScanningConfiguration": {"scanOnPush": True}}
        refused("RepositoryNotFoundException", ecr.put_image_scanning_configuration, **request)


def lifecycle_policy(aws: Target, claim: Claims) -> None:
    ecr, name = aws.ecr, "lifecycle/app"
    ecr.create_repository(repositoryName=name)
    with claim("a repository without one has none", "GetLifecyclePolicy"):
        refused("LifecyclePolicyNotFoundException", ecr.get_lifecycle_policy, repositoryName=name)
    with claim("it is kept as what it means", "PutLifecyclePolicy"):
        ecr.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=json.dumps(LIFECYCLE))
        text = ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]
        equal(json.loads(text), LIFECYCLE, "the policy")
    with claim("a text that is no policy is refused", "PutLifecyclePolicy"):
        request = {"repositoryName": name, "lifecyclePolicyText": json.dumps({"rules": "x" * 100})}
        refused("InvalidParameterException", ecr.put_lifecycle_policy, **request)
    with claim("the answer to its deletion has its text", "DeleteLifecyclePolicy"):
        text = ecr.delete_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]
        equal(json.loads(text), LIFECYCLE, "the policy")
    with claim("after its deletion there is none", "GetLifecyclePolicy"):
        refused("LifecyclePolicyNotFoundException", ecr.get_lifecycle_policy, repositoryName=name)
    with claim("deleting none is refused", "DeleteLifecyclePolicy"):
        refused("LifecyclePolicyNotFoundException", ecr.delete_lifecycle_policy, repositoryName=name)
    with claim("an unknown repository is refused", "GetLifecyclePolicy"):
        refused("RepositoryNotFoundException", ecr.get_lifecycle_policy, repositoryName="lifecycle/none")


def repository_policy(aws: Target, claim: Claims) -> None:
    ecr, name = aws.ecr, "policy/app"
    ecr.create_repository(repositoryName=name)
    with claim("a repository without one has none", "GetRepositoryPolicy"):
        refused("RepositoryPolicyNotFoundException", ecr.get_repository_policy, repositoryName=name)
    with claim("it is kept as what it means", "SetRepositoryPolicy"):
        ecr.set_repository_policy(repositoryName=name, policyText=json.dumps(POLICY))
        contains(json.loads(ecr.get_repository_policy(repositoryName=name)["policyText"]), POLICY, "the policy")
    with claim("a text that is no policy is refused", "SetRepositoryPolicy"):
        request = {"repositoryName": name, "policyText": "no policy"}
        refused("InvalidParameterException", ecr.set_repository_policy, **request)
    with claim("after its deletion there is none", "DeleteRepositoryPolicy"):
        ecr.delete_repository_policy(repositoryName=name)
        refused("RepositoryPolicyNotFoundException", ecr.get_repository_policy, repositoryName=name)
    with claim("deleting none is refused", "DeleteRepositoryPolicy"):
        refused("RepositoryPolicyNotFoundException", ecr.delete_repository_policy, repositoryName=name)
    with claim("an unknown repository is refused", "SetRepositoryPolicy"):
        request = {"repositoryName": "policy/none", "policyText": json.dumps(POLICY)}
        refused("RepositoryNotFoundException", ecr.set_repository_policy, **request)


def tags(aws: Target, claim: Claims) -> None:
    ecr, name = aws.ecr, "tags/app"
    made = ecr.create_repository(repositoryName=name, tags=[{"Key": "team", "Value": "shop"}])["repository"]
    arn = made["repositoryArn"]

    def listed() -> dict[str, str]:
        return {tag["Key"]: tag["Value"] for tag in ecr.list_tags_for_resource(resourceArn=arn)["tags"]}

    with claim("a tag is added beside those that are there", "TagResource"):
        ecr.tag_resource(resourceArn=arn, tags=[{"Key": "stage", "Value": ""}])
        equal(listed(), {"team": "shop", "stage": ""}, "tags")
    with claim("a key that is there gets the new value", "TagResource"):
        ecr.tag_resource(resourceArn=arn, tags=[{"Key": "team", "Value": "till"}])
        equal(listed(), {"team": "till", "stage": ""}, "tags")
    with claim("only the keys that are named are taken off", "UntagResource"):
        ecr.untag_resource(resourceArn=arn, tagKeys=["stage", "unknown"])
        equal(listed(), {"team": "till"}, "tags")
    for operation in (ecr.list_tags_for_resource, ecr.tag_resource, ecr.untag_resource):
        page = "".join(word.capitalize() for word in operation.__name__.split("_"))
        with claim(f"{page} of an unknown repository is refused", page):
            more = {"tag_resource": {"tags": []}, "untag_resource": {"tagKeys": []}}.get(operation.__name__, {})
            refused("RepositoryNotFoundException", operation, resourceArn=f"{arn}-none", **more)


def delete(aws: Target, claim: Claims) -> None:
    ecr, name = aws.ecr, "delete/app"
    ecr.create_repository(repositoryName=name)
    aws.put_image(name, "v1")
    with claim("one that holds images is refused", "DeleteRepository"):
        refused("RepositoryNotEmptyException", ecr.delete_repository, repositoryName=name)
    with claim("force deletes it with its images, and it is answered once more", "DeleteRepository"):
        equal(ecr.delete_repository(repositoryName=name, force=True)["repository"]["repositoryName"], name, "the name")
    with claim("it is gone at once", "DeleteRepository"):
        refused("RepositoryNotFoundException", ecr.describe_repositories, repositoryNames=[name])
    with claim("an unknown one is refused", "DeleteRepository"):
        refused("RepositoryNotFoundException", ecr.delete_repository, repositoryName=name)
    with claim("its name is free, and the new one has nothing of the old", "CreateRepository"):
        ecr.create_repository(repositoryName=name)
        ecr.delete_repository(repositoryName=name)


SCENARIOS = [create, describe, tag_mutability, scanning, lifecycle_policy, repository_policy, tags, delete]
