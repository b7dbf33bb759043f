//! `CloudMapService`: a service of an AWS Cloud Map namespace, with the ready endpoints of a Kubernetes Service as its instances.

use std::collections::BTreeMap;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{Management, Record, status::Status},
    model::servicediscovery,
};

/// A service of an AWS Cloud Map namespace, with the ready endpoints of a Kubernetes Service as its instances.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "CloudMapService",
    plural = "cloudmapservices",
    shortname = "cmsvc",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>"
)]
#[serde(rename_all = "camelCase")]
pub struct CloudMapServiceSpec {
    #[serde(flatten)]
    pub service: servicediscovery::ServiceSpec,
    /// The Service of this namespace whose ready endpoints are the instances. Without it the instances are somebody else's to register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceReference")]
    pub service_ref: Option<ServiceReference>,
    /// How far the operator may go with the service.
    #[serde(default)]
    pub management: Management,
}

/// A Service of the same namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceReference {
    #[schemars(length(min = 1, max = 63))]
    pub name: String,
    /// The name of the Service's port that `AWS_INSTANCE_PORT` tells the target of; the first where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 63))]
    pub port: Option<String>,
}

/// What AWS says of the service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// The name that tasks reach the instances by, in the namespace's VPC. None where only calls find them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns_name: Option<String>,
    /// The ports of the Service, as tasks reach them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<PortReport>,
    /// How many instances of this object's are registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_count: Option<i32>,
}

/// A port of the Service, and what it is of its pods: nothing behind a name in DNS translates the one to the other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortReport {
    pub port: i32,
    pub target_port: i32,
}

/// What AWS can't tell, or tells to who reads long lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(flatten)]
    pub record: Record,
    /// The service's id: there is no look-up by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What AWS has begun for the object and not ended, as the ids of its operations: by the instance, and of the service by no name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub operations: BTreeMap<String, String>,
}
