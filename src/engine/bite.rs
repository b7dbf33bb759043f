//! Defects on purpose, one at a time, for the tests that must catch them (`make bite`). Without the feature `bite`, which nothing that
//! ships is built with, no defect can be switched on, and the compiler leaves all of this out.

/// What other operators got wrong, or what this one could. [`Defect::CAUGHT_BY`] says which tests catch each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// A member that the spec no longer sets is omitted from the update, instead of being set back.
    OmitsInsteadOfClearing,
    /// A change of the capacity provider strategy goes without `forceNewDeployment`.
    ForgetsForceNewDeployment,
    /// A retry of a creation has another token.
    NewTokenForRetry,
    /// Every attempt to create counts as another incarnation.
    RaisesCounterOnEveryAttempt,
    /// A service that AWS has just made and does not describe yet is made again.
    TrustsMissing,
    /// A service that AWS has just made and does not describe yet is taken for gone when its object is deleted.
    TakesMissingForGone,
    /// What was in sync once is taken to be so still.
    SyncedWithoutReading,
    /// An item that AWS lists under `failures` is taken for one that it has not answered on.
    IgnoresFailures,
    /// Of a list that comes in pages, only the first is read.
    FirstPageOnly,
    /// The name of a task definition is compared with its ARN as text.
    ComparesFamilyWithArn,
    /// Leave to adopt takes what another owner has.
    AdoptsFromOthers,
    /// What ECS rolled back is taken for drift.
    DeploysWhatWasRolledBack,
    /// Revisions are tidied up whoever else runs them.
    TakesWhatOthersHold,
    /// A thing in AWS is known by the UID of the object that made it.
    KnowsItsOwnByUid,
    /// A side of a bridge shrinks although the Service does not reach the other's replicas yet.
    ShrinksBeforeReached,
    /// Objects that go with their CRD take their things in AWS along.
    DeletesWithTheDefinition,
    /// The status is written after every pass.
    WritesStatusWithoutNeed,
    /// A status is written over whatever is there, as by a leader that stood still meanwhile.
    OverwritesStatus,
    /// What the watch shows is taken for the newest there is.
    TrustsTheWatch,
    /// A lease counts from when its renewal was answered, not from when it was asked for.
    CountsLeaseFromTheAnswer,
    /// A lease is held for its whole duration, as if all clocks had one rate.
    IgnoresClockRates,
}

impl Defect {
    /// Each defect with a test that catches it, by its path in `tests/it`: the test named for it, and where a layer as a whole must see
    /// such a defect, that layer too.
    pub const CAUGHT_BY: &'static [(Defect, &'static str)] = &[
        (Defect::OmitsInsteadOfClearing, "plan::failures::failure_14"),
        (Defect::OmitsInsteadOfClearing, "walk::service::every_field_of_a_service"),
        (Defect::ForgetsForceNewDeployment, "plan::bite::a_change_of_strategy_forces_a_deployment"),
        (Defect::NewTokenForRetry, "plan::bite::a_retry_keeps_its_token"),
        (Defect::RaisesCounterOnEveryAttempt, "plan::bite::an_attempt_is_no_incarnation"),
        (Defect::TrustsMissing, "plan::bite::what_is_missing_for_a_moment_is_not_made_again"),
        (Defect::TakesMissingForGone, "plan::bite::what_is_missing_for_a_moment_is_not_left_behind"),
        (Defect::TakesMissingForGone, "checker::a_service_is_right"),
        (Defect::SyncedWithoutReading, "plan::bite::in_sync_is_what_was_read_in_this_pass"),
        (Defect::SyncedWithoutReading, "alive::without_a_socket::services_are_alive"),
        (Defect::IgnoresFailures, "plan::bite::what_is_missing_is_absent"),
        (Defect::FirstPageOnly, "plan::bite::a_rollback_is_found_behind_the_first_page"),
        (Defect::ComparesFamilyWithArn, "plan::failures::failure_04"),
        (Defect::AdoptsFromOthers, "plan::failures::failure_12"),
        (Defect::DeploysWhatWasRolledBack, "plan::rollback::failure_06"),
        (Defect::TakesWhatOthersHold, "plan::task_definition::failure_07"),
        (Defect::KnowsItsOwnByUid, "plan::failures::failure_15"),
        (Defect::ShrinksBeforeReached, "plan::workload_bridge_endpoints::a_side_keeps_its_replicas"),
        (Defect::DeletesWithTheDefinition, "e2e::deletion::failure_15"),
        (Defect::WritesStatusWithoutNeed, "e2e::steady::a_second_pass"),
        (Defect::OverwritesStatus, "e2e::busy::a_status_that_another_wrote"),
        (Defect::TrustsTheWatch, "e2e::chaos::past::"),
        (Defect::NewTokenForRetry, "e2e::chaos::answers::"),
        (Defect::CountsLeaseFromTheAnswer, "lease::never_two_that_begin_a_write"),
        (Defect::IgnoresClockRates, "lease::never_two_that_begin_a_write"),
    ];
}

/// Whether this defect is switched on: by its name in the environment variable `BITE`.
#[cfg(feature = "bite")]
pub fn bitten(defect: Defect) -> bool {
    std::env::var("BITE").is_ok_and(|name| name == format!("{defect:?}"))
}

/// Never, in what ships.
#[cfg(not(feature = "bite"))]
pub const fn bitten(_: Defect) -> bool {
    false
}
