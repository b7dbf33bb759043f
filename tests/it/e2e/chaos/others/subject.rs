//! One object that lives while others have their hands on what it has in AWS.

use std::{collections::BTreeMap, time::Duration};

use aws_sim::Entry;
use ecs_bridge::engine::reason;
use ecs_bridge_harness::{condition, eventually, has_condition, wait_for, wait_gone};
use kube::{api::DeleteParams, core::DynamicObject};
use serde_json::{Value, json};

use super::{
    super::life::{Act, without_own},
    deeds::{self, Deed, Sort},
    dice::Dice,
    hand::{Hand, Tags, owner_keys, owner_tags, their_tags, without_theirs},
};
use crate::plan::dump::differences;

/// Objects share the processors, and a name that drains is not free.
const PATIENCE: Duration = Duration::from_mins(2);

/// Others do so much in an act at most.
const MOST: usize = 3;

/// The latest call of an act that others wait for.
const LATEST: usize = 14;

/// For what AWS lets them do only in the gap between two things: while the operator is at work on the same, it may be the first.
const GAP: Duration = Duration::from_secs(4);

/// What is made, changed, changed back and deleted, and made once more over a thing of others.
const ACTS: [Act; 7] = [Act::Create, Act::Change, Act::Create, Act::Change, Act::Delete, Act::Create, Act::Delete];

pub struct Subject<'a> {
    pub hand: Hand<'a>,
    pub dice: Dice,
    /// What AWS has of it after an act when nobody else is there.
    pub expected: &'a BTreeMap<Act, Value>,
    pub lived: Lived,
    theirs: Option<Theirs>,
}

/// What others did to one object, and what came of it.
#[derive(Debug, Default)]
pub struct Lived {
    /// How often each deed was done, by what it is.
    pub deeds: BTreeMap<&'static str, usize>,
    /// What AWS did not let them do, as with a thing that is not there.
    pub refused: usize,
    /// How often the object said that its name is another's, and that was so.
    pub conflicts: usize,
    /// Writes that were on their way as the thing became another's.
    pub strays: usize,
}

impl Lived {
    pub fn add(&mut self, other: Lived) {
        for (what, times) in other.deeds {
            *self.deeds.entry(what).or_default() += times;
        }
        self.refused += other.refused;
        self.conflicts += other.conflicts;
        self.strays += other.strays;
    }

    pub fn done(&self) -> usize {
        self.deeds.values().sum()
    }

    pub fn print(&self) {
        for (what, times) in &self.deeds {
            println!("  {times:>5} {what}");
        }
        let Lived { refused, conflicts, strays, .. } = self;
        let done = self.done();
        println!(
            "{done} deeds of others ({refused} more that AWS refused), {conflicts} conflicts told, {strays} strays"
        );
    }
}

/// A thing of others under the object's name.
struct Theirs {
    /// The journal when the act began, and when it became theirs.
    begun: u64,
    since: u64,
    /// As it was then.
    state: Value,
    /// What makes it the operator's again; else it is deleted when they give it up.
    owner: Option<Tags>,
}

impl<'a> Subject<'a> {
    pub fn new(hand: Hand<'a>, seed: u64, expected: &'a BTreeMap<Act, Value>) -> Self {
        Subject { hand, dice: Dice::new(seed), expected, lived: Lived::default(), theirs: None }
    }

    pub async fn lives(&mut self) -> Result<(), String> {
        let mut told = Vec::new();
        for (nth, act) in ACTS.into_iter().enumerate() {
            // The name is free between the two lives: there it is taken.
            if nth == 5 && self.theirs.is_none() {
                self.takes_the_name().await.map_err(|why| format!("in the gap: {why}"))?;
                told.push("makes theirs in the gap".to_owned());
            }
            let lived = self.act(act, &mut told).await;
            lived.map_err(|why| {
                let Hand { life, name, .. } = &self.hand;
                format!("{} {name}, {act:?} (act {nth}), after others did {told:?}: {why}", life.kind)
            })?;
        }
        Ok(())
    }

    /// Begins an act, lets others at it, and holds the object and AWS to each other.
    async fn act(&mut self, act: Act, told: &mut Vec<String>) -> Result<(), String> {
        let mark = self.hand.lab.mark();
        self.begin(act).await?;
        for _ in 0..self.dice.below(MOST + 1) {
            if self.theirs.is_some() {
                break;
            }
            let calls = self.dice.below(LATEST);
            let seen = self.moment(act, mark, calls).await;
            let deed = deeds::any(self.hand.life.kind, &mut self.dice);
            match self.does(deed, mark).await {
                Ok(()) => {
                    *self.lived.deeds.entry(deed.what).or_default() += 1;
                    told.push(format!("{act:?} after {seen} calls: {}", deed.what));
                }
                Err(_) => self.lived.refused += 1,
            }
        }
        self.ended(act).await?;
        let gives_up = act == Act::Delete || self.dice.below(2) == 0;
        if gives_up && self.theirs.is_some() {
            self.give_up().await?;
            told.push("give it up".to_owned());
            self.ended(act).await?;
        }
        Ok(())
    }

