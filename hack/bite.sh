#!/usr/bin/env bash
# Switches each defect of src/engine/bite.rs on, and wants the test that is named for it to fail; without a defect, it must pass.
set -euo pipefail
cd "$(dirname "$0")/.."

# The build goes into a folder of its own, so that the features do not chase each other.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/bite
echo "Building the operator and its tests with the feature bite"
cargo test --quiet --package ecs-bridge --features bite --test it --no-run
run() { cargo test --quiet --package ecs-bridge --features bite --test it -- "$1" >"$log" 2>&1; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT

passed=0 failed=0
say() { printf '%-30s %-75s %s\n' "$1" "$2" "$3"; }
say defect "test" result
while read -r defect test; do
    if ! BITE=none run "$test" || ! grep -q 'test result: ok. [1-9]' "$log"; then
        say "$defect" "$test" "FAILED: does not pass without the defect (or there is no such test)"
        failed=$((failed + 1))
    elif BITE=$defect run "$test"; then
        say "$defect" "$test" "FAILED: does not notice the defect"
        failed=$((failed + 1))
    else
        say "$defect" "$test" "caught"
        passed=$((passed + 1))
    fi
done < <(sed -n 's/^ *(Defect::\([A-Za-z]*\), "\([^"]*\)"),$/\1 \2/p' src/engine/bite.rs)
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
