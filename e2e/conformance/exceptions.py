"""Where one of the two is wrong. Each row is asserted to be still so: what has been mended there goes out here.

The claim that is broken names AWS's page, which decides between the two.
"""

from dataclasses import dataclass

from claims import ACCEPTED

SAME_DEPLOYMENT = "whether the PRIMARY deployment is another is False, not True"

# Scenario, claim, and a part of what is seen instead.
MOTO: dict[str, dict[str, str]] = {
    "repositories.describe": {
        "maxResults is the length of a page, and nextToken leads to the next": "a page is longer than maxResults",
    },
    "repositories.tag_mutability": {
        "filters with a rule that has no exceptions are refused": ACCEPTED,
    },
    "secrets.life": {
        "an empty description takes it away": "Description is 'of the shop', not ''",
    },
    "secrets.deletion": {
        "it takes no other value": ACCEPTED,
        "its name is taken": "the error is ResourceExistsException",
        "it can be restored": "SecretString is 'two', not 'one'",
    },
    "cloud_map.services": {
        "it is described with its records, and can be found by calls too": "there is no Type",
        "a name in use is refused, and the error has the service's id": ACCEPTED,
        "a namespace that is not there is refused": ACCEPTED,
        "records of the types A and SRV together are refused": ACCEPTED,
        "the routing policy is MULTIVALUE unless said otherwise": "there is no RoutingPolicy",
        "the type of a record does not change": ACCEPTED,
    },
    "cloud_map.instances": {
        "an instance without the address of its record is refused": ACCEPTED,
        "with a custom check it is healthy unless said otherwise": "{'x': 'HEALTHY', 'web-1': 'HEALTHY'}",
        "it is as healthy as it is said to be, after half a minute": "not within 0 s; it is 'HEALTHY'",
        "a service with instances is not deleted": ACCEPTED,
        "an instance that is not there is not found": "the error is ServiceNotFound",
        "it goes by an operation": "was refused with ServiceNotFound",
        "a namespace with services is not deleted": ACCEPTED,
    },
    "clusters.create": {
        "effectiveSettings tells that default, which nobody set": "containerInsights is [], not ['disabled']",
        "a name with a space is refused": ACCEPTED,
        "a default strategy of providers that the cluster does not have is refused": ACCEPTED,
    },
    "clusters.describe": {
        "settings is left out where SETTINGS is not included": "settings is described",
        "configuration is left out where CONFIGURATIONS is not included": "configuration is described",
        "statistics, by launch type, are described where STATISTICS is included": "there is no statistics",
        "more than 100 are refused": ACCEPTED,
    },
    "clusters.update": {
        "a setting is changed": "refused with 500",
        "the namespace of Service Connect is described by its ARN": "it is shop",
    },
    "clusters.capacity_providers": {
        "weight and base that are left out are 0": "there is no base",
        "a strategy of a provider that is not in the list is refused": ACCEPTED,
        "two bases are refused": ACCEPTED,
    },
    "clusters.delete": {
        "it is listed no more": "it is listed",
        "what wants an active cluster refuses it": ACCEPTED,
        "one with an active service is refused": ACCEPTED,
    },
    "clusters.list_clusters": {
        "maxResults is the length of a page, and all are on one page": "a page is longer than maxResults",
    },
    "capacity_providers.life": {
        "a name in use is refused": ACCEPTED,
        "the name fargate-mine, whose beginning is AWS's, is refused": ACCEPTED,
        "the name aws-mine, whose beginning is AWS's, is refused": ACCEPTED,
        "the name ecs-mine, whose beginning is AWS's, is refused": ACCEPTED,
        "FARGATE is there without being made": "list index out of range",
        "one that a cluster has is not deleted: 200, ACTIVE, DELETE_FAILED": "('ACTIVE', 'UPDATE_COMPLETE')",
        "FARGATE is not deleted": "is 500",
    },
    # moto knows no Managed Instances.
    "capacity_providers.managed": {
        "Managed Instances attach themselves to their cluster": "was refused with 500",
        "they say what they are, and where": "list index out of range",
        "they are associated with their own cluster alone": ACCEPTED,
        "a cluster that has them is not deleted": ACCEPTED,
        "they are deleted in their cluster, and leave it": "was refused with 500",
    },
    "fargate_profiles.life": {
        "it is CREATING first": "the status is 'ACTIVE', not 'CREATING'",
        "while it is CREATING, no other is created": ACCEPTED,
        "a healthy one has no issues": "there is no health",
        "it is DELETING until it is gone": "the status is 'ACTIVE', not 'DELETING'",
        "while it is DELETING, no other is created": ACCEPTED,
    },
    "fargate_profiles.one_at_a_time": {
        "while one is DELETING, no other is deleted": ACCEPTED,
    },
    "fargate_profiles.refusals": {
        "a public subnet is refused": ACCEPTED,
        "none, and six selectors are refused": ACCEPTED,
        "a role that is no ARN is refused": ACCEPTED,
        "a name that begins with eks- is refused": ACCEPTED,
    },
    "fargate_profiles.pages_and_tags": {
        "the profiles of an unknown cluster are refused": "the error is 500",
        "a tag is added beside those that are there, and only the keys that are named are taken off": "Resource was not found",
        "tags of what is unknown are refused": "the error is ResourceNotFoundException",
    },
    "fargate_profiles.tokens": {
        "the same request with the same token is answered with what it made": "already exists",
    },
    "queues_and_rules.queues": {
        "a retention period of less than a minute is refused": ACCEPTED,
    },
    "queues_and_rules.messages": {
        "more than ten entries are refused": ACCEPTED,
    },
    "queues_and_rules.delivery": {
        "a queue without a policy takes no events": "what came is [{",
        "an event that matches comes whole": "there is no account",
        "sources that begin with aws. are AWS's": "ErrorCode is None",
    },
    # It sends no events of ECS.
    "queues_and_rules.of_services": {
        "a deployment is told of when it begins": "not within 0 s",
        "a task is told of when it runs, with its version": "not within 0 s",
        "a service is told of when it is steady": "not within 0 s",
        "a deployment is told of when it is done": "not within 0 s",
    },
    "task_definitions.real_ones": {
        "gunicorn_fargate.json without an execution role for its logs is refused": ACCEPTED,
        "nginx_fargate.json without an execution role for its logs is refused": ACCEPTED,
        "tomcat_fargate.json without an execution role for its logs is refused": ACCEPTED,
    },
    "task_definitions.filled_in": {
        "registeredAt is told": "there is no registeredAt",
        "under awsvpc the host port is the container's": "there is no hostPort",
        "a port is of TCP unless said otherwise": "there is no protocol",
        "1 vCPU and 2 GB are described as units and MiB": "cpu and memory is ('1 vCPU', '2GB')",
    },
    "task_definitions.rules": {
        "a memory that Fargate does not have for its cpu is refused": ACCEPTED,
        "Fargate without a cpu is refused": ACCEPTED,
        "Fargate with another network mode than awsvpc is refused": ACCEPTED,
        "a privileged container on Fargate is refused": ACCEPTED,
        "two containers of one name is refused": ACCEPTED,
        "a definition without an essential container is refused": ACCEPTED,
        "a family with a space is refused": ACCEPTED,
    },
    "task_definitions.list_revisions": {
        "DESC is newest first": "the list is [1, 2, 3, 4, 5], not [5, 4, 3, 2, 1]",
        "maxResults is the length of a page": "the length of the first page is 5, not 2",
        "newest first, the pages go on where the last ended": "the list is [1, 2, 3, 4, 5], not [5, 4, 3, 2, 1]",
    },
    "task_definitions.deregister": {
        "the family is the newest revision that is still active": "revision is 2, not 1",
        "no service is made of it": ACCEPTED,
        "its number is not given again": "revision is 2, not 3",
    },
    "services.create": {
        "enableECSManagedTags is False where nothing else was asked for": "there is no enableECSManagedTags",
        "enableExecuteCommand is False where nothing else was asked for": "there is no enableExecuteCommand",
        "platformVersion is LATEST where nothing else was asked for": "there is no platformVersion",
        "between 100 and 200 percent of the tasks run during a deployment": "there is no deploymentConfiguration",
        "assignPublicIp is DISABLED unless said otherwise": "not {'subnets'",
        "createdAt and createdBy are told": "there is no createdAt",
        "security groups may be left out": "refused with 500",
        "a capacity provider strategy stands in place of a launch type": "there is no capacityProviderStrategy",
        "what was asked for is described": "the service.deploymentConfiguration is None",
    },
    "services.create_refused": {
        "a name with a space is refused": ACCEPTED,
        "no desiredCount is refused": ACCEPTED,
        "a negative desiredCount is refused": ACCEPTED,
        "launchType together with a strategy is refused": ACCEPTED,
        "awsvpc without a network is refused": ACCEPTED,
        "Fargate with a definition that can't run there is refused": ACCEPTED,
        "a DAEMON with a desiredCount is refused": ACCEPTED,
        "a grace period without a load balancer is refused": ACCEPTED,
        "a token of 37 characters is refused": ACCEPTED,
    },
    "services.create_once": {
        "the same token with the same request is answered with the same service": "the deployment is 'ecs-svc/",
        "a name in use under another token is refused": ACCEPTED,
        "a name in use without a token is refused": ACCEPTED,
    },
    "services.describe": {
        "more than 10 are refused": ACCEPTED,
        "none is refused": ACCEPTED,
    },
    "services.update": {
        "taskDefinition: a deployment starts": SAME_DEPLOYMENT,
        "networkConfiguration: a deployment starts": SAME_DEPLOYMENT,
        "platformVersion: a deployment starts": SAME_DEPLOYMENT,
        "serviceRegistries: a deployment starts": SAME_DEPLOYMENT,
        "an empty list of serviceRegistries: a deployment starts": SAME_DEPLOYMENT,
        "capacityProviderStrategy: the change is described": "the service.launchType is 'FARGATE', not None",
        "an empty capacityProviderStrategy: the change is described": "the service.launchType is 'EC2', not 'FARGATE'",
        "placementConstraints: the change is described": "the service.placementStrategy is None",
    },
    "services.update_refused": {
        "a strategy without forceNewDeployment is refused": ACCEPTED,
        "a provider that the cluster does not have is refused": ACCEPTED,
        "a definition for EC2 on Fargate is refused": ACCEPTED,
        "what is refused changes nothing": "desiredCount is 5, not 1",
    },
    "services.described_where": {
        "serviceConnectConfiguration is described with the deployment": "it is not",
        "volumeConfigurations is described with the deployment": "it is not",
        "vpcLatticeConfigurations is described with the deployment": "it is not",
        "serviceConnectConfiguration: {'enabled': False} takes it off, by a deployment": "it was not there before",
        "vpcLatticeConfigurations: [] takes it off, by a deployment": "it was not there before",
        "the circuit breaker is described, and the other members keep what they were": "minimumHealthyPercent is None",
    },
    "services_life.rollout": {
        "a new revision begins IN_PROGRESS, beside the ACTIVE deployment of the old": ":1': 'PRIMARY'}, not",
        "it ends COMPLETED, alone, with all tasks of the new revision": "rollout-fargate:1'], not",
        "the service's events tell of it, newest first": "there are none",
        "the deployment's service revision can be described": "there is no currentServiceRevisions",
        "its service deployments are listed": "refused with 500",
        "its service deployment can be described": "there is no currentServiceDeployment",
    },
    "services_life.tasks": {
        "a service starts as many tasks as are desired": "two tasks: not within 0 s; it is []",
        "its tasks run in its network": "Tasks cannot be empty",
        "each container tells the address of the task's own interface": "Tasks cannot be empty",
        "without a health check the health of a task is UNKNOWN": "Tasks cannot be empty",
        "the tasks of a whole cluster are listed in pages of maxResults": "the length of the first page is 0, not 1",
        "a task that is stopped is replaced": "no task runs",
        "a task that stopped is described, with the reason": "no task ran",
        "an unknown task is a failure, MISSING": "failures is [], not ['MISSING']",
        "the cluster counts its services and tasks": "activeServicesCount is 0, not 1",
    },
    "services_life.daemon": {
        "a DAEMON takes no count, and may run no task during a deployment": "there is no deploymentConfiguration",
        "a DAEMON on Fargate is refused": ACCEPTED,
    },
    "services_life.scale_and_delete": {
        "it is listed no more": "service/scale/web'], not []",
        "an INACTIVE one is not updated": ACCEPTED,
    },
    "services_life.list_services": {
        "a page has 10 unless said otherwise": "the lengths of the pages is [12], not [10, 2]",
        "all are on one page, whatever its length": "the lengths of the pages is [12], not [5, 5, 2]",
        "more than 100 a page is refused": ACCEPTED,
    },
    "tags_and_errors.tags": {
        "a cluster has at most 50 tags": ACCEPTED,
        "a service has at most 50 tags": ACCEPTED,
        "a service that is unknown is refused, with an error of the operation's list": "is ServiceNotFoundException",
        "a task definition has at most 50 tags": ACCEPTED,
        "a key that begins with aws: is refused": ACCEPTED,
    },
    "tags_and_errors.errors": {
        "ECS: a required member that is left out is refused": ACCEPTED,
        "ECR: a required member that is left out is refused": "is 500",
    },
}

# What moto gets wrong, as the operator on it sees it.
OPERATOR: dict[str, dict[str, str]] = {
    "operator_on_moto.clusters": {
        "a setting that is taken out of the spec becomes the account's default": "'value': 'enabled'}], not",
    },
    "operator_on_moto.no_rest": {
        "a namespace that is taken out of the spec goes out of AWS": "{'namespace': ''}",
    },
    "operator_on_moto.fargate_profiles": {
        "tags are changed in place": "Resource was not found",
    },
    "operator_on_moto.services": {
        "the object shows the deployment of that revision": "task-definition/shop_web:1', not",
        "a network that was changed behind its back is put back": "assignPublicIp is 'ENABLED'",
        "what CreateService was given needs no other write": "UpdateService after CreateService is 1, not 0",
    },
}


@dataclass(frozen=True)
class Wrong:
    target: str
    scenario: str
    claim: str
    shows: str


EXCEPTIONS = [
    Wrong(target, scenario, claim, shows)
    for target, table in (("moto", MOTO), ("operator", OPERATOR))
    for scenario, rows in table.items()
    for claim, shows in rows.items()
]
