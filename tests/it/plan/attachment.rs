//! A cluster and a capacity provider whose `clusterRef` names it: each hears of the other what the operator's shell would tell it.

use std::time::Duration;

use ecs_bridge::{
    engine::{Kind, ObjectKey, Offer, Outcome, Referent, outcome::State, reason},
    kinds::{ecs_capacity_provider::EcsCapacityProvider, ecs_cluster::EcsCluster, ecs_service::EcsService},
};
use serde_json::{Value, json};

use super::{
    Aws, Object,
    capacity_provider::{group, managed},
    object::{self, is_ready},
    service::{ec2, with},
};

fn key(kind: &'static str, name: &str) -> ObjectKey {
    ObjectKey { kind, name: name.to_owned() }
}

/// The objects of a namespace, and which of them are deleted.
struct Namespace {
    aws: Aws,
    cluster: Option<Object<EcsCluster>>,
    provider: Option<Object<EcsCapacityProvider>>,
    cluster_goes: bool,
    provider_goes: bool,
    /// Whether every object has been listed.
    listed: bool,
}

impl Namespace {
    fn new(cluster: Value, provider: Value) -> Self {
        Namespace {
            aws: Aws::default(),
            cluster: Some(Object::named("main", cluster)),
            provider: Some(Object::named("workers", with(provider, &json!({"clusterRef": {"name": "main"}})))),
            cluster_goes: false,
            provider_goes: false,
            listed: true,
        }
    }

    /// What the operator's shell would tell each of the other.
    fn tell(&mut self) {
        if let Some(cluster) = &mut self.cluster {
            let offer = self.provider.as_ref().map(|provider| EcsCapacityProvider::offers(&provider.status()));
            let children = offer.map(|offer| (key(EcsCapacityProvider::KIND, "workers"), offer)).into_iter();
            cluster.env.children = self.listed.then(|| children.collect());
        }
        if let Some(provider) = &mut self.provider {
            let referent = self.cluster.as_ref().map(|cluster| Referent {
                deleting: self.cluster_goes,
                exports: EcsCluster::exports(&cluster.status()),
            });
            provider.env.references =
                referent.map(|referent| (key(EcsCluster::KIND, "main"), referent)).into_iter().collect();
        }
    }

    /// One pass of each, with what the operator's gate holds back.
    fn round(&mut self) -> [Option<Outcome>; 2] {
        self.tell();
        let held = |offer: &Offer| !offer.withdrawn;
        let mut ends = [None, None];
        if let Some(cluster) = &mut self.cluster
            && !(self.cluster_goes && cluster.env.children.iter().flatten().any(|(_, offer)| held(offer)))
        {
            ends[0] = Some(cluster.pass(&self.aws, self.cluster_goes).expect("the cluster rests"));
        }
        if ends[0].as_ref().is_some_and(|outcome| outcome.state == State::Gone) {
            self.cluster = None;
        }
        self.tell();
        if let Some(provider) = &mut self.provider {
            ends[1] = Some(provider.pass(&self.aws, self.provider_goes).expect("the provider rests"));
        }
        if ends[1].as_ref().is_some_and(|outcome| outcome.state == State::Gone) {
            self.provider = None;
        }
        self.aws.advance(Duration::from_secs(5));
        ends
    }

    /// Rounds until both are as they should be.
    fn until(&mut self, what: &str, is_so: impl Fn(&Self, &[Option<Outcome>; 2]) -> bool) {
        let mut last = [None, None];
        for _ in 0..60 {
            last = self.round();
            if is_so(self, &last) {
                return;
            }
        }
        panic!("{what}: it does not come to that, the last was {last:?}");
    }

    fn ready(&mut self) {
        self.until("both are ready", |_, ends| ends.iter().all(|end| end.as_ref().is_some_and(is_ready)));
        self.aws.take_calls();
        self.round();
        assert_eq!(self.aws.take_writes(), [""; 0], "a pass wrote after all was ready");
    }

    /// The cluster's providers and its default strategy.
    fn lists(&self) -> (Vec<String>, Vec<String>) {
        let cluster = self.aws.ecs("DescribeClusters", json!({"clusters": ["shop_main"]}))["clusters"][0].take();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let providers = cluster["capacityProviders"].as_array().expect("a list").iter().map(text).collect();
        let strategy = cluster["defaultCapacityProviderStrategy"].as_array().expect("a list");
        (providers, strategy.iter().map(|item| text(&item["capacityProvider"])).collect())
    }
}

