"""Two hands on the rules, on a seat, on the book: each is written once, whoever comes second is told."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from governance.models import Body, Decision, Mandate, RuleSet
from governance.selectors.mandates import mandate_end
from governance.services.bodies import BodyData, open_body
from governance.services.decisions import DecisionData, note_decision, write_decision
from governance.services.founding_texts import file_text
from governance.services.mandates import MandateData, open_mandate
from governance.services.rule_sets import RuleSetData, confirm_rule_set, draft_from_preset
from governance.services.share_classes import ClassData, open_class
from governance.states.bodies import BodyKind
from governance.states.rules import RuleForm, RuleSetState
from tests.factories.governance import make_assembly, make_organiser, make_resolution
from tests.factories.governance_assemblies import PDF
from tests.factories.governance_bodies import make_body
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_person
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def refusals(results: list[object]) -> list[Code]:
    return [one.code for one in results if isinstance(one, Refused)]


def test_one_draft_is_opened_and_put_in_force_once(race: Race) -> None:
    actor, data = make_organiser(), RuleSetData(valid_from=date(2027, 1, 1), reason="statuts")
    drafting = partial(draft_from_preset, form=RuleForm.SCOP_SARL, data=data, actor=actor)
    assert refusals(race([drafting] * 3)) == [Code.DUPLICATE] * 2
    row = RuleSet.objects.get()
    row.lines.update(confirmed_at=timezone.now(), confirmed_by=actor)
    assert refusals(race([partial(confirm_rule_set, row, actor=actor)] * 2)) == [Code.ILLEGAL_MOVE]
    row.refresh_from_db()
    assert row.state == RuleSetState.CONFIRMED


def test_a_name_a_day_a_code_is_taken_once(race: Race) -> None:
    make_cooperative()
    actor, today = make_organiser(), timezone.localdate()
    text = {"kind": "statutes", "title": "Statuts", "valid_from": today, "decision": "AG"}
    of_shares = {"nominal": Decimal("20.00"), "data": ClassData("Parts B")}
    acts: list[partial[Any]] = [
        partial(open_body, data=BodyData("Comité", BodyKind.COMMITTEE), actor=actor),
        partial(file_text, content=PDF, name="statuts.pdf", today=today, actor=actor, **text),
        partial(open_class, code="B", actor=actor, **of_shares),
    ]
    for act in acts:
        assert refusals(race([act] * 3)) == [Code.DUPLICATE] * 2


def test_one_person_takes_one_seat(race: Race) -> None:
    actor, body, person, today = make_organiser(), make_body(), make_person(), timezone.localdate()
    data = MandateData(person, "Membre", today, mandate_end(today, 24), "AG")
    later = MandateData(person, "Membre", today + timedelta(days=30), mandate_end(today, 30), "AG")
    acts = [partial(open_mandate, body, data=one, despite=False, actor=actor) for one in (data, data, later)]
    assert refusals(race(acts)) == [Code.DUPLICATE] * 2
    assert Mandate.objects.count() == 1


def test_a_decision_is_written_once_and_the_general_assembly_too(race: Race) -> None:
    actor, today = make_organiser(), timezone.localdate()
    assembly = make_assembly()
    resolutions = [make_resolution(assembly), make_resolution(assembly)]
    noted = [
        partial(note_decision, resolution, on=today, text="Adopté.", actor=actor)
        for resolution in resolutions
    ]
    assert refusals(race([*noted, *noted])) == []
    assert Decision.objects.count() == 2
    assert Body.objects.get().kind == BodyKind.ASSEMBLY
    data = DecisionData(on=today, body=Body.objects.get(), title="Ouvrir un lieu")
    assert refusals(race([partial(write_decision, data=data, today=today, actor=actor)] * 2)) == [
        Code.DUPLICATE
    ]
    assert Decision.objects.count() == 3
