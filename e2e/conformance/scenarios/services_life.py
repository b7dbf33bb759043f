"""Amazon ECS: services over time: rollouts, tasks, scaling, the end; and their lists."""

from claims import Claims, absent, equal, refused
from scenarios.services import cluster, described, on_ec2, primary, request
from scenarios.task_definitions import FARGATE, register
from targets import Target


def rollout(aws: Target, claim: Claims) -> None:
    ecs, home = aws.ecs, "rollout"
    cluster(aws, home)
    first = ecs.create_service(**request(aws, home, "web"))["service"]["taskDefinition"]
    second = register(aws, f"{home}-fargate", **FARGATE)["taskDefinitionArn"]

    def look() -> dict:
        return described(aws, home, "web")

    def state(service: dict) -> str:
        return primary(service)["rolloutState"]

    with claim("a new service is rolled out: its deployment is COMPLETED when its tasks run", "Deployment"):
        done = aws.until("the first rollout", look, lambda service: state(service) == "COMPLETED")
        equal(done["runningCount"], 1, "runningCount")
    with claim("a new revision begins IN_PROGRESS, beside the ACTIVE deployment of the old", "Deployment"):
        service = ecs.update_service(cluster=home, service="web", taskDefinition=second)["service"]
        seen = {deployment["taskDefinition"]: deployment["status"] for deployment in service["deployments"]}
        equal(seen, {second: "PRIMARY", first: "ACTIVE"}, "the deployments")
        equal(state(service), "IN_PROGRESS", "rolloutState")
    with claim("it ends COMPLETED, alone, with all tasks of the new revision", "Deployment"):
        done = aws.until("the rollout", look, lambda service: state(service) == "COMPLETED")
        equal([item["taskDefinition"] for item in done["deployments"]], [second], "the deployments")
    with claim("the service's events tell of it, newest first", "Amazon ECS service event messages"):
        events = look()["events"]
        assert events, "there are none"
        assert any("has reached a steady state" in event["message"] for event in events), "no steady state"
        times = [event["createdAt"] for event in events]
        equal(times, sorted(times, reverse=True), "the times of the events")
    with claim("the deployment's service revision can be described", "DescribeServiceRevisions"):
        arn = look()["currentServiceRevisions"][0]["arn"]
        revision = ecs.describe_service_revisions(serviceRevisionArns=[arn])["serviceRevisions"][0]
        equal(revision["taskDefinition"], second, "the revision's task definition")
    with claim("its service deployments are listed", "ListServiceDeployments"):
        listed = ecs.list_service_deployments(cluster=home, service="web")["serviceDeployments"]
        equal({deployment["status"] for deployment in listed}, {"SUCCESSFUL"}, "their status")
    with claim("its service deployment can be described", "DescribeServiceDeployments"):
        arn = look()["currentServiceDeployment"]
        deployment = ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"][0]
        equal(deployment["status"], "SUCCESSFUL", "its status")


