//! EKS: Fargate profiles, their states, and one at a time.

use std::time::Duration;

use aws_sim::world::{Failing, Issue};
use aws_sim::{Api, Config, Error, Scope, Time, World};
use serde_json::{Value, json};

const ROLE: &str = "arn:aws:iam::123456789012:role/pods";

struct Eks(World);

impl Eks {
    fn new() -> Self {
        let config = Config {
            eks_clusters: vec!["main".to_owned()],
            public_subnets: vec!["subnet-public".to_owned()],
            refused_roles: vec![format!("{ROLE}-refused")],
            ..Config::default()
        };
        Self(World::new(config, Time(1_800_000_000_000)))
    }

    fn call(&mut self, operation: &str, request: &Value) -> Result<Value, Error> {
        self.0.call(&Scope::default(), Api::Eks, operation, request)
    }

    fn ok(&mut self, operation: &str, request: &Value) -> Value {
        self.call(operation, request).unwrap_or_else(|error| panic!("{operation} {request}: {error}"))
    }

    fn refused(&mut self, operation: &str, request: &Value) -> (u16, String) {
        match self.call(operation, request) {
            Ok(_) => panic!("{operation} {request} was let through"),
            Err(error) => (error.status, error.to_string()),
        }
    }

    fn pass(&mut self, seconds: u64) {
        self.0.advance(Duration::from_secs(seconds));
    }

    fn status(&mut self, name: &str) -> String {
        match self.call("DescribeFargateProfile", &named(name)) {
            Ok(answer) => answer["fargateProfile"]["status"].as_str().expect("a status").to_owned(),
            Err(error) => error.code,
        }
    }

    fn active(&mut self, name: &str) {
        self.ok("CreateFargateProfile", &profile(name));
        self.pass(120);
        assert_eq!(self.status(name), "ACTIVE", "{name} two minutes after its creation");
    }
}

fn named(name: &str) -> Value {
    json!({"clusterName": "main", "fargateProfileName": name})
}

fn profile(name: &str) -> Value {
    let mut request = named(name);
    request["podExecutionRoleArn"] = json!(ROLE);
    request["selectors"] = json!([{"namespace": "shop-*", "labels": {"tier": "w?b"}}]);
    request
}

fn with(name: &str, member: &str, value: Value) -> Value {
    let mut request = profile(name);
    request[member] = value;
    request
}

#[test]
fn a_profile_comes_and_goes_in_its_time() {
    let mut eks = Eks::new();
    let made = eks.ok("CreateFargateProfile", &with("web", "tags", json!({"team": "a"})));
    let made = &made["fargateProfile"];
    assert_eq!(made["subnets"], json!(["subnet-0a", "subnet-0b"]), "without subnets: the cluster's private ones");
    assert_eq!(made["tags"], json!({"team": "a"}), "its tags are described with it");
    assert_eq!(eks.status("web"), "CREATING");
    eks.pass(30);
    assert_eq!(eks.status("web"), "CREATING", "half a minute is too soon");
    eks.pass(60);
    assert_eq!(eks.status("web"), "ACTIVE");
    let deleted = eks.ok("DeleteFargateProfile", &named("web"));
    assert_eq!(deleted["fargateProfile"]["status"], "DELETING");
    assert_eq!(eks.refused("CreateFargateProfile", &profile("web")).0, 409, "its name is in use until it is gone");
    eks.pass(120);
    assert_eq!(eks.status("web"), "ResourceNotFoundException");
    eks.active("web");
}

#[test]
fn one_at_a_time_comes_or_goes() {
    let mut eks = Eks::new();
    let busy = |verb: &str, status: &str| {
        format!(
            "ResourceInUseException: Cannot {verb} Fargate Profile b because cluster main currently has Fargate profile \
             a in status {status}"
        )
    };
    eks.ok("CreateFargateProfile", &profile("a"));
    assert_eq!(eks.refused("CreateFargateProfile", &profile("b")), (409, busy("create", "CREATING")));
    eks.pass(120);
    eks.active("b");
    eks.ok("DeleteFargateProfile", &named("a"));
    assert_eq!(eks.refused("DeleteFargateProfile", &named("b")), (409, busy("Delete", "DELETING")));
    let (_, refusal) = eks.refused("CreateFargateProfile", &profile("c"));
    assert!(refusal.contains("Fargate profile a in status DELETING"), "{refusal}");
    eks.pass(120);
    eks.ok("DeleteFargateProfile", &named("b"));
}

