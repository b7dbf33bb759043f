//! Files of ConfigMaps, Secrets and the downward API: an init container writes them into a volume of the task before all others start. What it
//! writes stands in its environment; what is secret ECS puts there, from where it is kept.

use k8s_openapi::{
    ByteString,
    api::core::v1::{
        ConfigMap, ConfigMapProjection, ConfigMapVolumeSource, DownwardAPIProjection, DownwardAPIVolumeFile,
        DownwardAPIVolumeSource, KeyToPath, ProjectedVolumeSource, SecretProjection, SecretVolumeSource, Volume,
        VolumeProjection,
    },
};

use super::{
    environment::{absent, keys_of_secret, secret_line, unmapped},
    metadata,
    path::Path,
    report::Verdict,
    run::Run,
};
use crate::model::ecs;

/// The init container's name, which Kubernetes gives to none: a label has no underscore.
pub const WRITER: &str = "ecs-bridge_files";

const DEFAULT_MODE: i32 = 0o644;

/// What the init container has to do.
#[derive(Clone, Debug, Default)]
pub struct Files {
    written: Vec<File>,
    /// Volumes of files, with where they stand in the manifest.
    pub volumes: Vec<(String, Path)>,
    pub opened: Vec<(String, i32)>,
}

#[derive(Clone, Debug)]
struct File {
    volume: String,
    path: String,
    mode: i32,
    /// Root, where there is none.
    user: Option<i64>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    /// In base 64.
    Bytes(String),
    /// What `valueFrom` of an ECS secret is.
    Secret(String),
}

impl Files {
    /// Gives an empty volume this mode.
    pub fn open(&mut self, volume: &str, mode: i32) {
        self.opened.push((volume.to_owned(), mode));
    }
}

pub fn is_of_files(volume: &Volume) -> bool {
    volume.config_map.is_some()
        || volume.secret.is_some()
        || volume.downward_api.is_some()
        || volume.projected.is_some()
}

/// A place in a volume that files go to.
struct Into<'v> {
    volume: &'v str,
    default_mode: i32,
    default_user: Option<i64>,
}

pub fn volume(run: &mut Run, at: &Path, volume: &Volume) {
    run.files.volumes.push((volume.name.clone(), at.clone()));
    let into = |run: &mut Run, at: &Path, mode: Option<i32>, default_user: Option<i64>| {
        let default_mode = mode.unwrap_or(DEFAULT_MODE);
        is_mode(run, &at.to("defaultMode"), default_mode);
        is_user(run, &at.to("defaultUser"), default_user);
        run.translated(&at.to("defaultMode"), "the mode of the files");
        run.translated(&at.to("defaultUser"), "the owner of the files");
        Into { volume: &volume.name, default_mode, default_user }
    };
    if let Some(ConfigMapVolumeSource { default_mode, default_user, items, name, optional }) = &volume.config_map {
        let at = at.to("configMap");
        let into = into(run, &at, *default_mode, *default_user);
        config_map(run, &at, &into, name, items.as_deref(), *optional);
    }
    if let Some(SecretVolumeSource { default_mode, default_user, items, optional, secret_name }) = &volume.secret {
        let at = at.to("secret");
        let into = into(run, &at, *default_mode, *default_user);
        secret(run, &at, &into, secret_name.as_deref().unwrap_or_default(), items.as_deref(), *optional);
    }
    if let Some(DownwardAPIVolumeSource { default_mode, default_user, items }) = &volume.downward_api {
        let at = at.to("downwardAPI");
        let into = into(run, &at, *default_mode, *default_user);
        downward(run, &at, &into, items.as_deref().unwrap_or_default());
    }
    if let Some(ProjectedVolumeSource { default_mode, default_user, sources }) = &volume.projected {
        let at = at.to("projected");
        let into = into(run, &at, *default_mode, *default_user);
        for (i, source) in sources.iter().flatten().enumerate() {
            projected(run, &at.to("sources").item(i), &into, source);
        }
    }
}

fn projected(run: &mut Run, at: &Path, into: &Into, source: &VolumeProjection) {
    if let Some(ConfigMapProjection { items, name, optional }) = &source.config_map {
        config_map(run, &at.to("configMap"), into, name, items.as_deref(), *optional);
    }
    if let Some(SecretProjection { items, name, optional }) = &source.secret {
        secret(run, &at.to("secret"), into, name, items.as_deref(), *optional);
    }
    if let Some(DownwardAPIProjection { items }) = &source.downward_api {
        downward(run, &at.to("downwardAPI"), into, items.as_deref().unwrap_or_default());
    }
    run.refused(at, "a task has no tokens and certificates of the cluster: it has its task role; take it out");
}

