//! Names of the cluster's Services in commands and variables.
//!
//! A task reaches none of them by these names. One that has a name in AWS Cloud Map is called by that, with the port of its pods, since nothing
//! behind a name in DNS translates ports; of the others it is told what to do.

use std::collections::BTreeSet;

use k8s_openapi::{api::core::v1::Service, apimachinery::pkg::util::intstr::IntOrString};

use super::{
    context::{CloudMapName, Context},
    hosts::{self, Word},
    report::Verdict,
};

/// So many Services are told of one text.
const TOLD: usize = 3;

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A text that is a host alone is one.
    Variable,
    /// Of words of a command only those with a port are sure to be hosts: many things have the names of Services.
    Command,
}

/// A text as a task is to have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForTask {
    pub text: String,
    /// What its line says of Services: nothing of the text but the names and the ports of those that are known.
    pub says: Option<(Verdict, String)>,
}

/// The text with the names of Services that tasks reach in place of those that they don't. All else is left byte for byte.
pub fn for_task(text: &str, place: Place, context: &Context) -> ForTask {
    let mut made = String::new();
    let mut copied = 0;
    let mut findings: Vec<(Verdict, String)> = Vec::new();
    for word in hosts::words(text) {
        let Some(Finding { becomes, verdict, says }) = finding(&word, place, context) else { continue };
        if let Some(becomes) = becomes {
            made.push_str(&text[copied..word.start]);
            made.push_str(&becomes);
            copied = word.start + word.is.len();
        }
        if !findings.iter().any(|(_, said)| *said == says) {
            findings.push((verdict, says));
        }
    }
    made.push_str(&text[copied..]);
    ForTask { text: made, says: worst(findings) }
}

/// The same of each word of a command.
pub fn for_task_each(texts: &[String], context: &Context) -> (Vec<String>, Option<(Verdict, String)>) {
    let made = texts.iter().map(|text| for_task(text, Place::Command, context));
    let (texts, says): (Vec<String>, Vec<_>) = made.map(|made| (made.text, made.says)).unzip();
    (texts, worst(says.into_iter().flatten().collect()))
}

/// What of several findings is told: those that are worst.
pub fn worst(findings: Vec<(Verdict, String)>) -> Option<(Verdict, String)> {
    let worst = findings.iter().map(|(verdict, _)| *verdict).max()?;
    let said = findings.into_iter().filter(|(verdict, _)| *verdict == worst).map(|(_, says)| says);
    Some((worst, said.take(TOLD).collect::<Vec<_>>().join("; ")))
}

/// What there is to say of one word, and what it becomes where that is another.
struct Finding {
    becomes: Option<String>,
    verdict: Verdict,
    says: String,
}

const REMEDY: &str = "give it a name in AWS Cloud Map (a CloudMapService, or its annotation), or an internal load balancer and write the name of that here";

/// Of a name that no Service is known by.
fn suspected(context: &Context) -> Finding {
    let says = format!(
        "reads like the name and the port of a Service of the cluster, which is not {} (unchecked); a task reaches none by its name: give it an \
         internal load balancer or a name in AWS Cloud Map, and write that name here",
        context.settings.among()
    );
    Finding { becomes: None, verdict: Verdict::Approximated, says }
}

/// What there is to say of a word.
fn finding(word: &Word<'_>, place: Place, context: &Context) -> Option<Finding> {
    if !word.may_be_host() {
        return None;
    }
    let (host, port) = match word.is.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse::<u16>().ok().filter(|port| *port > 0)?)),
        None => (word.is, None),
    };
    match (Known::of(host, context), port) {
        (Some(known), Some(port)) => Some(known.with_port(port)),
        (Some(known), None) if word.is_in_url() => Some(match word.port_of_scheme() {
            Some(port) => known.with_port_of_scheme(port),
            None => known.alone(),
        }),
        // Without a port, only a whole text is sure to mean a Service, or a name that nothing else has.
        (Some(known), None) if place == Place::Variable && (word.is_all() || hosts::is_long(host)) => {
            Some(if host.contains('.') { known.alone() } else { known.alone().doubted(context) })
        }
        (None, Some(_))
            if place == Place::Variable && (hosts::reads_like_a_service(host) || is_elsewhere(host, context)) =>
        {
            Some(suspected(context))
        }
        _ => None,
    }
}

/// Whether a host is a Service's name and a namespace: of such a Service, or in such a namespace, as others have; or in none of the domains that
/// people have hosts in. Where manifests name no namespace, their own is not known, and neither is that of their Services.
fn is_elsewhere(host: &str, context: &Context) -> bool {
    let Some((name, namespace)) = hosts::name_and_namespace(host) else { return false };
    let services = &context.objects.services;
    services.keys().any(|(of, service)| of == namespace || service == name) || !hosts::is_domain(namespace)
}

impl Finding {
    /// One word may be the name of something else, as of the application itself.
    fn doubted(self, context: &Context) -> Self {
        if self.becomes.is_none() {
            return self;
        }
        let says = format!(
            "{}; where the value means something else than a host, put it back {}",
            self.says,
            context.settings.put_back()
        );
        Finding { verdict: Verdict::Approximated, says, ..self }
    }
}

/// A Service that a host name means.
struct Known<'c> {
    shown: String,
    service: &'c Service,
    named: Option<&'c CloudMapName>,
}

