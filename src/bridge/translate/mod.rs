//! A pod template as an ECS task definition, and a report with a line for every field that is set. Pure.
//!
//! A manifest is read as raw JSON, so that what no type knows is seen as well ([`path::fields`]); what Kubernetes' types can't read is
//! refused ([`schema`]). Then the table ([`table`]) goes over the rest: each row is a field, what becomes of it, and who does that. What
//! follows from several fields together (the size of the task, the order of its containers) is made at the end ([`finish`]). A field of
//! which no row says anything is refused: nothing is dropped without a word.

mod clients;
mod containers;
mod context;
mod deployment;
mod environment;
mod expand;
mod files;
mod finish;
mod host;
mod hosts;
mod identity;
mod manifests;
mod metadata;
mod names;
mod path;
mod placement;
mod probes;
mod quantity;
mod report;
mod resources;
mod run;
mod schema;
mod secrets;
mod security;
mod services;
mod settings;
pub mod table;
mod volumes;

use k8s_openapi::api::core::v1::PodTemplateSpec;
use serde_json::Value;

pub use self::{
    clients::{BadClient, Client, KnownClients},
    containers::is_private_ecr,
    context::{CloudMapName, Context, FILES_IMAGE, Key, Logs, Objects, Target},
    deployment::{DEPLOYMENT, Placement, deployment},
    identity::is_role,
    manifests::{Outcome, Translated, Unreadable, translate_all},
    names::given,
    path::fields,
    report::{Group, Line, Report, Verdict},
    secrets::{BadSource, SecretSources},
    settings::Settings,
};
use self::{path::Path, report::Ledger, run::Run, schema::Schema};
use crate::model::ecs;

/// What became of a pod template.
#[derive(Clone, Debug)]
pub struct Translation {
    /// None where a field is refused.
    pub definition: Option<ecs::TaskDefinitionSpec>,
    pub report: Report,
}

/// Translates a PodTemplateSpec.
pub fn translate(template: &Value, context: &Context) -> Translation {
    let mut ledger = Ledger::new(template);
    let readable = Schema::of::<PodTemplateSpec>().readable(template, &mut ledger);
    let (definition, ledger) = template_at(&readable, &Path::default(), ledger, context);
    let report = ledger.finish();
    let is_free = report.obstacles(context.strict).next().is_none();
    Translation { definition: Some(definition).filter(|_| is_free), report }
}

/// What of a template at this place of a manifest can be translated.
fn template_at(template: &Value, at: &Path, ledger: Ledger, context: &Context) -> (ecs::TaskDefinitionSpec, Ledger) {
    let mut run = Run::new(template, at, ledger, context);
    table::walk(&mut run, template);
    finish::finish(run)
}
