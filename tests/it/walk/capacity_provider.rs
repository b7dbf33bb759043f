//! Every field of `EcsCapacityProvider`.

use ecs_bridge::{
    engine::{
        compare::Rule,
        reason::{CANNOT_CHANGE, CANNOT_REMOVE},
    },
    kinds::ecs_capacity_provider::{EcsCapacityProvider, RULES},
};
use serde_json::{Value, json};

use super::{
    Excluded, Table,
    row::{Particular, Walk, over, to, with},
    walk_all,
};
use crate::plan::{
    Aws,
    capacity_provider::{aws, group, managed},
};

impl Walk for EcsCapacityProvider {
    /// UpdateCapacityProvider is given AWS's defaults in words.
    const DEFAULTS: &'static [Rule] = RULES;

    fn aws() -> Aws {
        aws()
    }

    fn take(dump: &mut Value, _: &Self::Report) -> Value {
        dump["capacityProviders"]["shop_web"].take()
    }
}

const TEMPLATE: &str =
    "InstanceLaunchTemplateUpdate, Amazon ECS API Reference: what is left out is kept, and no value stands for none";
const SORT: &str = "UpdateCapacityProvider, Amazon ECS API Reference: a provider stays of its sort";

macro_rules! template {
    ($member:literal) => {
        concat!("managedInstancesProvider.instanceLaunchTemplate.", $member)
    };
}

macro_rules! requirement {
    ($member:literal) => {
        concat!("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.", $member)
    };
}

/// Managed Instances with as much as goes together.
fn instances() -> Value {
    let requirements = json!({
        "vCpuCount": {"min": 2, "max": 8}, "memoryMiB": {"min": 4096, "max": 32768},
        "cpuManufacturers": ["intel", "amd"], "memoryGiBPerVCpu": {"min": 1.5, "max": 8.5},
        "excludedInstanceTypes": ["m5.large", "c5.large"], "instanceGenerations": ["current"],
        "spotMaxPricePercentageOverLowestPrice": 50, "onDemandMaxPricePercentageOverLowestPrice": 20, "bareMetal": "excluded",
        "burstablePerformance": "included", "requireHibernateSupport": true, "networkInterfaceCount": {"min": 1, "max": 4},
        "localStorage": "included", "localStorageTypes": ["ssd"], "totalLocalStorageGB": {"min": 10.5, "max": 100.5},
        "baselineEbsBandwidthMbps": {"min": 100, "max": 1000}, "acceleratorTypes": ["gpu", "fpga"],
        "acceleratorCount": {"min": 1, "max": 2}, "acceleratorManufacturers": ["nvidia", "amd"],
        "acceleratorNames": ["a100", "t4"], "acceleratorTotalMemoryMiB": {"min": 1024, "max": 4096},
        "networkBandwidthGbps": {"min": 1.5, "max": 10.5},
    });
    let template = json!({
        "networkConfiguration": {"subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1", "sg-2"]},
        "monitoring": "DETAILED", "instanceMetadataTagsPropagation": false,
        "localStorageConfiguration": {"useLocalStorage": true}, "storageConfiguration": {"storageSizeGiB": 100},
        "capacityReservations": {"reservationGroupArn": "arn:group", "reservationPreference": "RESERVATIONS_FIRST"},
        "instanceRequirements": requirements,
    });
    let mut spec = managed("main", template);
    spec["managedInstancesProvider"] = over(
        &spec["managedInstancesProvider"],
        json!({"propagateTags": "CAPACITY_PROVIDER", "infrastructureOptimization": {"scaleInAfter": 600},
            "autoRepairConfiguration": {"actionsStatus": "ENABLED"}}),
    );
    spec
}

