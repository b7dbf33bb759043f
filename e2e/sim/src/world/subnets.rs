//! Subnets: where each lies, and the addresses that it has given out. Nobody makes them: a subnet is there once it is named.

use crate::scope::Scope;

#[derive(Clone, Default)]
pub(crate) struct Subnets {
    known: Vec<Subnet>,
    /// How many tasks have been given one.
    tasks: usize,
}

#[derive(Clone)]
struct Subnet {
    id: String,
    given: u32,
}

/// The addresses of a network interface.
#[derive(Clone)]
pub(crate) struct Addresses {
    pub(super) ipv4: String,
    /// Only where the subnet has a range of them.
    pub(super) ipv6: Option<String>,
}

impl Subnets {
    /// One of these for a task, in turn. A container instance takes those of its own zone, where there is one.
    pub(super) fn pick(&mut self, scope: &Scope, ids: &[String], zone: Option<&str>) -> String {
        let lies_there = |id: &&String| zone.is_none_or(|zone| zone_of(scope, id) == zone);
        let near: Vec<&String> = ids.iter().filter(lies_there).collect();
        let candidates = if near.is_empty() { ids.iter().collect() } else { near };
        self.tasks += 1;
        candidates.get((self.tasks - 1) % candidates.len().max(1)).map_or_else(String::new, |id| (*id).clone())
    }

    /// The next addresses of the subnet: of 10.N.0.0/16 for the Nth that was named. Each /24 keeps its first four and its last, as a
    /// subnet does.
    pub(super) fn addresses(&mut self, id: &str, has_ipv6: bool) -> Addresses {
        let at = self.known.iter().position(|subnet| subnet.id == id).unwrap_or_else(|| {
            self.known.push(Subnet { id: id.to_owned(), given: 0 });
            self.known.len() - 1
        });
        let given = self.known[at].given;
        self.known[at].given += 1;
        let (network, host) = ((given / 251) & 0xff, given % 251 + 4);
        Addresses {
            ipv4: format!("10.{}.{network}.{host}", at & 0xff),
            ipv6: has_ipv6.then(|| format!("2001:db8:{at:x}::{:x}", given + 4)),
        }
    }
}

/// A subnet lies in one zone, always the same.
pub(super) fn zone_of(scope: &Scope, subnet: &str) -> String {
    let zones = ["a", "b", "c"];
    let sum: usize = subnet.bytes().map(usize::from).sum();
    format!("{}{}", scope.region, zones[sum % zones.len()])
}
