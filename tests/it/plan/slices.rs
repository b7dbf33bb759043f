//! Services and slices of endpoints, as the API server keeps them: names, UIDs and resourceVersions, and nobody else's hand.

use std::collections::BTreeMap;

use ecs_bridge::engine::{
    Refusal, RefusalKind,
    kubernetes::{
        DeleteEndpointSliceRequest, GetServiceRequest, GetServiceResponse, ListEndpointSlicesRequest,
        ListEndpointSlicesResponse, ListTargetGroupBindingsResponse, Operation, TargetGroupBinding, WriteEndpointSlice,
    },
};
use k8s_openapi::api::{core::v1::Service, discovery::v1::EndpointSlice};
use serde_json::{Value, json};

#[derive(Clone, Default)]
pub struct Slices {
    /// By namespace and name.
    pub services: BTreeMap<(String, String), Service>,
    made: BTreeMap<(String, String), EndpointSlice>,
    pub bindings: Vec<TargetGroupBinding>,
    written: u64,
}

impl Slices {
    /// `None`: it is about something else.
    pub fn answer(&mut self, operation: Operation, input: &Value) -> Option<Result<Value, Refusal>> {
        let refuse = |kind| Refusal {
            kind,
            operation: operation.into(),
            code: String::new(),
            message: String::new(),
            request_id: None,
        };
        let answer = match operation {
            Operation::GetService => {
                let GetServiceRequest { namespace, name } = parse(input);
                let service = self.services.get(&(namespace, name)).cloned();
                service.map(|service| json!(GetServiceResponse { service })).ok_or(RefusalKind::NotFound)
            }
            Operation::ListEndpointSlices => {
                let asked: ListEndpointSlicesRequest = parse(input);
                let has = |slice: &&EndpointSlice| {
                    let labels = slice.metadata.labels.clone().unwrap_or_default();
                    slice.metadata.namespace.as_ref() == Some(&asked.namespace)
                        && asked.labels.iter().all(|(key, value)| labels.get(key) == Some(value))
                };
                Ok(json!(ListEndpointSlicesResponse { slices: self.made.values().filter(has).cloned().collect() }))
            }
            Operation::CreateEndpointSlice => self.write(parse(input), |found, _| match found {
                None => Ok(()),
                Some(_) => Err(RefusalKind::Exists),
            }),
            Operation::UpdateEndpointSlice => self.write(parse(input), |found, slice| match found {
                None => Err(RefusalKind::NotFound),
                Some(found) if found.metadata.resource_version != slice.metadata.resource_version => {
                    Err(RefusalKind::Conflict)
                }
                Some(_) => Ok(()),
            }),
            Operation::DeleteEndpointSlice => {
                let DeleteEndpointSliceRequest { namespace, name, uid } = parse(input);
                let key = (namespace, name);
                match self.made.get(&key).map(|slice| slice.metadata.uid == Some(uid)) {
                    None => Err(RefusalKind::NotFound),
                    Some(false) => Err(RefusalKind::Conflict),
                    Some(true) => Ok(self.made.remove(&key).map_or_else(Value::default, |_| json!({}))),
                }
            }
            Operation::ListTargetGroupBindings => {
                Ok(json!(ListTargetGroupBindingsResponse { bindings: self.bindings.clone() }))
            }
            _ => return None,
        };
        Some(answer.map_err(refuse))
    }

    fn write(
        &mut self,
        WriteEndpointSlice { mut slice }: WriteEndpointSlice,
        may: impl Fn(Option<&EndpointSlice>, &EndpointSlice) -> Result<(), RefusalKind>,
    ) -> Result<Value, RefusalKind> {
        let text = |text: &Option<String>| text.clone().expect("a name and a namespace");
        let key = (text(&slice.metadata.namespace), text(&slice.metadata.name));
        may(self.made.get(&key), &slice)?;
        self.written += 1;
        slice.metadata.uid.get_or_insert_with(|| format!("slice-{}", self.written));
        slice.metadata.resource_version = Some(self.written.to_string());
        self.made.insert(key, slice.clone());
        Ok(json!(WriteEndpointSlice { slice }))
    }
}

fn parse<T: serde::de::DeserializeOwned>(input: &Value) -> T {
    serde_json::from_value(input.clone()).expect("a request")
}
