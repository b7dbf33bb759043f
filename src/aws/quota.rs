//! Who may call when: buckets that fill at a share of AWS's documented rates, one for each account, region and category.
//! Pure: what time it is, the caller says.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use super::{
    ObjectId, Scope,
    bucket::Bucket,
    rates::{Category, Rate},
};
use crate::engine::{Cause, Operation};

/// Who goes before whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Priority {
    /// Deletes, changes of what is in AWS, and the reads for them.
    Change,
    /// What makes something new.
    Create,
    /// Reads for what is to be made.
    Read,
    /// Sweeps and housekeeping.
    Background,
}

/// Whether the object of a call has something in AWS already. A revision that is registered for a service that runs is a
/// change, and goes before those of a thousand services to come: the operation alone can't tell the two apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    New,
    Running,
}

impl Priority {
    pub fn of_write(operation: Operation, cause: Cause, standing: Standing) -> Self {
        let makes = ["Create", "Register", "Run"].iter().any(|verb| operation.name().starts_with(verb));
        match (cause, standing) {
            (Cause::Housekeeping, _) => Priority::Background,
            (Cause::SpecChange | Cause::Drift, Standing::New) if makes => Priority::Create,
            (Cause::SpecChange | Cause::Drift, _) => Priority::Change,
        }
    }

    pub fn of_read(standing: Standing) -> Self {
        match standing {
            Standing::New => Priority::Read,
            Standing::Running => Priority::Change,
        }
    }
}

/// Which bucket.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BucketKey {
    account: String,
    region: String,
    pub category: Category,
}

impl BucketKey {
    pub fn new(scope: &Scope, operation: Operation) -> Self {
        BucketKey {
            account: scope.account().to_owned(),
            region: scope.region.clone(),
            category: Category::of(operation),
        }
    }
}

/// Whose ticket it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// An object makes one write at a time: whatever it comes to want, its place in a bucket is the same.
    Object(ObjectId),
    Read(u64),
}

impl Holder {
    /// Within a priority, namespaces take turns. Reads are made for objects of several at once, and count as one.
    pub fn namespace(&self) -> &str {
        match self {
            Holder::Object(object) => &object.namespace,
            Holder::Read(_) => "",
        }
    }
}

/// The answer to who asks for a permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permit {
    Granted {
        waited: Duration,
    },
    /// Come back then: the place is kept.
    After(Duration),
}

/// All buckets.
#[derive(Debug)]
pub struct Quota {
    /// Of AWS's documented rates.
    share: f64,
    buckets: HashMap<BucketKey, Bucket>,
}

impl Quota {
    /// With a share, above 0 and up to 1, of so many times AWS's documented rates.
    pub fn new(share: f64, multiple: u32) -> Self {
        Quota { share: share.clamp(0.01, 1.0) * f64::from(multiple), buckets: HashMap::new() }
    }

    /// Takes a permit, or says when to come back for it.
    pub fn turn(&mut self, key: &BucketKey, priority: Priority, holder: &Holder, now: Instant) -> Permit {
        self.bucket(key, now).turn(priority, holder, now)
    }

    /// Gives a ticket back: its holder no longer waits.
    pub fn leave(&mut self, key: &BucketKey, holder: &Holder) {
        if let Some(bucket) = self.buckets.get_mut(key) {
            bucket.leave(holder);
        }
    }

    /// AWS asked for fewer calls. Returns when the next one makes sense.
    pub fn throttled(&mut self, key: &BucketKey, now: Instant) -> Duration {
        self.bucket(key, now).throttled(now)
    }

    fn bucket(&mut self, key: &BucketKey, now: Instant) -> &mut Bucket {
        let share = self.share;
        self.buckets.entry(key.clone()).or_insert_with(|| {
            let Rate { burst, per_second } = key.category.documented();
            Bucket::new(Rate { burst: burst * share, per_second: per_second * share }, now)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ecr, ecs};

    fn scope(region: &str, role: Option<&str>) -> Scope {
        Scope { region: region.to_owned(), role: role.map(str::to_owned) }
    }

    #[test]
    fn a_write_goes_by_its_cause_and_by_what_its_object_has_in_aws() {
        use Cause::{Drift, Housekeeping, SpecChange};
        use Standing::{New, Running};
        for (operation, cause, standing, expected) in [
            (ecs::Operation::CreateService, SpecChange, New, Priority::Create),
            (ecs::Operation::RegisterTaskDefinition, SpecChange, New, Priority::Create),
            (ecs::Operation::RegisterTaskDefinition, SpecChange, Running, Priority::Change),
            (ecs::Operation::RegisterTaskDefinition, Drift, Running, Priority::Change),
            (ecs::Operation::UpdateService, SpecChange, Running, Priority::Change),
            (ecs::Operation::DeleteService, SpecChange, Running, Priority::Change),
            (ecs::Operation::DeleteService, SpecChange, New, Priority::Change),
            (ecs::Operation::TagResource, Housekeeping, Running, Priority::Background),
            (ecs::Operation::CreateService, Housekeeping, New, Priority::Background),
        ] {
            let got = Priority::of_write(operation.into(), cause, standing);
            assert_eq!(got, expected, "{} for {cause:?}, {standing:?}", operation.name());
        }
    }

    #[test]
    fn reads_for_what_runs_go_before_those_for_what_is_to_be_made() {
        assert!(Priority::of_read(Standing::Running) < Priority::of_read(Standing::New));
        assert!(Priority::of_read(Standing::New) < Priority::Background);
    }

    #[test]
    fn buckets_are_apart_by_account_region_and_category() {
        let team = Some("arn:aws:iam::123456789012:role/team");
        let other = Some("arn:aws:iam::123456789012:role/other");
        let register = Operation::from(ecs::Operation::RegisterTaskDefinition);
        let base = BucketKey::new(&scope("eu-west-1", None), register);
        for (name, key, same) in [
            ("another region", BucketKey::new(&scope("eu-west-2", None), register), false),
            ("another account", BucketKey::new(&scope("eu-west-1", team), register), false),
            (
                "another category",
                BucketKey::new(&scope("eu-west-1", None), ecr::Operation::CreateRepository.into()),
                false,
            ),
            (
                "another operation of the category",
                BucketKey::new(&scope("eu-west-1", None), ecs::Operation::DeregisterTaskDefinition.into()),
                true,
            ),
        ] {
            assert_eq!(key == base, same, "{name}");
        }
        let (team, other) = (scope("eu-west-1", team), scope("eu-west-1", other));
        assert_eq!(
            BucketKey::new(&team, register),
            BucketKey::new(&other, register),
            "two roles of one account share its quota"
        );
    }

    #[test]
    fn a_share_of_the_accounts_burst_is_granted_at_once() {
        let now = Instant::now();
        let key = BucketKey::new(&scope("eu-west-1", None), ecs::Operation::RegisterTaskDefinition.into());
        for (multiple, expected) in [(1, 16), (3, 48)] {
            let mut quota = Quota::new(0.8, multiple);
            let granted = (0..100)
                .filter(|n| matches!(quota.turn(&key, Priority::Read, &Holder::Read(*n), now), Permit::Granted { .. }))
                .count();
            assert_eq!(granted, expected, "four fifths of {multiple} times 20");
        }
    }
}
