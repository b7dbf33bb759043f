//! Services, and the slices of endpoints behind them.

use k8s_openapi::api::{core::v1::Service, discovery::v1::EndpointSlice};
use kube::{
    Api,
    api::{DeleteParams, ListParams, PostParams, Preconditions},
    core::{ApiResource, DynamicObject, GroupVersionKind},
};
use serde_json::Value;

use super::{ApiError, Kubernetes, PAGE, Trouble, output, timely};
use crate::engine::{
    call,
    kubernetes::{
        DeleteEndpointSliceRequest, DeleteEndpointSliceResponse, GetServiceRequest, GetServiceResponse,
        ListEndpointSlicesRequest, ListEndpointSlicesResponse, ListTargetGroupBindingsRequest,
        ListTargetGroupBindingsResponse, TargetGroupBinding, WriteEndpointSlice,
    },
};

/// Who has bindings of target groups: the AWS Load Balancer Controller, and EKS Auto Mode.
const BINDINGS: &[(&str, &str)] = &[("elbv2.k8s.aws", "v1beta1"), ("eks.amazonaws.com", "v1")];

impl Kubernetes {
    pub(super) async fn service(&self, input: Value) -> Result<Value, Trouble> {
        let GetServiceRequest { namespace, name } = call::parse(input)?;
        let services: Api<Service> = Api::namespaced(self.client.clone(), &namespace);
        let mut service = timely(services.get(&name)).await?;
        service.metadata.managed_fields = None;
        Ok(output(&GetServiceResponse { service }))
    }

    pub(super) async fn slices(&self, input: Value) -> Result<Value, Trouble> {
        let ListEndpointSlicesRequest { namespace, labels } = call::parse(input)?;
        let selector = super::selector(&labels);
        let mut params = ListParams::default().labels(&selector).limit(PAGE);
        let slices = self.slices_of(&namespace);
        let mut found = Vec::new();
        loop {
            let page = timely(slices.list(&params)).await?;
            found.extend(page.items.into_iter().map(without_history));
            match page.metadata.continue_.filter(|token| !token.is_empty()) {
                Some(token) => params = params.continue_token(&token),
                None => return Ok(output(&ListEndpointSlicesResponse { slices: found })),
            }
        }
    }

    pub(super) async fn create_slice(&self, input: Value) -> Result<Value, Trouble> {
        let WriteEndpointSlice { slice } = call::parse(input)?;
        let slices = self.slices_of(slice.metadata.namespace.as_deref().unwrap_or_default());
        let slice = timely(slices.create(&PostParams::default(), &slice)).await?;
        Ok(output(&WriteEndpointSlice { slice: without_history(slice) }))
    }

    pub(super) async fn update_slice(&self, input: Value) -> Result<Value, Trouble> {
        let WriteEndpointSlice { slice } = call::parse(input)?;
        let slices = self.slices_of(slice.metadata.namespace.as_deref().unwrap_or_default());
        let name = slice.metadata.name.clone().unwrap_or_default();
        let slice = timely(slices.replace(&name, &PostParams::default(), &slice)).await?;
        Ok(output(&WriteEndpointSlice { slice: without_history(slice) }))
    }

    pub(super) async fn delete_slice(&self, input: Value) -> Result<Value, Trouble> {
        let DeleteEndpointSliceRequest { namespace, name, uid } = call::parse(input)?;
        let preconditions = Preconditions { uid: Some(uid), ..Preconditions::default() };
        let params = DeleteParams { preconditions: Some(preconditions), ..DeleteParams::default() };
        timely(self.slices_of(&namespace).delete(&name, &params)).await?;
        Ok(output(&DeleteEndpointSliceResponse {}))
    }

    pub(super) async fn bindings(&self, input: Value) -> Result<Value, Trouble> {
        let ListTargetGroupBindingsRequest { namespace } = call::parse(input)?;
        let mut bindings = Vec::new();
        for (group, version) in BINDINGS {
            let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, "TargetGroupBinding"));
            let api: Api<DynamicObject> = Api::namespaced_with(self.client.clone(), &namespace, &resource);
            match timely(api.list(&ListParams::default())).await {
                Ok(found) => bindings.extend(found.items.iter().map(binding)),
                // Nobody has installed them.
                Err(error) if error.code() == Some(404) => {}
                Err(error) => return Err(ApiError::into(error)),
            }
        }
        Ok(output(&ListTargetGroupBindingsResponse { bindings }))
    }

    fn slices_of(&self, namespace: &str) -> Api<EndpointSlice> {
        Api::namespaced(self.client.clone(), namespace)
    }
}

fn binding(found: &DynamicObject) -> TargetGroupBinding {
    let text = |pointer| found.data.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    TargetGroupBinding {
        name: found.metadata.name.clone().unwrap_or_default(),
        service: text("/spec/serviceRef/name"),
        target_type: text("/spec/targetType"),
    }
}

/// Who wrote which field when is nobody's concern here.
fn without_history(mut slice: EndpointSlice) -> EndpointSlice {
    slice.metadata.managed_fields = None;
    slice
}
