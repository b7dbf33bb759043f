"""Amazon SQS and Amazon EventBridge: queues, rules, and events that come from one to the other."""

import hashlib
import json
from typing import Any

from claims import Claims, absent, equal, refused
from scenarios.services import cluster, request
from targets import Target

PATTERN = json.dumps({"source": ["shop"], "detail": {"state": ["PAID", {"prefix": "SENT"}]}})


def queues(aws: Target, claim: Claims) -> None:
    sqs, name = aws.sqs, "life"
    url = sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "60"}, tags={"team": "shop"})["QueueUrl"]

    def attributes() -> dict[str, str]:
        return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]

    with claim("its URL ends with the account and the name", "CreateQueue"):
        assert url.endswith(f"/123456789012/{name}"), f"the URL is {url}"
        equal(sqs.get_queue_url(QueueName=name)["QueueUrl"], url, "QueueUrl")
    with claim("messages are kept for four days unless said otherwise", "CreateQueue"):
        equal(attributes()["MessageRetentionPeriod"], "345600", "MessageRetentionPeriod")
    with claim("a message is as long as a MiB at most unless said otherwise", "CreateQueue"):
        equal(attributes()["MaximumMessageSize"], "1048576", "MaximumMessageSize")
    with claim("the ARN is an attribute", "GetQueueAttributes"):
        equal(attributes()["QueueArn"], f"arn:aws:sqs:us-east-1:123456789012:{name}", "QueueArn")
    with claim("only the attributes that are named are described", "GetQueueAttributes"):
        described = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
        equal(described, {"VisibilityTimeout": "60"}, "Attributes")
    with claim("the same name with the same attributes is answered with the same queue", "CreateQueue"):
        again = sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "60"})
        equal(again["QueueUrl"], url, "QueueUrl")
    with claim("the same name with another value of an attribute is refused", "CreateQueue"):
        request = {"QueueName": name, "Attributes": {"VisibilityTimeout": "61"}}
        refused("QueueNameExists|QueueAlreadyExists", sqs.create_queue, **request)
    with claim("a retention period of less than a minute is refused", "CreateQueue"):
        request = {"QueueName": "short", "Attributes": {"MessageRetentionPeriod": "59"}}
        refused("InvalidAttributeValue", sqs.create_queue, **request)
    with claim("an attribute that is set is described", "SetQueueAttributes"):
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"ReceiveMessageWaitTimeSeconds": "1"})
        equal(attributes()["ReceiveMessageWaitTimeSeconds"], "1", "ReceiveMessageWaitTimeSeconds")
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"ReceiveMessageWaitTimeSeconds": "0"})
    with claim("there is no policy unless one is set", "SetQueueAttributes"):
        absent(attributes(), "Policy")
    with claim("tags are added to those that are there", "TagQueue"):
        sqs.tag_queue(QueueUrl=url, Tags={"stage": "test"})
        equal(sqs.list_queue_tags(QueueUrl=url)["Tags"], {"team": "shop", "stage": "test"}, "Tags")
    with claim("queues are listed by the beginning of their names", "ListQueues"):
        equal(sqs.list_queues(QueueNamePrefix="lif").get("QueueUrls"), [url], "QueueUrls")
        absent(sqs.list_queues(QueueNamePrefix="none"), "QueueUrls")
    with claim("a queue that was deleted is not there", "DeleteQueue"):
        sqs.delete_queue(QueueUrl=url)
        gone = "AWS.SimpleQueueService.NonExistentQueue|QueueDoesNotExist"
        refused(gone, sqs.get_queue_url, QueueName=name)
        refused(gone, sqs.receive_message, QueueUrl=url)


