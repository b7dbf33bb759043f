//! Which cpu and memory go together on Fargate: as CEL rules, and the smallest size that holds what is asked for.
//!
//! Amazon ECS Developer Guide, "Task CPU and memory" (Fargate task definition parameters). The list grows: a cpu that is not in it passes.

use crate::kinds::crd::Rule;

/// CPU units with the least and the most memory in MiB, and the step between.
const SIZES: &[(u32, u32, u32, u32)] = &[
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16384, 1024),
    (4096, 8192, 30720, 1024),
    (8192, 16384, 61440, 4096),
    (16384, 32768, 122_880, 8192),
];

/// The smallest cpu, in units, and the memories in MiB that go with it.
const SMALLEST: (u32, [u32; 3]) = (256, [512, 1024, 2048]);

/// Windows runs on these cpus only.
const WINDOWS: std::ops::RangeInclusive<u32> = 1024..=4096;

/// The smallest cpu and memory that hold what is asked for, in units and MiB.
pub fn smallest_size(cpu: u64, memory: u64, on_windows: bool) -> Option<(u32, u32)> {
    let (least, memories) = SMALLEST;
    let even = SIZES.iter().flat_map(|(cpu, from, to, step)| {
        (*from..=*to).step_by(usize::try_from(*step).unwrap_or(1)).map(|memory| (*cpu, memory))
    });
    let mut sizes = memories.into_iter().map(|memory| (least, memory)).chain(even);
    sizes.find(|(has_cpu, has_memory)| {
        u64::from(*has_cpu) >= cpu && u64::from(*has_memory) >= memory && (!on_windows || WINDOWS.contains(has_cpu))
    })
}

/// The rules, on the task definition at `path`.
pub fn rules(path: &'static str) -> Vec<Rule> {
    const FARGATE: &str = "has(self.requiresCompatibilities) && self.requiresCompatibilities.exists(c, c == 'FARGATE')";
    // In MiB, from `2048` or `2 GB`; -1 where it is written in another way, which AWS will judge.
    const MEMORY: &str = "(self.memory.matches('^[0-9]+$') ? int(self.memory) : (self.memory.matches('^(?i)[0-9]+([.][0-9]+)? *gb$') ? int(double(self.memory.lowerAscii().replace('gb', '').trim()) * 1024.0) : -1))";
    let mut rules = vec![Rule::new(
        path,
        format!("!({FARGATE}) || (has(self.cpu) && has(self.memory))"),
        "Fargate takes the size of a task from cpu and memory of the task definition: set both",
    )];
    let sizes = SIZES.iter().map(|(cpu, least, most, step)| {
        let fits = format!("({MEMORY} >= {least} && {MEMORY} <= {most} && {MEMORY} % {step} == 0)");
        let says = format!("{least} to {most} MiB in steps of {step}");
        (*cpu, fits, says)
    });
    let [a, b, c] = SMALLEST.1;
    let smallest = (SMALLEST.0, format!("{MEMORY} in [{a}, {b}, {c}]"), format!("{a}, {b} or {c} MiB"));
    for (cpu, fits, says) in std::iter::once(smallest).chain(sizes) {
        let vcpu = f64::from(cpu) / 1024.0;
        let cpu_is = format!(
            "self.cpu == '{cpu}' || self.cpu.lowerAscii().replace(' ', '') in ['{vcpu}vcpu', '{}vcpu']",
            vcpu.to_string().trim_start_matches('0')
        );
        rules.push(Rule::new(
            path,
            format!("!({FARGATE}) || !has(self.cpu) || !has(self.memory) || !({cpu_is}) || {MEMORY} == -1 || {fits}"),
            format!("on Fargate, cpu {cpu} goes with a memory of {says}"),
        ));
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_size_holds_what_is_asked_for_and_no_smaller_one_does() {
        for (cpu, memory, on_windows, expected) in [
            (0, 0, false, Some((256, 512))),
            (256, 512, false, Some((256, 512))),
            (257, 512, false, Some((512, 1024))),
            (100, 1025, false, Some((256, 2048))),
            (100, 2049, false, Some((512, 3072))),
            (2048, 100, false, Some((2048, 4096))),
            (100, 30721, false, Some((8192, 32768))),
            (16384, 122_880, false, Some((16384, 122_880))),
            (16385, 0, false, None),
            (0, 122_881, false, None),
            (0, 0, true, Some((1024, 2048))),
            (4097, 0, true, None),
        ] {
            assert_eq!(
                smallest_size(cpu, memory, on_windows),
                expected,
                "{cpu} units, {memory} MiB, Windows: {on_windows}"
            );
        }
    }
}
