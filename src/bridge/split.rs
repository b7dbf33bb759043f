//! Who gets how many of a workload's replicas: the cluster or ECS.
//!
//! A move is a split that has changed. Who gets more grows first; who gets less shrinks once the other runs its share. What a side fails to
//! run, the other runs meanwhile, and gives it back once that side is well again: what fails keeps its count, and so heals by itself.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How replicas are split between the cluster and ECS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Split {
    /// The side that gets its percentage of the replicas. The other gets the rest.
    #[serde(default)]
    pub prefer: Side,
    /// How much of the total the preferred side gets, rounded up. 100 where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 0, max = 100))]
    pub percentage: Option<i32>,
    /// How many replicas the cluster gets at least and at most. A minimum goes before the percentage, and the preferred side's before the
    /// other's.
    #[serde(default)]
    pub cluster: Bounds,
    /// How many replicas ECS gets at least and at most.
    #[serde(default)]
    pub ecs: Bounds,
    /// `Unschedulable`: what of the cluster's replicas stays without a node for a minute runs on ECS until it has one. Otherwise that takes
    /// as long as with any other failure.
    #[serde(default)]
    pub burst: Burst,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Side {
    #[default]
    Cluster,
    Ecs,
}

impl Side {
    #[must_use]
    pub fn other(self) -> Side {
        match self {
            Side::Cluster => Side::Ecs,
            Side::Ecs => Side::Cluster,
        }
    }
}

/// Within a sentence.
impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Cluster => "the cluster",
            Side::Ecs => "ECS",
        })
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 0))]
    pub min: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 0))]
    pub max: Option<i32>,
}

impl Bounds {
    fn least(self) -> i32 {
        self.min.unwrap_or(0).max(0)
    }

    fn most(self) -> i32 {
        self.max.unwrap_or(i32::MAX).max(self.least())
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Burst {
    #[default]
    Never,
    Unschedulable,
}

/// One number for each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    pub cluster: i32,
    pub ecs: i32,
}

impl Counts {
    pub fn of(self, side: Side) -> i32 {
        match side {
            Side::Cluster => self.cluster,
            Side::Ecs => self.ecs,
        }
    }

    fn new(side: Side, here: i32, there: i32) -> Counts {
        match side {
            Side::Cluster => Counts { cluster: here, ecs: there },
            Side::Ecs => Counts { cluster: there, ecs: here },
        }
    }

    pub fn sum(self) -> i32 {
        self.cluster.saturating_add(self.ecs)
    }
}

/// What one side is asked for, and how it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The replicas that it was given last.
    pub asked: i32,
    /// Those that run.
    pub runs: i32,
    pub health: Health,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It runs all that it was asked for.
    Ready,
    /// It is getting there.
    Starting,
    /// It does not get there by itself, or has not for too long.
    Failing,
    /// Its replicas find no node.
    Unschedulable,
}

/// How replicas are divided, and why so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    pub counts: Counts,
    pub why: Why,
    /// What is beyond both maxima, and so runs nowhere.
    pub beyond: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// As the split says.
    Split,
    /// One side gives replicas to the other, which does not run its share yet.
    Moving { to: Side, runs: i32, share: i32 },
    /// One side runs what the other fails to.
    Covering { side: Side, lacking: i32, health: Health },
}

/// In a sentence without a full stop.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Split => f.write_str("as the split says"),
            Why::Moving { to, runs, share } => {
                write!(f, "{to} is to run {share} and runs {runs}: {} keeps its replicas until then", to.other())
            }
            Why::Covering { side, lacking, health } => {
                let does = if *health == Health::Unschedulable { "has no node for" } else { "fails to run" };
                write!(f, "{side} {does} {lacking} of its replicas: {} runs them meanwhile", side.other())
            }
        }
    }
}

/// What each side gets once everything runs.
pub fn shares(split: &Split, total: i32) -> Counts {
    let total = total.max(0);
    let (here, there) = match split.prefer {
        Side::Cluster => (split.cluster, split.ecs),
        Side::Ecs => (split.ecs, split.cluster),
    };
    let percentage = i64::from(split.percentage.unwrap_or(100).clamp(0, 100));
    // At most the total, which is one of 32 bits.
    let wanted = i32::try_from((i64::from(total) * percentage + 99) / 100).unwrap_or(total);
    let own_least = here.least().min(total);
    let most = here.most().min(total - there.least().min(total - own_least));
    // What the other may not have is this one's.
    let least = own_least.max(total.saturating_sub(there.most())).min(most);
    let share = wanted.clamp(least, most);
    Counts::new(split.prefer, share, (total - share).min(there.most()))
}

