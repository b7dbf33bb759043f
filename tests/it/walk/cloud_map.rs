//! Every field of `CloudMapService`.

use ecs_bridge::{engine::compare::Rule, kinds::cloud_map_service::CloudMapService};
use serde_json::{Value, json};

use super::{
    Excluded, Table,
    row::{Particular, Walk, with},
    walk_all,
};
use crate::plan::{Aws, cloud_map::of, sample::Sample};

impl Walk for CloudMapService {
    const DEFAULTS: &'static [Rule] = &[];

    fn aws() -> Aws {
        <CloudMapService as Sample>::aws()
    }

    fn take(dump: &mut Value, _: &Self::Report) -> Value {
        dump["cloudMapServices"]["web.shop"].take()
    }
}

#[test]
fn every_field_of_a_cloud_map_service() {
    const AT_CREATION: &str = "AWS takes it at creation only: the CRD refuses its change";
    walk_all::<CloudMapService>(&Table {
        samples: vec![of(json!({"Description": "of the shop", "Tags": [{"Key": "team", "Value": "shop"}]}))],
        particulars: vec![
            ("Tags[].Value", with("Tags[]")),
            // A record without it is none, and AWS takes records at creation only.
            (
                "DnsConfig.DnsRecords[].TTL",
                Particular::default().no_removal("CannotChange", "DnsRecord, AWS Cloud Map API Reference"),
            ),
        ],
        excluded: vec![
            Excluded("DnsConfig.RoutingPolicy", AT_CREATION, "DnsConfig, AWS Cloud Map API Reference"),
            Excluded("DnsConfig.DnsRecords[].Type", AT_CREATION, "DnsRecord, AWS Cloud Map API Reference"),
            Excluded(
                "DnsConfig.NamespaceId",
                "AWS no longer offers it: the CRD refuses it",
                "DnsConfig, AWS Cloud Map API Reference",
            ),
        ],
        immutable: vec!["HealthCheckCustomConfig", "Name", "NamespaceId", "Type"],
    });
}
