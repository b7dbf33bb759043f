//! The documentation against the code: what it lists is all there is, its links lead somewhere, and its examples are accepted.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use clap::CommandFactory as _;
use ecs_bridge::{
    bridge::translate::{DEPLOYMENT, table},
    cli::Cli,
};
use ecs_bridge_harness::{Cluster, chart};
use serde_json::{Value, json};

use crate::gitops;

fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages that people read, as paths from the root.
fn pages() -> Vec<PathBuf> {
    let folder = |folder: &'static str| {
        let files = fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
        files.map(move |file| Path::new(folder).join(file.expect("a file of docs/").file_name()))
    };
    let mut pages: Vec<PathBuf> = folder("docs")
        .chain(folder("docs/runbooks"))
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    let others = ["README.md", "ARCHITECTURE.md", "charts/ecs-bridge/README.md", "e2e/README.md", "e2e/sim/README.md"];
    pages.extend(others.into_iter().map(PathBuf::from));
    pages.sort();
    pages
}

/// What stands between single backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The names that begin the rows of the tables of a section: those in backticks in the first cell.
fn rows<'t>(page: &'t str, from: &str, to: &str) -> BTreeSet<&'t str> {
    let begun = page.split_once(from).unwrap_or_else(|| panic!("there is no {from:?}")).1;
    let section = begun.split_once(to).map_or(begun, |(section, _)| section);
    let cells = section.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.filter_map(|cell| quoted(cell).next()).collect()
}

fn set<'t>(names: impl IntoIterator<Item = &'t str>) -> BTreeSet<&'t str> {
    names.into_iter().collect()
}

#[test]
fn every_reason_is_explained_and_nothing_else() {
    let source = read("src/engine/reason.rs");
    let reasons = source.lines().filter(|line| line.starts_with("pub const"));
    let reasons = set(reasons.filter_map(|line| line.split('"').nth(1)));
    assert!(reasons.len() > 20, "the reasons can't be found in src/engine/reason.rs any more: {reasons:?}");
    let page = read("docs/conditions.md");
    assert_eq!(
        rows(&page, "\n## Reasons\n", "\n## Events\n"),
        reasons,
        "docs/conditions.md (left) and the code (right)"
    );
}

#[test]
fn every_flag_is_explained_with_its_variable_and_nothing_else() {
    let page = read("docs/operations.md");
    let mut command = Cli::command();
    command.build();
    for argument in command.find_subcommand("iam-policy").expect("ecs-bridge iam-policy").get_arguments() {
        let flag = format!("`--{}`", argument.get_long().expect("every argument is a flag"));
        assert!(page.contains(&flag), "docs/operations.md does not explain {flag} of `ecs-bridge iam-policy`");
    }
    let importing = read("docs/importing.md");
    for argument in command.find_subcommand("import").expect("ecs-bridge import").get_arguments() {
        let flag = format!("`--{}`", argument.get_long().expect("every argument is a flag"));
        let is_clap = ["`--help`", "`--version`"].contains(&flag.as_str());
        assert!(importing.contains(&flag) || is_clap, "docs/importing.md does not explain {flag}");
    }
    let run = command.find_subcommand("run").expect("ecs-bridge run");
    let mut flags = BTreeSet::new();
    for argument in run.get_arguments() {
        let flag = format!("--{}", argument.get_long().expect("every argument is a flag"));
        if let Some(variable) = argument.get_env() {
            let row = format!("| `{flag}` | `{}` |", variable.to_string_lossy());
            assert!(page.contains(&row), "docs/operations.md has no row {row}");
            flags.insert(flag);
        }
    }
    let mut rows: BTreeSet<String> = rows(&page, "\n## Flags\n", "\n## ").into_iter().map(str::to_owned).collect();
    rows.remove("--help");
    assert_eq!(rows, flags, "docs/operations.md (left) and `ecs-bridge run --help` (right)");
}

