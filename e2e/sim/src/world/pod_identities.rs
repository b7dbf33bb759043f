//! EKS Pod Identity: which role the pods of a service account have.

use serde_json::{Value, json};

use crate::error::Error;
use crate::time::Time;

use super::eks;
use super::paging;
use super::params::Params;
use super::{Answer, Env, Region};

#[derive(Clone)]
pub(crate) struct Association {
    namespace: String,
    account: String,
    role: String,
    created_at: Time,
}

pub(super) fn create(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let members = ["tags", "targetRoleArn", "policy", "disableSessionTags"];
    if let Some(member) = members.iter().find(|member| request.get(member).is_some()) {
        return Err(Error::unimplemented(&format!("{member} of a Pod Identity association")));
    }
    let text = |member: &str| request.required(member).to_owned();
    let made = Association {
        namespace: text("namespace"),
        account: text("serviceAccount"),
        role: text("roleArn"),
        created_at: env.now,
    };
    let (name, id) = (text("clusterName"), format!("a-{}", env.random.hex(17)));
    let associations = &mut region.eks_cluster(&name)?.associations;
    let same = |other: &Association| other.namespace == made.namespace && other.account == made.account;
    if let Some((known, _)) = associations.iter().find(|(_, other)| same(other)) {
        return Err(eks::in_use(format!("Association already exists: {known}")));
    }
    associations.insert(id.clone(), made);
    described(region, &name, &id)
}

pub(super) fn describe(region: &mut Region, request: Params<'_>) -> Answer {
    described(region, request.required("clusterName"), request.required("associationId"))
}

pub(super) fn delete(region: &mut Region, request: Params<'_>) -> Answer {
    let (name, id) = (request.required("clusterName"), request.required("associationId"));
    let answer = described(region, name, id)?;
    region.eks_cluster(name)?.associations.remove(id);
    Ok(answer)
}

pub(super) fn list(region: &mut Region, request: Params<'_>) -> Answer {
    let name = request.required("clusterName");
    let is_asked = |association: &Association| {
        request.text("namespace").is_none_or(|namespace| namespace == association.namespace)
            && request.text("serviceAccount").is_none_or(|account| account == association.account)
    };
    let found = region.eks_cluster(name)?.associations.clone();
    let ids: Vec<String> =
        found.iter().filter(|(_, association)| is_asked(association)).map(|(id, _)| id.clone()).collect();
    let (page, next) = paging::page(request, &ids, 100, 100)?;
    let summaries: Vec<Value> = page
        .iter()
        .map(|id| {
            let association = &found[id];
            json!({
                "clusterName": name,
                "namespace": association.namespace,
                "serviceAccount": association.account,
                "associationArn": arn(region, name, id),
                "associationId": id,
            })
        })
        .collect();
    let mut answer = json!({ "associations": summaries });
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

fn arn(region: &Region, cluster: &str, id: &str) -> String {
    region.scope.arn("eks", &format!("podidentityassociation/{cluster}/{id}"))
}

fn described(region: &mut Region, cluster: &str, id: &str) -> Answer {
    let arn = arn(region, cluster, id);
    let found = region.eks_cluster(cluster)?.associations.get(id).ok_or_else(|| {
        Error::new("ResourceNotFoundException", format!("No association found for id: {id}.")).with_status(404)
    })?;
    Ok(json!({ "association": {
        "clusterName": cluster,
        "namespace": found.namespace,
        "serviceAccount": found.account,
        "roleArn": found.role,
        "associationArn": arn,
        "associationId": id,
        "createdAt": found.created_at.to_json(),
        "modifiedAt": found.created_at.to_json(),
        "tags": {},
    }}))
}
