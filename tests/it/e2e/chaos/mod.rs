//! Everything fails, with the real binary on a real API server (`make chaos`). The oracle is never the log: it is what AWS has, how often
//! it was changed, and whether the statuses told the truth, against the same life without a fault.

mod answers;
mod life;
mod others;
mod past;
mod restarts;
mod transitions;
