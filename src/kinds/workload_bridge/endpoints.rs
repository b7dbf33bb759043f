//! The bridge's Service: the tasks are behind it, as slices of endpoints that belong to the bridge.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::{
        core::v1::Service,
        discovery::v1::{Endpoint, EndpointSlice},
    },
    apimachinery::pkg::apis::meta::v1::OwnerReference,
};
use serde_json::{Value, json};

use super::{
    WorkloadBridge,
    facts::{Query, Step, TARGET_GROUP_BINDINGS},
    manifest,
    owned::{self, Whose},
    scene::{First, Scene},
    spec::Memo,
};
use crate::{
    bridge::{
        endpoints::{self, Change, Owner, Surroundings, TargetGroupBinding, Wanted},
        split::Side,
    },
    engine::{
        Cause, Next, RefusalKind, Why, Write,
        bite::{Defect, bitten},
        kubernetes::{
            ApplyObjectRequest, DeleteObjectRequest, ENDPOINT_SLICE, ListObjectsRequest, Named, SERVICE_NAME,
        },
        reason,
        tasks::{ServiceTasksRequest, ServiceTasksResponse},
    },
};

/// What people have to know of the Service, and whom it reaches.
#[derive(Debug, Default)]
pub struct Behind {
    pub notes: Vec<String>,
    /// The Service is not there.
    pub lacks: Option<Why>,
    pub reached: Reached,
}

/// How many replicas of each side new connections to the Service go to. `None`: it has no say in that side's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    pub cluster: Option<i32>,
    pub ecs: Option<i32>,
}

impl Reached {
    pub fn of(self, side: Side) -> Option<i32> {
        match side {
            Side::Cluster => self.cluster,
            Side::Ecs => self.ecs,
        }
    }
}

/// Brings the slices to what the tasks are. What it needs is read in one round.
pub fn behind(scene: &Scene<'_>) -> Result<Behind, First> {
    let Scene { spec, env, facts, memo, .. } = scene;
    if spec.service.is_none() && !memo.has_endpoints {
        return Ok(Behind::default());
    }
    read(scene)?;
    let services = facts.list(&manifest::services(env)).map(Vec::as_slice).unwrap_or_default();
    let named = |name: &String| services.iter().find(|service| service["metadata"]["name"] == **name);
    let service: Option<Service> = spec.service.as_ref().and_then(named).and_then(manifest::typed);
    let found = match tasks(scene).and_then(|asked| facts.tasks(&asked)) {
        None => ServiceTasksResponse::default(),
        Some(Ok(found)) => found.clone(),
        Some(Err(refusal)) if refusal.kind == RefusalKind::NotFound => ServiceTasksResponse::default(),
        Some(Err(refusal)) => {
            let note = format!("AWS does not say which tasks run, and the endpoints stay as they are: {refusal}");
            let notes = vec![note.trim_end_matches('.').to_owned()];
            return Ok(Behind { notes, lacks: None, reached: reached(scene, service.as_ref()) });
        }
    };
    let wanted = service.as_ref().map_or_else(Wanted::default, |service| endpoints::wanted(service, &found));
    let owner = owner(scene);
    if let Some(change) = endpoints::changes(&wanted, service.as_ref(), &slices(scene), &owner).into_iter().next() {
        return Err(Box::new(changed(scene, change)));
    }
    Ok(told(scene, service.as_ref(), &found))
}

/// What the slices rest on.
fn read(scene: &Scene<'_>) -> Result<(), First> {
    let lists = TARGET_GROUP_BINDINGS.into_iter().map(|resource| scene.list(&resource));
    let lists = lists.chain([manifest::services(scene.env), slices_asked(scene)]).chain(slices_of_service(scene));
    let mut unread: Vec<Query> = lists.filter(|request| scene.facts.list(request).is_none()).map(Query::List).collect();
    unread.extend(tasks(scene).filter(|asked| scene.facts.tasks(asked).is_none()).map(Query::Tasks));
    if unread.is_empty() { Ok(()) } else { Err(Box::new(Next::Read(unread))) }
}

/// The tasks of our EcsService, once AWS has a service for it: its ARN ends with the cluster's name and its own.
fn tasks(scene: &Scene<'_>) -> Option<ServiceTasksRequest> {
    let service = scene.facts.object(&scene.service()).known()?;
    let is_ours = owned::whose(service, scene.env) == Whose::Ours;
    let arn = service["status"]["serviceArn"].as_str().filter(|_| is_ours)?;
    let mut parts = arn.rsplit('/');
    let (service, cluster) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    Some(ServiceTasksRequest { cluster, service })
}

fn owner(scene: &Scene<'_>) -> Owner {
    let identity = &scene.env.identity;
    let reference = OwnerReference {
        api_version: "ecs-bridge.dev/v1alpha1".to_owned(),
        kind: identity.kind.to_owned(),
        name: identity.name.clone(),
        uid: identity.uid.clone(),
        controller: Some(true),
        block_owner_deletion: None,
    };
    Owner { namespace: identity.namespace.clone(), reference }
}

pub fn slices_asked(scene: &Scene<'_>) -> ListObjectsRequest {
    let labels = endpoints::selector(&owner(scene));
    let labels = labels.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",");
    ListObjectsRequest { labels, ..scene.list(&ENDPOINT_SLICE) }
}

/// Those of the bridge.
pub fn slices(scene: &Scene<'_>) -> Vec<EndpointSlice> {
    let ours = endpoints::selector(&owner(scene));
    let is_ours = |slice: &EndpointSlice| {
        let labels = slice.metadata.labels.clone().unwrap_or_default();
        ours.iter().all(|(key, value)| labels.get(key) == Some(value))
    };
    let found = scene.facts.list(&slices_asked(scene)).map(Vec::as_slice).unwrap_or_default();
    found.iter().filter_map(manifest::typed).filter(is_ours).collect()
}

