"""Purchases and expenses that a grant pays: counted at the approval, refused and taken back with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from accounting.models import Entry, FundSpending
from accounting.selectors.accounts import section_of
from accounting.selectors.funds import left_on
from cae.core.errors import Code
from invoicing.services.claim_approving import reverse_claim
from invoicing.services.purchase_moves import approve_purchase, undo_purchase
from people.states import RoleKind
from tests.factories.accounting_funds import make_running
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.invoicing_claims import DAY, approved, submitted
from tests.factories.invoicing_expenses import content as spent
from tests.factories.invoicing_expenses import expense
from tests.factories.invoicing_purchases import accountant, line, make_checking
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

EVERY = {"starts_on": date(2020, 1, 1), "ends_on": date(2035, 12, 31)}


def test_a_purchase_is_counted_line_by_line_and_refused_whole_beyond_the_grant() -> None:
    activity = make_activity(code="A1")
    fund = make_running(section_of(activity), "200.00", kinds=["subcontracting"], **EVERY)
    purchase = make_checking(activity, line("150.00", fund=fund), line("80.00"))
    done = approve_purchase(purchase, actor=accountant(), at=timezone.now(), looked=True)
    assert (left_on(fund), FundSpending.objects.get().amount) == (Decimal("50.00"), Decimal("150.00"))
    too_much = make_checking(activity, line("50.01", fund=fund), supplier=purchase.supplier, number="FA-2")
    checker, entries = accountant(), Entry.objects.count()
    with refused(Code.AMOUNT_ABOVE_DUE, "fund", "n’a plus que 50,00"):
        approve_purchase(too_much, actor=checker, at=timezone.now(), looked=True)
    assert Entry.objects.count() == entries
    undo_purchase(done, reason="Mauvaise clé", on=timezone.localdate(), actor=checker)
    assert left_on(fund) == Decimal("200.00")


def test_an_expense_names_a_grant_of_its_activity_and_is_counted_with_the_claim() -> None:
    user, activity = make_entrepreneur()
    said = spent()
    kind = said.kind.booked_as
    assert kind is not None
    fund = make_running(section_of(activity), "1000.00", kinds=[kind.code], **EVERY)
    other = make_running(section_of(make_activity(code="B2")), kinds=[kind.code], **EVERY)
    checker = make_user(RoleKind.ACCOUNTANT)
    with refused(Code.VALUE_INVALID, "fund"):
        expense(user, activity, spent(fund=other))
    claim = submitted(user, activity, spent(fund=fund))
    row = claim.lines.get()
    done = approved(claim, checker)
    assert left_on(fund) == Decimal("1000.00") - (row.amount - row.deductible)
    reverse_claim(done, reason="Doublon", actor=checker, on=DAY)
    assert left_on(fund) == Decimal("1000.00")
