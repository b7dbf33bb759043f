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

const SUSPECTED: &str = "reads like the name and the port of a Service of the cluster, which is not among the manifests (unchecked); a task reaches none by its name: \
     give it an internal load balancer or a name in AWS Cloud Map, and write that name here";

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
            Some(if host.contains('.') { known.alone() } else { known.alone().doubted() })
        }
        (None, Some(_)) if place == Place::Variable && hosts::reads_like_a_service(host) => {
            Some(Finding { becomes: None, verdict: Verdict::Approximated, says: SUSPECTED.to_owned() })
        }
        _ => None,
    }
}

impl Finding {
    /// One word may be the name of something else, as of the application itself.
    fn doubted(self) -> Self {
        if self.becomes.is_none() {
            return self;
        }
        let says = format!(
            "{}; where the value means something else than a host, put it back by the override (ecs.override)",
            self.says
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
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    fn context() -> Context {
        let mut context = Context { namespace: "shop".into(), ..Context::default() };
        let ports = json!([{"port": 80, "targetPort": 8080}, {"port": 81, "targetPort": "admin"}, {"port": 82}]);
        let same = json!([{"port": 6379, "targetPort": 6379}, {"port": 81}]);
        for (namespace, name, spec) in [
            ("shop", "cart", json!({ "ports": ports })),
            ("infra", "db", json!({ "ports": ports })),
            // These have names in Cloud Map.
            ("shop", "web", json!({ "ports": ports })),
            ("shop", "redis", json!({ "ports": same })),
            ("shop", "pods", json!({ "clusterIP": "None", "ports": ports })),
            ("shop", "soon", json!({ "ports": ports })),
        ] {
            let service = serde_json::from_value(json!({ "spec": spec })).expect("a Service");
            let key = (namespace.to_owned(), name.to_owned());
            if ["web", "redis", "pods", "soon"].contains(&name) {
                let known = Some(format!("{name}.shop.internal")).filter(|_| name != "soon");
                context
                    .objects
                    .cloud_map_names
                    .insert(key.clone(), CloudMapName { name: known, ports: BTreeMap::new() });
            }
            context.objects.services.insert(key, service);
        }
        context
    }

    fn says(text: &str, place: Place) -> String {
        for_task(text, place, &context()).says.map(|(_, says)| says).unwrap_or_default()
    }

    #[test]
    fn names_of_services_are_found() {
        for (text, expected) in [
            ("cart:80", "port 80 of the Service cart (port 8080 of its pods)"),
            ("cart:81", "port 81 of the Service cart (port admin of its pods)"),
            ("cart:82", "(port 82 of its pods)"),
            ("cart:9", "(a port that it does not have)"),
            ("http://cart:80/path", "port 80 of the Service cart"),
            ("http://cart/path", "port 80 of the Service cart"),
            ("redis://user:pw@db.infra:80/0", "port 80 of the Service infra/db"),
            ("a.example.com:80,cart.shop.svc.cluster.local.:80", "of the Service cart"),
            ("cart.shop.svc:80", "of the Service cart"),
            ("cart", "names the Service cart"),
            ("db.infra", "names the Service infra/db"),
            ("a cart of things", ""),
            ("db:80", "unchecked"),
            ("other.ns.svc:443", "unchecked"),
            ("other:80", "unchecked"),
            ("http://other:80", "unchecked"),
            ("localhost:80", ""),
            ("127.0.0.1:80", ""),
            ("example.com:443", ""),
            ("https://example.com", ""),
            ("12:30", ""),
            ("a:b:c", ""),
            ("x:99999", ""),
            ("", ""),
        ] {
            let found = says(text, Place::Variable);
            assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn a_service_with_a_name_in_cloud_map_is_called_by_it_with_the_port_of_its_pods() {
        use Verdict::{Approximated, Translated};
        for (text, expected, verdict) in [
            ("web:80", "web.shop.internal:8080", Some(Translated)),
            ("web.shop:80", "web.shop.internal:8080", Some(Translated)),
            ("web.shop.svc:80", "web.shop.internal:8080", Some(Translated)),
            ("web.shop.svc.cluster.local:80", "web.shop.internal:8080", Some(Translated)),
            ("web.shop.svc.cluster.local.:82", "web.shop.internal:82", Some(Translated)),
            ("http://web:80/a?b=c#d", "http://web.shop.internal:8080/a?b=c#d", Some(Translated)),
            ("redis://u:p@redis:6379/0", "redis://u:p@redis.shop.internal:6379/0", Some(Translated)),
            ("jdbc:postgresql://web:80/x", "jdbc:postgresql://web.shop.internal:8080/x", Some(Translated)),
            ("web:80,redis:6379;x", "web.shop.internal:8080,redis.shop.internal:6379;x", Some(Translated)),
            ("äß web:80 日", "äß web.shop.internal:8080 日", Some(Translated)),
            ("to=web:80", "to=web.shop.internal:8080", Some(Translated)),
            // A headless one has no ports of its own.
            ("pods:8080", "pods.shop.internal:8080", Some(Translated)),
            ("pods", "pods.shop.internal", Some(Approximated)),
            ("pods.shop", "pods.shop.internal", Some(Translated)),
            // A name alone.
            ("redis", "redis.shop.internal", Some(Approximated)),
            ("tcp://redis", "tcp://redis.shop.internal", Some(Translated)),
            ("at redis.shop.svc now", "at redis.shop.internal now", Some(Translated)),
            ("web", "web.shop.internal", Some(Approximated)),
            ("amqp://web/x", "amqp://web.shop.internal/x", Some(Approximated)),
            // The scheme has the port.
            ("http://web/x", "http://web.shop.internal:8080/x", Some(Translated)),
            ("ws://web", "ws://web.shop.internal:8080", Some(Translated)),
            ("https://web/x", "https://web/x", Some(Approximated)),
            // What is not known.
            ("web:81", "web:81", Some(Approximated)),
            ("web:9", "web:9", Some(Approximated)),
            ("soon:80", "soon:80", Some(Approximated)),
            ("soon", "soon", Some(Approximated)),
            ("cart:80,web:80", "cart:80,web.shop.internal:8080", Some(Approximated)),
            // What only looks like it.
            ("redis-cart", "redis-cart", None),
            ("my-redis", "my-redis", None),
            ("redis_cache.x", "redis_cache.x", None),
            ("my_redis:6379", "my_redis:6379", None),
            ("redis.example.com:6379", "redis.example.com:6379", None),
            ("a.redis.b:6379", "a.redis.b:6379", None),
            ("éredis:6379", "éredis:6379", None),
            ("the redis of web", "the redis of web", None),
            ("ghcr.io/shop/redis:6379", "ghcr.io/shop/redis:6379", None),
            ("http://redis:6379@example.com/", "http://redis:6379@example.com/", None),
            ("/run/redis", "/run/redis", None),
            ("unix:///redis:6379", "unix:///redis:6379", None),
            ("redis:63790000", "redis:63790000", None),
            ("redis:0", "redis:0", None),
            ("web.other:80", "web.other:80", None),
            ("web.shop.cluster.local:80", "web.shop.cluster.local:80", None),
            ("[::1]:80", "[::1]:80", None),
        ] {
            let ForTask { text: made, says } = for_task(text, Place::Variable, &context());
            assert_eq!(
                (made.as_str(), says.as_ref().map(|(verdict, _)| *verdict)),
                (expected, verdict),
                "{text:?}: {says:?}"
            );
        }
    }

    #[test]
    fn a_port_that_somebody_has_looked_up_is_known() {
        let mut context = context();
        let named = context.objects.cloud_map_names.get_mut(&context.key("web")).expect("a name");
        named.ports = BTreeMap::from([(81, 9090), (80, 8080)]);
        let made = for_task("web:81", Place::Variable, &context);
        assert_eq!(
            (made.text.as_str(), made.says.map(|(verdict, _)| verdict)),
            ("web.shop.internal:9090", Some(Verdict::Translated))
        );
    }

    #[test]
    fn of_a_command_only_hosts_with_a_port_are_taken_for_services() {
        for (word, expected) in [
            ("redis", "redis"),
            ("level:5", "level:5"),
            ("--to=redis:6379", "--to=redis.shop.internal:6379"),
            ("http://redis", "http://redis"),
        ] {
            let (made, _) = for_task_each(&[word.to_owned()], &context());
            assert_eq!(made, [expected], "{word}");
        }
        assert!(for_task_each(&["--to".into(), "cart:80".into()], &context()).1.is_some());
        assert!(for_task_each(&["level:5".into(), "redis".into()], &context()).1.is_none());
    }

    #[test]
    fn nothing_of_the_text_is_shown() {
        for text in ["hunter2:80", "x://hunter2@cart:80", "x://hunter2@web:80", "hunter2,web:80"] {
            assert!(!says(text, Place::Variable).contains("hunter2"), "{text}");
        }
    }
}
