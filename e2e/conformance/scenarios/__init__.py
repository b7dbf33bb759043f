"""The scenarios: each a list of calls by boto3, with claims about what is answered."""

from scenarios import (
    capacity_providers,
    cloud_map,
    clusters,
    fargate_profiles,
    queues_and_rules,
    repositories,
    secrets,
    services,
    services_life,
    tags_and_errors,
    task_definitions,
)

ALL = [
    scenario
    for module in (
        repositories,
        secrets,
        cloud_map,
        clusters,
        capacity_providers,
        task_definitions,
        services,
        services_life,
        fargate_profiles,
        queues_and_rules,
        tags_and_errors,
    )
    for scenario in module.SCENARIOS
]
