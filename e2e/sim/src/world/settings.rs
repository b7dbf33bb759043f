//! ECS account settings. Setting for one principal and setting the account's default are one thing here.

use serde_json::{Value, json};

use crate::error::Error;

use super::params::Params;
use super::{Answer, Region, paging};

/// Name, default, and the values it takes (empty: any).
const SETTINGS: &[(&str, &str, &[&str])] = &[
    ("awsvpcTrunking", "disabled", &["enabled", "disabled"]),
    ("containerInsights", "disabled", &["enabled", "disabled", "enhanced"]),
    ("containerInstanceLongArnFormat", "enabled", &["enabled"]),
    ("defaultLogDriverMode", "non-blocking", &["blocking", "non-blocking"]),
    ("fargateEventWindows", "disabled", &["enabled", "disabled"]),
    ("fargateFIPSMode", "disabled", &["enabled", "disabled"]),
    ("fargateTaskRetirementWaitPeriod", "7", &["0", "7", "14"]),
    ("guardDutyActivate", "off", &["on", "off"]),
    ("serviceLongArnFormat", "enabled", &["enabled"]),
    ("tagResourceAuthorization", "on", &["on", "off"]),
    ("taskLongArnFormat", "enabled", &["enabled"]),
];

/// The value in force.
pub(crate) fn value<'a>(region: &'a Region, name: &str) -> &'a str {
    let default = SETTINGS.iter().find(|(known, ..)| *known == name).map_or("", |(_, default, _)| default);
    region.settings.get(name).map_or(default, String::as_str)
}

pub(crate) fn put(region: &mut Region, request: Params<'_>) -> Answer {
    let (name, value) = (request.required("name"), request.required("value"));
    let allowed = SETTINGS.iter().find(|(known, ..)| *known == name).map_or(&[][..], |(.., values)| values);
    if !allowed.contains(&value) {
        let allowed = allowed.join(", ");
        return Err(Error::invalid(format!("Invalid value '{value}' for the setting {name}; it takes {allowed}.")));
    }
    region.settings.insert(name.to_owned(), value.to_owned());
    Ok(json!({"setting": describe(region, name, value)}))
}

pub(crate) fn list(region: &Region, request: Params<'_>) -> Answer {
    let effective = request.flag("effectiveSettings");
    let wanted = |name: &str| request.text("name").is_none_or(|wanted| wanted == name);
    let names: Vec<String> = SETTINGS
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .filter(|name| wanted(name) && (effective || region.settings.contains_key(name)))
        .filter(|name| request.text("value").is_none_or(|wanted| wanted == value(region, name)))
        .collect();
    // The model's maxResults is a plain number here: 0 means that none is given.
    let (page, next) = match request.int("maxResults") {
        Some(0) => (names, None),
        _ => paging::page(request, &names, 10, 10)?,
    };
    let settings: Vec<Value> = page.iter().map(|name| describe(region, name, value(region, name))).collect();
    let mut answer = json!({"settings": settings});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

fn describe(region: &Region, name: &str, value: &str) -> Value {
    let principal = format!("arn:aws:iam::{}:root", region.scope.account);
    json!({"name": name, "value": value, "principalArn": principal, "type": "user"})
}
