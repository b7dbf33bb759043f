//! The stages that a deployment goes through, and its lifecycle hooks.
//!
//! Source: "Amazon ECS blue/green service deployments workflow", "Amazon ECS linear deployments", "Amazon ECS canary deployments",
//! "Lifecycle hooks for Amazon ECS service deployments", "Pause hooks for Amazon ECS service deployments".

use std::time::Duration;

use serde_json::{Value, json};

use crate::time::Time;

use super::Env;
use super::params::Params;

/// "Each lifecycle stage can last up to 24 hours"; after that the deployment is rolled back.
pub(super) const LONGEST_STAGE: Duration = Duration::from_hours(24);
const DAY_IN_MINUTES: i64 = 1440;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    ReconcileService,
    PreScaleUp,
    ScaleUp,
    PostScaleUp,
    TestTrafficShift,
    PostTestTrafficShift,
    PreProductionTrafficShift,
    ProductionTrafficShift,
    PostProductionTrafficShift,
    BakeTime,
    CleanUp,
}

impl Stage {
    /// As a hook names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ReconcileService => "RECONCILE_SERVICE",
            Self::PreScaleUp => "PRE_SCALE_UP",
            Self::ScaleUp => "SCALE_UP",
            Self::PostScaleUp => "POST_SCALE_UP",
            Self::TestTrafficShift => "TEST_TRAFFIC_SHIFT",
            Self::PostTestTrafficShift => "POST_TEST_TRAFFIC_SHIFT",
            Self::PreProductionTrafficShift => "PRE_PRODUCTION_TRAFFIC_SHIFT",
            Self::ProductionTrafficShift => "PRODUCTION_TRAFFIC_SHIFT",
            Self::PostProductionTrafficShift => "POST_PRODUCTION_TRAFFIC_SHIFT",
            Self::BakeTime => "BAKE_TIME",
            Self::CleanUp => "CLEAN_UP",
        }
    }

    /// As a service deployment describes it: the values of `lifecycleStage` do not have the stage before a shift.
    fn described(self) -> &'static str {
        match self {
            Self::PreProductionTrafficShift => Self::ProductionTrafficShift.name(),
            stage => stage.name(),
        }
    }
}

/// How a deployment brings its revision in, fixed at its beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Strategy {
    Rolling,
    /// Green beside blue. Traffic shifts in steps: the first one's percent, that of each later one, and the wait between them.
    Shifting {
        first: f64,
        later: f64,
        wait: Duration,
    },
}

impl Strategy {
    /// From a deployment configuration in which AWS has filled in its defaults.
    pub(super) fn of(configuration: Params<'_>) -> Self {
        let minutes = |of: Params<'_>, name: &str| Duration::from_mins(minutes(of.int(name)));
        let percent = |of: Params<'_>, name: &str| of.get(name).and_then(Value::as_f64).unwrap_or(100.0);
        let (linear, canary) =
            (configuration.nested("linearConfiguration"), configuration.nested("canaryConfiguration"));
        match configuration.text("strategy") {
            Some("BLUE_GREEN") => Self::Shifting { first: 100.0, later: 100.0, wait: Duration::ZERO },
            Some("LINEAR") => {
                let step = percent(linear, "stepPercent");
                Self::Shifting { first: step, later: step, wait: minutes(linear, "stepBakeTimeInMinutes") }
            }
            Some("CANARY") => Self::Shifting {
                first: percent(canary, "canaryPercent"),
                later: 100.0,
                wait: minutes(canary, "canaryBakeTimeInMinutes"),
            },
            _ => Self::Rolling,
        }
    }
}

fn minutes(number: Option<i64>) -> u64 {
    number.and_then(|minutes| u64::try_from(minutes).ok()).unwrap_or(0)
}

/// How far a deployment has come.
#[derive(Clone)]
pub(super) struct Lifecycle {
    pub(super) strategy: Strategy,
    /// A first deployment has nothing beside it: its traffic is all there at once, and nothing has to bake.
    first: bool,
    bake: Duration,
    hooks: Vec<Value>,
    pub(super) stage: Stage,
    entered_at: Time,
    pub(super) running: Vec<Hook>,
    test_weight: f64,
    weight: f64,
}

