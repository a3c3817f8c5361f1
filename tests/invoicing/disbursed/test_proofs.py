"""Where proofs come from: an expense, a supplier's invoice, a file; what the books hold meanwhile."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounting.models import EntryLine
from accounting.selectors.accounts import section_of
from cae.core.errors import Code, IllegalMove, Refused
from entrepreneurs.models import Activity
from invoicing.models import DisbursementProof, Purchase
from invoicing.selectors.deal_figures import sums_of
from invoicing.selectors.disbursements import proofs_offered
from invoicing.selectors.recharges import lines_to_recharge
from invoicing.services.claim_approving import reverse_claim
from invoicing.services.deals import attach
from invoicing.services.proving import ProofContent, add_proof
from invoicing.services.purchase_moves import approve_purchase, undo_purchase
from people.models import User
from people.states import RoleKind
from tests.factories import deals
from tests.factories import invoicing as sales
from tests.factories import invoicing_claims as claims
from tests.factories import invoicing_disbursements as paid
from tests.factories import invoicing_purchases as bought
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_expenses import content
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]

D = Decimal


def waiting(owner: Activity) -> Decimal:
    """What the account of disbursements holds of an activity."""
    rows = EntryLine.objects.filter(analytic=section_of(owner), account__number="467200")
    return sum((row.debit - row.credit for row in rows), D(0))


def test_an_expense_is_a_proof_once_approved_and_its_account_comes_back_to_zero(
    seller: User, shop: Activity
) -> None:
    customer = sales.firm(shop)
    said = content("disbursement", "36.00", "6.00", label="Droits de greffe", customer=customer)
    checker = make_user(RoleKind.ACCOUNTANT)
    claim = claims.submitted(seller, shop, said)
    assert not DisbursementProof.objects.exists()
    claim = claims.approved(claim, checker)
    (proof,) = proofs_offered(shop)
    # VAT included: none of it is recovered, the customer pays it.
    assert (proof.label, proof.amount, waiting(shop)) == ("Droits de greffe", D("36.00"), D("36.00"))
    draft = sales.draft(shop, customer=customer, disbursements=[paid.asked("36.00", proof)])
    assert not lines_to_recharge(draft).exists()
    with pytest.raises(IllegalMove), transaction.atomic():
        reverse_claim(claim, reason="Erreur", actor=checker, on=timezone.localdate())
    assert DisbursementProof.objects.filter(pk=proof.pk).exists()
    sales.issue(draft, on=timezone.localdate())
    assert waiting(shop) == 0


def test_what_a_customer_pays_back_is_no_cost_of_a_deal(seller: User, shop: Activity) -> None:
    said = [content("disbursement", "36.00", "6.00"), content(gross="24.00", tax="4.00")]
    claim = claims.submitted(seller, shop, *said)
    deal = deals.deal(shop)
    for line in claim.lines.all():
        attach(deal, line, actor=None)
    # The fee is left out; of the other one, what no VAT comes back of.
    assert sums_of([deal], on=timezone.localdate())[deal.pk].spent == D("20.00")


def test_a_claim_taken_back_takes_its_proof_with_it(seller: User, shop: Activity) -> None:
    checker = make_user(RoleKind.ACCOUNTANT)
    claim = claims.approved(claims.submitted(seller, shop, content("disbursement")), checker)
    reverse_claim(claim, reason="Erreur", actor=checker, on=claim.approved_on)
    assert (proofs_offered(shop), waiting(shop)) == ([], 0)


def purchase(owner: Activity, **details: Any) -> Purchase:
    told: dict[str, Any] = {"account": bought.account("467200"), "recovery": D(0)}
    line = bought.line("30.00", label="Annonce légale", **told | details)
    return bought.make_checking(owner, line, bought.line("10.00"), number="FA-9")


def test_a_line_of_a_purchase_is_a_proof_with_its_tax(shop: Activity) -> None:
    row = approve_purchase(purchase(shop), actor=bought.accountant(), at=timezone.now(), looked=True)
    (proof,) = proofs_offered(shop)
    assert (proof.label, proof.amount) == ("Imprimerie du Port · Annonce légale", D("36.00"))
    assert waiting(shop) == D("36.00")
    undo_purchase(row, reason="Erreur", on=timezone.localdate(), actor=bought.accountant())
    assert (proofs_offered(shop), waiting(shop)) == ([], 0)


def test_no_vat_is_recovered_on_what_a_customer_pays_back(shop: Activity) -> None:
    row = purchase(shop, recovery=D(1))
    with pytest.raises(Refused, match="TVA comprise"), transaction.atomic():
        approve_purchase(row, actor=bought.accountant(), at=timezone.now(), looked=True)
    row.refresh_from_db()
    assert (row.entry, DisbursementProof.objects.count(), waiting(shop)) == (None, 0, 0)


def test_a_line_taken_off_is_no_disbursement(shop: Activity) -> None:
    told: dict[str, Any] = {"account": bought.account("467200"), "recovery": D(0)}
    lines = (bought.line("-30.00", label="Remise", **told), bought.line("90.00"))
    row, checker = bought.make_checking(shop, *lines, number="FA-9"), bought.accountant()
    with refused(Code.AMOUNT_INVALID, said="« Remise » sur un autre compte"), transaction.atomic():
        approve_purchase(row, actor=checker, at=timezone.now(), looked=True)


def test_a_file_is_a_proof_kept_once() -> None:
    owner = make_activity()
    told: dict[str, Any] = {
        "label": "Timbres",
        "on": paid.PAID_ON,
        "amount": D("12.50"),
        "name": "recu.png",
        "content": paid.picture(),
    }

    def refusal(key: uuid.UUID | None = None, **changed: Any) -> Refused:
        with pytest.raises(Refused) as found, transaction.atomic():
            keep(key or uuid.uuid4(), **changed)
        return found.value

    def keep(key: uuid.UUID, **changed: Any) -> DisbursementProof:
        said = ProofContent(**told | changed)
        return add_proof(owner, said=said, form_key=key, actor=None, today=sales.DAY)

    assert refusal(label=" ").field == "label"
    assert refusal(label="x" * 251).code == Code.TEXT_TOO_LONG
    assert refusal(amount=D("0.005")).field == "amount"
    assert refusal(on=sales.DAY + timedelta(days=1)).field == "on"
    assert refusal(content=b"MZ\0\0").code == Code.FILE_REFUSED
    assert not DisbursementProof.objects.exists()
    key = uuid.uuid4()
    kept = keep(key)
    assert keep(key) == kept
    # Gone back to, the page would seem to have corrected the amount.
    assert refusal(key, amount=D("21.50")).code == Code.STALE_FORM
    assert (kept.document.kind, DisbursementProof.objects.count()) == ("invoicing.disbursement_proof", 1)
