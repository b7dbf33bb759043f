//! Which endpoint is in which slice, and what has to be written for it.
//!
//! An endpoint stays where it is. What is new goes into slices that are written anyway, then into one that has room for all of it, then into
//! new ones: as Kubernetes' own controller does it, so that a change costs few writes, which every node has to hear of.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::{
    api::{
        core::v1::Service,
        discovery::v1::{Endpoint, EndpointSlice},
    },
    apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference},
};

use super::{Family, Shape, Wanted, is_headless};
use crate::engine::{kubernetes::SERVICE_NAME, names};

/// As many endpoints as a slice holds: what kube-controller-manager puts into one (`--max-endpoints-per-slice`).
pub const FULL: usize = 100;

const MANAGED_BY: &str = "endpointslice.kubernetes.io/managed-by";
const HEADLESS: &str = "service.kubernetes.io/headless";
const OWNER: &str = "ecs-bridge.dev/owner";
const MANAGER: &str = "ecs-bridge.dev";

/// The longest that a label's value may be.
const LABEL: usize = 63;
/// Room for what stands behind the owner's name in that of a slice, of the 253 characters of a name.
const NAME: usize = 230;

/// The object that slices belong to, and go with.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    pub namespace: String,
    pub reference: OwnerReference,
}

/// A write that brings the slices closer to what is wanted. What is to be applied has those metadata alone that are ours.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Create(EndpointSlice),
    /// Against the resourceVersion that was read.
    Update(EndpointSlice),
    Delete(EndpointSlice),
}

/// The labels that an owner's slices are found by, of whatever Service.
pub fn selector(owner: &Owner) -> BTreeMap<String, String> {
    let name = names::shortened(&owner.reference.name, LABEL);
    [(MANAGED_BY.to_owned(), MANAGER.to_owned()), (OWNER.to_owned(), name)].into()
}

/// What to write so that the owner's slices (`existing`, all of them) hold what is wanted for the Service; `None`: there is no Service. New
/// slices come first, so that no endpoint is missing in between.
pub fn changes(wanted: &Wanted, service: Option<&Service>, existing: &[EndpointSlice], owner: &Owner) -> Vec<Change> {
    let mut existing: Vec<&EndpointSlice> = existing.iter().collect();
    existing.sort_by(|a, b| a.metadata.name.cmp(&b.metadata.name));
    let mut names: BTreeSet<String> = existing.iter().filter_map(|slice| slice.metadata.name.clone()).collect();
    let (mut drafts, gone) = keep(wanted.clone(), service, &existing);
    let mut creates = Vec::new();
    for (shape, rest) in drafts.left {
        let added = spread(&mut drafts.kept, &shape, rest);
        creates.extend(added.into_iter().map(|endpoints| {
            let name = free_name(&mut names, shape.family, owner);
            let metadata = ObjectMeta { name: Some(name), ..ObjectMeta::default() };
            Change::Create(manifest(metadata, &shape, endpoints, service, owner))
        }));
    }
    let (mut updates, mut deletes) = (Vec::new(), Vec::new());
    for draft in drafts.kept {
        if draft.endpoints.is_empty() {
            deletes.push(Change::Delete(draft.slice.clone()));
            continue;
        }
        let (name, version) = (draft.slice.metadata.name.clone(), draft.slice.metadata.resource_version.clone());
        let metadata = ObjectMeta { name, resource_version: version, ..ObjectMeta::default() };
        let after = manifest(metadata, &draft.shape, draft.endpoints, service, owner);
        if !is_as(draft.slice, &after) {
            updates.push(Change::Update(after));
        }
    }
    deletes.extend(gone.into_iter().map(|slice| Change::Delete(slice.clone())));
    [creates, updates, deletes].concat()
}

/// A slice that is there, with what it is to hold.
struct Draft<'e> {
    slice: &'e EndpointSlice,
    shape: Shape,
    endpoints: Vec<Endpoint>,
    /// It is written anyway.
    differs: bool,
}

struct Drafts<'e> {
    kept: Vec<Draft<'e>>,
    /// What is in none of them.
    left: Wanted,
}

/// Leaves the endpoints where they are; gives the slices that hold nothing that is wanted, too. A slice is of one family for ever, but its
/// ports may change: where nobody wants its present ones, it takes those of what it holds.
fn keep<'e>(
    mut left: Wanted,
    service: Option<&Service>,
    existing: &[&'e EndpointSlice],
) -> (Drafts<'e>, Vec<&'e EndpointSlice>) {
    let name = service.and_then(|service| service.metadata.name.as_deref());
    let is_of_service = |slice: &EndpointSlice| {
        let labels = slice.metadata.labels.as_ref();
        name.is_some() && labels.and_then(|labels| labels.get(SERVICE_NAME)).map(String::as_str) == name
    };
    let shapes: BTreeSet<Shape> = left.keys().cloned().collect();
    let (mut kept, mut gone) = (Vec::new(), Vec::new());
    let has_its_ports = |slice: &EndpointSlice| Shape::of(slice).is_some_and(|shape| shapes.contains(&shape));
    let (fitting, others): (Vec<&EndpointSlice>, Vec<_>) = existing.iter().partition(|slice| has_its_ports(slice));
    for slice in fitting.into_iter().chain(others) {
        match Shape::of(slice).filter(|_| is_of_service(slice)).and_then(|shape| taken(slice, &shape, &left)) {
            Some(shape) => kept.push(draft(slice, shape, &mut left)),
            None => gone.push(slice),
        }
    }
    (Drafts { kept, left }, gone)
}

