"""The conformance suite: what AWS documents, asked of aws-sim and of moto by boto3, the operator on moto, a world that is imported.

`make conformance` runs it; `run.py --help` says what else it can do.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import import_world
import operator_on_moto
from claims import Claims, Verdict
from exceptions import EXCEPTIONS
from report import report
from scenarios import ALL
from targets import Processes, aws_sim, moto

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=Path, default=ROOT / "target/debug", help="where aws-sim and ecs-bridge are")
    parser.add_argument("--logs", type=Path, default=ROOT / "target/conformance/logs", help="where the logs go")
    parser.add_argument("--only", default="", help="only scenarios whose name contains this")
    arguments = parser.parse_args()

    # A SIGTERM ends what was started here, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    verdicts: list[Verdict] = []
    with Processes(arguments.logs) as processes:
        for target in (aws_sim(processes, arguments.programs / "aws-sim"), moto(processes)):
            verdicts += run(target.name, target, ALL, arguments.only)
        if any(arguments.only in name_of(scenario) for scenario in operator_on_moto.SCENARIOS):
            ground = operator_on_moto.start(processes, arguments.programs / "ecs-bridge")
            verdicts += run("operator", ground, operator_on_moto.SCENARIOS, arguments.only)
        if any(arguments.only in name_of(scenario) for scenario in import_world.SCENARIOS):
            world = import_world.start(processes, arguments.programs)
            verdicts += run("import", world, import_world.SCENARIOS, arguments.only)
    return report(verdicts, EXCEPTIONS, whole=not arguments.only)


def name_of(scenario: Callable[..., None]) -> str:
    return f"{scenario.__module__.rpartition('.')[2]}.{scenario.__name__}"


def run(target: str, ground: Any, scenarios: list[Callable[..., None]], only: str) -> list[Verdict]:
    verdicts = []
    for scenario in scenarios:
        name = name_of(scenario)
        if only in name:
            start, claims = time.monotonic(), Claims(target, name)
            try:
                scenario(ground, claims)
            except Exception as error:  # What no claim expects, as an answer to a call that prepares one.
                with claims("the scenario runs to its end", "none"):
                    raise AssertionError(f"{type(error).__name__}: {error}") from error
            verdicts += claims.verdicts
            progress(claims, time.monotonic() - start)
    return verdicts


def progress(claims: Claims, seconds: float) -> None:
    broken = sum(verdict.broken is not None for verdict in claims.verdicts)
    held = len(claims.verdicts) - broken
    print(f"  {claims.target:8} {claims.scenario:40} {held:3} hold, {broken:2} do not  {seconds:5.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
