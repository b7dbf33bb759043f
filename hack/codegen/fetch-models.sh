#!/bin/sh
# Fetches AWS's service models, as plain JSON, into the folder named by $1 (target/models unless said otherwise).
#
# They come from the botocore package, which is pinned to the day of the AWS SDK in Cargo.toml: a newer one would know
# members that the SDK cannot send. pip checks the digest, so that a generated file never depends on who fetched it.
set -eu

version=1.44.5
digest=8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921
services="ecs ecr eks sts secretsmanager servicediscovery iam ssm sqs events"
models=${1:-target/models}

if [ "$(cat "$models/version" 2>/dev/null)" = "$version: $services" ]; then
    echo "AWS's models of botocore $version are in $models already"
    exit 0
fi

mkdir -p "$models"
work=$(mktemp -d "$models/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
echo "botocore==$version --hash=sha256:$digest" >"$work/requirements.txt"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --require-hashes --requirement "$work/requirements.txt" --dest "$work"

python3 - "$work"/botocore-*.whl "$models" $services <<'PYTHON'
import gzip, pathlib, sys, zipfile

wheel, models = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2])
for name in wheel.namelist():
    parts = name.split("/")
    if parts[-1] == "service-2.json.gz" and parts[2] in sys.argv[3:]:
        (models / f"{parts[2]}.json").write_bytes(gzip.decompress(wheel.read(name)))
PYTHON
echo "$version: $services" >"$models/version"
echo "AWS's models of botocore $version are in $models"
