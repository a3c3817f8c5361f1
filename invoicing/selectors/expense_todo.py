"""What waits for a person who spends: receipts to complete, claims sent back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from invoicing.models import ExpenseClaim, Voucher
from invoicing.states.expenses import ClaimState, VoucherState
from people.permissions import sells_own


def _of_spender(user: Any, today: date) -> dict[str, Any] | None:
    return {"person": user.person_id} if sells_own.test(user) else None


def _to_complete(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext("Compléter %(count)d justificatif", "Compléter %(count)d justificatifs", waiting.count)
    url = f"{reverse('invoicing:voucher_list')}?state={VoucherState.TO_COMPLETE}"
    yield Todo(label=label % {"count": waiting.count}, url=url, since=waiting.since, count=waiting.count)


def _sent_back(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext("Corriger %(count)d note de frais", "Corriger %(count)d notes de frais", waiting.count)
    url = f"{reverse('invoicing:claim_list')}?state={ClaimState.DRAFT}"
    yield Todo(label=label % {"count": waiting.count}, url=url, since=waiting.since, count=waiting.count)


AWAITED = (
    Awaited(
        Pile(
            "invoicing.vouchers",
            lambda: (Voucher.objects.filter(person_id=Given("person")).to_complete(), "created_at"),
        ),
        _of_spender,
        _to_complete,
    ),
    Awaited(
        Pile(
            "invoicing.claims_sent_back",
            lambda: (
                ExpenseClaim.objects.filter(person_id=Given("person"), state=ClaimState.DRAFT).exclude(
                    correction=""
                ),
                "state_since",
            ),
        ),
        _of_spender,
        _sent_back,
    ),
)
