//! Which permissions a request needs: actions, resources and condition keys as the Service Authorization Reference has them
//! ("Actions, resources, and condition keys for Amazon Elastic Container Service", and those of the other services).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::Error;
use crate::policy::Permission;
use crate::scope::Api;

use super::params::{Params, short_name};
use super::tags::{self, Tags};
use super::{Region, cloud_map, cloud_map_services, eks, event_bridge, iam, resource_tags, secrets, sqs};

type Needed = Result<Vec<Permission>, Error>;

pub(super) fn needed(region: &mut Region, api: Api, operation: &str, request: &Value) -> Needed {
    let asks = Asks { region, api, operation, request: Params::new(request) };
    let mut needed = match api {
        Api::Ecs => asks.of_ecs()?,
        Api::Ecr => asks.of_ecr(),
        Api::Eks => asks.of_eks()?,
        Api::SecretsManager => asks.of_secrets_manager(),
        Api::ServiceDiscovery => asks.of_cloud_map(),
        Api::Iam => asks.of_iam(),
        // Nobody but tests calls it.
        Api::Ssm => return Err(Error::unimplemented(&format!("the permissions of ssm:{operation}"))),
        // GetCallerIdentity needs no permission.
        Api::Sts => return Ok(Vec::new()),
        Api::Sqs => asks.of_sqs(),
        Api::Events => asks.of_event_bridge(),
    };
    passed_roles(request, &mut needed);
    Ok(needed)
}

struct Asks<'a> {
    region: &'a mut Region,
    api: Api,
    operation: &'a str,
    request: Params<'a>,
}

