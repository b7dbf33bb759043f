//! Which machines the pod is for.

use super::{path::Unit, run::Run};
use crate::model::ecs;

/// The node label that tells the builds of Windows apart, and what ECS calls them.
const BUILD: &str = "node.kubernetes.io/windows-build";
const WINDOWS: &[(&str, &str)] = &[
    ("10.0.17763", "WINDOWS_SERVER_2019_CORE"),
    ("10.0.20348", "WINDOWS_SERVER_2022_CORE"),
    ("10.0.26100", "WINDOWS_SERVER_2025_CORE"),
];

pub fn node_selector(run: &mut Run, unit: &Unit) {
    match unit.at.last() {
        "kubernetes.io/arch" | "beta.kubernetes.io/arch" => architecture(run, unit),
        "kubernetes.io/os" | "beta.kubernetes.io/os" => os(run, unit),
        BUILD => run.translated(&unit.at, "the version of Windows"),
        "topology.kubernetes.io/zone" | "failure-domain.beta.kubernetes.io/zone" => {
            run.approximated(&unit.at, "the service's subnets decide on zones: name those of this zone only");
        }
        "topology.kubernetes.io/region" | "failure-domain.beta.kubernetes.io/region" => {
            run.approximated(&unit.at, "the operator's region decides");
        }
        "karpenter.sh/capacity-type" | "eks.amazonaws.com/capacityType" => {
            run.approximated(
                &unit.at,
                format!(
                    "the capacity provider strategy decides: FARGATE_SPOT, or FARGATE ({})",
                    run.context.settings.capacity_providers()
                ),
            );
        }
        _ if run.context.is_on_fargate() => run.approximated(&unit.at, "Fargate has no nodes to choose among"),
        _ => run
            .approximated(&unit.at, "ECS does not know the cluster's nodes: choose instances by placementConstraints"),
    }
}

fn architecture(run: &mut Run, unit: &Unit) {
    let name = match unit.text() {
        "amd64" => "X86_64",
        "arm64" => "ARM64",
        _ => return run.refused(&unit.at, "ECS runs amd64 and arm64: build the image for one of them"),
    };
    platform(run).cpu_architecture = Some(name.into());
    run.translated(&unit.at, format!("cpuArchitecture {name}"));
}

/// The node selector, or `spec.os.name`.
pub fn os(run: &mut Run, unit: &Unit) {
    let name = match unit.text() {
        "linux" => "LINUX",
        "windows" => {
            let build = run.pod.node_selector.iter().flatten().find(|(label, _)| *label == BUILD);
            let family = build.and_then(|(_, build)| WINDOWS.iter().find(|(known, _)| build.starts_with(known)));
            match family {
                Some((_, family)) => family,
                None => return run.refused(&unit.at, wants_build()),
            }
        }
        _ => return run.refused(&unit.at, "ECS runs linux and windows"),
    };
    platform(run).operating_system_family = Some(name.into());
    run.translated(&unit.at, format!("operatingSystemFamily {name}"));
}

fn wants_build() -> String {
    let builds: Vec<&str> = WINDOWS.iter().map(|(build, _)| *build).collect();
    format!("ECS wants the version of Windows: select nodes by {BUILD} too, as one of {}", builds.join(", "))
}

fn platform<'r>(run: &'r mut Run) -> &'r mut ecs::RuntimePlatform {
    run.task.runtime_platform.get_or_insert_default()
}

pub fn restart_policy(run: &mut Run, unit: &Unit) {
    match unit.text() {
        "Never" => run.translated(&unit.at, "a container that ends ends its task"),
        _ => run.approximated(&unit.at, "a container that ends ends its task, and the service starts another"),
    }
}
