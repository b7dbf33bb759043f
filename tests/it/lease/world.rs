//! The world of the search: one Lease on an API server, two operators, and all that can happen next.
//!
//! It never ages: after each second, what the operators remember is moved back by as much as their clocks went on, so that the same
//! situation at another time is the same state, and the search ends.

mod key;

use std::{
    fmt,
    sync::LazyLock,
    time::{Duration, Instant},
};

use ecs_bridge::operator::lease::decide::{Action, Answer, Record, State, Terms, absorb, decide, may_write, releases};

/// What every clock shows, always.
static NOW: LazyLock<Instant> = LazyLock::new(|| Instant::now() + Duration::from_hours(1));

/// What each clock goes on by in a second, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Clocks(pub [u64; 2]);

#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How many requests may be on their way for which nobody waits any more.
    pub ghosts: usize,
    /// The lease's, in seconds.
    pub duration: u64,
}

#[derive(Clone, Debug)]
pub struct World {
    clocks: Clocks,
    bounds: Bounds,
    lease: Option<Record>,
    /// How often the API server has written: the next resourceVersion.
    versions: u32,
    operators: [Operator; 2],
    ghosts: Vec<Request>,
}

#[derive(Clone, Debug)]
struct Operator {
    terms: Terms,
    state: State,
    call: Option<Call>,
    write: Option<Write>,
}

/// A request to the API server that is waited for.
#[derive(Clone, Debug)]
struct Call {
    request: Request,
    sent: Instant,
    /// Once the API server has handled it.
    answer: Option<Answer>,
}

#[derive(Clone, Debug, PartialEq)]
enum Request {
    Look,
    Create {
        identity: String,
    },
    /// To be the holder, or nobody's any more, over this version.
    Patch {
        over: String,
        holder: Option<String>,
    },
}

/// A write to AWS in flight.
#[derive(Clone, Debug)]
struct Write {
    begun: Instant,
    /// Its process stood still: the deadline did not end it in time.
    paused: bool,
}

/// What is counted, or wrong.
pub enum Happened {
    Nothing,
    Began(usize),
    Overlapped(usize),
    TookOver,
    Ended,
    Wrong(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub enum Event {
    Second,
    Acts(usize),
    Handled(usize),
    Answered(usize),
    Forgotten(usize),
    Began(usize),
    Paused(usize),
    Killed(usize),
    Stopped(usize),
    GhostHandled,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |operator: &usize| ["A", "B"][*operator];
        match self {
            Event::Second => write!(f, "a second passes"),
            Event::Acts(i) => write!(f, "{} does what decide says", name(i)),
            Event::Handled(i) => write!(f, "the API server handles {}'s request", name(i)),
            Event::Answered(i) => write!(f, "{} has the answer", name(i)),
            Event::Forgotten(i) => write!(f, "{} waits no more for an answer", name(i)),
            Event::Began(i) => write!(f, "{} begins a write", name(i)),
            Event::Paused(i) => write!(f, "{} is paused before it sends its write", name(i)),
            Event::Killed(i) => write!(f, "{} is killed and starts again", name(i)),
            Event::Stopped(i) => write!(f, "{} releases the lease and starts again", name(i)),
            Event::GhostHandled => write!(f, "the API server handles a request that nobody waits for"),
        }
    }
}

type Next = (Event, Happened, World);

impl World {
    pub fn new(clocks: Clocks, bounds: Bounds) -> Self {
        let operator = |name: &str| Operator {
            terms: Terms {
                identity: format!("{name}1"),
                duration: Duration::from_secs(bounds.duration),
                // So that it may act at any time, whatever the period.
                retry_period: Duration::ZERO,
                write_deadline: Duration::from_secs(1),
            },
            state: State::default(),
            call: None,
            write: None,
        };
        let operators = [operator("A"), operator("B")];
        World { clocks, bounds, lease: None, versions: 0, operators, ghosts: Vec::new() }
    }

