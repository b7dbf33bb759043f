//! What plans ask of Kubernetes beside their objects: namespaces, pods, evictions, which version of a Secret there is, and objects of any
//! resource; and the values of a Secret, for a request to AWS that is about to be sent.

use std::collections::BTreeSet;

use k8s_openapi::{
    api::{
        core::v1::{Namespace, Pod, Secret},
        policy::v1::Eviction,
    },
    apimachinery::pkg::apis::meta::v1::{DeleteOptions, Preconditions},
};
use kube::{
    Api, Client, ResourceExt,
    api::{DeleteParams, ListParams, ObjectMeta, PartialObjectMeta, Patch, PatchParams, PostParams},
    core::{ApiResource, DynamicObject, GroupVersionKind, ObjectList, Status},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::shared::{ApiError, api_in, timely};
use crate::engine::{
    Call, Class, Failure, Malformed, Refusal, RefusalKind, call,
    kubernetes::{
        ApplyObjectRequest, DeleteObjectRequest, DeleteObjectResponse, EvictPodRequest, EvictPodResponse,
        GetSecretRequest, GetSecretResponse, ListNamespacesResponse, ListObjectsRequest, ListObjectsResponse,
        ListPodsRequest, ListPodsResponse, MANAGER, Named, ObjectResponse, Operation, PatchMetadataRequest,
        Pod as Found, Resource, ScaleObjectRequest, ScaleObjectResponse,
    },
    names,
    reconcile::CallResult,
    sealed::{Hidden, SecretVersion},
};

/// Names and labels only, this many at a time: a cluster may have many pods.
const PAGE: u32 = 500;

/// Of the name of an object: a subdomain, as RFC 1123 has it.
const LONGEST_NAME: usize = 253;

/// The API server, for plans.
pub struct Kubernetes {
    /// One that repeats nothing: an eviction that a disruption budget forbids is answered as if the server had no time.
    client: Client,
}

/// Why there is no output.
enum Trouble {
    Api(ApiError),
    Malformed(Malformed),
}

impl From<ApiError> for Trouble {
    fn from(error: ApiError) -> Self {
        Trouble::Api(error)
    }
}

impl From<Malformed> for Trouble {
    fn from(malformed: Malformed) -> Self {
        Trouble::Malformed(malformed)
    }
}

impl Kubernetes {
    pub fn new(client: Client) -> Self {
        Kubernetes { client }
    }

    pub async fn call(&self, operation: Operation, call: &Call) -> CallResult {
        if let Some(refusal) = call.input["name"].as_str().and_then(|name| nameless(operation, name)) {
            return Ok(Err(refusal));
        }
        let output = match operation {
            Operation::GetSecret => self.secret(call.input.clone()).await,
            Operation::ListNamespaces => self.namespaces().await,
            Operation::ListPods => self.pods(call.input.clone()).await,
            Operation::EvictPod => self.evict(call.input.clone()).await,
            Operation::GetObject => self.get(call.input.clone()).await,
            Operation::ListObjects => self.list(call.input.clone()).await,
            Operation::ApplyObject => self.apply(call.input.clone()).await,
            Operation::ScaleObject => self.scale(call.input.clone()).await,
            Operation::PatchMetadata => self.patch_metadata(call.input.clone()).await,
            Operation::DeleteObject => self.delete(call.input.clone()).await,
        };
        match output {
            Ok(output) => Ok(Ok(output)),
            Err(Trouble::Malformed(malformed)) => Err(failure(operation, Class::Server, malformed.to_string())),
            Err(Trouble::Api(error)) => meaning(operation, &error).map(Err),
        }
    }

    /// The values of a Secret, if it still is as the plan knows it. They go into the request that is about to be sent, and nowhere else.
    pub async fn open(&self, secret: &SecretVersion) -> Result<Result<Hidden, Refusal>, Failure> {
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), &secret.namespace);
        let found = match timely(secrets.get(&secret.name)).await {
            Ok(found) => found,
            Err(error) => return meaning(Operation::GetSecret, &error).map(Err),
        };
        let data = found.data.unwrap_or_default().into_iter().map(|(key, value)| (key, value.0)).collect();
        let version = (found.metadata.uid.as_deref(), found.metadata.resource_version.as_deref());
        Ok(secret.open(version, &data))
    }

    /// By its metadata, and where they are asked for the names of its keys: of what they hold nothing goes further.
    async fn secret(&self, input: Value) -> Result<Value, Trouble> {
        let GetSecretRequest { namespace, name, lists_keys } = call::parse(input)?;
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), &namespace);
        let (metadata, keys) = if lists_keys {
            let found = timely(secrets.get(&name)).await?;
            (found.metadata, found.data.unwrap_or_default().into_keys().collect())
        } else {
            (timely(secrets.get_metadata(&name)).await?.metadata, BTreeSet::new())
        };
        let (uid, resource_version) = (metadata.uid.unwrap_or_default(), metadata.resource_version.unwrap_or_default());
        Ok(output(&GetSecretResponse { uid, resource_version, keys }))
    }

    async fn namespaces(&self) -> Result<Value, Trouble> {
        let found = all_metadata::<Namespace>(&Api::all(self.client.clone()), ListParams::default()).await?;
        let namespaces = found.iter().map(ResourceExt::name_any).collect();
        Ok(output(&ListNamespacesResponse { namespaces }))
    }

    async fn pods(&self, input: Value) -> Result<Value, Trouble> {
        let ListPodsRequest { namespace, labels } = call::parse(input)?;
        let pods: Api<Pod> = match namespace {
            Some(namespace) => Api::namespaced(self.client.clone(), &namespace),
            None => Api::all(self.client.clone()),
        };
        let selector = labels.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",");
        let found = all_metadata(&pods, ListParams::default().labels(&selector)).await?;
        Ok(output(&ListPodsResponse { pods: found.iter().map(pod).collect() }))
    }

    async fn evict(&self, input: Value) -> Result<Value, Trouble> {
        let EvictPodRequest { namespace, name, uid } = call::parse(input)?;
        let eviction = Eviction {
            metadata: ObjectMeta { name: Some(name.clone()), namespace: Some(namespace.clone()), ..Default::default() },
            delete_options: Some(DeleteOptions {
                preconditions: Some(Preconditions { uid: Some(uid), ..Preconditions::default() }),
                ..DeleteOptions::default()
            }),
        };
        let pods: Api<Pod> = Api::namespaced(self.client.clone(), &namespace);
        // The answer is a Status, or the Eviction itself.
        let _: Value = timely(pods.create_subresource("eviction", &name, &PostParams::default(), &eviction)).await?;
        Ok(output(&EvictPodResponse {}))
    }
}

