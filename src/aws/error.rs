//! What an error of AWS means: one table, by code and, where the code says too little, by AWS's own words.

use crate::engine::{Class, Failure, Operation, Refusal, RefusalKind};

use super::{kept::is_optional, sdk};

/// What to make of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// An answer, which `plan` decides on.
    Refused(RefusalKind),
    /// No answer: the engine tries again.
    Failed(Class),
}

use Meaning::{Failed, Refused};

const NOT_FOUND: Meaning = Refused(RefusalKind::NotFound);
const EXISTS: Meaning = Refused(RefusalKind::Exists);
const CONFLICT: Meaning = Refused(RefusalKind::Conflict);
const REFUSED: Meaning = Refused(RefusalKind::Refused);
const THROTTLED: Meaning = Failed(Class::Throttled);
const NOT_YET: Meaning = Failed(Class::NotYet);

/// The codes under which AWS reports many different things: only the message tells them apart.
const VAGUE: &[&str] =
    &["ClientException", "InvalidParameterException", "ValidationException", "InvalidRequestException"];

/// What stands, in lower case, in the words of every throttle.
const THROTTLES: [&str; 3] = ["rate exceeded", "throttl", "too many requests"];

/// What stands in the message of a vague code, in lower case, and what it means. The first line that fits holds.
const BY_MESSAGE: &[(&str, Meaning)] = &[
    // A service that ECS depends on was throttled, and ECS passes it on.
    (THROTTLES[0], THROTTLED),
    (THROTTLES[1], THROTTLED),
    (THROTTLES[2], THROTTLED),
    // Roles and target groups that were just made, and the service-linked role on the first call in an account.
    ("unable to assume", NOT_YET),
    ("ecs service role being passed has the proper permissions", NOT_YET),
    ("service linked role exists", NOT_YET),
    ("does not have an associated load balancer", NOT_YET),
    ("role is not valid", NOT_YET),
    ("principal not found", NOT_YET),
    ("misconfigured podexecutionrole trust policy", NOT_YET),
    // Names that are taken.
    ("creation of service was not idempotent", EXISTS),
    ("arguments on this idempotent request are inconsistent", EXISTS),
    ("the specified capacity provider already exists", EXISTS),
    // States that pass.
    ("still draining", CONFLICT),
    ("too many concurrent attempts", CONFLICT),
    ("cannot be stopped while it is scaled above 0", CONFLICT),
    ("cannot be deleted while it is scaled above 0", CONFLICT),
    ("is in a busy state", CONFLICT),
    ("is not in active status", CONFLICT),
    ("is not in an active state", CONFLICT),
    ("update_in_progress", CONFLICT),
    ("marked for deletion", CONFLICT),
    ("marked deleted", CONFLICT),
    ("scheduled for deletion", CONFLICT),
    ("is in use and cannot be removed", CONFLICT),
    ("service was not active", CONFLICT),
    // What is asked about is not there.
    ("unable to describe task definition", NOT_FOUND),
    ("task definition does not exist", NOT_FOUND),
    ("the specified capacity provider does not exist", NOT_FOUND),
    ("the specified cluster is inactive", NOT_FOUND),
    ("the specified service does not exist", NOT_FOUND),
    ("the specified resource does not exist", NOT_FOUND),
];

