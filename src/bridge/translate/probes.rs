//! Probes. A container of ECS has one health check, which ends the task when it fails: it is made of the first of livenessProbe,
//! readinessProbe and startupProbe that can be asked by a command.

use k8s_openapi::{
    api::core::v1::{Container, HTTPGetAction, Probe},
    apimachinery::pkg::util::intstr::IntOrString,
};

use super::{
    clients::Client,
    context::Context,
    path::{Path, Unit},
    report::Verdict,
    run::{Role, Run},
};
use crate::model::ecs;

/// "HealthCheck" in the Amazon ECS API Reference.
const INTERVAL: (i32, i32) = (5, 300);
const TIMEOUT: (i32, i32) = (2, 60);
const RETRIES: (i32, i32) = (1, 10);
const START: (i32, i32) = (0, 300);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Liveness,
    Readiness,
    Startup,
}

const BALANCER: &str =
    "where a container must only be kept from traffic, give the service a target group with this check instead";

const REPLACED: &str = "a task that hangs is replaced where the service has a target group with this check";

pub fn liveness(run: &mut Run, unit: &Unit, index: usize) {
    probe(run, unit, index, Purpose::Liveness);
}

pub fn readiness(run: &mut Run, unit: &Unit, index: usize) {
    probe(run, unit, index, Purpose::Readiness);
}

pub fn startup(run: &mut Run, unit: &Unit, index: usize) {
    probe(run, unit, index, Purpose::Startup);
}

fn probe(run: &mut Run, unit: &Unit, index: usize, purpose: Purpose) {
    let probe: Probe = unit.read();
    let part = &run.containers[index];
    if part.role == Role::Init {
        return run.refused(&unit.at, "Kubernetes asks no probes of a container that ends: take it out");
    }
    let handlers = [probe.exec.is_some(), probe.http_get.is_some(), probe.tcp_socket.is_some(), probe.grpc.is_some()];
    if handlers.iter().filter(|is_set| **is_set).count() != 1 {
        return run.refused(&unit.at, "a probe wants one of exec, httpGet, tcpSocket and grpc");
    }
    let chosen = chosen(&part.source, run.context);
    match (&chosen, command(&part.source, &probe, run.context)) {
        (Some((made_of, command)), _) if *made_of == purpose => {
            let command = command.clone();
            check(run, unit, index, purpose, &probe, command);
        }
        (_, Err(why)) if purpose == Purpose::Liveness => {
            run.approximated(&unit.at, format!("no health check: {why}; {REPLACED}"));
        }
        (_, Err(why)) if purpose == Purpose::Readiness => {
            run.approximated(&unit.at, format!("no health check: {why}; {BALANCER}"));
        }
        _ if purpose == Purpose::Startup && chosen.is_some() => start_period_line(run, &unit.at),
        (_, Err(why)) => {
            run.approximated(&unit.at, format!("no health check: {why}; a task that runs is taken for started"));
        }
        (_, Ok(_)) => run.approximated(
            &unit.at,
            format!("no health check: ECS has one for each container, which is made of another probe; {BALANCER}"),
        ),
    }
}

/// The probe that becomes the health check.
fn chosen(container: &Container, context: &Context) -> Option<(Purpose, Vec<String>)> {
    let probes = [
        (Purpose::Liveness, &container.liveness_probe),
        (Purpose::Readiness, &container.readiness_probe),
        (Purpose::Startup, &container.startup_probe),
    ];
    probes.into_iter().find_map(|(purpose, probe)| Some((purpose, command(container, probe.as_ref()?, context).ok()?)))
}