#[test]
fn every_field_of_a_workload_is_explained_as_it_is_translated() {
    let page = read("docs/translate.md");
    let becomes = |members: &str| match members {
        "" => String::new(),
        members => members.split(", ").map(|member| format!("`{member}`")).collect::<Vec<_>>().join(", "),
    };
    let row = |field: &str, members: &str, how: &str| format!("| `{field}` | {} | {how} |", becomes(members));
    let of_template = |rows: &[table::Row]| -> Vec<String> {
        let how = |of: &table::Row| of.always().map_or(of.how.to_owned(), |verdict| format!("{verdict}: {}", of.how));
        rows.iter().map(|of| row(of.field, of.becomes, &how(of))).collect()
    };
    let of_deployment = DEPLOYMENT.iter().map(|of| row(of.field, of.becomes, of.how)).collect();
    for (heading, rows) in [
        ("\n## The Deployment\n", of_deployment),
        ("\n## The pod\n", of_template(table::POD)),
        ("\n## Containers and init containers\n", of_template(table::CONTAINER)),
    ] {
        let section = page.split_once(heading).unwrap_or_else(|| panic!("there is no {heading:?}")).1;
        let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
        let shown: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
        assert_eq!(shown, rows, "docs/translate.md (left) and the table (right), in {heading}");
    }
    let mut command = Cli::command();
    command.build();
    for argument in command.find_subcommand("translate").expect("ecs-bridge translate").get_arguments() {
        let flag = format!("`--{}`", argument.get_long().expect("every argument is a flag"));
        assert!(
            flag == "`--help`" || flag == "`--version`" || page.contains(&flag),
            "docs/translate.md does not explain {flag}"
        );
    }
}

#[test]
fn every_metric_is_explained() {
    let page = read("docs/operations.md");
    let source = read("src/operator/metrics.rs");
    let registered: Vec<&str> =
        source.split("registry.register(").skip(1).filter_map(|rest| rest.split('"').nth(1)).collect();
    assert!(registered.len() > 3, "the metrics can't be found in src/operator/metrics.rs any more");
    for name in registered {
        assert!(page.contains(&format!("`ecs_bridge_{name}")), "docs/operations.md does not explain ecs_bridge_{name}");
    }
}

/// What the real binary prints.
fn printed(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_ecs-bridge")).args(arguments).output().expect("the operator's binary");
    assert!(output.status.success(), "ecs-bridge {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_iam_policy_is_what_is_printed_and_each_statement_is_explained() {
    let page = read("docs/operations.md");
    let section = page.split_once("\n## The IAM policy\n").and_then(|(_, rest)| rest.split_once("\n## "));
    let section = section.expect("the section of the IAM policy").0;
    let roles = "--allowed-role-arns=arn:aws:iam::123456789012:role/ecs*";
    let shown = printed(&["iam-policy", "--kinds=EcrRepository,EcsService", "--owner-id=eu-prod", roles]);
    assert_eq!(blocks(section, "json"), [shown.trim_end()], "docs/operations.md (left) and `ecs-bridge iam-policy`");
    let whole: Value = serde_json::from_str(&printed(&[
        "iam-policy",
        "--adoption",
        "--adopt-from=old",
        "--events-queue=ecs-bridge",
        roles,
    ]))
    .expect("a policy");
    let statements = whole["Statement"].as_array().expect("statements").iter();
    let sids: BTreeSet<&str> = statements.filter_map(|statement| statement["Sid"].as_str()).collect();
    let table = section.split_once("| statement |").and_then(|(_, rest)| rest.split_once("\n\n")).expect("a table").0;
    let cells = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    assert_eq!(
        cells.flat_map(quoted).collect::<BTreeSet<_>>(),
        sids,
        "docs/operations.md (left) and the policy (right)"
    );
}

/// Who deletes the EcsServices' definition before the bridges' brings their replicas back to the cluster.
#[test]
fn the_way_to_leave_names_every_definition_and_the_bridges_first() {
    let page = read("docs/operations.md");
    let commands = page.lines().map(str::trim).skip_while(|line| !line.starts_with("kubectl delete crd "));
    let commands: Vec<&str> = commands.take_while(|line| !line.starts_with("helm uninstall")).collect();
    let named: Vec<&str> =
        commands.iter().flat_map(|line| line.split(' ')).filter(|word| word.ends_with(".ecs-bridge.dev")).collect();
    let crds = ecs_bridge::kinds::crds().expect("the CRDs");
    let all: BTreeSet<&str> = crds.iter().filter_map(|crd| crd.metadata.name.as_deref()).collect();
    assert_eq!(named.iter().copied().collect::<BTreeSet<_>>(), all, "docs/operations.md (left) and the kinds (right)");
    assert_eq!(commands.first(), Some(&"kubectl delete crd workloadbridges.ecs-bridge.dev"), "{commands:?}");
}

#[test]
fn every_alert_is_explained_and_has_a_runbook() {
    let page = read("docs/operations.md");
    let alerts: Value = serde_yaml_ng::from_str(&read("charts/ecs-bridge/files/alerts.yaml")).expect("alerts are YAML");
    let mut names = BTreeSet::new();
    for alert in alerts.as_array().expect("a list of alerts") {
        let name = alert["alert"].as_str().expect("an alert has a name");
        assert_eq!(alert["annotations"]["runbook_url"], format!("RUNBOOKS/{name}.md"), "the runbook of {name}");
        assert!(read(&format!("docs/runbooks/{name}.md")).starts_with(&format!("# {name}\n")), "the page of {name}");
        names.insert(name);
    }
    assert_eq!(rows(&page, "\n### Alerts\n", "\n\nLogs go"), names, "docs/operations.md (left) and the alerts (right)");
    let pages = fs::read_dir(root().join("docs/runbooks")).expect("docs/runbooks").count();
    assert_eq!(pages, names.len(), "docs/runbooks has pages of alerts that are no more");
}

#[test]
fn every_value_of_the_chart_is_explained() {
    let values: Value = serde_yaml_ng::from_str(&read("charts/ecs-bridge/values.yaml")).expect("values.yaml is YAML");
    let mut paths = BTreeSet::new();
    leaves(&values, "", &mut paths);
    let page = read("charts/ecs-bridge/README.md");
    let schema: Value = serde_json::from_str(&read("charts/ecs-bridge/values.schema.json")).expect("a schema");
    let explained = rows(&page, "\n## Values\n", "\n## ").into_iter().map(str::to_owned).collect();
    assert_eq!(paths, explained, "charts/ecs-bridge: values.yaml (left) and README.md (right)");
    for path in &paths {
        let value = values.pointer(&format!("/{}", path.replace('.', "/"))).unwrap_or(&Value::Null);
        let told = schema.pointer(&format!("/properties/{}/default", path.replace('.', "/properties/")));
        assert_eq!(told, Some(value), "values.schema.json: the default of {path}");
        let default = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let is_told = page.contains(&format!("| `{path}` | `{default}` |"));
        assert!(is_told || default.is_empty() || value.is_object(), "README.md: the default of {path} is {default}");
    }
}

/// The paths of all values; what is free in shape counts as one.
fn leaves(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) if !members.is_empty() && path != "resources" => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                leaves(member, &path, into);
            }
        }
        _ => drop(into.insert(path.to_owned())),
    }
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let texts: BTreeMap<PathBuf, String> =
        pages.iter().map(|page| (page.clone(), read(&page.to_string_lossy()))).collect();
    let mut broken = Vec::new();
    for (page, text) in &texts {
        for target in links(text) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = page.parent().unwrap_or(Path::new(""));
            let to = if path.is_empty() { page.clone() } else { normal(&folder.join(path)) };
            if !root().join(&to).exists() {
                broken.push(format!("{}: {target}: there is no {}", page.display(), to.display()));
            } else if !anchor.is_empty() && !anchors(texts.get(&to).map_or("", String::as_str)).contains(anchor) {
                broken.push(format!("{}: {target}: there is no such heading", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

/// The targets of links within the repository.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://") && !target.contains(char::is_whitespace))
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut normal, part| {
        if part.as_os_str() == ".." {
            normal.pop();
        } else {
            normal.push(part);
        }
        normal
    })
}

/// What a page's headings are called in links.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    headings
        .map(|heading| {
            let kept = heading.to_lowercase().replace(' ', "-");
            kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
        })
        .collect()
}

/// The fenced blocks of this language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("\n```{language}\n");
    page.split(&fence).skip(1).filter_map(|rest| rest.split_once("\n```")).map(|(block, _)| block.to_owned()).collect()
}