impl Asks<'_> {
    fn of_ecs(mut self) -> Needed {
        let request = self.request;
        let cluster = short_name(request.text("cluster").unwrap_or("default")).to_owned();
        let named = |kind: &str, name: &str| {
            let within = matches!(kind, "service" | "task").then(|| format!("{cluster}/")).unwrap_or_default();
            if name.starts_with("arn:") { name.to_owned() } else { format!("{kind}/{within}{name}") }
        };
        let each = |kind: &str, member: &str| -> Vec<String> {
            request.texts(member).into_iter().map(|name| named(kind, name)).collect()
        };
        Ok(match self.operation {
            "CreateCluster" => {
                let name = request.text("clusterName").unwrap_or("default");
                self.creation(&named("cluster", name))
            }
            "CreateService" => self.creation(&named("service", request.required("serviceName"))),
            "RegisterTaskDefinition" => self.creation(&format!("task-definition/{}:*", request.required("family"))),
            "CreateCapacityProvider" => {
                let mut needed = self.creation(&named("capacity-provider", request.required("name")));
                if request.text("cluster").is_some() {
                    needed.push(self.one("PutClusterCapacityProviders", &named("cluster", &cluster)));
                }
                needed
            }
            "DeleteCluster" | "UpdateCluster" | "UpdateClusterSettings" | "PutClusterCapacityProviders" => {
                self.on(&[named("cluster", &cluster)])
            }
            "DescribeClusters" => self.on(&each("cluster", "clusters")),
            "DescribeServices" => self.on(&each("service", "services")),
            "DescribeTasks" => self.on(&each("task", "tasks")),
            "DescribeCapacityProviders" => self.on(&each("capacity-provider", "capacityProviders")),
            "UpdateService" | "DeleteService" | "ListServiceDeployments" => {
                self.on(&[named("service", request.required("service"))])
            }
            "UpdateCapacityProvider" => self.on(&[named("capacity-provider", request.required("name"))]),
            "DeleteCapacityProvider" => self.on(&[named("capacity-provider", request.required("capacityProvider"))]),
            "DeleteTaskDefinitions" => self.on(&each("task-definition", "taskDefinitions")),
            "DescribeServiceRevisions" => self.of_service(&request.texts("serviceRevisionArns")),
            "DescribeServiceDeployments" => self.of_service(&request.texts("serviceDeploymentArns")),
            "StopServiceDeployment" | "ContinueServiceDeployment" => {
                self.of_service(&[request.required("serviceDeploymentArn")])
            }
            "ListTagsForResource" | "TagResource" | "UntagResource" => {
                self.on(&[request.required("resourceArn").to_owned()])
            }
            "DeregisterTaskDefinition"
            | "DescribeTaskDefinition"
            | "ListAccountSettings"
            | "ListClusters"
            | "ListServices"
            | "ListTaskDefinitionFamilies"
            | "ListTaskDefinitions"
            | "ListTasks" => {
                vec![self.permission(self.operation, "*".to_owned())]
            }
            operation => return Err(Error::unimplemented(&format!("the permissions of ecs:{operation}"))),
        })
    }

    fn of_ecr(mut self) -> Vec<Permission> {
        let request = self.request;
        let named = |name: &str| format!("repository/{name}");
        match (self.operation, request.text("resourceArn"), request.text("repositoryName")) {
            ("CreateRepository", _, name) => self.creation(&named(name.unwrap_or_default())),
            (_, Some(arn), _) => self.on(&[arn.to_owned()]),
            (_, None, Some(name)) => self.on(&[named(name)]),
            // All repositories of the registry.
            _ => match request.texts("repositoryNames") {
                listed if listed.is_empty() => self.on(&[named("*")]),
                listed => self.on(&listed.into_iter().map(named).collect::<Vec<_>>()),
            },
        }
    }

    fn of_eks(mut self) -> Needed {
        let request = self.request;
        let cluster = format!("cluster/{}", request.text("clusterName").or(request.text("name")).unwrap_or_default());
        Ok(match self.operation {
            "CreateFargateProfile" => {
                let mut needed = self.on(&[cluster]);
                if request.get("tags").is_some() {
                    let profile = self.fargate_profile();
                    needed.push(self.one("TagResource", &profile));
                }
                needed
            }
            "DeleteFargateProfile" | "DescribeFargateProfile" => {
                let profile = self.fargate_profile();
                self.on(&[profile])
            }
            "DescribeCluster" | "ListFargateProfiles" | "ListPodIdentityAssociations" => self.on(&[cluster]),
            "DescribePodIdentityAssociation" => {
                let id = request.required("associationId");
                self.on(&[format!("podidentityassociation/{}/{id}", request.required("clusterName"))])
            }
            "ListTagsForResource" | "TagResource" | "UntagResource" => {
                self.on(&[request.required("resourceArn").to_owned()])
            }
            "CreateCluster" => vec![self.permission(self.operation, "*".to_owned())],
            operation => return Err(Error::unimplemented(&format!("the permissions of eks:{operation}"))),
        })
    }

    fn of_iam(mut self) -> Vec<Permission> {
        let role = iam::arn(self.region, self.request.required("RoleName"));
        self.on(&[role])
    }

    fn of_sqs(mut self) -> Vec<Permission> {
        let request = self.request;
        let url = request.text("QueueUrl").or(request.text("QueueName")).unwrap_or("*");
        let queue = url.rsplit('/').next().unwrap_or(url).to_owned();
        match self.operation {
            "CreateQueue" => self.creation(&queue),
            "DeleteMessageBatch" => vec![self.one("DeleteMessage", &queue)],
            _ => self.on(&[queue]),
        }
    }

    fn of_event_bridge(mut self) -> Vec<Permission> {
        let request = self.request;
        let rule = request.text("Rule").or(request.text("Name")).map(|name| format!("rule/{name}"));
        match (self.operation, rule.or(request.text("ResourceARN").map(str::to_owned))) {
            ("PutRule", Some(rule)) => self.creation(&rule),
            ("PutEvents", _) => self.on(&["event-bus/default".to_owned()]),
            (_, Some(resource)) => self.on(&[resource]),
            (operation, None) => vec![self.permission(operation, "*".to_owned())],
        }
    }

    fn of_secrets_manager(mut self) -> Vec<Permission> {
        let request = self.request;
        match (self.operation, request.text("SecretId")) {
            ("CreateSecret", _) => self.creation(&format!("secret:{}", request.required("Name"))),
            (_, Some(id)) => {
                let named = secrets::arn_of(self.region, id);
                self.on(&[named.unwrap_or_else(|| format!("secret:{id}"))])
            }
            (operation, None) => vec![self.permission(operation, "*".to_owned())],
        }
    }

    fn of_cloud_map(mut self) -> Vec<Permission> {
        let request = self.request;
        let named = |kind: &str, id: &str| if id.starts_with("arn:") { id.to_owned() } else { format!("{kind}/{id}") };
        let service = request.text("ServiceId").or(request.text("Id")).map(|id| named("service", id));
        let mut needed = match (self.operation, service, request.text("ResourceARN")) {
            ("CreateService", ..) => {
                let namespace = request.text("NamespaceId").or(request.nested("DnsConfig").text("NamespaceId"));
                let namespace = named("namespace", namespace.unwrap_or_default());
                // What is not there yet has no id.
                let mut needed = self.creation("service/*");
                needed.push(self.one("CreateService", &namespace));
                needed
            }
            ("GetNamespace" | "DeleteNamespace", ..) => self.on(&[named("namespace", request.required("Id"))]),
            (_, Some(service), _) => self.on(&[service]),
            (_, _, Some(arn)) => self.on(&[arn.to_owned()]),
            (operation, None, None) => vec![self.permission(operation, "*".to_owned())],
        };
        needed.extend(self.records());
        needed
    }

    /// Cloud Map writes records in the caller's name ("Using AWS Cloud Map with the API: permissions required").
    fn records(&self) -> Vec<Permission> {
        let is_of_records = ["DeregisterInstance", "RegisterInstance", "UpdateService"].contains(&self.operation);
        let id = self.request.text("ServiceId").or(self.request.text("Id")).unwrap_or_default();
        let service = cloud_map_services::find(self.region, id);
        let zone = service.ok().filter(|_| is_of_records).and_then(|service| self.region.cloud_map.zone_of(service));
        let Some(zone) = zone else { return Vec::new() };
        let zone = format!("arn:aws:route53:::hostedzone/{zone}");
        let asked = [
            ("ChangeResourceRecordSets", zone.as_str()),
            ("GetHostedZone", zone.as_str()),
            ("ListHostedZonesByName", "*"),
        ];
        let permission = |(action, resource): (&str, &str)| Permission {
            action: format!("route53:{action}"),
            resource: resource.to_owned(),
            context: BTreeMap::new(),
        };
        asked.into_iter().map(permission).collect()
    }

    /// What is not there yet has no id.
    fn fargate_profile(&self) -> String {
        let (cluster, name) = (self.request.required("clusterName"), self.request.required("fargateProfileName"));
        let profile = self.region.eks_clusters.get(cluster).and_then(|cluster| cluster.profiles.get(name));
        format!("fargateprofile/{cluster}/{name}/{}", profile.map_or("*", |profile| &profile.id))
    }

    /// AWS checks tags that are given at the creation as if they were set afterwards.
    fn creation(&mut self, resource: &str) -> Vec<Permission> {
        let create = self.one(self.operation, resource);
        if self.tags().is_empty() && self.tag_map().members().next().is_none() {
            return vec![create];
        }
        let mut tag = self.one(if self.api == Api::Sqs { "TagQueue" } else { "TagResource" }, resource);
        if self.api == Api::Ecs {
            tag.context.insert("ecs:CreateAction".to_owned(), self.operation.to_owned());
        }
        vec![create, tag]
    }

    fn on(&mut self, resources: &[String]) -> Vec<Permission> {
        resources.iter().map(|resource| self.one(self.operation, resource)).collect()
    }

    /// A service's deployments and revisions: AWS asks for the service as well.
    fn of_service(&mut self, arns: &[&str]) -> Vec<Permission> {
        let arns = arns.iter().flat_map(|arn| {
            let path: Vec<&str> = arn.split('/').skip(1).take(2).collect();
            [(*arn).to_owned(), format!("service/{}", path.join("/"))]
        });
        self.on(&arns.collect::<Vec<_>>())
    }

    fn one(&mut self, action: &str, resource: &str) -> Permission {
        let service = self.api.name();
        let arn =
            if resource.starts_with("arn:") { resource.to_owned() } else { self.region.scope.arn(service, resource) };
        let tags = match self.api {
            Api::Ecr => self.region.repository_tags(&arn),
            Api::Eks => eks::tags_of(self.region, &arn),
            Api::SecretsManager => secrets::tags_of(self.region, &arn),
            Api::ServiceDiscovery => cloud_map::tags_of(self.region, &arn),
            Api::Sqs => self.region.sqs.tags_of(&self.region.scope, &arn),
            Api::Events => event_bridge::tags_of(self.region, &arn),
            Api::Iam | Api::Ssm => None,
            Api::Ecs | Api::Sts => resource_tags::of(self.region, &arn),
        };
        let mut permission = self.permission(action, arn);
        let keys = tags.unwrap_or_default().into_iter();
        permission.context.extend(keys.map(|(key, value)| (format!("aws:ResourceTag/{key}"), value)));
        permission
    }

    /// Those in the request, where they are a list.
    fn tags(&self) -> &[Value] {
        let is_capital = matches!(self.api, Api::SecretsManager | Api::ServiceDiscovery | Api::Events);
        self.request.list(if is_capital { "Tags" } else { "tags" })
    }

    /// Those in the request, where they are a map: those of SQS.
    fn tag_map(&self) -> Params<'_> {
        match self.operation {
            "CreateQueue" => self.request.nested("tags"),
            "TagQueue" => self.request.nested("Tags"),
            _ => Params::empty(),
        }
    }

    fn permission(&self, action: &str, resource: String) -> Permission {
        let given: Result<Tags, Error> = match self.api {
            Api::Eks => eks::read_tags(self.request, &Tags::new()),
            Api::Sqs => sqs::tags(self.tag_map()),
            _ => tags::parse(self.api, self.tags()),
        };
        let given = given.unwrap_or_default();
        let context = given.into_iter().map(|(key, value)| (format!("aws:RequestTag/{key}"), value)).collect();
        Permission { action: format!("{}:{action}", self.api), resource, context }
    }
}

/// `iam:PassRole` for every role in the request.
fn passed_roles(value: &Value, needed: &mut Vec<Permission>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| passed_roles(item, needed)),
        Value::Object(members) => {
            for (name, member) in members {
                let is_role = name == "role" || name.ends_with("RoleArn") || name == "roleArn";
                match member.as_str().filter(|text| is_role && text.contains(":role/")) {
                    Some(role) => needed.push(pass_role(name, role)),
                    None => passed_roles(member, needed),
                }
            }
        }
        _ => {}
    }
}

fn pass_role(member: &str, role: &str) -> Permission {
    let to = match member {
        "taskRoleArn" | "executionRoleArn" => "ecs-tasks.amazonaws.com",
        "podExecutionRoleArn" => "eks.amazonaws.com",
        _ => "ecs.amazonaws.com",
    };
    Permission {
        action: "iam:PassRole".to_owned(),
        resource: role.to_owned(),
        context: BTreeMap::from([("iam:PassedToService".to_owned(), to.to_owned())]),
    }
}