/// Where a port of a Service leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Number(i32),
    /// A port of its pods that has this name, and a number that is not known.
    Named(String),
    /// It does not have the port.
    None,
}

impl Target {
    fn told(&self) -> String {
        match self {
            Self::Number(number) => format!("port {number} of its pods"),
            Self::Named(name) => format!("port {name} of its pods"),
            Self::None => "a port that it does not have".to_owned(),
        }
    }
}

impl<'c> Known<'c> {
    /// By `name`, `name.namespace`, and with `svc` and `svc.cluster.local` behind that.
    fn of(host: &str, context: &'c Context) -> Option<Self> {
        let given = host.strip_suffix('.').unwrap_or(host);
        let short = given.strip_suffix(".svc.cluster.local").or_else(|| given.strip_suffix(".svc"));
        let (name, namespace) = match (short, given.split_once('.')) {
            (Some(short), _) => short.split_once('.')?,
            (None, Some(parts)) => parts,
            (None, None) => (given, context.namespace.as_str()),
        };
        let key = (namespace.to_owned(), name.to_owned());
        let service = context.objects.services.get(&key)?;
        let shown = if namespace == context.namespace { name.to_owned() } else { format!("{namespace}/{name}") };
        Some(Self { shown, service, named: context.objects.cloud_map_names.get(&key) })
    }

    /// In the cluster, too, a name without an address of its own stands for the pods themselves.
    fn is_headless(&self) -> bool {
        self.service.spec.as_ref().is_some_and(|spec| spec.cluster_ip.as_deref() == Some("None"))
    }

    fn ports(&self) -> BTreeSet<i32> {
        let ports = self.service.spec.as_ref().and_then(|spec| spec.ports.as_deref()).unwrap_or_default();
        ports.iter().map(|port| port.port).collect()
    }

    fn target(&self, port: i32) -> Target {
        if self.is_headless() {
            return Target::Number(port);
        }
        if let Some(number) = self.named.and_then(|named| named.ports.get(&port)) {
            return Target::Number(*number);
        }
        let ports = self.service.spec.as_ref().and_then(|spec| spec.ports.as_deref()).unwrap_or_default();
        match ports.iter().find(|given| given.port == port).map(|given| &given.target_port) {
            Some(Some(IntOrString::Int(number))) => Target::Number(*number),
            Some(Some(IntOrString::String(name))) => Target::Named(name.clone()),
            Some(None) => Target::Number(port),
            None => Target::None,
        }
    }

    fn with_port(&self, port: u16) -> Finding {
        let (shown, target) = (&self.shown, self.target(i32::from(port)));
        let names = format!("names port {port} of the Service {shown} ({})", target.told());
        let approximated = |says| Finding { becomes: None, verdict: Verdict::Approximated, says };
        match (self.named, target) {
            (None, _) => approximated(format!("{names}, which a task does not reach by that name: {REMEDY}")),
            (Some(CloudMapName { name: None, .. }), _) => approximated(format!("{names}; {UNKNOWN}")),
            (Some(CloudMapName { name: Some(name), .. }), Target::Number(number)) => Finding {
                becomes: Some(format!("{name}:{number}")),
                verdict: Verdict::Translated,
                says: format!("with the name of the Service {shown} in AWS Cloud Map, and port {number} of its pods"),
            },
            (Some(_), Target::Named(_)) => approximated(format!(
                "{names}, whose number is not known (unchecked): give the port a number in targetPort, or let its pods be there"
            )),
            (Some(_), Target::None) => {
                approximated(format!("{names}, and tasks reach its pods by theirs: write a port of the Service"))
            }
        }
    }

    /// A URL without a port: it is written where it is another than the scheme's.
    fn with_port_of_scheme(&self, port: u16) -> Finding {
        let is_same = self.target(i32::from(port)) == Target::Number(i32::from(port));
        let found = self.with_port(port);
        let bare = self.named.and_then(|named| named.name.clone()).filter(|_| is_same);
        Finding { becomes: bare.or(found.becomes), ..found }
    }

    /// A name without a port. The port stands elsewhere, as it is.
    fn alone(&self) -> Finding {
        let shown = &self.shown;
        let approximated = |says| Finding { becomes: None, verdict: Verdict::Approximated, says };
        let Some(CloudMapName { name, .. }) = self.named else {
            let says = format!("names the Service {shown}, which a task does not reach by that name: {REMEDY}");
            return approximated(says);
        };
        let Some(name) = name else { return approximated(format!("names the Service {shown}; {UNKNOWN}")) };
        let becomes = Some(name.clone());
        let with = format!("with the name of the Service {shown} in AWS Cloud Map");
        let other = self.ports().into_iter().map(|port| (port, self.target(port)));
        match other.into_iter().find(|(port, target)| *target != Target::Number(*port)) {
            None => Finding { becomes, verdict: Verdict::Translated, says: with },
            Some((port, target)) => {
                let says = format!(
                    "{with}, and without a port: port {port} of the Service is {}, which is what a task has to be told wherever the port stands",
                    target.told()
                );
                Finding { becomes, verdict: Verdict::Approximated, says }
            }
        }
    }
}

const UNKNOWN: &str = "its name in AWS Cloud Map is not known yet (unchecked): status.dnsName of its CloudMapService says it, once it is there";

#[cfg(test)]
mod tests;