/// What a code alone says.
const BY_CODE: &[(&str, Meaning)] = &[
    ("ClusterNotFoundException", NOT_FOUND),
    ("DaemonNotFoundException", NOT_FOUND),
    ("InstanceNotFound", NOT_FOUND),
    ("LifecyclePolicyNotFoundException", NOT_FOUND),
    ("NamespaceNotFound", NOT_FOUND),
    ("NoSuchEntity", NOT_FOUND),
    ("NotFoundException", NOT_FOUND),
    ("OperationNotFound", NOT_FOUND),
    ("RepositoryNotFoundException", NOT_FOUND),
    ("RepositoryPolicyNotFoundException", NOT_FOUND),
    ("ResourceNotFoundException", NOT_FOUND),
    ("ServiceDeploymentNotFoundException", NOT_FOUND),
    ("ServiceNotFound", NOT_FOUND),
    ("ServiceNotFoundException", NOT_FOUND),
    ("TaskSetNotFoundException", NOT_FOUND),
    ("RepositoryAlreadyExistsException", EXISTS),
    ("ResourceAlreadyExistsException", EXISTS),
    ("ResourceExistsException", EXISTS),
    ("ServiceAlreadyExists", EXISTS),
    ("ClusterContainsCapacityProviderException", CONFLICT),
    ("ClusterContainsContainerInstancesException", CONFLICT),
    ("ClusterContainsServicesException", CONFLICT),
    ("ClusterContainsTasksException", CONFLICT),
    ("ConflictException", CONFLICT),
    // Cloud Map has begun something on the same thing, and not ended it.
    ("DuplicateRequest", CONFLICT),
    ("RepositoryNotEmptyException", CONFLICT),
    ("ResourceInUse", CONFLICT),
    ("ResourceInUseException", CONFLICT),
    ("ServiceNotActiveException", CONFLICT),
    ("UpdateInProgressException", CONFLICT),
    // A limit on how much there may be, which no waiting lifts: no throttle, whatever its name sounds like.
    ("LimitExceededException", REFUSED),
    ("ResourceLimitExceeded", REFUSED),
    ("ResourceLimitExceededException", REFUSED),
    ("EC2ThrottledException", THROTTLED),
    ("RequestLimitExceeded", THROTTLED),
    ("RequestThrottled", THROTTLED),
    ("RequestThrottledException", THROTTLED),
    ("SlowDown", THROTTLED),
    ("ThrottledException", THROTTLED),
    ("Throttling", THROTTLED),
    ("ThrottlingException", THROTTLED),
    ("TooManyRequestsException", THROTTLED),
    ("AuthFailure", Failed(Class::Credentials)),
    ("ExpiredToken", Failed(Class::Credentials)),
    ("ExpiredTokenException", Failed(Class::Credentials)),
    ("IncompleteSignature", Failed(Class::Credentials)),
    ("IncompleteSignatureException", Failed(Class::Credentials)),
    ("InvalidAccessKeyId", Failed(Class::Credentials)),
    ("InvalidClientTokenId", Failed(Class::Credentials)),
    ("InvalidSignatureException", Failed(Class::Credentials)),
    ("MissingAuthenticationToken", Failed(Class::Credentials)),
    ("MissingAuthenticationTokenException", Failed(Class::Credentials)),
    ("RequestExpired", Failed(Class::Credentials)),
    ("SignatureDoesNotMatch", Failed(Class::Credentials)),
    ("UnrecognizedClientException", Failed(Class::Credentials)),
    ("AccessDenied", Failed(Class::AccessDenied)),
    ("AccessDeniedException", Failed(Class::AccessDenied)),
    ("NotAuthorized", Failed(Class::AccessDenied)),
    ("OptInRequired", Failed(Class::AccessDenied)),
    ("UnauthorizedOperation", Failed(Class::AccessDenied)),
    ("RequestTimeout", Failed(Class::Timeout)),
    ("RequestTimeoutException", Failed(Class::Timeout)),
    ("InternalError", Failed(Class::Server)),
    ("InternalFailure", Failed(Class::Server)),
    ("InternalServerError", Failed(Class::Server)),
    ("InternalServerException", Failed(Class::Server)),
    ("InternalServiceError", Failed(Class::Server)),
    ("ServerException", Failed(Class::Server)),
    ("ServiceUnavailable", Failed(Class::Server)),
    ("ServiceUnavailableException", Failed(Class::Server)),
];

