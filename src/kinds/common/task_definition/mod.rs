//! Task definitions: what a definition means, and which revision of its family carries it. Shared by all kinds that run tasks. Pure.

mod calls;
mod canonical;
mod collect;
mod fargate;
mod import;
mod inherit;
mod revisions;

pub use self::{
    calls::RevisionStep,
    canonical::{RULES, hash, same},
    collect::{Collection, Fate, forget, held, history, recorded},
    fargate::{rules as fargate_rules, smallest_size},
    import::imported,
    revisions::{Described, Found, Revision, RevisionFacts, RevisionQuery, Wanted, register_request, remember},
};