    async fn begin(&self, act: Act) -> Result<(), String> {
        let Hand { lab, life, name } = &self.hand;
        match life.manifest(act, name) {
            Some(manifest) => lab.apply_as("user", &manifest).await.map(drop),
            None => lab.api(life.kind).delete(name, &DeleteParams::default()).await.map(drop),
        }
        .map_err(|error| error.to_string())
    }

    /// Waits until the operator has called AWS so often about the object, or rests. How often it did.
    async fn moment(&self, act: Act, mark: u64, calls: usize) -> usize {
        let (mut seen, mut at) = (0, mark);
        let looked = eventually("a moment", PATIENCE, async || {
            for entry in self.hand.lab.calls_since(at) {
                at = entry.sequence;
                seen += usize::from(self.is_about(&entry.request));
            }
            let is_time = seen >= calls || self.rests(act).await;
            if is_time { Ok(()) } else { Err(String::new()) }
        });
        // Whatever keeps it so long is for the end of the act to tell.
        drop(looked.await);
        seen
    }

    /// Cloud Map's requests name what AWS gave an id to.
    fn is_about(&self, request: &Value) -> bool {
        let thing = || self.hand.thing()["Id"].as_str().map(str::to_owned);
        let id = (self.hand.life.kind == "CloudMapService").then(thing).flatten();
        let request = request.to_string();
        request.contains(&self.hand.name) || id.is_some_and(|id| request.contains(&id))
    }

    async fn object(&self) -> Result<Option<DynamicObject>, String> {
        let Hand { lab, life, name } = &self.hand;
        lab.api(life.kind).get_opt(name).await.map_err(|error| error.to_string())
    }

    async fn rests(&self, act: Act) -> bool {
        match self.object().await {
            Ok(Some(object)) => act != Act::Delete && (is_there(&object) || has_condition(&object, "Stalled", "True")),
            Ok(None) => act == Act::Delete,
            Err(_) => false,
        }
    }

    async fn does(&mut self, deed: Deed, begun: u64) -> Result<(), String> {
        let since = self.hand.lab.mark();
        match deed.sort {
            Sort::Edits(does) | Sort::Deletes(does) => does(&self.hand),
            Sort::Disowns(does) => {
                let tags = self.hand.tags();
                if owner_keys(&tags).is_empty() || is_going(&self.hand.thing()) {
                    return Err("it is nobody's, or will be gone".to_owned());
                }
                does(&self.hand)?;
                self.theirs = Some(Theirs { begun, since, state: self.hand.state(), owner: Some(owner_tags(&tags)) });
                Ok(())
            }
            Sort::Replaces => {
                self.gone_by_others(GAP).await?;
                self.made_by_others(GAP, begun).await
            }
        }
    }

    /// AWS may want something out of it first.
    async fn gone_by_others(&self, patience: Duration) -> Result<(), String> {
        let gone = eventually("others to delete it", patience, async || self.hand.delete()).await;
        gone.map_err(|error| error.to_string())
    }

    /// Others make theirs as soon as AWS lets them.
    async fn made_by_others(&mut self, patience: Duration, begun: u64) -> Result<(), String> {
        let tags = their_tags(self.dice.below(1000));
        let made = eventually("others to get the name", patience, async || {
            let since = self.hand.lab.mark();
            self.hand.make(&tags).map(|()| since)
        });
        let since = made.await.map_err(|error| error.to_string())?;
        self.theirs = Some(Theirs { begun, since, state: self.hand.state(), owner: None });
        Ok(())
    }

    async fn takes_the_name(&mut self) -> Result<(), String> {
        self.made_by_others(PATIENCE, self.hand.lab.mark()).await?;
        *self.lived.deeds.entry("makes theirs in the gap after a deletion").or_default() += 1;
        Ok(())
    }

    /// Until the object and AWS agree: it has what its spec says; or its name is another's, and it says so; or it is gone.
    async fn ended(&mut self, act: Act) -> Result<(), String> {
        let Hand { lab, life, name } = &self.hand;
        if act == Act::Delete {
            wait_gone(&lab.api(life.kind), name, PATIENCE).await.map_err(|error| error.to_string())?;
            return if self.theirs.is_some() { self.is_untouched() } else { self.is_gone() };
        }
        if self.theirs.is_some() {
            return self.says_so().await;
        }
        let expected = &self.expected[&act];
        let agree = async || {
            let object = self.object().await?.ok_or("the object is gone")?;
            if !is_there(&object) {
                return Err(json!(object.data["status"]).to_string());
            }
            let in_aws = without_theirs(without_own(&self.described(&object), name));
            let differ = differences(&in_aws, &without_theirs(expected.clone()));
            if differ.is_empty() { Ok(()) } else { Err(format!("it is Ready, and AWS has\n{differ}")) }
        };
        let agreed = eventually("the object and AWS to agree", PATIENCE, agree).await;
        agreed.map_err(|error| error.to_string())
    }