def messages(aws: Target, claim: Claims) -> None:
    sqs = aws.sqs
    url = sqs.create_queue(QueueName="messages", Attributes={"VisibilityTimeout": "600"})["QueueUrl"]

    def receive(**more: Any) -> list[dict[str, Any]]:
        return sqs.receive_message(QueueUrl=url, **({"MaxNumberOfMessages": 10} | more)).get("Messages", [])

    with claim("the answer has the MD5 of the body", "SendMessage"):
        sent = sqs.send_message(QueueUrl=url, MessageBody="one")
        equal(sent["MD5OfMessageBody"], hashlib.md5(b"one").hexdigest(), "MD5OfMessageBody")
    sqs.send_message(QueueUrl=url, MessageBody="two")
    first = receive(MessageSystemAttributeNames=["ApproximateReceiveCount"])
    with claim("up to ten messages are received, whole", "ReceiveMessage"):
        equal(sorted(message["Body"] for message in first), ["one", "two"], "the bodies")
        equal({message["Attributes"]["ApproximateReceiveCount"] for message in first}, {"1"}, "the counts")
    with claim("what was received is hidden, and counted as in flight", "GetQueueAttributes"):
        equal(receive(), [], "what is received again at once")
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        equal(counts, dict(zip(names, ["0", "2"], strict=True)), "Attributes")
    with claim("without its visibility timeout a message can be received again", "ChangeMessageVisibility"):
        handle = first[0]["ReceiptHandle"]
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
        again = receive(MessageSystemAttributeNames=["All"])
        equal([message["Body"] for message in again], [first[0]["Body"]], "the bodies")
        equal(again[0]["Attributes"]["ApproximateReceiveCount"], "2", "ApproximateReceiveCount")
        first[0] = again[0]
    with claim("a batch is deleted entry by entry", "DeleteMessageBatch"):
        handles = [message["ReceiptHandle"] for message in first] + ["nonsense"]
        entries = [{"Id": str(n), "ReceiptHandle": handle} for n, handle in enumerate(handles)]
        answer = sqs.delete_message_batch(QueueUrl=url, Entries=entries)
        equal([entry["Id"] for entry in answer["Successful"]], ["0", "1"], "Successful")
        equal([(entry["Id"], entry["Code"]) for entry in answer["Failed"]], [("2", "ReceiptHandleIsInvalid")], "Failed")
    with claim("more than ten entries are refused", "DeleteMessageBatch"):
        entries = [{"Id": str(n), "ReceiptHandle": str(n)} for n in range(11)]
        code = "AWS.SimpleQueueService.TooManyEntriesInBatchRequest|TooManyEntriesInBatchRequest"
        refused(code, sqs.delete_message_batch, QueueUrl=url, Entries=entries)
    with claim("a receipt handle that is none is refused", "DeleteMessage"):
        refused("ReceiptHandleIsInvalid", sqs.delete_message, QueueUrl=url, ReceiptHandle="nonsense")
    with claim("more than ten messages, and a wait of more than 20 seconds, are refused", "ReceiveMessage"):
        refused("InvalidParameterValue", sqs.receive_message, QueueUrl=url, MaxNumberOfMessages=11)
        refused("InvalidParameterValue", sqs.receive_message, QueueUrl=url, WaitTimeSeconds=21)


def rules(aws: Target, claim: Claims) -> None:
    events, name = aws.events, "shop"
    queue = queue_arn("rules")
    aws.sqs.create_queue(QueueName="rules")
    tags = [{"Key": "team", "Value": "shop"}]
    arn = events.put_rule(Name=name, EventPattern=PATTERN, Description="of the shop", Tags=tags)["RuleArn"]
    with claim("the ARN of a rule of the default bus does not name the bus", "PutRule"):
        equal(arn, f"arn:aws:events:us-east-1:123456789012:rule/{name}", "RuleArn")
    with claim("a rule is enabled unless said otherwise", "PutRule"):
        described = events.describe_rule(Name=name)
        seen = {member: described.get(member) for member in ("State", "Description", "EventBusName", "EventPattern")}
        wanted = {"State": "ENABLED", "Description": "of the shop", "EventBusName": "default", "EventPattern": PATTERN}
        equal(seen, wanted, "the rule")
    with claim("what is no pattern is refused", "PutRule"):
        refused("InvalidEventPatternException", events.put_rule, Name="wrong", EventPattern='{"source": "shop"}')
    with claim("targets are listed as they were put", "PutTargets"):
        target = {"Id": "queue", "Arn": queue}
        equal(events.put_targets(Rule=name, Targets=[target])["FailedEntryCount"], 0, "FailedEntryCount")
        equal(events.list_targets_by_rule(Rule=name)["Targets"], [target], "Targets")
    with claim("a rule that is put again keeps its targets, and loses what is left out", "PutRule"):
        events.put_rule(Name=name, EventPattern=PATTERN)
        absent(events.describe_rule(Name=name), "Description")
        equal(len(events.list_targets_by_rule(Rule=name)["Targets"]), 1, "the number of targets")
    with claim("the tags of its creation are listed", "ListTagsForResource"):
        equal(events.list_tags_for_resource(ResourceARN=arn)["Tags"], tags, "Tags")
    with claim("rules are listed by the beginning of their names", "ListRules"):
        equal([rule["Name"] for rule in events.list_rules(NamePrefix="sho")["Rules"]], [name], "the names")
    with claim("a rule with targets is not deleted", "DeleteRule"):
        refused("ValidationException", events.delete_rule, Name=name)
    with claim("a target of a rule that is not there is refused", "PutTargets"):
        request = {"Rule": "none", "Targets": [{"Id": "queue", "Arn": queue}]}
        refused("ResourceNotFoundException", events.put_targets, **request)
    with claim("without its targets it is", "DeleteRule"):
        events.remove_targets(Rule=name, Ids=["queue"])
        events.delete_rule(Name=name)
        refused("ResourceNotFoundException", events.describe_rule, Name=name)