const BY_NAME: &str = "EcsCapacityProvider/workers";

fn strategy(provider: &str) -> Value {
    json!({"defaultCapacityProviderStrategy": [{"capacityProvider": provider, "weight": 1}]})
}

#[test]
fn a_cluster_attaches_the_provider_of_a_group_and_lets_go_of_it() {
    for named in [BY_NAME, "shop_workers"] {
        let fargate = json!({"capacityProviders": ["FARGATE"]});
        let mut namespace = Namespace::new(fargate.clone(), group(json!({})));
        namespace.ready();
        assert_eq!(namespace.lists().0, ["FARGATE", "shop_workers"]);
        namespace.cluster.as_mut().expect("a cluster").apply(with(fargate, &strategy(named)));
        namespace.ready();
        assert_eq!(namespace.lists().1, ["shop_workers"], "{named}");

        namespace.provider_goes = true;
        namespace.until("the provider is gone", |namespace, _| namespace.provider.is_none());
        let provider = namespace.aws.ecs("DescribeCapacityProviders", json!({"capacityProviders": ["shop_workers"]}));
        assert_eq!(provider["capacityProviders"][0]["status"], "INACTIVE");
        assert_eq!(namespace.lists(), (vec!["FARGATE".to_owned()], vec![]));
        assert!(!namespace.aws.take_calls().iter().any(|made| made.operation == "DeleteCluster"));
        let memo = &namespace.cluster.as_ref().expect("a cluster").memo;
        assert_eq!(memo.get("attached"), None, "what it let go of is on record no more");
    }
}

#[test]
fn managed_instances_attach_themselves_and_are_no_drift() {
    let mut instances = managed("", json!({}));
    instances.as_object_mut().expect("a spec").remove("cluster");
    let spec = with(json!({"capacityProviders": ["FARGATE"]}), &strategy(BY_NAME));
    let mut namespace = Namespace::new(spec, instances);
    namespace.ready();
    assert_eq!(
        namespace.lists(),
        (vec!["FARGATE".to_owned(), "shop_workers".to_owned()], vec!["shop_workers".to_owned()])
    );
    // Another change of the lists takes them along.
    namespace.cluster.as_mut().expect("a cluster").apply(json!({"capacityProviders": ["FARGATE", "FARGATE_SPOT"]}));
    namespace.ready();
    assert_eq!(namespace.lists().0, ["FARGATE", "FARGATE_SPOT", "shop_workers"]);

    namespace.cluster.as_mut().expect("a cluster").apply(strategy("shop_workers"));
    namespace.ready();
    namespace.provider_goes = true;
    namespace.until("the provider is gone", |namespace, _| namespace.provider.is_none());
    assert_eq!(namespace.lists(), (vec![], vec![]));
}

#[test]
fn both_are_deleted_at_once() {
    let mut instances = managed("", json!({}));
    instances.as_object_mut().expect("a spec").remove("cluster");
    for provider in [group(json!({})), instances] {
        for management in [json!({}), json!({"deletion": "Retain"})] {
            let mut namespace =
                Namespace::new(with(strategy(BY_NAME), &json!({"management": management})), provider.clone());
            namespace.ready();
            (namespace.cluster_goes, namespace.provider_goes) = (true, true);
            namespace
                .until("both are gone", |namespace, _| namespace.provider.is_none() && namespace.cluster.is_none());
        }
    }
}

#[test]
fn the_cluster_goes_on_with_a_provider_that_was_retained() {
    let mut namespace =
        Namespace::new(json!({}), with(group(json!({})), &json!({"management": {"deletion": "Retain"}})));
    namespace.ready();
    namespace.provider_goes = true;
    namespace.until("the object is gone", |namespace, _| namespace.provider.is_none());
    for _ in 0..3 {
        namespace.round();
    }
    assert_eq!(namespace.lists().0, ["shop_workers"], "production runs on it");
    // Its name in the spec makes it the spec's own.
    for (spec, expected) in
        [(json!({"capacityProviders": ["shop_workers"]}), vec!["shop_workers"]), (json!({}), vec![])]
    {
        namespace.cluster.as_mut().expect("a cluster").apply(spec);
        namespace.until("in sync", |_, ends| ends[0].as_ref().is_some_and(is_ready));
        assert_eq!(namespace.lists().0, expected);
    }
}

