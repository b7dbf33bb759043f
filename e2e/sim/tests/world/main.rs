//! The world on its virtual clock: no server, no wall clock.

mod calls;
mod lab;
mod rollouts;
mod services;
