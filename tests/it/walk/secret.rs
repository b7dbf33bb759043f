//! Every field of `SecretsManagerSecret`.

use ecs_bridge::{engine::compare::Rule, kinds::secrets_manager_secret::SecretsManagerSecret};
use serde_json::{Value, json};

use super::{
    Table,
    row::{Walk, with},
    walk_all,
};
use crate::plan::{Aws, sample::Sample};

impl Walk for SecretsManagerSecret {
    const DEFAULTS: &'static [Rule] = &[];

    fn aws() -> Aws {
        <SecretsManagerSecret as Sample>::aws()
    }

    fn take(dump: &mut Value, _: &Self::Report) -> Value {
        dump["secrets"]["shop_web"].take()
    }
}

#[test]
fn every_field_of_a_secret() {
    walk_all::<SecretsManagerSecret>(&Table {
        samples: vec![json!({
            "Description": "of the shop",
            "KmsKeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
            "Tags": [{"Key": "team", "Value": "shop"}],
            "secretRef": {"name": "db"},
        })],
        particulars: vec![("Tags[].Value", with("Tags[]"))],
        excluded: vec![],
        immutable: vec!["Name"],
    });
}
