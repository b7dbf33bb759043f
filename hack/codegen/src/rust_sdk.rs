//! `src/aws/sdk/<service>.rs`: from an operation as data to the SDK's client, for services of AWS's JSON protocols.

use std::fmt::Write;

use crate::ir::Module;
use crate::names;
use crate::rust_model::HEADER;

pub fn write(module: &Module) -> String {
    let service = &module.service;
    let api = module.title.trim_end_matches(" Reference");
    let arms: Vec<String> = module
        .operations
        .iter()
        .map(|operation| {
            let (name, method) = (&operation.name, names::snake(&operation.name));
            // In a box, so that the largest of them is not the size of all.
            format!(
                "Operation::{name} => {{\n\
                 let call = client.{method}().customize().interceptor(wire.clone()).send();\n\
                 Box::pin(wire.sent(call)).await\n}}\n"
            )
        })
        .collect();
    let mut text = String::from(HEADER);
    let _ = writeln!(
        text,
        "//! The operations of the {api}, sent by the AWS SDK.\n\n\
         use aws_sdk_{service}::Client;\nuse serde_json::Value;\n\n\
         use super::wire::Wire;\nuse super::{{Failure, Success}};\nuse crate::model::{service}::Operation;\n\n\
         /// Sends `operation` with `input`, its request under AWS's wire names.\n\
         #[allow(clippy::too_many_lines, reason = \"an arm an operation\")]\n\
         pub async fn invoke(client: &Client, operation: Operation, input: &Value) -> Result<Success, Failure> {{\n\
         let wire = Wire::new(operation.name(), input);\n\
         match operation {{\n{}}}\n}}",
        arms.concat()
    );
    text
}
