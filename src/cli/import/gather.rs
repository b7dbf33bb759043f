//! Reads what is in AWS, kind by kind, and makes objects of it. Each is tried on the operator's own plan before it is given out: what would
//! write more than tags is left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures::{
    StreamExt as _,
    future::{BoxFuture, join_all},
    stream,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    cli::aws::Unanswered,
    engine::{
        Answer, Asked, Call, Cause, Class, Env, Failure, Goal, Identity, Kind, Lane, Malformed, Management, Operation,
        Refusal, Synced,
        import::{Draft, Import, Listing, Shape, Thing, object_names},
        outcome::State,
        reconcile::{self, CallResult, End, Kept, LaneTurn, NotRecorded, Subject, Turn},
        roles::{self, RolePatterns},
    },
    kinds::{
        self, Registered, crd,
        named::{self, UnknownKind},
    },
};

/// So many things are read at once: their reads go out in batches.
const AT_ONCE: usize = 20;
/// No kind needs more rounds than this to read one thing, and no list is longer than so many pages.
const ROUNDS: usize = 10;
const PAGES: usize = 1000;

/// What is asked of AWS.
pub trait Reads: Sync {
    fn read(&self, call: &Call) -> impl Future<Output = CallResult> + Send;
}

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// By flag: names, with `*` for any run of characters.
    pub selected: BTreeMap<&'static str, Vec<String>>,
    /// All that the flags may select.
    pub all: bool,
    /// The kinds of the objects; all where none is named.
    pub kinds: Vec<String>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// In the order in which they are best applied.
    pub objects: Vec<Value>,
    /// What no object was made of: the kind, the thing, and why.
    pub left_out: Vec<(&'static str, String, String)>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    #[error("--kinds: {0}")]
    Kind(#[from] UnknownKind),
    #[error("the kinds of this build are malformed: {0}")]
    Json(#[from] serde_json::Error),
    #[error("{0}. Nothing was printed")]
    Aws(Unanswered),
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("the list of {0} has no end")]
    Endless(&'static str),
}

impl From<Failure> for GatherError {
    fn from(failure: Failure) -> Self {
        let told = failure.to_string();
        GatherError::Aws(Unanswered::new(failure.class, failure.code.is_some(), &failure.message, &told))
    }
}

/// A kind, to whoever knows it by its name only.
struct Importer<R> {
    selected_by: &'static str,
    list: fn(Option<&str>, &[Value]) -> Result<Listing, Malformed>,
    make: for<'a> fn(&'a R, &'a Thing, &'a BTreeSet<String>) -> BoxFuture<'a, Drafted>,
}

/// The spec of an object, or why none is made; or AWS did not answer.
type Drafted = Result<Result<Draft, String>, Failure>;

struct Importers<R>(std::marker::PhantomData<fn(R)>);

impl<R: Reads + 'static> kinds::Visitor for Importers<R> {
    type Made = Option<Importer<R>>;

    fn visit<K: Kind>(&mut self) -> Option<Importer<R>> {
        Some(Importer {
            selected_by: K::SELECTED_BY?,
            list: K::list,
            make: |reads, thing, required| Box::pin(make::<K, R>(reads, thing, required)),
        })
    }
}

/// The kinds whose things can be found.
fn importers<R>(all: Vec<Registered<Option<Importer<R>>>>) -> Vec<Registered<Importer<R>>> {
    let found =
        all.into_iter().filter_map(|Registered { kind, crd, made }| Some(Registered { kind, crd, made: made? }));
    found.collect()
}

