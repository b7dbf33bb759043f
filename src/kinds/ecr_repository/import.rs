//! The object that stands for a repository that is there.

use serde_json::{Value, json};

use super::{
    EcrRepository,
    desired::{self, RULES},
    facts::{Facts, Query},
    spec::EcrRepositorySpec,
};
use crate::{
    engine::{
        Call, Malformed, Seen,
        import::{self, Draft, Import, Listing, Shape, Thing},
    },
    model::ecr::{self, Operation},
};

pub fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
    if let Some(name) = selected {
        return Ok(Listing::one(Thing::new("", name)));
    }
    let ask = |next_token| {
        let request = ecr::DescribeRepositoriesRequest { max_results: Some(1000), next_token, ..Default::default() };
        Call::new(Operation::DescribeRepositories, &request)
    };
    Listing::of(pages, ask, |page: ecr::DescribeRepositoriesResponse| {
        let names = page.repositories.into_iter().flatten().filter_map(|repository| repository.repository_name);
        (names.map(|name| Thing::new("", &name)).collect(), page.next_token)
    })
}

pub fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<EcrRepository> {
    if let Some(refusal) = &facts.refused {
        return Import::Not(refusal.to_string());
    }
    let name = thing.name.clone();
    let repository = match &facts.repository {
        Seen::Unread => return Import::Read(vec![Query::Repository { name }]),
        Seen::Absent => return Import::Not("there is no such ECR repository in this account and region".to_owned()),
        Seen::Known(repository) => repository,
    };
    let tags = match &facts.tags {
        Seen::Unread => {
            let arn = repository.repository_arn.clone().unwrap_or_default();
            let (lifecycle, policy) = (Query::Lifecycle { name: name.clone() }, Query::Policy { name });
            return Import::Read(vec![Query::Tags { arn }, lifecycle, policy]);
        }
        Seen::Absent => return Import::Not("it was deleted meanwhile".to_owned()),
        Seen::Known(tags) => tags,
    };
    if let Some(why) = import::owned(tags) {
        return Import::Not(why);
    }
    // Its key, whoever chose it: the one that it can't change.
    let encryption_configuration = repository.encryption_configuration.clone();
    let repository_spec = ecr::RepositorySpec { encryption_configuration, ..Default::default() };
    let spec = EcrRepositorySpec { repository: repository_spec, ..EcrRepositorySpec::default() };
    let described = desired::observed(repository, facts.lifecycle.known(), facts.policy.known(), &spec);
    let draft = Draft::new(shape.without_defaults(&described, RULES, ""))
        .with("repositoryName", json!(name))
        .with("tags", json!(desired::to_list(&import::settable(tags))));
    Import::Made(draft)
}