#[test]
fn what_aws_refuses() {
    let selector = json!({"namespace": "n"});
    let labels: Value = (0..6).map(|n| (format!("l{n}"), json!("v"))).collect::<serde_json::Map<_, _>>().into();
    for (request, expected) in [
        (with("web", "clusterName", json!("other")), "No cluster found for name: other."),
        (with("web", "subnets", json!(["subnet-0a", "subnet-public"])), "Subnet subnet-public provided"),
        (with("web", "selectors", json!([])), "requires at least one selector"),
        (with("web", "selectors", json!([{"labels": {"a": "b"}}])), "at least one namespace value"),
        (with("web", "selectors", json!(vec![selector; 6])), "more than 5 Selectors"),
        (with("web", "selectors", json!([{"namespace": "n", "labels": labels}])), "more than 5 Label pairs"),
        (with("web", "podExecutionRoleArn", json!("pods")), "Invalid Role Arn"),
        (with("web", "podExecutionRoleArn", json!(format!("{ROLE}-refused"))), "Misconfigured PodExecutionRole"),
        (profile("eks-web"), "reserved"),
        (profile("a.b"), "is invalid"),
        (profile(&"a".repeat(101)), "is invalid"),
        (with("web", "tags", json!({"aws:x": "y"})), "reserved"),
    ] {
        let (_, refusal) = Eks::new().refused("CreateFargateProfile", &request);
        assert!(refusal.contains(expected), "{request}: {refusal}");
    }
    let mut eks = Eks::new();
    for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] {
        eks.active(name);
    }
    let (_, refusal) = eks.refused("CreateFargateProfile", &profile("k"));
    assert!(refusal.starts_with("ResourceLimitExceededException"), "the eleventh profile: {refusal}");
}

#[test]
fn a_token_makes_one_profile_for_ever() {
    let mut eks = Eks::new();
    let request = with("web", "clientRequestToken", json!("token"));
    let made = eks.ok("CreateFargateProfile", &request);
    assert_eq!(eks.ok("CreateFargateProfile", &request), made, "the same again");
    let mut other = request.clone();
    other["tags"] = json!({"a": "b"});
    assert!(eks.refused("CreateFargateProfile", &other).1.contains("other parameters"), "the token for something else");
    eks.pass(120);
    eks.ok("DeleteFargateProfile", &named("web"));
    eks.pass(120);
    assert_eq!(eks.ok("CreateFargateProfile", &request), made, "the old token is answered with what is gone");
    assert_eq!(eks.status("web"), "ResourceNotFoundException", "and nothing is made");
}

#[test]
fn creations_and_deletions_fail_on_demand() {
    let mut eks = Eks::new();
    let fail = |eks: &mut Eks, is_creation| {
        let issue = Issue { code: "AccessDenied".to_owned(), message: "not you".to_owned() };
        eks.0.fail_fargate_profile(&Scope::default(), "main", Failing { is_creation, issue }).expect("the cluster");
    };
    fail(&mut eks, true);
    eks.ok("CreateFargateProfile", &profile("web"));
    eks.pass(120);
    let described = eks.ok("DescribeFargateProfile", &named("web"))["fargateProfile"].clone();
    assert_eq!(described["status"], "CREATE_FAILED");
    let issues = json!([{"code": "AccessDenied", "message": "not you", "resourceIds": [ROLE]}]);
    assert_eq!(described["health"]["issues"], issues, "why");
    fail(&mut eks, false);
    eks.ok("DeleteFargateProfile", &named("web"));
    eks.pass(120);
    assert_eq!(eks.status("web"), "DELETE_FAILED");
    eks.ok("DeleteFargateProfile", &named("web"));
    eks.pass(120);
    assert_eq!(eks.status("web"), "ResourceNotFoundException", "the next deletion");
}

#[test]
fn tags_and_pages() {
    let mut eks = Eks::new();
    let arn = |answer: Value| answer["fargateProfile"]["fargateProfileArn"].clone();
    for name in ["a", "b", "c"] {
        eks.active(name);
    }
    let page = eks.ok("ListFargateProfiles", &json!({"clusterName": "main", "maxResults": 2}));
    assert_eq!(page["fargateProfileNames"], json!(["a", "b"]));
    let next = json!({"clusterName": "main", "nextToken": page["nextToken"]});
    assert_eq!(eks.ok("ListFargateProfiles", &next), json!({"fargateProfileNames": ["c"]}));

    let a = arn(eks.ok("DescribeFargateProfile", &named("a")));
    eks.ok("TagResource", &json!({"resourceArn": a, "tags": {"x": "1", "y": "2"}}));
    eks.ok("UntagResource", &json!({"resourceArn": a, "tagKeys": ["x"]}));
    assert_eq!(eks.ok("DescribeFargateProfile", &named("a"))["fargateProfile"]["tags"], json!({"y": "2"}));
    assert_eq!(eks.ok("ListTagsForResource", &json!({"resourceArn": a})), json!({"tags": {"y": "2"}}));
    let gone = format!("{}x", a.as_str().expect("an ARN"));
    assert_eq!(eks.refused("TagResource", &json!({"resourceArn": gone, "tags": {"x": "1"}})).0, 404, "another's ARN");
}

#[test]
fn a_cluster_takes_its_time() {
    let mut eks = Eks::new();
    let request = json!({"name": "new", "roleArn": ROLE, "resourcesVpcConfig": {"subnetIds": ["subnet-1"]}});
    eks.ok("CreateCluster", &request);
    let early = with("web", "clusterName", json!("new"));
    let (_, refusal) = eks.refused("CreateFargateProfile", &early);
    assert!(refusal.contains("Cluster 'new' is not in ACTIVE status"), "{refusal}");
    eks.pass(600);
    assert_eq!(eks.ok("DescribeCluster", &json!({"name": "new"}))["cluster"]["status"], "ACTIVE");
    let made = eks.ok("CreateFargateProfile", &early);
    assert_eq!(made["fargateProfile"]["subnets"], json!(["subnet-1"]));
}
