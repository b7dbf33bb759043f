//! What an error means, on codes, messages and statuses that no table lists.

use ecs_bridge::{
    aws::{classify, sdk},
    engine::{Class, Failure, Operation, Refusal, RefusalKind},
    model::{ecr, ecs, eks, iam, secretsmanager, servicediscovery},
};
use proptest::prelude::*;

use super::{config, values::text};

/// Codes with one meaning each, whatever the message says. `Err`: no answer.
const CLEAR: &[(&str, Result<RefusalKind, Class>)] = &[
    ("ServiceNotFoundException", Ok(RefusalKind::NotFound)),
    ("RepositoryNotFoundException", Ok(RefusalKind::NotFound)),
    ("RepositoryAlreadyExistsException", Ok(RefusalKind::Exists)),
    ("ResourceExistsException", Ok(RefusalKind::Exists)),
    ("ServiceAlreadyExists", Ok(RefusalKind::Exists)),
    ("DuplicateRequest", Ok(RefusalKind::Conflict)),
    ("UpdateInProgressException", Ok(RefusalKind::Conflict)),
    ("RepositoryNotEmptyException", Ok(RefusalKind::Conflict)),
    ("LimitExceededException", Ok(RefusalKind::Refused)),
    ("ThrottlingException", Err(Class::Throttled)),
    ("SlowDown", Err(Class::Throttled)),
    ("ExpiredTokenException", Err(Class::Credentials)),
    ("AccessDeniedException", Err(Class::AccessDenied)),
    ("ServerException", Err(Class::Server)),
];

/// Codes that say too little, which AWS uses or may use one day.
const UNCLEAR: &[&str] =
    &["ClientException", "InvalidParameterException", "ValidationException", "SomethingNewException", ""];

/// Messages by which a vague code is told, in AWS's own spelling.
const WORDS: &[(&str, Result<RefusalKind, Class>)] = &[
    ("Rate exceeded", Err(Class::Throttled)),
    ("Throttling", Err(Class::Throttled)),
    ("Too Many Requests", Err(Class::Throttled)),
    ("Unable to assume the service linked role", Err(Class::NotYet)),
    ("Creation of service was not idempotent.", Ok(RefusalKind::Exists)),
    ("Unable to Start a service that is still Draining.", Ok(RefusalKind::Conflict)),
    ("Unable to describe task definition.", Ok(RefusalKind::NotFound)),
];

const THROTTLES: &[&str] = &["Rate exceeded", "ThrottlingException", "too many requests"];

fn operations() -> BoxedStrategy<Operation> {
    let ecs = ecs::Operation::ALL.iter().copied().map(Operation::Ecs);
    let ecr = ecr::Operation::ALL.iter().copied().map(Operation::Ecr);
    let eks = eks::Operation::ALL.iter().copied().map(Operation::Eks);
    let iam = iam::Operation::ALL.iter().copied().map(Operation::Iam);
    let secrets = secretsmanager::Operation::ALL.iter().copied().map(Operation::SecretsManager);
    let cloud_map = servicediscovery::Operation::ALL.iter().copied().map(Operation::ServiceDiscovery);
    prop::sample::select(ecs.chain(ecr).chain(eks).chain(iam).chain(secrets).chain(cloud_map).collect::<Vec<_>>())
        .boxed()
}

fn kinds() -> BoxedStrategy<sdk::Kind> {
    use sdk::Kind::{Construction, Credentials, Dispatch, Response, Service, Timeout};
    prop_oneof![4 => Just(Service), 1 => prop::sample::select(vec![Construction, Credentials, Dispatch, Response, Timeout])].boxed()
}

fn codes() -> BoxedStrategy<Option<String>> {
    let known: Vec<&str> = CLEAR.iter().map(|(code, _)| *code).chain(UNCLEAR.iter().copied()).collect();
    prop::option::weighted(0.9, prop_oneof![prop::sample::select(known).prop_map(str::to_owned), text()]).boxed()
}

fn messages() -> BoxedStrategy<String> {
    let words = prop::sample::select(WORDS).prop_map(|(words, _)| words.to_owned());
    prop_oneof![text(), (text(), words, text()).prop_map(|(before, words, after)| format!("{before} {words} {after}"))]
        .boxed()
}

