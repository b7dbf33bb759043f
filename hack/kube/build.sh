#!/usr/bin/env bash
# Builds the program `kube` (see main.go) and a link for each component: build.sh FOLDER
set -euo pipefail
mkdir -p "$1"
bin=$(cd "$1" && pwd)
cd "$(dirname "$0")"

# A terminal sees one line that counts; a log gets a line every half minute.
progress() {
    local total=$1 count=0 shown=0
    while read -r _; do
        count=$((count + 1))
        if [ -t 1 ]; then
            printf '\r  %d of %d packages, %d s ' "$count" "$total" "$SECONDS"
        elif [ $((SECONDS - shown)) -ge 30 ]; then
            shown=$SECONDS
            printf '  %d of %d packages, %d s\n' "$count" "$total" "$SECONDS"
        fi
    done
    [ ! -t 1 ] || echo
}

command -v go >/dev/null || { echo "hack/kube: no \`go\` on PATH; install Go 1.26 or newer" >&2; exit 1; }
export CGO_ENABLED=0
kubernetes=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
helm=$(go list -m -f '{{.Version}}' helm.sh/helm/v4)
echo "Kubernetes $kubernetes, kubectl and Helm $helm: downloading Go modules"
total=$(go list -deps . | wc -l)

echo "Kubernetes $kubernetes, kubectl and Helm $helm: compiling $total packages, which takes about six minutes on two cores the first time"
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
# With -v, go names each package on stderr as it compiles it; what is not a package's name is an error.
if ! go build -v -trimpath -o "$bin/kube" -ldflags "-s -w \
    -X k8s.io/component-base/version.gitVersion=$kubernetes \
    -X helm.sh/helm/v4/internal/version.version=$helm" . 2> >(tee "$errors" | progress "$total"); then
    echo "hack/kube: go build failed:" >&2
    grep -E '[ :]' "$errors" >&2
    exit 1
fi
for component in etcd kube-apiserver kube-controller-manager kubectl helm; do
    ln -sf kube "$bin/$component"
done
echo "Kubernetes $kubernetes, kubectl and Helm $helm: built in $SECONDS s, in $bin"
