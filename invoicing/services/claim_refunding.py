"""Plans the refund of an approved claim, notes that it is paid, or that the person gives it up (INV-56)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounting.calculations.payment_orders import Beneficiary
from accounting.selectors.accounts import section_of
from accounting.services.payment_orders import plan_payment, withdraw_payment
from accounting.services.posting import post_entry
from accounting.states.books import AccountRole
from accounting.states.payments import OrderState
from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.elision import elided
from cae.core.errors import Code, Forbidden, Refused
from cae.core.letters import LANGUAGE
from cae.core.periods import Month
from cae.core.signing import Hand, Origin, sign
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from invoicing.calculations.claim_entries import Piece, waiver_entry
from invoicing.models import ExpenseClaim, RefundWaiver
from invoicing.selectors.claim_checks import order_of, owed_of, waiver_of
from invoicing.services.claim_telling import tell_bank_missing, tell_refunded
from invoicing.services.lettering import letter_claim
from invoicing.states.expenses import CLAIM_FLOW, ClaimState
from people.selectors.banks import bank_of

WAIVER_PURPOSE = "invoicing.refund_waiver"
_WAIVED = gettext_lazy("Abandon du remboursement de la note de %(month)s, %(person)s")


def pay_or_settle(claim: ExpenseClaim, *, actor: Any, on: date) -> ExpenseClaim:
    """Does: plans the refund of an approved claim, or settles one that owes nothing; without bank details the
    person is asked for them. Refuses: nothing. Leaves behind: the claim in its state."""
    if not owed_of(claim).to_refund:
        return settle_claim(claim, actor=actor, on=on)
    if bank_of(claim.person) is None:
        tell_bank_missing(claim, actor=actor)
        return claim
    return order_refund(claim, actor=actor, on=on)


@performs(CLAIM_FLOW, "order")
def order_refund(claim: ExpenseClaim, *, actor: Any, on: date) -> None:
    """Does: asks for the transfer of what the person is owed, due at the end of the month. Refuses: nothing
    owed, no bank details. Leaves behind: the payment order, audit."""
    owed = owed_of(claim).to_refund
    if not owed:
        raise Refused(Code.EMPTY_DOCUMENT, _("Cette note ne doit rien : il n’y a rien à virer."))
    bank = bank_of(claim.person)
    if bank is None:
        raise Refused(
            Code.VALUE_MISSING,
            _("%(person)s n’a pas de coordonnées bancaires confirmées.") % {"person": claim.person},
        )
    with override(LANGUAGE):
        label = elided(_("Note de frais de %(month)s"), {"month": claim.month_said})
    plan_payment(
        Beneficiary(bank.holder, bank.iban, bank.bic),
        amount=owed,
        section=section_of(claim.activity),
        account=AccountRole.CLAIMANT,
        label=label,
        due_on=Month.of(on).last,
        source=claim,
        actor=actor,
    )


@performs(CLAIM_FLOW, "settle")
def settle_claim(claim: ExpenseClaim, *, actor: Any, on: date) -> None:
    """Does: closes a claim: the bank paid it, its author gave it up, or it owed nothing. Refuses: a claim
    that still owes. Leaves behind: the state, audit; the person told of a transfer."""
    owed, order = owed_of(claim).to_refund, order_of(claim)
    paid = order is not None and order.state == OrderState.SETTLED
    if owed and not paid and waiver_of(claim) is None:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Cette note doit encore %(amount)s à son auteur.") % {"amount": money(owed)},
        )
    letter_claim(claim, actor=actor)
    if paid:
        tell_refunded(claim, owed, actor=actor)


@transaction.atomic
def waive_refund(
    claim: ExpenseClaim, *, hand: Hand, origin: Origin, at: datetime, actor: Any
) -> ExpenseClaim:
    """Does: notes, by a signed sentence, that a person gives up the refund of their approved claim; what they
    were owed becomes an income of the activity. Refuses: somebody else than the person, a claim not approved
    or paid, nothing owed, a transfer that the bank has, no signature. Leaves behind: the signature, the
    entry, the order withdrawn, the claim settled, audit."""
    if actor is None or actor.person_id != claim.person_id:
        raise Forbidden(_("Seule la personne remboursée peut abandonner ce remboursement."))
    on = timezone.localdate(at)
    row = ExpenseClaim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    amount = _waivable(row)
    order = order_of(row)
    if order is not None:
        withdraw_payment(order, reason=_("Remboursement abandonné par son bénéficiaire"), actor=actor)
    sentence = waiver_sentence(row)
    signature = sign(
        row,
        purpose=WAIVER_PURPOSE,
        hand=hand,
        content_sha256=sha256_of({"claim": row.pk, "amount": str(amount), "sentence": sentence}),
        at=at,
        origin=origin,
        terms=sentence,
        actor=actor,
    )
    entry = post_entry(waiver_entry(piece_of(row, on, _WAIVED), amount), actor=actor, source=row)
    RefundWaiver.objects.create(
        claim=row, amount=amount, on=on, sentence=sentence, signature=signature, entry=entry
    )
    audit.record(actor, "invoicing.waive_refund", row, detail={"amount": str(amount)})
    return settle_claim(row, actor=actor, on=on)


def piece_of(claim: ExpenseClaim, on: date, title: Any) -> Piece:
    """What the entries of a claim carry, in French; `title` (lazy) names its month and its person."""
    with override(LANGUAGE):
        label = elided(str(title), {"person": str(claim.person), "month": claim.month_said})
    return Piece(
        name=f"NDF-{claim.of_month}-{claim.pk}",
        on=on,
        person=str(claim.person),
        analytic_id=section_of(claim.activity).pk,
        label=label,
    )


def _waivable(claim: ExpenseClaim) -> Decimal:
    """What the person is owed and may give up."""
    if claim.state not in (ClaimState.APPROVED, ClaimState.ORDERED):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Un remboursement s’abandonne quand la note est approuvée et pas encore payée."),
        )
    amount = owed_of(claim).to_refund
    if not amount:
        raise Refused(Code.EMPTY_DOCUMENT, _("Cette note ne doit rien : il n’y a rien à abandonner."))
    return amount


def waiver_sentence(claim: ExpenseClaim) -> str:
    """What is signed, word for word."""
    return elided(
        _(
            "J’abandonne, au profit de mon activité %(activity)s, le remboursement de ma note de frais de "
            "%(month)s : %(amount)s. Cet abandon est définitif."
        ),
        {
            "activity": claim.activity.name,
            "month": claim.month_said,
            "amount": money(owed_of(claim).to_refund),
        },
    )
