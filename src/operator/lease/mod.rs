//! Leader election: of several operators under one Lease, one works.

pub mod decide;
