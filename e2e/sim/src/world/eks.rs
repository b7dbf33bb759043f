//! EKS clusters, which ecs-bridge only uses, and the tags of what belongs to them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Scope;
use crate::time::Time;

use super::agenda::Due;
use super::fargate_profiles::{Failing, Profile};
use super::params::Params;
use super::pod_identities::Association;
use super::tags::Tags;
use super::{Answer, Config, Env, Region};

/// AWS's clusters take some ten minutes.
const CREATING: Duration = Duration::from_mins(10);

/// AWS allows so many on one resource.
const MAX_TAGS: usize = 50;

#[derive(Clone)]
pub(crate) struct Cluster {
    pub(super) name: String,
    created_at: Time,
    active_at: Time,
    role: String,
    version: String,
    pub(super) subnets: Vec<String>,
    tags: Tags,
    pub(super) profiles: BTreeMap<String, Profile>,
    /// By id.
    pub(super) associations: BTreeMap<String, Association>,
    /// Every client token with what it made, for as long as the cluster lives.
    pub(super) tokens: BTreeMap<String, (Value, Value)>,
    /// What goes wrong with the next profile.
    pub(super) failing: Option<Failing>,
}

impl Cluster {
    /// One that stands when its region begins.
    pub(super) fn standing(scope: &Scope, name: &str, now: Time) -> Self {
        Self {
            name: name.to_owned(),
            created_at: now,
            active_at: now,
            role: format!("arn:aws:iam::{}:role/eks-cluster", scope.account),
            version: "1.37".to_owned(),
            subnets: ["subnet-0a", "subnet-0b"].map(str::to_owned).to_vec(),
            tags: Tags::new(),
            profiles: BTreeMap::new(),
            associations: BTreeMap::new(),
            tokens: BTreeMap::new(),
            failing: None,
        }
    }

    pub(super) fn is_active(&self, now: Time) -> bool {
        self.active_at <= now
    }

    fn describe(&self, scope: &Scope, now: Time) -> Value {
        let mut cluster = json!({
            "name": self.name,
            "arn": scope.arn("eks", &format!("cluster/{}", self.name)),
            "createdAt": self.created_at.to_json(),
            "version": self.version,
            "platformVersion": "eks.1",
            "roleArn": self.role,
            "resourcesVpcConfig": {
                "subnetIds": self.subnets,
                "securityGroupIds": [],
                "vpcId": "vpc-0a",
                "endpointPublicAccess": true,
                "endpointPrivateAccess": false,
                "publicAccessCidrs": ["0.0.0.0/0"],
            },
            "status": if self.is_active(now) { "ACTIVE" } else { "CREATING" },
            "tags": self.tags,
        });
        if self.is_active(now) {
            cluster["endpoint"] = json!(format!("https://{}.eks.{}.amazonaws.com", self.name, scope.region));
        }
        cluster
    }
}

/// The clusters that every region begins with.
pub(super) fn standing(scope: &Scope, config: &Config, now: Time) -> BTreeMap<String, Cluster> {
    config.eks_clusters.iter().map(|name| (name.clone(), Cluster::standing(scope, name, now))).collect()
}

pub(super) fn create(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let name = request.required("name");
    if region.eks_clusters.contains_key(name) {
        return Err(in_use(format!("Cluster already exists with name: {name}")));
    }
    let cluster = Cluster {
        active_at: env.now + CREATING,
        role: request.required("roleArn").to_owned(),
        version: request.text("version").unwrap_or("1.37").to_owned(),
        subnets: texts(request.nested("resourcesVpcConfig"), "subnetIds"),
        tags: read_tags(request, &Tags::new())?,
        ..Cluster::standing(&region.scope, name, env.now)
    };
    let described = cluster.describe(&region.scope, env.now);
    region.eks_clusters.insert(name.to_owned(), cluster);
    Ok(json!({"cluster": described}))
}

pub(super) fn describe(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let scope = region.scope.clone();
    let cluster = region.eks_cluster(request.required("name"))?;
    Ok(json!({"cluster": cluster.describe(&scope, env.now)}))
}