/// Divides the replicas for now.
pub fn divide(split: &Split, total: i32, cluster: Seen, ecs: Seen) -> Division {
    let total = total.max(0);
    let shares = shares(split, total);
    let seen = |side| if side == Side::Cluster { cluster } else { ecs };
    let fails = |side| match seen(side).health {
        Health::Failing => true,
        Health::Unschedulable => split.burst == Burst::Unschedulable,
        Health::Ready | Health::Starting => false,
    };
    // What is on its way out still runs.
    let has = |side| seen(side).runs.min(seen(side).asked).max(0);
    let lacking = |side| if fails(side) { (shares.of(side) - has(side)).max(0) } else { 0 };
    let carries = |side| {
        let share = shares.of(side);
        share == 0 || (seen(side).health == Health::Ready && has(side) >= share)
    };
    let count = |side: Side| {
        let bounds = if side == Side::Cluster { split.cluster } else { split.ecs };
        let needed = shares.of(side).saturating_add(lacking(side.other())).min(bounds.most());
        // What it has beyond that goes at once, and only once the other carries its share.
        if carries(side.other()) { needed } else { needed.max(seen(side).asked.min(total)) }
    };
    let counts = Counts { cluster: count(Side::Cluster), ecs: count(Side::Ecs) };
    let both = [Side::Ecs, Side::Cluster];
    let covered = both.into_iter().find(|side| lacking(*side) > 0 && counts.of(side.other()) > shares.of(side.other()));
    let kept = both.into_iter().find(|side| counts.of(side.other()) > shares.of(side.other()));
    let why = match (covered, kept) {
        (Some(side), _) => Why::Covering { side, lacking: lacking(side), health: seen(side).health },
        (None, Some(to)) => Why::Moving { to, runs: seen(to).runs, share: shares.of(to) },
        (None, None) => Why::Split,
    };
    Division { counts, why, beyond: total - shares.sum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(prefer: Side, percentage: i32, cluster: (i32, i32), ecs: (i32, i32)) -> Split {
        let bounds = |(min, max)| Bounds { min: Some(min), max: Some(max) };
        Split {
            prefer,
            percentage: Some(percentage),
            cluster: bounds(cluster),
            ecs: bounds(ecs),
            burst: Burst::Unschedulable,
        }
    }

    #[test]
    fn each_side_gets_its_share() {
        use Side::{Cluster, Ecs};
        const ANY: (i32, i32) = (0, i32::MAX);
        for (what, prefer, percentage, cluster, ecs, total, expected, beyond) in [
            ("all in the cluster", Cluster, 100, ANY, ANY, 10, (10, 0), 0),
            ("all on ECS", Ecs, 100, ANY, ANY, 10, (0, 10), 0),
            ("half, rounded up for the preferred side", Ecs, 50, ANY, ANY, 5, (2, 3), 0),
            ("none of it", Cluster, 0, ANY, ANY, 10, (0, 10), 0),
            ("the preferred side's maximum", Cluster, 100, (0, 4), ANY, 10, (4, 6), 0),
            ("the other's maximum", Cluster, 50, ANY, (0, 2), 10, (8, 2), 0),
            ("the preferred side's minimum", Ecs, 0, ANY, (3, i32::MAX), 10, (7, 3), 0),
            ("the other's minimum", Ecs, 100, (2, i32::MAX), ANY, 10, (2, 8), 0),
            ("more minima than replicas", Cluster, 50, (4, 9), (4, 9), 6, (4, 2), 0),
            ("less maxima than replicas", Cluster, 50, (0, 3), (0, 4), 10, (3, 4), 3),
            ("a maximum below the minimum", Cluster, 50, (5, 3), ANY, 10, (5, 5), 0),
            ("nothing", Ecs, 50, (1, 9), (1, 9), 0, (0, 0), 0),
            ("less than nothing", Ecs, 50, ANY, ANY, -3, (0, 0), 0),
            ("as many as there can be", Ecs, 50, ANY, ANY, i32::MAX, (i32::MAX / 2, i32::MAX / 2 + 1), 0),
        ] {
            let split = split(prefer, percentage, cluster, ecs);
            let shares = shares(&split, total);
            assert_eq!((shares.cluster, shares.ecs), expected, "{what}");
            assert_eq!(total.max(0) - shares.sum(), beyond, "{what}: what runs nowhere");
        }
    }

    #[test]
    fn a_side_shrinks_once_the_other_runs_its_share() {
        use Health::{Failing, Ready, Starting, Unschedulable};
        let half = split(Side::Ecs, 50, (0, 9), (0, 9));
        let never = Split { burst: Burst::Never, ..half.clone() };
        let all = split(Side::Ecs, 100, (0, 9), (0, 9));
        let seen = |(asked, runs, health)| Seen { asked, runs, health };
        for (what, split, cluster, ecs, expected, why) in [
            ("a move begins", &half, (8, 8, Ready), (0, 0, Ready), (8, 4), "ECS is to run 4 and runs 0"),
            ("it goes on", &half, (8, 8, Ready), (4, 3, Starting), (8, 4), "ECS is to run 4 and runs 3"),
            (
                "what runs is not ready yet",
                &half,
                (8, 8, Ready),
                (4, 4, Starting),
                (8, 4),
                "ECS is to run 4 and runs 4",
            ),
            ("what goes still runs", &half, (8, 8, Ready), (2, 8, Ready), (8, 4), "ECS is to run 4 and runs 8"),
            ("it ends", &half, (8, 8, Ready), (4, 4, Ready), (4, 4), "as the split says"),
            ("it has ended", &half, (4, 4, Ready), (4, 4, Ready), (4, 4), "as the split says"),
            ("the last replica goes", &all, (8, 8, Ready), (8, 8, Ready), (0, 8), "as the split says"),
            ("tasks start again", &half, (4, 4, Ready), (4, 2, Starting), (4, 4), "as the split says"),
            ("ECS fails", &half, (4, 4, Ready), (4, 1, Failing), (7, 4), "ECS fails to run 3 of its replicas"),
            ("it fails more", &half, (7, 7, Ready), (4, 0, Failing), (8, 4), "ECS fails to run 4"),
            ("it fails less", &half, (8, 8, Ready), (4, 3, Failing), (8, 4), "ECS fails to run 1"),
            ("it heals", &half, (8, 8, Ready), (4, 4, Ready), (4, 4), "as the split says"),
            ("what fails runs all the same", &half, (4, 4, Ready), (4, 4, Failing), (4, 4), "as the split says"),
            ("it fails in a move", &half, (8, 8, Ready), (4, 0, Failing), (8, 4), "ECS fails to run 4"),
            ("no node", &half, (4, 2, Unschedulable), (4, 4, Ready), (4, 6), "the cluster has no node for 2"),
            ("no node, and no burst", &never, (4, 2, Unschedulable), (4, 4, Ready), (4, 4), "as the split says"),
            ("the cluster fails", &never, (4, 2, Failing), (4, 4, Ready), (4, 6), "the cluster fails to run 2"),
            ("both fail", &half, (4, 0, Failing), (4, 0, Failing), (8, 8), "ECS fails to run 4"),
            ("less is wanted than it has", &half, (20, 20, Ready), (4, 0, Failing), (8, 4), "ECS fails to run 4"),
        ] {
            let division = divide(split, 8, seen(cluster), seen(ecs));
            assert_eq!((division.counts.cluster, division.counts.ecs), expected, "{what}: {division:?}");
            let said = division.why.to_string();
            assert!(said.starts_with(why), "{what}: {said:?} does not begin with {why:?}");
        }
    }

    #[test]
    fn a_maximum_holds_for_what_is_taken_over() {
        let split = split(Side::Ecs, 50, (0, 5), (0, 9));
        let cluster = Seen { asked: 4, runs: 4, health: Health::Ready };
        let ecs = Seen { asked: 4, runs: 0, health: Health::Failing };
        assert_eq!(divide(&split, 8, cluster, ecs).counts, Counts { cluster: 5, ecs: 4 });
    }
}
