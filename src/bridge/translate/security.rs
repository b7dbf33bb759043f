//! Users, capabilities, and what else keeps a container in bounds.

use k8s_openapi::api::core::v1::{Capabilities, PodSecurityContext, SecurityContext};

use super::{
    path::{Path, Unit},
    run::Run,
};
use crate::model::ecs;

/// What a container has without being given anything: Docker's and containerd's default.
const DEFAULT: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// What ECS takes besides ("KernelCapabilities" in the Amazon ECS API Reference).
const OTHER: &[&str] = &[
    "ALL",
    "AUDIT_CONTROL",
    "BLOCK_SUSPEND",
    "DAC_READ_SEARCH",
    "IPC_LOCK",
    "IPC_OWNER",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "NET_ADMIN",
    "NET_BROADCAST",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "SYSLOG",
    "WAKE_ALARM",
];

/// The kernel parameters of a namespace that ECS sets ("SystemControl" in the Amazon ECS API Reference).
const SYSCTLS: &[&str] = &[
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
];

pub fn of_container(run: &mut Run, unit: &Unit, index: usize) {
    let context: SecurityContext = unit.read();
    let on_fargate = run.context.is_on_fargate();
    user_lines(
        run,
        &unit.at,
        context.run_as_user,
        context.run_as_group,
        context.run_as_non_root,
        "user of the container",
    );
    if let Some(read_only) = context.read_only_root_filesystem {
        run.containers[index].made.readonly_root_filesystem = Some(read_only);
        run.translated(&unit.at.to("readOnlyRootFilesystem"), "readonlyRootFilesystem");
    }
    let privileged = unit.at.to("privileged");
    match context.privileged {
        Some(true) if on_fargate => {
            let on_ec2 = run.context.settings.on_ec2();
            run.refused(
                &privileged,
                format!("Fargate runs nothing privileged: take it out, or run it on EC2 ({on_ec2})"),
            );
        }
        Some(true) => {
            run.containers[index].made.privileged = Some(true);
            run.translated(&privileged, "privileged");
        }
        _ => run.ignored(&privileged, "nothing is privileged unless it is said"),
    }
    let escalation = unit.at.to("allowPrivilegeEscalation");
    match context.allow_privilege_escalation {
        Some(false) if on_fargate => run
            .approximated(&escalation, "Fargate can't forbid it: run as a user other than root, and drop capabilities"),
        Some(false) => {
            run.containers[index].made.docker_security_options.get_or_insert_default().push("no-new-privileges".into());
            run.translated(&escalation, "no-new-privileges");
        }
        _ => run.ignored(&escalation, "ECS forbids none"),
    }
    if let Some(capabilities) = &context.capabilities {
        of_capabilities(run, &unit.at.to("capabilities"), capabilities, index);
    }
    let proc_mount = unit.at.to("procMount");
    match context.proc_mount.as_deref() {
        None | Some("" | "Default") => run.ignored(&proc_mount, "ECS masks /proc as well"),
        Some(_) => run.refused(&proc_mount, "ECS masks parts of /proc: take it out"),
    }
    let profile = |profile: Option<String>| profile.unwrap_or_default();
    let seccomp = profile(context.seccomp_profile.map(|profile| profile.type_));
    let app_armor = profile(context.app_armor_profile.map(|profile| profile.type_));
    profiles(run, &unit.at, &seccomp, &app_armor);
}

pub fn of_pod(run: &mut Run, unit: &Unit) {
    let context: PodSecurityContext = unit.read();
    let says = "user of each container that names none";
    user_lines(run, &unit.at, context.run_as_user, context.run_as_group, context.run_as_non_root, says);
    let fs_group = unit.at.to("fsGroup");
    if run.pod.volumes.iter().flatten().next().is_none() {
        run.ignored(&fs_group, "there are no volumes for it to own");
    }
    run.translated(&fs_group, "the group of what an init container writes and opens in volumes of the task");
    run.ignored(&unit.at.to("fsGroupChangePolicy"), "the volumes of a task are empty when it starts");
    run.approximated(
        &unit.at.to("supplementalGroups"),
        "ECS gives a container the groups that its image gives the user",
    );
    run.ignored(
        &unit.at.to("supplementalGroupsPolicy"),
        "ECS gives a container the groups that its image gives the user",
    );
    run.ignored(&unit.at.to("seLinuxChangePolicy"), "no SELinux labels are set on volumes");
    for (i, sysctl) in context.sysctls.iter().flatten().enumerate() {
        let at = unit.at.to("sysctls").item(i);
        let name = sysctl.name.replace('/', ".");
        if name.starts_with("net.") || name.starts_with("fs.mqueue.") || SYSCTLS.contains(&name.as_str()) {
            let made = ecs::SystemControl { namespace: Some(name), value: Some(sysctl.value.clone()) };
            for part in &mut run.containers {
                part.made.system_controls.get_or_insert_default().push(made.clone());
            }
            run.translated(&at, "systemControls of each container");
        } else {
            run.refused(&at, "ECS sets those of the network, of System V IPC and of fs.mqueue only: take it out");
        }
    }
    let profile = |profile: Option<String>| profile.unwrap_or_default();
    let seccomp = profile(context.seccomp_profile.map(|profile| profile.type_));
    let app_armor = profile(context.app_armor_profile.map(|profile| profile.type_));
    profiles(run, &unit.at, &seccomp, &app_armor);
}