    /// Everything that can happen next.
    pub fn successors(&self) -> Vec<Next> {
        let mut all = vec![self.second()];
        for i in 0..2 {
            let operator = &self.operators[i];
            match &operator.call {
                None => all.extend(self.acts(i)),
                Some(Call { answer: None, .. }) => {
                    all.push(self.changed(Event::Handled(i), |world| world.handle(i)));
                    all.push(self.changed(Event::Forgotten(i), |world| world.forget(i)));
                }
                // An answer that is lost on its way back is a request that is forgotten, and handled then.
                Some(Call { answer: Some(answer), .. }) => all.push(self.answered(i, answer.clone())),
            }
            let in_flight = operator.write.as_ref();
            if self.may_write(i) && in_flight.is_none_or(|write| !write.paused && write.begun < *NOW) {
                all.push(self.begins(i));
            }
            if in_flight.is_some_and(|write| !write.paused) {
                all.push(self.changed(Event::Paused(i), |world| {
                    world.operators[i].write.iter_mut().for_each(|write| write.paused = true);
                }));
            }
            all.push(self.changed(Event::Killed(i), |world| {
                world.restart(i);
            }));
            if operator.call.is_none()
                && let Some(record) = releases(&operator.state, &operator.terms)
            {
                let request = Request::Patch { over: record.version.clone(), holder: None };
                all.push(self.changed(Event::Stopped(i), |world| {
                    world.restart(i);
                    world.haunt(request);
                }));
            }
        }
        // One that is never handled is one that was lost.
        for ghost in 0..self.ghosts.len() {
            all.push(self.changed(Event::GhostHandled, |world| {
                let request = world.ghosts.remove(ghost);
                world.serve(&request);
            }));
        }
        all
    }

    fn changed(&self, event: Event, change: impl FnOnce(&mut World)) -> Next {
        let mut next = self.clone();
        change(&mut next);
        (event, Happened::Nothing, next)
    }

    fn may_write(&self, i: usize) -> bool {
        may_write(&self.operators[i].state, &self.operators[i].terms, *NOW)
    }

    fn second(&self) -> Next {
        let mut next = self.clone();
        for (operator, rate) in next.operators.iter_mut().zip(self.clocks.0) {
            operator.age(Duration::from_millis(rate));
        }
        (Event::Second, Happened::Nothing, next)
    }

    fn acts(&self, i: usize) -> Option<Next> {
        let operator = &self.operators[i];
        let identity = operator.terms.identity.clone();
        let request = match decide(&operator.state, &operator.terms, *NOW) {
            Action::Wait(_) => return None,
            Action::Look => Request::Look,
            Action::Create => Request::Create { identity },
            Action::Take(record) | Action::Renew(record) => {
                Request::Patch { over: record.version, holder: Some(identity) }
            }
            Action::End(_) => {
                let (event, _, next) = self.changed(Event::Acts(i), |world| world.restart(i));
                return Some((event, Happened::Ended, next));
            }
        };
        let took_over = matches!(&request, Request::Patch { over, .. } if self.lease.as_ref().is_some_and(|lease| {
            lease.version == *over && lease.holder.as_ref().is_some_and(|holder| *holder != operator.terms.identity)
        }));
        let (event, happened, next) = self.changed(Event::Acts(i), |world| {
            world.operators[i].call = Some(Call { request, sent: *NOW, answer: None });
        });
        Some((event, if took_over { Happened::TookOver } else { happened }, next))
    }

    fn handle(&mut self, i: usize) {
        let Some(request) = self.operators[i].call.as_ref().map(|call| call.request.clone()) else { return };
        let answer = self.serve(&request);
        self.operators[i].call.iter_mut().for_each(|call| call.answer = Some(answer.clone()));
    }

    /// What the API server does.
    fn serve(&mut self, request: &Request) -> Answer {
        let holder = match (request, &self.lease) {
            (Request::Look, Some(lease)) => return Answer::Found(lease.clone()),
            (Request::Look, None) => return Answer::Absent,
            (Request::Create { identity }, None) => Some(identity.clone()),
            (Request::Patch { over, holder }, Some(lease)) if lease.version == *over => holder.clone(),
            _ => return Answer::Conflict,
        };
        self.versions += 1;
        let duration = Duration::from_secs(self.bounds.duration);
        let record = Record { version: self.versions.to_string(), holder, duration, transitions: 0 };
        self.lease = Some(record.clone());
        self.lay();
        Answer::Written(record)
    }

