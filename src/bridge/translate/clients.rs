//! Which images have a program that can ask what a probe asks.

use std::{collections::BTreeMap, fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A program in an image that asks over the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Client {
    #[default]
    Curl,
    Wget,
    Nc,
    GrpcHealthProbe,
}

const NAMES: &[(&str, Client)] = &[
    ("curl", Client::Curl),
    ("wget", Client::Wget),
    ("nc", Client::Nc),
    ("grpc_health_probe", Client::GrpcHealthProbe),
];

/// Images of busybox, and Docker's official images on Alpine Linux, have busybox's wget and nc.
const BUSYBOX: &[Client] = &[Client::Wget, Client::Nc];

/// Docker's official images that are known to have a variant on Alpine Linux.
const ON_ALPINE: &[&str] = &[
    "caddy",
    "golang",
    "haproxy",
    "httpd",
    "memcached",
    "nginx",
    "node",
    "php",
    "postgres",
    "python",
    "rabbitmq",
    "redis",
    "ruby",
    "traefik",
    "valkey",
];

/// What is known of images beyond that, by the beginning of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownClients(BTreeMap<String, Vec<Client>>);

/// What is no `IMAGE=CLIENT`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?}: write IMAGE=CLIENT, with one of curl, wget, nc and grpc_health_probe")]
pub struct BadClient(String);

impl FromStr for Client {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        NAMES.iter().find(|(name, _)| *name == text).map(|(_, client)| *client).ok_or(())
    }
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAMES.iter().find(|(_, client)| client == self).map_or("", |(name, _)| name))
    }
}

/// From images, with any tag where none is named, and what each has.
impl FromIterator<(String, Client)> for KnownClients {
    fn from_iter<I: IntoIterator<Item = (String, Client)>>(clients: I) -> Self {
        let mut known = Self::default();
        for (image, client) in clients {
            known.0.entry(image).or_default().push(client);
        }
        known
    }
}

impl KnownClients {
    /// From `IMAGE=CLIENT`.
    pub fn parse(mappings: &[String]) -> Result<Self, BadClient> {
        let parse = |mapping: &String| {
            let bad = || BadClient(mapping.clone());
            let (image, client) = mapping.rsplit_once('=').filter(|(image, _)| !image.is_empty()).ok_or_else(bad)?;
            Ok((image.to_owned(), client.parse().map_err(|()| bad())?))
        };
        mappings.iter().map(parse).collect()
    }

    pub fn has(&self, image: &str, client: Client) -> bool {
        let said = self.0.iter().any(|(known, clients)| is_of(image, known) && clients.contains(&client));
        said || (BUSYBOX.contains(&client) && is_busybox(image))
    }
}

/// Whether an image is the named one: with any tag where none is named.
fn is_of(image: &str, named: &str) -> bool {
    image.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '@']))
}

fn is_busybox(image: &str) -> bool {
    let (name, tag) = name_and_tag(image);
    match official(name) {
        Some("busybox" | "alpine") => true,
        Some(name) => ON_ALPINE.contains(&name) && tag.split('-').any(|part| part.starts_with("alpine")),
        None => false,
    }
}

fn name_and_tag(image: &str) -> (&str, &str) {
    let image = image.split_once('@').map_or(image, |(image, _)| image);
    let after_host = image.rfind('/').map_or(0, |at| at + 1);
    match image[after_host..].find(':') {
        Some(at) => (&image[..after_host + at], &image[after_host + at + 1..]),
        None => (image, ""),
    }
}

/// The name of a Docker official image: of Docker Hub, or of Amazon's copy of it.
fn official(name: &str) -> Option<&str> {
    let places = ["public.ecr.aws/docker/library/", "docker.io/library/", "docker.io/", "library/"];
    let name = places.iter().find_map(|place| name.strip_prefix(place)).unwrap_or(name);
    (!name.contains('/')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_has_what_is_known_of_it() {
        let known =
            KnownClients::parse(&["shop/ad=grpc_health_probe".into(), "shop/web:v1=curl".into()]).expect("clients");
        for (image, client, expected) in [
            ("redis:alpine", Client::Nc, true),
            ("redis:8.2-alpine3.22", Client::Wget, true),
            ("redis:8.2", Client::Nc, false),
            ("docker.io/library/redis:alpine@sha256:00", Client::Nc, true),
            ("public.ecr.aws/docker/library/busybox", Client::Wget, true),
            ("busybox:1.38.0@sha256:00", Client::Nc, true),
            ("example.com:5000/redis:alpine", Client::Nc, false),
            ("team/redis:alpine", Client::Nc, false),
            ("redis:alpine", Client::Curl, false),
            ("shop/ad", Client::GrpcHealthProbe, true),
            ("shop/ad:v2", Client::GrpcHealthProbe, true),
            ("shop/adservice", Client::GrpcHealthProbe, false),
            ("shop/web:v1", Client::Curl, true),
            ("shop/web:v2", Client::Curl, false),
            ("", Client::Curl, false),
        ] {
            assert_eq!(known.has(image, client), expected, "{image}: {client:?}");
        }
    }

    #[test]
    fn a_client_has_one_name() {
        for (name, client) in NAMES {
            assert_eq!((client.to_string(), serde_json::json!(client)), ((*name).to_owned(), serde_json::json!(name)));
        }
    }

    #[test]
    fn what_is_no_client_is_refused() {
        for mapping in ["redis", "redis=telnet", "=curl", "redis="] {
            assert!(KnownClients::parse(&[mapping.into()]).is_err(), "{mapping}");
        }
    }
}
