//! Replicas on two sides, whatever fails and whatever the split says: none is given away before the other side runs it, what one side can
//! run does run, and the sides are scaled no more often than something happens.

use ecs_bridge::bridge::split::{Bounds, Burst, Health, Seen, Side, Split, divide, shares};
use proptest::prelude::*;

const SIDES: [Side; 2] = [Side::Cluster, Side::Ecs];

/// A cause: whatever may change how the replicas are divided.
#[derive(Clone, Debug)]
enum Event {
    Total(i32),
    Policy(Split),
    /// This side can run so many and no more.
    Breaks(Side, i32),
    /// The cluster has nodes for so many pods and no more.
    NoNode(i32),
    Heals(Side),
}

/// What goes on between two events.
#[derive(Clone, Copy, Debug)]
enum Step {
    Divide,
    /// A replica starts or ends there.
    Progress(Side),
    /// What has lacked replicas is given up.
    Deadline(Side),
    /// What lacks a node has lacked it for a minute.
    Minute,
    /// Others take the place of the pods that lack a node: they have not, yet.
    Replaced,
}

#[derive(Clone, Copy, Debug)]
struct Sided {
    asked: i32,
    runs: i32,
    /// How many it can run.
    limit: i32,
    /// What it lacks is nodes, and for a minute.
    no_node: bool,
    waits: bool,
    overdue: bool,
}

impl Sided {
    fn lacks(&self) -> bool {
        self.runs < self.asked
    }

    fn can_go_on(&self) -> bool {
        self.runs != self.asked.min(self.limit)
    }

    fn progress(&mut self) {
        let goal = self.asked.min(self.limit);
        self.runs += (goal - self.runs).signum();
        self.overdue &= self.lacks();
        self.waits &= self.lacks();
    }

    /// Pods are looked at for a burst alone.
    fn seen(&self, burst: Burst) -> Seen {
        let health = match (self.lacks(), self.no_node && self.waits, self.overdue) {
            (false, ..) => Health::Ready,
            (true, true, _) if burst == Burst::Unschedulable => Health::Unschedulable,
            (true, _, true) => Health::Failing,
            (true, _, false) => Health::Starting,
        };
        Seen { asked: self.asked, runs: self.runs, health }
    }
}

struct World {
    split: Split,
    total: i32,
    sides: [Sided; 2],
    scaled: usize,
}

impl World {
    fn new(total: i32) -> Self {
        let side =
            |count| Sided { asked: count, runs: count, limit: i32::MAX, no_node: false, waits: false, overdue: false };
        World { split: Split::default(), total, sides: [side(total), side(0)], scaled: 0 }
    }

    fn side(&mut self, side: Side) -> &mut Sided {
        &mut self.sides[usize::from(side == Side::Ecs)]
    }

    fn happens(&mut self, event: &Event) {
        match event {
            Event::Total(total) => self.total = *total,
            Event::Policy(split) => self.split = split.clone(),
            Event::Breaks(side, limit) => self.breaks(*side, *limit, false),
            Event::NoNode(limit) => self.breaks(Side::Cluster, *limit, true),
            Event::Heals(side) => self.breaks(*side, i32::MAX, false),
        }
    }

    fn breaks(&mut self, side: Side, limit: i32, no_node: bool) {
        let side = self.side(side);
        (side.limit, side.no_node, side.runs) = (limit, no_node, side.runs.min(limit));
    }

    /// How many run that nobody has asked to go.
    fn kept(&self) -> i32 {
        self.sides.iter().map(|side| side.runs.min(side.asked)).sum()
    }

    fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Divide => self.divide()?,
            Step::Progress(side) => self.side(side).progress(),
            // A minute is over long before.
            Step::Deadline(side) => {
                let side = self.side(side);
                (side.overdue, side.waits) = (side.lacks(), side.lacks());
            }
            Step::Minute => {
                let cluster = self.side(Side::Cluster);
                cluster.waits = cluster.lacks();
            }
            Step::Replaced => self.side(Side::Cluster).waits = false,
        }
        Ok(())
    }

    fn divide(&mut self) -> Result<(), TestCaseError> {
        let burst = self.split.burst;
        let (cluster, ecs) = (self.sides[0].seen(burst), self.sides[1].seen(burst));
        let division = divide(&self.split, self.total, cluster, ecs);
        let placed = shares(&self.split, self.total).sum();
        prop_assert!(division.counts.sum() >= placed, "fewer are asked for than are wanted: {division:?}");
        prop_assert_eq!(division.beyond, self.total - placed);
        let before = self.kept();
        for side in SIDES {
            prop_assert!(division.counts.of(side) <= self.total, "{side} gets more than there are: {division:?}");
            let sided = self.side(side);
            let asked = division.counts.of(side);
            if asked != sided.asked {
                sided.asked = asked;
                self.scaled += 1;
            }
        }
        let (kept, least) = (self.kept(), before.min(placed));
        prop_assert!(kept >= least, "of {before} that ran, {kept} are kept, and {placed} are wanted: {division:?}");
        Ok(())
    }

    /// Until nothing moves any more.
    fn settle(&mut self) -> Result<(), TestCaseError> {
        self.come_to_rest(|moves| SIDES.map(if moves { Step::Progress } else { Step::Deadline }).to_vec())
    }

    /// The same, and no deadline is over.
    fn settle_within_the_deadline(&mut self) -> Result<(), TestCaseError> {
        self.come_to_rest(|_| [SIDES.map(Step::Progress).as_slice(), &[Step::Minute]].concat())
    }

    /// Between two divisions, what there is to do where something moves, or nothing does.
    fn come_to_rest(&mut self, steps: impl Fn(bool) -> Vec<Step>) -> Result<(), TestCaseError> {
        for _ in 0..1000 {
            let scaled = self.scaled;
            self.divide()?;
            let moves = self.sides.iter().any(Sided::can_go_on);
            for step in steps(moves) {
                self.step(step)?;
            }
            self.divide()?;
            if !moves && scaled == self.scaled {
                return Ok(());
            }
        }
        Err(TestCaseError::fail("the sides never come to rest"))
    }

    /// What the sides can run of what is wanted, runs.
    fn assert_runs(&self) -> Result<(), TestCaseError> {
        let bounds = [self.split.cluster, self.split.ecs];
        let most = |bounds: Bounds| bounds.max.unwrap_or(i32::MAX).max(bounds.min.unwrap_or(0));
        let able: i32 = self
            .sides
            .iter()
            .zip(bounds)
            .fold(0, |sum, (side, bounds)| sum.saturating_add(side.limit.min(most(bounds))));
        let wanted = shares(&self.split, self.total).sum().min(able);
        let run: i32 = self.sides.iter().map(|side| side.runs).sum();
        prop_assert!(run >= wanted, "{run} run of {wanted} that could: {:?}", self.sides);
        if self.sides.iter().all(|side| side.limit == i32::MAX) {
            let asked = (self.sides[0].asked, self.sides[1].asked);
            let shares = shares(&self.split, self.total);
            prop_assert_eq!(asked, (shares.cluster, shares.ecs), "nothing fails, and the split is not kept");
        }
        Ok(())
    }
}