/// Reads all that is wanted. `tell` hears how far it has come: the kind, how many things are read, and of how many.
pub async fn gather<R: Reads + 'static>(
    reads: &R,
    wanted: &Wanted,
    tell: impl Fn(&'static str, usize, usize),
) -> Result<Gathered, GatherError> {
    let all = importers(kinds::all(&mut Importers::<R>(std::marker::PhantomData))?);
    let values = values(reads, wanted, &all).await?;
    let mut gathered = Gathered::default();
    let mut known: BTreeMap<(&'static str, String), String> = BTreeMap::new();
    for kind in named::chosen(all, &wanted.kinds)? {
        let things = things(reads, &kind, &values, &mut gathered).await?;
        let required = crd::required(&kind.crd)?;
        let mut made = Vec::new();
        let mut results =
            stream::iter(things.iter().map(|thing| (kind.made.make)(reads, thing, &required))).buffered(AT_ONCE);
        while let Some(result) = results.next().await {
            made.push(result?);
            tell(kind.kind, made.len(), things.len());
        }
        let (mut kept, mut drafts) = (Vec::new(), Vec::new());
        for (thing, result) in things.iter().zip(made) {
            match result {
                Ok(draft) => {
                    kept.push(thing.clone());
                    drafts.push(draft);
                }
                Err(why) => gathered.left_out.push((kind.kind, thing.to_string(), why)),
            }
        }
        let names = object_names(&kept);
        for ((thing, name), draft) in kept.iter().zip(names).zip(drafts) {
            gathered.objects.push(object(&kind, &name, draft, &known));
            known.insert((kind.kind, thing.name.clone()), name);
        }
    }
    Ok(gathered)
}

/// The values of each flag: those that are given, and those that a pattern, or `--all`, stands for.
async fn values<R: Reads>(
    reads: &R,
    wanted: &Wanted,
    all: &[Registered<Importer<R>>],
) -> Result<BTreeMap<&'static str, BTreeSet<String>>, GatherError> {
    let mut values: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for kind in all {
        let flag = kind.made.selected_by;
        let given = wanted.selected.get(flag).into_iter().flatten();
        let (patterns, names): (Vec<&String>, Vec<&String>) = given.partition(|name| name.contains('*'));
        values.entry(flag).or_default().extend(names.into_iter().cloned());
        if !wanted.all && patterns.is_empty() {
            continue;
        }
        let listed = listed(reads, kind, None).await?.map_err(|refusal| declined(&refusal))?;
        let is_wanted = |name: &str| {
            wanted.all || patterns.iter().any(|pattern| roles::matches(pattern.as_bytes(), name.as_bytes()))
        };
        let names = listed.into_iter().map(|thing| thing.name).filter(|name| is_wanted(name));
        values.entry(flag).or_default().extend(names);
    }
    Ok(values)
}

/// The things of a kind that the flags select.
async fn things<R: Reads>(
    reads: &R,
    kind: &Registered<Importer<R>>,
    values: &BTreeMap<&'static str, BTreeSet<String>>,
    gathered: &mut Gathered,
) -> Result<Vec<Thing>, GatherError> {
    let mut things = BTreeSet::new();
    for value in values.get(kind.made.selected_by).into_iter().flatten() {
        match listed(reads, kind, Some(value)).await? {
            Ok(listed) => things.extend(listed),
            Err(refusal) => gathered.left_out.push((kind.kind, value.clone(), refusal.to_string())),
        }
    }
    Ok(things.into_iter().collect())
}

async fn listed<R: Reads>(
    reads: &R,
    kind: &Registered<Importer<R>>,
    selected: Option<&str>,
) -> Result<Result<Vec<Thing>, Refusal>, GatherError> {
    let mut pages = Vec::new();
    while pages.len() < PAGES {
        match (kind.made.list)(selected, &pages)? {
            Listing::All(things) => return Ok(Ok(things)),
            Listing::Ask(call) => match reads.read(&call).await? {
                Ok(page) => pages.push(page),
                Err(refusal) => return Ok(Err(refusal)),
            },
        }
    }
    Err(GatherError::Endless(kind.kind))
}

fn declined(refusal: &Refusal) -> Failure {
    Failure {
        class: Class::Server,
        operation: refusal.operation,
        code: Some(refusal.code.clone()),
        message: refusal.message.clone(),
        request_id: refusal.request_id.clone(),
        retry_after: None,
    }
}

