//! What a pass knows of the workload, of what it refers to and of the EcsService, and what it asks and does.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::engine::{
    self, Answer, Asked, Call, Malformed, Refusal, RefusalKind, Seen, call,
    kubernetes::{
        ApplyObjectRequest, DeleteObjectRequest, ListObjectsRequest, ListObjectsResponse, Named, ObjectResponse,
        Operation, PatchMetadataRequest, Resource, ScaleObjectRequest, ScaleObjectResponse,
    },
    tasks::{ServiceTasksRequest, ServiceTasksResponse},
};
use crate::model::{
    eks::{
        self, DescribePodIdentityAssociationRequest, DescribePodIdentityAssociationResponse,
        ListPodIdentityAssociationsRequest, ListPodIdentityAssociationsResponse,
    },
    iam::{self, GetRoleRequest, GetRoleResponse},
};

pub const DEPLOYMENT: Resource = Resource::new("apps/v1", "Deployment", "deployments");
pub const CONFIG_MAP: Resource = Resource::new("v1", "ConfigMap", "configmaps");
pub const SERVICE_ACCOUNT: Resource = Resource::new("v1", "ServiceAccount", "serviceaccounts");
pub const CLAIM: Resource = Resource::new("v1", "PersistentVolumeClaim", "persistentvolumeclaims");
pub const VOLUME: Resource = Resource::new("v1", "PersistentVolume", "persistentvolumes");
pub const POD: Resource = Resource::new("v1", "Pod", "pods");
/// Of the AWS Load Balancer Controller, and of EKS Auto Mode.
pub const TARGET_GROUP_BINDINGS: [Resource; 2] = [
    Resource::new("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", "targetgroupbindings"),
    Resource::new("eks.amazonaws.com/v1", "TargetGroupBinding", "targetgroupbindings"),
];
pub const SECRETS_MANAGER_SECRET: Resource =
    Resource::new("ecs-bridge.dev/v1alpha1", "SecretsManagerSecret", "secretsmanagersecrets");
pub const CLOUD_MAP_SERVICE: Resource = Resource::new("ecs-bridge.dev/v1alpha1", "CloudMapService", "cloudmapservices");
pub const ECS_SERVICE: Resource = Resource::new("ecs-bridge.dev/v1alpha1", "EcsService", "ecsservices");

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// What was asked for by name.
    pub objects: BTreeMap<Named, Seen<Value>>,
    /// What was asked for by labels and fields.
    pub lists: Vec<(ListObjectsRequest, Vec<Value>)>,
    /// The tasks of the service, or why AWS does not say.
    pub tasks: Option<(ServiceTasksRequest, Result<ServiceTasksResponse, Refusal>)>,
    /// The trust policies of roles, by name.
    pub roles: BTreeMap<String, Result<String, Refusal>>,
    /// The EKS Pod Identity associations of the service account, and the one that there is.
    pub associations: Option<Result<ListPodIdentityAssociationsResponse, Refusal>>,
    pub association: Option<Result<DescribePodIdentityAssociationResponse, Refusal>>,
    /// An object has changed since it was read.
    pub changed: Option<Refusal>,
    /// Kubernetes declined what the plan can't do without.
    pub refused: Option<Refusal>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    Object(Named),
    List(ListObjectsRequest),
    Tasks(ServiceTasksRequest),
    Role(GetRoleRequest),
    Associations(ListPodIdentityAssociationsRequest),
    Association(DescribePodIdentityAssociationRequest),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Apply(Box<ApplyObjectRequest>),
    Scale(ScaleObjectRequest),
    /// Ours in the metadata: what holds the object, and what makes it go with the bridge.
    LetGo(Box<PatchMetadataRequest>),
    Delete(DeleteObjectRequest),
}

impl Facts {
    pub fn object(&self, named: &Named) -> &Seen<Value> {
        self.objects.get(named).unwrap_or(&Seen::Unread)
    }

    /// The object is so now, wherever its like were listed; `None`: it is gone.
    fn listed(&mut self, named: &Named, object: Option<&Value>) {
        for (_, found) in self.lists.iter_mut().filter(|(asked, _)| asked.resource == named.resource) {
            found.retain(|known| known["metadata"]["name"] != named.name);
            found.extend(object.cloned());
        }
    }

    /// An object was deleted. With finalizers it is there for a while, and looked at again.
    fn deleted(&mut self, named: &Named) {
        let is_it = |known: &Value| known["metadata"]["name"] == named.name;
        let stays = |known: &Value| {
            is_it(known) && known["metadata"]["finalizers"].as_array().is_some_and(|all| !all.is_empty())
        };
        self.lists.retain(|(asked, found)| asked.resource != named.resource || !found.iter().any(stays));
        self.listed(named, None);
    }

    pub fn tasks(&self, request: &ServiceTasksRequest) -> Option<&Result<ServiceTasksResponse, Refusal>> {
        self.tasks.as_ref().filter(|(asked, _)| asked == request).map(|(_, found)| found)
    }