#[test]
fn nothing_is_detached_before_every_object_is_known() {
    let mut namespace =
        Namespace::new(with(json!({"capacityProviders": ["FARGATE"]}), &strategy(BY_NAME)), group(json!({})));
    namespace.cluster.as_mut().expect("a cluster").apply(strategy(BY_NAME));
    namespace.ready();
    let (lists, memo) = (namespace.lists(), namespace.cluster.as_ref().expect("a cluster").memo.clone());
    // After a restart, before the providers have been listed; and then before any of them has been looked at.
    let provider = namespace.provider.take();
    namespace.listed = false;
    let ends = namespace.round();
    assert!(ends[0].as_ref().is_some_and(is_ready), "{ends:?}");
    (namespace.listed, namespace.provider) = (true, provider);
    let provider = namespace.provider.as_mut().expect("a provider");
    let (status, report) = (std::mem::take(&mut provider.memo), std::mem::take(&mut provider.report));
    namespace.cluster.as_mut().expect("a cluster").memo = Value::Null;
    namespace.tell();
    namespace.cluster.as_mut().expect("a cluster").pass(&namespace.aws, false).expect("a rest");
    assert_eq!(namespace.lists(), lists, "a provider that nobody knew yet was detached");
    let provider = namespace.provider.as_mut().expect("a provider");
    (provider.memo, provider.report) = (status, report);
    namespace.ready();
    assert_eq!(namespace.cluster.as_ref().expect("a cluster").memo["attached"], memo["attached"]);
}

#[test]
fn a_change_behind_the_cluster_s_back_is_put_back_or_reported() {
    for (drift, expected) in [("Correct", vec!["shop_workers"]), ("Report", vec!["FARGATE_SPOT"])] {
        let mut namespace = Namespace::new(json!({"management": {"drift": drift}}), group(json!({})));
        namespace.ready();
        let theirs = json!({"cluster": "shop_main", "capacityProviders": ["FARGATE_SPOT"], "defaultCapacityProviderStrategy": []});
        namespace.aws.ecs("PutClusterCapacityProviders", theirs);
        for _ in 0..4 {
            namespace.round();
        }
        assert_eq!(namespace.lists().0, expected, "{drift}");
    }
    // What an object brings is no drift.
    let mut namespace = Namespace::new(json!({"management": {"drift": "Report"}}), group(json!({})));
    let provider = namespace.provider.take();
    namespace.until("the cluster alone", |_, ends| ends[0].as_ref().is_some_and(is_ready));
    namespace.provider = provider;
    namespace.ready();
    assert_eq!(namespace.lists().0, ["shop_workers"]);
}

#[test]
fn a_strategy_waits_for_its_provider_and_names_it() {
    let mut namespace = Namespace::new(strategy("EcsCapacityProvider/others"), group(json!({})));
    namespace.until("it says so", |_, ends| {
        ends[0].as_ref().is_some_and(|end| object::reason(end) == reason::REFERENCE_NOT_FOUND)
    });
    for _ in 0..4 {
        namespace.round();
    }
    assert_eq!(namespace.lists().0, ["shop_workers"], "what is there is attached meanwhile");
}

/// A service of somebody's that is no object.
#[test]
fn a_provider_in_use_is_not_let_go_and_both_say_so() {
    let mut namespace = Namespace::new(json!({}), group(json!({})));
    namespace.ready();
    let aws = &namespace.aws;
    aws.ecs("RegisterTaskDefinition", with(ec2("nginx:1"), &json!({"family": "theirs"})));
    let service = json!({"cluster": "shop_main", "serviceName": "theirs", "taskDefinition": "theirs", "desiredCount": 0,
        "capacityProviderStrategy": [{"capacityProvider": "shop_workers", "weight": 1}]});
    aws.ecs("CreateService", service);
    namespace.provider_goes = true;
    namespace.until("the cluster says so", |_, ends| {
        ends[0].as_ref().is_some_and(|end| object::reason(end) == reason::IN_USE)
    });
    let ends = namespace.round();
    let why = object::why(ends[1].as_ref().expect("a rest")).expect("a reason");
    assert_eq!(why.reason, reason::DELETING);
    assert!(why.message.contains("EcsCluster/main"), "it does not name whom it waits for: {}", why.message);
    namespace.aws.ecs("DeleteService", json!({"cluster": "shop_main", "service": "theirs", "force": true}));
    namespace.until("the provider is gone", |namespace, _| namespace.provider.is_none());
}