/// All of the Service: Kubernetes' own, too.
fn slices_of_service(scene: &Scene<'_>) -> Option<ListObjectsRequest> {
    let labels = format!("{}={}", SERVICE_NAME, scene.spec.service.as_ref()?);
    Some(ListObjectsRequest { labels, ..scene.list(&ENDPOINT_SLICE) })
}

/// The slices are as the tasks are by now. Those of pods are Kubernetes' to make, and may come later than the pods are available.
fn reached(scene: &Scene<'_>, service: Option<&Service>) -> Reached {
    let Some(spec) = service.and_then(|service| service.spec.as_ref()) else { return Reached::default() };
    if spec.type_.as_deref() == Some("ExternalName") || bitten(Defect::ShrinksBeforeReached) {
        return Reached::default();
    }
    let deployment = scene.facts.object(&scene.workload()).known();
    let labels = deployment.map(|deployment| &deployment["spec"]["template"]["metadata"]["labels"]);
    let selector = spec.selector.iter().flatten().collect::<Vec<_>>();
    let selects = |labels: &Value| !selector.is_empty() && selector.iter().all(|(key, value)| labels[*key] == **value);
    let found = slices_of_service(scene).and_then(|asked| scene.facts.list(&asked));
    let of_service: Vec<EndpointSlice> = found.into_iter().flatten().filter_map(manifest::typed).collect();
    let is_pod =
        |endpoint: &Endpoint| endpoint.target_ref.as_ref().is_some_and(|target| target.kind.as_deref() == Some("Pod"));
    Reached {
        cluster: labels.is_some_and(selects).then(|| count_ready(&of_service, is_pod)),
        ecs: Some(count_ready(&slices(scene), |_| true)),
    }
}

/// How many such endpoints are ready, of the family that has most: a replica may have an address in each.
fn count_ready(slices: &[EndpointSlice], is_meant: impl Fn(&Endpoint) -> bool) -> i32 {
    let mut by_family: BTreeMap<&str, i32> = BTreeMap::new();
    for slice in slices {
        let ready =
            slice.endpoints.iter().flatten().filter(|endpoint| is_ready(endpoint) && is_meant(endpoint)).count();
        let count = by_family.entry(&slice.address_type).or_default();
        *count = count.saturating_add(i32::try_from(ready).unwrap_or(i32::MAX));
    }
    by_family.into_values().max().unwrap_or(0)
}

fn changed(scene: &Scene<'_>, change: Change) -> Next<WorkloadBridge> {
    // What has to go when the Service is another.
    if !scene.memo.has_endpoints {
        return Next::Remember(Memo { has_endpoints: true, ..scene.memo.clone() });
    }
    let named =
        |slice: &EndpointSlice| scene.named(&ENDPOINT_SLICE, slice.metadata.name.as_deref().unwrap_or_default());
    let (step, why) = match change {
        Change::Create(slice) | Change::Update(slice) => {
            let object = named(&slice);
            let why = format!("{object} follows the tasks: {}", counted(std::slice::from_ref(&slice)));
            (Step::Apply(Box::new(ApplyObjectRequest { object, manifest: json!(slice) })), why)
        }
        Change::Delete(slice) => {
            let object: Named = named(&slice);
            let why = format!("{object} has no task any more");
            let uid = slice.metadata.uid.unwrap_or_default();
            (Step::Delete(DeleteObjectRequest { object, uid }), why)
        }
    };
    Next::Write(Write::new(step, Cause::SpecChange, why))
}

fn counted(slices: &[EndpointSlice]) -> String {
    let (ready, all) = counts(slices);
    format!("{ready} of {all} endpoints are ready")
}

/// How many endpoints are ready, and how many there are.
pub fn counts(slices: &[EndpointSlice]) -> (usize, usize) {
    let endpoints = || slices.iter().flat_map(|slice| slice.endpoints.iter().flatten());
    (endpoints().filter(|endpoint| is_ready(endpoint)).count(), endpoints().count())
}

fn is_ready(endpoint: &Endpoint) -> bool {
    endpoint.conditions.as_ref().is_some_and(|conditions| conditions.ready == Some(true))
}

fn told(scene: &Scene<'_>, service: Option<&Service>, found: &ServiceTasksResponse) -> Behind {
    let Some(name) = &scene.spec.service else { return Behind::default() };
    let Some(service) = service else {
        let why = format!(
            "Service/{name}, which spec.service names, does not exist in this namespace: create it, or name another"
        );
        return Behind { lacks: Some(Why::new(reason::REFERENCE_NOT_FOUND, why)), ..Behind::default() };
    };
    let lists = TARGET_GROUP_BINDINGS.into_iter().filter_map(|resource| scene.facts.list(&scene.list(&resource)));
    let bindings: Vec<TargetGroupBinding> = lists.flatten().map(binding).collect();
    let network = scene.spec.ecs.network_configuration.as_ref();
    let network = network.and_then(|network| network.awsvpc_configuration.as_ref());
    let groups = network.and_then(|network| network.security_groups.clone()).unwrap_or_default();
    let around = Surroundings { bindings: &bindings, security_groups: &groups };
    Behind { notes: endpoints::notes(service, found, around), lacks: None, reached: reached(scene, Some(service)) }
}

fn binding(found: &Value) -> TargetGroupBinding {
    let text = |pointer| found.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    TargetGroupBinding {
        name: text("/metadata/name"),
        service: text("/spec/serviceRef/name"),
        target_type: text("/spec/targetType"),
    }
}
