"""What fails the run, and the table at its end."""

import os
from collections import Counter
from pathlib import Path

from claims import Verdict
from exceptions import Wrong


def name_for(verdict: Verdict, named: list[Wrong]) -> Wrong | None:
    """The exception that names this claim, if there is one."""
    key = (verdict.target, verdict.scenario, verdict.claim)
    return next((wrong for wrong in named if (wrong.target, wrong.scenario, wrong.claim) == key), None)


def failure(verdict: Verdict, wrong: Wrong | None) -> str | None:
    """Why this verdict is not what has to be."""
    at = f"{verdict.target}: {verdict.scenario}: {verdict.claim!r} ({verdict.page})"
    if wrong is None:
        return verdict.broken and f"{at}: {verdict.broken}"
    if verdict.broken is None:
        return f"{at} holds now: take its row out of exceptions.py"
    if wrong.shows not in verdict.broken:
        return f"{at} is broken otherwise than exceptions.py says, {wrong.shows!r}: {verdict.broken}"
    return None


def failures(verdicts: list[Verdict], named: list[Wrong], whole: bool) -> list[str]:
    """What is wrong with the verdicts, and with the exceptions where the whole suite has run."""
    found = [text for verdict in verdicts if (text := failure(verdict, name_for(verdict, named)))]
    judged = {(verdict.target, verdict.scenario, verdict.claim) for verdict in verdicts}
    for wrong in named if whole else []:
        if (wrong.target, wrong.scenario, wrong.claim) not in judged:
            found.append(f"exceptions.py names what is no claim: {wrong}")
    return found


def report(verdicts: list[Verdict], named: list[Wrong], whole: bool) -> int:
    exceptions = [verdict for verdict in verdicts if name_for(verdict, named)]
    print("\nNamed exceptions: on whom, which claim [AWS's page], and what is seen instead")
    for verdict in exceptions:
        print(f"  {verdict.target}: {verdict.scenario}: {verdict.claim} [{verdict.page}]: {verdict.broken}")
    failed = failures(verdicts, named, whole)
    if failed:
        print("\nFailures")
    for text in failed:
        print(f"  {text}")
    table(verdicts)
    passed = sum(failure(verdict, name_for(verdict, named)) is None for verdict in verdicts)
    print(f"\nOf those that pass, {len(exceptions)} are named exceptions: moto is still wrong there.")
    print(f"{passed} passed, {len(failed)} failed")
    tally({"claims that hold": passed - len(exceptions), "named exceptions of moto, still so": len(exceptions)})
    return 1 if failed else 0


def tally(swept: dict[str, int]) -> None:
    """For the table of `make prove`, which names the file."""
    if path := os.environ.get("PROVE_TALLY"):
        with Path(path).open("a") as file:
            file.writelines(f"conformance\t{what}\t{count}\n" for what, count in swept.items())


def table(verdicts: list[Verdict]) -> None:
    """A row for each scenario: on each target, how many claims hold, and how many are named exceptions."""
    targets = list(dict.fromkeys(verdict.target for verdict in verdicts))
    counts = Counter((verdict.scenario, verdict.target, verdict.broken is None) for verdict in verdicts)
    print(f"\n{'scenario':40}" + "".join(f"{target:>20}" for target in targets))
    for scenario in dict.fromkeys(verdict.scenario for verdict in verdicts):
        found = [(counts[scenario, target, True], counts[scenario, target, False]) for target in targets]
        print(
            f"{scenario:40}" + "".join(f"{f'{held} + {broken}' if held + broken else '':>20}" for held, broken in found)
        )
    totals = [Counter(verdict.broken is None for verdict in verdicts if verdict.target == target) for target in targets]
    print(f"{'claims that hold + that do not':40}" + "".join(f"{f'{t[True]} + {t[False]}':>20}" for t in totals))
