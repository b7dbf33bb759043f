//! What the AWS shell tells the operator, and asks of it.

use std::{sync::Arc, time::Duration};

use super::{lease::Leadership, metrics::Metrics};
use crate::{
    aws::{self, Category},
    engine::Operation,
};

/// Counts calls, and lets no write begin without the lease.
pub struct Observer {
    metrics: Metrics,
    leadership: Leadership,
}

impl Observer {
    pub fn new(metrics: &Metrics, leadership: &Leadership) -> Arc<Self> {
        Arc::new(Observer { metrics: metrics.clone(), leadership: leadership.clone() })
    }
}

impl aws::Observer for Observer {
    fn called(&self, operation: Operation, result: &'static str, took: Duration) {
        self.metrics.called(operation, result, took);
    }

    fn waited(&self, category: Category, waited: Duration) {
        self.metrics.waited(category, waited);
    }

    fn heard(&self, messages: usize) {
        self.metrics.heard(messages);
    }

    fn may_begin(&self) -> bool {
        self.leadership.may_write()
    }
}
