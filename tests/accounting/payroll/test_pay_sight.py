"""What the accounts of an activity tell of somebody's pay to those who read them: its cost, and no more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounting.models import Entry, PayResult
from accounting.services.pay_journals import undo_import
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_payroll import (
    TODAY,
    make_received,
    make_salaried,
    make_sent,
    summary,
    summary_line,
)
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

# 1 600 of gross and 240 of charges: 1 148 paid, 100 of tax withheld, 592 to social bodies.
COST, NET, WITHHELD = "1 840,00 €", "1 148,00 €", ">100,00 €"
DETAIL = "n’est montré qu’à sa personne"


def page(user: User, address: str) -> str:
    """The page, with its narrow spaces made plain."""
    shown = client_of(user).get(address).content.decode()
    return shown.replace("\u202f", " ").replace("\xa0", " ")


def test_a_pay_is_read_whole_by_its_person_and_the_books_and_as_a_cost_by_others() -> None:
    user, row = make_sent("2000.00")
    activity = row.contract.activity
    colleague, _same, _contract = make_salaried(activity=activity, fixed="900.00", first_name="Paul")
    received = make_received(summary(summary_line(row, withholding="100", paid="1148.00")))
    figure = reverse("accounting:layout_lines", args=[activity.pk, "bilan", "sociales"]) + "?au=2026-11-30"
    owed = "Sans le détail des paies d’autres personnes : 0,00 € au débit, 692,00 € au crédit."
    entry = PayResult.objects.get().entry
    whole = (user, make_user(RoleKind.ACCOUNTANT))
    others = (colleague, make_user(RoleKind.ADVISOR))
    for reader in whole:
        assert (WITHHELD in page(reader, figure), owed in page(reader, figure)) == (True, False)
    for reader in others:
        assert (WITHHELD in page(reader, figure), owed in page(reader, figure)) == (False, True)
    undo_import(received, reason="Un mois de trop", today=TODAY, actor=None)
    for one in (entry, Entry.objects.get(reverses=entry)):
        for reader in whole:
            shown = page(reader, one.get_absolute_url())
            assert all(amount in shown for amount in (NET, WITHHELD))
            assert DETAIL not in shown
        for reader in others:
            shown = page(reader, one.get_absolute_url())
            assert all(words in shown for words in (COST, DETAIL, "Coût de la paie"))
            assert not any(amount in shown for amount in (NET, WITHHELD))
