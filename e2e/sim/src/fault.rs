//! What goes wrong between a client and AWS, on demand.

use std::str::FromStr;
use std::time::Duration;

use serde_json::Value;

use crate::error::Error;
use crate::scope::Api;

/// The grammar of a fault, for `--help`, the README and error messages.
pub const GRAMMAR: &str = "\
[SERVICE:]OPERATION[(TEXT)][@N[xK|+]]=EFFECT
  SERVICE    as boto3 names it, such as ecs or sqs; any when left out
  OPERATION  AWS's name, such as CreateService, or * for any
  (TEXT)     only requests whose body contains TEXT
  @N         the N-th such call only; @NxK: K calls from the N-th; @N+: every call from the N-th; left out: every call
EFFECT
  fail-before, fail-after        a ServerException (500), before or after the call took effect
  error:CODE[:MESSAGE]           that error (400) before it took effect; error-after: after
  throttle                       ThrottlingException
  access-denied, expired-token   what IAM and STS answer
  slow:SECONDS                   takes effect at once and answers late
  hang, hang-after               never answers
  close, close-after             closes the connection without an answer
  garbage, garbage-after         answers 200 with something that is not JSON";

/// A fault, and how often it strikes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Any API when `None`.
    pub api: Option<Api>,
    /// AWS's name of the operation, or `*`.
    pub operation: String,
    /// Only requests whose body, as JSON, contains this text.
    pub containing: Option<String>,
    /// The first call that it strikes, counted from 1 over the calls that match.
    pub from: u64,
    /// How many calls it strikes; `None`: all from there on.
    pub times: Option<u64>,
    pub effect: Effect,
    /// Whether the call takes effect in AWS before the fault strikes.
    pub after: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Error(Error),
    AccessDenied,
    Slow(Duration),
    Hang,
    Close,
    Garbage,
}

impl Fault {
    /// Strikes every call of the operation, before it takes effect.
    pub fn new(operation: &str, effect: Effect) -> Self {
        Self {
            api: None,
            operation: operation.to_owned(),
            containing: None,
            from: 1,
            times: None,
            effect,
            after: false,
        }
    }

    /// Strikes the n-th call only.
    #[must_use]
    pub fn nth(mut self, n: u64) -> Self {
        self.from = n;
        self.times = Some(1);
        self
    }

    /// Strikes this many calls.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Strikes after the call took effect.
    #[must_use]
    pub fn after(mut self) -> Self {
        self.after = true;
        self
    }

    /// Strikes only requests that contain the text.
    #[must_use]
    pub fn containing(mut self, text: &str) -> Self {
        self.containing = Some(text.to_owned());
        self
    }

    fn matches(&self, api: Api, operation: &str, body: &Value) -> bool {
        self.api.is_none_or(|wanted| wanted == api)
            && (self.operation == "*" || self.operation == operation)
            && self.containing.as_ref().is_none_or(|text| body.to_string().contains(text))
    }
}

impl Effect {
    pub fn throttle() -> Self {
        Self::Error(Error::throttled())
    }

    pub fn server_error() -> Self {
        Self::Error(Error::server())
    }

    pub fn expired_token() -> Self {
        Self::Error(Error::new("ExpiredTokenException", "The security token included in the request is expired"))
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("the fault '{text}' is not understood: {what}. The grammar:\n{GRAMMAR}");
        let (target, effect) = text.split_once('=').ok_or_else(|| wrong("'=' is missing"))?;
        let (effect, after) = parse_effect(effect).ok_or_else(|| wrong("no such effect"))?;

        let (target, calls) = match target.rsplit_once('@') {
            Some((target, calls)) => (target, Some(calls)),
            None => (target, None),
        };
        let (from, times) = parse_calls(calls).ok_or_else(|| wrong("the calls after '@'"))?;

        let (target, containing) = match target.split_once('(') {
            Some((target, rest)) => {
                let text = rest.strip_suffix(')').ok_or_else(|| wrong("')' is missing"))?;
                (target, Some(text.to_owned()))
            }
            None => (target, None),
        };
        let (api, operation) = match target.split_once(':') {
            Some((api, operation)) => (Some(Api::from_name(api).ok_or_else(|| wrong("no such service"))?), operation),
            None => (None, target),
        };
        if operation.is_empty() {
            return Err(wrong("the operation is missing"));
        }
        Ok(Self { api, operation: operation.to_owned(), containing, from, times, effect, after })
    }
}

