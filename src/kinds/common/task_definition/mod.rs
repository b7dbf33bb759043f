//! Task definitions: what a definition means, and which revision of its family carries it. Shared by all kinds that run tasks. Pure.

mod canonical;
mod fargate;
mod revisions;

pub use self::{
    canonical::{RULES, hash, same},
    fargate::rules as fargate_rules,
    revisions::{Described, Found, Revision, RevisionFacts, RevisionQuery, Wanted, register_request, remember},
};
