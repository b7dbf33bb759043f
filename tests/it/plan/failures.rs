//! What other operators got wrong (aws-semantics.md), a test each, by number.