#[tokio::test]
async fn every_example_is_accepted_by_the_api_server() {
    let cluster = Cluster::shared().await.unwrap_or_else(|error| panic!("{error}"));
    let kubernetes = cluster.kubernetes();
    let namespace = kubernetes.namespace("docs").await.unwrap_or_else(|error| panic!("{error}"));
    chart::install(kubernetes, &namespace, &[]).await.unwrap_or_else(|error| panic!("{error}"));
    for (group, version, kind, namespace) in [
        ("argoproj.io", "v1alpha1", "Application", "argocd"),
        ("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "flux-system"),
    ] {
        kubernetes.define(group, version, kind).await.unwrap_or_else(|error| panic!("{error}"));
        let named = json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": namespace } });
        kubernetes.apply("default", &named.to_string()).await.unwrap_or_else(|error| panic!("{error}"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut applied = 0;
    for page in pages() {
        // A kustomization.yaml is built in `gitops/`.
        let examples = blocks(&read(&page.to_string_lossy()), "yaml").into_iter();
        for example in examples.filter(|example| !gitops::kustomization(example)) {
            let file = folder.path().join(format!("{applied}.yaml"));
            fs::write(&file, &example).expect("a file");
            let file = format!("--filename={}", file.display());
            let result =
                kubernetes.kubectl(&["apply", "--server-side", "--dry-run=server", "--validate=strict", &file]).await;
            result.unwrap_or_else(|error| panic!("{}: {error}\n{example}", page.display()));
            applied += 1;
        }
    }
    assert!(applied > 10, "the examples can't be found in the pages any more: {applied}");
}
