"""AWS Secrets Manager: versions, their labels, and deletion with a window."""

from claims import Claims, absent, equal, refused
from targets import Target


def token(letter: str) -> str:
    return letter * 32


def life(aws: Target, claim: Claims) -> None:
    secrets, name = aws.secrets, "life/db"
    tags = [{"Key": "team", "Value": "shop"}]
    made = secrets.create_secret(Name=name, SecretString="one", ClientRequestToken=token("a"), Tags=tags)
    with claim("the token is the id of the version", "CreateSecret"):
        equal(made["VersionId"], token("a"), "VersionId")
    with claim("the ARN ends with six letters behind the name", "CreateSecret"):
        begins, _, end = made["ARN"].rpartition("-")
        assert begins.endswith(f":secret:{name}") and len(end) == 6, f"the ARN is {made['ARN']}"

    def described() -> dict:
        return secrets.describe_secret(SecretId=name)

    with claim("the version is the current one, the tags are described", "DescribeSecret"):
        equal(described()["VersionIdsToStages"], {token("a"): ["AWSCURRENT"]}, "VersionIdsToStages")
        equal(described()["Tags"], tags, "Tags")
    with claim("a name in use is refused", "CreateSecret"):
        request = {"Name": name, "SecretString": "other", "ClientRequestToken": token("z")}
        refused("ResourceExistsException", secrets.create_secret, **request)
    with claim("a new version has the label AWSCURRENT, the one before it AWSPREVIOUS", "PutSecretValue"):
        secrets.put_secret_value(SecretId=made["ARN"], SecretString="two", ClientRequestToken=token("b"))
        expected = {token("a"): ["AWSPREVIOUS"], token("b"): ["AWSCURRENT"]}
        equal(described()["VersionIdsToStages"], expected, "VersionIdsToStages")
        equal(secrets.get_secret_value(SecretId=name)["SecretString"], "two", "SecretString")
    with claim("the same token with other values is refused", "PutSecretValue"):
        request = {"SecretId": name, "SecretString": "three", "ClientRequestToken": token("b")}
        refused("ResourceExistsException", secrets.put_secret_value, **request)
    with claim("the same token with the same values changes nothing", "PutSecretValue"):
        secrets.put_secret_value(SecretId=name, SecretString="one", ClientRequestToken=token("a"))
        equal(secrets.get_secret_value(SecretId=name)["SecretString"], "two", "SecretString")
    with claim("an empty description takes it away", "UpdateSecret"):
        secrets.update_secret(SecretId=name, Description="of the shop")
        equal(described()["Description"], "of the shop", "Description")
        secrets.update_secret(SecretId=name, Description="")
        equal(described().get("Description", ""), "", "Description")
    with claim("AWS's own key is not described", "DescribeSecret"):
        absent(described(), "KmsKeyId")


def deletion(aws: Target, claim: Claims) -> None:
    secrets, name = aws.secrets, "deletion/db"
    secrets.create_secret(Name=name, SecretString="one")
    with claim("a window of less than a week is refused", "DeleteSecret"):
        refused("InvalidParameterException", secrets.delete_secret, SecretId=name, RecoveryWindowInDays=6)
    secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    with claim("it is described with its date, and not listed", "DeleteSecret"):
        assert "DeletedDate" in secrets.describe_secret(SecretId=name), "there is no DeletedDate"
        listed = [secret["Name"] for secret in secrets.list_secrets()["SecretList"]]
        assert name not in listed, "it is listed"
    with claim("its value can't be read", "GetSecretValue"):
        refused("InvalidRequestException", secrets.get_secret_value, SecretId=name)
    with claim("it takes no other value", "PutSecretValue"):
        refused("InvalidRequestException", secrets.put_secret_value, SecretId=name, SecretString="two")
    with claim("its name is taken", "CreateSecret"):
        refused("InvalidRequestException", secrets.create_secret, Name=name, SecretString="one")
    with claim("it can be restored", "RestoreSecret"):
        secrets.restore_secret(SecretId=name)
        equal(secrets.get_secret_value(SecretId=name)["SecretString"], "one", "SecretString")
    with claim("without recovery it is gone", "DeleteSecret"):
        secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
        refused("ResourceNotFoundException", secrets.describe_secret, SecretId=name)


SCENARIOS = [life, deletion]
