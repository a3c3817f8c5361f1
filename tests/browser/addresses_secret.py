"""The addresses of secret ballots and how the walk reaches them: the bureau, voters and scrutineers each see
their own pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.house import House
from tests.browser.stops import ACTS, FILE, Stop, seen_by

NO_PAGE = {
    "governance:box_archive": FILE,
    "governance:box_cards": FILE,
    "governance:box_election": FILE,
    "governance:box_program": FILE,
    "governance:box_proofs": FILE,
    "governance:box_roll": FILE,
    "governance:secret_act": ACTS,
    "governance:secret_ballot": ACTS,
    "governance:secret_key_steps": FILE,
    "governance:secret_note": ACTS,
}


def scrutin(state: str, *more: Any) -> Callable[[House], Any]:
    """A scrutin of the house at this stage, then the words that its address adds."""
    return lambda house: (house.governed["scrutins"][state].vote.pk, *more)


def box(state: str) -> Callable[[House], Any]:
    """What stands in the address of a box of this scrutin."""
    return lambda house: (house.governed["scrutins"][state].box.uuid,)


def balloting(house: House) -> Any:
    """The assembly whose secret ballots the walk visits."""
    return house.governed["balloting"]


_m = seen_by("co_manager", "governance")
_a = seen_by("member", "governance")

_BUREAU = (
    _m("secret_list", balloting, "some"),
    _a("secret_list", balloting, "associate"),
    _m("secret_list", lambda house: house.governed["sitting"], "none"),
    _m("secret_prepare", balloting),
    *(
        _m("secret_detail", scrutin(state), state)
        for state in (
            "draft",
            "roll_frozen",
            "tested",
            "open",
            "tallied",
            "verified",
            "recorded",
            "cancelled",
        )
    ),
    _a("secret_detail", scrutin("open"), "associate"),
    _m("secret_ask", scrutin("draft", "arreter"), "freeze"),
    _m("secret_ask", scrutin("roll_frozen", "cles"), "restart"),
    _m("secret_ask", scrutin("roll_frozen", "codes"), "renew"),
    _m("secret_ask", scrutin("tested", "ouvrir"), "open"),
    _m("secret_ask", scrutin("open", "suspendre"), "pause"),
    _m("secret_ask", scrutin("open", "reprendre"), "resume"),
    _m("secret_ask", scrutin("open", "prolonger"), "extend"),
    _m("secret_ask", scrutin("open", "clore"), "close"),
    _m("secret_ask", scrutin("verified", "proclamer"), "proclaim"),
    _m("secret_ask", scrutin("verified", "publier"), "record"),
    _m("secret_ask", scrutin("open", "annuler"), "cancel"),
    _m("secret_certificate", scrutin("tested"), "to-open"),
    _m("secret_certificate", scrutin("recorded"), "opened"),
    _m("secret_roll", scrutin("open"), "open"),
    _m("secret_roll", scrutin("recorded"), "closed"),
    _m("secret_roll", scrutin("draft"), "none"),
    _m("secret_roll", scrutin("open"), "nothing-found", query="?q=introuvable"),
)

_VOTERS = (
    _a("secret_cast", scrutin("open"), "open"),
    _a("secret_cast", scrutin("tested"), "before"),
    _a("secret_cast", scrutin("recorded"), "closed"),
    _a("box_board", box("open"), "live"),
    _a("box_board", box("tested"), "empty"),
    Stop("governance:box_board", "visitor", box("recorded"), "public"),
    Stop("governance:box_verify", "visitor"),
    Stop("governance:ballot_check", "visitor"),
)

_KEEPERS = (
    _a("secret_key", scrutin("tallied"), "to-share"),
    _a("secret_key", scrutin("draft"), "to-make"),
    _a("secret_key", scrutin("roll_frozen"), "to-compare"),
    _a("secret_key", scrutin("tested"), "kept"),
    _a("secret_key", scrutin("cancelled"), "over"),
    _a("secret_cards", scrutin("roll_frozen"), "to-make"),
    _a("secret_cards", scrutin("draft"), "too-early"),
    _a("secret_cards", scrutin("open"), "made"),
    _m("secret_watch", scrutin("open"), "open"),
    _m("secret_watch", scrutin("roll_frozen"), "unsealed"),
    _a("secret_watch", scrutin("tallied"), "counted"),
)

STOPS: tuple[Stop, ...] = (
    *_BUREAU,
    *_VOTERS,
    *_KEEPERS,
)
