//! Everything that AWS has, without what differs from one making of the same thing to the next: times, ids, counts, events.

use aws_sim::Api;
use ecs_bridge::engine::compare;
use serde_json::{Map, Value, json};

use super::Aws;

/// What is never compared.
const VOLATILE: &[&str] = &[
    "createdAt",
    "currentServiceDeployment",
    "currentServiceRevisions",
    "events",
    "failedTasks",
    "fargateProfileArn",
    "id",
    "pendingCount",
    "pendingTasksCount",
    "registeredAt",
    "rolloutStateReason",
    "runningCount",
    "runningTasksCount",
    "serviceConnectResources",
    "updateStatus",
    "updatedAt",
];

impl Aws {
    /// Everything that AWS has. `revisions` says which task definitions there are; a service shows what its own defines.
    pub fn dump(&self) -> Value {
        json!({
            "repositories": self.repositories(),
            "clusters": self.clusters(),
            "capacityProviders": self.capacity_providers(),
            "revisions": self.revisions(),
            "fargateProfiles": self.fargate_profiles(),
            "objects": self.pods(|cluster| cluster.objects.dump()),
            "secrets": self.kept_secrets(),
            "cloudMapServices": self.cloud_map_services(),
        })
    }

    /// The same without the list of revisions: two ways to one state may leave different revisions behind.
    pub fn state(&self) -> Value {
        let mut dump = self.dump();
        dump["revisions"] = Value::Null;
        steady(&dump)
    }

    /// Secrets with the value that AWS gives to who asks for none in particular; what is scheduled for deletion is gone.
    fn kept_secrets(&self) -> Value {
        let listed = self.secrets("ListSecrets", json!({}))["SecretList"].clone();
        let mut found = Map::new();
        for secret in listed.as_array().into_iter().flatten() {
            let name = text(secret, "Name");
            let mut kept =
                json!({"Description": secret["Description"], "KmsKeyId": secret["KmsKeyId"], "Tags": secret["Tags"]});
            sort_by(&mut kept["Tags"], "Key");
            let value = self.somebody(Api::SecretsManager, "GetSecretValue", &json!({ "SecretId": name }));
            kept["value"] = value.map_or(Value::Null, |value| value["SecretString"].clone());
            found.insert(name, kept);
        }
        Value::Object(found)
    }

    /// How many revisions there are, and how many of them an operator has registered and not let go.
    pub fn count_revisions(&self) -> (usize, usize) {
        let revisions = self.revisions();
        let is_owned = |revision: &&Value| revision["defines"]["tags"].to_string().contains("ecs-bridge.dev:owner");
        let all = revisions.as_array().into_iter().flatten();
        (all.clone().count(), all.filter(is_owned).count())
    }

    /// How many things there are: what is made again elsewhere, or beside another, counts.
    pub fn things(&self) -> usize {
        let count = |listed: &Value| listed.as_array().map_or(0, Vec::len);
        let clusters = self.ecs("ListClusters", json!({}))["clusterArns"].clone();
        let services = clusters.as_array().into_iter().flatten().map(|cluster| {
            let listed = self.ecs("ListServices", json!({"cluster": cluster, "maxResults": 100}));
            count(&listed["serviceArns"])
        });
        services.sum::<usize>()
            + count(&clusters)
            + count(&self.ecs("ListTaskDefinitions", json!({}))["taskDefinitionArns"])
            + count(&self.ecr("DescribeRepositories", json!({}))["repositories"])
            + self.capacity_providers().as_object().map_or(0, Map::len)
            + self.fargate_profiles().as_object().map_or(0, Map::len)
            + self.kept_secrets().as_object().map_or(0, Map::len)
            + self.cloud_map_services().as_object().map_or(0, Map::len)
    }

