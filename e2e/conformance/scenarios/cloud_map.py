"""AWS Cloud Map: services of a private DNS namespace, their instances, and the operations by which what takes time is followed."""

from claims import Claims, absent, contains, equal, refused
from targets import Target


def ended(aws: Target, submitted: dict) -> dict:
    """The operation, once it has ended."""

    def look() -> dict:
        return aws.cloud_map.get_operation(OperationId=submitted["OperationId"])["Operation"]

    return aws.until("the operation", look, lambda seen: seen["Status"] in ("SUCCESS", "FAIL"))


def namespace(aws: Target, name: str) -> str:
    vpc = "vpc-0a1b2c3d"
    if aws.name == "moto":
        # It takes one zone in a VPC, whatever their names.
        vpc = aws.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = ended(aws, aws.cloud_map.create_private_dns_namespace(Name=name, Vpc=vpc))
    return made["Targets"]["NAMESPACE"]


RECORDS = {"RoutingPolicy": "MULTIVALUE", "DnsRecords": [{"Type": "A", "TTL": 10}]}


def services(aws: Target, claim: Claims) -> None:
    cloud_map, of = aws.cloud_map, namespace(aws, "services.example")
    tags = [{"Key": "team", "Value": "shop"}]
    made = cloud_map.create_service(
        Name="cart.shop", NamespaceId=of, CreatorRequestId="one", DnsConfig=RECORDS, Tags=tags
    )["Service"]

    def described() -> dict:
        return cloud_map.get_service(Id=made["Id"])["Service"]

    with claim("it is described with its records, and can be found by calls too", "GetService"):
        contains(described(), {"Name": "cart.shop", "NamespaceId": of, "DnsConfig": RECORDS}, "the service")
        equal(described()["Type"], "DNS_HTTP", "Type")
    with claim("its tags are listed by its ARN", "ListTagsForResource"):
        equal(cloud_map.list_tags_for_resource(ResourceARN=made["Arn"])["Tags"], tags, "Tags")
    with claim("its namespace lists it", "ListServices"):
        filters = [{"Name": "NAMESPACE_ID", "Values": [of]}]
        listed = cloud_map.list_services(Filters=filters)["Services"]
        equal([service["Id"] for service in listed], [made["Id"]], "the list")
    with claim("a name in use is refused, and the error has the service's id", "CreateService"):
        request = {"Name": "cart.shop", "NamespaceId": of, "CreatorRequestId": "two", "DnsConfig": RECORDS}
        refused("ServiceAlreadyExists", cloud_map.create_service, **request)
    with claim("a namespace that is not there is refused", "CreateService"):
        request = {"Name": "x", "NamespaceId": "ns-none", "DnsConfig": RECORDS}
        refused("NamespaceNotFound", cloud_map.create_service, **request)
    with claim("records of the types A and SRV together are refused", "DnsRecord"):
        both = {"DnsRecords": [{"Type": "A", "TTL": 10}, {"Type": "SRV", "TTL": 10}]}
        refused("InvalidInput", cloud_map.create_service, Name="both", NamespaceId=of, DnsConfig=both)
    with claim("the routing policy is MULTIVALUE unless said otherwise", "DnsConfig"):
        request = {"Name": "policy", "NamespaceId": of, "DnsConfig": {"DnsRecords": RECORDS["DnsRecords"]}}
        other = cloud_map.create_service(**request)["Service"]
        equal(other["DnsConfig"]["RoutingPolicy"], "MULTIVALUE", "RoutingPolicy")
    with claim("description and TTL change by an operation", "UpdateService"):
        change = {"Description": "the cart", "DnsConfig": {"DnsRecords": [{"Type": "A", "TTL": 60}]}}
        equal(ended(aws, cloud_map.update_service(Id=made["Id"], Service=change))["Status"], "SUCCESS", "Status")
        contains(described(), {"Description": "the cart", "DnsConfig": change["DnsConfig"]}, "the service")
    with claim("the type of a record does not change", "DnsRecord"):
        change = {"DnsConfig": {"DnsRecords": [{"Type": "AAAA", "TTL": 60}]}}
        refused("InvalidInput", cloud_map.update_service, Id=made["Id"], Service=change)
    with claim("a service that is gone is not found", "GetService"):
        cloud_map.delete_service(Id=made["Id"])
        refused("ServiceNotFound", cloud_map.get_service, Id=made["Id"])


