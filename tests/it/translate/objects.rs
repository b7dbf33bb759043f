//! A namespace with what templates refer to.

use std::collections::BTreeMap;

use ecs_bridge::bridge::translate::{CloudMapName, Context, KnownClients, Logs, Objects, SecretSources, Target};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub const ROLE: &str = "arn:aws:iam::123456789012:role/ecsTaskExecution";
pub const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

fn object<T: DeserializeOwned>(name: &str, value: Value) -> BTreeMap<(String, String), T> {
    let object = serde_json::from_value(value).unwrap_or_else(|error| panic!("{name}: {error}"));
    BTreeMap::from([(("shop".to_owned(), name.to_owned()), object)])
}

/// The namespace `shop`, with a ConfigMap that has a long file.
pub fn context(target: Target, strict: bool, role: bool, config: &str) -> Context {
    let mut objects = Objects {
        services: object("cart", json!({"spec": {"ports": [{"port": 80, "targetPort": 8080}]}})),
        service_accounts: object("web", json!({"metadata": {"annotations": {"eks.amazonaws.com/role-arn": ROLE}}})),
        config_maps: object(
            "app",
            json!({"data": {"KEY": "cart:80", "FROM": "from", "file.txt": config, "no=name": "x"}}),
        ),
        claims: object("shared", json!({"spec": {"volumeName": "efs"}})),
        ..Objects::default()
    };
    // One with a name in AWS Cloud Map.
    let ports = json!([{"port": 80, "targetPort": 8080}, {"port": 81, "targetPort": "admin"}]);
    objects.services.extend(object("redis", json!({"spec": {"ports": ports}})));
    let named = CloudMapName { name: Some("redis.shop.internal".into()), ports: BTreeMap::new() };
    objects.cloud_map_names.insert(("shop".into(), "redis".into()), named);
    objects.config_maps.extend(object("hosts", json!({"data": {"REDIS": "redis:80"}})));
    objects.config_maps.extend(object("binary", json!({"binaryData": {"KEY": "AAEC"}, "data": {"zero": "a\u{0}b"}})));
    objects.config_maps.extend(object("two", json!({"data": {"A": "1", "B": "it's"}})));
    objects.service_accounts.extend(object("plain", json!({})));
    objects.pod_identities.insert(("shop".into(), "associated".into()), ROLE.into());
    objects.secret_keys.extend(object("db", json!(["password", "user"])));
    let efs = json!({"spec": {"csi": {"driver": "efs.csi.aws.com", "volumeHandle": "fs-0123::fsap-4567"}}});
    objects.volumes.insert("efs".into(), serde_json::from_value(efs).expect("a volume"));
    let ebs = json!({"spec": {"csi": {"driver": "ebs.csi.aws.com", "volumeHandle": "vol-1"}, "claimRef": {"namespace": "shop", "name": "disk"}}});
    objects.volumes.insert("ebs".into(), serde_json::from_value(ebs).expect("a volume"));
    let mappings = ["db/password", "db/user", "pull"].map(|name| format!("{name}={SECRET}"));
    Context {
        namespace: "shop".into(),
        target,
        strict,
        execution_role: role.then(|| ROLE.to_owned()),
        logs: role.then(|| Logs { group: "shop".into(), region: "us-east-1".into() }),
        secrets: SecretSources::parse(&mappings).expect("mappings"),
        clients: KnownClients::parse(&["nginx=curl".into()]).expect("clients"),
        objects,
        ..Context::default()
    }
}

/// On Fargate, with an execution role.
pub fn shop() -> Context {
    context(Target::Fargate, false, true, "long")
}
