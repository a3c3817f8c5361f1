"""What the rules in force say of managers bounds their mandates, not only the warning before (GOV-13)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cae.core.errors import Code, Refused
from governance.models import Mandate
from governance.services.mandates import MandateChange, MandateData, change_mandate, open_mandate
from governance.states.bodies import BodyKind
from tests.factories.governance import make_organiser, make_rule_set
from tests.factories.governance_bodies import make_body
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_a_manager_stays_within_the_rules_in_force() -> None:
    """The page of the body says nothing: the rules, confirmed line by line, do."""
    make_rule_set(manager_term_months="24", manager_terms_most="1")
    actor, body, person = make_organiser(), make_body(kind=BodyKind.MANAGEMENT), make_person()

    def opened(year: int, last: date, **how: Any) -> Mandate:
        data = MandateData(person, "Gérante", date(year, 1, 1), last, "AG du 1er juin")
        return open_mandate(body, data=data, actor=actor, **{"despite": False} | how)

    with pytest.raises(Refused, match="dépasse les 24 mois"):
        opened(2027, date(2029, 6, 30))
    first = opened(2027, date(2028, 12, 31))
    with pytest.raises(Refused, match="mandat de suite n° 2"):
        opened(2029, date(2030, 12, 31))
    assert opened(2029, date(2030, 12, 31), despite=True).term == 2
    assert first.term == 1


def test_putting_a_term_right_does_not_make_it_longer_than_the_statutes() -> None:
    make_rule_set(manager_term_months="24")
    actor, body, person = make_organiser(), make_body(kind=BodyKind.MANAGEMENT), make_person()
    data = MandateData(person, "Gérante", date(2027, 1, 1), date(2027, 12, 31), "AG du 1er juin")
    row = open_mandate(body, data=data, despite=False, actor=actor)
    with pytest.raises(Refused, match="dépasse les 24 mois") as refusal:
        change_mandate(
            row,
            data=MandateChange("Gérante", date(2029, 12, 31), "AG du 1er juin"),
            version=row.version,
            actor=actor,
        )
    assert (refusal.value.code, refusal.value.field) == (Code.NOT_ALLOWED, "ends_on")
    assert Mandate.objects.get().ends_on == date(2027, 12, 31)
    change = MandateChange("Gérante", date(2028, 12, 31), "AG du 1er juin")
    assert change_mandate(row, data=change, version=row.version, actor=actor).ends_on == date(2028, 12, 31)
