//! AWS STS: `GetCallerIdentity`.

use serde_json::{Value, json};

use super::Region;

pub(crate) fn get_caller_identity(region: &Region) -> Value {
    let account = &region.scope.account;
    json!({
        "UserId": "AIDAAWSSIMTESTDOUBLE1",
        "Account": account,
        "Arn": format!("arn:aws:iam::{account}:user/aws-sim"),
    })
}