fn statuses() -> BoxedStrategy<Option<u16>> {
    prop::option::weighted(0.9, prop_oneof![Just(400), Just(429), Just(500), Just(503), 100..1000_u16]).boxed()
}

fn failure(kind: sdk::Kind, code: Option<String>, message: String, http_status: Option<u16>) -> sdk::Failure {
    sdk::Failure { kind, code, message, request_id: Some("request-1".to_owned()), http_status }
}

/// An error of AWS's own, answered with this status.
fn said(code: &str, message: String, status: u16) -> Result<Refusal, Failure> {
    let failure = failure(sdk::Kind::Service, Some(code.to_owned()), message, Some(status));
    classify(Operation::Ecs(ecs::Operation::CreateService), failure)
}

/// The meaning without its words.
fn meaning(result: &Result<Refusal, Failure>) -> Result<RefusalKind, Class> {
    match result {
        Ok(refusal) => Ok(refusal.kind),
        Err(failure) => Err(failure.class),
    }
}

/// The text with some of its letters in the other case.
fn recased(text: &str, upper: &[bool]) -> String {
    let letters = text.chars().zip(upper.iter().cycle());
    letters.map(|(c, upper)| if *upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect()
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn every_error_has_a_class_and_keeps_its_words(
        operation in operations(), kind in kinds(), code in codes(), message in messages(), status in statuses(),
    ) {
        let (kept, id, of) = match classify(operation, failure(kind, code.clone(), message.clone(), status)) {
            Ok(refusal) => {
                prop_assert!(matches!(kind, sdk::Kind::Service | sdk::Kind::Construction), "{kind:?} is no answer of AWS's: {refusal:?}");
                prop_assert!(code.is_none() || code.as_deref() == Some(&refusal.code), "the code was lost: {refusal:?}");
                (refusal.message, refusal.request_id, refusal.operation)
            }
            Err(failure) => {
                prop_assert_eq!(&failure.code, &code, "the code was lost");
                prop_assert!(!failure.why().message.is_empty(), "a person is told nothing");
                (failure.message, failure.request_id, failure.operation)
            }
        };
        prop_assert_eq!(kept, message, "the message was lost");
        prop_assert_eq!(id.as_deref(), Some("request-1"), "the request id was lost");
        prop_assert_eq!(of, operation, "it is another operation's error now");
    }

    #[test]
    fn a_failure_of_the_server_is_no_refusal(code in codes(), message in messages(), status in 500..600_u16) {
        let failure = failure(sdk::Kind::Service, code, message, Some(status));
        let result = classify(Operation::Ecr(ecr::Operation::DescribeRepositories), failure);
        prop_assert!(result.is_err(), "{status} was taken for an answer: {result:?}");
    }

    #[test]
    fn a_throttle_is_never_a_refusal(
        code in prop::sample::select(UNCLEAR), words in prop::sample::select(THROTTLES), upper in prop::collection::vec(any::<bool>(), 1..8),
        around in (text(), text()),
    ) {
        let message = format!("{} {} {}", around.0, recased(words, &upper), around.1);
        let result = said(code, message, 400);
        prop_assert_eq!(meaning(&result), Err(Class::Throttled), "{:?}", result);
        let result = said(&format!("{code}Throttled"), around.0, 400);
        prop_assert_eq!(meaning(&result), Err(Class::Throttled), "by its code: {:?}", result);
    }

    #[test]
    fn a_clear_code_means_what_it_means((code, expected) in prop::sample::select(CLEAR), message in messages()) {
        let status = if expected == Err(Class::Server) { 500 } else { 400 };
        prop_assert_eq!(meaning(&said(code, message, status)), expected);
    }

    #[test]
    fn words_mean_the_same_in_any_case(
        (words, expected) in prop::sample::select(WORDS), upper in prop::collection::vec(any::<bool>(), 1..8),
        code in prop::sample::select(&UNCLEAR[..3]), tail in "[ -~]{0,12}",
    ) {
        prop_assert_eq!(meaning(&said(code, format!("{} {tail}", recased(words, &upper)), 400)), expected);
    }
}