    fn answered(&self, i: usize, answer: Answer) -> Next {
        let (event, _, next) = self.changed(Event::Answered(i), |world| {
            let operator = &mut world.operators[i];
            if let Some(call) = operator.call.take() {
                absorb(&mut operator.state, &operator.terms, call.sent, *NOW, answer);
            }
        });
        let both = next.may_write(0) && next.may_write(1);
        (event, if both { Happened::Wrong("both may begin a write") } else { Happened::Nothing }, next)
    }

    /// Whether the API server would still do it: a version that is past never comes again.
    fn would_do(&self, request: &Request) -> bool {
        match request {
            Request::Look => true,
            Request::Create { .. } => self.lease.is_none(),
            Request::Patch { over, .. } => self.is_current(over),
        }
    }

    fn is_current(&self, version: &str) -> bool {
        self.lease.as_ref().is_some_and(|lease| lease.version == version)
    }

    /// The answer is late, or lost; the request may still arrive.
    fn forget(&mut self, i: usize) {
        let operator = &mut self.operators[i];
        if let Some(call) = operator.call.take() {
            absorb(&mut operator.state, &operator.terms, call.sent, *NOW, Answer::Nothing);
            self.haunt(call.request);
        }
    }

    fn haunt(&mut self, request: Request) {
        if request != Request::Look && self.bounds.ghosts > 0 {
            if self.ghosts.len() == self.bounds.ghosts {
                self.ghosts.remove(0);
            }
            self.ghosts.push(request);
        }
        self.lay();
    }

    /// Ghosts that can do nothing any more are gone.
    fn lay(&mut self) {
        let mut ghosts = std::mem::take(&mut self.ghosts);
        ghosts.retain(|ghost| self.would_do(ghost));
        self.ghosts = ghosts;
    }

    fn begins(&self, i: usize) -> Next {
        let (event, _, next) = self.changed(Event::Began(i), |world| {
            world.operators[i].write = Some(Write { begun: *NOW, paused: false });
        });
        let happened = match &self.operators[1 - i].write {
            _ if self.may_write(1 - i) => Happened::Wrong("both may begin a write"),
            Some(Write { paused: false, .. }) => {
                Happened::Wrong("the other's write is in flight, though nothing was paused")
            }
            Some(_) => Happened::Overlapped(i),
            None => Happened::Began(i),
        };
        (event, happened, next)
    }

    /// Another process takes its place. What the old one has asked for may still arrive.
    fn restart(&mut self, i: usize) {
        let operator = &mut self.operators[i];
        let (name, count) = operator.terms.identity.split_at(1);
        operator.terms.identity = format!("{name}{}", count.parse::<u32>().unwrap_or(0) + 1);
        operator.state = State::default();
        operator.write = None;
        if let Some(Call { request, answer: None, .. }) = operator.call.take() {
            self.haunt(request);
        }
    }
}

impl Operator {
    /// Time passes: all that it remembers moves into the past, and no further than it matters.
    fn age(&mut self, by: Duration) {
        let back = |time: &mut Instant, oldest: Duration| {
            *time = time.checked_sub(by).max(NOW.checked_sub(oldest)).unwrap_or(*NOW);
        };
        if let Some(seen) = &mut self.state.seen {
            back(&mut seen.free_from, Duration::ZERO);
        }
        self.state.until.iter_mut().for_each(|until| back(until, Duration::ZERO));
        self.state.next.iter_mut().for_each(|next| back(next, Duration::ZERO));
        let held = self.terms.held();
        self.call.iter_mut().for_each(|call| back(&mut call.sent, held));
        let deadline = self.terms.write_deadline;
        self.write.iter_mut().for_each(|write| back(&mut write.begun, deadline));
        // The call's deadline ends it, but in a process that stands still.
        self.write.take_if(|write| !write.paused && NOW.duration_since(write.begun) >= deadline);
    }
}
