"""The table of moves of a secret ballot, with a row made by services and the page of each move."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from governance.services.secret_opening import pause_secret_vote
from governance.states.secret import SecretState
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.house.moves_of_path import WHY
from tests.house.moving import Case, Page, Subject


def _scrutin() -> Case:
    scrutin = make_scrutin()
    users = [scrutin.actor, *scrutin.keepers, *scrutin.sitting.users]
    return Case(scrutin.vote, users, {"scrutin": scrutin})


def _reached(state: str) -> Any:
    """Brings the scrutin there, whatever an earlier page had done with it."""

    def before(case: Case) -> Any:
        scrutin: Scrutin = case.known["scrutin"]
        scrutin.vote = case.row
        return scrutin.reach(state).vote

    return before


def _with_cards(case: Case) -> Any:
    """All that is sealed is there."""
    scrutin: Scrutin = case.known["scrutin"]
    _reached(SecretState.ROLL_FROZEN)(case)
    scrutin.make_cards()
    scrutin.make_keys()
    return scrutin.vote


def _paused(case: Case) -> Any:
    row = _reached(SecretState.OPEN)(case)
    return pause_secret_vote(row, reason="Panne", actor=case.users[0], at=timezone.now())


def _button(do: str, before: Any) -> Page:
    return Page("governance:secret_act", (), {"do": do}, before)


def _asked(word: str, before: Any = None, **sends: Any) -> Page:
    return Page("governance:secret_ask", (word,), sends, before)


SECRET: dict[str, Subject] = {
    "governance.SecretVote": Subject(
        _scrutin,
        {
            "freeze_roll": _asked("arreter"),
            "ready_keys": _button("ready_keys", _with_cards),
            "rehearse": _button("rehearse", _reached(SecretState.KEYS_READY)),
            "open": _asked("ouvrir", _reached(SecretState.TESTED)),
            "pause": _asked("suspendre", _reached(SecretState.OPEN), **WHY),
            "resume": _asked("reprendre", _paused, **WHY),
            "close": _asked("clore", _reached(SecretState.OPEN)),
            "tally": _button("tally", _reached(SecretState.CLOSED)),
            "verify": _button("verify", _reached(SecretState.DECRYPTED)),
            "proclaim": _asked("proclamer", _reached(SecretState.VERIFIED)),
            "record": _asked("publier", _reached(SecretState.PROCLAIMED)),
            "cancel": _asked("annuler", None, **WHY),
        },
    ),
}
