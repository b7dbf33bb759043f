# `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

TARGET := $(or $(CARGO_TARGET_DIR),target)
BIN := $(TARGET)/debug
DEV := $(BIN)/ecs-bridge-dev
CONFORMANCE := $(TARGET)/conformance
CHART_CRDS := charts/ecs-bridge/files/crds

# Every cargo command takes the whole workspace: another choice has other features, and builds the dependencies again.
CARGO_BUILD := cargo build --workspace --bins

say = @printf '\n== %s\n' "$(1)"

.PHONY: help
help: ## Explain the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## Development

.PHONY: build
build: ## Build the operator, aws-sim and the development tools
	$(call say,Building)
	$(CARGO_BUILD)

.PHONY: kube-binaries
kube-binaries: .dev/bin/kube ## Build etcd, Kubernetes, kubectl and Helm into .dev/bin (once)

.dev/bin/kube: hack/kube/go.mod hack/kube/go.sum hack/kube/main.go hack/kube/build.sh
	$(call say,Building Kubernetes)
	@hack/kube/build.sh .dev/bin

.PHONY: kube
kube: kube-binaries build ## Start a Kubernetes control plane on loopback, with a kubeconfig under .dev/
	@$(DEV) kube

.PHONY: kube-down
kube-down: ## Stop what `make kube` started
	@[ ! -x $(DEV) ] || $(DEV) kube-down

.PHONY: generate
generate: models ## Write the generated files anew: the AWS model, the CRDs and the chart's copy of them
	$(call say,Generating the AWS model)
	cargo build --package ecs-bridge-codegen
	$(BIN)/ecs-bridge-codegen
	$(call say,Generating the CRDs)
	$(CARGO_BUILD)
	rm -rf crds $(CHART_CRDS)
	$(BIN)/ecs-bridge crds --output-dir crds
	mkdir -p $(dir $(CHART_CRDS))
	cp -R crds $(CHART_CRDS)

.PHONY: models
models:
	@hack/codegen/fetch-models.sh $(TARGET)/models

## Checks

.PHONY: test
test: verify kube-binaries ## Check everything that must hold: formats, lints, generated files, every test
	$(call say,Testing)
	cargo test --workspace
	@$(MAKE) --no-print-directory conformance bite

.PHONY: prove
prove: kube-binaries build ## Sweep every field, every crash and every defect in full, and print one table (an hour or so; ONLY=… for some)
	$(call say,Proving)
	@$(DEV) prove --only "$(ONLY)"

.PHONY: chaos
chaos: kube-binaries build ## Let everything fail under the real binary, in full, and print one table (half an hour)
	$(call say,Chaos)
	@$(DEV) prove --only chaos

.PHONY: upgrade-test
upgrade-test: kube-binaries build ## Build the release before, and let it and this one take over from each other
	$(call say,From the release before to this one and back)
	@hack/upgrade-test.sh

.PHONY: bench
bench: kube-binaries ## Measure the release binary under AWS's quotas (hours in all; N=100 for one size, BENCH=… for more flags)
	$(call say,Building the release)
	cargo build --release --package ecs-bridge --package aws-sim --package ecs-bridge-harness --bins
	$(call say,Measuring)
	@$(TARGET)/release/ecs-bridge-dev bench $(foreach n,$(N),--number $(n)) $(BENCH)

.PHONY: verify
verify: verify-format lint verify-generated ## Check formats, lints and generated files

.PHONY: verify-format
verify-format:
	$(call say,Checking formats)
	cargo fmt --all --check
	@unformatted=$$(gofmt -l hack/kube) && [ -z "$$unformatted" ] || { echo "not formatted: $$unformatted; run gofmt -w hack/kube" >&2; exit 1; }

.PHONY: lint
lint:
	$(call say,Linting)
	cargo clippy --workspace --all-targets -- --deny warnings

.PHONY: verify-generated
verify-generated: build models
	$(call say,Checking the generated files)
	$(BIN)/ecs-bridge-codegen --check
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && $(BIN)/ecs-bridge crds --output-dir "$$fresh" && \
	for copy in crds $(CHART_CRDS); do \
		diff -r "$$fresh" "$$copy" >&2 || { echo "$$copy is not what \`ecs-bridge crds\` prints: run \`make generate\` and commit" >&2; exit 1; }; \
	done

.PHONY: bite
bite: kube-binaries ## Switch on each defect of src/engine/bite.rs and want its test to fail
	$(call say,Tests that bite)
	@hack/bite.sh

.PHONY: conformance
conformance: kube-binaries build $(CONFORMANCE)/installed ## Hold aws-sim and the operator to AWS from outside, with boto3 and moto
	$(call say,Holding aws-sim and the operator to AWS)
	@$(CONFORMANCE)/venv/bin/python -B e2e/conformance/test_verdicts.py --quiet
	@$(CONFORMANCE)/venv/bin/python -B e2e/conformance/run.py --programs $(BIN) --logs $(CONFORMANCE)/logs

$(CONFORMANCE)/installed: e2e/conformance/requirements.txt
	$(call say,Installing boto3 and moto)
	@python3 -m venv --clear $(CONFORMANCE)/venv
	@$(CONFORMANCE)/venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes --requirement $<
	@touch $@

## The demo

.PHONY: demo
demo: kube-binaries build ## Start Kubernetes, aws-sim and the operator, apply examples/ and a shop, and watch half of it move to ECS
	@REAL=$(REAL) $(DEV) demo

.PHONY: demo-down
demo-down: ## Stop the demo and all that it started
	@[ ! -x $(DEV) ] || $(DEV) demo-down