fn bounds() -> impl Strategy<Value = Bounds> {
    (prop::option::of(0..12), prop::option::of(0..12)).prop_map(|(min, max)| Bounds { min, max })
}

fn side() -> impl Strategy<Value = Side> {
    prop::sample::select(SIDES.to_vec())
}

fn splits() -> impl Strategy<Value = Split> {
    let burst = prop::sample::select(vec![Burst::Never, Burst::Unschedulable]);
    (side(), prop::option::of(0..=100), bounds(), bounds(), burst)
        .prop_map(|(prefer, percentage, cluster, ecs, burst)| Split { prefer, percentage, cluster, ecs, burst })
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0..20).prop_map(Event::Total),
        splits().prop_map(Event::Policy),
        (side(), 0..20).prop_map(|(side, limit)| Event::Breaks(side, limit)),
        (0..20).prop_map(Event::NoNode),
        side().prop_map(Event::Heals),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => Just(Step::Divide),
        6 => side().prop_map(Step::Progress),
        1 => side().prop_map(Step::Deadline),
        1 => Just(Step::Minute),
        1 => Just(Step::Replaced),
    ];
    prop::collection::vec(step, 0..24)
}

proptest! {
    #![proptest_config(crate::cases::cases(512))]

    /// What happens may happen at any time, in the middle of what came before.
    #[test]
    fn what_can_run_runs_whatever_fails(total in 0..20, life in prop::collection::vec((events(), steps()), 1..12)) {
        /// Each side grows once and shrinks once.
        const EACH: usize = 4;
        let mut world = World::new(total);
        for (event, steps) in &life {
            world.happens(event);
            for step in steps {
                world.step(*step)?;
            }
        }
        world.settle()?;
        world.assert_runs()?;
        let most = EACH * life.len();
        prop_assert!(world.scaled <= most, "{} changes of scale in {} events", world.scaled, life.len());
    }

    /// What happens to sides at rest.
    #[test]
    fn each_cause_scales_each_side_at_most_twice(total in 0..20, life in prop::collection::vec(events(), 1..12)) {
        let mut world = World::new(total);
        world.settle()?;
        for event in &life {
            let before = world.scaled;
            world.happens(event);
            world.settle()?;
            world.assert_runs()?;
            let scaled = world.scaled - before;
            prop_assert!(scaled <= 4, "{scaled} changes of scale after {event:?}");
        }
    }

    /// With a burst, what has no node runs on ECS, and comes back with the nodes: nobody waits for a deadline.
    #[test]
    fn what_has_no_node_bursts_and_comes_back(
        total in 0..20,
        split in splits(),
        life in prop::collection::vec(prop::option::of(0..20), 1..12),
    ) {
        let mut world = World::new(total);
        world.happens(&Event::Policy(Split { burst: Burst::Unschedulable, ..split }));
        world.settle()?;
        for limit in life {
            let before = world.scaled;
            world.happens(&limit.map_or(Event::Heals(Side::Cluster), Event::NoNode));
            world.settle_within_the_deadline()?;
            world.assert_runs()?;
            prop_assert!(world.sides.iter().all(|side| !side.overdue), "it took a deadline");
            let scaled = world.scaled - before;
            prop_assert!(scaled <= 2, "{scaled} changes of scale where nodes for {limit:?} pods are left");
        }
    }

    /// Numbers of any size, in any order.
    #[test]
    fn any_numbers_are_divided(
        total in any::<i32>(),
        percentage in prop::option::of(any::<i32>()),
        bounds in any::<[Option<i32>; 4]>(),
        asked in any::<[i32; 2]>(),
        runs in any::<[i32; 2]>(),
    ) {
        let [a, b, c, d] = bounds;
        let (cluster, ecs) = (Bounds { min: a, max: b }, Bounds { min: c, max: d });
        for health in [Health::Ready, Health::Starting, Health::Failing, Health::Unschedulable] {
            let split = Split { prefer: Side::Ecs, percentage, cluster, ecs, burst: Burst::Unschedulable };
            let seen = |at: usize| Seen { asked: asked[at], runs: runs[at], health };
            let division = divide(&split, total, seen(0), seen(1));
            for side in SIDES {
                let count = division.counts.of(side);
                prop_assert!((0..=total.max(0)).contains(&count), "{side} gets {count} of {total}");
            }
        }
    }
}