/// Tells an answer from a failure. AWS's code, message and request id stand in both.
pub fn classify(operation: Operation, failure: sdk::Failure) -> Result<Refusal, Failure> {
    let meaning = match meaning(&failure) {
        // Who may not ask goes without the answer: an administrator need not let the operator.
        Failed(Class::AccessDenied) if is_optional(operation) => REFUSED,
        meaning => meaning,
    };
    match meaning {
        Refused(kind) => Ok(Refusal {
            kind,
            operation,
            // Only a request that could not be written has no code of AWS's.
            code: failure.code.unwrap_or_else(|| "InvalidRequest".to_owned()),
            message: failure.message,
            request_id: failure.request_id,
        }),
        Failed(class) => Err(Failure {
            class,
            operation,
            code: failure.code,
            message: failure.message,
            request_id: failure.request_id,
            retry_after: None,
        }),
    }
}

pub(super) fn meaning(failure: &sdk::Failure) -> Meaning {
    match failure.kind {
        sdk::Kind::Service => service(failure),
        sdk::Kind::Timeout => Failed(Class::Timeout),
        sdk::Kind::Dispatch => Failed(Class::Unreachable),
        sdk::Kind::Credentials => Failed(Class::Credentials),
        // What can't even be written as a request is wrong in the spec, as if AWS had refused it.
        sdk::Kind::Construction => REFUSED,
        sdk::Kind::Response if failure.http_status == Some(429) => THROTTLED,
        sdk::Kind::Response => Failed(Class::Server),
    }
}

fn service(failure: &sdk::Failure) -> Meaning {
    let Some(code) = failure.code.as_deref() else {
        // AWS's errors have codes: this is a proxy's, or a load balancer's.
        return if failure.http_status == Some(429) { THROTTLED } else { Failed(Class::Server) };
    };
    match (said(code, &failure.message.to_lowercase()), failure.http_status) {
        // AWS refuses with a 4xx: whatever its words, a server that failed has decided nothing.
        (None | Some(Refused(_)), Some(500..)) => Failed(Class::Server),
        (Some(meaning), _) => meaning,
        (None, Some(429)) => THROTTLED,
        (None, _) => REFUSED,
    }
}

