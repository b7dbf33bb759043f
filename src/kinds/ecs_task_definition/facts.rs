//! What a pass knows of the task definition, and what AWS says.

use crate::{
    engine::{Answer, Asked, Malformed, Refusal, RefusalKind},
    kinds::common::task_definition::{RevisionFacts, RevisionQuery, RevisionStep},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub revisions: RevisionFacts,
    pub refused: Option<Refusal>,
    /// AWS declined a registration because another is at work.
    pub busy: Option<Refusal>,
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, RevisionQuery, RevisionStep>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(query), Ok(output)) => return facts.revisions.observed(query, output),
        (Asked::Query(query), Err(refusal)) if refusal.kind == RefusalKind::NotFound => facts.revisions.absent(query),
        (Asked::Query(_), Err(refusal)) => facts.refused = Some(refusal),
        (Asked::Step(step), Ok(output)) => return facts.revisions.done(step, output),
        (Asked::Step(RevisionStep::Register { .. }), Err(refusal)) if refusal.kind == RefusalKind::Conflict => {
            facts.busy = Some(refusal);
        }
        (Asked::Step(step), Err(refusal)) => facts.refused = facts.revisions.declined(step, refusal),
    }
    Ok(())
}