fn profiles(run: &mut Run, at: &Path, seccomp: &str, app_armor: &str) {
    for (name, profile) in [("seccompProfile", seccomp), ("appArmorProfile", app_armor)] {
        match profile {
            "" | "RuntimeDefault" => run.ignored(&at.to(name), "a container of ECS has the runtime's default profile"),
            _ => run.refused(
                &at.to(name),
                "a container of ECS has the runtime's default profile, and no other: take it out",
            ),
        }
    }
    run.approximated(&at.to("seLinuxOptions"), "a task sets no SELinux labels");
    run.refused(
        &at.to("windowsOptions"),
        "options of Windows are not translated: take them out, and set credentialSpecs in the task definition",
    );
}

fn user_lines(run: &mut Run, at: &Path, user: Option<i64>, group: Option<i64>, non_root: Option<bool>, says: &str) {
    let is_user = |id: i64| (0..=i64::from(i32::MAX)).contains(&id);
    for (name, id) in [("runAsUser", user), ("runAsGroup", group)] {
        if id.is_some_and(|id| !is_user(id)) {
            run.refused(&at.to(name), "no number of a user or a group");
        }
    }
    run.translated(&at.to("runAsUser"), says);
    if user.is_none() && !others_have_a_user(run, at) {
        run.refused(&at.to("runAsGroup"), "ECS sets a group with a user only: set runAsUser too");
    }
    run.translated(&at.to("runAsGroup"), says);
    let at = at.to("runAsNonRoot");
    match (non_root, user) {
        (Some(true), Some(0)) => run.refused(&at, "runAsUser is 0, which is root: Kubernetes starts no such container"),
        (Some(true), Some(_)) => run.translated(&at, "held by the user"),
        (Some(true), None) => run.approximated(&at, "ECS does not look at the user of the image: set runAsUser"),
        _ => run.ignored(&at, "ECS does not look at the user of the image"),
    }
}

/// Whether every container that a group of this place reaches has a user by another place.
fn others_have_a_user(run: &Run, at: &Path) -> bool {
    let pod = run.pod.security_context.as_ref().and_then(|context| context.run_as_user).is_some();
    let own = |part: &super::run::Part| {
        part.source.security_context.as_ref().and_then(|context| context.run_as_user).is_some()
    };
    pod || run
        .containers
        .iter()
        .filter(|part| at.is_in(&part.at) || at.is_in(&run.at.to("spec.securityContext")))
        .all(own)
}

/// The user of each container: its own, or the pod's.
pub fn users(run: &mut Run) {
    let pod = run.pod.security_context.clone().unwrap_or_default();
    for part in &mut run.containers {
        let own = part.source.security_context.clone().unwrap_or_default();
        let user = own.run_as_user.or(pod.run_as_user);
        let group = own.run_as_group.or(pod.run_as_group);
        part.made.user = user.map(|user| group.map_or_else(|| user.to_string(), |group| format!("{user}:{group}")));
    }
}

fn of_capabilities(run: &mut Run, at: &Path, capabilities: &Capabilities, index: usize) {
    let plain = |names: &Option<Vec<String>>| -> Vec<String> {
        names
            .iter()
            .flatten()
            .map(|name| name.to_ascii_uppercase())
            .map(|name| name.strip_prefix("CAP_").map_or(name.clone(), str::to_owned))
            .collect()
    };
    let (add, drop) = (plain(&capabilities.add), plain(&capabilities.drop));
    let is_default = |name: &String| DEFAULT.contains(&name.as_str());
    let is_known = |name: &String| is_default(name) || OTHER.contains(&name.as_str());
    let drops_all = drop.iter().any(|name| name == "ALL");
    let mut added: Vec<String> = add.iter().filter(|name| !is_default(name)).cloned().collect();
    if let Some(name) = added.iter().find(|name| !is_known(name)) {
        return run.refused(&at.to("add"), format!("ECS knows no capability {}: take it out", shown(name)));
    }
    if run.context.is_on_fargate()
        && let Some(name) = added.iter().find(|name| *name != "SYS_PTRACE")
    {
        return run.refused(
            &at.to("add"),
            format!(
                "Fargate adds SYS_PTRACE only: take {} out, or run it on EC2 ({})",
                shown(name),
                run.context.settings.on_ec2()
            ),
        );
    }
    // What is kept of the default can't be added again on Fargate: the others are dropped by name.
    let kept_of_all = drops_all && add.iter().any(is_default);
    let dropped: Vec<String> = if kept_of_all {
        DEFAULT.iter().map(ToString::to_string).filter(|name| !add.contains(name)).collect()
    } else if drops_all {
        vec!["ALL".into()]
    } else {
        drop.iter().filter(|name| is_known(name) && !add.contains(name)).cloned().collect()
    };
    added.dedup();
    let some = |names: Vec<String>| Some(names).filter(|names| !names.is_empty());
    let made = ecs::KernelCapabilities { add: some(added), drop: some(dropped) };
    if made != ecs::KernelCapabilities::default() {
        run.containers[index].made.linux_parameters.get_or_insert_default().capabilities = Some(made);
    }
    let says = if kept_of_all {
        "all of the default but what is added are dropped by name"
    } else {
        "capabilities that are dropped"
    };
    run.translated(&at.to("drop"), says);
    run.translated(&at.to("add"), "capabilities that are added, or kept");
}

/// A capability's name is no secret; but what stands in its place may be anything.
fn shown(name: &str) -> &str {
    if OTHER.contains(&name) { name } else { "that is named here" }
}
