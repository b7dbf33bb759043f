//! Registries of images, and what a Secret of type `kubernetes.io/dockerconfigjson` holds for them.

use k8s_openapi::ByteString;
use serde_json::{Value, json};

/// The key of such a Secret.
pub const DOCKER_CONFIG: &str = ".dockerconfigjson";

/// What ECS reads credentials by ("Using non-AWS container images in Amazon ECS", Amazon ECS Developer Guide).
pub const MEMBERS: [&str; 2] = ["password", "username"];

const DOCKER_HUB: &str = "docker.io";

/// The registry that an image is pulled from: what stands before the first slash, where that can be the name of a host.
pub fn of_image(image: &str) -> &str {
    match image.split_once('/') {
        Some((host, _)) if host.contains(['.', ':']) || host == "localhost" => canonical(host),
        _ => DOCKER_HUB,
    }
}

/// Docker Hub has several names.
fn canonical(host: &str) -> &str {
    if ["index.docker.io", "registry-1.docker.io"].contains(&host) { DOCKER_HUB } else { host }
}

/// The registry that an entry of a Docker configuration is for: a host, or a URL.
fn of_entry(entry: &str) -> &str {
    let rest = entry.split_once("://").map_or(entry, |(_, rest)| rest);
    canonical(rest.split('/').next().unwrap_or(rest))
}

/// The user and the password for a registry in a Docker configuration, as ECS reads them.
pub fn credentials(config: &[u8], registry: &str) -> Option<Value> {
    let config: Value = serde_json::from_slice(config).ok()?;
    let mut entries = config["auths"].as_object()?.iter();
    let (_, entry) = entries.find(|(name, _)| of_entry(name) == canonical(registry))?;
    let text = |member: &str| entry[member].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let (username, password) = text("username").zip(text("password")).or_else(|| joined(&entry["auth"]))?;
    Some(json!({ "username": username, "password": password }))
}

/// From `user:password` in base 64.
fn joined(auth: &Value) -> Option<(String, String)> {
    let ByteString(bytes) = serde_json::from_value(auth.clone()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (username, password) = text.split_once(':').filter(|(username, _)| !username.is_empty())?;
    Some((username.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_names_its_registry_or_is_docker_hubs() {
        for (image, expected) in [
            ("nginx:1", "docker.io"),
            ("library/nginx", "docker.io"),
            ("docker.io/library/nginx", "docker.io"),
            ("index.docker.io/library/nginx", "docker.io"),
            ("registry.example/shop/web:1", "registry.example"),
            ("registry.example:5000/web@sha256:00", "registry.example:5000"),
            ("localhost/web", "localhost"),
            ("", "docker.io"),
        ] {
            assert_eq!(of_image(image), expected, "{image}");
        }
    }

    #[test]
    fn credentials_are_found_however_they_are_written() {
        let config = json!({"auths": {
            "https://index.docker.io/v1/": {"auth": "c2hvcDpodW50ZXI6Mg=="},
            "registry.example": {"username": "carol", "password": "secret", "auth": "eDp5"},
            "broken.example": {"auth": "not base 64"},
            "token.example": {"identitytoken": "t"},
        }});
        let found = |registry: &str| credentials(config.to_string().as_bytes(), registry);
        assert_eq!(found("docker.io"), Some(json!({"username": "shop", "password": "hunter:2"})));
        assert_eq!(found("registry.example"), Some(json!({"username": "carol", "password": "secret"})));
        for registry in ["broken.example", "token.example", "other.example"] {
            assert_eq!(found(registry), None, "{registry}");
        }
        assert_eq!(credentials(b"no JSON", "docker.io"), None);
    }
}