/// The object, as `kubectl apply` takes it.
fn object<M>(
    kind: &Registered<M>,
    name: &str,
    draft: Draft,
    named: &BTreeMap<(&'static str, String), String>,
) -> Value {
    let Draft { mut spec, reference } = draft;
    if let Some(reference) = reference
        && let Some(in_aws) = spec.get(reference.member).and_then(Value::as_str)
        && let Some(object) = named.get(&(reference.kind, in_aws.to_owned()))
    {
        spec.insert(reference.by.to_owned(), json!({ "name": object }));
        spec.remove(reference.member);
    }
    let version = kind.crd.spec.versions.first().map_or("v1alpha1", |version| version.name.as_str());
    json!({
        "apiVersion": format!("{}/{version}", kind.crd.spec.group),
        "kind": kind.kind,
        "metadata": { "name": name },
        "spec": spec,
    })
}

/// Reads one thing, and makes the spec of its object; or says why none is made.
async fn make<K: Kind, R: Reads>(reads: &R, thing: &Thing, required: &BTreeSet<String>) -> Drafted {
    let mut facts = K::Facts::default();
    for _ in 0..ROUNDS {
        let queries = match K::import(thing, &facts, Shape { required }) {
            Import::Read(queries) => queries,
            Import::Made(draft) => return tried::<K, R>(reads, draft).await,
            Import::Not(why) => return Ok(Err(why)),
        };
        let calls: Vec<Call> = queries.iter().map(K::read).collect();
        let answers = join_all(calls.iter().map(|call| reads.read(call))).await;
        for (query, answer) in queries.iter().zip(answers) {
            let result = answer?;
            if let Err(malformed) = K::absorb(&mut facts, Answer { to: Asked::Query(query), result }) {
                return Ok(Err(malformed.to_string()));
            }
        }
    }
    Ok(Err("it can't be read to its end: please report this".to_owned()))
}

/// The draft, where the operator would write nothing for it but tags.
async fn tried<K: Kind, R: Reads>(reads: &R, draft: Draft) -> Drafted {
    let Ok(spec) = serde_json::from_value::<K::Spec>(Value::Object(draft.spec.clone())) else {
        return Ok(Err("no spec can say what AWS describes: please report this".to_owned()));
    };
    let env = env(K::KIND, K::management(&spec).clone());
    let world = Trial { reads, written: Mutex::default() };
    let subject = Subject::<K> { goal: Goal::Present(&spec), env: &env, memo: K::Memo::default() };
    let pass = reconcile::pass(subject, Kept::default(), &world).await;
    let written = world.written.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(why) = written {
        return Ok(Err(format!("an object of it would change it: {why}")));
    }
    match pass.end {
        End::Failed(failure) if !of_the_shell(failure.operation) => Err(failure),
        End::Rested(outcome) if outcome.synced != Synced::Yes => match outcome.state {
            State::Stalled { why } => Ok(Err(why.message)),
            _ => Ok(Ok(draft)),
        },
        _ => Ok(Ok(draft)),
    }
}

/// The surroundings of no object in particular.
fn env(kind: &'static str, management: Management) -> Env {
    let identity = Identity {
        owner_id: "import".to_owned(),
        kind,
        namespace: "import".to_owned(),
        name: "import".to_owned(),
        uid: "import".to_owned(),
    };
    Env {
        identity,
        generation: 1,
        annotations: BTreeMap::new(),
        name_prefix: String::new(),
        eks_cluster_name: None,
        reads_secrets: false,
        adopt_from: None,
        management,
        references: BTreeMap::new(),
        children: Some(BTreeMap::new()),
        holds: Vec::new(),
        shared: BTreeMap::new(),
        allowed_roles: RolePatterns::parse(["*"]).unwrap_or_default(),
    }
}

/// AWS, of which nothing is changed: tags are taken for written, and anything else ends the pass.
struct Trial<'a, R> {
    reads: &'a R,
    /// What would have been written, and why.
    written: Mutex<Option<String>>,
}

impl<R: Reads> reconcile::World for Trial<'_, R> {
    type LaneGuard = ();

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn call(&self, call: &Call, write: Option<Cause>) -> CallResult {
        let operation = call.operation;
        match (write, operation) {
            (None, operation) if of_the_shell(operation) => Err(ended(operation)),
            (None, _) => self.reads.read(call).await,
            (Some(_), _) if operation.name() == "TagResource" => Ok(Ok(json!({}))),
            (Some(_), _) => Err(ended(operation)),
        }
    }

    fn turn(&self, _: &Call, _: Cause) -> Turn {
        Turn::Now
    }

    fn lane(&self, _: &Lane) -> LaneTurn<()> {
        LaneTurn::Held(())
    }

    async fn remember(&self, _: Value) -> Result<(), NotRecorded> {
        Ok(())
    }

    async fn stands(&self) -> Result<(), NotRecorded> {
        Ok(())
    }

    async fn wrote(&self, operation: Operation, _: Cause, why: &str, result: &CallResult) {
        if result.is_err() {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            *written = Some(format!("{operation}: {why}"));
        }
    }
}

/// What the operator's shell answers: there is none here.
fn of_the_shell(operation: Operation) -> bool {
    matches!(operation, Operation::Kubernetes(_) | Operation::ServiceTasks)
}

fn ended(operation: Operation) -> Failure {
    Failure {
        class: Class::Unreachable,
        operation,
        code: None,
        message: "nothing is written here".to_owned(),
        request_id: None,
        retry_after: Some(Duration::ZERO),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ecs;

    #[test]
    fn what_keeps_aws_from_answering_is_told_with_what_to_do() {
        for (class, code, says) in [
            (
                Class::Credentials,
                None,
                &["there are no AWS credentials", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "role"][..],
            ),
            (
                Class::Credentials,
                Some("ExpiredTokenException"),
                &["does not take the credentials", "ExpiredTokenException"],
            ),
            (Class::AccessDenied, Some("AccessDeniedException"), &["ecs:ListClusters", "Allow the action"]),
            (Class::Unreachable, None, &["ecs:ListClusters", "try again"]),
        ] {
            let failure = Failure {
                class,
                operation: Operation::Ecs(ecs::Operation::ListClusters),
                code: code.map(str::to_owned),
                message: "the words of the SDK.".to_owned(),
                request_id: None,
                retry_after: None,
            };
            let told = GatherError::from(failure).to_string();
            assert!(says.iter().all(|part| told.contains(part)), "{class:?}, {code:?}: {told}");
            assert!(told.contains("the words of the SDK") && !told.contains(".."), "{class:?}, {code:?}: {told}");
        }
    }
}
