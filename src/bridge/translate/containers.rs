//! What a container is and runs.

use super::{
    expand::expand,
    path::{Path, Unit},
    report::Verdict,
    run::{Role, Run},
    services,
};
use crate::model::ecs;

pub fn name(run: &mut Run, unit: &Unit, index: usize) {
    let says = match run.containers[index].role {
        Role::App => "the container's name",
        Role::Sidecar => "the container's name; the others wait until it has started",
        Role::Init => {
            "the others wait for its success; ECS waits three minutes at most, and where it fails ends the task, for which the service starts another"
        }
    };
    unit.text().clone_into(&mut run.containers[index].made.name);
    let verdict = if run.containers[index].role == Role::Init { Verdict::Approximated } else { Verdict::Translated };
    run.ledger.say(&unit.at, verdict, says);
}

pub fn image(run: &mut Run, unit: &Unit, index: usize) {
    run.containers[index].made.image = Some(unit.text().to_owned());
    if is_private_ecr(unit.text()) && run.context.execution_role.is_none() {
        run.refused(
            &unit.at,
            format!(
                "ECS pulls from a private ECR repository with an execution role: give one ({})",
                run.context.settings.execution_role()
            ),
        );
    } else {
        run.translated(&unit.at, "the image");
    }
}

/// Whether only an account's own roles can pull it: ACCOUNT.dkr.ecr.REGION.amazonaws.com.
pub fn is_private_ecr(image: &str) -> bool {
    image.contains(".dkr.ecr.") || image.contains(".dkr-ecr.")
}

pub fn image_pull_policy(run: &mut Run, unit: &Unit, _: usize) {
    match unit.text() {
        "Never" => run.refused(&unit.at, "ECS has no images beforehand: push it to a registry, and take Never out"),
        _ => run.ignored(&unit.at, "each task pulls its images; services resolve a tag once a deployment"),
    }
}

pub fn restart_policy(run: &mut Run, unit: &Unit, index: usize) {
    match (run.containers[index].role, unit.text()) {
        (Role::Sidecar, _) => {
            let restarting =
                ecs::ContainerRestartPolicy { enabled: true, restart_attempt_period: Some(60), ..Default::default() };
            run.containers[index].made.restart_policy = Some(restarting);
            run.approximated(&unit.at, "a sidecar; ECS starts it again once it has run for a minute, and not before");
        }
        (Role::Init, "Never") => run.translated(&unit.at, "where it fails, the task ends"),
        _ => run.approximated(&unit.at, "a container that ends ends its task, and the service starts another"),
    }
}

pub fn command(run: &mut Run, unit: &Unit, index: usize) {
    if let Some(words) = words(run, unit, index, "the entry point") {
        run.containers[index].made.entry_point = Some(words);
    }
}

pub fn args(run: &mut Run, unit: &Unit, index: usize) {
    if let Some(words) = words(run, unit, index, "the command") {
        run.containers[index].made.command = Some(words);
    }
}

/// Texts with their variables, and the field's line. None where there are none.
fn words(run: &mut Run, unit: &Unit, index: usize, becomes: &str) -> Option<Vec<String>> {
    let given: Vec<String> = unit.read();
    let variables = &run.containers[index].variables;
    let expanded: Result<Vec<String>, String> =
        given.iter().map(|word| expand(word, |name| variables.meaning(name))).collect();
    match expanded {
        Ok(words) if words.is_empty() => None,
        Ok(words) => {
            let (words, finding) = services::for_task_each(&words, run.context);
            match finding {
                Some((Verdict::Translated, finding)) => run.translated(&unit.at, format!("{becomes}, {finding}")),
                Some((verdict, finding)) => run.ledger.say(&unit.at, verdict, finding),
                None => run.translated(&unit.at, becomes),
            }
            Some(words)
        }
        Err(name) => {
            hidden(run, &unit.at, &name);
            None
        }
    }
}

/// A reference to what only the running task knows.
pub fn hidden(run: &mut Run, at: &Path, name: &str) {
    let says = format!(
        "$({name}) is known to the running task only, and ECS expands no references: have a shell or the program read the variable {name}"
    );
    run.refused(at, says);
}

pub fn working_dir(run: &mut Run, unit: &Unit, index: usize) {
    run.containers[index].made.working_directory = Some(unit.text().to_owned()).filter(|path| !path.is_empty());
    run.translated(&unit.at, "the working directory");
}

pub fn stdin(run: &mut Run, unit: &Unit, index: usize) {
    run.containers[index].made.interactive = Some(unit.is_true());
    run.translated(&unit.at, "interactive");
}

pub fn tty(run: &mut Run, unit: &Unit, index: usize) {
    run.containers[index].made.pseudo_terminal = Some(unit.is_true());
    run.translated(&unit.at, "pseudoTerminal");
}

pub fn lifecycle(run: &mut Run, unit: &Unit, _: usize) {
    let hooks: k8s_openapi::api::core::v1::Lifecycle = unit.read();
    let only_sleeps = hooks.pre_stop.is_some_and(|hook| {
        let command = hook.exec.as_ref().and_then(|exec| exec.command.as_deref()).unwrap_or_default();
        hook.sleep.is_some() || (hook.http_get.is_none() && hook.tcp_socket.is_none() && is_sleep(command))
    });
    let pre_stop = unit.at.to("preStop");
    if only_sleeps {
        run.approximated(&pre_stop, "no hook: ECS takes the task off its load balancer before it stops it, and waits for the target group's deregistration delay");
    }
    run.refused(&pre_stop, "ECS runs no hooks: have the program do it on SIGTERM, and take it out");
    run.refused(&unit.at.to("postStart"), "ECS runs no hooks: have the command do it first, and take it out");
    match hooks.stop_signal.as_deref() {
        Some("SIGTERM") => {
            run.ignored(&unit.at.to("stopSignal"), "ECS sends SIGTERM, but where the image names another");
        }
        _ => run.refused(
            &unit.at.to("stopSignal"),
            "a task definition has no signal: name it in the image (STOPSIGNAL), and take it out",
        ),
    }
}

/// `sleep 5`, by itself or by a shell.
fn is_sleep(command: &[String]) -> bool {
    let is_duration =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b's');
    let words: Vec<&str> = match command.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [shell, flag, script] if shell.ends_with("sh") && flag.starts_with('-') => script.split_whitespace().collect(),
        words => words.to_vec(),
    };
    matches!(words.as_slice(), [sleep, duration] if sleep.rsplit('/').next() == Some("sleep") && is_duration(duration))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_that_only_sleeps_is_known() {
        let cases: &[(&[&str], bool)] = &[
            (&["sleep", "5"], true),
            (&["/bin/sleep", "5"], true),
            (&["/bin/sh", "-c", "sleep 15"], true),
            (&["bash", "-c", " sleep 2.5s "], true),
            (&["sh", "-c", "sleep 5; touch /x"], false),
            (&["sh", "-c", "sleep $X"], false),
            (&["nginx", "-s", "quit"], false),
            (&["sleep"], false),
            (&[], false),
        ];
        for (command, expected) in cases {
            let words: Vec<String> = command.iter().map(ToString::to_string).collect();
            assert_eq!(is_sleep(&words), *expected, "{command:?}");
        }
    }
}
