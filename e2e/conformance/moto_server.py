"""moto's server on loopback, with a record of what it was asked: `moto_server.py PORT`.

`GET /_recorded` answers the requests since the start, in order: each the operation (`ecs:CreateService`) and the body. EKS speaks REST, and
its operation is known by method and path.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

SERVICES = {"AmazonEC2ContainerServiceV20141113": "ecs", "AmazonEC2ContainerRegistry_V20150921": "ecr"}

PROFILES = r"/clusters/[^/]+/fargate-profiles"
EKS = [
    ("GET", PROFILES, "ListFargateProfiles"),
    ("POST", PROFILES, "CreateFargateProfile"),
    ("GET", PROFILES + "/.+", "DescribeFargateProfile"),
    ("DELETE", PROFILES + "/.+", "DeleteFargateProfile"),
    ("POST", "/tags/.+", "TagResource"),
    ("DELETE", "/tags/.+", "UntagResource"),
]


class Recorder:
    """In front of moto: notes each request to ECS, ECR or EKS, and passes it on unchanged."""

    def __init__(self, moto: Callable[..., Iterable[bytes]]) -> None:
        self.moto = moto
        self.requests: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/_recorded":
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(self.requests).encode()]
        operation = operation_of(environ)
        if operation:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = BytesIO(body)
            agent = environ.get("HTTP_USER_AGENT", "")
            self.requests.append({"operation": operation, "body": json.loads(body or b"{}"), "agent": agent})
        return self.moto(environ, start_response)


def operation_of(environ: dict[str, Any]) -> str | None:
    service, _, operation = environ.get("HTTP_X_AMZ_TARGET", "").partition(".")
    if service in SERVICES:
        return f"{SERVICES[service]}:{operation}"
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    found = [operation for verb, shape, operation in EKS if verb == method and re.fullmatch(shape, path)]
    return f"eks:{found[0]}" if found else None


if __name__ == "__main__":
    app = DomainDispatcherApplication(create_backend_app)
    run_simple("127.0.0.1", int(sys.argv[1]), Recorder(app), threaded=True)