    pub fn list(&self, request: &ListObjectsRequest) -> Option<&Vec<Value>> {
        self.lists.iter().find(|(asked, _)| asked == request).map(|(_, found)| found)
    }
}

pub fn read(query: &Query) -> Call {
    match query {
        Query::Object(named) => Call::new(Operation::GetObject, named),
        Query::List(request) => Call::new(Operation::ListObjects, request),
        Query::Tasks(request) => Call::new(engine::Operation::ServiceTasks, request),
        Query::Role(request) => Call::new(iam::Operation::GetRole, request),
        Query::Associations(request) => Call::new(eks::Operation::ListPodIdentityAssociations, request),
        Query::Association(request) => Call::new(eks::Operation::DescribePodIdentityAssociation, request),
    }
}

pub fn write(step: &Step) -> Call {
    match step {
        Step::Apply(request) => Call::new(Operation::ApplyObject, request),
        Step::Scale(request) => Call::new(Operation::ScaleObject, request),
        Step::LetGo(request) => Call::new(Operation::PatchMetadata, request),
        Step::Delete(request) => Call::new(Operation::DeleteObject, request),
    }
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(Query::Object(named)), Ok(output)) => {
            facts.objects.insert(named.clone(), Seen::Known(object(output)?));
        }
        (Asked::Query(Query::Object(named)), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            facts.objects.insert(named.clone(), Seen::Absent);
        }
        (Asked::Query(Query::List(request)), Ok(output)) => {
            facts.lists.push((request.clone(), call::parse::<ListObjectsResponse>(output)?.objects));
        }
        // Nobody has installed what they are of.
        (Asked::Query(Query::List(request)), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            facts.lists.push((request.clone(), Vec::new()));
        }
        (Asked::Query(Query::Tasks(request)), Ok(output)) => {
            facts.tasks = Some((request.clone(), Ok(call::parse(output)?)));
        }
        (Asked::Query(Query::Tasks(request)), Err(refusal)) => facts.tasks = Some((request.clone(), Err(refusal))),
        (Asked::Query(Query::Role(request)), result) => {
            let found = match result {
                Ok(output) => {
                    Ok(call::parse::<GetRoleResponse>(output)?.role.assume_role_policy_document.unwrap_or_default())
                }
                Err(refusal) => Err(refusal),
            };
            facts.roles.insert(request.role_name.clone(), found);
        }
        (Asked::Query(Query::Associations(_)), Ok(output)) => facts.associations = Some(Ok(call::parse(output)?)),
        (Asked::Query(Query::Associations(_)), Err(refusal)) => facts.associations = Some(Err(refusal)),
        (Asked::Query(Query::Association(_)), Ok(output)) => facts.association = Some(Ok(call::parse(output)?)),
        (Asked::Query(Query::Association(_)), Err(refusal)) => facts.association = Some(Err(refusal)),
        (Asked::Step(step), Ok(output)) => done(facts, step, output)?,
        (Asked::Step(_), Err(refusal)) if refusal.kind != RefusalKind::Refused => facts.changed = Some(refusal),
        (_, Err(refusal)) => facts.refused = Some(refusal),
    }
    Ok(())
}

/// An object as all of them are: what does not have that shape is none.
fn object(output: Value) -> Result<Value, Malformed> {
    #[derive(serde::Deserialize)]
    struct Shape {
        #[serde(rename = "metadata")]
        _metadata: Map<String, Value>,
        #[serde(rename = "spec", default)]
        _spec: Map<String, Value>,
    }
    let object = call::parse::<ObjectResponse>(output)?.object;
    call::parse::<Shape>(object.clone())?;
    Ok(object)
}

/// A write's own answer is a fact: nothing is read again for it.
fn done(facts: &mut Facts, step: &Step, output: Value) -> Result<(), Malformed> {
    match step {
        Step::Apply(request) => {
            let applied = object(output)?;
            facts.listed(&request.object, Some(&applied));
            facts.objects.insert(request.object.clone(), Seen::Known(applied));
        }
        Step::LetGo(request) => {
            let left = object(output)?;
            facts.listed(&request.object, Some(&left));
            facts.objects.insert(request.object.clone(), Seen::Known(left));
        }
        Step::Scale(request) => {
            let version = call::parse::<ScaleObjectResponse>(output)?.resource_version;
            if let Some(object) = facts.objects.get_mut(&request.object).and_then(Seen::known_mut) {
                let member = replicas_of(&request.object);
                object["spec"][member] = json!(request.replicas);
                object["metadata"]["resourceVersion"] = json!(version);
                // Whoever runs it has not seen that yet.
                object["metadata"]["generation"] = json!(object["metadata"]["generation"].as_i64().unwrap_or(0) + 1);
            }
        }
        Step::Delete(request) => {
            facts.deleted(&request.object);
            facts.objects.remove(&request.object);
        }
    }
    Ok(())
}

/// The member of the spec that the scale subresource is of.
pub fn replicas_of(named: &Named) -> &'static str {
    if named.resource == ECS_SERVICE { "desiredCount" } else { "replicas" }
}
