//! What the plan of a cluster does, scene by scene.

use ecs_bridge::{
    engine::{ObjectKey, Offer},
    kinds::ecs_cluster::EcsCluster,
};
use serde_json::{Value, json};

use super::script::{
    Says::{No, Yes},
    Scene, Script, hold, ours, owned_by,
};
use super::service::with;

fn cluster(more: Value) -> Value {
    let base = json!({"clusterArn": "arn:aws:ecs:us-east-1:1:cluster/shop_web", "clusterName": "shop_web", "status": "ACTIVE",
        "settings": [{"name": "containerInsights", "value": "disabled"}], "capacityProviders": [], "defaultCapacityProviderStrategy": [],
        "tags": ours("EcsCluster", "key", "value")});
    with(base, &more)
}

fn insights(value: &str) -> (&'static str, super::script::Says) {
    ("ListAccountSettings", Yes(json!({"settings": [{"name": "containerInsights", "value": value}]})))
}

fn has(more: Value) -> Script {
    vec![("DescribeClusters", Yes(json!({"clusters": [cluster(more)]}))), insights("disabled")]
}

fn none() -> Script {
    vec![("DescribeClusters", Yes(json!({"failures": [{"reason": "MISSING"}]}))), insights("disabled")]
}

fn and(mut script: Script, more: Script) -> Script {
    script.extend(more);
    script
}

/// Of what sort these providers are.
fn of_sorts(providers: &[(&str, &str)]) -> (&'static str, super::script::Says) {
    let described: Vec<Value> = providers.iter().map(|(name, of)| json!({"name": name, "type": of})).collect();
    ("DescribeCapacityProviders", Yes(json!({"capacityProviders": described})))
}

/// What `EcsCapacityProvider/workers` brings to the cluster.
fn offered(attaches: bool, withdrawn: bool) -> Offer {
    Offer { what: json!({"name": "shop_workers", "attaches": attaches}), withdrawn }
}

fn with_provider(mut scene: Scene<EcsCluster>, offer: Offer) -> Scene<EcsCluster> {
    let key = ObjectKey { kind: "EcsCapacityProvider", name: "workers".to_owned() };
    scene.object.env.children = Some([(key, offer)].into());
    scene
}

