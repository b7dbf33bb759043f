//! botocore's service models, as far as aws-sim reads them.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::scope::Api;

/// A service model: the part of botocore's `service-2.json` that says what requests and answers look like.
#[derive(Deserialize)]
pub(crate) struct Model {
    pub(crate) operations: HashMap<String, Operation>,
    pub(crate) shapes: HashMap<String, Shape>,
}

#[derive(Deserialize)]
pub(crate) struct Operation {
    pub(crate) input: Option<Reference>,
    pub(crate) output: Option<Reference>,
    pub(crate) http: Http,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Http {
    pub(crate) method: String,
    pub(crate) request_uri: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reference {
    pub(crate) shape: String,
    /// Where a member of a REST request stands, if not in the body, and under which name.
    pub(crate) location: Option<String>,
    pub(crate) location_name: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) members: HashMap<String, Reference>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    pub(crate) member: Option<Reference>,
    pub(crate) key: Option<Reference>,
    pub(crate) value: Option<Reference>,
    #[serde(rename = "enum", default)]
    pub(crate) values: Vec<String>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    #[serde(default)]
    pub(crate) union: bool,
    /// Any JSON.
    #[serde(default)]
    pub(crate) document: bool,
    #[serde(default, deserialize_with = "anchored")]
    pub(crate) pattern: Option<(String, Regex)>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Structure,
    List,
    Map,
    String,
    Integer,
    Long,
    Double,
    Float,
    Boolean,
    Timestamp,
    Blob,
}

/// A pattern holds for the whole value, as Java's `matches` does, which AWS's services use.
fn anchored<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<(String, Regex)>, D::Error> {
    let Some(pattern) = Option::<String>::deserialize(source)? else {
        return Ok(None);
    };
    // `\p{Z}` and its like are the same in both; what this engine cannot compile is not checked.
    let compiled = Regex::new(&format!("^(?:{pattern})$")).ok();
    Ok(compiled.map(|regex| (pattern, regex)))
}

static ECS: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/ecs.json")));
static ECR: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/ecr.json")));
static EKS: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/eks.json")));
static SECRETS_MANAGER: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/secretsmanager.json")));
static SERVICE_DISCOVERY: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/servicediscovery.json")));
static IAM: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/iam.json")));
static SSM: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/ssm.json")));
static SQS: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/sqs.json")));
static EVENTS: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/events.json")));
static STS: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../shapes/sts.json")));

/// The models are part of the program: that they parse is held by a test.
fn parse(text: &str) -> Model {
    serde_json::from_str(text).unwrap_or_else(|error| {
        tracing::error!(%error, "a service model does not parse: every operation is unknown");
        Model { operations: HashMap::new(), shapes: HashMap::new() }
    })
}

pub(crate) fn model(api: Api) -> &'static Model {
    match api {
        Api::Ecs => &ECS,
        Api::Ecr => &ECR,
        Api::Eks => &EKS,
        Api::SecretsManager => &SECRETS_MANAGER,
        Api::ServiceDiscovery => &SERVICE_DISCOVERY,
        Api::Iam => &IAM,
        Api::Ssm => &SSM,
        Api::Sqs => &SQS,
        Api::Events => &EVENTS,
        Api::Sts => &STS,
    }
}
