//! The projections and comparisons on AWS's own words: the examples of its API references, as botocore ships them.

use ecs_bridge::{
    engine::{Answer, Asked, Call, Env, Goal, Identity, Kind, Next, roles::RolePatterns},
    kinds::{
        common::task_definition,
        ecr_repository::{self, EcrRepository},
        ecs_service::{self, EcsService},
    },
    model::ecs,
};
use serde_json::{Value, json};

pub fn examples(service: &str) -> Value {
    let text = match service {
        "ecs" => include_str!("data/aws-examples/ecs.json"),
        _ => include_str!("data/aws-examples/ecr.json"),
    };
    let mut examples = serde_json::from_str(text).expect("botocore's examples are JSON");
    on_the_wire(&mut examples);
    examples
}

/// The references print times as text; on the wire they are seconds since 1970.
fn on_the_wire(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok()) {
                    Some(time) if name.ends_with("At") => *member = json!(time.as_second()),
                    _ => on_the_wire(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(on_the_wire),
        _ => {}
    }
}

fn env(kind: &'static str) -> Env {
    Env {
        identity: Identity {
            owner_id: "owner".to_owned(),
            kind,
            namespace: "shop".to_owned(),
            name: "web".to_owned(),
            uid: "uid".to_owned(),
        },
        generation: 1,
        annotations: std::collections::BTreeMap::new(),
        name_prefix: String::new(),
        reads_secrets: true,
        eks_cluster_name: Some("main".to_owned()),
        adopt_from: None,
        management: ecs_bridge::engine::Management::default(),
        references: std::collections::BTreeMap::new(),
        children: Some(std::collections::BTreeMap::new()),
        holds: Vec::new(),
        shared: std::collections::BTreeMap::new(),
        allowed_roles: RolePatterns::parse(["*"]).expect("a pattern"),
    }
}

/// Carries a kind whose every write is answered with `answer`; gives the calls that it made.
fn carry<K: Kind>(spec: &K::Spec, answer: impl Fn(&Call) -> Option<Value>) -> Vec<String> {
    let (env, mut facts, mut memo, mut made) = (env(K::KIND), K::Facts::default(), K::Memo::default(), Vec::new());
    for _ in 0..20 {
        match K::plan(Goal::Present(spec), &env, &facts, &memo, jiff::Timestamp::UNIX_EPOCH) {
            Next::Remember(next) => memo = next,
            Next::Read(queries) => {
                for query in &queries {
                    let call = K::read(query);
                    let output =
                        answer(&call).unwrap_or_else(|| panic!("nothing answers {} {}", call.operation, call.input));
                    K::absorb(&mut facts, Answer { to: Asked::Query(query), result: Ok(output) })
                        .expect("AWS's own answer");
                }
            }
            Next::Write(write) => {
                let call = K::write(&write.step);
                made.push(call.operation.name().to_owned());
                let Some(output) = answer(&call) else { return made };
                K::absorb(&mut facts, Answer { to: Asked::Step(&write.step), result: Ok(output) })
                    .expect("AWS's own answer");
            }
            Next::Rest(_) => return made,
        }
    }
    panic!("{} does not rest on AWS's own answers; it made {made:?}", K::KIND)
}

#[test]
fn what_aws_answers_to_create_service_is_in_sync_with_what_was_asked() {
    for (n, example) in examples("ecs")["CreateService"].as_array().into_iter().flatten().enumerate() {
        let input = &example["input"];
        let mut spec = input.clone();
        spec["cluster"] = json!("default");
        // By its short name no role is taken; AWS describes it by its ARN.
        spec.as_object_mut().expect("an object").remove("role");
        spec["taskDefinitionArn"] = spec.as_object_mut().expect("an object").remove("taskDefinition").expect("a name");
        let spec: ecs_service::EcsServiceSpec = serde_json::from_value(spec).expect("a spec");
        let arn = example["output"]["service"]["taskDefinition"].clone();
        let made = carry::<EcsService>(&spec, |call| match call.operation.name() {
            "DescribeServices" => Some(json!({"services": [], "failures": [{"arn": "x", "reason": "MISSING"}]})),
            "DescribeTaskDefinition" => Some(json!({"taskDefinition": {"taskDefinitionArn": arn, "status": "ACTIVE"}})),
            "CreateService" => Some(example["output"].clone()),
            _ => None,
        });
        assert_eq!(made, ["CreateService"], "example {n}: AWS's answer is taken for drift");
    }
}

#[test]
fn what_aws_describes_of_a_task_definition_is_what_was_registered() {
    for (n, example) in examples("ecs")["RegisterTaskDefinition"].as_array().into_iter().flatten().enumerate() {
        let mut input = example["input"].clone();
        // The example sends an empty role, which AWS describes as none.
        input.as_object_mut().expect("an object").retain(|_, value| value != "");
        let spec: ecs::TaskDefinitionSpec = serde_json::from_value(input).expect("a task definition");
        let described = serde_json::from_value(example["output"]["taskDefinition"].clone()).expect("described");
        assert_eq!(task_definition::same(&spec, &described), vec![], "example {n}");
    }
}

#[test]
fn a_described_service_shows_in_the_status() {
    let example = &examples("ecs")["DescribeServices"][0]["output"];
    let mut facts = ecs_service::Facts::default();
    let query = ecs_service::Query::Service { cluster: "default".to_owned(), name: "ecs-simple-service".to_owned() };
    EcsService::absorb(&mut facts, Answer { to: Asked::Query(&query), result: Ok(example.clone()) })
        .expect("AWS's own answer");
    let service = facts.service.known().expect("the example describes one").clone();
    assert_eq!(service.service_name.as_deref(), Some("ecs-simple-service"));
    assert_eq!(
        json!(service.deployments.iter().flatten().map(|deployment| deployment.status.clone()).collect::<Vec<_>>()),
        json!(["PRIMARY"]),
    );
}

#[test]
fn what_aws_answers_to_create_repository_is_in_sync_with_what_was_asked() {
    let example = &examples("ecr")["CreateRepository"][0];
    let spec: ecr_repository::EcrRepositorySpec = serde_json::from_value(example["input"].clone()).expect("a spec");
    let made = carry::<EcrRepository>(&spec, |call| match call.operation.name() {
        "DescribeRepositories" => Some(json!({"repositories": []})),
        "CreateRepository" => Some(example["output"].clone()),
        _ => None,
    });
    assert_eq!(made, ["CreateRepository"], "AWS's answer is taken for drift");
}
