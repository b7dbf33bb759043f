//! The import rules of ARCHITECTURE.md, held on parsed paths; each rule is shown a violation that it must find.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use syn::visit::Visit;

/// No file is longer than about this, but generated ones: a longer one wants to be two.
const LINES: usize = 440;

/// A Rust file of the package: where it stands, and every path and string that it names.
struct Source {
    /// As `src/engine/hash.rs`.
    file: String,
    paths: BTreeSet<String>,
    /// Outside its tests.
    texts: BTreeSet<String>,
}

impl Source {
    fn parse(file: &str, text: &str) -> Self {
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let testing = file.ends_with("/tests.rs");
        let mut reader = Reader { module: module(file), paths: BTreeSet::new(), texts: BTreeSet::new(), testing };
        reader.visit_file(&parsed);
        Source { file: file.to_owned(), paths: reader.paths, texts: reader.texts }
    }

    fn under(&self, folder: &str) -> bool {
        self.file.starts_with(folder)
    }
}

/// The module that a file is, as `crate::engine::hash`.
fn module(file: &str) -> Vec<String> {
    let inside = file.strip_prefix("src/").unwrap_or(file).trim_end_matches(".rs");
    let names = inside.split('/').filter(|name| !["mod", "lib", "main"].contains(name));
    std::iter::once("crate").chain(names).map(str::to_owned).collect()
}

/// Collects paths, each from `crate` or a crate's name on.
struct Reader {
    module: Vec<String>,
    paths: BTreeSet<String>,
    texts: BTreeSet<String>,
    testing: bool,
}

impl Reader {
    fn note(&mut self, segments: &[String]) {
        let mut full: Vec<String> = Vec::new();
        for (i, segment) in segments.iter().enumerate() {
            match segment.as_str() {
                "self" if i == 0 => full.clone_from(&self.module),
                "super" if i == 0 => full = self.module[..self.module.len() - 1].to_vec(),
                "super" => drop(full.pop()),
                "self" => {}
                name => full.push(name.trim_start_matches("r#").to_owned()),
            }
        }
        self.paths.insert(full.join("::"));
    }

    fn tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident)),
            syn::UseTree::Name(name) => self.note(&with(&name.ident)),
            syn::UseTree::Rename(rename) => self.note(&with(&rename.ident)),
            syn::UseTree::Glob(_) => self.note(before),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, before)),
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(&segments);
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.visit_path(&called.path);
        // What stands in a macro is tokens: paths are what idents and `::` make of them.
        let tokens = called.tokens.to_string().replace(" :: ", "::").replace(" ::", "::");
        for word in tokens.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
            let segments: Vec<String> = word.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
            if word.contains("::") && !segments.is_empty() {
                self.note(&segments);
            }
        }
    }

    /// The derive of a custom resource has an attribute of its own name.
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if !attribute.path().is_ident("kube") {
            syn::visit::visit_attribute(self, attribute);
        }
    }

    /// What only the build with defects has (`make bite`) ships to nobody.
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let bites = |attribute: &syn::Attribute| match &attribute.meta {
            syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "feature = \"bite\"",
            _ => false,
        };
        if !item.attrs.iter().any(bites) {
            syn::visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let was = self.testing;
        self.testing |= item.ident == "tests" || item.ident == "testing";
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
        self.testing = was;
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        if !self.testing {
            self.texts.insert(text.value());
        }
    }
}

