//! Volumes, and where containers mount them.

use k8s_openapi::api::core::v1::{
    EmptyDirVolumeSource, HostPathVolumeSource, PersistentVolume, PersistentVolumeClaimVolumeSource, Volume,
    VolumeMount,
};

use super::{
    files,
    path::{Path, Unit},
    quantity::thousandths,
    resources,
    run::{Part, Run},
};
use crate::model::ecs;

/// The mode of an empty directory of Kubernetes.
const OPEN: i32 = 0o777;

pub fn volume(run: &mut Run, unit: &Unit) {
    let volume: Volume = unit.read();
    let named = |other: &&Volume| other.name == volume.name;
    if volume.name.is_empty() || run.pod.volumes.iter().flatten().filter(named).count() > 1 {
        return run.refused(&unit.at, "a volume wants a name of its own");
    }
    // A volume that says nothing else is an emptyDir to Kubernetes.
    let says_nothing = unit.value.as_object().is_some_and(|members| members.len() == 1);
    let made =
        if let Some(source) = volume.empty_dir.clone().or_else(|| says_nothing.then(EmptyDirVolumeSource::default)) {
            empty_dir(run, unit, &volume.name, &source);
            Some(ecs::Volume::default())
        } else if let Some(source) = &volume.persistent_volume_claim {
            claim(run, &unit.at.to("persistentVolumeClaim"), source)
        } else if let Some(source) = &volume.host_path {
            host_path(run, &unit.at.to("hostPath"), source)
        } else if files::is_of_files(&volume) {
            files::volume(run, &unit.at, &volume);
            Some(ecs::Volume::default())
        } else {
            None
        };
    if let Some(made) = made {
        run.task.volumes.get_or_insert_default().push(ecs::Volume { name: volume.name, ..made });
        run.translated(&unit.at.to("name"), "the volume's name");
    }
    let says = if volume.nfs.is_some() {
        "ECS mounts EFS, not NFS: name the EFS file system by a PersistentVolume of efs.csi.aws.com, and mount its claim"
    } else {
        "ECS has no such volume: use emptyDir, a ConfigMap or a Secret, or EFS by a claim"
    };
    run.refused(&unit.at, says);
}

fn empty_dir(run: &mut Run, unit: &Unit, name: &str, source: &EmptyDirVolumeSource) {
    let at = unit.at.to("emptyDir");
    let EmptyDirVolumeSource { medium, mode, size_limit } = source;
    if let Some(limit) = size_limit {
        let limit_at = at.to("sizeLimit");
        match thousandths(&limit.0) {
            Some(amount) => resources::storage(run, &limit_at, amount),
            None => run.refused(&limit_at, "no quantity, as 64Mi: write it right"),
        }
    }
    match medium.as_deref() {
        Some("Memory") => {
            run.approximated(&at.to("medium"), "on the disk of the task: ECS shares no memory between containers");
        }
        None | Some("") => run.ignored(&at.to("medium"), "the default"),
        Some(_) => run.refused(&at.to("medium"), "ECS has no such medium: take it out"),
    }
    if mode.is_some_and(|mode| !files::is_mode(run, &at.to("mode"), mode)) {
        return;
    }
    let users = users_of(run, name);
    // An empty directory of Kubernetes is open to everyone; one of ECS is root's.
    let is_others = users.iter().any(|user| *user != Some(0) && user.is_some()) || is_of_a_group(run);
    if (is_others || mode.is_some()) && !users.is_empty() {
        run.files.open(name, mode.unwrap_or(OPEN));
        run.translated(&at, "a volume of the task, which an init container opens to other users than root");
    } else if users.contains(&None) {
        run.approximated(&at, "a volume of the task; it is root's, so where the image has another user, set runAsUser");
    } else {
        run.translated(&at, "a volume of the task");
    }
}

/// The users of the containers that mount a volume, where they are told.
fn users_of(run: &Run, volume: &str) -> Vec<Option<i64>> {
    let mounts = |part: &&Part| part.source.volume_mounts.iter().flatten().any(|mount| mount.name == volume);
    run.containers.iter().filter(mounts).map(|part| run.user(part)).collect()
}

/// Whether the pod's volumes are a group's, or at least not root's.
fn is_of_a_group(run: &Run) -> bool {
    run.pod
        .security_context
        .as_ref()
        .is_some_and(|context| context.fs_group.is_some() || context.run_as_non_root == Some(true))
}

fn host_path(run: &mut Run, at: &Path, source: &HostPathVolumeSource) -> Option<ecs::Volume> {
    let HostPathVolumeSource { path, type_: _ } = source;
    if run.context.is_on_fargate() {
        let on_ec2 = run.context.settings.on_ec2();
        run.refused(at, format!("Fargate has no host to share: use emptyDir or EFS, or run it on EC2 ({on_ec2})"));
        return None;
    }
    run.approximated(&at.to("type"), "ECS looks at no types: it makes a directory where there is nothing");
    run.translated(at, "a directory of the container instance");
    let host = ecs::HostVolumeProperties { source_path: Some(path.clone()) };
    Some(ecs::Volume { host: Some(host), ..Default::default() })
}

/// The driver of EFS's volumes. A handle is FILE-SYSTEM:PATH:ACCESS-POINT.
const EFS: &str = "efs.csi.aws.com";