#[test]
fn a_provider_waits_for_the_services_that_name_it() {
    let mut namespace = Namespace::new(json!({}), group(json!({})));
    namespace.ready();
    let strategy = |provider: &str| json!({"capacityProviderStrategy": [{"capacityProvider": provider, "weight": 1}]});
    let base = json!({"cluster": "shop_main", "desiredCount": 0, "taskDefinition": ec2("nginx:1")});
    let provider = namespace.provider.as_mut().expect("a provider");
    let exports = EcsCapacityProvider::exports(&provider.status());

    // By the object's name it is a reference; by AWS's name or its ARN, something that both hold.
    let by_object = with(base.clone(), &strategy(BY_NAME));
    let mut web = Object::<EcsService>::new(by_object);
    assert_eq!(EcsService::references(&web.spec), [key(EcsCapacityProvider::KIND, "workers")]);
    let outcome = web.pass(&namespace.aws, false).expect("a rest");
    assert_eq!(object::reason(&outcome), reason::REFERENCE_NOT_FOUND, "{outcome:?}");
    let referent = Referent { deleting: false, exports };
    web.env.references.insert(key(EcsCapacityProvider::KIND, "workers"), referent);
    web.ready(&namespace.aws);
    let described = namespace.aws.ecs("DescribeServices", json!({"cluster": "shop_main", "services": ["shop_web"]}));
    assert_eq!(described["services"][0]["capacityProviderStrategy"][0]["capacityProvider"], "shop_workers");
    // After a restart the provider may not have been listed yet.
    web.env.references.clear();
    namespace.aws.take_calls();
    web.ready(&namespace.aws);
    assert_eq!(namespace.aws.take_writes(), [""; 0], "a provider that was not listed yet changed the service");

    for name in ["shop_workers", "arn:aws:ecs:us-east-1:123456789012:capacity-provider/shop_workers"] {
        let holder = Object::<EcsService>::new(with(base.clone(), &strategy(name)));
        let provider = namespace.provider.as_ref().expect("a provider");
        let held = holder.holds().into_iter().find(|thing| provider.leftovers().contains(thing));
        let thing = held.unwrap_or_else(|| panic!("{name}: the service does not hold {:?}", provider.leftovers()));
        let provider = namespace.provider.as_mut().expect("a provider");
        provider.env.shared.insert(thing, [key(EcsService::KIND, "web")].into());
    }
    namespace.provider_goes = true;
    let ends = namespace.round();
    let why = object::why(ends[1].as_ref().expect("a rest")).expect("a reason");
    assert_eq!(why.reason, reason::WAITING_FOR_CHILDREN);
    assert!(why.message.contains("EcsService/web"), "it does not name whom it waits for: {}", why.message);
    assert_eq!(namespace.lists().0, ["shop_workers"], "it is in use as long as it waits");
    assert_eq!(web.delete(&namespace.aws).state, State::Gone);
    namespace.provider.as_mut().expect("a provider").env.shared.clear();
    namespace.until("the provider is gone", |namespace, _| namespace.provider.is_none());
}

#[test]
fn a_provider_that_another_cluster_has_is_told_and_tried_again() {
    let mut namespace = Namespace::new(json!({}), group(json!({})));
    namespace.ready();
    let theirs = json!({"clusterName": "theirs", "capacityProviders": ["shop_workers"]});
    namespace.aws.ecs("CreateCluster", theirs);
    namespace.provider_goes = true;
    namespace.until("it says so", |_, ends| {
        ends[1].as_ref().is_some_and(|end| object::reason(end) == reason::DELETION_FAILED)
    });
    let ends = namespace.round();
    let why = object::why(ends[1].as_ref().expect("a rest")).expect("a reason");
    assert!(why.message.contains("theirs"), "AWS's reason is not told: {}", why.message);
    let empty = json!({"cluster": "theirs", "capacityProviders": [], "defaultCapacityProviderStrategy": []});
    namespace.aws.ecs("PutClusterCapacityProviders", empty);
    namespace.until("the provider is gone", |namespace, _| namespace.provider.is_none());
}