    /// What AWS has of it. A family's newest revision may be another than the object's: one that defines the same is taken up again.
    fn described(&self, object: &DynamicObject) -> Value {
        let Hand { lab, life, name } = &self.hand;
        match object.data["status"]["taskDefinitionArn"].as_str() {
            Some(arn) if life.kind == "EcsTaskDefinition" => life.described_as(lab, name, arn),
            _ => life.described(lab, name),
        }
    }

    async fn says_so(&mut self) -> Result<(), String> {
        let Hand { lab, life, name } = &self.hand;
        let says = |object: &DynamicObject| {
            let stalled = condition(object, "Stalled").is_some_and(|stalled| stalled.reason == reason::CONFLICT);
            let is_conflict =
                stalled && has_condition(object, "Stalled", "True") && !has_condition(object, "Ready", "True");
            // A family that others have a newer revision in: the object's own is there all the same, and runs.
            let has_its_own = life.kind == "EcsTaskDefinition" && is_there(object);
            is_conflict || has_its_own
        };
        let api = lab.api(life.kind);
        let told = wait_for(&api, name, "Stalled for Conflict", PATIENCE, says).await;
        let object = told.map_err(|error| format!("what is others' is not told of: {error}"))?;
        self.lived.conflicts += usize::from(!is_there(&object));
        self.is_untouched()
    }

    /// What is theirs is as it was. A write that was on its way as it became theirs can't be called back: one that came before the operator had
    /// looked twice is told apart, and counted.
    fn is_untouched(&mut self) -> Result<(), String> {
        let Some(theirs) = &self.theirs else { return Ok(()) };
        let is = self.hand.state();
        let differ = differences(&is, &theirs.state);
        if differ.is_empty() {
            return Ok(());
        }
        // Of Cloud Map, what was asked for before it became theirs takes effect later.
        let id = theirs.state["is"].as_str().and_then(|arn| arn.rsplit('/').next()).unwrap_or("no id").to_owned();
        let is_about = |entry: &&Entry| self.is_about(&entry.request) || entry.request.to_string().contains(&id);
        let calls = self.hand.lab.calls_since(theirs.begun);
        // The revisions that a service ran are the object's own, and go after it.
        let is_of_its_own =
            |entry: &&Entry| self.hand.life.kind == "EcsService" && entry.operation.contains("TaskDefinition");
        let calls: Vec<_> = calls.iter().filter(is_about).filter(|entry| !is_of_its_own(entry)).collect();
        let looks =
            calls.iter().filter(|entry| entry.sequence > theirs.since && !entry.is_write() && entry.succeeded());
        let knows =
            looks.filter(|entry| self.tells_whose(entry)).map(|entry| entry.sequence).nth(1).unwrap_or(u64::MAX);
        let (late, strays): (Vec<&Entry>, Vec<&Entry>) = calls
            .iter()
            .filter(|entry| entry.is_write() && entry.took_effect)
            .partition(|entry| entry.sequence > knows);
        if !late.is_empty() || strays.is_empty() {
            let late: Vec<_> = late.iter().map(|entry| format!("{} {}", entry.operation, entry.request)).collect();
            return Err(format!("what is others' was changed:\n{differ}\n  by {late:?}"));
        }
        self.lived.strays += strays.len();
        self.theirs = self.theirs.take().map(|theirs| Theirs { state: is, ..theirs });
        Ok(())
    }

    /// Whether this read is one that an owner is seen by: of a family that is its newest revision.
    fn tells_whose(&self, read: &Entry) -> bool {
        self.hand.life.kind != "EcsTaskDefinition" || read.request["taskDefinition"] == self.hand.aws_name()
    }

    /// Others let it go: they give its tags back, or delete what they have made.
    async fn give_up(&mut self) -> Result<(), String> {
        let Some(theirs) = self.theirs.take() else { return Ok(()) };
        match theirs.owner {
            Some(owner) if self.object().await?.is_some() => self.hand.tag(&owner),
            _ if self.hand.thing().is_null() => Ok(()),
            _ => self.gone_by_others(PATIENCE).await,
        }
    }

    /// Nothing is left in AWS of an object that is gone.
    fn is_gone(&self) -> Result<(), String> {
        let thing = self.hand.thing();
        if thing.is_null() || is_going(&thing) {
            Ok(())
        } else {
            Err(format!("the object is gone, and AWS has {thing}"))
        }
    }
}

/// Whether AWS is deleting it.
fn is_going(thing: &Value) -> bool {
    ["DRAINING", "DELETING"].iter().any(|status| thing["status"] == *status)
}

fn is_there(object: &DynamicObject) -> bool {
    ["Synced", "Ready"].iter().all(|type_| has_condition(object, type_, "True"))
}
