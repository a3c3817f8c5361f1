"""The tables of moves of sales and of people, each with a row made by services and the page of each move."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from invoicing.services.approving import approve_quote
from invoicing.services.submitting import submit_invoice, submit_quote
from people.services.guide import write_page
from people.states import RoleKind
from tests.factories import desk, quotes
from tests.factories import invoicing as sales
from tests.factories.coaching import person_of
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.own_data import desk_of, make_officer
from tests.factories.people import make_user
from tests.house.moves_of_path import day
from tests.house.moving import Case, Page, Subject


def _sold(kind: str) -> Case:
    """A draft of somebody whose documents the team checks."""
    user, activity = make_entrepreneur()
    customer = sales.firm(activity, email="client@exemple.fr")
    make = quotes.quote if kind == "quote" else sales.draft
    return Case(make(activity, customer=customer), [user])


def _submitted_quote(case: Case) -> Any:
    return submit_quote(case.row, actor=None, on=timezone.localdate())


def _submitted_invoice(case: Case) -> Any:
    return submit_invoice(case.row, actor=None, on=timezone.localdate())


def _approved(case: Case) -> Any:
    return approve_quote(case.row, actor=None, on=timezone.localdate())


def _revised(case: Case) -> Any:
    """The version in force; the next one, which the team is about to check, is known."""
    former = _approved(case)
    case.known = {"next": submit_quote(quotes.revision(former), actor=None, on=timezone.localdate())}
    return former


def _sales(name: str, sends: Any = None, before: Any = None, *words: Any) -> Page:
    return Page(f"invoicing:{name}", words, sends or {}, before)


def _corrected(kind: str, before: Any) -> Page:
    said = {"do": "correct", "reason": "Il manque une ligne."}
    return Page("invoicing:queue_document", (), said, before, keys=lambda case: (kind, case.row.pk))


def _answer(word: str) -> dict[str, str]:
    return {"answer": word, "name": "Jeanne Durand", "on": day(), "reason": "Trop tard."}


def _letter(_case: Case) -> dict[str, Any]:
    return {"to": ["client@exemple.fr"], "subject": "Votre devis", "body": "Bonjour,"}


# People.
def _desk(name: str) -> Case:
    officer = make_officer()
    return Case(desk_of(officer, make_user(RoleKind.ENTREPRENEUR))[name], [officer])


def _asked() -> Case:
    user = make_user(RoleKind.ENTREPRENEUR)
    officer = make_user(RoleKind.HUMAN_RESOURCES)
    return Case(desk.make_request(user), [officer, user], {"person": person_of(user)})


def _request(act: str, prefix: str = "", **said: str) -> Page:
    return Page(
        "people:request_detail", (), {"do": act} | {f"{prefix}-{name}": word for name, word in said.items()}
    )


def _guide() -> Case:
    keeper = make_user(RoleKind.HUMAN_RESOURCES)
    return Case(write_page(None, title="Poser un congé", text="Demandez-le.", actor=keeper), [keeper])


_WORD = "Merci de préciser."

HOUSE: dict[str, Subject] = {
    "invoicing.Invoice": Subject(
        lambda: _sold("invoice"),
        {
            "submit": _sales("invoice_submit"),
            "take_back": _sales("invoice_take_back", before=_submitted_invoice),
            "correct": _corrected("factures", _submitted_invoice),
            "issue": _sales("invoice_issue", {"on": day()}),
            "discard": _sales("invoice_discard"),
            "restore": _sales("invoice_restore"),
        },
    ),
    "invoicing.Quote": Subject(
        lambda: _sold("quote"),
        {
            "submit": _sales("quote_submit"),
            "take_back": _sales("quote_take_back", before=_submitted_quote),
            "correct": _corrected("devis", _submitted_quote),
            "approve": _sales("quote_approve"),
            "send": _sales("quote_send", _letter, _approved),
            "accept": _sales("quote_answer", _answer("accept"), _approved),
            "refuse": _sales("quote_answer", _answer("refuse"), _approved),
            "replace": Page(
                "invoicing:queue_document",
                (),
                {"do": "validate"},
                _revised,
                keys=lambda case: ("devis", case.known["next"].pk),
            ),
            "withdraw": _sales("quote_withdraw", before=_approved),
            "discard": _sales("quote_discard"),
            "restore": _sales("quote_restore"),
        },
    ),
    "people.DataIncident": Subject(
        lambda: _desk("incident"),
        {
            "notify": Page(
                "people:incident_act",
                ("notifier",),
                lambda _case: {"notified_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "late_because": ""},
            ),
            "close": Page("people:incident_act", ("clore",), {"conclusion": "Clé retrouvée."}),
        },
    ),
    "people.DataRequest": Subject(
        lambda: _desk("request"),
        {
            "answer": Page("people:data_request_act", ("repondre",), {"answer": "C’est corrigé."}),
            "refuse": Page("people:data_request_act", ("refuser",), {"answer": "Le nom est exact."}),
        },
    ),
    "people.RetentionProposal": Subject(
        lambda: _desk("proposal"),
        {
            "approve": Page("people:retention_erase"),
            "keep": Page("people:retention_keep", (), {"reason": "Un recours court.", "keep_until": day(60)}),
        },
    ),
    "people.guide": Subject(
        _guide,
        {
            "publish": Page("people:guide_act", (), {"do": "publish"}),
            "withdraw": Page("people:guide_act", (), {"do": "withdraw"}),
        },
    ),
    "people.request": Subject(
        _asked,
        {
            "take": _request("take"),
            "release": _request("release"),
            "hand_over": _request("hand_over", "hand_over", department="accounts", text=_WORD),
            "ask": _request("ask", "answer", text=_WORD),
            "answer": _request("answer", "answer", text=_WORD),
            "close": _request("close"),
            "specify": _request("specify", "specify", text=_WORD),
            "reopen": _request("reopen", "reopen", text=_WORD),
        },
    ),
}
