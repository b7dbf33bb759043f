# One static binary, and the certificates that it checks AWS's by.
#
#   docker buildx build --platform linux/amd64,linux/arm64 --tag REGISTRY/ecs-bridge:TAG --push .
#
# On Alpine, Rust's own target is musl, which it links statically: each platform builds for itself, without a cross compiler.
# With `--build-context build=FOLDER` the binary and the certificates come from there instead (docs/operations.md).
FROM rust:1.95-alpine AS build
RUN apk add --no-cache ca-certificates make musl-dev
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    cargo build --release --locked --package ecs-bridge --bin ecs-bridge \
    && strip -o /ecs-bridge target/release/ecs-bridge

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /ecs-bridge /ecs-bridge
# Nobody in particular, as the chart has it.
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/ecs-bridge"]
