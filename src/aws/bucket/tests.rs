//! The queue before a bucket, in tables and properties.

use proptest::prelude::*;

use super::*;
use crate::aws::ObjectId;

const RATE: Rate = Rate { burst: 4.0, per_second: 2.0 };

fn object(namespace: &str, name: &str) -> Holder {
    Holder::Object(ObjectId { kind: "EcsService", namespace: namespace.to_owned(), name: name.to_owned() })
}

fn name(holder: &Holder) -> String {
    match holder {
        Holder::Object(object) => format!("{}/{}", object.namespace, object.name),
        Holder::Read(id) => id.to_string(),
    }
}

fn granted(permit: Permit) -> bool {
    matches!(permit, Permit::Granted { .. })
}

fn after(permit: Permit) -> Duration {
    match permit {
        Permit::After(wait) => wait,
        Permit::Granted { .. } => Duration::ZERO,
    }
}

/// A bucket that has just given its burst away.
fn empty(now: Instant) -> Bucket {
    let mut bucket = Bucket::new(RATE, now);
    for n in 0..4 {
        assert!(granted(bucket.turn(Priority::Read, &Holder::Read(n), now)), "call {n} of the burst was kept waiting");
    }
    bucket
}

/// Lets all of them come back exactly when they were told, until each was served; gives the order, and how long it took.
fn serve(bucket: &mut Bucket, waiting: &[(Priority, Holder)], start: Instant) -> (Vec<String>, Duration) {
    let mut queue: Vec<(Instant, usize)> = (0..waiting.len()).map(|n| (start, n)).collect();
    let (mut order, mut now) = (Vec::new(), start);
    while !queue.is_empty() {
        // Together with the first, everybody else whose time has come; the later arrivals first, to make it hard.
        queue.sort_by_key(|(time, n)| (*time, std::cmp::Reverse(*n)));
        let (time, n) = queue.remove(0);
        now = now.max(time);
        let (priority, holder) = &waiting[n];
        match bucket.turn(*priority, holder, now) {
            Permit::Granted { .. } => order.push(name(holder)),
            Permit::After(wait) => queue.push((now + wait, n)),
        }
        assert!(now < start + Duration::from_hours(1), "after an hour {} still wait", queue.len());
    }
    (order, now - start)
}

/// Hands out tickets in this order while the bucket is empty.
fn line_up(bucket: &mut Bucket, waiting: &[(Priority, Holder)], now: Instant) {
    for (priority, holder) in waiting {
        assert!(!granted(bucket.turn(*priority, holder, now)), "{} was let through", name(holder));
    }
}

#[test]
fn a_bucket_gives_its_burst_and_then_its_rate() {
    let start = Instant::now();
    let mut bucket = empty(start);
    let first = after(bucket.turn(Priority::Read, &Holder::Read(10), start));
    assert_eq!(first, Duration::from_millis(501), "two a second: the first waits half a second");
    let second = after(bucket.turn(Priority::Read, &Holder::Read(11), start));
    assert_eq!(second, Duration::from_millis(1001), "and the second a whole one");
    let waited = bucket.turn(Priority::Read, &Holder::Read(10), start + first);
    assert_eq!(waited, Permit::Granted { waited: first }, "who comes back in time is served");
}

#[test]
fn who_comes_early_waits_on_and_who_is_late_holds_up_nobody() {
    let start = Instant::now();
    let mut bucket = empty(start);
    let (first, second) = (Holder::Read(10), Holder::Read(11));
    line_up(&mut bucket, &[(Priority::Read, first.clone()), (Priority::Read, second.clone())], start);
    let early = start + Duration::from_millis(600);
    assert!(!granted(bucket.turn(Priority::Read, &second, early)), "the second took the permit of the first");
    let due = start + Duration::from_millis(1002);
    assert!(granted(bucket.turn(Priority::Read, &second, due)), "the second waits for the first, who is late");
    assert!(granted(bucket.turn(Priority::Read, &first, due)), "the permit of the first was not kept");
}