fn check(run: &mut Run, unit: &Unit, index: usize, purpose: Purpose, probe: &Probe, command: Vec<String>) {
    let source = &run.containers[index].source;
    let number = |given: Option<i32>, default: i32| given.filter(|given| *given > 0).unwrap_or(default);
    let within = |(least, most): (i32, i32), value: i32| value.clamp(least, most);
    let interval = number(probe.period_seconds, 10);
    let timeout = number(probe.timeout_seconds, 1);
    let retries = number(probe.failure_threshold, 3);
    let delay = number(probe.initial_delay_seconds, 0);
    let start = match (&source.startup_probe, purpose) {
        (Some(startup), Purpose::Liveness | Purpose::Readiness) => delay.max(budget(startup)),
        (_, Purpose::Startup) => budget(probe),
        _ => delay,
    };
    let made = ecs::HealthCheck {
        command,
        interval: Some(within(INTERVAL, interval)),
        timeout: Some(within(TIMEOUT, timeout)),
        retries: Some(within(RETRIES, retries)),
        start_period: Some(within(START, start)).filter(|period| *period > 0),
    };
    run.containers[index].made.health_check = Some(made);
    let numbers = [
        ("periodSeconds", "interval", interval, INTERVAL),
        ("timeoutSeconds", "timeout", timeout, TIMEOUT),
        ("failureThreshold", "retries", retries, RETRIES),
        ("initialDelaySeconds", "startPeriod", start, START),
    ];
    for (member, becomes, asked, bounds) in numbers {
        let (at, given) = (unit.at.to(member), within(bounds, asked));
        if given == asked {
            run.translated(&at, format!("healthCheck.{becomes} {given}"));
        } else {
            run.approximated(&at, format!("healthCheck.{becomes} {given}: ECS takes {} to {}", bounds.0, bounds.1));
        }
    }
    let once = unit.at.to("successThreshold");
    match probe.success_threshold {
        Some(0 | 1) => run.translated(&once, "one success is enough"),
        _ => run.approximated(&once, "ECS takes one success for healthy"),
    }
    run.approximated(
        &unit.at.to("terminationGracePeriodSeconds"),
        "a task that is unhealthy is given its containers' stopTimeout",
    );
    let by_client = probe.exec.is_none();
    let (verdict, says) = match purpose {
        Purpose::Liveness if !by_client => (Verdict::Translated, "healthCheck.command".to_owned()),
        Purpose::Liveness => (
            Verdict::Approximated,
            "healthCheck.command: asked within the container, by a program of its image".to_owned(),
        ),
        Purpose::Readiness => {
            (Verdict::Approximated, format!("healthCheck.command: one that fails ends the task; {BALANCER}"))
        }
        Purpose::Startup => (
            Verdict::Approximated,
            "healthCheck.command: it is asked all the while, and one that fails ends the task".to_owned(),
        ),
    };
    run.ledger.say(&unit.at, verdict, says);
}

fn start_period_line(run: &mut Run, at: &Path) {
    run.approximated(
        at,
        "healthCheck.startPeriod is at least as long (300 s at most); the check itself is another probe's",
    );
}

/// How long a startup probe lets the container take, in seconds.
fn budget(startup: &Probe) -> i32 {
    let number = |given: Option<i32>, default: i32| given.filter(|given| *given > 0).unwrap_or(default);
    let asked = number(startup.failure_threshold, 3).saturating_mul(number(startup.period_seconds, 10));
    asked.saturating_add(number(startup.initial_delay_seconds, 0))
}

