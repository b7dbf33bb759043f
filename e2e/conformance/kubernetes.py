"""An API server on loopback, and the operator's real binary in it, under the chart's own ServiceAccount."""

import json
import os
import secrets
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from targets import CREDENTIALS, EKS_CLUSTER, Processes, Target, free_port

ROOT = Path(__file__).resolve().parents[2]
SYSTEM, NAMESPACE = "ecs-bridge-system", "shop"


def program(name: str) -> Path:
    """As the harness does: what KUBEBUILDER_ASSETS names, or what `make kube-binaries` built."""
    given = Path(os.environ.get("KUBEBUILDER_ASSETS") or ROOT / ".dev/bin") / name
    return given if given.exists() else ROOT / ".dev/bin" / name


class Kubernetes:
    """etcd and an API server, with the chart installed; no controllers, for the operator needs none."""

    def __init__(self, processes: Processes, name: str = "kubernetes") -> None:
        self.name, self.folder = name, processes.folder / name
        self.folder.mkdir(exist_ok=True)
        self.url = f"https://127.0.0.1:{free_port()}"
        token = secrets.token_hex(16)
        self.private("tokens.csv", f"{token},admin,admin,system:masters\n")
        self.kubeconfig = self.kubeconfig_of("admin", token)
        etcd = f"http://127.0.0.1:{free_port()}"
        self.start_etcd(processes, etcd)
        self.start_apiserver(processes, etcd)
        self.kubectl("create", "namespace", SYSTEM)
        self.kubectl("create", "namespace", NAMESPACE)
        # The first ServiceAccount's token wants this namespace's UID, which is the owner id.
        processes.wait(f"{self.name}-apiserver", lambda: self.kubectl("get", "namespace", "kube-system"))

    def start_etcd(self, processes: Processes, client: str) -> None:
        data, peer = self.folder / "etcd", f"http://127.0.0.1:{free_port()}"
        subprocess.run(["rm", "-rf", data], check=True)
        urls = {"listen-client-urls": client, "advertise-client-urls": client}
        urls |= {"listen-peer-urls": peer, "initial-advertise-peer-urls": peer, "initial-cluster": f"default={peer}"}
        flags = [f"--{name}={value}" for name, value in urls.items()]
        command = [program("etcd"), f"--data-dir={data}", "--unsafe-no-fsync", "--log-level=warn", *flags]
        processes.start(f"{self.name}-etcd", command)
        processes.wait(f"{self.name}-etcd", lambda: urllib.request.urlopen(f"{client}/health", timeout=2).close())

    def start_apiserver(self, processes: Processes, etcd: str) -> None:
        # Of an earlier run: a certificate is written anew where there is none.
        subprocess.run(["rm", "-rf", self.folder / "certificates"], check=True)
        key = ec.generate_private_key(ec.SECP256R1())
        pem, none = serialization.Encoding.PEM, serialization.NoEncryption()
        signing = key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, none).decode()
        flags = {
            "etcd-servers": etcd,
            "secure-port": self.url.rpartition(":")[2],
            "bind-address": "127.0.0.1",
            "advertise-address": "127.0.0.1",
            "cert-dir": self.folder / "certificates",
            "token-auth-file": self.folder / "tokens.csv",
            # A private key checks what it has signed.
            "service-account-key-file": self.private("service-accounts.key", signing),
            "service-account-signing-key-file": self.folder / "service-accounts.key",
            "service-account-issuer": "https://kubernetes.default.svc",
            "service-cluster-ip-range": "10.96.0.0/16",
            "endpoint-reconciler-type": "none",
            "authorization-mode": "RBAC",
        }
        arguments = [f"--{name}={value}" for name, value in flags.items()]
        processes.start(f"{self.name}-apiserver", [program("kube-apiserver"), *arguments])
        processes.wait(f"{self.name}-apiserver", lambda: self.kubectl("get", "--raw", "/readyz"))

    def private(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(text)
        return path

    def kubeconfig_of(self, user: str, token: str) -> Path:
        certificate = self.folder / "certificates/apiserver.crt"
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": user,
            "contexts": [{"name": user, "context": {"cluster": "conformance", "user": user}}],
            "users": [{"name": user, "user": {"token": token}}],
            "clusters": [
                {"name": "conformance", "cluster": {"server": self.url, "certificate-authority": str(certificate)}}
            ],
        }
        return self.private(f"{user}.kubeconfig", json.dumps(config))

    def kubectl(self, *arguments: str, given: str = "") -> str:
        environment = os.environ | {
            "KUBECONFIG": str(self.kubeconfig),
            "KUBECACHEDIR": str(self.folder / "kubectl-cache"),
            "KUBERC": "off",
        }
        command = [program("kubectl"), *arguments]
        done = subprocess.run(command, input=given, env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"kubectl {' '.join(arguments)}: {done.stderr.strip()}"
        return done.stdout

    def install_chart(self) -> Path:
        """Everything of the chart but its Deployment; gives the kubeconfig of its ServiceAccount."""
        chart = [program("helm"), "template", SYSTEM, ROOT / "charts/ecs-bridge", "--namespace", SYSTEM]
        chart += ["--set", f"aws.eksClusterName={EKS_CLUSTER}"]
        rendered = subprocess.run(chart, capture_output=True, text=True, check=True).stdout
        self.kubectl("apply", "--server-side", "--validate=strict", "--filename=-", given=rendered)
        definitions = [f"crd/{file.stem}" for file in sorted((ROOT / "crds").glob("*.yaml"))]
        self.kubectl("wait", "--for=condition=Established", "--timeout=30s", *definitions)
        token = self.kubectl("create", "token", "--namespace", SYSTEM, SYSTEM, "--duration=1h").strip()
        return self.kubeconfig_of("operator", token)

    def start_operator(
        self,
        processes: Processes,
        binary: Path,
        aws: Target,
        namespace: str = NAMESPACE,
        roles: str = "arn:aws:iam::123456789012:role/ecs*",
    ) -> None:
        kubeconfig, listen = self.install_chart(), f"127.0.0.1:{free_port()}"
        flags = [
            f"--listen={listen}",
            f"--aws-endpoint-url={aws.url}",
            "--allow-insecure-endpoint",
            f"--watch-namespaces={namespace}",
            f"--eks-cluster-name={EKS_CLUSTER}",
            "--poll-interval=0.2",
            "--sweep-interval=1",
            f"--allowed-role-arns={roles}",
        ]
        environment = CREDENTIALS | {"KUBECONFIG": str(kubeconfig), "AWS_EC2_METADATA_DISABLED": "true"}
        processes.start(f"{self.name}-ecs-bridge", [binary, "run", *flags], environment)
        processes.wait(f"{self.name}-ecs-bridge", lambda: urllib.request.urlopen(f"http://{listen}/readyz", timeout=2).close())

    # Objects of ecs-bridge, each called KIND/NAME.

    def apply(self, kind: str, name: str, spec: dict[str, Any]) -> None:
        manifest = {"apiVersion": "ecs-bridge.dev/v1alpha1", "kind": kind, "metadata": {"name": name}, "spec": spec}
        self.namespaced("apply", "--server-side", "--validate=strict", "--filename=-", given=json.dumps(manifest))

    def get(self, kind: str, name: str) -> dict[str, Any]:
        return json.loads(self.namespaced("get", f"{kind}/{name}", "--output=json"))

    def exists(self, kind: str, name: str) -> bool:
        return self.namespaced("get", f"{kind}/{name}", "--ignore-not-found", "--output=name") != ""

    def start_pod(self, name: str, labels: dict[str, str]) -> None:
        """A pod that runs, though no kubelet is here to run it, nor a controller to make ServiceAccounts."""
        account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}
        self.namespaced("apply", "--server-side", "--filename=-", given=json.dumps(account))
        spec = {
            "nodeName": "fargate-node",
            "terminationGracePeriodSeconds": 0,
            "automountServiceAccountToken": False,
            "containers": [{"name": "web", "image": "web"}],
        }
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": labels}, "spec": spec}
        self.namespaced("apply", "--server-side", "--filename=-", given=json.dumps(pod))

    def delete(self, kind: str, name: str) -> None:
        self.namespaced("delete", f"{kind}/{name}", "--wait=false")

    def namespaced(self, *arguments: str, given: str = "") -> str:
        return self.kubectl("--namespace", NAMESPACE, *arguments, given=given)
