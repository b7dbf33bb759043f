//! The least IAM policy for what the operator calls, of AWS's Service Authorization Reference as data.
//!
//! A thing in AWS is made with the owner's tag, and only what carries it is changed: where IAM can see the tags, the policy says so too.

mod access;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::engine::{Operation, ownership::OWNER};
use access::{Access, Resource};

/// What the policy is for.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is called, kind by kind.
    pub kinds: Vec<Calls>,
    /// The roles that may be handed to AWS; none: no statement for them.
    pub allowed_role_arns: Vec<String>,
    /// `None`: things of any owner of this account.
    pub owner_id: Option<String>,
    /// Whether what nobody owns may be taken over.
    pub adoption: bool,
    /// The owner id whose things may be taken over.
    pub adopt_from: Option<String>,
    /// The name of the queue that tells of changes.
    pub events_queue: Option<String>,
    pub partition: String,
    /// `*`: all.
    pub region: String,
    pub account: String,
}

/// What one kind calls.
#[derive(Clone, Debug)]
pub struct Calls {
    pub operations: &'static [Operation],
    /// Whether its spec names roles.
    pub passes_roles: bool,
}

/// An IAM policy document.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    pub version: &'static str,
    pub statement: Vec<Statement>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Statement {
    pub sid: String,
    pub effect: &'static str,
    pub action: Vec<String>,
    pub resource: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub condition: Condition,
}

type Condition = BTreeMap<&'static str, BTreeMap<String, Vec<String>>>;

