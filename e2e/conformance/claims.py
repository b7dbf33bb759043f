"""Claims: what AWS documents, one sentence each, and whether a target keeps them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError


ACCEPTED = "it is accepted"


@dataclass(frozen=True)
class Verdict:
    target: str
    scenario: str
    claim: str
    page: str
    """AWS's page: an operation of the API reference, or the title of a page of the developer guide."""
    broken: str | None
    """What was seen instead, or None where the claim holds."""


class Claims:
    """Records what one scenario finds on one target; a claim that is broken does not end the scenario."""

    def __init__(self, target: str, scenario: str) -> None:
        self.target, self.scenario = target, scenario
        self.verdicts: list[Verdict] = []

    @contextmanager
    def __call__(self, claim: str, page: str) -> Iterator[None]:
        broken = None
        try:
            yield
        except (AssertionError, BotoCoreError, ClientError, LookupError, TypeError) as error:
            broken = describe(error)
        assert claim not in {verdict.claim for verdict in self.verdicts}, f"two claims are called {claim!r}"
        self.verdicts.append(Verdict(self.target, self.scenario, claim, page, broken))


def describe(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"there is no {error.args[0]}"
    if isinstance(error, ClientError):
        return f"{error.operation_name} was refused with {' '.join(code_and_line(error))}"
    return str(error) or type(error).__name__


def code_and_line(error: ClientError) -> tuple[str, str]:
    """The code, and the first line of the message: some answer with a page of HTML."""
    answer = error.response["Error"]
    return answer["Code"], (answer["Message"].splitlines() or [""])[0]


def equal(seen: Any, wanted: Any, what: str) -> None:
    assert seen == wanted, f"{what} is {seen!r}, not {wanted!r}"


def absent(answer: dict[str, Any], member: str) -> None:
    """AWS leaves a list that it does not describe empty or out; both mean the same."""
    assert not answer.get(member), f"{member} is described: {answer[member]!r}"


def contains(seen: Any, wanted: Any, what: str) -> None:
    """Every member that is wanted is there; AWS may describe more."""
    if isinstance(wanted, dict) and isinstance(seen, dict):
        for name, value in wanted.items():
            contains(seen.get(name), value, f"{what}.{name}")
    elif isinstance(wanted, list) and isinstance(seen, list):
        equal(len(seen), len(wanted), f"the length of {what}")
        for index, (item, value) in enumerate(zip(seen, wanted, strict=True)):
            contains(item, value, f"{what}[{index}]")
    elif wanted or seen:
        equal(seen, wanted, what)


def refused(codes: str, call: Callable[..., Any], /, **request: Any) -> str:
    """The call is answered with one of these error codes (`A|B`); gives the message."""
    try:
        call(**request)
    except ClientError as error:
        code, message = code_and_line(error)
        assert code in codes.split("|"), f"the error is {code}, not {codes}: {message}"
        return message
    raise AssertionError(f"{ACCEPTED}, not refused with {codes}")
