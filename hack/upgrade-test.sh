#!/usr/bin/env bash
# Builds the release before this one, which tests/it/data/release-before/COMMIT names, and lets it and this one take over from each other.
set -euo pipefail
cd "$(dirname "$0")/.."
kept=tests/it/data/release-before
commit=$(<"$kept/COMMIT")
# A folder of its own, dependencies and all: to cargo, the crates of two commits are the same crates, and it would mix them up.
before=$(realpath -m "${CARGO_TARGET_DIR:-target}/release-before/$commit")

git cat-file -e "$commit^{commit}" 2>/dev/null || {
    echo "hack/upgrade-test.sh: this clone has no commit $commit, the release before: git fetch --unshallow" >&2
    exit 1
}
mkdir -p "$before/source" "$before/crds"
git archive "$commit" | tar --extract --directory "$before/source"
echo "Building the release before, $commit: as long as a first build, once"
(cd "$before/source" && CARGO_TARGET_DIR=$before/target cargo build --locked --workspace --bins)

"$before/target/debug/ecs-bridge" crds --output-dir "$before/crds"
diff -r "$before/crds" "$kept/crds" >&2 || { echo "$kept/crds is not what the release before prints: copy $before/crds there" >&2; exit 1; }
RELEASE_BEFORE=$before/target/debug/ecs-bridge cargo test --workspace --test it -- --ignored take_over_from_each_other
