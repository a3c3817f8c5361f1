"""Disbursements (débours): what was paid in the name of a customer and is asked back to the cent, outside
the sale.

Source: CGI art. 267-II-2°, directive 2006/112/EC art. 79 c: a mandate, an account rendered, a proof of the
exact amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO, cents, share


class Fault(StrEnum):
    NOT_POSITIVE = "not_positive"
    NO_PROOF = "no_proof"
    ABOVE_PROOF = "above_proof"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was paid, tax included, and what other documents asked back of it already."""

    key: int
    paid: Decimal
    asked: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        return max(self.paid - self.asked, ZERO)


@dataclass(frozen=True, slots=True)
class Disbursement:
    label: str
    amount: Decimal
    proof: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """`rank`: of the disbursement in its document, from 0; `left`: what its proof still allows."""

    rank: int
    fault: Fault
    left: Decimal = ZERO


def refusals(asked: Sequence[Disbursement], proofs: Iterable[Proof]) -> list[Refusal]:
    """Gives what keeps each disbursement from being asked back. Those of one document that share a proof use
    it up in their order."""
    left = {proof.key: proof.left for proof in proofs}
    found = []
    for rank, one in enumerate(asked):
        if one.amount <= ZERO:
            found.append(Refusal(rank, Fault.NOT_POSITIVE))
        elif one.proof is None or one.proof not in left:
            found.append(Refusal(rank, Fault.NO_PROOF))
        elif one.amount > left[one.proof]:
            found.append(Refusal(rank, Fault.ABOVE_PROOF, left[one.proof]))
        else:
            left[one.proof] -= one.amount
    return found


def asked_back(asked: Iterable[Disbursement]) -> Decimal:
    return sum((one.amount for one in asked), ZERO)


def paid_of_sale(paid: Decimal, *, gross: Decimal, disbursed: Decimal) -> Decimal:
    """What payments bring to the sale, in proportion: it is what makes VAT on receipts due. Paid in whole,
    the sale has exactly its gross; what is paid beyond is not of the sale."""
    owed = gross + disbursed
    if paid >= owed:
        return gross
    return cents(paid * gross / owed)


def shared_back(amount: Decimal, left: Sequence[Decimal]) -> list[Decimal]:
    """What a credit note gives back of each disbursement, in proportion to what is left of it."""
    return share(amount, left) if any(left) else [ZERO for _one in left]