def tasks(aws: Target, claim: Claims) -> None:
    ecs, home = aws.ecs, "tasks"
    cluster(aws, home)
    ecs.create_service(**request(aws, home, "web", desiredCount=2))

    def running() -> list[str]:
        return ecs.list_tasks(cluster=home, serviceName="web", desiredStatus="RUNNING")["taskArns"]

    with claim("a service starts as many tasks as are desired", "ListTasks"):
        aws.until("two tasks", running, lambda arns: len(arns) == 2)
    with claim("its tasks run in its network", "Task"):

        def look() -> list[dict]:
            return ecs.describe_tasks(cluster=home, tasks=running())["tasks"]

        seen = aws.until("RUNNING", look, lambda all_: {task["lastStatus"] for task in all_} == {"RUNNING"})
        details = {item["name"]: item["value"] for item in seen[0]["attachments"][0]["details"]}
        equal(details["subnetId"], aws.network["awsvpcConfiguration"]["subnets"][0], "subnetId")
        equal(seen[0]["group"], "service:web", "group")
    with claim("each container tells the address of the task's own interface", "NetworkInterface"):
        seen = look()[0]
        details = {item["name"]: item["value"] for item in seen["attachments"][0]["details"]}
        interfaces = [container["networkInterfaces"] for container in seen["containers"]]
        told = [interface["privateIpv4Address"] for of in interfaces for interface in of]
        equal(told, [details["privateIPv4Address"]] * len(interfaces), "the addresses")
        equal(interfaces[0][0]["attachmentId"], seen["attachments"][0]["id"], "attachmentId")
    with claim("without a health check the health of a task is UNKNOWN", "HealthCheck"):
        equal({task["healthStatus"] for task in look()}, {"UNKNOWN"}, "healthStatus")
    with claim("the tasks of a whole cluster are listed in pages of maxResults", "ListTasks"):
        first = ecs.list_tasks(cluster=home, maxResults=1)
        equal(len(first["taskArns"]), 1, "the length of the first page")
        second = ecs.list_tasks(cluster=home, maxResults=1, nextToken=first["nextToken"])
        equal(sorted(first["taskArns"] + second["taskArns"]), sorted(running()), "the two pages")
    with claim("a task that is stopped is replaced", "StopTask"):
        before = running()
        assert before, "no task runs"
        ecs.stop_task(cluster=home, task=before[0], reason="to see it replaced")
        aws.until("another task", running, lambda arns: len(arns) == 2 and before[0] not in arns)
    with claim("a task that stopped is described, with the reason", "DescribeTasks"):
        assert before, "no task ran"
        task = ecs.describe_tasks(cluster=home, tasks=[before[0]])["tasks"][0]
        equal((task["desiredStatus"], task["stoppedReason"]), ("STOPPED", "to see it replaced"), "the task")
        equal(task["stopCode"], "UserInitiated", "stopCode")
    with claim("an unknown task is a failure, MISSING", "API failure reasons"):
        answer = ecs.describe_tasks(cluster=home, tasks=["0123456789abcdef0123456789abcdef"])
        equal([failure["reason"] for failure in answer["failures"]], ["MISSING"], "failures")
    with claim("the cluster counts its services and tasks", "Cluster"):
        seen = ecs.describe_clusters(clusters=[home])["clusters"][0]
        equal(seen["activeServicesCount"], 1, "activeServicesCount")


def daemon(aws: Target, claim: Claims) -> None:
    home = "daemon"
    cluster(aws, home)
    given = on_ec2(aws, home, "agent", schedulingStrategy="DAEMON", desiredCount=None)
    with claim("a DAEMON takes no count, and may run no task during a deployment", "CreateService"):
        service = aws.ecs.create_service(**given)["service"]
        equal(service["schedulingStrategy"], "DAEMON", "schedulingStrategy")
        configuration = service["deploymentConfiguration"]
        percents = configuration["minimumHealthyPercent"], configuration["maximumPercent"]
        equal(percents, (0, 100), "minimumHealthyPercent and maximumPercent")
    with claim("a DAEMON on Fargate is refused", "Amazon ECS services: daemon strategy"):
        request_ = request(aws, home, "fargate", schedulingStrategy="DAEMON", desiredCount=None)
        refused("InvalidParameterException", aws.ecs.create_service, **request_)
    with claim("a DAEMON is deleted without being scaled", "DeleteService"):
        status = aws.ecs.delete_service(cluster=home, service="agent")["service"]["status"]
        assert status in ("DRAINING", "INACTIVE"), f"its status is {status}"


