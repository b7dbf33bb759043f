//! aws-sim
