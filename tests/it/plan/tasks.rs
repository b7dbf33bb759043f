//! The tasks of a service, as the operator's shell reads them (`src/aws/roster.rs`), without its memory.

use std::collections::BTreeMap;

use ecs_bridge::{
    engine::{
        Call,
        reconcile::CallResult,
        tasks::{Revision, ServiceTasksRequest, ServiceTasksResponse, Task},
    },
    model::ecs::{self, Operation},
};
use serde_json::{Value, json};

use super::Aws;

pub fn answer(aws: &Aws, call: &Call, ask: impl Fn(&Call) -> CallResult) -> CallResult {
    let asked: ServiceTasksRequest = serde_json::from_value(call.input.clone()).expect("a request");
    let ask = |operation: Operation, input: Value| ask(&Call { operation: operation.into(), input, sealed: None });
    let mut arns = Vec::new();
    for desired in ["RUNNING", "STOPPED"] {
        match ask(Operation::ListTasks, json!({"cluster": asked.cluster, "desiredStatus": desired}))? {
            Ok(listed) => arns.extend(listed["taskArns"].as_array().expect("a list").clone()),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    let (mut tasks, mut revisions) = (Vec::new(), BTreeMap::new());
    for arns in arns.chunks(100) {
        let described = match ask(Operation::DescribeTasks, json!({"cluster": asked.cluster, "tasks": arns}))? {
            Ok(output) => serde_json::from_value::<ecs::DescribeTasksResponse>(output).expect("its form"),
            Err(refusal) => return Ok(Err(refusal)),
        };
        let of_service = described.tasks.iter().flatten().filter(|task| Task::service(task) == Some(&asked.service));
        tasks.extend(of_service.map(Task::from).filter(|task| task.last_status != "STOPPED"));
    }
    // A service that only its object's operator has made (`Objects::run`).
    if tasks.is_empty() {
        tasks = aws.pods(|cluster| cluster.objects.tasks_of(&asked.service));
    }
    tasks.sort_by(|a, b| a.arn.cmp(&b.arn));
    for task in &tasks {
        if let Ok(output) = ask(Operation::DescribeTaskDefinition, json!({"taskDefinition": task.revision}))? {
            let described: ecs::DescribeTaskDefinitionResponse = serde_json::from_value(output).expect("its form");
            revisions.extend(described.task_definition.map(|found| (task.revision.clone(), Revision::from(&found))));
        }
    }
    Ok(Ok(json!(ServiceTasksResponse { tasks, revisions })))
}
