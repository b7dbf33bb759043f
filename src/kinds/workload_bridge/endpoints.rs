//! The bridge's Service: the tasks are behind it, as slices of endpoints that belong to the bridge.

use k8s_openapi::{
    api::{core::v1::Service, discovery::v1::EndpointSlice},
    apimachinery::pkg::apis::meta::v1::OwnerReference,
};
use serde_json::{Value, json};

use super::{
    WorkloadBridge,
    facts::{ENDPOINT_SLICE, Query, Step, TARGET_GROUP_BINDINGS},
    manifest::{self, Whose},
    scene::{First, Scene},
    spec::Memo,
};
use crate::{
    bridge::endpoints::{self, Change, Owner, Surroundings, TargetGroupBinding, Wanted},
    engine::{
        Cause, Next, RefusalKind, Why, Write,
        kubernetes::{ApplyObjectRequest, DeleteObjectRequest, ListObjectsRequest, Named},
        reason,
        tasks::{ServiceTasksRequest, ServiceTasksResponse},
    },
};

/// What people have to know of the Service.
#[derive(Debug, Default)]
pub struct Behind {
    pub notes: Vec<String>,
    /// The Service is not there.
    pub lacks: Option<Why>,
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
            return Ok(Behind { notes: vec![note.trim_end_matches('.').to_owned()], lacks: None });
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
    let lists = lists.chain([manifest::services(scene.env), slices_asked(scene)]);
    let mut unread: Vec<Query> = lists.filter(|request| scene.facts.list(request).is_none()).map(Query::List).collect();
    unread.extend(tasks(scene).filter(|asked| scene.facts.tasks(asked).is_none()).map(Query::Tasks));
    if unread.is_empty() { Ok(()) } else { Err(Box::new(Next::Read(unread))) }
}

/// The tasks of our EcsService, once AWS has a service for it: its ARN ends with the cluster's name and its own.
fn tasks(scene: &Scene<'_>) -> Option<ServiceTasksRequest> {
    let service = scene.facts.object(&scene.service()).known()?;
    let is_ours = manifest::whose(service, scene.env) == Whose::Ours;
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
    let is_ready = |endpoint: &&k8s_openapi::api::discovery::v1::Endpoint| {
        endpoint.conditions.as_ref().is_some_and(|conditions| conditions.ready == Some(true))
    };
    (endpoints().filter(is_ready).count(), endpoints().count())
}

fn told(scene: &Scene<'_>, service: Option<&Service>, found: &ServiceTasksResponse) -> Behind {
    let Some(name) = &scene.spec.service else { return Behind::default() };
    let Some(service) = service else {
        let why = format!(
            "Service/{name}, which spec.service names, does not exist in this namespace: create it, or name another"
        );
        return Behind { notes: Vec::new(), lacks: Some(Why::new(reason::REFERENCE_NOT_FOUND, why)) };
    };
    let lists = TARGET_GROUP_BINDINGS.into_iter().filter_map(|resource| scene.facts.list(&scene.list(&resource)));
    let bindings: Vec<TargetGroupBinding> = lists.flatten().map(binding).collect();
    let network = scene.spec.ecs.network_configuration.as_ref();
    let network = network.and_then(|network| network.awsvpc_configuration.as_ref());
    let groups = network.and_then(|network| network.security_groups.clone()).unwrap_or_default();
    let around = Surroundings { bindings: &bindings, security_groups: &groups };
    Behind { notes: endpoints::notes(service, found, around), lacks: None }
}

fn binding(found: &Value) -> TargetGroupBinding {
    let text = |pointer| found.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    TargetGroupBinding {
        name: text("/metadata/name"),
        service: text("/spec/serviceRef/name"),
        target_type: text("/spec/targetType"),
    }
}
