//! One request from end to end: journal, faults, world.

use serde_json::Value;

use crate::Time;
use crate::error::Error;
use crate::fault::{Effect, Fault, Faults};
use crate::journal::Journal;
use crate::policy::{self, Policy};
use crate::scope::{Api, Scope};
use crate::world::{Config, World};

/// The world with what stands between it and its clients.
pub(crate) struct Sim {
    pub(crate) world: World,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
    /// What the callers may do; `None`: everything.
    pub(crate) policy: Option<Policy>,
}

/// A request, read from the wire.
pub(crate) struct Request {
    pub(crate) api: Api,
    pub(crate) scope: Scope,
    pub(crate) operation: String,
    pub(crate) body: Value,
    pub(crate) access_key: String,
    pub(crate) user_agent: String,
}

/// What the client gets, and how it gets it.
pub(crate) struct Reply {
    pub(crate) request_id: String,
    pub(crate) answer: Result<Value, Error>,
    pub(crate) delivery: Delivery,
}

pub(crate) enum Delivery {
    Plain,
    Late(std::time::Duration),
    Never,
    Cut,
    Garbage,
}

impl Sim {
    pub(crate) fn new(config: Config, policy: Option<Policy>, now: Time) -> Self {
        Self { world: World::new(config, now), journal: Journal::default(), faults: Faults::default(), policy }
    }

    pub(crate) fn handle(&mut self, request: &Request) -> Reply {
        let Request { api, scope, operation, body, .. } = request;
        let sequence = self.journal.open(*api, scope, operation, body, self.world.now());
        let request_id = self.world.request_id();

        let fault = self.faults.strike(*api, operation, body);
        let taken = fault.as_ref().is_none_or(|fault| fault.after);
        let answer = if taken { self.take_effect(request) } else { Err(Error::server()) };
        let took_effect = answer.is_ok();
        let (answer, delivery) = match &fault {
            None => (answer, Delivery::Plain),
            Some(fault) => strike(fault, request, answer),
        };

        self.journal.edit(sequence, |entry| {
            entry.status = match (&delivery, &answer) {
                (Delivery::Never | Delivery::Cut, _) => 0,
                (Delivery::Garbage, _) | (_, Ok(_)) => 200,
                (_, Err(error)) => error.status,
            };
            entry.took_effect = took_effect;
            if let Err(error) = &answer {
                entry.error_code = Some(error.code.clone());
                entry.error_message = Some(error.message.clone());
            }
            entry.access_key.clone_from(&request.access_key);
            entry.user_agent.clone_from(&request.user_agent);
            entry.request_id.clone_from(&request_id);
            entry.fault = fault.map(|fault| format!("{:?}", fault.effect));
        });
        Reply { request_id, answer, delivery }
    }

    fn take_effect(&mut self, request: &Request) -> Result<Value, Error> {
        let Request { api, scope, operation, body, .. } = request;
        if let Some(policy) = &self.policy {
            policy.check(&scope.account, &self.world.permissions(scope, *api, operation, body)?)?;
        }
        self.world.metered_call(scope, *api, operation, body)
    }
}

fn strike(fault: &Fault, request: &Request, answer: Result<Value, Error>) -> (Result<Value, Error>, Delivery) {
    match &fault.effect {
        Effect::Error(error) => (Err(error.clone()), Delivery::Plain),
        Effect::AccessDenied => (Err(access_denied(request)), Delivery::Plain),
        Effect::Slow(span) => (answer, Delivery::Late(*span)),
        Effect::Hang => (answer, Delivery::Never),
        Effect::Close => (answer, Delivery::Cut),
        Effect::Garbage => (answer, Delivery::Garbage),
    }
}

fn access_denied(request: &Request) -> Error {
    let action = format!("{}:{}", request.api, request.operation);
    policy::access_denied(&request.scope.account, &action, "*")
}