def instances(aws: Target, claim: Claims) -> None:
    cloud_map, of = aws.cloud_map, namespace(aws, "instances.example")
    made = cloud_map.create_service(
        Name="web", NamespaceId=of, DnsConfig=RECORDS, HealthCheckCustomConfig={"FailureThreshold": 1}
    )["Service"]["Id"]
    attributes = {"AWS_INSTANCE_IPV4": "10.0.0.1", "AWS_INSTANCE_PORT": "8080", "zone": "a"}

    def listed() -> dict:
        found = cloud_map.list_instances(ServiceId=made)["Instances"]
        return {instance["Id"]: instance["Attributes"] for instance in found}

    with claim("an instance without the address of its record is refused", "RegisterInstance"):
        request = {"ServiceId": made, "InstanceId": "x", "Attributes": {"AWS_INSTANCE_IPV6": "fd00::1"}}
        refused("InvalidInput", cloud_map.register_instance, **request)
    with claim("it is registered by an operation, whose targets name it", "RegisterInstance"):
        operation = ended(
            aws, cloud_map.register_instance(ServiceId=made, InstanceId="web-1", Attributes=attributes)
        )
        equal(operation["Type"], "REGISTER_INSTANCE", "Type")
        equal(operation["Targets"], {"INSTANCE": "web-1"}, "Targets")
    with claim("its attributes are listed as they were given", "ListInstances"):
        contains(listed(), {"web-1": attributes}, "the instances")
    with claim("the same id again changes it", "RegisterInstance"):
        other = {**attributes, "AWS_INSTANCE_IPV4": "10.0.0.2"}
        ended(aws, cloud_map.register_instance(ServiceId=made, InstanceId="web-1", Attributes=other))
        equal(listed()["web-1"]["AWS_INSTANCE_IPV4"], "10.0.0.2", "AWS_INSTANCE_IPV4")
    with claim("with a custom check it is healthy unless said otherwise", "GetInstancesHealthStatus"):
        equal(cloud_map.get_instances_health_status(ServiceId=made)["Status"], {"web-1": "HEALTHY"}, "Status")
    with claim("it is as healthy as it is said to be, after half a minute", "UpdateInstanceCustomHealthStatus"):
        request = {"ServiceId": made, "InstanceId": "web-1", "Status": "UNHEALTHY"}
        cloud_map.update_instance_custom_health_status(**request)
        look = lambda: cloud_map.get_instances_health_status(ServiceId=made)["Status"]["web-1"]  # noqa: E731
        aws.until("the status", look, lambda seen: seen == "UNHEALTHY")
    with claim("a service with instances is not deleted", "DeleteService"):
        refused("ResourceInUse", cloud_map.delete_service, Id=made)
    with claim("an instance that is not there is not found", "DeregisterInstance"):
        refused("InstanceNotFound", cloud_map.deregister_instance, ServiceId=made, InstanceId="none")
    with claim("it goes by an operation", "DeregisterInstance"):
        ended(aws, cloud_map.deregister_instance(ServiceId=made, InstanceId="web-1"))
        absent({"instances": listed()}, "instances")
    with claim("a service without instances is", "DeleteService"):
        cloud_map.delete_service(Id=made)
    with claim("a namespace with services is not deleted", "DeleteNamespace"):
        cloud_map.create_service(Name="last", NamespaceId=of, DnsConfig=RECORDS)
        refused("ResourceInUse", cloud_map.delete_namespace, Id=of)


SCENARIOS = [services, instances]
