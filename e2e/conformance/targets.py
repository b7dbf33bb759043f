"""The two that stand in for AWS, as processes on loopback, and boto3's clients of them."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import boto3
import botocore.model
from botocore.config import Config

T = TypeVar("T")

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
EKS_CLUSTER, PUBLIC_SUBNET = "conformance", "subnet-0public"
HERE = Path(__file__).parent
# AWS takes CBOR for Cloud Map as well as the JSON that the operator sends, and boto3 would take the first: here it speaks JSON.
botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = sorted(
    botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS, key=lambda protocol: protocol != "json"
)


@dataclass
class Target:
    """An endpoint and its clients."""

    name: str
    url: str
    patience: float
    """Seconds within which what AWS does by itself has to happen; moto does nothing by itself."""
    network: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ecs, self.ecr, self.eks = self.client("ecs"), self.client("ecr"), self.client("eks")
        self.secrets = self.client("secretsmanager")
        self.cloud_map = self.client("servicediscovery")
        self.sqs, self.events = self.client("sqs"), self.client("events")
        self.raw_ecs = self.client("ecs", parameter_validation=False)
        self.raw_ecr = self.client("ecr", parameter_validation=False)

    def client(self, service: str, **options: Any) -> Any:
        keys = {name.lower(): value for name, value in CREDENTIALS.items() if "KEY" in name}
        # An error is an answer here, and never tried again.
        config = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=20, **options)
        region = CREDENTIALS["AWS_REGION"]
        return boto3.client(service, endpoint_url=self.url, region_name=region, config=config, **keys)

    def until(self, what: str, look: Callable[[], T], wanted: Callable[[T], bool]) -> T:
        deadline = time.monotonic() + self.patience
        while not wanted(seen := look()):
            assert time.monotonic() < deadline, f"{what}: not within {self.patience} s; it is {seen!r}"
            time.sleep(0.05)
        return seen

    def put_image(self, repository: str, tag: str) -> None:
        """aws-sim has no registry to push to: its images are put there by a control call."""
        if self.name == "aws-sim":
            body = json.dumps({"repository": repository, "tag": tag}).encode()
            urllib.request.urlopen(urllib.request.Request(f"{self.url}/_sim/put-image", body), timeout=5).close()
        else:
            self.ecr.put_image(repositoryName=repository, imageManifest=MANIFEST, imageTag=tag)


MANIFEST = json.dumps(
    {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json", "layers": []}
)


class Processes:
    """What was started here; all of it ends with the `with` block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.running: list[subprocess.Popen[bytes]] = []
        self.folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        # Nothing of it is kept, and an API server that is asked to end waits for those that watch it.
        for process in reversed(self.running):
            process.kill()
            process.wait()

    def start(self, name: str, command: list[str | Path], environment: dict[str, str] | None = None) -> None:
        # Nothing of the developer's own AWS or operator settings.
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "ECS_BRIDGE_"))}
        with open(self.log(name), "wb") as log:
            arguments = [str(argument) for argument in command]
            process = subprocess.Popen(arguments, stdout=log, stderr=log, env=clean | (environment or {}))
        self.running.append(process)

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def wait(self, name: str, ready: Callable[[], Any], seconds: float = 60) -> None:
        """Waits until `ready` no longer raises; not for a process that has ended."""
        process, deadline = self.running[-1], time.monotonic() + seconds
        while True:
            try:
                ready()
                return
            except Exception as error:
                ended = process.poll() is not None
                if ended or time.monotonic() > deadline:
                    tail = self.log(name).read_text(errors="replace")[-2000:]
                    state = f"has ended with {process.returncode}" if ended else f"is not up after {seconds:.0f} s"
                    raise SystemExit(f"{name} {state}: {error}\nthe end of {self.log(name)}:\n{tail}") from error
            time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def listens(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=1).close()


def aws_sim(processes: Processes, program: Path, name: str = "aws-sim") -> Target:
    port = free_port()
    # A virtual minute a second; two instances in each cluster, for services on EC2.
    flags = ["--speed", "60", "--quotas", "none", "--container-instances", "2"]
    flags += ["--eks-cluster", EKS_CLUSTER, "--public-subnet", PUBLIC_SUBNET]
    processes.start(name, [program, "--listen", f"127.0.0.1:{port}", *flags])
    processes.wait(name, lambda: listens(port))
    network = {"subnets": ["subnet-0a1b2c3d"], "securityGroups": ["sg-0a1b2c3d"]}
    return Target("aws-sim", f"http://127.0.0.1:{port}", patience=30, network={"awsvpcConfiguration": network})


def moto(processes: Processes, name: str = "moto") -> Target:
    port = free_port()
    # moto runs no tasks: it says that each service has as many as this.
    processes.start(name, [sys.executable, HERE / "moto_server.py", str(port)], {"MOTO_ECS_SERVICE_RUNNING": "1"})
    processes.wait(name, lambda: listens(port))
    target = Target("moto", f"http://127.0.0.1:{port}", patience=0)
    # It looks subnets and security groups up, and brings some of its own.
    ec2 = target.client("ec2")
    subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:1]]
    groups = [group["GroupId"] for group in ec2.describe_security_groups()["SecurityGroups"][:1]]
    target.network = {"awsvpcConfiguration": {"subnets": subnets, "securityGroups": groups}}
    role = "arn:aws:iam::123456789012:role/eks"
    target.eks.create_cluster(name=EKS_CLUSTER, roleArn=role, resourcesVpcConfig={"subnetIds": subnets})
    return target