/// Objects of any resource.
impl Kubernetes {
    fn of(&self, named: &Named) -> Api<DynamicObject> {
        api_in(&self.client, named.namespace.as_deref(), &api_resource(&named.resource))
    }

    async fn get(&self, input: Value) -> Result<Value, Trouble> {
        let named: Named = call::parse(input)?;
        let object = timely(self.of(&named).get(&named.name)).await?;
        Ok(output(&ObjectResponse { object: output(&object) }))
    }

    async fn list(&self, input: Value) -> Result<Value, Trouble> {
        let ListObjectsRequest { resource, namespace, labels, fields } = call::parse(input)?;
        let api: Api<DynamicObject> = Api::namespaced_with(self.client.clone(), &namespace, &api_resource(&resource));
        let api = &api;
        let params = ListParams::default().labels(&labels).fields(&fields);
        let found = all(params, |params| async move { api.list(&params).await }).await?;
        Ok(output(&ListObjectsResponse { objects: found.iter().map(output).collect() }))
    }

    async fn apply(&self, input: Value) -> Result<Value, Trouble> {
        let ApplyObjectRequest { object, manifest } = call::parse(input)?;
        let parameters = PatchParams::apply(MANAGER).force();
        let applied = timely(self.of(&object).patch(&object.name, &parameters, &Patch::Apply(&manifest))).await?;
        Ok(output(&ObjectResponse { object: output(&applied) }))
    }

    async fn scale(&self, input: Value) -> Result<Value, Trouble> {
        let ScaleObjectRequest { object, replicas, resource_version } = call::parse(input)?;
        let patch = json!({ "metadata": { "resourceVersion": resource_version }, "spec": { "replicas": replicas } });
        let parameters = PatchParams { field_manager: Some(MANAGER.to_owned()), ..PatchParams::default() };
        let scaled = timely(self.of(&object).patch_scale(&object.name, &parameters, &Patch::Merge(&patch))).await?;
        let resource_version = scaled.metadata.resource_version.unwrap_or_default();
        Ok(output(&ScaleObjectResponse { resource_version }))
    }

    async fn patch_metadata(&self, input: Value) -> Result<Value, Trouble> {
        let PatchMetadataRequest { object, metadata } = call::parse(input)?;
        let patch = json!({ "metadata": metadata });
        let parameters = PatchParams { field_manager: Some(MANAGER.to_owned()), ..PatchParams::default() };
        let patched = timely(self.of(&object).patch(&object.name, &parameters, &Patch::Merge(&patch))).await?;
        Ok(output(&ObjectResponse { object: output(&patched) }))
    }

