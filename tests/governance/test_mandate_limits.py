"""What the rules in force say of managers bounds their mandates, not only the warning before (GOV-13)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cae.core.errors import Code, Refused
from governance.models import Mandate
from governance.services.mandates import (
    MandateChange,
    MandateData,
    change_mandate,
    end_mandate,
    open_mandate,
    take_back_end,
)
from governance.states.bodies import BodyKind
from people.models import User
from tests.factories.governance import make_organiser, make_rule_set
from tests.factories.governance_bodies import make_body, make_mandate
from tests.factories.people import make_person
from tests.pages import client_of, text

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


def ended(actor: User, **fields: Any) -> Mandate:
    row = make_mandate(make_body(**fields), months=24)
    return end_mandate(row, on=row.starts_on, cause="resignation", note="", version=row.version, actor=actor)


def test_an_end_written_by_mistake_is_taken_back() -> None:
    actor = make_organiser()
    row = ended(actor)
    with pytest.raises(Refused) as refusal:
        take_back_end(row, version=row.version - 1, actor=actor)
    assert refusal.value.code == Code.STALE_FORM
    again = take_back_end(row, version=row.version, actor=actor)
    assert (again.ended_on, again.end_cause, again.last_day) == (None, "", again.ends_on)
    with pytest.raises(Refused, match="court encore"):
        take_back_end(again, version=again.version, actor=actor)


def test_an_end_stands_once_somebody_else_has_the_seat() -> None:
    actor = make_organiser()
    row = ended(actor, seats_most=1)
    make_mandate(row.body, starts_on=row.starts_on + timedelta(days=1))
    with pytest.raises(Refused, match="plus de personnes siégeraient"):
        take_back_end(row, version=row.version, actor=actor)
    row.refresh_from_db()
    assert row.end_cause == "resignation"


@pytest.mark.usefixtures("demonstration")
def test_the_page_of_the_body_offers_it() -> None:
    actor = make_organiser()
    row = ended(actor)
    client = client_of(actor)
    assert "Annuler la fin" in text(client.get(row.get_absolute_url()))
    client.post(reverse("governance:mandate_resume", args=[row.pk]), {"version": row.version})
    row.refresh_from_db()
    assert row.ended_on is None
