//! What is known of a whole spec, by path: what cannot change, where roles stand, what zero means.

use std::collections::BTreeSet;

use crate::Error;
use crate::build::Builder;
use crate::ir::SpecFacts;
use crate::tables::{Mutable, Spec};

impl Builder<'_> {
    pub(crate) fn facts(&self, name: &str, spec: &Spec) -> Result<SpecFacts, Error> {
        let create = &self.shape(self.input(&spec.create)?)?.members;
        let mut updated = BTreeSet::new();
        for operation in &spec.update {
            updated.extend(self.shape(self.input(operation)?)?.members.keys());
        }
        let immutable = match &spec.mutable {
            Mutable::All(_) => Vec::new(),
            Mutable::Members(mutable) => {
                if let Some(unknown) =
                    mutable.iter().find(|member| !create.contains_key(*member) || updated.contains(member))
                {
                    let cause = format!(
                        "{name} names {unknown} as mutable: {} has it not, or an update takes it anyway",
                        spec.create
                    );
                    return Err(self.error(cause));
                }
                create
                    .keys()
                    .filter(|member| !spec.omit.contains(member))
                    .filter(|member| {
                        spec.immutable.contains(member) || !updated.contains(member) && !mutable.contains(member)
                    })
                    .cloned()
                    .collect()
            }
        };
        let mut facts = SpecFacts {
            name: name.to_owned(),
            immutable,
            role_paths: Vec::new(),
            default_zero_paths: Vec::new(),
            list_keys: Vec::new(),
        };
        self.walk(name, "", &mut facts);
        Ok(facts)
    }

    fn walk(&self, name: &str, path: &str, facts: &mut SpecFacts) {
        let Some(structure) = self.structs.get(name) else {
            return;
        };
        for field in &structure.fields {
            let path = format!("{path}{}", field.wire);
            if field.role {
                facts.role_paths.push(path.clone());
            }
            if field.default_zero {
                facts.default_zero_paths.push(path.clone());
            }
            if let Some(key) = &field.list_key {
                facts.list_keys.push((path.clone(), key.clone()));
            }
            if let Some((inner, steps)) = field.ty.structure() {
                self.walk(inner, &format!("{path}{steps}."), facts);
            }
        }
    }
}