/// Whether a path is this one or lies under it.
fn is_in(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn of_the_sdk(path: &str) -> bool {
    let root = path.split("::").next().unwrap_or_default();
    ["aws_sdk_", "aws_smithy_"].iter().any(|family| root.starts_with(family))
        || ["aws_config", "aws_credential_types", "aws_runtime", "aws_types"].contains(&root)
}

/// The folder of the kind that a file belongs to: kinds share `common` and `crd.rs`.
fn kind_of(file: &str) -> Option<&str> {
    let (kind, _) = file.strip_prefix("src/kinds/")?.split_once('/')?;
    (kind != "common").then_some(kind)
}

struct Rule {
    says: &'static str,
    /// What of a file breaks the rule.
    broken: fn(&Source) -> Vec<String>,
    /// A file that breaks it.
    planted: (&'static str, &'static str),
}

fn matching(source: &Source, wrong: impl Fn(&str) -> bool) -> Vec<String> {
    source.paths.iter().filter(|path| wrong(path)).cloned().collect()
}

fn is_pure(source: &Source) -> bool {
    ["src/model/", "src/engine/", "src/kinds/", "src/bridge/"].iter().any(|folder| source.under(folder))
}

const RULES: &[Rule] = &[
    Rule {
        says: "model, engine, kinds and the bridge know no client, no runtime, no logging and nothing of the machine",
        broken: |source| {
            const FORBIDDEN: &[&str] = &[
                "axum",
                "crate::aws",
                "crate::cli",
                "crate::operator",
                "futures",
                "prometheus_client",
                "rand",
                "std::env",
                "std::fs",
                "std::net",
                "std::process",
                "std::sync",
                "std::thread",
                "tokio",
                "tracing",
            ];
            // The one loop asks for several answers at once.
            let the_loop = |path: &str| source.file == "src/engine/reconcile.rs" && is_in(path, "futures::future");
            let wrong =
                |path: &str| (of_the_sdk(path) || FORBIDDEN.iter().any(|root| is_in(path, root))) && !the_loop(path);
            if is_pure(source) { matching(source, wrong) } else { Vec::new() }
        },
        planted: ("src/kinds/ecs_cluster/plan.rs", "use tokio::{sync::Mutex, time};"),
    },
    Rule {
        says: "model, engine, kinds and the bridge have no clock: `now` is an argument",
        broken: |source| {
            let wrong = |path: &str| {
                let clock = |name: &str| path == format!("{name}::now") || path.ends_with(&format!("::{name}::now"));
                is_in(path, "std::time::Instant")
                    || is_in(path, "std::time::SystemTime")
                    || ["Timestamp", "Zoned", "Instant", "SystemTime", "DateTime"].into_iter().any(clock)
            };
            if is_pure(source) { matching(source, wrong) } else { Vec::new() }
        },
        planted: ("src/engine/status.rs", "fn f() -> String { format!(\"{}\", jiff::Timestamp::now()) }"),
    },
    Rule {
        says: "of kube, model, engine, kinds and the bridge know the derive of a custom resource only",
        broken: |source| {
            let allowed = ["kube::CustomResource", "kube::CustomResourceExt"];
            let wrong = |path: &str| (is_in(path, "kube") && !allowed.contains(&path)) || is_in(path, "kube_runtime");
            if is_pure(source) { matching(source, wrong) } else { Vec::new() }
        },
        planted: ("src/kinds/ecr_repository/spec.rs", "use kube::{Client, CustomResource};"),
    },
    Rule {
        says: "the model is below the engine, the engine below the kinds; of the bridge only its own kind knows, and it knows no kind",
        broken: |source| {
            let wrong = |path: &str| {
                (source.under("src/model/") && (is_in(path, "crate::engine") || is_in(path, "crate::kinds")))
                    || (source.under("src/engine/") && is_in(path, "crate::kinds"))
                    || (is_in(path, "crate::bridge")
                        && ["model", "engine", "kinds"].iter().any(|layer| source.under(&format!("src/{layer}/")))
                        && !source.under("src/kinds/workload_bridge/"))
                    || (source.under("src/bridge/") && named_kind(path).is_some())
            };
            matching(source, wrong)
        },
        planted: ("src/engine/compare.rs", "use crate::kinds::common::ecs_tags;"),
    },
    Rule {
        says: "no kind imports another",
        broken: |source| {
            let Some(own) = kind_of(&source.file) else {
                // What kinds share knows none of them; the registry names each.
                let shared = source.under("src/kinds/") && source.file != "src/kinds/mod.rs";
                let wrong = |path: &str| named_kind(path).is_some();
                return if shared { matching(source, wrong) } else { Vec::new() };
            };
            matching(source, |path| named_kind(path).is_some_and(|kind| kind != own))
        },
        planted: ("src/kinds/ecs_service/plan.rs", "use super::super::ecs_cluster::EcsCluster;"),
    },
    Rule {
        says: "shared code names no kind: neither its module nor its name",
        broken: |source| {
            let shared = ["src/engine/", "src/aws/", "src/operator/", "src/cli/"];
            if !shared.iter().any(|folder| source.under(folder)) {
                return Vec::new();
            }
            let mut wrong = matching(source, |path| named_kind(path).is_some());
            wrong.extend(source.texts.iter().filter(|text| kinds().contains(*text)).map(|text| format!("{text:?}")));
            wrong
        },
        planted: ("src/operator/controller.rs", "fn f(kind: &str) -> bool { kind == \"EcsService\" }"),
    },
    Rule {
        says: "the AWS shell knows neither Kubernetes nor kinds",
        broken: |source| {
            let roots = ["kube", "k8s_openapi", "crate::operator", "crate::kinds", "crate::cli"];
            let wrong = |path: &str| roots.iter().any(|root| is_in(path, root));
            if source.under("src/aws/") { matching(source, wrong) } else { Vec::new() }
        },
        planted: ("src/aws/quota.rs", "fn f(client: &kube::Client) {}"),
    },
    Rule {
        says: "only the AWS shell knows the AWS SDK",
        broken: |source| {
            if source.under("src/aws/") { Vec::new() } else { matching(source, of_the_sdk) }
        },
        planted: ("src/operator/start.rs", "async fn f() { aws_config::load_defaults(todo()).await; }"),
    },
];

/// The kind whose module a path names.
fn named_kind(path: &str) -> Option<&str> {
    let module = path.strip_prefix("crate::kinds::")?.split("::").next()?;
    folders().contains(module).then_some(module)
}

/// The folders of the kinds.
fn folders() -> &'static BTreeSet<String> {
    static FOLDERS: OnceLock<BTreeSet<String>> = OnceLock::new();
    FOLDERS.get_or_init(|| {
        let entries = fs::read_dir(root().join("src/kinds")).expect("src/kinds");
        let folders = entries.map(|entry| entry.expect("an entry")).filter(|entry| entry.path().is_dir());
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|name| name != "common").collect()
    })
}

