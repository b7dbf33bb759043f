//! `$(NAME)` in commands, arguments and variables, as the kubelet expands it (k8s.io/kubernetes, third_party/forked/golang/expansion).

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    Text(&'a str),
    /// Known only to the running task.
    Hidden,
    /// No such variable: the reference stays as it is written.
    Nothing,
}

/// The text with its references expanded. The name of a variable that it needs and that nobody knows before the task runs, where there is one.
pub fn expand<'a>(text: &str, meaning: impl Fn(&str) -> Meaning<'a>) -> Result<String, String> {
    let mut made = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        made.push_str(before);
        if let Some(escaped) = after.strip_prefix('$') {
            made.push('$');
            rest = escaped;
        } else if let Some((name, beyond)) = after.strip_prefix('(').and_then(|reference| reference.split_once(')')) {
            match meaning(name) {
                Meaning::Text(value) => made.push_str(value),
                Meaning::Hidden => return Err(name.to_owned()),
                Meaning::Nothing => {
                    made.push_str("$(");
                    made.push_str(name);
                    made.push(')');
                }
            }
            rest = beyond;
        } else {
            made.push('$');
            rest = after;
        }
    }
    made.push_str(rest);
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_expanded_as_kubernetes_does() {
        let meaning = |name: &str| match name {
            "A" => Meaning::Text("a"),
            "B" => Meaning::Text("$(A)"),
            "SECRET" => Meaning::Hidden,
            _ => Meaning::Nothing,
        };
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("$(A)", "a"),
            ("x$(A)y$(A)", "xaya"),
            ("$(NONE)", "$(NONE)"),
            ("$$(A)", "$(A)"),
            ("$$$(A)", "$a"),
            ("$$$$(A)", "$$(A)"),
            ("$A ${A} $", "$A ${A} $"),
            ("$(A", "$(A"),
            ("$()", "$()"),
            ("$(B)", "$(A)"),
            ("$(A))", "a)"),
            ("äß$(A)日$", "äßa日$"),
            ("$((A))", "$((A))"),
        ] {
            assert_eq!(expand(text, meaning).as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(expand("$(A)$(SECRET)", meaning), Err("SECRET".to_owned()));
        assert_eq!(expand("$$(SECRET)", meaning).as_deref(), Ok("$(SECRET)"));
    }
}
