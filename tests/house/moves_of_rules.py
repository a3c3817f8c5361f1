"""The moves of the rules and of the book of decisions, each with a row and the page that does it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from governance.models import Decision
from governance.services.decisions import finish_decision
from governance.services.rule_sets import RuleSetData, draft_from_preset
from governance.states.rules import RuleForm
from tests.factories.governance import make_organiser
from tests.factories.governance_bodies import make_body
from tests.factories.people import make_user
from tests.house.moving import Case, Page, Subject


def _drafted() -> Case:
    data = RuleSetData(valid_from=date(2027, 1, 1), reason="statuts")
    return Case(draft_from_preset(form=RuleForm.SCOP_SARL, data=data, actor=make_organiser()))


def _read(case: Case) -> Any:
    """Each line read and confirmed by somebody."""
    case.row.lines.update(confirmed_at=timezone.now(), confirmed_by=make_organiser())
    return case.row


def _decided() -> Case:
    """A decision that somebody who is no associate is in charge of."""
    doer = make_user()
    row = Decision.objects.create(
        on=timezone.localdate(), body=make_body(), title="Ouvrir un lieu", owner=doer.person
    )
    return Case(row, [doer])


def _finished(case: Case) -> Any:
    return finish_decision(case.row, outcome="Bail signé.", actor=make_organiser())


def _act(name: str, before: Any = None, **more: str) -> Page:
    return Page("governance:decision_act", (), {"do": name} | more, before)


RULES: dict[str, Subject] = {
    "governance.RuleSet": Subject(
        _drafted,
        {
            "confirm": Page("governance:rule_set_act", (), {"do": "confirm"}, _read),
            "discard": Page("governance:rule_set_act", (), {"do": "discard"}),
        },
    ),
    "governance.Decision": Subject(
        _decided,
        {
            "finish": _act("finish", **{"finish-outcome": "Bail signé."}),
            "drop": _act("drop", **{"drop-outcome": "Trop cher."}),
            "settle": _act("settle"),
            "reopen": _act("reopen", _finished),
        },
    ),
}
