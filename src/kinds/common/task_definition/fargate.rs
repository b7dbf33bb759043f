//! Which cpu and memory go together on Fargate, as CEL rules.
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
    let smallest = (256, format!("{MEMORY} in [512, 1024, 2048]"), "512, 1024 or 2048 MiB".to_owned());
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