#[test]
fn every_field_of_a_capacity_provider() {
    let scaling = json!({"status": "ENABLED", "targetCapacity": 80, "minimumScalingStepSize": 2, "maximumScalingStepSize": 50,
        "instanceWarmupPeriod": 60});
    let protected = json!({"managedScaling": {"status": "ENABLED"}, "managedTerminationProtection": "ENABLED"});
    let types = json!({"instanceRequirements": {"vCpuCount": {"min": 2}, "memoryMiB": {"min": 4096},
        "allowedInstanceTypes": ["m5.*", "c5.*"], "maxSpotPriceAsPercentageOfOptimalOnDemandPrice": 80}});
    let keeps = |particular: Particular| particular.no_removal(CANNOT_REMOVE, TEMPLATE);
    let stays = || Particular::default().no_removal(CANNOT_CHANGE, SORT);
    walk_all::<EcsCapacityProvider>(&Table {
        samples: vec![
            over(
                &group(json!({"managedScaling": scaling, "managedDraining": "DISABLED"})),
                json!({"tags": [{"key": "team", "value": "shop"}]}),
            ),
            group(protected),
            instances(),
            managed("main", types),
        ],
        particulars: vec![
            ("autoScalingGroupProvider.managedScaling.status", to("DISABLED").off()),
            ("autoScalingGroupProvider.managedTerminationProtection", to("DISABLED").off()),
            ("autoScalingGroupProvider.managedDraining", to("ENABLED").off()),
            ("managedInstancesProvider.propagateTags", to("NONE").off()),
            ("managedInstancesProvider.infrastructureRoleArn", stays()),
            ("managedInstancesProvider.infrastructureOptimization.scaleInAfter", keeps(to(-1))),
            ("managedInstancesProvider.autoRepairConfiguration.actionsStatus", keeps(to("DISABLED"))),
            (template!("ec2InstanceProfileArn"), stays()),
            (template!("monitoring"), to("BASIC").off()),
            (template!("instanceMetadataTagsPropagation"), to(true).off()),
            (template!("localStorageConfiguration.useLocalStorage"), to(false).off()),
            (template!("storageConfiguration.storageSizeGiB"), keeps(to(200))),
            (template!("capacityReservations.reservationPreference"), to("RESERVATIONS_ONLY")),
            (requirement!("vCpuCount.min"), keeps(to(1))),
            (requirement!("memoryMiB.min"), keeps(to(2048))),
            (requirement!("cpuManufacturers[]"), to("amazon-web-services")),
            (requirement!("memoryGiBPerVCpu.min"), to(2.5)),
            (requirement!("memoryGiBPerVCpu.max"), to(9.5)),
            (requirement!("instanceGenerations[]"), to("previous")),
            (requirement!("bareMetal"), to("included")),
            (requirement!("burstablePerformance"), to("required")),
            (requirement!("requireHibernateSupport"), to(false).off()),
            (requirement!("localStorage"), to("required")),
            (requirement!("localStorageTypes[]"), to("hdd")),
            (requirement!("totalLocalStorageGB.min"), to(11.5)),
            (requirement!("totalLocalStorageGB.max"), to(101.5)),
            (requirement!("acceleratorTypes[]"), to("inference")),
            (requirement!("acceleratorManufacturers[]"), to("xilinx")),
            (requirement!("acceleratorNames[]"), to("k80")),
            (requirement!("networkBandwidthGbps.min"), to(2.5)),
            (requirement!("networkBandwidthGbps.max"), to(11.5)),
            ("tags[].key", with("tags[]")),
            ("tags[].value", with("tags[]")),
        ],
        excluded: vec![
            Excluded(
                "autoScalingGroupProvider.autoScalingGroupArn",
                "the CRD holds it fast: tests/it/e2e/capacity_providers.rs",
                "AutoScalingGroupProviderUpdate, Amazon ECS API Reference",
            ),
            Excluded(
                template!("capacityOptionType"),
                "the CRD holds it fast: tests/it/e2e/capacity_providers.rs",
                "InstanceLaunchTemplateUpdate, Amazon ECS API Reference",
            ),
            Excluded(
                template!("fipsEnabled"),
                "the CRD holds it fast: tests/it/e2e/capacity_providers.rs",
                "InstanceLaunchTemplateUpdate, Amazon ECS API Reference",
            ),
            Excluded(
                template!("nitroEnclavesEnabled"),
                "the CRD holds it fast: tests/it/e2e/capacity_providers.rs",
                "InstanceLaunchTemplateUpdate, Amazon ECS API Reference",
            ),
        ],
        immutable: vec!["name", "clusterRef", "cluster"],
    });
}
