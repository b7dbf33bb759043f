"""The conformance suite: what AWS documents, asked of aws-sim and of moto by boto3, and the operator on moto.

`make conformance` runs it; `run.py --help` says what else it can do.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from claims import Claims, Verdict
from exceptions import EXCEPTIONS, Wrong
from scenarios import ALL
from targets import Processes, Target, aws_sim, moto

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=Path, default=ROOT / "target/debug", help="where aws-sim and ecs-bridge are")
    parser.add_argument("--logs", type=Path, default=ROOT / "target/conformance/logs", help="where the logs go")
    parser.add_argument("--only", default="", help="only scenarios whose name contains this")
    arguments = parser.parse_args()

    verdicts: list[Verdict] = []
    with Processes(arguments.logs) as processes:
        for target in (aws_sim(processes, arguments.programs / "aws-sim"), moto(processes)):
            verdicts += conformance(target, arguments.only)
    return report(verdicts, whole=not arguments.only)


def conformance(target: Target, only: str) -> list[Verdict]:
    verdicts = []
    for scenario in ALL:
        name = f"{scenario.__module__.rpartition('.')[2]}.{scenario.__name__}"
        if only in name:
            start, claims = time.monotonic(), Claims(target.name, name)
            try:
                scenario(target, claims)
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


def exception_of(verdict: Verdict) -> Wrong | None:
    key = (verdict.target, verdict.scenario, verdict.claim)
    return next((wrong for wrong in EXCEPTIONS if (wrong.who, wrong.scenario, wrong.claim) == key), None)


def failure(verdict: Verdict) -> str | None:
    """Why this verdict is not what has to be."""
    wrong, at = exception_of(verdict), f"{verdict.target}: {verdict.scenario}: {verdict.claim!r} ({verdict.page})"
    if wrong is None:
        return verdict.broken and f"{at}: {verdict.broken}"
    if verdict.broken is None:
        return f"{at} holds now: take its row out of exceptions.py"
    if wrong.shows not in verdict.broken:
        return f"{at} is broken otherwise than exceptions.py says, {wrong.shows!r}: {verdict.broken}"
    return None


def report(verdicts: list[Verdict], whole: bool) -> int:
    known = [verdict for verdict in verdicts if exception_of(verdict)]
    if known:
        print("\nNamed exceptions: who is wrong, and AWS's page")
    for verdict in known:
        print(f"  {verdict.target}: {verdict.scenario}: {verdict.claim} [{verdict.page}]: {verdict.broken}")

    failures = [text for verdict in verdicts if (text := failure(verdict))]
    if whole:
        judged = {(verdict.target, verdict.scenario, verdict.claim) for verdict in verdicts}
        stale = [wrong for wrong in EXCEPTIONS if (wrong.who, wrong.scenario, wrong.claim) not in judged]
        failures += [f"exceptions.py names what is no claim: {wrong}" for wrong in stale]
    if failures:
        print("\nFailures")
    for text in failures:
        print(f"  {text}")

    table(verdicts)
    passed = len(verdicts) - sum(failure(verdict) is not None for verdict in verdicts)
    print(f"\n{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


def table(verdicts: list[Verdict]) -> None:
    """A row for each scenario: on each target, how many claims hold, and how many are named exceptions."""
    targets = list(dict.fromkeys(verdict.target for verdict in verdicts))
    counts = Counter((verdict.scenario, verdict.target, verdict.broken is None) for verdict in verdicts)
    rows = [(scenario, scenario) for scenario in dict.fromkeys(verdict.scenario for verdict in verdicts)]
    print(f"\n{'scenario':40}" + "".join(f"{target:>20}" for target in targets))
    for scenario, title in rows:
        cells = [f"{counts[scenario, target, True]} + {counts[scenario, target, False]}" for target in targets]
        print(f"{title:40}" + "".join(f"{cell:>20}" for cell in cells))
    totals = [Counter(verdict.broken is None for verdict in verdicts if verdict.target == target) for target in targets]
    print(f"{'claims that hold + that do not':40}" + "".join(f"{f'{t[True]} + {t[False]}':>20}" for t in totals))


if __name__ == "__main__":
    sys.exit(main())
