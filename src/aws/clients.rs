//! The SDK's clients, one set for each region and role, made when they are first needed.

use std::{collections::HashMap, sync::Arc, time::Duration};

use aws_config::{
    AppName, BehaviorVersion, Region, SdkConfig, retry::RetryConfig, sts::AssumeRoleProvider, timeout::TimeoutConfig,
};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::{
    Connector,
    proxy::ProxyConfig,
    tls::{Provider, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::{
    HttpConnectorSettings, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use tokio::sync::{Mutex, OnceCell};

use super::{Settings, sdk};
use crate::{
    engine::{Call, Operation},
    model::sts,
};

/// How the operator names itself to AWS: in the user agent, and as the session of an assumed role.
const NAME: &str = "ecs-bridge";

/// A connection that takes longer than this is not coming.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Where, and as whom, a call is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    pub region: String,
    /// The ARN of a role that is assumed first; `None`: the operator's own.
    pub role: Option<String>,
}

impl Scope {
    /// The operator's own account and rights, in this region.
    pub fn new(region: impl Into<String>) -> Self {
        Scope { region: region.into(), role: None }
    }

    /// The account that the calls count against, as far as the scope tells: its role's, or the operator's own (empty).
    pub(super) fn account(&self) -> &str {
        self.role.as_deref().and_then(|role| role.split(':').nth(4)).unwrap_or_default()
    }
}

/// The clients of all scopes.
pub(super) struct Clients {
    settings: Settings,
    /// `None`: AWS's default chain (environment, profile, IRSA, Pod Identity, instance).
    credentials: Option<SharedCredentialsProvider>,
    base: OnceCell<SdkConfig>,
    made: Mutex<HashMap<Scope, Client>>,
}

/// The clients of one scope. A copy shares their connections and credentials.
#[derive(Clone)]
pub(super) struct Client {
    ecs: aws_sdk_ecs::Client,
    ecr: aws_sdk_ecr::Client,
    eks: aws_sdk_eks::Client,
    iam: aws_sdk_iam::Client,
    secretsmanager: aws_sdk_secretsmanager::Client,
    servicediscovery: aws_sdk_servicediscovery::Client,
    sts: aws_sdk_sts::Client,
    /// Made where events are listened to.
    sqs: Arc<OnceCell<aws_sdk_sqs::Client>>,
}

impl Clients {
    pub(super) fn new(settings: Settings, credentials: Option<SharedCredentialsProvider>) -> Self {
        Clients { settings, credentials, base: OnceCell::new(), made: Mutex::default() }
    }

    pub(super) async fn of(&self, scope: &Scope) -> Client {
        let mut made = self.made.lock().await;
        if let Some(client) = made.get(scope) {
            return client.clone();
        }
        let client = Client::new(&self.config(scope).await);
        made.insert(scope.clone(), client.clone());
        client
    }

    /// For queues, where a call that waits for a message is held by AWS so long.
    pub(super) async fn queues(&self, scope: &Scope, wait: Duration) -> aws_sdk_sqs::Client {
        let client = self.of(scope).await;
        client
            .sqs
            .get_or_init(|| async {
                let config = self.config(scope).await;
                let timeouts = self.timeouts(self.settings.deadline + wait);
                aws_sdk_sqs::Client::from_conf(
                    aws_sdk_sqs::config::Builder::from(&config).timeout_config(timeouts).build(),
                )
            })
            .await
            .clone()
    }

    /// For the rules that put events into queues.
    pub(super) async fn rules(&self, scope: &Scope) -> aws_sdk_eventbridge::Client {
        aws_sdk_eventbridge::Client::new(&self.config(scope).await)
    }

    async fn config(&self, scope: &Scope) -> SdkConfig {
        let base = self.base.get_or_init(|| self.load()).await;
        let config = base.clone().into_builder().region(Region::new(scope.region.clone()));
        let Some(role) = &scope.role else { return config.build() };
        let assumed = AssumeRoleProvider::builder(role).session_name(NAME).configure(base).build().await;
        config.credentials_provider(SharedCredentialsProvider::new(assumed)).build()
    }

    fn connect_timeout(&self) -> Duration {
        CONNECT_TIMEOUT.min(self.settings.deadline)
    }

    /// No call takes longer than this.
    fn timeouts(&self, longest: Duration) -> TimeoutConfig {
        TimeoutConfig::builder()
            .connect_timeout(self.connect_timeout())
            .operation_timeout(longest)
            .operation_attempt_timeout(longest)
            .build()
    }

    /// Reads what the environment says of credentials. Nothing is sent: they are fetched by the first call that needs them.
    async fn load(&self) -> SdkConfig {
        let Settings { region, endpoint_url, deadline, .. } = &self.settings;
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(region.clone()))
            .http_client(http_client(self.connect_timeout()))
            // Retrying is the queue's work, under the quota.
            .retry_config(RetryConfig::disabled())
            .timeout_config(self.timeouts(*deadline));
        if let Ok(name) = AppName::new(NAME) {
            loader = loader.app_name(name);
        }
        if let Some(url) = endpoint_url {
            loader = loader.endpoint_url(url);
        }
        if let Some(credentials) = &self.credentials {
            loader = loader.credentials_provider(credentials.clone());
        }
        loader.load().await
    }
}

impl Client {
    fn new(config: &SdkConfig) -> Self {
        Client {
            ecs: aws_sdk_ecs::Client::new(config),
            ecr: aws_sdk_ecr::Client::new(config),
            eks: aws_sdk_eks::Client::new(config),
            iam: aws_sdk_iam::Client::new(config),
            secretsmanager: aws_sdk_secretsmanager::Client::new(config),
            servicediscovery: aws_sdk_servicediscovery::Client::new(config),
            sts: aws_sdk_sts::Client::new(config),
            sqs: Arc::default(),
        }
    }

    pub(super) async fn invoke(&self, call: &Call) -> Result<sdk::Success, sdk::Failure> {
        let body = call.body().ok_or_else(|| sdk::Failure::sealed(call.operation.name()))?;
        match call.operation {
            Operation::Ecs(operation) => sdk::ecs::invoke(&self.ecs, operation, &body).await,
            Operation::Ecr(operation) => sdk::ecr::invoke(&self.ecr, operation, &body).await,
            Operation::Eks(operation) => sdk::eks::invoke(&self.eks, operation, &body).await,
            Operation::Iam(operation) => sdk::iam::invoke(&self.iam, operation, &body).await,
            Operation::SecretsManager(operation) => {
                sdk::secretsmanager::invoke(&self.secretsmanager, operation, &body).await
            }
            Operation::ServiceDiscovery(operation) => {
                sdk::servicediscovery::invoke(&self.servicediscovery, operation, &body).await
            }
            Operation::Kubernetes(_) | Operation::ServiceTasks => Err(sdk::Failure::not_aws(call.operation.name())),
        }
    }

    pub(super) async fn caller_identity(&self) -> Result<sdk::Success, sdk::Failure> {
        sdk::sts::invoke(&self.sts, sts::Operation::GetCallerIdentity).await
    }
}

/// One connector for all: the SDK's own default would bring a second TLS library, and the plain builder knows no proxies.
fn http_client(connect_timeout: Duration) -> SharedHttpClient {
    let settings = HttpConnectorSettings::builder().connect_timeout(connect_timeout).build();
    let connector = Connector::builder()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .proxy_config(ProxyConfig::from_env())
        .connector_settings(settings)
        .build();
    let connector = SharedHttpConnector::new(connector);
    http_client_fn(move |_, _| connector.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_count_against_the_account_of_the_role() {
        for (role, account) in [
            (None, ""),
            (Some("arn:aws:iam::123456789012:role/team"), "123456789012"),
            (Some("arn:aws-cn:iam::210987654321:role/path/team"), "210987654321"),
        ] {
            let scope = Scope { region: "eu-west-1".to_owned(), role: role.map(str::to_owned) };
            assert_eq!(scope.account(), account, "{role:?}");
        }
    }
}