/// Whether it is a mode; else the field has its line.
pub fn is_mode(run: &mut Run, at: &Path, mode: i32) -> bool {
    let is_mode = (0..=0o777).contains(&mode);
    if !is_mode {
        run.refused(at, "a mode is a number from 0 to 0777");
    }
    is_mode
}

fn is_user(run: &mut Run, at: &Path, user: Option<i64>) -> bool {
    let is_user = user.is_none_or(|user| (0..=i64::from(i32::MAX)).contains(&user));
    if !is_user {
        run.refused(at, "no number of a user");
    }
    is_user
}

fn config_map(run: &mut Run, at: &Path, into: &Into, name: &str, items: Option<&[KeyToPath]>, optional: Option<bool>) {
    let Some(map) = run.context.config_map(name) else { return absent(run, at, "ConfigMap", name, optional) };
    let keys =
        || map.data.iter().flat_map(|data| data.keys()).chain(map.binary_data.iter().flat_map(|data| data.keys()));
    let all: Vec<KeyToPath> =
        keys().map(|key| KeyToPath { key: key.clone(), path: key.clone(), ..Default::default() }).collect();
    let mut count = 0;
    for (i, KeyToPath { key, mode, path, user }) in items.unwrap_or(&all).iter().enumerate() {
        let at = at.to("items").item(i);
        match content(map, key) {
            Some(content) => {
                count += 1;
                file(run, &at, into, path, *mode, *user, content);
            }
            None if optional == Some(true) => {
                run.translated(&at, "left out: the ConfigMap has no such key, and it is optional");
            }
            None => run.refused(&at, format!("the ConfigMap {name} has no such key: put it there")),
        }
    }
    run.translated(at, format!("{count} files, which an init container writes, as the ConfigMap has them now"));
}

fn content(map: &ConfigMap, key: &str) -> Option<Content> {
    // No variable of a process holds a zero byte.
    let in_base_64 =
        |bytes: &ByteString| serde_json::to_value(bytes).ok()?.as_str().map(str::to_owned).map(Content::Bytes);
    match map.data.as_ref().and_then(|data| data.get(key)) {
        Some(text) if text.contains('\0') => in_base_64(&ByteString(text.clone().into_bytes())),
        Some(text) => Some(Content::Text(text.clone())),
        None => in_base_64(map.binary_data.as_ref()?.get(key)?),
    }
}

fn secret(run: &mut Run, at: &Path, into: &Into, name: &str, items: Option<&[KeyToPath]>, optional: Option<bool>) {
    let mut count = 0;
    if let Some(items) = items {
        for (i, KeyToPath { key, mode, path, user }) in items.iter().enumerate() {
            let at = at.to("items").item(i);
            let known = run.context.objects.secret_keys.get(&run.context.key(name));
            let is_gone = known.is_some_and(|keys| !keys.contains(key));
            match run.context.secrets.value_from(name, key) {
                _ if is_gone && optional == Some(true) => {
                    run.translated(&at, "left out: the Secret has no such key, and it is optional");
                }
                Some(from) => {
                    count += 1;
                    file(run, &at, into, path, *mode, *user, Content::Secret(from));
                }
                None => run.refused(&at, unmapped(run.context, name, key)),
            }
        }
    } else {
        match keys_of_secret(run, name) {
            Ok(keys) => {
                for (key, from) in keys {
                    count += 1;
                    file(run, at, into, &key, None, None, Content::Secret(from));
                }
            }
            Err(None) => return absent(run, at, "Secret", name, optional),
            Err(Some(says)) => return run.refused(at, says),
        }
    }
    let held = run.context.settings.secrets();
    run.ignored(&at.to("optional"), format!("each key is held where {held} says"));
    secret_line(
        run,
        at,
        &format!("{count} files, which an init container writes on the disk of the task from secrets of ECS"),
    );
}