def delivery(aws: Target, claim: Claims) -> None:
    events, name = aws.events, "delivery"
    queue = queue_arn(name)
    aws.sqs.create_queue(QueueName=name)
    rule = events.put_rule(Name=name, EventPattern=PATTERN)["RuleArn"]
    events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": queue}])

    def put(source: str, state: str) -> None:
        entry = {"Source": source, "DetailType": "Order", "Detail": json.dumps({"state": state}), "Resources": ["a"]}
        equal(events.put_events(Entries=[entry])["FailedEntryCount"], 0, "FailedEntryCount")

    def receive() -> list[dict[str, Any]]:
        return received(aws, name)

    with claim("a queue without a policy takes no events", "Using resource-based policies for Amazon EventBridge"):
        put("shop", "PAID")
        equal(receive(), [], "what came")
    allow(aws, name, queue, rule)
    with claim("an event that matches comes whole", "Amazon EventBridge events"):
        put("shop", "SENT_TODAY")
        (event,) = aws.until("the event", receive, bool)
        wanted = {"source": "shop", "detail-type": "Order", "detail": {"state": "SENT_TODAY"}, "resources": ["a"]}
        equal({member: event.get(member) for member in wanted}, wanted, "the event")
        equal((event["version"], event["account"], event["region"]), ("0", "123456789012", "us-east-1"), "whose it is")
    with claim("others do not", "Amazon EventBridge event patterns"):
        for source, state in (("other", "PAID"), ("shop", "OPEN")):
            put(source, state)
        put("shop", "PAID")
        states = [event["detail"]["state"] for event in aws.until("the event", receive, bool)]
        equal(states, ["PAID"], "what came")
    with claim("sources that begin with aws. are AWS's", "PutEvents"):
        entry = {"Source": "aws.ecs", "DetailType": "Order", "Detail": "{}"}
        answer = events.put_events(Entries=[entry])
        equal(answer["Entries"][0].get("ErrorCode"), "NotAuthorizedForSourceException", "ErrorCode")


def of_services(aws: Target, claim: Claims) -> None:
    home, service = "told", "arn:aws:ecs:us-east-1:123456789012:service/told/web"
    listen(aws, "told", {"source": ["aws.ecs"]})
    cluster(aws, home)
    aws.ecs.create_service(**request(aws, home, "web"))
    told: list[dict[str, Any]] = []

    def of(detail_type: str, **wanted: str) -> dict[str, Any]:
        def found() -> list[dict[str, Any]]:
            told.extend(received(aws, "told"))
            return [
                event
                for event in told
                if event["detail-type"] == detail_type and wanted.items() <= event["detail"].items()
            ]

        return aws.until(f"{detail_type} {wanted}", found, bool)[0]

    with claim("a deployment is told of when it begins", "Amazon ECS service deployment state change events"):
        event = of("ECS Deployment State Change", eventName="SERVICE_DEPLOYMENT_IN_PROGRESS", eventType="INFO")
        equal(event["resources"], [service], "resources")
        assert event["detail"]["deploymentId"].startswith("ecs-svc/"), event["detail"]
    with claim("a task is told of when it runs, with its version", "Amazon ECS task state change events"):
        event = of("ECS Task State Change", lastStatus="RUNNING", desiredStatus="RUNNING", group="service:web")
        equal(event["resources"], [event["detail"]["taskArn"]], "resources")
        assert event["detail"]["version"] > 1, event["detail"]
    with claim("a service is told of when it is steady", "Amazon ECS service action events"):
        event = of("ECS Service Action", eventName="SERVICE_STEADY_STATE", eventType="INFO")
        equal(event["resources"], [service], "resources")
        equal(event["detail"]["clusterArn"], f"arn:aws:ecs:us-east-1:123456789012:cluster/{home}", "clusterArn")
    with claim("a deployment is told of when it is done", "Amazon ECS service deployment state change events"):
        of("ECS Deployment State Change", eventName="SERVICE_DEPLOYMENT_COMPLETED", eventType="INFO")


def listen(aws: Target, name: str, pattern: dict[str, Any]) -> None:
    """A queue that takes the events of a rule, both of this name."""
    queue, rule = queue_arn(name), f"arn:aws:events:us-east-1:123456789012:rule/{name}"
    aws.sqs.create_queue(QueueName=name)
    allow(aws, name, queue, rule)
    aws.events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    aws.events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": queue}])


def allow(aws: Target, name: str, queue: str, rule: str) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    url = aws.sqs.get_queue_url(QueueName=name)["QueueUrl"]
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})


def received(aws: Target, name: str) -> list[dict[str, Any]]:
    """The events in the queue, after a wait of up to a second for the first."""
    url = aws.sqs.get_queue_url(QueueName=name)["QueueUrl"]
    messages = aws.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", [])
    return [json.loads(message["Body"]) for message in messages]


def queue_arn(name: str) -> str:
    return f"arn:aws:sqs:us-east-1:123456789012:{name}"


SCENARIOS = [queues, messages, rules, delivery, of_services]
