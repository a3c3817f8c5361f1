"""What the auditor says of an archive, line by line, in the words that it is given: those of the house in its
command, those written into the script that needs nothing of the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from governance.engines.ballots.archive import Where
from governance.engines.ballots.audit import Finding, Report, Step, Verdict

Words = Mapping[str, str]

# Names of the places of a fault, the most telling first.
_PLACES = ("tracker", "owner", "member", "height", "offset")


def lines_of(report: Report, words: Words) -> Iterator[str]:
    """The whole report."""
    if report.election:
        yield words["election"] % {"name": _plain(report.election.name), "uuid": report.election.uuid}
    for step in Step:
        yield words["step"] % {
            "number": step.value,
            "step": words[f"step_{step.name.lower()}"],
            "verdict": words[f"verdict_{report.verdicts[step]}"],
        }
        yield from (f"   {fault_told(one, words)}" for one in report.faults if one.step is step)
    yield from _facts(report, words)
    yield from _counts(report, words)
    yield from _left(report, words)
    yield words["sound"] if report.sound else words["unsound"] % {"count": len(report.faults)}


def fault_told(finding: Finding, words: Words) -> str:
    """One fault, after its place."""
    places = ", ".join(_places(finding.where, words))
    sentence = words[f"fault_{finding.code}"]
    return words["fault"] % {"place": places, "sentence": sentence} if places else sentence


def _places(where: Where, words: Words) -> Iterator[str]:
    for name in _PLACES:
        value = getattr(where, name)
        if value is not None:
            yield words[f"place_{name}"] % {name: value}


def _facts(report: Report, words: Words) -> Iterator[str]:
    """What is to be compared with what was announced."""
    told = {
        "fingerprint": report.fingerprint,
        "roll": report.roll_fingerprint,
        "head": report.head,
        "credentials": report.credentials,
        "ballots": len(report.trackers),
        "kept": report.kept,
    }
    for name, value in told.items():
        if value:
            yield words[f"fact_{name}"] % {name: value}


def _counts(report: Report, words: Words) -> Iterator[str]:
    """The result, in the words of the election; only once the whole of it holds."""
    questions = report.election.questions if report.election and report.sound else ()
    for question, counts in zip(questions, report.counts, strict=False):
        yield _plain(question.question)
        names = [words["blank"]] * question.blank + list(question.answers)
        for name, count in zip(names, counts, strict=True):
            yield "   " + words["count"] % {"answer": _plain(name), "count": count}


def _plain(text: str) -> str:
    """A text of the archive, on its line: one with ends of lines or orders to the terminal could write a
    report of its own."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _left(report: Report, words: Words) -> Iterator[str]:
    """What this run could not prove."""
    if report.verdicts[Step.SHARES] is Verdict.HOLDS:
        yield words["strict_held"] if report.strict else words["strict_absent"]
    for name in report.unasked:
        yield words[f"unasked_{name}"]
