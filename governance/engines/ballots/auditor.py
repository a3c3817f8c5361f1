"""The auditor as a program: its options, the files that it reads, the sentences that it prints. The house has
it as a command, everybody else as one file (docs/verify)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from governance.engines.ballots.audit import Expected, Progress, verify_archive
from governance.engines.ballots.credentials import is_uuid
from governance.engines.ballots.telling import Words, lines_of

HOLDS, FAULTY, UNREADABLE = 0, 1, 2
LANGUAGES = ("fr", "en")
_EACH = 1000  # ballots, from one line of progress to the next

Say = Callable[[str], object]


def audit_alone(words: Mapping[str, Words], arguments: Sequence[str]) -> int:
    """The whole program, where there is no house: `words` by language."""
    first = ArgumentParser(add_help=False)
    first.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    spoken = words[first.parse_known_args(arguments)[0].lang]
    parser = ArgumentParser(description=spoken["help"])
    add_options(parser, spoken)
    options = vars(parser.parse_args(arguments))
    return verify_files(options, spoken, print, partial(print, file=sys.stderr, flush=True))


def add_options(parser: ArgumentParser, words: Words) -> None:
    option = parser.add_argument
    option("archive", metavar="ARCHIVE", type=Path, help=words["help_archive"])
    option("--strict-proofs", metavar="FILE", type=Path, help=words["help_strict"])
    option("--head", metavar="HASH", type=str.strip, help=words["help_head"])
    option("--fingerprint", metavar="B64", type=str.strip, help=words["help_fingerprint"])
    option("--roll", metavar="B64", type=str.strip, dest="roll_fingerprint", help=words["help_roll"])
    option("--voters", metavar="N", type=int, help=words["help_voters"])
    option("--earlier", metavar="FILE", type=Path, help=words["help_earlier"])
    option("--tracker", metavar="B64", type=str.strip, action="append", help=words["help_tracker"])
    option("--open", action="store_true", help=words["help_open"])
    option("--foreign", action="store_true", help=words["help_foreign"])
    option("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=words["help_lang"])


def verify_files(options: Mapping[str, Any], words: Words, say: Say, say_aside: Say) -> int:
    """Verifies the archive of these options and says all of it; gives the status of the program."""
    try:
        data, earlier, strict = (
            path and path.read_bytes()
            for path in (options["archive"], options["earlier"], options["strict_proofs"])
        )
    except OSError as error:
        say_aside(words["unreadable"] % {"path": error.filename})
        return UNREADABLE
    name = options["archive"].stem
    expected = Expected(
        uuid=name if is_uuid(name) else None,
        head=options["head"],
        fingerprint=options["fingerprint"],
        roll_fingerprint=options["roll_fingerprint"],
        voters=options["voters"],
        earlier=earlier,
        trackers=tuple(options["tracker"] or ()),
    )
    report = verify_archive(
        data,
        expected=expected,
        strict=strict,
        foreign=options["foreign"],
        unfinished=options["open"],
        progress=_by_thousands(words, say_aside),
    )
    for line in lines_of(report, words):
        say(line)
    return HOLDS if report.sound else FAULTY


def _by_thousands(words: Words, say: Say) -> Progress:
    def told(done: int, total: int) -> None:
        if done % _EACH == 0:
            say(words["progress"] % {"done": done, "total": total})

    return told