#[test]
fn the_plan_of_a_cluster() {
    let memo = || json!({"name": "shop_web", "applied": {"hash": "of before", "generation": 1}});
    let updated = |more: Value| ("UpdateCluster", Yes(json!({"cluster": cluster(more)})));
    let namespace = "arn:aws:servicediscovery:us-east-1:1:namespace/ns-1";
    let connect = json!({"serviceConnectDefaults": {"namespace": "internal"}});
    let storage = json!({"configuration": {"managedStorageConfiguration": {"kmsKeyId": "key"}}});
    type S = Scene<EcsCluster>;
    let scenes = vec![
        S::new("nothing is there", json!({}), none()),
        S::new(
            "AWS has made it, and does not show it yet",
            json!({}),
            and(none(), vec![("CreateCluster", Yes(json!({"cluster": cluster(json!({}))})))]),
        ),
        S::new(
            "made, and shown",
            json!({}),
            vec![
                ("DescribeClusters", Yes(json!({}))),
                ("DescribeClusters", Yes(json!({"clusters": [cluster(json!({}))]}))),
                insights("disabled"),
                ("CreateCluster", Yes(json!({}))),
            ],
        ),
        S::new(
            "AWS answers with one that is another's",
            json!({}),
            vec![
                ("DescribeClusters", Yes(json!({}))),
                ("DescribeClusters", Yes(json!({"clusters": [cluster(json!({"tags": []}))]}))),
                insights("disabled"),
                ("CreateCluster", Yes(json!({}))),
            ],
        ),
        S::new("INACTIVE is absent", json!({}), has(json!({"status": "INACTIVE"}))),
        S::new("PROVISIONING", json!({}), has(json!({"status": "PROVISIONING"}))),
        S::new("DEPROVISIONING", json!({}), has(json!({"status": "DEPROVISIONING"}))),
        S::new("FAILED", json!({}), has(json!({"status": "FAILED"}))).memo(memo()),
        S::new("in sync", json!({}), has(json!({}))).memo(memo()),
        S::new(
            "the account's Container Insights are on, the cluster's off",
            json!({}),
            vec![("DescribeClusters", Yes(json!({"clusters": [cluster(json!({}))]}))), insights("enabled")],
        )
        .memo(memo()),
        S::new(
            "Container Insights by the spec",
            json!({"settings": [{"name": "containerInsights", "value": "enhanced"}]}),
            has(json!({})),
        )
        .memo(memo()),
        S::new(
            "a namespace by its name",
            connect.clone(),
            and(has(json!({})), vec![updated(json!({"serviceConnectDefaults": {"namespace": namespace}}))]),
        )
        .memo(memo()),
        S::new(
            "a namespace whose ARN is known",
            connect.clone(),
            has(json!({"serviceConnectDefaults": {"namespace": namespace}})),
        )
        .memo(json!({"name": "shop_web", "resolved": {"internal": namespace}})),
        S::new(
            "a namespace that was changed behind the object's back",
            connect,
            has(json!({"serviceConnectDefaults": {"namespace": "arn:other"}})),
        )
        .memo(json!({"name": "shop_web", "resolved": {"internal": namespace}})),
        S::new("a namespace no more", json!({}), has(json!({"serviceConnectDefaults": {"namespace": namespace}})))
            .memo(memo()),
        S::new(
            "execute command no more",
            json!({}),
            has(json!({"configuration": {"executeCommandConfiguration": {"logging": "NONE"}}})),
        )
        .memo(memo()),
        S::new("managed storage", storage.clone(), has(json!({}))).memo(memo()),
        S::new("managed storage no more", json!({}), has(storage)).memo(memo()),
        S::new(
            "providers in another order",
            json!({"capacityProviders": ["FARGATE_SPOT", "FARGATE"]}),
            has(json!({"capacityProviders": ["FARGATE", "FARGATE_SPOT"]})),
        )
        .memo(memo()),
        S::new(
            "providers no more",
            json!({}),
            and(
                has(json!({"capacityProviders": ["FARGATE"],
                    "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1, "base": 0}]})),
                vec![of_sorts(&[("FARGATE", "FARGATE")])],
            ),
        )
        .memo(memo()),
        S::new(
            "another provider while it is busy",
            json!({"capacityProviders": ["FARGATE"]}),
            and(
                has(json!({})),
                vec![(
                    "PutClusterCapacityProviders",
                    No("UpdateInProgressException", "The specified cluster is in a busy state."),
                )],
            ),
        )
        .memo(memo()),
        S::new(
            "a provider that does not exist",
            json!({"capacityProviders": ["nope"]}),
            and(
                has(json!({})),
                vec![(
                    "PutClusterCapacityProviders",
                    No("InvalidParameterException", "The specified capacity provider was not found."),
                )],
            ),
        )
        .memo(memo()),
        S::new(
            "one that attached itself",
            json!({}),
            and(has(json!({"capacityProviders": ["instances"]})), vec![of_sorts(&[("instances", "MANAGED_INSTANCES")])]),
        )
        .memo(memo()),
        S::new(
            "one that attached itself, and another provider",
            json!({"capacityProviders": ["FARGATE"]}),
            and(has(json!({"capacityProviders": ["instances"]})), vec![of_sorts(&[("instances", "MANAGED_INSTANCES")])]),
        )
        .memo(memo()),
        with_provider(S::new("a provider of the namespace", json!({}), has(json!({}))).memo(memo()), offered(true, false)),
        with_provider(
            S::new("it is attached", json!({}), has(json!({"capacityProviders": ["shop_workers"]})))
                .memo(with(memo(), &json!({"attached": ["shop_workers"]}))),
            offered(true, false),
        ),
        with_provider(
            S::new(
                "it is deleted",
                json!({"defaultCapacityProviderStrategy": [{"capacityProvider": "shop_workers", "weight": 1}]}),
                has(json!({"capacityProviders": ["shop_workers"],
                    "defaultCapacityProviderStrategy": [{"capacityProvider": "shop_workers", "weight": 1, "base": 0}]})),
            )
            .memo(with(memo(), &json!({"attached": ["shop_workers"]}))),
            offered(true, true),
        ),
        with_provider(
            S::new(
                "it is deleted, and in use",
                json!({}),
                and(
                    has(json!({"capacityProviders": ["shop_workers"]})),
                    vec![(
                        "PutClusterCapacityProviders",
                        No("ResourceInUseException", "The specified capacity provider is in use and cannot be removed."),
                    )],
                ),
            )
            .memo(with(memo(), &json!({"attached": ["shop_workers"]}))),
            offered(true, true),
        ),
        with_provider(
            S::new(
                "a strategy by the object's name",
                json!({"defaultCapacityProviderStrategy": [{"capacityProvider": "EcsCapacityProvider/workers", "weight": 1}]}),
                has(json!({"capacityProviders": ["shop_workers"]})),
            )
            .memo(with(memo(), &json!({"attached": ["shop_workers"]}))),
            offered(true, false),
        ),
        with_provider(
            S::new(
                "a strategy whose provider is not there yet",
                json!({"defaultCapacityProviderStrategy": [{"capacityProvider": "EcsCapacityProvider/workers", "weight": 1}]}),
                has(json!({})),
            )
            .memo(memo()),
            Offer::default(),
        ),
        S::new(
            "a strategy whose provider is no object",
            json!({"defaultCapacityProviderStrategy": [{"capacityProvider": "EcsCapacityProvider/workers", "weight": 1}]}),
            has(json!({})),
        )
        .memo(memo()),
        with_provider(
            S::new("a provider whose name is not known yet may be one that is there", json!({}), and(
                has(json!({"capacityProviders": ["shop_workers"]})), vec![of_sorts(&[("shop_workers", "EC2_AUTOSCALING")])])).memo(memo()),
            Offer::default(),
        ),
        S::new(
            "one that was retained stays",
            json!({}),
            has(json!({"capacityProviders": ["shop_workers"]})),
        )
        .memo(with(memo(), &json!({"attached": ["shop_workers"]}))),
        with_provider(
            S::new("deleted together with its provider", json!({}), has(json!({"capacityProviders": ["shop_workers"]}))).deleted(),
            offered(true, true),
        ),
        with_provider(
            S::new("deleted, and let go of its provider", json!({}), has(json!({}))).deleted(),
            offered(true, true),
        ),
        S::new("nobody's", json!({}), has(json!({"tags": []}))),
        S::new(
            "nobody's, with leave to adopt",
            json!({"management": {"adoption": "Adopt"}}),
            and(has(json!({"tags": []})), vec![("TagResource", Yes(json!({})))]),
        ),
        S::new(
            "another object's, with leave to adopt",
            json!({"management": {"adoption": "Adopt"}}),
            has(json!({"tags": owned_by("owner-1", "EcsCluster", "shop", "other", "key", "value")})),
        ),
        S::new(
            "deleted",
            json!({}),
            and(
                has(json!({})),
                vec![("DeleteCluster", Yes(json!({"cluster": cluster(json!({"status": "INACTIVE"}))})))],
            ),
        )
        .deleted(),
        S::new(
            "deleted, and it takes time",
            json!({}),
            and(
                has(json!({})),
                vec![("DeleteCluster", Yes(json!({"cluster": cluster(json!({"status": "DEPROVISIONING"}))})))],
            ),
        )
        .deleted(),
        S::new(
            "deleted, with services in it",
            json!({}),
            and(
                has(json!({})),
                vec![(
                    "DeleteCluster",
                    No("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active."),
                )],
            ),
        )
        .deleted(),
        S::new(
            "deleted and retained",
            json!({"management": {"deletion": "Retain"}}),
            and(has(json!({})), vec![("UntagResource", Yes(json!({})))]),
        )
        .deleted(),
        S::new("deleted, and another's", json!({}), has(json!({"tags": []}))).deleted(),
        S::new("deleted, and gone before", json!({}), none()).deleted(),
    ];
    hold(scenes, include_str!("golden/cluster.txt"), "cluster.txt");
}