/// What a statement is about: one of each in a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Feature {
    /// Of a service: what takes no resource.
    Anything(&'static str),
    /// Of a service: what takes resources.
    Read(&'static str),
    /// Of a service: what it asks of another in the caller's name.
    InOurName(&'static str),
    /// Things of a service, with the owner's tag on them.
    Create(&'static str),
    /// AWS checks the tags that something is made with as if they were set afterwards.
    TagAtCreation(&'static str),
    Change(Resource),
    /// The owner's tag, on what has none.
    Adopt(&'static str),
    /// The owner's tag, on what has that of the owner that is taken over from.
    TakeOver(&'static str),
}

#[derive(Default)]
struct Draft {
    actions: BTreeSet<String>,
    resources: BTreeSet<Resource>,
    /// The operations that tag what they make.
    creating: BTreeSet<&'static str>,
}

impl Request {
    pub fn policy(&self) -> Policy {
        let mut drafts: BTreeMap<Feature, Draft> = BTreeMap::new();
        for kind in &self.kinds {
            for operation in kind.operations {
                self.allow(*operation, kind.operations, &mut drafts);
                if let Some(beside) = access::beside(*operation) {
                    self.allow(beside, kind.operations, &mut drafts);
                }
                for action in access::in_our_name(*operation) {
                    let draft = drafts.entry(Feature::InOurName(operation.service())).or_default();
                    draft.actions.insert((*action).to_owned());
                }
            }
        }
        let mut statement: Vec<Statement> =
            drafts.into_iter().map(|(feature, draft)| self.statement(feature, draft)).collect();
        statement.extend(self.pass_roles());
        statement.extend(self.events_queue.as_deref().map(|name| self.hear(name)));
        Policy { version: "2012-10-17", statement }
    }

    fn allow(&self, operation: Operation, of_kind: &[Operation], drafts: &mut BTreeMap<Feature, Draft>) {
        let service = operation.service();
        let mut add = |feature: Feature, action: String, resources: &[Resource]| {
            let draft = drafts.entry(feature).or_default();
            draft.actions.insert(action);
            draft.resources.extend(resources);
        };
        let action = operation.to_string();
        match access::of(operation) {
            Access::Elsewhere => {}
            Access::Anything => add(Feature::Anything(service), action, &[]),
            Access::Read(resources) => {
                for resource in resources {
                    add(Feature::Read(service), action.clone(), &[*resource]);
                }
            }
            Access::Create { on, makes } => {
                add(Feature::Create(service), action, on);
                add(Feature::TagAtCreation(service), format!("{service}:TagResource"), &[makes]);
                if let Some(draft) = drafts.get_mut(&Feature::TagAtCreation(service)) {
                    draft.creating.insert(operation.name());
                }
            }
            Access::Change(resources) => {
                for resource in resources {
                    add(Feature::Change(*resource), action.clone(), &[*resource]);
                }
            }
            // Tags are changed on what is changed.
            Access::Tag => {
                let changed: BTreeSet<Resource> = of_kind
                    .iter()
                    .filter(|other| other.service() == service)
                    .flat_map(|other| access::of(*other).changed())
                    .collect();
                let retags = operation.name() == "TagResource";
                // Elsewhere what allows tags at the creation allows tags on what is not ours.
                let limits = retags && access::tells_creation(service);
                for resource in changed {
                    if self.adopt_from.is_some() && limits {
                        add(Feature::TakeOver(service), action.clone(), &[resource]);
                    }
                    if retags && !resource.is_retagged() {
                        continue;
                    }
                    add(Feature::Change(resource), action.clone(), &[resource]);
                    if self.adoption && limits {
                        add(Feature::Adopt(service), action.clone(), &[resource]);
                    }
                }
            }
        }
    }

    fn statement(&self, feature: Feature, draft: Draft) -> Statement {
        let owner = |of: &str| self.owner(of);
        let (sid, condition) = match feature {
            Feature::Anything(service) => (format!("{}Read", access::title(service)), Condition::new()),
            Feature::Read(service) => (format!("{}Describe", access::title(service)), Condition::new()),
            Feature::InOurName(service) => (format!("{}InOurName", access::title(service)), Condition::new()),
            Feature::Create(service) => (format!("{}Create", access::title(service)), owner("aws:RequestTag")),
            Feature::Change(resource) => (format!("{}Change", resource.title()), owner("aws:ResourceTag")),
            Feature::TagAtCreation(service) => {
                let mut condition = owner("aws:RequestTag");
                if access::tells_creation(service) {
                    let actions = draft.creating.iter().map(|name| (*name).to_owned()).collect();
                    condition.entry("StringEquals").or_default().insert("ecs:CreateAction".to_owned(), actions);
                }
                (format!("{}TagAtCreation", access::title(service)), condition)
            }
            Feature::Adopt(service) => {
                let mut condition = owner("aws:RequestTag");
                let absent = [format!("aws:ResourceTag/{OWNER}"), "ecs:CreateAction".to_owned()];
                condition.insert("Null", absent.map(|key| (key, vec!["true".to_owned()])).into());
                (format!("{}Adopt", access::title(service)), condition)
            }
            Feature::TakeOver(service) => {
                let mut condition = owner("aws:RequestTag");
                let theirs = (format!("aws:ResourceTag/{OWNER}"), self.adopt_from.iter().cloned().collect());
                condition.entry("StringEquals").or_default().extend([theirs]);
                (format!("{}TakeOver", access::title(service)), condition)
            }
        };
        let resource = match feature {
            Feature::Anything(_) | Feature::InOurName(_) => vec!["*".to_owned()],
            _ => draft.resources.iter().map(|resource| self.arn(*resource)).collect(),
        };
        Statement { sid, effect: "Allow", action: draft.actions.into_iter().collect(), resource, condition }
    }

    /// That the tag in the request, or on the resource, is this owner's.
    fn owner(&self, of: &str) -> Condition {
        let (operator, value) = match &self.owner_id {
            Some(id) => ("StringEquals", id.clone()),
            None => ("StringLike", "*".to_owned()),
        };
        Condition::from([(operator, BTreeMap::from([(format!("{of}/{OWNER}"), vec![value])]))])
    }

    fn arn(&self, resource: Resource) -> String {
        let Request { partition, account, .. } = self;
        // What IAM has is in no region.
        let region = if resource.service() == "iam" { "" } else { &self.region };
        format!("arn:{partition}:{}:{region}:{account}:{}", resource.service(), resource.pattern())
    }

    /// What [`super::events::listen`] calls ("Actions, resources, and condition keys for Amazon SQS", Service Authorization Reference).
    fn hear(&self, queue: &str) -> Statement {
        let Request { partition, region, account, .. } = self;
        Statement {
            sid: "SqsEvents".to_owned(),
            effect: "Allow",
            action: ["sqs:DeleteMessage", "sqs:ReceiveMessage"].map(str::to_owned).into(),
            resource: vec![format!("arn:{partition}:sqs:{region}:{account}:{queue}")],
            condition: Condition::new(),
        }
    }

    fn pass_roles(&self) -> Option<Statement> {
        let passing = self.kinds.iter().filter(|kind| kind.passes_roles);
        // Who only looks at a service hands it no role.
        let writes = passing.flat_map(|kind| kind.operations).filter(|call| access::of(**call).is_write());
        let services: BTreeSet<&str> = writes.map(|call| call.service()).collect();
        let to: BTreeSet<String> =
            services.into_iter().flat_map(access::passes_roles_to).map(|to| (*to).to_owned()).collect();
        if to.is_empty() || self.allowed_role_arns.is_empty() {
            return None;
        }
        let to = BTreeMap::from([("iam:PassedToService".to_owned(), to.into_iter().collect())]);
        Some(Statement {
            sid: "PassRoles".to_owned(),
            effect: "Allow",
            action: vec!["iam:PassRole".to_owned()],
            resource: self.allowed_role_arns.clone(),
            condition: Condition::from([("StringEquals", to)]),
        })
    }
}
