//! Writes what ecs-bridge knows of AWS's API from AWS's own service models.
//!
//! The models come from botocore (`hack/codegen/fetch-models.sh`). What they cannot know stands in the reviewed tables
//! beside this crate: `operations.toml`, `tables.toml` and `limits.toml`.

pub mod build;
pub mod error;
pub mod facts;
pub mod ir;
pub mod model;
pub mod names;
pub mod output;
pub mod pattern;
pub mod rust_model;
pub mod rust_sdk;
pub mod schema;
pub mod shapes;
pub mod tables;

use std::collections::BTreeSet;
use std::path::Path;

use crate::build::Builder;
pub use crate::error::Error;
use crate::model::Source;
use crate::output::Files;
use crate::tables::Tables;

/// Of STS only what an operator needs to know who it is, and to become someone else.
const IDENTITY: &[&str] = &["GetCallerIdentity", "AssumeRole", "AssumeRoleWithWebIdentity"];

/// Of IAM the roles, and who may assume them.
const ROLES: &[&str] = &["CreateRole", "DeleteRole", "GetRole", "UpdateAssumeRolePolicy"];

/// Of Systems Manager the Parameter Store, from which tasks are given values.
const PARAMETERS: &[&str] = &["DeleteParameter", "GetParameter", "GetParameters", "PutParameter"];

/// Of SQS standard queues and what lies in them.
const QUEUES: &[&str] = &[
    "ChangeMessageVisibility",
    "CreateQueue",
    "DeleteMessage",
    "DeleteMessageBatch",
    "DeleteQueue",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListQueueTags",
    "ListQueues",
    "PurgeQueue",
    "ReceiveMessage",
    "SendMessage",
    "SetQueueAttributes",
    "TagQueue",
    "UntagQueue",
];

/// Of EventBridge the rules of a bus and their targets.
const RULES: &[&str] = &[
    "DeleteRule",
    "DescribeRule",
    "DisableRule",
    "EnableRule",
    "ListRules",
    "ListTagsForResource",
    "ListTargetsByRule",
    "PutEvents",
    "PutRule",
    "PutTargets",
    "RemoveTargets",
    "TagResource",
    "TestEventPattern",
    "UntagResource",
];

/// Everything that is generated, from the models in `models`, for the repository at `root`.
pub fn generate(models: &Path, root: &Path) -> Result<Files, Error> {
    let tables = Tables::read()?;
    let mut used = BTreeSet::new();
    let mut files = Files::new();
    for service in ["ecs", "ecr", "eks", "sts", "secretsmanager", "servicediscovery", "iam", "ssm", "sqs", "events"] {
        let source = Source::read(models, service)?;
        let operations = match service {
            "sts" => Some(IDENTITY),
            "iam" => Some(ROLES),
            "ssm" => Some(PARAMETERS),
            "sqs" => Some(QUEUES),
            "events" => Some(RULES),
            _ => None,
        };
        let shapes = shapes::write(service, &source.raw, operations)?;
        files.insert(format!("e2e/sim/shapes/{service}.json"), shapes);

        // What only the simulator speaks of.
        if !tables.services.contains_key(service) {
            continue;
        }
        let module = Builder::build(service, &source.model, &tables, &mut used)?;
        let name = format!("src/model/{service}.rs");
        let text = output::rustfmt(root, &name, &rust_model::write(&module))?;
        files.insert(name, text);

        // They answer in XML; the one operation of each is written by hand.
        if ["iam", "sts"].contains(&service) {
            continue;
        }
        let name = format!("src/aws/sdk/{service}.rs");
        let text = output::rustfmt(root, &name, &rust_sdk::write(&module))?;
        files.insert(name, text);
    }
    tables.all_used(&used)?;
    Ok(files)
}