/// The names of the kinds.
fn kinds() -> &'static BTreeSet<String> {
    static KINDS: OnceLock<BTreeSet<String>> = OnceLock::new();
    KINDS.get_or_init(|| {
        ecs_bridge::kinds::crds().expect("the CRDs").into_iter().map(|crd| crd.spec.names.kind).collect()
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder, with its text.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = folder.join(entry.expect("an entry").file_name());
            if root().join(&path).is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(root().join(&path)).expect("a Rust file");
                found.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_keeps_the_import_rules() {
    let sources: Vec<Source> = files("src").iter().map(|(file, text)| Source::parse(file, text)).collect();
    assert!(sources.len() > 50, "{} files were found: the rules look in the wrong place", sources.len());
    let mut broken = Vec::new();
    for rule in RULES {
        for source in &sources {
            let wrong = (rule.broken)(source);
            if !wrong.is_empty() {
                broken.push(format!("{}: {}: {}", source.file, rule.says, wrong.join(", ")));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn each_rule_finds_a_planted_violation() {
    for rule in RULES {
        let (file, text) = rule.planted;
        assert!(!(rule.broken)(&Source::parse(file, text)).is_empty(), "'{}' let this pass: {text}", rule.says);
    }
}

#[test]
fn paths_are_found_however_they_are_written() {
    for (text, expected) in [
        ("use a::{b::{c as d, self}, e::*};", &["a::b::c", "a::b", "a::e"][..]),
        ("use super::env::Env;", &["crate::engine::env::Env"]),
        ("mod tests { use super::*; }", &["crate::engine::hash"]),
        ("mod tests { use super::super::x::Y; }", &["crate::engine::x::Y"]),
        ("fn f() { tracing::info!(at = ?jiff::Timestamp::now(), \"x\"); }", &["tracing::info", "jiff::Timestamp::now"]),
        ("fn f(x: Option<kube::Client>) -> impl tokio::io::AsyncRead {}", &["kube::Client", "tokio::io::AsyncRead"]),
        ("#[tokio::test] async fn f() {}", &["tokio::test"]),
    ] {
        let source = Source::parse("src/engine/hash.rs", text);
        for path in expected {
            assert!(source.paths.contains(*path), "{path} is not among {:?} of: {text}", source.paths);
        }
    }
}

#[test]
fn no_file_is_two() {
    let long: Vec<String> = ["src", "tests", "e2e", "hack"]
        .into_iter()
        .flat_map(files)
        .filter(|(_, text)| !text.starts_with("// Written by hack/codegen"))
        .map(|(file, text)| (file, text.lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(file, lines)| format!("{file} has {lines} lines"))
        .collect();
    assert!(long.is_empty(), "more than {LINES} lines:\n{}", long.join("\n"));
}