/// What the code says, and the message (in lower case) where the code says too little.
fn said(code: &str, message: &str) -> Option<Meaning> {
    let by_code = || BY_CODE.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning);
    if VAGUE.contains(&code) {
        let by_message = BY_MESSAGE.iter().find(|(words, _)| message.contains(words));
        return by_message.map(|(_, meaning)| *meaning).or_else(by_code);
    }
    // A code of tomorrow may be a throttle's, by its name or by its words.
    let code_in_words = code.to_lowercase();
    let is_throttle = |words: &&str| code_in_words.contains(*words) || message.contains(*words);
    by_code().or_else(|| THROTTLES.iter().any(is_throttle).then_some(THROTTLED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{aws::sdk::Kind, model::ecs};

    fn failure(kind: Kind, code: Option<&str>, message: &str, http_status: Option<u16>) -> sdk::Failure {
        let request_id = http_status.map(|_| "request-1".to_owned());
        sdk::Failure { kind, code: code.map(str::to_owned), message: message.to_owned(), request_id, http_status }
    }

    /// AWS's own wording, from its API references and from what users of other tools reported.
    const WORDS: &[(&str, &str, Meaning)] = &[
        ("ServiceNotFoundException", "Service not found.", NOT_FOUND),
        ("ClusterNotFoundException", "Cluster not found.", NOT_FOUND),
        ("ClusterNotFoundException", "The referenced cluster was inactive.", NOT_FOUND),
        ("ClientException", "Unable to describe task definition.", NOT_FOUND),
        (
            "RepositoryNotFoundException",
            "The repository with name 'web' does not exist in the registry with id '123456789012'",
            NOT_FOUND,
        ),
        (
            "LifecyclePolicyNotFoundException",
            "Lifecycle policy does not exist for the repository with name 'web' in the registry with id '123456789012'",
            NOT_FOUND,
        ),
        (
            "RepositoryPolicyNotFoundException",
            "Repository policy does not exist for the repository with name 'web' in the registry with id '123456789012'",
            NOT_FOUND,
        ),
        ("InvalidParameterException", "Creation of service was not idempotent.", EXISTS),
        (
            "InvalidParameterException",
            "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
            EXISTS,
        ),
        (
            "RepositoryAlreadyExistsException",
            "The repository with name 'web' already exists in the registry with id '123456789012'",
            EXISTS,
        ),
        ("InvalidParameterException", "Unable to Start a service that is still Draining.", CONFLICT),
        ("ServiceNotActiveException", "Service was not ACTIVE.", CONFLICT),
        ("ClientException", "Too many concurrent attempts to create a new revision of the specified family.", CONFLICT),
        ("InvalidParameterException", "The service cannot be stopped while it is scaled above 0.", CONFLICT),
        ("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.", CONFLICT),
        ("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.", CONFLICT),
        (
            "UpdateInProgressException",
            "The specified cluster is in a busy state. Cluster attachments must be in UPDATE_COMPLETE or UPDATE_FAILED state before they can be updated.",
            CONFLICT,
        ),
        ("ResourceInUseException", "The specified capacity provider is in use and cannot be removed.", CONFLICT),
        (
            "RepositoryNotEmptyException",
            "The repository with name 'web' in registry with id '123456789012' cannot be deleted because it still contains images",
            CONFLICT,
        ),
        ("ResourceNotFoundException", "No cluster found for name: prod.", NOT_FOUND),
        ("ResourceNotFoundException", "No Fargate Profile found with name: web.", NOT_FOUND),
        (
            "ResourceInUseException",
            "Cannot create Fargate Profile web because cluster prod currently has Fargate profile api in status DELETING",
            CONFLICT,
        ),
        (
            "ResourceInUseException",
            "Cannot Delete Fargate Profile web because cluster prod currently has an update in progress",
            CONFLICT,
        ),
        ("ResourceInUseException", "A Fargate Profile already exists with this name in this cluster.", CONFLICT),
        ("InvalidRequestException", "Cluster 'prod' is not in ACTIVE status", CONFLICT),
        (
            "InvalidParameterException",
            "Subnet subnet-0ab49c01946ecc462 provided in Fargate Profile is not a private subnet",
            REFUSED,
        ),
        (
            "InvalidParameterException",
            "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
            NOT_YET,
        ),
        (
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
            CONFLICT,
        ),
        (
            "InvalidRequestException",
            "You can't perform this operation on the secret because it was marked for deletion.",
            CONFLICT,
        ),
        ("ResourceExistsException", "The operation failed because the secret shop_db already exists.", EXISTS),
        ("ServiceAlreadyExists", "Service cart already exists.", EXISTS),
        ("DuplicateRequest", "Another operation of type UpdateService is in progress for this resource.", CONFLICT),
        ("InvalidInput", "The service has A records: the attribute AWS_INSTANCE_IPV4 is required.", REFUSED),
        ("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", NOT_FOUND),
        ("ClientException", "No Fargate configuration exists for given values.", REFUSED),
        (
            "ClientException",
            "Fargate requires task definition to have execution role ARN to support ECR images.",
            REFUSED,
        ),
        (
            "InvalidParameterException",
            "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
            REFUSED,
        ),
        ("LimitExceededException", "The maximum number of repositories has been reached.", REFUSED),
        ("PlatformUnknownException", "The specified platform version does not exist.", REFUSED),
        ("SomethingNewException", "A refusal that this table does not know.", REFUSED),
        ("ThrottlingException", "Rate exceeded", THROTTLED),
        ("TooManyRequestsException", "Too Many Requests", THROTTLED),
        (
            "InvalidParameterException",
            "Rate exceeded (Service: AmazonElasticLoadBalancing; Status Code: 400; Error Code: Throttling)",
            THROTTLED,
        ),
        (
            "InvalidParameterException",
            "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
            NOT_YET,
        ),
        (
            "InvalidParameterException",
            "Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.",
            NOT_YET,
        ),
        (
            "InvalidParameterException",
            "The target group with targetGroupArn arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef does not have an associated load balancer.",
            NOT_YET,
        ),
        ("ClientException", "Role is not valid", NOT_YET),
        ("ExpiredTokenException", "The security token included in the request is expired", Failed(Class::Credentials)),
        (
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            Failed(Class::Credentials),
        ),
        ("InvalidClientTokenId", "The security token included in the request is invalid.", Failed(Class::Credentials)),
        (
            "AccessDeniedException",
            "User: arn:aws:sts::123456789012:assumed-role/ecs-bridge/1 is not authorized to perform: ecs:CreateService on resource: arn:aws:ecs:eu-west-1:123456789012:service/prod/web because no identity-based policy allows the ecs:CreateService action",
            Failed(Class::AccessDenied),
        ),
        ("ServerException", "Service Unavailable. Please try again later.", Failed(Class::Server)),
    ];

    #[test]
    fn aws_own_words_mean_what_they_mean() {
        for &(code, message, expected) in WORDS {
            let status = if expected == Failed(Class::Server) { 500 } else { 400 };
            let got = meaning(&failure(Kind::Service, Some(code), message, Some(status)));
            assert_eq!(got, expected, "{code}: {message}");
        }
    }

    #[test]
    fn what_is_no_error_of_aws_is_told_by_kind_and_status() {
        for (name, kind, code, status, expected) in [
            ("a 500 with a code of its own", Kind::Service, Some("Strange"), Some(500), Failed(Class::Server)),
            ("a proxy's 502", Kind::Service, None, Some(502), Failed(Class::Server)),
            ("a proxy's 403", Kind::Service, None, Some(403), Failed(Class::Server)),
            ("a gateway's 429", Kind::Service, None, Some(429), THROTTLED),
            ("an unknown code with 429", Kind::Service, Some("Strange"), Some(429), THROTTLED),
            ("garbage", Kind::Response, None, Some(200), Failed(Class::Server)),
            ("garbage with 429", Kind::Response, None, Some(429), THROTTLED),
            ("no answer", Kind::Timeout, None, None, Failed(Class::Timeout)),
            ("no connection", Kind::Dispatch, None, None, Failed(Class::Unreachable)),
            ("no credentials", Kind::Credentials, None, None, Failed(Class::Credentials)),
            ("an input that is no request", Kind::Construction, None, None, REFUSED),
        ] {
            assert_eq!(meaning(&failure(kind, code, "message", status)), expected, "{name}");
        }
    }

    #[test]
    fn the_words_of_a_throttle_do_not_overrule_a_clear_code() {
        let denied =
            failure(Kind::Service, Some("AccessDeniedException"), "throttling-role may not do this", Some(400));
        assert_eq!(meaning(&denied), Failed(Class::AccessDenied), "a name in the message decided");
    }

    #[test]
    fn message_and_request_id_are_kept() {
        let operation = Operation::Ecs(ecs::Operation::CreateService);
        let refusal = classify(operation, failure(Kind::Service, Some("BlockedException"), "blocked", Some(400)));
        let refusal = refusal.expect("a refusal");
        assert_eq!(
            (refusal.code.as_str(), refusal.message.as_str(), refusal.request_id.as_deref()),
            ("BlockedException", "blocked", Some("request-1")),
            "the refusal lost something"
        );
        let failed = classify(operation, failure(Kind::Service, Some("ServerException"), "down", Some(500)));
        let failed = failed.expect_err("a failure");
        assert_eq!(
            (failed.code.as_deref(), failed.message.as_str(), failed.request_id.as_deref()),
            (Some("ServerException"), "down", Some("request-1")),
            "the failure lost something"
        );
    }

    #[test]
    fn every_code_stands_once() {
        let mut codes: Vec<_> = BY_CODE.iter().map(|(code, _)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), BY_CODE.len(), "a code stands twice in the table");
        let upper: Vec<_> = BY_MESSAGE.iter().filter(|(words, _)| *words != words.to_lowercase()).collect();
        assert!(upper.is_empty(), "messages are compared in lower case: {upper:?}");
    }
}
