//! Names of the cluster's Services in commands and variables.
//!
//! A task reaches none of them by these names. Until Services can be registered in AWS Cloud Map, what is found is told with what to do.

use k8s_openapi::api::core::v1::Service;

use super::context::Context;

/// What a text says of Services, as a line for its field. It shows nothing of the text but the name and the port of a Service that is known.
pub fn named_in(text: &str, context: &Context) -> Option<String> {
    let mut suspected = None;
    for word in words(text) {
        let (host, port) = match word.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().ok().filter(|port| *port > 0))),
            None => (word, None),
        };
        match (known(host, context), port) {
            (Some((name, service)), Some(Some(port))) => return Some(with_port(&name, service, port)),
            // Without a port, only a whole text is sure to mean a Service.
            (Some((name, _)), None) if word == text => {
                return Some(format!("names the Service {name}, which a task does not reach by that name: {REMEDY}"));
            }
            (None, Some(Some(_))) if reads_like_a_service(host) => suspected = Some(SUSPECTED.to_owned()),
            _ => {}
        }
    }
    suspected
}

pub fn named_in_any(texts: &[String], context: &Context) -> Option<String> {
    // Of words of a command only those that are known are told: many things have colons.
    texts.iter().find_map(|text| named_in(text, context).filter(|says| says != SUSPECTED))
}

const REMEDY: &str = "give it an internal load balancer or a name in AWS Cloud Map, and write that name here";

const SUSPECTED: &str = "reads like the name and the port of a Service of the cluster, which is not among the manifests (unchecked); a task reaches none by its name: \
     give it an internal load balancer or a name in AWS Cloud Map, and write that name here";

fn with_port(name: &str, service: &Service, port: u16) -> String {
    let ports = service.spec.as_ref().and_then(|spec| spec.ports.as_deref()).unwrap_or_default();
    let target = ports.iter().find(|given| given.port == i32::from(port)).map(|given| match &given.target_port {
        Some(k8s_openapi::apimachinery::pkg::util::intstr::IntOrString::Int(number)) => {
            format!("port {number} of its pods")
        }
        Some(k8s_openapi::apimachinery::pkg::util::intstr::IntOrString::String(name)) => {
            format!("port {name} of its pods")
        }
        None => format!("port {port} of its pods"),
    });
    let target = target.unwrap_or_else(|| "a port that it does not have".to_owned());
    format!("names port {port} of the Service {name} ({target}), which a task does not reach by that name: {REMEDY}")
}

/// What may be a host, with its port: between what URLs and lists have around it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'))).map(|word| {
        // The colon of a scheme, as in `http://`.
        word.trim_matches(':')
    })
}

/// The Service that a host name means: `name`, `name.namespace`, with or without `svc` and `svc.cluster.local` behind it.
fn known<'c>(host: &str, context: &'c Context) -> Option<(String, &'c Service)> {
    let short = host.trim_end_matches('.');
    let short = short.strip_suffix(".cluster.local").unwrap_or(short);
    let short = short.strip_suffix(".svc").unwrap_or(short);
    let (name, namespace) = short.split_once('.').unwrap_or((short, &context.namespace));
    let key = (namespace.to_owned(), name.to_owned());
    context.objects.services.get(&key).map(|service| {
        let shown = if namespace == context.namespace { name.to_owned() } else { format!("{namespace}/{name}") };
        (shown, service)
    })
}

fn reads_like_a_service(host: &str) -> bool {
    let is_label = !host.contains('.') && host != "localhost" && host.starts_with(|c: char| c.is_ascii_lowercase());
    let is_long = host.trim_end_matches(".cluster.local").rsplit('.').next() == Some("svc");
    (is_label && host.len() > 1) || is_long
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn context() -> Context {
        let mut context = Context { namespace: "shop".into(), ..Context::default() };
        for (namespace, name) in [("shop", "cart"), ("infra", "db")] {
            let ports = json!([{"port": 80, "targetPort": 8080}, {"port": 81, "targetPort": "admin"}, {"port": 82}]);
            let service = serde_json::from_value(json!({"spec": {"ports": ports}})).expect("a Service");
            context.objects.services.insert((namespace.into(), name.into()), service);
        }
        context
    }

    #[test]
    fn names_of_services_are_found() {
        for (text, expected) in [
            ("cart:80", "port 80 of the Service cart (port 8080 of its pods)"),
            ("cart:81", "port 81 of the Service cart (port admin of its pods)"),
            ("cart:82", "(port 82 of its pods)"),
            ("cart:9", "(a port that it does not have)"),
            ("http://cart:80/path", "port 80 of the Service cart"),
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
            let found = named_in(text, &context()).unwrap_or_default();
            assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn of_a_command_only_services_that_are_known_are_told() {
        assert!(named_in_any(&["--to".into(), "cart:80".into()], &context()).is_some());
        assert!(named_in_any(&["level:5".into()], &context()).is_none());
    }

    #[test]
    fn nothing_of_the_text_is_shown() {
        for text in ["hunter2:80", "x://hunter2@cart:80"] {
            assert!(!named_in(text, &context()).unwrap_or_default().contains("hunter2"), "{text}");
        }
    }
}