def scale_and_delete(aws: Target, claim: Claims) -> None:
    ecs, home = aws.ecs, "scale"
    cluster(aws, home)
    first = ecs.create_service(**request(aws, home, "web"))["service"]

    def look() -> dict:
        return described(aws, home, "web")

    with claim("desiredCount is the number of tasks, in time", "UpdateService"):
        ecs.update_service(cluster=home, service="web", desiredCount=3)
        aws.until("three tasks", look, lambda service: service["runningCount"] == 3)
    with claim("one that is scaled above 0 is not deleted without force", "DeleteService"):
        refused("InvalidParameterException", ecs.delete_service, cluster=home, service="web")
        equal(look()["status"], "ACTIVE", "status")
    with claim("one that is scaled to 0 is, and drains", "DeleteService"):
        ecs.update_service(cluster=home, service="web", desiredCount=0)
        status = ecs.delete_service(cluster=home, service="web")["service"]["status"]
        assert status in ("DRAINING", "INACTIVE"), f"its status is {status}"
    with claim("it can be described when it is INACTIVE", "DeleteService"):
        gone = aws.until("INACTIVE", look, lambda service: service["status"] == "INACTIVE")
        equal((gone["runningCount"], gone["desiredCount"]), (0, 0), "runningCount and desiredCount")
    with claim("it is listed no more", "DeleteService"):
        equal(ecs.list_services(cluster=home)["serviceArns"], [], "the services")
    with claim("an INACTIVE one is not updated", "UpdateService"):
        codes = "ServiceNotActiveException|ServiceNotFoundException"
        refused(codes, ecs.update_service, cluster=home, service="web", desiredCount=1)
    with claim("its name is free", "CreateService"):
        again = ecs.create_service(**request(aws, home, "web"))["service"]
        assert primary(again)["id"] != primary(first)["id"], "it is the one that was deleted"
        equal(look()["status"], "ACTIVE", "status")
    with claim("force deletes what is scaled above 0", "DeleteService"):
        status = ecs.delete_service(cluster=home, service="web", force=True)["service"]["status"]
        assert status in ("DRAINING", "INACTIVE"), f"its status is {status}"
        aws.until("INACTIVE", look, lambda service: service["status"] == "INACTIVE")
    with claim("an unknown one is refused", "DeleteService"):
        refused("ServiceNotFoundException", ecs.delete_service, cluster=home, service="none")
    with claim("the cluster of services that are gone can be deleted", "DeleteCluster"):
        equal(ecs.delete_cluster(cluster=home)["cluster"]["status"], "INACTIVE", "status")


def list_services(aws: Target, claim: Claims) -> None:
    ecs, home = aws.ecs, "list-services"
    cluster(aws, home)
    replicas = [request(aws, home, f"web-{number:02}", desiredCount=0) for number in range(11)]
    daemon = on_ec2(aws, home, "agent", schedulingStrategy="DAEMON", desiredCount=None)
    web = [ecs.create_service(**given)["service"]["serviceArn"] for given in replicas]
    agent = ecs.create_service(**daemon)["service"]["serviceArn"]

    def pages(**given: object) -> list[list[str]]:
        return [page["serviceArns"] for page in ecs.get_paginator("list_services").paginate(cluster=home, **given)]

    with claim("a page has 10 unless said otherwise", "ListServices"):
        equal([len(page) for page in pages()], [10, 2], "the lengths of the pages")
    with claim("all are on one page, whatever its length", "ListServices"):
        seen = pages(PaginationConfig={"PageSize": 5})
        equal(sorted(arn for page in seen for arn in page), sorted([*web, agent]), "the services")
        equal([len(page) for page in seen], [5, 5, 2], "the lengths of the pages")
    with claim("nextToken is left out where nothing is left", "ListServices"):
        absent(ecs.list_services(cluster=home, maxResults=100), "nextToken")
    with claim("they are filtered by scheduling strategy", "ListServices"):
        equal(sum(pages(schedulingStrategy="DAEMON"), []), [agent], "the services")
    with claim("they are filtered by launch type", "ListServices"):
        equal(sum(pages(launchType="EC2"), []), [agent], "the services")
    with claim("an unknown cluster is refused", "ListServices"):
        refused("ClusterNotFoundException", ecs.list_services, cluster="list-none")
    with claim("more than 100 a page is refused", "ListServices"):
        refused("InvalidParameterException|ClientException", ecs.list_services, cluster=home, maxResults=101)


SCENARIOS = [rollout, tasks, daemon, scale_and_delete, list_services]
