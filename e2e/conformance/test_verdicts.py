"""The judge is judged: what fails the run, and what does not."""

import unittest

from claims import Claims, Verdict, equal, refused
from exceptions import Wrong
from report import failures

NAMED = Wrong("moto", "s", "c", "there is no x")


class Verdicts(unittest.TestCase):
    def test_failures(self) -> None:
        cases = [
            ("a claim that holds", Verdict("moto", "s", "other", "p", None), [], 0),
            ("a broken claim that nothing names", Verdict("moto", "s", "c", "p", "there is no x"), [], 1),
            ("a broken claim that is named", Verdict("moto", "s", "c", "p", "there is no x"), [NAMED], 0),
            ("a named claim that holds again", Verdict("moto", "s", "c", "p", None), [NAMED], 1),
            ("a named claim that is broken otherwise", Verdict("moto", "s", "c", "p", "there is no y"), [NAMED], 1),
            ("the same claim of another target", Verdict("aws-sim", "s", "c", "p", "there is no x"), [NAMED], 2),
            ("a name for no claim", Verdict("moto", "s", "other", "p", None), [NAMED], 1),
        ]
        for what, verdict, named, wanted in cases:
            with self.subTest(what):
                found = failures([verdict], named, whole=True)
                self.assertEqual(len(found), wanted, f"{what}: {found}")

    def test_a_broken_claim_is_recorded_and_the_scenario_goes_on(self) -> None:
        claims = Claims("moto", "s")
        with claims("broken", "p"):
            equal(1, 2, "the number")
        with claims("accepted", "p"):
            refused("SomeException", lambda: None)
        with claims("holds", "p"):
            equal(1, 1, "the number")
        broken = [verdict.broken for verdict in claims.verdicts]
        self.assertEqual(broken, ["the number is 1, not 2", "it is accepted, not refused with SomeException", None])


if __name__ == "__main__":
    unittest.main()
