//! From AWS's names to Rust's.

/// `enableECSManagedTags` to `enable_ecs_managed_tags`, as the AWS SDK for Rust spells its setters.
pub fn snake(name: &str) -> String {
    // "GiB" is one word, though its letters look like two.
    let name = name.replace("GiB", "Gib");
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|before| letters.get(before));
        let next = letters.get(at + 1);
        let starts_word = letter.is_ascii_uppercase()
            && previous.is_some_and(|previous| {
                !previous.is_ascii_uppercase() && *previous != '_'
                    || previous.is_ascii_uppercase() && next.is_some_and(char::is_ascii_lowercase)
            });
        if starts_word {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// The name of a field: a keyword is written raw.
pub fn field(name: &str) -> String {
    let snake = snake(name);
    match snake.as_str() {
        "type" | "match" | "ref" | "use" | "where" | "loop" => format!("r#{snake}"),
        _ => snake,
    }
}

/// The name of a structure: one is called like the list of operations of its module.
pub fn structure(name: &str) -> &str {
    if name == "Operation" { "OperationDetail" } else { name }
}

/// `capability-provider` or `awsvpc` to a constant's name.
pub fn constant(value: &str) -> String {
    let mut name: String = if value.chars().any(|c| c.is_ascii_lowercase()) {
        snake(value).to_ascii_uppercase()
    } else {
        value.to_owned()
    };
    name = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, 'V');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_the_sdk_spells_them() {
        for (aws, rust) in [
            ("cluster", "cluster"),
            ("enableECSManagedTags", "enable_ecs_managed_tags"),
            ("managedEBSVolume", "managed_ebs_volume"),
            ("sizeInGiB", "size_in_gib"),
            ("s3BucketName", "s3_bucket_name"),
            ("s3filesVolumeConfiguration", "s3files_volume_configuration"),
            ("efsVolumeConfiguration", "efs_volume_configuration"),
            ("UserId", "user_id"),
            ("memoryGiBPerVCpu", "memory_gib_per_v_cpu"),
            ("type", "type"),
        ] {
            assert_eq!(snake(aws), rust, "the Rust name of {aws}");
        }
        assert_eq!(field("type"), "r#type", "a keyword is a raw name");
    }

    #[test]
    fn constants_are_valid_names() {
        for (value, name) in [
            ("FARGATE", "FARGATE"),
            ("awsvpc", "AWSVPC"),
            ("EC2", "EC2"),
            ("cluster-level.x", "CLUSTER_LEVEL_X"),
            ("containerInsights", "CONTAINER_INSIGHTS"),
            ("2.0", "V2_0"),
        ] {
            assert_eq!(constant(value), name, "the constant of {value}");
        }
    }
}