/// `N`, `NxK`, `N+`, or nothing for every call.
fn parse_calls(calls: Option<&str>) -> Option<(u64, Option<u64>)> {
    let Some(calls) = calls else {
        return Some((1, None));
    };
    if let Some(from) = calls.strip_suffix('+') {
        return Some((from.parse().ok()?, None));
    }
    match calls.split_once('x') {
        Some((from, times)) => Some((from.parse().ok()?, Some(times.parse().ok()?))),
        None => Some((calls.parse().ok()?, Some(1))),
    }
}

fn parse_effect(text: &str) -> Option<(Effect, bool)> {
    let (name, argument) = match text.split_once(':') {
        Some((name, argument)) => (name, Some(argument)),
        None => (text, None),
    };
    let (name, after) = match name.strip_suffix("-after") {
        Some(name) => (name, true),
        None => (name.strip_suffix("-before").unwrap_or(name), false),
    };
    let effect = match (name, argument) {
        ("fail", None) => Effect::server_error(),
        ("error", Some(argument)) => {
            let (code, message) = argument.split_once(':').unwrap_or((argument, "injected by aws-sim"));
            Effect::Error(Error::new(code, message))
        }
        ("throttle", None) => Effect::throttle(),
        ("access-denied", None) => Effect::AccessDenied,
        ("expired-token", None) => Effect::expired_token(),
        ("slow", Some(seconds)) => Effect::Slow(Duration::try_from_secs_f64(seconds.parse().ok()?).ok()?),
        ("hang", None) => Effect::Hang,
        ("close", None) => Effect::Close,
        ("garbage", None) => Effect::Garbage,
        _ => return None,
    };
    let after = after || matches!(effect, Effect::Slow(_));
    Some((effect, after))
}

/// The faults in force, each with the calls that it has seen.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    faults: Vec<(Fault, u64)>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.faults.push((fault, 0));
    }

    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }

    pub(crate) fn withdraw(&mut self, fault: &Fault) {
        self.faults.retain(|(of, _)| of != fault);
    }

    /// Counts the call on every fault that matches, and gives the first one that strikes.
    pub(crate) fn strike(&mut self, api: Api, operation: &str, body: &Value) -> Option<Fault> {
        let mut struck = None;
        for (fault, seen) in &mut self.faults {
            if !fault.matches(api, operation, body) {
                continue;
            }
            *seen += 1;
            let within = fault.times.is_none_or(|times| *seen < fault.from.saturating_add(times));
            if struck.is_none() && *seen >= fault.from && within {
                struck = Some(fault.clone());
            }
        }
        struck
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_grammar_is_understood() {
        let cases = [
            ("CreateService=throttle", Fault::new("CreateService", Effect::throttle())),
            ("CreateService@3=fail-after", Fault::new("CreateService", Effect::server_error()).nth(3).after()),
            ("*@2x4=close", Fault { from: 2, times: Some(4), ..Fault::new("*", Effect::Close) }),
            ("ecr:*@2+=hang", Fault { api: Some(Api::Ecr), from: 2, ..Fault::new("*", Effect::Hang) }),
            (
                "A(web)@1=slow:0.5",
                Fault::new("A", Effect::Slow(Duration::from_millis(500))).nth(1).after().containing("web"),
            ),
            (
                "A=error:ClientException:Too many: wait",
                Fault::new("A", Effect::Error(Error::new("ClientException", "Too many: wait"))),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        for text in ["", "A", "=hang", "A@x=hang", "A=explode", "s3:A=hang", "A(b=hang", "A=slow:x", "A=slow:-1"] {
            assert!(text.parse::<Fault>().is_err(), "'{text}' was taken for a fault");
        }
    }

    #[test]
    fn faults_strike_the_calls_they_name() {
        let cases = [
            ("A=hang", "xxxxx"),
            ("A@2=hang", ".x..."),
            ("A@2x2=hang", ".xx.."),
            ("A@4+=hang", "...xx"),
            ("B=hang", "....."),
            ("A(other)=hang", "....."),
            ("A(web)@1=hang", "x...."),
        ];
        for (spec, expected) in cases {
            let mut faults = Faults::default();
            faults.add(spec.parse().unwrap());
            let struck: String = (0..5)
                .map(|_| match faults.strike(Api::Ecs, "A", &json!({"service": "web"})) {
                    Some(_) => 'x',
                    None => '.',
                })
                .collect();
            assert_eq!(struck, expected, "{spec}");
        }
    }
}