fn downward(run: &mut Run, at: &Path, into: &Into, items: &[DownwardAPIVolumeFile]) {
    for (i, DownwardAPIVolumeFile { field_ref, mode, path, resource_field_ref, user }) in items.iter().enumerate() {
        let at = at.to("items").item(i);
        let text = match (field_ref, resource_field_ref) {
            (Some(field), _) => {
                metadata::listed(run, &field.field_path).map_or_else(|| metadata::field(run, &field.field_path), Ok)
            }
            (None, Some(resource)) => super::resources::field(run, resource, 0),
            (None, None) => Err("names neither a field nor a resource: take it out".to_owned()),
        };
        match text {
            Ok(text) => file(run, &at, into, path, *mode, *user, Content::Text(text)),
            Err(says) => run.refused(&at, says),
        }
    }
    run.translated(at, "files, which an init container writes");
}

fn file(run: &mut Run, at: &Path, into: &Into, path: &str, mode: Option<i32>, user: Option<i64>, content: Content) {
    let is_inside =
        !path.is_empty() && !path.starts_with('/') && path.split('/').all(|part| part != ".." && !part.is_empty());
    if !is_inside || path.contains('\0') {
        return run.refused(at, "a file's path leads nowhere but into its volume: write it right");
    }
    let mode = mode.unwrap_or(into.default_mode);
    let user = user.or(into.default_user);
    if is_mode(run, &at.to("mode"), mode) && is_user(run, &at.to("user"), user) {
        run.files.written.push(File { volume: into.volume.to_owned(), path: path.to_owned(), mode, user, content });
    }
}

/// In single quotes, as a shell reads it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The container that writes the files, where there is something to write or to open.
pub fn writer(run: &Run) -> Option<ecs::ContainerDefinition> {
    let files = &run.files;
    if files.volumes.is_empty() && files.opened.is_empty() {
        return None;
    }
    let group = run.pod.security_context.as_ref().and_then(|context| context.fs_group);
    let mut script = vec!["set -e".to_owned()];
    let (mut environment, mut secrets) = (Vec::new(), Vec::new());
    for (i, file) in files.written.iter().enumerate() {
        let (name, path) = (format!("FILE_{i}"), quoted(&format!("/volumes/{}/{}", file.volume, file.path)));
        if file.path.contains('/') {
            script.push(format!("mkdir -p \"$(dirname {path})\""));
        }
        let from = match &file.content {
            Content::Bytes(_) => format!("printf %s \"${name}\" | base64 -d"),
            Content::Text(_) | Content::Secret(_) => format!("printf %s \"${name}\""),
        };
        script.push(format!("{from} > {path}"));
        // As the kubelet does: the group of the volumes may read what the owner may.
        let mode = if group.is_some() { file.mode | (file.mode & 0o400) >> 3 } else { file.mode };
        script.push(format!("chmod {mode:04o} {path}"));
        if let Some(user) = file.user {
            script.push(format!("chown {user} {path}"));
        }
        match &file.content {
            Content::Text(text) | Content::Bytes(text) => {
                environment.push(ecs::KeyValuePair { name, value: Some(text.clone()) });
            }
            Content::Secret(from) => secrets.push(ecs::Secret { name, value_from: from.clone() }),
        }
    }
    for (volume, mode) in &files.opened {
        script.push(format!("chmod {mode:04o} {}", quoted(&format!("/volumes/{volume}"))));
    }
    let volumes: Vec<&String> =
        files.volumes.iter().map(|(name, _)| name).chain(files.opened.iter().map(|(name, _)| name)).collect();
    if let Some(group) = group {
        for volume in &volumes {
            let path = quoted(&format!("/volumes/{volume}"));
            script.push(format!("chgrp -R {group} {path}"));
            script.push(format!("chmod g+s {path}"));
        }
    }
    let mount = |volume: &&String| ecs::MountPoint {
        container_path: Some(format!("/volumes/{volume}")),
        source_volume: Some((*volume).clone()),
        read_only: None,
    };
    Some(ecs::ContainerDefinition {
        name: WRITER.into(),
        image: Some(run.context.files_image.clone()),
        essential: Some(false),
        user: Some("0".into()),
        entry_point: Some(vec!["sh".into(), "-c".into()]),
        command: Some(vec![script.join("\n")]),
        environment: Some(environment).filter(|environment| !environment.is_empty()),
        secrets: Some(secrets).filter(|secrets| !secrets.is_empty()),
        mount_points: Some(volumes.iter().map(mount).collect()),
        readonly_root_filesystem: Some(true),
        ..Default::default()
    })
}

/// Refuses every volume of files. Whether there is one.
pub fn refuse(run: &mut Run, says: &str) -> bool {
    let volumes = run.files.volumes.clone();
    for (_, at) in &volumes {
        run.ledger.worsen(at, Verdict::Refused, says);
    }
    !volumes.is_empty()
}