    /// How many deployments each service has had that is there.
    pub fn deployments(&self) -> Value {
        let mut found = Map::new();
        for cluster in self.ecs("ListClusters", json!({}))["clusterArns"].as_array().into_iter().flatten() {
            let listed = self.ecs("ListServices", json!({"cluster": cluster, "maxResults": 100}));
            for service in listed["serviceArns"].as_array().into_iter().flatten() {
                let request = json!({"cluster": cluster, "service": service});
                let listed = self.ecs("ListServiceDeployments", request);
                let count = listed["serviceDeployments"].as_array().map_or(0, Vec::len);
                found.insert(service.as_str().unwrap_or_default().to_owned(), json!(count));
            }
        }
        Value::Object(found)
    }

    /// Those that are not INACTIVE, which the name is free of.
    fn capacity_providers(&self) -> Value {
        let (mut found, mut next) = (Map::new(), Value::Null);
        loop {
            let mut request = json!({"include": ["TAGS"]});
            if next.is_string() {
                request["nextToken"] = next;
            }
            let mut page = self.ecs("DescribeCapacityProviders", request);
            for provider in page["capacityProviders"].as_array_mut().into_iter().flatten() {
                sort_by(&mut provider["tags"], "key");
                if provider["status"] != "INACTIVE" {
                    found.insert(text(provider, "name"), without_volatile(provider));
                }
            }
            next = page["nextToken"].take();
            if next.is_null() {
                return Value::Object(found);
            }
        }
    }

    /// Those of the EKS cluster `main`, if there is one.
    fn fargate_profiles(&self) -> Value {
        let listed = self.somebody(Api::Eks, "ListFargateProfiles", &json!({"clusterName": "main"}));
        let names = listed.map_or(Value::Null, |listed| listed["fargateProfileNames"].clone());
        let mut found = Map::new();
        for name in names.as_array().into_iter().flatten() {
            let request = json!({"clusterName": "main", "fargateProfileName": name});
            let profile = self.eks("DescribeFargateProfile", request)["fargateProfile"].clone();
            found.insert(text(&profile, "fargateProfileName"), without_volatile(&profile));
        }
        Value::Object(found)
    }

    fn repositories(&self) -> Value {
        let described = self.ecr("DescribeRepositories", json!({}));
        let mut found = Map::new();
        for repository in described["repositories"].as_array().into_iter().flatten() {
            let name = text(repository, "repositoryName");
            let mut repository = repository.clone();
            repository["tags"] =
                self.ecr("ListTagsForResource", json!({"resourceArn": repository["repositoryArn"]}))["tags"].clone();
            sort_by(&mut repository["tags"], "Key");
            for (operation, member) in
                [("GetLifecyclePolicy", "lifecyclePolicyText"), ("GetRepositoryPolicy", "policyText")]
            {
                let answer = self.somebody(Api::Ecr, operation, &json!({"repositoryName": name}));
                repository[member] = answer.map_or(Value::Null, |answer| document(&answer[member]));
            }
            // AWS makes up the key that nobody names.
            let key = text(&repository["encryptionConfiguration"], "kmsKey");
            if !key.is_empty() && !key.ends_with("/mine") {
                repository["encryptionConfiguration"]["kmsKey"] = json!("AWS's own");
            }
            found.insert(name, without_volatile(&repository));
        }
        Value::Object(found)
    }

    fn clusters(&self) -> Value {
        let listed = self.ecs("ListClusters", json!({}));
        let mut found = Map::new();
        for arn in listed["clusterArns"].as_array().into_iter().flatten() {
            let include = json!(["SETTINGS", "CONFIGURATIONS", "TAGS"]);
            let described = self.ecs("DescribeClusters", json!({"clusters": [arn], "include": include}));
            let mut cluster = described["clusters"][0].clone();
            let name = text(&cluster, "clusterName");
            sort_by(&mut cluster["tags"], "key");
            sort_by(&mut cluster["capacityProviders"], "");
            sort_by(&mut cluster["defaultCapacityProviderStrategy"], "capacityProvider");
            cluster["services"] = self.services(&name);
            found.insert(name, without_volatile(&cluster));
        }
        Value::Object(found)
    }

