//! Messages of Amazon SQS, received and deleted by the AWS SDK. No plan calls these, so there is no canonical JSON of them.

use std::time::Duration;

use aws_sdk_sqs::{Client, types::DeleteMessageBatchRequestEntry};

use super::Failure;

/// The most that one call gives, and the most that one takes ("Amazon SQS API Reference").
const BATCH: i32 = 10;

/// What lay in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub body: String,
    /// By which it is deleted.
    pub receipt: String,
}

/// Waits until there is a message, as long as this; gives up to ten.
pub async fn receive(client: &Client, queue_url: &str, wait: Duration) -> Result<Vec<Message>, Failure> {
    let answer = client
        .receive_message()
        .queue_url(queue_url)
        .max_number_of_messages(BATCH)
        .wait_time_seconds(i32::try_from(wait.as_secs()).unwrap_or(i32::MAX))
        .send()
        .await
        .map_err(|error| Failure::from_sdk(&error))?;
    let messages = answer.messages.unwrap_or_default().into_iter();
    Ok(messages.filter_map(|message| Some(Message { body: message.body?, receipt: message.receipt_handle? })).collect())
}

/// Deletes what was received together.
pub async fn delete(client: &Client, queue_url: &str, receipts: Vec<String>) -> Result<(), Failure> {
    let mut entries = Vec::new();
    for (index, receipt) in receipts.into_iter().enumerate() {
        let entry = DeleteMessageBatchRequestEntry::builder().id(index.to_string()).receipt_handle(receipt).build();
        entries.push(entry.map_err(|error| Failure::request("DeleteMessageBatch", &error))?);
    }
    let call = client.delete_message_batch().queue_url(queue_url).set_entries(Some(entries));
    let answer = call.send().await.map_err(|error| Failure::from_sdk(&error))?;
    match answer.failed.first() {
        None => Ok(()),
        Some(failed) => Err(Failure::response(
            "DeleteMessageBatch",
            &format!("{}: {}", failed.code, failed.message.as_deref().unwrap_or_default()),
        )),
    }
}
