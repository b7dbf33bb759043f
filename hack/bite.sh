#!/usr/bin/env bash
# Switches each defect of src/engine/bite.rs on, and wants every test that its table names for it to fail; without a defect, it must pass.
set -euo pipefail
cd "$(dirname "$0")/.."

# The whole workspace, as everywhere: another choice has other features, and builds the dependencies again.
build() { cargo build --quiet --workspace --bins "$@"; }
test_it() { cargo test --quiet --workspace --features ecs-bridge/bite --test it -- "$@"; }
log=$(mktemp)
# What ships has no defect to switch on: the program that the next command finds is again that one.
trap 'rm -f "$log"; build' EXIT

echo "Building the operator and its tests with the feature bite"
build --features ecs-bridge/bite
cargo test --quiet --workspace --features ecs-bridge/bite --test it --no-run
run() { test_it "$1" >"$log" 2>&1; }

passed=0 failed=0
declare -A sound # tests that pass without a defect
is_sound() {
    [ -n "${sound[$1]:-}" ] || { BITE=none run "$1" && grep -q 'test result: ok. [1-9]' "$log" && sound[$1]=yes; }
}
say() { printf '%-30s %-75s %s\n' "$1" "$2" "$3"; }
say defect "test" result
while read -r defect test; do
    if ! is_sound "$test"; then
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
[ -z "${PROVE_TALLY:-}" ] || printf 'tests that bite\tdefects caught\t%s\n' "$passed" >>"$PROVE_TALLY"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