/// One execution of a hook.
#[derive(Clone)]
pub(super) struct Hook {
    pub(super) id: String,
    /// Of the Lambda function; a hook without one is a pause.
    target: Option<String>,
    pub(super) status: HookStatus,
    expires_at: Time,
    continues: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum HookStatus {
    AwaitingAction,
    Succeeded,
    Failed,
    TimedOut,
}

impl HookStatus {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::AwaitingAction => "AWAITING_ACTION",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
        }
    }
}

/// What of the service the stages look at.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    /// Revisions beside the new one and the one before are gone.
    pub(super) reconciled: bool,
    /// The new revision runs in full.
    pub(super) scaled_up: bool,
}

#[derive(Debug, PartialEq)]
pub(super) enum Progress {
    /// Until something changes, or this time comes.
    Waits(Option<Time>),
    /// It has to be rolled back.
    Fails(String),
}

impl Lifecycle {
    /// The first stage is RECONCILE_SERVICE where more than one revision is active.
    pub(super) fn begin(env: &mut Env<'_>, configuration: &Value, first: bool, reconciles: bool) -> Self {
        let configuration = Params::new(configuration);
        let mut begun = Self {
            strategy: Strategy::of(configuration),
            first,
            bake: Duration::from_mins(minutes(configuration.int("bakeTimeInMinutes"))),
            hooks: configuration.list("lifecycleHooks").to_vec(),
            stage: Stage::PreScaleUp,
            entered_at: env.now,
            running: Vec::new(),
            test_weight: 0.0,
            weight: 0.0,
        };
        begun.enter(env, if reconciles { Stage::ReconcileService } else { Stage::PreScaleUp });
        begun
    }

    /// Whether blue and green stand side by side.
    pub(super) fn shifts(&self) -> bool {
        self.strategy != Strategy::Rolling
    }

    /// Goes on as far as it can.
    pub(super) fn advance(&mut self, env: &mut Env<'_>, sight: Sight) -> Progress {
        loop {
            if let Some(progress) = self.wait_for_hooks(env.now).or_else(|| self.wait_for_stage(env.now, sight)) {
                return progress;
            }
            let next = self.next();
            self.enter(env, next);
        }
    }

    fn wait_for_hooks(&mut self, now: Time) -> Option<Progress> {
        let mut awaited: Option<Time> = None;
        for hook in &mut self.running {
            if hook.status == HookStatus::AwaitingAction && hook.expires_at <= now {
                hook.status = HookStatus::TimedOut;
            }
            match hook.status {
                HookStatus::Failed => return Some(Progress::Fails(format!("Lifecycle hook {} failed.", hook.id))),
                HookStatus::TimedOut if !hook.continues => {
                    return Some(Progress::Fails(format!("Lifecycle hook {} timed out.", hook.id)));
                }
                HookStatus::AwaitingAction => {
                    awaited = Some(awaited.map_or(hook.expires_at, |at| at.min(hook.expires_at)));
                }
                HookStatus::Succeeded | HookStatus::TimedOut => {}
            }
        }
        awaited.map(|at| Progress::Waits(Some(at)))
    }

    fn wait_for_stage(&self, now: Time, sight: Sight) -> Option<Progress> {
        let until = |at: Time| (at > now).then_some(Progress::Waits(Some(at)));
        match self.stage {
            Stage::ReconcileService if !sight.reconciled => Some(Progress::Waits(None)),
            Stage::ScaleUp if !sight.scaled_up && self.shifts() => {
                let longest = self.entered_at + LONGEST_STAGE;
                until(longest)
                    .or_else(|| Some(Progress::Fails("The stage SCALE_UP took longer than 24 hours.".to_owned())))
            }
            Stage::ScaleUp if !sight.scaled_up => Some(Progress::Waits(None)),
            Stage::ProductionTrafficShift if self.weight < 100.0 => until(self.entered_at + self.step_wait()),
            Stage::BakeTime => until(self.entered_at + self.bake),
            Stage::CleanUp => Some(Progress::Waits(None)),
            _ => None,
        }
    }

    fn step_wait(&self) -> Duration {
        match self.strategy {
            Strategy::Shifting { wait, .. } => wait,
            Strategy::Rolling => Duration::ZERO,
        }
    }

