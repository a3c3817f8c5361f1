"""What waits in payments: orders to prepare, lots to release, lots whose execution is to be noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from accounting.selectors.payments import (
    batches_at_bank,
    batches_to_release,
    orders_due,
    orders_rejected,
)
from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from people.selectors import held_kinds
from people.states import RoleKind


def _of_accountant(user: Any, today: date) -> dict[str, Any] | None:
    return {"today": today} if RoleKind.ACCOUNTANT in held_kinds(user) else None


def _of_releaser(user: Any, _today: date) -> dict[str, Any] | None:
    kinds = held_kinds(user)
    return {"user": user.pk} if kinds & {RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER} else None


def _due(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Préparer %(count)d ordre de paiement", "Préparer %(count)d ordres de paiement", tally.count
    )
    yield _todo(label, reverse("accounting:batch_prepare"), tally)


def _rejected(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Corriger %(count)d paiement rejeté par la banque",
        "Corriger %(count)d paiements rejetés par la banque",
        tally.count,
    )
    yield _todo(label, reverse("accounting:payment_all") + "?etat=rejected", tally)


def _to_release(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext("Valider %(count)d lot de virements", "Valider %(count)d lots de virements", tally.count)
    yield _todo(label, reverse("accounting:batch_list") + "?etat=prepared", tally)


def _at_bank(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Noter l’exécution de %(count)d lot de virements",
        "Noter l’exécution de %(count)d lots de virements",
        tally.count,
    )
    yield _todo(label, reverse("accounting:batch_list") + "?etat=released", tally)


def _todo(label: str, url: str, tally: Tally) -> Todo:
    return Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile("accounting.orders_due", lambda: (orders_due(Given("today")), "due_on")), _of_accountant, _due
    ),
    Awaited(
        Pile("accounting.orders_rejected", lambda: (orders_rejected(), "state_since")),
        _of_accountant,
        _rejected,
    ),
    Awaited(
        Pile("accounting.batches_prepared", lambda: (batches_to_release(Given("user")), "prepared_at")),
        _of_releaser,
        _to_release,
    ),
    Awaited(
        Pile("accounting.batches_at_bank", lambda: (batches_at_bank(Given("today")), "execution_on")),
        _of_accountant,
        _at_bank,
    ),
)