#[test]
fn a_ticket_lapses_when_its_holder_stays_away() {
    let start = Instant::now();
    let mut bucket = empty(start);
    let gone: Vec<_> = (10..14).map(|n| (Priority::Change, Holder::Read(n))).collect();
    line_up(&mut bucket, &gone, start);
    let told = after(bucket.turn(Priority::Read, &Holder::Read(20), start));
    assert!(told > Duration::from_secs(2), "four are ahead: {told:?}");
    let later = start + Duration::from_secs(2) + GRACE + Duration::from_secs(1);
    for n in 0..4 {
        assert!(granted(bucket.turn(Priority::Read, &Holder::Read(30 + n), later)), "{n} waits for who is gone");
    }
}

#[test]
fn who_leaves_makes_room() {
    let start = Instant::now();
    let mut bucket = empty(start);
    line_up(&mut bucket, &[(Priority::Read, Holder::Read(10)), (Priority::Read, Holder::Read(11))], start);
    bucket.leave(&Holder::Read(10));
    let wait = after(bucket.turn(Priority::Read, &Holder::Read(11), start));
    assert_eq!(wait, Duration::from_millis(501), "the next moves up");
}

#[test]
fn an_object_keeps_its_place_when_it_comes_to_want_something_else() {
    let start = Instant::now();
    let mut bucket = empty(start);
    let (first, second) = (object("shop", "1"), object("shop", "2"));
    line_up(&mut bucket, &[(Priority::Create, first.clone()), (Priority::Create, second.clone())], start);
    // It changed, and changed back.
    line_up(&mut bucket, &[(Priority::Change, first.clone()), (Priority::Change, first.clone())], start);
    let (order, _) = serve(&mut bucket, &[(Priority::Change, first), (Priority::Create, second)], start);
    assert_eq!(order, ["shop/1", "shop/2"], "the place was lost");
}

#[test]
fn the_order_is_by_priority_then_round_robin() {
    let line = |entries: &[(Priority, &str, u32)]| -> Vec<(Priority, Holder)> {
        entries.iter().map(|(priority, namespace, n)| (*priority, object(namespace, &n.to_string()))).collect()
    };
    for (case, waiting, expected) in [
        (
            "what runs goes before what is made, and that before sweeps",
            line(&[
                (Priority::Background, "a", 1),
                (Priority::Create, "a", 2),
                (Priority::Read, "a", 3),
                (Priority::Change, "a", 4),
            ]),
            vec!["a/4", "a/2", "a/3", "a/1"],
        ),
        (
            "one namespace after the other, however many one brings",
            line(&[
                (Priority::Create, "a", 1),
                (Priority::Create, "a", 2),
                (Priority::Create, "a", 3),
                (Priority::Create, "b", 1),
                (Priority::Create, "c", 1),
                (Priority::Create, "b", 2),
            ]),
            // The fourth permit of this bucket is the eighth: it goes to the oldest, a/2.
            vec!["a/1", "b/1", "c/1", "a/2", "b/2", "a/3"],
        ),
        (
            "every eighth permit goes to the oldest",
            line(&[
                (Priority::Background, "a", 1),
                (Priority::Change, "b", 1),
                (Priority::Change, "b", 2),
                (Priority::Change, "b", 3),
                (Priority::Change, "b", 4),
            ]),
            vec!["b/1", "b/2", "b/3", "a/1", "b/4"],
        ),
    ] {
        let start = Instant::now();
        let mut bucket = empty(start);
        line_up(&mut bucket, &waiting, start);
        let (order, _) = serve(&mut bucket, &waiting, start);
        assert_eq!(order, expected, "{case}");
    }
}

#[test]
fn one_change_does_not_wait_behind_five_hundred_creates() {
    let start = Instant::now();
    let mut bucket = empty(start);
    let creates: Vec<_> = (0..500).map(|n| (Priority::Create, object("shop", &n.to_string()))).collect();
    line_up(&mut bucket, &creates, start);
    let wait = after(bucket.turn(Priority::Change, &object("shop", "running"), start));
    assert!(wait <= Duration::from_secs(1), "it waits {wait:?}, more than two permits take");
}

#[test]
fn the_lowest_priority_is_served_while_the_highest_never_ends() {
    let start = Instant::now();
    let mut bucket = empty(start);
    let sweep = Holder::Read(99);
    bucket.turn(Priority::Background, &sweep, start);
    let (mut now, mut changes) = (start, 0);
    // There are always three changes waiting.
    loop {
        let waits: Vec<Duration> = (0..3)
            .map(|n| after(bucket.turn(Priority::Change, &object("shop", &(changes + n).to_string()), now)))
            .collect();
        changes += waits.iter().filter(|wait| wait.is_zero()).count();
        if granted(bucket.turn(Priority::Background, &sweep, now)) {
            break;
        }
        assert!(changes < 20, "twenty changes went before the sweep");
        now += Duration::from_millis(501);
    }
}