    fn next(&self) -> Stage {
        match self.stage {
            Stage::ReconcileService => Stage::PreScaleUp,
            Stage::PreScaleUp => Stage::ScaleUp,
            Stage::ScaleUp => Stage::PostScaleUp,
            // A rolling deployment shifts no traffic.
            Stage::PostScaleUp if !self.shifts() => Stage::CleanUp,
            Stage::PostScaleUp => Stage::TestTrafficShift,
            Stage::TestTrafficShift => Stage::PostTestTrafficShift,
            Stage::PostTestTrafficShift => Stage::PreProductionTrafficShift,
            Stage::PreProductionTrafficShift => Stage::ProductionTrafficShift,
            // "For linear and canary deployments, this stage is invoked before every traffic shift step."
            Stage::ProductionTrafficShift if self.weight < 100.0 => Stage::PreProductionTrafficShift,
            Stage::ProductionTrafficShift => Stage::PostProductionTrafficShift,
            Stage::PostProductionTrafficShift if self.first => Stage::CleanUp,
            Stage::PostProductionTrafficShift => Stage::BakeTime,
            Stage::BakeTime | Stage::CleanUp => Stage::CleanUp,
        }
    }

    fn enter(&mut self, env: &mut Env<'_>, stage: Stage) {
        self.stage = stage;
        self.entered_at = env.now;
        match (stage, self.strategy) {
            (Stage::TestTrafficShift, _) => self.test_weight = 100.0,
            (Stage::PostProductionTrafficShift, _) => self.test_weight = 0.0,
            (Stage::ProductionTrafficShift, Strategy::Shifting { first, later, .. }) => {
                let step = match (self.first, self.weight > 0.0) {
                    (true, _) => 100.0,
                    (false, false) => first,
                    (false, true) => later,
                };
                self.weight = (self.weight + step).min(100.0);
            }
            _ => {}
        }
        self.running = self.hooks.iter().filter_map(|hook| Hook::begin(env, Params::new(hook), stage)).collect();
    }

    /// All of the traffic is where it was.
    pub(super) fn take_back(&mut self) {
        (self.weight, self.test_weight) = (0.0, 0.0);
    }

    /// What a service deployment describes of it.
    pub(super) fn describe(&self, into: &mut Value, ongoing: bool) {
        if ongoing {
            into["lifecycleStage"] = json!(self.stage.described());
        }
        into["lifecycleHookDetails"] = self.running.iter().map(Hook::describe).collect();
    }

    /// The percentages of test and production traffic that the new revision has.
    pub(super) fn weights(&self) -> (f64, f64) {
        (self.test_weight, self.weight)
    }
}

impl Hook {
    /// Begins the hook, if it is one of this stage. A Lambda function answers at once: none is ever called.
    fn begin(env: &mut Env<'_>, hook: Params<'_>, stage: Stage) -> Option<Self> {
        if !hook.texts("lifecycleStages").contains(&stage.name()) {
            return None;
        }
        let pauses = hook.text("targetType") == Some("PAUSE");
        let target = hook.text("hookTargetArn").map(str::to_owned).filter(|_| !pauses);
        let fails = target.as_ref().is_some_and(|target| env.config.failing_hooks.contains(target));
        let timeout = hook.nested("timeoutConfiguration");
        let timeout_minutes = minutes(Some(timeout.int("timeoutInMinutes").unwrap_or(DAY_IN_MINUTES)));
        Some(Self {
            id: format!("ecs-{}-{}", if pauses { "pause" } else { "lambda" }, env.random.hex(32)),
            target,
            status: match (pauses, fails) {
                (true, _) => HookStatus::AwaitingAction,
                (false, true) => HookStatus::Failed,
                (false, false) => HookStatus::Succeeded,
            },
            expires_at: env.now + Duration::from_mins(timeout_minutes),
            continues: timeout.text("action") == Some("CONTINUE"),
        })
    }

    fn describe(&self) -> Value {
        let mut described = json!({
            "hookId": self.id,
            "targetType": if self.target.is_some() { "AWS_LAMBDA" } else { "PAUSE" },
            "status": self.status.name(),
            "expiresAt": self.expires_at.to_json(),
            "timeoutAction": if self.continues { "CONTINUE" } else { "ROLLBACK" },
        });
        if let Some(target) = &self.target {
            described["targetArn"] = json!(target);
        }
        described
    }
}
