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
            context.objects.cloud_map_names.insert(key.clone(), CloudMapName { name: known, ports: BTreeMap::new() });
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
        ("new.io:443", ""),
        // A Service or a namespace of this name is known elsewhere.
        ("cart.io:443", "unchecked"),
        ("other.infra:80", "unchecked"),
        ("cart.other:80", "unchecked"),
        ("http://cart.other:80/", "unchecked"),
        ("new.elsewhere:80", "unchecked"),
        ("a.b.elsewhere:80", ""),
        ("1.2:80", ""),
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
        ("web.other:80", "web.other:80", Some(Approximated)),
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
