"""reverse_entry: the only way to correct an entry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F, Sum

from accounting.models import Account, CostKind, Entry, EntryLine
from accounting.selectors.accounts import section_of
from accounting.services.reversing import reverse_entry
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.accounting_lettering import third
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    return books.sale(make_activity(), source=make_person())


def test_swaps_the_sides_and_names_what_it_reverses(entry: Entry) -> None:
    actor = make_user(RoleKind.ACCOUNTANT)
    back = reverse_entry(entry, on=date(2026, 4, 1), reason="Erreur de client", actor=actor)
    assert (back.reverses, back.on, back.created_by) == (entry, date(2026, 4, 1), actor)
    assert back.label == "Erreur de client (VE 1)"
    assert back.source == entry.source
    sums = EntryLine.objects.values("account").annotate(rest=Sum(F("debit") - F("credit")))
    assert {row["rest"] for row in sums} == {Decimal("0.00")}


def test_leaves_an_audit_line(entry: Entry) -> None:
    reverse_entry(entry, on=entry.on, reason="Erreur", actor=None)
    line = AuditEntry.objects.get(verb="accounting.reverse_entry")
    assert (line.about_id, line.detail) == (str(entry.pk), {"by": "VE 2", "reason": "Erreur"})


def test_the_entry_itself_does_not_change(entry: Entry) -> None:
    before = Entry.objects.filter(pk=entry.pk).values().get()
    reverse_entry(entry, on=entry.on, reason="Erreur", actor=None)
    assert Entry.objects.filter(pk=entry.pk).values().get() == before


@pytest.mark.parametrize(
    ("on", "reason", "code"),
    [(date(2026, 3, 1), "Erreur", Code.DATE_INVALID), (date(2026, 3, 2), "  ", Code.VALUE_MISSING)],
)
def test_refuses(entry: Entry, on: date, reason: str, code: Code) -> None:
    with pytest.raises(Refused) as found:
        reverse_entry(entry, on=on, reason=reason, actor=None)
    assert found.value.code == code
    assert Entry.objects.count() == 1


def test_takes_back_the_nature_of_cost_that_each_line_had() -> None:
    fees, gear = Account.objects.get(number="627000"), Account.objects.get(number="606100")
    one, other = CostKind.objects.order_by("pk")[:2]
    Account.objects.filter(pk=fees.pk).update(cost_kind=None)
    Account.objects.filter(pk=gear.pk).update(cost_kind=one)
    section = section_of(make_activity())
    spent = [third(section, "10.00", account=account.number).entry for account in (fees, gear)]
    Account.objects.filter(pk__in=[fees.pk, gear.pk]).update(cost_kind=other)
    for entry in spent:
        reverse_entry(entry, on=entry.on, reason="Erreur", actor=None)
    sums = EntryLine.objects.values("cost_kind").annotate(rest=Sum(F("debit") - F("credit"))).order_by()
    assert {row["cost_kind"]: row["rest"] for row in sums} == {None: 0, one.pk: 0}


def test_refuses_a_second_reversal(entry: Entry) -> None:
    reverse_entry(entry, on=entry.on, reason="Erreur", actor=None)
    with pytest.raises(Refused) as found:
        reverse_entry(entry, on=entry.on, reason="Encore", actor=None)
    assert found.value.code == Code.ALREADY_DONE
    assert Entry.objects.count() == 2