/// The shape that a slice is to have.
fn taken(slice: &EndpointSlice, shape: &Shape, left: &Wanted) -> Option<Shape> {
    if left.contains_key(shape) {
        return Some(shape.clone());
    }
    addresses(slice).find_map(|address| {
        let mut of_family = left.iter().filter(|(other, _)| other.family == shape.family);
        of_family.find(|(_, endpoints)| endpoints.contains_key(address)).map(|(other, _)| other.clone())
    })
}

fn draft<'e>(slice: &'e EndpointSlice, shape: Shape, left: &mut Wanted) -> Draft<'e> {
    let mut endpoints = Vec::new();
    if let Some(of_shape) = left.get_mut(&shape) {
        for address in addresses(slice).take(FULL) {
            endpoints.extend(of_shape.remove(address));
        }
    }
    let differs = slice.endpoints.as_deref() != Some(&endpoints[..]) || Shape::of(slice).as_ref() != Some(&shape);
    Draft { slice, shape, endpoints, differs }
}

fn addresses(slice: &EndpointSlice) -> impl Iterator<Item = &String> {
    slice.endpoints.iter().flatten().flat_map(|endpoint| &endpoint.addresses)
}

/// Puts what is new into the slices of its shape, and gives what new slices are to hold.
fn spread(kept: &mut [Draft<'_>], shape: &Shape, rest: BTreeMap<String, Endpoint>) -> Vec<Vec<Endpoint>> {
    let mut rest: Vec<Endpoint> = rest.into_values().collect();
    let fill = |draft: &mut Draft<'_>, rest: &mut Vec<Endpoint>| {
        let room = FULL.saturating_sub(draft.endpoints.len()).min(rest.len());
        draft.endpoints.extend(rest.drain(..room));
    };
    for draft in kept.iter_mut().filter(|draft| draft.shape == *shape && draft.differs) {
        fill(draft, &mut rest);
    }
    let mut added = Vec::new();
    while !rest.is_empty() {
        let has_room = |draft: &&mut Draft<'_>| {
            draft.shape == *shape && !draft.differs && draft.endpoints.len() + rest.len() <= FULL
        };
        let fullest = kept.iter_mut().filter(has_room).max_by_key(|draft| draft.endpoints.len());
        match fullest {
            Some(draft) => fill(draft, &mut rest),
            None => added.push(rest.drain(..rest.len().min(FULL)).collect()),
        }
    }
    added
}

/// The slice as it is to be, with what is ours of its metadata.
fn manifest(
    metadata: ObjectMeta,
    shape: &Shape,
    endpoints: Vec<Endpoint>,
    service: Option<&Service>,
    owner: &Owner,
) -> EndpointSlice {
    let mut labels = selector(owner);
    labels
        .extend(service.and_then(|service| service.metadata.name.clone()).map(|name| (SERVICE_NAME.to_owned(), name)));
    labels.extend(service.is_some_and(is_headless).then(|| (HEADLESS.to_owned(), String::new())));
    EndpointSlice {
        metadata: ObjectMeta {
            namespace: Some(owner.namespace.clone()),
            labels: Some(labels),
            owner_references: Some(vec![owner.reference.clone()]),
            ..metadata
        },
        address_type: shape.family.name().to_owned(),
        ports: Some(shape.ports()),
        endpoints: Some(endpoints),
    }
}

/// Whether a slice is as it is to be. What others have put on its metadata is theirs.
fn is_as(slice: &EndpointSlice, wanted: &EndpointSlice) -> bool {
    let labels = |slice: &EndpointSlice| slice.metadata.labels.clone().unwrap_or_default();
    let (has, wants) = (labels(slice), labels(wanted));
    let owners = |slice: &EndpointSlice| slice.metadata.owner_references.clone().unwrap_or_default();
    let has_owner = |owner: &OwnerReference| owners(slice).iter().any(|found| found.uid == owner.uid);
    wants.iter().all(|(key, value)| has.get(key) == Some(value))
        && has.contains_key(HEADLESS) == wants.contains_key(HEADLESS)
        && owners(wanted).iter().all(has_owner)
        && (&slice.address_type, &slice.ports, &slice.endpoints)
            == (&wanted.address_type, &wanted.ports, &wanted.endpoints)
}

/// The first name that no slice of the owner has: the same for the same slices, so that a creation that is tried again makes one.
fn free_name(names: &mut BTreeSet<String>, family: Family, owner: &Owner) -> String {
    let stem = format!("{}-ecs-{}", names::shortened(&owner.reference.name, NAME), family.name().to_lowercase());
    let mut number = 0;
    loop {
        let name = format!("{stem}-{number}");
        if names.insert(name.clone()) {
            return name;
        }
        number += 1;
    }
}
