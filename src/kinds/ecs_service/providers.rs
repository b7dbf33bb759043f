//! The strategy of a service by AWS's names: what the EcsCapacityProviders that it names are called there.

use std::{borrow::Cow, collections::BTreeMap};

use super::spec::{EcsServiceSpec, Memo};
use crate::{
    engine::{Env, Outcome},
    kinds::common::{reference::exported, strategy},
};

/// The spec with AWS's names in its strategy; or what is waited for.
pub fn resolved<'a>(spec: &'a EcsServiceSpec, env: &Env, memo: &Memo) -> Result<Cow<'a, EcsServiceSpec>, Box<Outcome>> {
    let named = spec.service.capacity_provider_strategy.as_ref();
    if strategy::references(named).is_empty() {
        return Ok(Cow::Borrowed(spec));
    }
    let mut spec = spec.clone();
    for item in spec.service.capacity_provider_strategy.iter_mut().flatten() {
        if let Some(key) = strategy::object(item) {
            let name = exported(env, &key, "name", "spec.capacityProviderStrategy");
            // A provider is called what it was called, also before its object has been seen.
            let name = name.or_else(|outcome| memo.providers.get(&key.name).cloned().ok_or(outcome));
            item.capacity_provider = name?;
        }
    }
    Ok(Cow::Owned(spec))
}

/// The names in AWS of the objects that the strategy names, as far as they are known.
pub fn names(spec: &EcsServiceSpec, env: &Env, memo: &Memo) -> BTreeMap<String, String> {
    let named = strategy::references(spec.service.capacity_provider_strategy.as_ref()).into_iter();
    named
        .filter_map(|key| {
            let name = exported(env, &key, "name", "").ok().or_else(|| memo.providers.get(&key.name).cloned())?;
            Some((key.name, name))
        })
        .collect()
}
