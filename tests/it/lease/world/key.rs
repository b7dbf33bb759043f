//! Keys: two worlds have the same where whatever may yet happen in one may happen in the other.

use std::time::Instant;

use ecs_bridge::operator::lease::decide::{Answer, Record, State};

use super::{Call, NOW, Operator, Request, World};

impl World {
    pub fn key(&self) -> Vec<u8> {
        let mut key = Key { bytes: Vec::with_capacity(48), world: self };
        key.bytes.push(u8::from(self.lease.is_some()));
        if let Some(lease) = &self.lease {
            key.holder(lease.holder.as_deref());
        }
        for operator in &self.operators {
            key.operator(operator);
        }
        for ghost in &self.ghosts {
            key.request(ghost);
        }
        key.bytes
    }
}

struct Key<'a> {
    bytes: Vec<u8>,
    world: &'a World,
}

impl Key<'_> {
    fn holder(&mut self, holder: Option<&str>) {
        let code = holder.map_or(0, |holder| {
            let mut operators = self.world.operators.iter();
            // Processes that are gone are all alike.
            operators.position(|operator| operator.terms.identity == holder).map_or(3, |i| if i == 0 { 1 } else { 2 })
        });
        self.bytes.push(code);
    }

    fn time(&mut self, time: Option<Instant>) {
        let milliseconds = time.map_or(i64::from(i16::MAX), |time| {
            let (ahead, behind) = (time.saturating_duration_since(*NOW), NOW.saturating_duration_since(time));
            i64::try_from(ahead.as_millis()).unwrap_or(0) - i64::try_from(behind.as_millis()).unwrap_or(0)
        });
        self.bytes.extend(i16::try_from(milliseconds).unwrap_or(i16::MAX).to_le_bytes());
    }

    fn operator(&mut self, operator: &Operator) {
        let State { seen, in_doubt, until, lost, next: _ } = &operator.state;
        let is_paused = operator.write.as_ref().map(|write| write.paused);
        self.bytes.push(match is_paused {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        });
        if is_paused == Some(false) {
            self.time(operator.write.as_ref().map(|write| write.begun));
        }
        if lost.is_some() {
            // It ends, and does nothing before.
            self.bytes.push(9);
            return;
        }
        let record = seen.as_ref().and_then(|seen| seen.record.as_ref());
        let is_ours = record.is_some_and(|record| record.holder.as_deref() == Some(operator.terms.identity.as_str()));
        let is_current = record.is_some_and(|record| self.world.is_current(&record.version));
        let flags = [*in_doubt, seen.is_some(), record.is_some(), is_ours, is_current];
        self.bytes.push(flags.iter().fold(0, |bits, flag| bits * 2 + u8::from(*flag)));
        // Whose own it is does not wait for it.
        self.time(seen.as_ref().filter(|_| !is_ours).map(|seen| seen.free_from));
        self.time(*until);
        if let Some(call) = &operator.call {
            self.call(call, record);
        }
    }

    fn call(&mut self, call: &Call, seen: Option<&Record>) {
        match &call.answer {
            None => {
                self.bytes.push(10);
                self.request(&call.request);
            }
            Some(Answer::Found(record) | Answer::Written(record)) => {
                let is_current = self.world.is_current(&record.version);
                let is_known = seen.is_some_and(|seen| seen.version == record.version);
                self.bytes.push(11 + u8::from(is_current) + 2 * u8::from(is_known));
                self.holder(record.holder.as_deref());
            }
            Some(Answer::Absent) => self.bytes.push(15),
            Some(Answer::Conflict | Answer::Nothing) => self.bytes.push(16),
        }
        // Only a write that succeeds counts from when it was sent.
        let may_succeed = match &call.answer {
            None => call.request != Request::Look && self.world.would_do(&call.request),
            Some(answer) => matches!(answer, Answer::Written(_)),
        };
        self.time(may_succeed.then_some(call.sent));
    }

    fn request(&mut self, request: &Request) {
        let code = match request {
            _ if !self.world.would_do(request) => 20,
            Request::Look => 21,
            Request::Create { .. } => 22,
            Request::Patch { .. } => 23,
        };
        self.bytes.push(code);
        if let (22 | 23, Request::Create { identity: holder } | Request::Patch { holder: Some(holder), .. }) =
            (code, request)
        {
            self.holder(Some(holder));
        }
    }
}
