//! The reasons of conditions and Events: constants, so that alerts can match on them.

/// A condition's reason, `CamelCase` as Kubernetes wants it.
pub type Reason = &'static str;

pub const AVAILABLE: Reason = "Available";
pub const IN_SYNC: Reason = "InSync";

// On its way.
pub const CREATING: Reason = "Creating";
pub const UPDATING: Reason = "Updating";
pub const DELETING: Reason = "Deleting";
pub const DEPLOYING: Reason = "Deploying";
pub const DRAINING: Reason = "Draining";
pub const MOVING: Reason = "Moving";
pub const GIVING_BACK: Reason = "GivingBack";
pub const REPLICAS_NOT_RUNNING: Reason = "ReplicasNotRunning";
pub const TASKS_NOT_RUNNING: Reason = "TasksNotRunning";
pub const REFERENCE_NOT_READY: Reason = "ReferenceNotReady";
pub const DELETION_HELD: Reason = "DeletionHeld";
pub const WAITING_FOR_CHILDREN: Reason = "WaitingForChildren";
pub const WAITING_FOR_LEASE: Reason = "WaitingForLease";
pub const WAITING_FOR_QUOTA: Reason = "WaitingForQuota";
pub const WAITING_FOR_LANE: Reason = "WaitingForTurn";
pub const RETRYING: Reason = "Retrying";
pub const PAUSED: Reason = "Paused";
pub const NOT_CONVERGING: Reason = "NotConverging";
pub const INTERNAL_ERROR: Reason = "InternalError";

// A person has to do something.
pub const REFERENCE_NOT_FOUND: Reason = "ReferenceNotFound";
pub const CONFLICT: Reason = "Conflict";
pub const REFUSED: Reason = "RefusedByAWS";
pub const REFUSED_BY_KUBERNETES: Reason = "RefusedByKubernetes";
pub const UNSUPPORTED_WORKLOAD: Reason = "UnsupportedWorkload";
pub const TRANSLATION_REFUSED: Reason = "Refused";
pub const REPLICAS_OWNED_ELSEWHERE: Reason = "ReplicasOwnedElsewhere";
pub const UNSUPPORTED_METRIC: Reason = "UnsupportedMetric";
pub const ECS_FAILS: Reason = "ECSFails";
pub const CLUSTER_FAILS: Reason = "ClusterFails";
pub const INVALID_SPEC: Reason = "InvalidSpec";
pub const ROLE_NOT_ALLOWED: Reason = "RoleNotAllowed";
pub const CANNOT_CHANGE: Reason = "CannotChange";
pub const CANNOT_REMOVE: Reason = "CannotRemove";
pub const NOT_EMPTY: Reason = "NotEmpty";
pub const TOO_MANY: Reason = "TooMany";
pub const IN_USE: Reason = "InUse";
pub const DRIFT_REPORTED: Reason = "DriftReported";
pub const CREATION_FAILED: Reason = "CreationFailed";
pub const DELETION_FAILED: Reason = "DeletionFailed";
pub const REPLACEMENT_NEEDED: Reason = "ReplacementNeeded";
pub const DEPLOYMENT_FAILED: Reason = "DeploymentFailed";
pub const ROLLED_BACK: Reason = "RolledBack";

// AWS does not answer as it should.
pub const ACCESS_DENIED: Reason = "AccessDenied";
pub const CREDENTIALS: Reason = "CredentialsMissing";
pub const UNREACHABLE: Reason = "AWSUnreachable";
pub const THROTTLED: Reason = "Throttled";
