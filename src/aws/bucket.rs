//! One bucket and the queue before it. Pure: what time it is, the caller says.
//!
//! Who can't be served at once gets a ticket and a time to come back. A ticket keeps its place, and lapses when its holder
//! stays away. Served first is the higher priority, within a priority one namespace after the other; and every [`OLDEST`]th
//! permit goes to whoever has waited longest, so that nobody starves.

use std::{
    collections::{HashMap, HashSet},
    f64::consts::LN_2,
    time::{Duration, Instant},
};

use super::{
    quota::{Holder, Permit, Priority},
    rates::Rate,
};

const OLDEST: u64 = 8;

/// How long a ticket is kept after its time. Its permit is kept too, so others wait for who does not come.
const GRACE: Duration = Duration::from_secs(10);

/// A throttle answer halves the rate, at most down to this part of it; then it doubles every [`RECOVERY`].
const LEAST: f64 = 1.0 / 16.0;
const RECOVERY: Duration = Duration::from_secs(30);
/// Calls that were under way together are throttled together: within this time they count as one answer.
const ONE_ANSWER: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Bucket {
    rate: Rate,
    level: f64,
    filled_at: Instant,
    cut: Option<Cut>,
    tickets: HashMap<Holder, Ticket>,
    /// The round that each priority has come to.
    rounds: HashMap<Priority, u64>,
    arrivals: u64,
    granted: u64,
}

/// What a throttle answer left of the rate, and when.
#[derive(Clone, Copy, Debug)]
struct Cut {
    factor: f64,
    at: Instant,
}

#[derive(Clone, Debug)]
struct Ticket {
    priority: Priority,
    /// In each round, every namespace of a priority is served once.
    round: u64,
    arrival: u64,
    since: Instant,
    lapses: Instant,
}

impl Bucket {
    pub(super) fn new(rate: Rate, now: Instant) -> Self {
        Bucket {
            rate,
            level: rate.burst.max(1.0),
            filled_at: now,
            cut: None,
            tickets: HashMap::new(),
            rounds: HashMap::new(),
            arrivals: 0,
            granted: 0,
        }
    }

    pub(super) fn turn(&mut self, priority: Priority, holder: &Holder, now: Instant) -> Permit {
        self.fill(now);
        self.tickets.retain(|_, ticket| ticket.lapses > now);
        let ticket = self.ticket(priority, holder, now);
        // Who is ahead has permits set aside, so nobody has to wait for one who is late.
        #[allow(clippy::cast_precision_loss)]
        let needed = self.ahead(ticket.arrival) as f64 + 1.0;
        if self.level >= needed {
            self.level -= 1.0;
            self.granted += 1;
            self.rounds.insert(ticket.priority, ticket.round);
            self.tickets.remove(holder);
            return Permit::Granted { waited: now.saturating_duration_since(ticket.since) };
        }
        let wait = self.until(needed, now);
        self.tickets.insert(holder.clone(), Ticket { lapses: now + wait + GRACE, ..ticket });
        Permit::After(wait)
    }

    pub(super) fn leave(&mut self, holder: &Holder) {
        self.tickets.remove(holder);
    }

    pub(super) fn throttled(&mut self, now: Instant) -> Duration {
        self.fill(now);
        let factor = self.factor(now);
        if self.cut.is_none_or(|cut| now.saturating_duration_since(cut.at) >= ONE_ANSWER) {
            self.cut = Some(Cut { factor: (factor / 2.0).max(LEAST), at: now });
        }
        // AWS's bucket is empty, whatever ours says.
        self.level = 0.0;
        self.until(1.0, now)
    }

    fn fill(&mut self, now: Instant) {
        let factor = self.factor(now);
        let elapsed = now.saturating_duration_since(self.filled_at).as_secs_f64();
        self.level = (self.level + elapsed * self.rate.per_second * factor).min((self.rate.burst * factor).max(1.0));
        self.filled_at = self.filled_at.max(now);
    }

    /// The part of the rate that throttle answers leave.
    fn factor(&self, now: Instant) -> f64 {
        self.cut.map_or(1.0, |cut| {
            let rested = now.saturating_duration_since(cut.at).as_secs_f64() / RECOVERY.as_secs_f64();
            (cut.factor * rested.exp2()).min(1.0)
        })
    }

    /// How long until the bucket holds this much, if AWS says nothing more. The rate recovers meanwhile: who was told to come back at the
    /// rate of a bad moment would come minutes after its turn.
    fn until(&self, needed: f64, now: Instant) -> Duration {
        let (missing, factor, rate) = ((needed - self.level).max(0.0), self.factor(now), self.rate.per_second);
        // The rate doubles in this time, so what flows in is its integral; until it is whole, this much.
        let doubling = RECOVERY.as_secs_f64();
        let recovering = rate * doubling / LN_2 * (1.0 - factor);
        let seconds = if missing < recovering {
            doubling * (1.0 + missing * LN_2 / (doubling * rate * factor)).log2()
        } else {
            doubling * factor.recip().log2() + (missing - recovering) / rate
        };
        // A millisecond more, so that rounding brings nobody back too early.
        Duration::from_secs_f64(seconds.max(0.0)) + Duration::from_millis(1)
    }

    /// The holder's ticket, as it was; a new one where there is none, or where what it wants has another priority now.
    fn ticket(&mut self, priority: Priority, holder: &Holder, now: Instant) -> Ticket {
        let known = self.tickets.get(holder).cloned();
        if let Some(known) = &known
            && known.priority == priority
        {
            return known.clone();
        }
        let rounds = self.tickets.iter().filter(|(other, ticket)| {
            ticket.priority == priority && *other != holder && other.namespace() == holder.namespace()
        });
        let last = rounds.map(|(_, ticket)| ticket.round).max().unwrap_or_default();
        let round = last.max(self.rounds.get(&priority).copied().unwrap_or_default()) + 1;
        self.arrivals += 1;
        let (arrival, since) = known.map_or((self.arrivals, now), |known| (known.arrival, known.since));
        let ticket = Ticket { priority, round, arrival, since, lapses: now + GRACE };
        self.tickets.insert(holder.clone(), ticket.clone());
        ticket
    }

    /// How many of the waiting are served before the one of this arrival.
    fn ahead(&self, arrival: u64) -> usize {
        let mut fair: Vec<&Ticket> = self.tickets.values().collect();
        fair.sort_unstable_by_key(|ticket| (ticket.priority, ticket.round, ticket.arrival));
        let mut oldest = fair.clone();
        oldest.sort_unstable_by_key(|ticket| ticket.arrival);
        let (mut fair, mut oldest) = (fair.into_iter(), oldest.into_iter());
        let mut served = HashSet::new();
        let mut next = self.granted;
        loop {
            next += 1;
            let order = if next.is_multiple_of(OLDEST) { &mut oldest } else { &mut fair };
            match order.find(|ticket| !served.contains(&ticket.arrival)) {
                Some(ticket) if ticket.arrival != arrival => served.insert(ticket.arrival),
                _ => return served.len(),
            };
        }
    }
}

#[cfg(test)]
mod tests;