fn claim(run: &mut Run, at: &Path, source: &PersistentVolumeClaimVolumeSource) -> Option<ecs::Volume> {
    let PersistentVolumeClaimVolumeSource { claim_name: name, read_only: _ } = source;
    let Some(volume) = bound(run, name) else {
        let (among, remedy) = (run.context.settings.among(), run.context.settings.bound());
        run.refused(
            at,
            format!("the claim {name} and the PersistentVolume that it is bound to are not {among}: {remedy}"),
        );
        return None;
    };
    let csi = volume.spec.as_ref().and_then(|spec| spec.csi.as_ref()).filter(|csi| csi.driver == EFS);
    let Some(csi) = csi else {
        run.refused(at, format!("the claim {name} is bound to a volume that is not EFS's: ECS mounts EFS; EBS volumes are volumeConfigurations of the service"));
        return None;
    };
    let mut parts = csi.volume_handle.split(':');
    let mut part = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    let (file_system, directory, access_point) = (part().unwrap_or_default(), part(), part());
    if !file_system.starts_with("fs-") {
        run.refused(at, format!("the volume of the claim {name} names no file system of EFS (fs-…): write it right"));
        return None;
    }
    // The driver encrypts on the way unless it is told not to; with an access point ECS takes no other directory.
    let made = ecs::EFSVolumeConfiguration {
        file_system_id: file_system,
        root_directory: directory.filter(|_| access_point.is_none()),
        transit_encryption: Some("ENABLED".into()),
        authorization_config: access_point
            .map(|id| ecs::EFSAuthorizationConfig { access_point_id: Some(id), ..Default::default() }),
        ..Default::default()
    };
    run.translated(at, "an EFS volume");
    run.ledger
        .note("unchecked: the security groups of the mount targets of EFS have to let the tasks in (NFS, port 2049)");
    Some(ecs::Volume { efs_volume_configuration: Some(made), ..Default::default() })
}

/// The volume that a claim is bound to, by either end.
fn bound<'c>(run: &Run<'c>, claim: &str) -> Option<&'c PersistentVolume> {
    let objects = &run.context.objects;
    let named =
        objects.claims.get(&run.context.key(claim)).and_then(|claim| claim.spec.as_ref()?.volume_name.as_deref());
    let by_claim = |volume: &&PersistentVolume| {
        let reference = volume.spec.as_ref().and_then(|spec| spec.claim_ref.as_ref());
        reference.is_some_and(|reference| {
            reference.name.as_deref() == Some(claim)
                && reference.namespace.as_deref() == Some(run.context.namespace.as_str())
        })
    };
    named.and_then(|name| objects.volumes.get(name)).or_else(|| objects.volumes.values().find(by_claim))
}

pub fn mount(run: &mut Run, unit: &Unit, index: usize) {
    let VolumeMount {
        bind_mount_options: _,
        mount_path,
        mount_propagation,
        name,
        read_only,
        recursive_read_only,
        sub_path,
        sub_path_expr,
    } = unit.read();
    let Some(volume) = run.pod.volumes.iter().flatten().find(|volume| volume.name == name) else {
        return run.refused(&unit.at, "no volume of the pod has this name: write it right");
    };
    let is_of_files = files::is_of_files(volume);
    let is_of_claim = volume.persistent_volume_claim.as_ref().is_some_and(|claim| claim.read_only == Some(true));
    if mount_path.is_empty() {
        return run.refused(&unit.at, "a mount wants a path");
    }
    let mounted = run.containers[index].made.mount_points.iter().flatten();
    if mounted.into_iter().any(|other| other.container_path.as_ref() == Some(&mount_path)) {
        return run.refused(&unit.at.to("mountPath"), "mounted already: each path once");
    }
    for (name, path) in [("subPath", &sub_path), ("subPathExpr", &sub_path_expr)] {
        if path.as_deref().is_some_and(|path| !path.is_empty()) {
            run.refused(
                &unit.at.to(name),
                "ECS mounts whole volumes: mount it at a directory of its own, and point the program there",
            );
        } else {
            run.ignored(&unit.at.to(name), "the whole volume");
        }
    }
    match mount_propagation.as_deref() {
        None | Some("" | "None") => run.ignored(&unit.at.to("mountPropagation"), "the default"),
        Some(_) => run.refused(&unit.at.to("mountPropagation"), "ECS passes no mounts on: take it out"),
    }
    match recursive_read_only.as_deref() {
        None | Some("" | "Disabled") => run.ignored(&unit.at.to("recursiveReadOnly"), "the default"),
        Some(_) => run.ignored(&unit.at.to("recursiveReadOnly"), "nothing is mounted within a volume of ECS"),
    }
    run.refused(&unit.at.to("bindMountOptions"), "ECS takes no options of mounts: take them out");
    if is_of_files && read_only == Some(false) {
        run.ignored(&unit.at.to("readOnly"), "files of ConfigMaps and Secrets are read only in Kubernetes too");
    }
    run.translated(&unit.at, "a mount point");
    let made = ecs::MountPoint {
        container_path: Some(mount_path),
        source_volume: Some(name),
        read_only: (read_only == Some(true) || is_of_files || is_of_claim).then_some(true),
    };
    run.containers[index].made.mount_points.get_or_insert_default().push(made);
}
