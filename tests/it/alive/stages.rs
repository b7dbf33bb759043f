//! What goes together in how a service is deployed: DeploymentConfiguration, LinearConfiguration, CanaryConfiguration,
//! DeploymentLifecycleHook, DeploymentEarlySuccessCriteria and AdvancedConfiguration (Amazon ECS API Reference), and "Pause hooks for
//! Amazon ECS service deployments" (Amazon ECS Developer Guide).

use serde_json::{Value, json};

use super::rules::{drop_members, each, fill, replace, retain};

pub fn settle(spec: &mut Value) {
    let strategy = strategy(spec);
    let shifts = strategy != "ROLLING";
    for balancer in each(spec, "loadBalancers[]") {
        if balancer.get("loadBalancerName").is_some() {
            // A Classic Load Balancer has no listener rules.
            drop_members(balancer, &["advancedConfiguration"]);
        } else if shifts {
            fill(balancer, "advancedConfiguration", json!({}));
            let advanced = &mut balancer["advancedConfiguration"];
            fill(advanced, "roleArn", json!("arn:aws:iam::123456789012:role/ecsShifts"));
            for (member, name) in
                [("alternateTargetGroupArn", "targetgroup"), ("productionListenerRule", "listener-rule")]
            {
                let arn = format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:{name}/green/0123456789abcdef");
                fill(advanced, member, json!(arn));
            }
        }
    }
    let Some(configuration) = spec.get_mut("deploymentConfiguration") else { return };
    replace(configuration, "strategy", json!(strategy));
    for (own, of) in [("linearConfiguration", "LINEAR"), ("canaryConfiguration", "CANARY")] {
        if strategy != of {
            drop_members(configuration, &[own]);
        }
    }
    if strategy == "BLUE_GREEN" {
        fill(configuration, "bakeTimeInMinutes", json!(0));
    }
    early_success(configuration, shifts);
    hooks(configuration);
}

/// The strategy that the service can have: green beside blue wants what shifts the traffic between them.
fn strategy(spec: &mut Value) -> &'static str {
    let asked = spec["deploymentConfiguration"]["strategy"].as_str().unwrap_or("ROLLING").to_owned();
    let connected = spec["serviceConnectConfiguration"]["enabled"] == true;
    let balancers = each(spec, "loadBalancers[]");
    let (balanced, classic) =
        (!balancers.is_empty(), balancers.iter().any(|balancer| balancer.get("loadBalancerName").is_some()));
    match asked.as_str() {
        _ if classic || spec["schedulingStrategy"] == "DAEMON" => "ROLLING",
        "BLUE_GREEN" => "BLUE_GREEN",
        "LINEAR" | "CANARY" if !balanced && !connected => "BLUE_GREEN",
        "LINEAR" => "LINEAR",
        "CANARY" => "CANARY",
        _ => "ROLLING",
    }
}

/// It is there to end rolling deployments, and no sooner than with the least of healthy tasks.
fn early_success(configuration: &mut Value, shifts: bool) {
    if shifts {
        drop_members(configuration, &["earlySuccessCriteria"]);
    }
    if configuration["earlySuccessCriteria"]["enable"] != true {
        return;
    }
    fill(configuration, "minimumHealthyPercent", json!(50));
    let least = configuration["minimumHealthyPercent"].as_i64().unwrap_or(0);
    let criteria = &mut configuration["earlySuccessCriteria"];
    fill(criteria, "sourceServiceRevisionCleanup", json!("DEFERRED"));
    let percent = criteria["healthyPercent"].as_i64().unwrap_or(100).max(least);
    criteria["healthyPercent"] = json!(percent);
}

/// A pause calls nobody, and there is none while traffic shifts.
fn hooks(configuration: &mut Value) {
    for hook in each(configuration, "lifecycleHooks[]") {
        if hook["targetType"] == "PAUSE" {
            drop_members(hook, &["hookTargetArn", "roleArn", "hookDetails"]);
            retain(hook, "lifecycleStages", |stage| {
                stage != "TEST_TRAFFIC_SHIFT" && stage != "PRODUCTION_TRAFFIC_SHIFT"
            });
        } else {
            fill(hook, "hookTargetArn", json!("arn:aws:lambda:us-east-1:123456789012:function:hook"));
            fill(hook, "roleArn", json!("arn:aws:iam::123456789012:role/ecsHook"));
        }
        fill(hook, "lifecycleStages", json!(["POST_SCALE_UP"]));
    }
}

/// AWS goes back to ROLLING between deployments only: how long that takes is told in tests/it/plan.
pub fn follow(first: &Value, second: &mut Value) {
    let strategy = first["deploymentConfiguration"]["strategy"].as_str().unwrap_or("ROLLING");
    let to = second["deploymentConfiguration"]["strategy"].as_str().unwrap_or("ROLLING");
    if strategy != "ROLLING" && to == "ROLLING" {
        fill(second, "deploymentConfiguration", json!({}));
        second["deploymentConfiguration"]["strategy"] = json!(strategy);
    }
}
