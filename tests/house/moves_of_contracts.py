"""The tables of moves of what is signed or joined, contracts and collectives: their rows and their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cae.core.signing import Hand
from entrepreneurs.models import ContractTerms
from entrepreneurs.services.agreement_signing import sign_agreement
from entrepreneurs.services.agreements import content_hash, propose_agreement
from entrepreneurs.services.clauses import draft_amendment, write_clauses
from tests.factories import collectives
from tests.factories.coaching import person_of
from tests.factories.contracts import (
    CLAUSES_OF,
    hand_over,
    make_draft,
    make_manager,
    make_signed,
    make_signer,
    no_code,
    sign_next,
)
from tests.factories.entrepreneurs import make_entrepreneur
from tests.house.moves_of_path import ORIGIN, WHY, day
from tests.house.moving import Case, Page, Subject


# Collectives.
def _gathered(name: str, *more: str) -> Case:
    no_code()
    user, _own = make_entrepreneur()
    made = collectives.gathered(user)
    return Case(made[name], [user, *(made[one] for one in more), make_manager()], made)


def _to_countersign(case: Case) -> Any:
    agreement = propose_agreement(case.row, actor=None)
    for share in agreement.shares.select_related("person"):
        hand = Hand(str(share.person), typed=str(share.person))
        sign_agreement(
            agreement, person=share.person, hand=hand, origin=ORIGIN, at=timezone.now(), actor=None
        )
    return agreement


def _countersign_form(case: Case) -> dict[str, Any]:
    return {"way": "typed", "typed": "Gérance", "accepted": "on", "shown": content_hash(case.row)}


def _proposed(case: Case) -> Any:
    return propose_agreement(case.row, actor=None)


_AGREEMENT, _CLAIM, _JOIN = (f"entrepreneurs:{name}_move" for name in ("agreement", "claim", "join"))


# Contracts.
def _bound() -> Case:
    no_code()
    user, manager = make_signer(), make_manager()
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=60)}
    return Case(make_draft(person_of(user), **days), [user, manager], {"user": user, "manager": manager})


def _first_terms(case: Case) -> ContractTerms:
    return ContractTerms.objects.get(contract=case.row, number=0)


def _handed(case: Case) -> Any:
    hand_over(_first_terms(case), at=timezone.now())
    return case.row


def _half_signed(case: Case) -> Any:
    terms = hand_over(_first_terms(case), at=timezone.now())
    sign_next(terms, case.known["user"], at=timezone.now())
    return case.row


def _whole(case: Case) -> Any:
    _half_signed(case)
    sign_next(_first_terms(case), case.known["manager"], at=timezone.now())
    return case.row


def _contract(name: str, sends: Any = None, before: Any = None, *, leads_away: bool = False) -> Page:
    return Page(
        f"entrepreneurs:{name}",
        (),
        sends or {},
        before,
        keys=lambda case: (_first_terms(case).pk,),
        leads_away=leads_away,
    )


def _sign_form(case: Case) -> dict[str, Any]:
    terms = case.row if isinstance(case.row, ContractTerms) else _first_terms(case)
    return {"way": "typed", "typed": "Gérance", "accepted": "on", "shown": terms.content_sha256}


def _amended() -> Case:
    user, manager = make_signer(), make_manager()
    today = timezone.localdate()
    signed = make_signed(
        user, manager=manager, kind="cesa", starts_on=today - timedelta(days=200), at=timezone.now()
    )
    terms = draft_amendment(
        signed, starts_on=today + timedelta(days=30), subject="Nouveaux objectifs", actor=None
    )
    terms = write_clauses(terms, clauses=CLAUSES_OF["cesa"], actor=None)
    return Case(terms, [user, manager], {"user": user, "manager": manager})


def _terms_handed(case: Case) -> Any:
    return hand_over(case.row, at=timezone.now())


def _terms_half_signed(case: Case) -> Any:
    terms = hand_over(case.row, at=timezone.now())
    sign_next(terms, case.known["user"], at=timezone.now())
    return terms


SIGNED: dict[str, Subject] = {
    "entrepreneurs.Agreement": Subject(
        lambda: _gathered("drafted"),
        {
            "propose": Page(_AGREEMENT, ("proposer",)),
            "take_back": Page(_AGREEMENT, ("reprendre",), before=_proposed),
            "decline": Page("entrepreneurs:agreement_decline", (), WHY, _proposed),
            "countersign": Page(
                "entrepreneurs:agreement_countersign", (), _countersign_form, _to_countersign
            ),
            "cancel": Page(_AGREEMENT, ("abandonner",)),
        },
    ),
    "entrepreneurs.Claim": Subject(
        lambda: _gathered("claim"),
        {
            "send": Page(_CLAIM, ("transmettre",), {"reference": "S-1"}),
            "close": Page(_CLAIM, ("clore",), {"outcome": "Vitre remplacée."}),
            "reopen": Page(_CLAIM, ("rouvrir",)),
        },
    ),
    "entrepreneurs.JoinRequest": Subject(
        lambda: _gathered("demand", "asking"),
        {
            "accept": Page(_JOIN, ("accepter",), {"starts_on": day()}),
            "refuse": Page(_JOIN, ("refuser",), WHY),
            "withdraw": Page(_JOIN, ("retirer",)),
        },
    ),
    "entrepreneurs.contract": Subject(
        _bound,
        {
            "send": _contract("terms_send"),
            "take_back": _contract("terms_take_back", before=_handed),
            "decline": _contract("terms_decline", WHY, _handed),
            "conclude": _contract("terms_sign", _sign_form, _half_signed, leads_away=True),
            "cancel": _contract("terms_cancel"),
            "end": Page(
                "entrepreneurs:contract_end", (), WHY | {"last_day": day(-1), "kind": "early"}, _whole
            ),
        },
    ),
    "entrepreneurs.contractterms": Subject(
        _amended,
        {
            "send": Page("entrepreneurs:terms_send"),
            "take_back": Page("entrepreneurs:terms_take_back", before=_terms_handed),
            "decline": Page("entrepreneurs:terms_decline", (), WHY, _terms_handed),
            "conclude": Page("entrepreneurs:terms_sign", (), _sign_form, _terms_half_signed, leads_away=True),
            "cancel": Page("entrepreneurs:terms_cancel"),
        },
    ),
}
