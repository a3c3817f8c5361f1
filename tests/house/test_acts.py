"""Every act that the journal may bear has its words."""

import re

from cae.core import workflow
from cae.core.acts import ACTS, DETAILS
from tests.house.test_reach import sources

ROOMS = "core|people|entrepreneurs|accounting|invoicing|governance"
RECORD = re.compile(rf"""audit\.record\(\s*[^"]*?"((?:{ROOMS})\.[\w.]+)\"""")
# Handed to a helper that records, or chosen between two.
VERB = re.compile(rf"""\bverb ?= ?"((?:{ROOMS})\.[\w.]+)\"""")


def test_every_recorded_act_has_words_and_no_word_lies_idle() -> None:
    moves = {f"{flow.model}.{move.name}" for flow in workflow.WORKFLOWS for move in flow.moves}
    recorded = set(RECORD.findall(sources())) | moves
    recorded |= set(VERB.findall(sources()))
    assert recorded - set(ACTS) == set()
    text = sources()
    assert {verb for verb in ACTS if verb not in moves and text.count(f'"{verb}"') < 2} == set()


def test_every_detail_has_words() -> None:
    keys = {
        key
        for block in re.findall(r"detail=\{([^}]*)\}", sources())
        for key in re.findall(r'"(\w+)":', block)
    }
    assert keys - set(DETAILS) == set()
