"""An approved expense of a customer goes on one invoice draft of theirs, and comes off it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounting.models import Entry
from cae.core.errors import Code, IllegalMove, Refused
from invoicing.models import Invoice, Recharge
from invoicing.selectors.recharges import lines_to_recharge
from invoicing.services.claim_approving import reverse_claim
from invoicing.services.discarding import discard_invoice, restore_invoice
from invoicing.services.recharging import recharge_expenses, undo_recharge
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_claims import approved, submitted
from tests.factories.invoicing_expenses import DAY, content
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def case():
    """An approved ticket of 24.00, 4.00 of tax given back, to rebill; two drafts of the customer."""
    user, activity = make_entrepreneur()
    customer = sales.firm(activity)
    claim = submitted(user, activity, content(customer=customer))
    approved(claim, make_user(RoleKind.ACCOUNTANT))
    drafts = [sales.draft(activity, customer=customer) for _turn in range(2)]
    return user, claim.lines.get(), drafts


def lines_of(invoice: Invoice) -> list[tuple[Any, ...]]:
    return list(invoice.lines.values_list("nature", "unit_price").order_by("position"))


def test_an_expense_is_invoiced_at_its_cost(case):
    user, line, (draft, _other) = case
    recharge_expenses(draft, keys=[line.pk], actor=user)
    draft.refresh_from_db()
    assert lines_of(draft)[-1] == ("rebilled", Decimal("20.0000"))
    assert draft.total_excl_tax == Decimal("220.00")
    assert Recharge.objects.get().invoice == draft


def test_it_is_offered_and_taken_once(case):
    user, line, (draft, other) = case
    recharge_expenses(draft, keys=[line.pk], actor=user)
    assert not lines_to_recharge(other).exists()
    before = lines_of(other)
    with pytest.raises(Refused) as refusal:
        recharge_expenses(other, keys=[line.pk], actor=user)
    assert refusal.value.code == Code.ALREADY_DONE
    assert lines_of(other) == before


def test_nothing_is_offered_before_the_approval():
    user, activity = make_entrepreneur()
    customer = sales.firm(activity)
    submitted(user, activity, content(customer=customer))
    draft = sales.draft(activity, customer=customer)
    assert not lines_to_recharge(draft).exists()
    with pytest.raises(Refused):
        recharge_expenses(draft, keys=[], actor=user)


def test_a_draft_given_up_frees_it(case):
    user, line, (draft, other) = case
    recharge_expenses(draft, keys=[line.pk], actor=user)
    discard_invoice(draft, actor=user)
    assert list(lines_to_recharge(other)) == [line]
    restore_invoice(draft, actor=user)
    assert not lines_to_recharge(other).exists()
    discard_invoice(draft, actor=user)
    recharge_expenses(other, keys=[line.pk], actor=user)
    with pytest.raises(Refused) as refusal:
        restore_invoice(draft, actor=user)
    assert refusal.value.code == Code.ALREADY_DONE
    draft.refresh_from_db()
    assert draft.state == "discarded"


def test_taken_off_its_line_goes_with_it(case):
    user, line, (draft, other) = case
    (made,) = recharge_expenses(draft, keys=[line.pk], actor=user)
    undo_recharge(made, at=timezone.now(), actor=user)
    draft.refresh_from_db()
    assert draft.total_excl_tax == Decimal("200.00")
    assert list(lines_to_recharge(other)) == [line]
    with pytest.raises(Refused):
        undo_recharge(made, at=timezone.now(), actor=user)


def test_an_issued_invoice_keeps_it(case, judges):
    user, line, (draft, _other) = case
    (made,) = recharge_expenses(draft, keys=[line.pk], actor=user)
    draft.refresh_from_db()
    sales.issue(draft)
    with pytest.raises(IllegalMove):
        undo_recharge(made, at=timezone.now(), actor=user)


def test_an_approval_is_not_taken_back_under_an_invoice(case, judges):
    user, line, (draft, _other) = case
    checker = make_user(RoleKind.ACCOUNTANT)
    (made,) = recharge_expenses(draft, keys=[line.pk], actor=user)
    with pytest.raises(Refused, match="sur un brouillon de facture") as refusal:
        reverse_claim(line.claim, reason="Doublon", actor=checker, on=DAY)
    assert refusal.value.code == Code.NOT_ALLOWED
    assert not Entry.objects.exclude(reverses=None).exists()
    undo_recharge(made, at=timezone.now(), actor=user)
    assert reverse_claim(line.claim, reason="Doublon", actor=checker, on=DAY).state == "submitted"


def test_nor_once_the_customer_was_asked(case, judges):
    user, line, (draft, _other) = case
    recharge_expenses(draft, keys=[line.pk], actor=user)
    draft.refresh_from_db()
    number = sales.issue(draft).number
    with pytest.raises(Refused, match=rf"refacturée au client \({number}\)"):
        reverse_claim(line.claim, reason="Doublon", actor=make_user(RoleKind.ACCOUNTANT), on=DAY)
    line.claim.refresh_from_db()
    assert (line.claim.state, Entry.objects.exclude(reverses=None).exists()) == ("approved", False)


def test_the_page_of_a_draft_offers_it(case):
    user, line, (draft, _other) = case
    browser = client_of(user)
    assert "1 dépense approuvée attend d’être refacturée" in text(browser.get(draft.get_absolute_url()))
    page = reverse("invoicing:recharge_new", args=[draft.pk])
    assert browser.post(page, {}).status_code in {200, 422}
    assert not Recharge.objects.exists()
    answer = browser.post(page, {"lines": [line.pk]}, follow=True)
    assert "Papeterie du Port · 20,00 €" in text(answer)
    browser.post(reverse("invoicing:recharge_undo", args=[Recharge.objects.get().pk]))
    assert lines_to_recharge(draft).exists()


def test_nobody_else_rebills_it(case):
    _user, line, (draft, _other) = case
    stranger, _activity = make_entrepreneur()
    page = reverse("invoicing:recharge_new", args=[draft.pk])
    assert client_of(stranger).post(page, {"lines": [line.pk]}).status_code == 404
    assert not Recharge.objects.exists()