/// The command that asks what the probe asks, or why there is none.
fn command(container: &Container, probe: &Probe, context: &Context) -> Result<Vec<String>, String> {
    let image = container.image.as_deref().unwrap_or_default();
    let timeout =
        probe.timeout_seconds.filter(|timeout| *timeout > 0).unwrap_or(1).clamp(TIMEOUT.0, TIMEOUT.1).to_string();
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    if let Some(exec) = &probe.exec {
        let command = exec.command.clone().filter(|command| !command.is_empty()).ok_or("it has no command")?;
        return Ok([words(&["CMD"]), command].concat());
    }
    if let Some(get) = &probe.http_get {
        let port = port(container, &get.port)?;
        return http(image, get, port, &timeout, context);
    }
    if let Some(socket) = &probe.tcp_socket {
        let port = port(container, &socket.port)?.to_string();
        let host = socket.host.as_deref().filter(|host| !host.is_empty()).unwrap_or("127.0.0.1");
        return if context.clients.has(image, Client::Nc) {
            Ok(words(&["CMD", "nc", "-z", "-w", &timeout, host, &port]))
        } else {
            Err(unknown_client(Client::Nc, context))
        };
    }
    let grpc = probe.grpc.as_ref().ok_or("it asks nothing")?;
    if !context.clients.has(image, Client::GrpcHealthProbe) {
        return Err(unknown_client(Client::GrpcHealthProbe, context));
    }
    let tls: &[&str] = match grpc.mode.as_deref() {
        None | Some("" | "Plaintext") => &[],
        Some("TLS") => &["-tls", "-tls-no-verify"],
        Some(_) => return Err("grpc_health_probe has no such mode".into()),
    };
    let address = format!("-addr=127.0.0.1:{}", checked(grpc.port)?);
    let mut command = words(&[
        "CMD",
        "grpc_health_probe",
        &address,
        &format!("-connect-timeout={timeout}s"),
        &format!("-rpc-timeout={timeout}s"),
    ]);
    command.extend(words(tls));
    if let Some(service) = grpc.service.as_deref().filter(|service| !service.is_empty()) {
        command.push(format!("-service={service}"));
    }
    Ok(command)
}

fn http(image: &str, get: &HTTPGetAction, port: u16, timeout: &str, context: &Context) -> Result<Vec<String>, String> {
    let HTTPGetAction { host: _, http_headers: _, path: _, port: _, protocol, scheme: _ } = get;
    if protocol.as_deref().is_some_and(|protocol| !["", "HTTP1"].contains(&protocol)) {
        return Err("its protocol is one that no client here is told to speak".into());
    }
    let is_https = get.scheme.as_deref() == Some("HTTPS");
    let host = get.host.as_deref().filter(|host| !host.is_empty()).unwrap_or("127.0.0.1");
    let path = get.path.as_deref().unwrap_or("/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    let url = format!("{}://{host}:{port}{slash}{path}", if is_https { "https" } else { "http" });
    let headers = || get.http_headers.iter().flatten().map(|header| format!("{}: {}", header.name, header.value));
    let mut command: Vec<String>;
    if context.clients.has(image, Client::Curl) {
        // As Kubernetes: a redirect is a success, and certificates are not looked at.
        command = ["CMD", "curl", "--fail", "--silent", "--insecure", "--output", "/dev/null", "--max-time", timeout]
            .map(Into::into)
            .to_vec();
        command.extend(headers().flat_map(|header| ["--header".to_owned(), header]));
    } else if context.clients.has(image, Client::Wget) {
        command = ["CMD", "wget", "-q", "-T", timeout, "-O", "/dev/null"].map(Into::into).to_vec();
        command.extend(is_https.then(|| "--no-check-certificate".to_owned()));
        command.extend(headers().flat_map(|header| ["--header".to_owned(), header]));
    } else {
        return Err(unknown_client(Client::Curl, context));
    }
    command.push(url);
    Ok(command)
}

fn unknown_client(client: Client, context: &Context) -> String {
    let setting = context.settings.probe_client(client);
    format!("nothing is known in the image that could ask ({setting} says that it has one)")
}

/// A port by its number, or by the name that the container gives it.
fn port(container: &Container, port: &IntOrString) -> Result<u16, String> {
    match port {
        IntOrString::Int(number) => checked(*number),
        IntOrString::String(name) => {
            let named = container.ports.iter().flatten().find(|port| port.name.as_deref() == Some(name));
            checked(named.ok_or("the container has no port of this name")?.container_port)
        }
    }
}

fn checked(port: i32) -> Result<u16, String> {
    u16::try_from(port).ok().filter(|port| *port > 0).ok_or_else(|| "its port is no port".to_owned())
}
