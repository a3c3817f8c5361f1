"""An activity is opened whole or not at all, and its code never changes."""

from datetime import date

import pytest

from accounting.models import AnalyticAccount
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from entrepreneurs.models import Activity
from entrepreneurs.services.opening import change_activity, open_activity
from people.models import PersonScope, Scope
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db

FACTS = {"name": "Photographie Lenoir", "trade": "Photographe", "email": "claire@exemple.fr"}


def test_opening_gives_scope_people_books_and_trace() -> None:
    claire, jean = make_person(), make_person()
    activity = open_activity(
        **FACTS, code="LENOIR", people=[claire, jean], on=date(2026, 3, 1), actor=make_user()
    )
    assert set(PersonScope.objects.values_list("person", "starts_on")) == {
        (claire.pk, date(2026, 3, 1)),
        (jean.pk, date(2026, 3, 1)),
    }
    assert activity.scope.label == "Photographie Lenoir"
    assert AnalyticAccount.objects.filter(activity=activity).count() == 1
    assert AuditEntry.objects.filter(verb="entrepreneurs.activity.open").count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"people": []}, Code.VALUE_MISSING, "people"),
        ({"code": "PRIS"}, Code.DUPLICATE, "code"),
        ({"code": "été"}, Code.VALUE_INVALID, "code"),
        ({"email": "pas une adresse"}, Code.VALUE_INVALID, "email"),
        ({"trade": ""}, Code.VALUE_INVALID, "trade"),
    ],
)
def test_what_cannot_be_opened_leaves_nothing(changes: dict[str, object], code: Code, field: str) -> None:
    make_activity(code="PRIS")
    facts = FACTS | {"code": "LENOIR", "people": [make_person()]} | changes
    before = (Scope.objects.count(), PersonScope.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as refusal:
        open_activity(**facts, on=date(2026, 3, 1), actor=None)  # type: ignore[arg-type]
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert Activity.objects.count() == 1
    assert (Scope.objects.count(), PersonScope.objects.count(), AuditEntry.objects.count()) == before


def test_a_new_name_goes_to_the_scope_and_the_journal_keeps_both() -> None:
    activity = make_activity(**FACTS)
    change_activity(
        activity, name="Studio Lenoir", trade="Photographe", email="c@exemple.fr", phone="", actor=None
    )
    assert Scope.objects.get(pk=activity.scope_id).label == "Studio Lenoir"
    detail = AuditEntry.objects.get(verb="entrepreneurs.activity.change").detail
    assert (detail["before"]["name"], detail["after"]["name"]) == ("Photographie Lenoir", "Studio Lenoir")
