//! AWS's documented rates as token buckets on the virtual clock, one set for each account and region.
//!
//! Source: "Request throttling for the Amazon ECS API" and "AWS Fargate throttling quotas" in the Amazon ECS documentation.

use std::collections::HashMap;

use crate::time::Time;

/// How many calls at once, and how many a second after that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quota {
    pub burst: f64,
    pub rate: f64,
}

impl Quota {
    /// What an account has whose quota AWS has raised; 0 times is once, too.
    #[must_use]
    pub fn times(self, multiple: u32) -> Self {
        let multiple = f64::from(multiple.max(1));
        Quota { burst: self.burst * multiple, rate: self.rate * multiple }
    }
}

const fn quota(burst: f64, rate: f64) -> Quota {
    Quota { burst, rate }
}

/// The bucket that an ECS operation draws on. ECR publishes no rates for its control plane.
pub fn of_operation(operation: &str) -> Option<(&'static str, Quota)> {
    Some(match operation {
        "CreateCluster"
        | "UpdateCluster"
        | "DeleteCluster"
        | "UpdateClusterSettings"
        | "PutClusterCapacityProviders" => ("cluster modify", quota(20.0, 1.0)),
        "DescribeClusters" | "ListClusters" => ("cluster read", quota(50.0, 20.0)),
        "CreateCapacityProvider" | "UpdateCapacityProvider" | "DeleteCapacityProvider" => {
            ("capacity provider modify", quota(10.0, 1.0))
        }
        "DescribeCapacityProviders" => ("capacity provider read", quota(50.0, 20.0)),
        "RegisterTaskDefinition" | "DeregisterTaskDefinition" => ("task definition modify", quota(20.0, 1.0)),
        "DescribeTaskDefinition" | "ListTaskDefinitions" | "ListTaskDefinitionFamilies" => {
            ("task definition read", quota(50.0, 20.0))
        }
        "DeleteTaskDefinitions" => ("task definition deletion", quota(5.0, 1.0)),
        "CreateService" | "UpdateService" | "DeleteService" => ("service modify", quota(50.0, 5.0)),
        "DescribeServices" | "ListServices" => ("service read", quota(100.0, 20.0)),
        "DescribeServiceDeployments" | "ListServiceDeployments" | "DescribeServiceRevisions" => {
            ("service deployments read", quota(50.0, 20.0))
        }
        "RunTask" | "StartTask" | "StopTask" | "ExecuteCommand" => ("cluster resources modify", quota(100.0, 40.0)),
        "DescribeTasks" | "ListTasks" | "DescribeContainerInstances" | "ListContainerInstances" => {
            ("cluster resources read", quota(100.0, 20.0))
        }
        "TagResource" | "UntagResource" => ("tags modify", quota(20.0, 10.0)),
        "ListTagsForResource" => ("tags read", quota(50.0, 20.0)),
        _ => return None,
    })
}

/// Launches of Fargate tasks; Spot draws on a bucket of its own.
pub fn of_fargate_launch(spot: bool) -> (&'static str, Quota) {
    let name = if spot { "Fargate Spot launch" } else { "Fargate launch" };
    (name, quota(100.0, 20.0))
}

/// The buckets of one account and region.
#[derive(Debug, Clone, Default)]
pub struct Buckets {
    buckets: HashMap<String, Bucket>,
}

#[derive(Debug, Clone)]
struct Bucket {
    tokens: f64,
    filled_at: Time,
}

impl Buckets {
    /// Takes a token, or says when there will be one.
    pub fn take(&mut self, name: &str, quota: Quota, now: Time) -> Result<(), Time> {
        let bucket = self.buckets.entry(name.to_owned()).or_insert(Bucket { tokens: quota.burst, filled_at: now });
        let gained = now.since(bucket.filled_at).as_secs_f64() * quota.rate;
        bucket.tokens = (bucket.tokens + gained).min(quota.burst);
        bucket.filled_at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        let wait = (1.0 - bucket.tokens) / quota.rate;
        // A millisecond more, so that rounding never wakes the caller too early.
        Err(now + std::time::Duration::from_secs_f64(wait) + std::time::Duration::from_millis(1))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bucket_gives_its_burst_and_then_its_rate() {
        let (name, documented) = of_operation("RegisterTaskDefinition").unwrap();
        let mut buckets = Buckets::default();
        let start = Time(1_000_000);
        for n in 0..20 {
            assert!(buckets.take(name, documented, start).is_ok(), "call {n} of the burst was refused");
        }
        let ready = buckets.take(name, documented, start).expect_err("the 21st call was let through");
        assert_eq!(ready.since(start), Duration::from_millis(1001), "one call a second");
        assert!(buckets.take(name, documented, ready).is_ok(), "the time it named was too early");
        let later = start + Duration::from_hours(1);
        let granted = (0..100).filter(|_| buckets.take(name, documented, later).is_ok()).count();
        assert_eq!(granted, 20, "an hour of rest gives the burst, not more");
    }
}