    async fn delete(&self, input: Value) -> Result<Value, Trouble> {
        let DeleteObjectRequest { object, uid } = call::parse(input)?;
        let parameters = DeleteParams::default()
            .preconditions(kube::api::Preconditions { uid: Some(uid), ..kube::api::Preconditions::default() });
        timely(self.of(&object).delete(&object.name, &parameters)).await?;
        Ok(output(&DeleteObjectResponse {}))
    }
}

/// The resource as kube has it.
pub fn api_resource(resource: &Resource) -> ApiResource {
    let (group, version) = resource.api_version.split_once('/').unwrap_or(("", &resource.api_version));
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk(group, version, &resource.kind), &resource.plural)
}

/// All that there are, page by page.
async fn all<T, F>(params: ListParams, page: impl Fn(ListParams) -> F) -> Result<Vec<T>, ApiError>
where
    T: Clone,
    F: Future<Output = kube::Result<ObjectList<T>>>,
{
    let mut params = params.limit(PAGE);
    let mut found = Vec::new();
    loop {
        let page = timely(page(params.clone())).await?;
        found.extend(page.items);
        match page.metadata.continue_.filter(|token| !token.is_empty()) {
            Some(token) => params = params.continue_token(&token),
            None => return Ok(found),
        }
    }
}

/// The same by their metadata alone.
async fn all_metadata<K>(api: &Api<K>, params: ListParams) -> Result<Vec<PartialObjectMeta<K>>, ApiError>
where
    K: Clone + std::fmt::Debug + DeserializeOwned,
{
    all(params, |params| async move { api.list_metadata(&params).await }).await
}

fn pod(found: &PartialObjectMeta<Pod>) -> Found {
    Found {
        namespace: found.namespace().unwrap_or_default(),
        name: found.name_any(),
        uid: found.uid().unwrap_or_default(),
        labels: found.labels().clone(),
        created_at: found.creation_timestamp().map_or(0, |time| time.0.as_second()),
        terminating: found.metadata.deletion_timestamp.is_some(),
    }
}

fn output(response: &impl serde::Serialize) -> Value {
    // Strings, numbers and lists always have a JSON form.
    serde_json::to_value(response).unwrap_or_default()
}

/// Nothing has a name that is none. The client puts it into the path of a request as it is, so such a request is not made.
fn nameless(operation: Operation, name: &str) -> Option<Refusal> {
    if name.len() <= LONGEST_NAME && name.split('.').all(names::is_label) {
        return None;
    }
    let is_read = [Operation::GetSecret, Operation::GetObject].contains(&operation);
    let kind = if is_read { RefusalKind::NotFound } else { RefusalKind::Refused };
    let message =
        "no object in Kubernetes can have this name: it is lower-case letters, digits, '-' and '.'".to_owned();
    Some(Refusal { kind, operation: operation.into(), code: "InvalidName".to_owned(), message, request_id: None })
}

/// What an error of the API server means to a plan.
fn meaning(operation: Operation, error: &ApiError) -> Result<Refusal, Failure> {
    let message = error.to_string();
    let ApiError::Api(kube::Error::Api(status)) = error else {
        let class = if matches!(error, ApiError::Late(_)) { Class::Timeout } else { Class::Unreachable };
        return Err(failure(operation, class, message));
    };
    let is_eviction = operation == Operation::EvictPod;
    let is_write = [Operation::ApplyObject, Operation::DeleteObject, Operation::PatchMetadata, Operation::ScaleObject]
        .contains(&operation);
    let kind = match status.code {
        404 => RefusalKind::NotFound,
        // It has changed since it was read, or is another by now.
        409 if is_write => RefusalKind::Conflict,
        // A disruption budget says no, for now; or the pod is another by now.
        409 | 429 if is_eviction => RefusalKind::Conflict,
        // More than one budget holds for the pod, which Kubernetes does not support.
        500 if is_eviction && status.message.contains("PodDisruptionBudget") => RefusalKind::Conflict,
        400 | 422 => RefusalKind::Refused,
        401 | 403 => return Err(failure(operation, Class::AccessDenied, message)),
        429 => return Err(failure(operation, Class::Throttled, message)),
        _ => return Err(failure(operation, Class::Server, message)),
    };
    let (code, message) = (status.reason.clone(), without_values(status));
    Ok(Refusal { kind, operation: operation.into(), code, message, request_id: None })
}

/// The API server quotes the values that it does not take; their places, and what a schema says of them, are enough.
fn without_values(status: &Status) -> String {
    let causes = status.details.iter().flat_map(|details| &details.causes);
    let causes: Vec<String> =
        causes.map(|cause| format!("{}: {}", cause.field, words(&cause.message).unwrap_or(&cause.reason))).collect();
    if status.code == 422 && !causes.is_empty() { causes.join("; ") } else { status.message.clone() }
}