    fn services(&self, cluster: &str) -> Value {
        let listed = self.ecs("ListServices", json!({"cluster": cluster}));
        let mut found = Map::new();
        for arn in listed["serviceArns"].as_array().into_iter().flatten() {
            let request = json!({"cluster": cluster, "services": [arn], "include": ["TAGS"]});
            let mut service = self.ecs("DescribeServices", request)["services"][0].clone();
            let name = text(&service, "serviceName");
            sort_by(&mut service["tags"], "key");
            let revision = &service["currentServiceRevisions"][0]["arn"];
            if revision.is_string() {
                let request = json!({"serviceRevisionArns": [revision]});
                let revision = self.ecs("DescribeServiceRevisions", request)["serviceRevisions"][0].clone();
                for member in ["gatewayConnectors", "monitoring"] {
                    service[member] = revision[member].clone();
                }
            }
            // AWS's own service-linked role, where the members of the service want one.
            service["roleArn"] = Value::Null;
            service["taskDefinition"] = self.definition(&service["taskDefinition"]);
            for deployment in service["deployments"].as_array_mut().into_iter().flatten() {
                deployment["taskDefinition"] = Value::Null;
            }
            found.insert(name, without_volatile(&service));
        }
        Value::Object(found)
    }

    /// What a revision defines, by its ARN.
    pub fn definition(&self, arn: &Value) -> Value {
        let described = self.ecs("DescribeTaskDefinition", json!({"taskDefinition": arn, "include": ["TAGS"]}));
        let mut definition = described["taskDefinition"].clone();
        definition["tags"] = described["tags"].clone();
        sort_by(&mut definition["tags"], "key");
        for member in ["revision", "taskDefinitionArn"] {
            definition[member] = Value::Null;
        }
        without_volatile(&definition)
    }

    fn revisions(&self) -> Value {
        let listed = self.ecs("ListTaskDefinitions", json!({}))["taskDefinitionArns"].clone();
        let arns = listed.as_array().into_iter().flatten();
        arns.map(|arn| json!({"arn": arn, "defines": self.definition(arn)})).collect()
    }
}

/// The places where the two differ, a line each.
pub fn differences(is: &Value, should_be: &Value) -> String {
    let found = compare::differences(should_be, is, &[]);
    let places = found.iter().map(|place| {
        let show = |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), Value::to_string);
        format!("  {}: is {}, should be {}", place.path, show(&place.observed), show(&place.desired))
    });
    places.collect::<Vec<_>>().join("\n")
}

/// Fails with the places where the two differ.
pub fn assert_same(is: &Value, should_be: &Value, what: &str) {
    let places = differences(is, should_be);
    assert!(places.is_empty(), "{what}:\n{places}");
}

fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}

fn document(text: &Value) -> Value {
    text.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn sort_by(list: &mut Value, member: &str) {
    if let Some(items) = list.as_array_mut() {
        items.sort_by_key(|item| if member.is_empty() { item.to_string() } else { item[member].to_string() });
    }
}

pub fn without_volatile(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !VOLATILE.contains(&name.as_str()))
            .map(|(name, member)| (name.clone(), without_volatile(member)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(without_volatile).collect(),
        scalar => scalar.clone(),
    }
}

/// The state in which nothing, zero, false, empty and `DEFAULT` are the same: AWS writes a member that was reset in either way.
pub fn steady(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), steady(member)))
            // It is described of rolling deployments alone: a service keeps what its last one was.
            .filter(|(name, member)| !(is_nothing(member) || name == "rolloutState" && member == "COMPLETED"))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => {
            // The subnets, constraints and load balancers of a service have no order.
            let mut items: Vec<Value> = items.iter().map(steady).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        scalar => scalar.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::String(text) => text == "DEFAULT",
    }
}
