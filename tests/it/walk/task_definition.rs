//! Every field of `EcsTaskDefinition`: as those of a service's own definition, whose samples and particulars these are.

use ecs_bridge::{
    engine::compare::Rule,
    kinds::{
        ecs_service::EcsService,
        ecs_task_definition::{EcsTaskDefinition, Report},
    },
};
use serde_json::{Value, json};

use super::{
    Excluded, Table,
    row::{Particular, Walk},
    samples, service, walk_all,
};
use crate::plan::Aws;

/// Where a service has its definition.
const WITHIN: &str = "taskDefinition.";

impl Walk for EcsTaskDefinition {
    const DEFAULTS: &'static [Rule] = EcsService::DEFAULTS;

    fn aws() -> Aws {
        EcsService::aws()
    }

    /// The revision that the object names, as a service would show it.
    fn take(dump: &mut Value, report: &Report) -> Value {
        let revisions = dump["revisions"].as_array().cloned().unwrap_or_default();
        let named = |revision: &&Value| revision["arn"].as_str() == report.task_definition_arn.as_deref();
        json!({ "taskDefinition": revisions.iter().find(named).map(|named| named["defines"].clone()) })
    }

    fn places(path: &str) -> Vec<String> {
        EcsService::places(&format!("{WITHIN}{path}"))
    }

    fn registers(_: &str) -> bool {
        true
    }
}

#[test]
fn every_field_of_a_task_definition() {
    let samples: Vec<Value> = samples::definitions()
        .into_iter()
        .map(|service| {
            let mut definition = service["taskDefinition"].clone();
            // The family is the name of the object's thing: it does not change.
            definition.as_object_mut().expect("a definition").remove("family");
            definition
        })
        .collect();
    let within = |path: &'static str| path.strip_prefix(WITHIN);
    let particulars = service::of_its_definition().into_iter().filter_map(|(path, particular)| {
        let whole = particular.whole.and_then(within);
        Some((within(path)?, Particular { whole, ..particular }))
    });
    walk_all::<EcsTaskDefinition>(&Table {
        samples,
        particulars: particulars.collect(),
        excluded: vec![
            Excluded(
                "containerDefinitions[].environmentFiles[].type",
                "s3 is its only value",
                "EnvironmentFile, Amazon ECS API Reference",
            ),
            Excluded(
                "placementConstraints[].type",
                "memberOf is its only value",
                "TaskDefinitionPlacementConstraint, Amazon ECS API Reference",
            ),
            Excluded(
                "proxyConfiguration.type",
                "APPMESH is its only value",
                "ProxyConfiguration, Amazon ECS API Reference",
            ),
            Excluded(
                "volumes[].configuredAtLaunch",
                "it goes with a service's volumeConfigurations, and is walked there",
                "ServiceVolumeConfiguration, Amazon ECS API Reference",
            ),
        ],
        immutable: vec!["family"],
    });
}