/// What stands behind the value in a cause, as `ErrorBody` of apimachinery's field errors writes it: `Invalid value: "x": the words`.
fn words(cause: &str) -> Option<&str> {
    if ["Required value: ", "Forbidden: ", "Too long: "].iter().any(|head| cause.starts_with(head)) {
        return Some(cause);
    }
    let value =
        ["Invalid value: ", "Unsupported value: ", "Too many: "].iter().find_map(|head| cause.strip_prefix(head))?;
    let mut read = serde_json::Deserializer::from_str(value).into_iter::<serde::de::IgnoredAny>();
    read.next()?.ok()?;
    value[read.byte_offset()..].strip_prefix(": ")
}

fn failure(operation: Operation, class: Class, message: String) -> Failure {
    Failure { class, operation: operation.into(), code: None, message, request_id: None, retry_after: None }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use kube::core::Status;

    use super::*;

    #[test]
    fn of_a_cause_the_words_are_kept_and_not_the_value() {
        for (cause, expected) in [
            ("Invalid value: \"hunter2\": must be one of ours", Some("must be one of ours")),
            ("Invalid value: \"a\\\": b\": no quotes", Some("no quotes")),
            ("Invalid value: {\"password\": \"hunter2\"}: one of a and b", Some("one of a and b")),
            ("Invalid value: 7: should be less than or equal to 5", Some("should be less than or equal to 5")),
            ("Unsupported value: \"hunter2\": supported values: \"A\", \"B\"", Some("supported values: \"A\", \"B\"")),
            ("Required value: name it", Some("Required value: name it")),
            ("Forbidden: it can't be changed", Some("Forbidden: it can't be changed")),
            ("Duplicate value: \"hunter2\"", None),
            ("Invalid value: v1.Pod{Name:\"hunter2\"}: not JSON", None),
            ("Invalid value: \"hunter2\"", None),
        ] {
            assert_eq!(words(cause), expected, "{cause}");
        }
    }

    #[test]
    fn what_is_no_name_is_not_asked_for() {
        let longest = "a".repeat(LONGEST_NAME);
        for name in ["db", "web.db", "web-1", "0", longest.as_str()] {
            assert_eq!(nameless(Operation::GetSecret, name), None, "{name} is a name");
        }
        let too_long = "a".repeat(LONGEST_NAME + 1);
        for name in ["", "Db", " ", "a/b", "../../other/secrets/db", "..", "db?watch=true", "-a", "a-", "ä", &too_long]
        {
            let read = nameless(Operation::GetSecret, name).map(|refusal| refusal.kind);
            assert_eq!(read, Some(RefusalKind::NotFound), "{name:?} is read");
            let write = nameless(Operation::ScaleObject, name).map(|refusal| refusal.kind);
            assert_eq!(write, Some(RefusalKind::Refused), "{name:?} is written");
        }
    }

    fn answer(operation: Operation, code: u16, message: &str) -> Result<RefusalKind, Class> {
        let status = Status { code, message: message.to_owned(), ..Status::default() };
        match meaning(operation, &ApiError::Api(kube::Error::Api(Box::new(status)))) {
            Ok(refusal) => Ok(refusal.kind),
            Err(failure) => Err(failure.class),
        }
    }

    #[test]
    fn what_the_api_server_says_is_told_apart() {
        use Operation::{EvictPod, ListPods};
        for (operation, code, message, expected) in [
            (
                EvictPod,
                429,
                "Cannot evict pod as it would violate the pod's disruption budget.",
                Ok(RefusalKind::Conflict),
            ),
            (EvictPod, 409, "the UID in the precondition does not match", Ok(RefusalKind::Conflict)),
            (EvictPod, 404, "pods \"web\" not found", Ok(RefusalKind::NotFound)),
            (EvictPod, 500, "This pod has more than one PodDisruptionBudget", Ok(RefusalKind::Conflict)),
            (EvictPod, 500, "etcd is away", Err(Class::Server)),
            (EvictPod, 403, "forbidden", Err(Class::AccessDenied)),
            (ListPods, 403, "forbidden", Err(Class::AccessDenied)),
            (ListPods, 429, "too many requests", Err(Class::Throttled)),
            (ListPods, 400, "no such label", Ok(RefusalKind::Refused)),
            (ListPods, 503, "shutting down", Err(Class::Server)),
        ] {
            assert_eq!(answer(operation, code, message), expected, "{operation:?} {code} {message}");
        }
        assert_eq!(
            meaning(ListPods, &ApiError::Late(Duration::from_secs(1))).map_err(|failure| failure.class).err(),
            Some(Class::Timeout)
        );
    }
}