pub(super) fn tag(region: &mut Region, request: Params<'_>) -> Answer {
    let present = find(region, request.required("resourceArn"))?;
    *present = read_tags(request, present)?;
    Ok(json!({}))
}

pub(super) fn untag(region: &mut Region, request: Params<'_>) -> Answer {
    let present = find(region, request.required("resourceArn"))?;
    super::tags::remove(present, &request.texts("tagKeys"));
    Ok(json!({}))
}

pub(super) fn list_tags(region: &mut Region, request: Params<'_>) -> Answer {
    Ok(json!({"tags": find(region, request.required("resourceArn"))?}))
}

/// The tags that there are with those of the request: a map, unlike those of ECS and ECR.
pub(super) fn read_tags(request: Params<'_>, present: &Tags) -> Result<Tags, Error> {
    let mut tags = present.clone();
    for (key, value) in request.get("tags").and_then(Value::as_object).into_iter().flatten() {
        if key.to_lowercase().starts_with("aws:") {
            let message = format!("The tag key {key} is reserved: keys that begin with aws: cannot be set or edited.");
            return Err(Error::new("BadRequestException", message));
        }
        tags.insert(key.clone(), value.as_str().unwrap_or_default().to_owned());
    }
    if tags.len() > MAX_TAGS {
        let message = format!("The resource would have {} tags; {MAX_TAGS} are allowed.", tags.len());
        return Err(Error::new("BadRequestException", message));
    }
    Ok(tags)
}

/// The tags of what has this ARN, as far as it exists.
pub(super) fn tags_of(region: &mut Region, arn: &str) -> Option<Tags> {
    find(region, arn).ok().cloned()
}

fn find<'a>(region: &'a mut Region, arn: &str) -> Result<&'a mut Tags, Error> {
    let malformed = || Error::new("BadRequestException", format!("The ARN {arn} is not that of an EKS resource."));
    let missing = || Error::new("NotFoundException", format!("No resource was found for {arn}.")).with_status(404);
    let resource = region.scope.resource("eks", arn).ok_or_else(malformed)?.to_owned();
    let parts: Vec<&str> = resource.split('/').collect();
    match parts.as_slice() {
        ["cluster", name] => region.eks_clusters.get_mut(*name).map(|cluster| &mut cluster.tags).ok_or_else(missing),
        ["fargateprofile", cluster, name, id] => {
            let profile = region.eks_clusters.get_mut(*cluster).and_then(|cluster| cluster.profiles.get_mut(*name));
            let profile = profile.filter(|profile| profile.id == *id);
            profile.map(|profile| &mut profile.tags).ok_or_else(missing)
        }
        [kind, ..] => Err(Error::unimplemented(&format!("tags of a {kind}"))),
        [] => Err(malformed()),
    }
}

pub(super) fn in_use(message: String) -> Error {
    Error::new("ResourceInUseException", message).with_status(409)
}

pub(super) fn texts(params: Params<'_>, name: &str) -> Vec<String> {
    params.texts(name).into_iter().map(str::to_owned).collect()
}

impl Region {
    pub(super) fn eks_cluster(&mut self, name: &str) -> Result<&mut Cluster, Error> {
        self.eks_clusters.get_mut(name).ok_or_else(|| {
            Error::new("ResourceNotFoundException", format!("No cluster found for name: {name}.")).with_status(404)
        })
    }

    pub(super) fn turn_fargate_profile(&mut self, env: &mut Env<'_>, cluster: &str, name: &str) {
        let Some(found) = self.eks_clusters.get_mut(cluster) else { return };
        let Some(profile) = found.profiles.get_mut(name) else { return };
        if let Some(at) = profile.next_at.filter(|at| *at > env.now) {
            let due = Due::FargateProfile { cluster: cluster.to_owned(), name: name.to_owned() };
            env.agenda.add(at, &self.scope, due);
        } else if profile.turn() {
            found.profiles.remove(name);
        }
    }
}