#[test]
fn a_throttle_answer_shrinks_the_rate_for_a_while() {
    let start = Instant::now();
    let mut bucket = Bucket::new(RATE, start);
    let wait = bucket.throttled(start).as_millis();
    assert!(
        (985..=1001).contains(&wait),
        "half of two a second, a little more by then, and the bucket is empty: {wait} ms"
    );
    let together = start + Duration::from_millis(500);
    bucket.throttled(together);
    assert!(bucket.factor(together) >= 0.5, "calls that were throttled together cut twice");
    for (after, expected) in [(30, 1.0), (15, 0.5_f64.sqrt()), (600, 1.0)] {
        let factor = bucket.factor(start + Duration::from_secs(after));
        assert!((factor - expected).abs() < 0.001, "{after} s later the factor is {factor}, not {expected}");
    }
    let mut now = start;
    for _ in 0..20 {
        now += ONE_ANSWER;
        bucket.throttled(now);
    }
    assert!(bucket.factor(now) >= LEAST, "it never stops altogether: {}", bucket.factor(now));
}

#[test]
fn who_waits_long_is_told_a_time_at_which_the_rate_has_recovered() {
    let start = Instant::now();
    let mut bucket = Bucket::new(RATE, start);
    let mut now = start;
    for _ in 0..20 {
        now += ONE_ANSWER;
        bucket.throttled(now);
    }
    line_up(
        &mut bucket,
        &(0..200).map(|n| (Priority::Create, object("shop", &n.to_string()))).collect::<Vec<_>>(),
        now,
    );
    let wait = after(bucket.turn(Priority::Create, &object("shop", "last"), now));
    // 201 at two a second take 100 s; at a sixteenth of that, half an hour.
    let most = Duration::from_secs(100) + 4 * RECOVERY;
    assert!(wait < most, "it is told to come back after {wait:?}");
    assert!(
        granted(bucket.turn(Priority::Change, &object("shop", "running"), now + wait)),
        "and there is less than was said"
    );
}

proptest! {
    // The same cases in every run.
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn never_more_than_the_burst_and_the_rate_times_the_time(
        steps in prop::collection::vec((0_u64..400, 0_u64..12, 0_usize..4, prop::bool::weighted(0.05)), 1..200)
    ) {
        const PRIORITIES: [Priority; 4] = [Priority::Change, Priority::Create, Priority::Read, Priority::Background];
        let start = Instant::now();
        let mut bucket = Bucket::new(RATE, start);
        let (mut now, mut served) = (start, 0_u32);
        for (millis, holder, priority, throttle) in steps {
            now += Duration::from_millis(millis);
            if throttle {
                bucket.throttled(now);
            }
            if granted(bucket.turn(PRIORITIES[priority], &Holder::Read(holder), now)) {
                served += 1;
            }
            let most = RATE.burst + RATE.per_second * (now - start).as_secs_f64();
            prop_assert!(f64::from(served) <= most + 1e-6, "{served} permits where {most} were due");
        }
    }

    #[test]
    fn everybody_is_served_in_no_more_time_than_the_rate_takes(
        kinds in prop::collection::vec((0_usize..4, 0_u8..3), 1..40)
    ) {
        const PRIORITIES: [Priority; 4] = [Priority::Change, Priority::Create, Priority::Read, Priority::Background];
        let start = Instant::now();
        let mut bucket = empty(start);
        let waiting: Vec<_> = kinds
            .iter()
            .enumerate()
            .map(|(n, (priority, namespace))| (PRIORITIES[*priority], object(&namespace.to_string(), &n.to_string())))
            .collect();
        line_up(&mut bucket, &waiting, start);
        let (order, took) = serve(&mut bucket, &waiting, start);
        prop_assert_eq!(order.len(), waiting.len());
        let most = Duration::from_millis(500 * (waiting.len() as u64 + 1));
        prop_assert!(took <= most, "{} permits took {:?}", waiting.len(), took);
    }
}
