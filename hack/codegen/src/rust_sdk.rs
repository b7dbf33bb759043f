//! `src/aws/sdk/<service>.rs`: from an operation as data to the SDK's client, for services of AWS's JSON protocols.

use std::fmt::Write;

use crate::ir::{Module, Operation};
use crate::names;
use crate::rust_model::HEADER;

pub fn write(module: &Module) -> String {
    let service = &module.service;
    let api = module.title.trim_end_matches(" Reference");
    let is_rest = module.operations.iter().any(|operation| !operation.elsewhere.is_empty());
    let arms: String = module.operations.iter().map(|operation| arm(operation, is_rest)).collect();
    let bound = if is_rest { ", bound" } else { "" };
    // Each request of REST has a body of its own.
    let wire = if is_rest { "" } else { "let wire = Wire::new(operation.name(), input);\n" };
    let mut text = String::from(HEADER);
    let _ = writeln!(
        text,
        "//! The operations of the {api}, sent by the AWS SDK.\n\n\
         use aws_sdk_{service}::Client;\nuse serde_json::Value;\n\n\
         use super::wire::{{Wire{bound}}};\nuse super::{{Failure, Success}};\n\
         use crate::model::{service}::Operation;\n\n\
         /// Sends `operation` with `input`, its request under AWS's wire names.\n\
         #[allow(clippy::too_many_lines, reason = \"an arm an operation\")]\n\
         pub async fn invoke(client: &Client, operation: Operation, input: &Value) -> Result<Success, Failure> {{\n\
         {wire}match operation {{\n{arms}}}\n}}"
    );
    text
}

fn arm(operation: &Operation, is_rest: bool) -> String {
    let (name, method) = (&operation.name, names::snake(&operation.name));
    let wire = match (is_rest, operation.has_body) {
        (false, _) => String::new(),
        (true, true) => format!("let wire = Wire::rest(operation.name(), input, &{:?});\n", operation.elsewhere),
        (true, false) => "let wire = Wire::without_body(operation.name());\n".to_owned(),
    };
    let mut setters = String::new();
    for member in &operation.elsewhere {
        let _ = write!(setters, ".set_{}(bound(operation.name(), input, {member:?})?)", names::snake(member));
    }
    // In a box, so that the largest of them is not the size of all.
    format!(
        "Operation::{name} => {{\n{wire}\
         let call = client.{method}(){setters}.customize().interceptor(wire.clone()).send();\n\
         Box::pin(wire.sent(call)).await\n}}\n"
    )
}
