//! What becomes of a step of the operator.

use aws_sim::Error;
use ecs_bridge::aws::sdk;

/// Where the operator dies: at its n-th step that leaves a trace, which is a write to AWS or to the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crash {
    pub step: usize,
    pub phase: Phase,
}

/// How far the step gets of which the operator dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The call is never made.
    Before,
    /// It takes effect, and nobody hears the answer.
    Lost,
    /// It is answered, the answer is absorbed, and nothing comes after that.
    After,
}

impl Phase {
    pub const ALL: [Phase; 3] = [Phase::Before, Phase::Lost, Phase::After];
}

/// What becomes of a step.
#[derive(Clone, Copy, PartialEq)]
pub enum Fate {
    Lives,
    Dies(Phase),
    /// The operator ends while it is on its way.
    Late,
    /// The operator died before it came to this step.
    Dead,
}

impl Fate {
    pub fn takes_effect(self) -> bool {
        !matches!(self, Fate::Dies(Phase::Before) | Fate::Late | Fate::Dead)
    }

    pub fn is_answered(self) -> bool {
        matches!(self, Fate::Lives | Fate::Dies(Phase::After))
    }
}

/// The error as the SDK would hand it on.
pub fn failure(error: Error) -> sdk::Failure {
    sdk::Failure {
        kind: sdk::Kind::Service,
        code: Some(error.code),
        message: error.message,
        request_id: Some("request-1".to_owned()),
        http_status: Some(error.status),
    }
}
