"""What waits for whoever checks claims and answers advances, and what the room holds of who drives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import PaymentOrder
from cae.core.banks import end_of
from cae.core.facts import Awaited, Held, Todo
from cae.core.questions import Given, Pile, Tally
from invoicing.models import (
    ExpenseAdvance,
    ExpenseClaim,
    MileageTrip,
    PurchaseShare,
    RefundWaiver,
    Vehicle,
)
from invoicing.states.claims import AdvanceState
from invoicing.states.expenses import ClaimState
from people.models import Person
from people.permissions import is_accountant
from people.selectors.merging import file_keys


def _of_accountant(user: Any, today: date) -> dict[str, Any] | None:
    """One's own claims and advances are answered by somebody else."""
    return {"person": user.person_id or 0} if is_accountant.test(user) else None


def _to_check(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext("Vérifier %(count)d note de frais", "Vérifier %(count)d notes de frais", waiting.count)
    url = reverse("invoicing:claim_queue")
    yield Todo(label=label % {"count": waiting.count}, url=url, since=waiting.since, count=waiting.count)


def _to_answer(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Répondre à %(count)d demande d’avance", "Répondre à %(count)d demandes d’avance", waiting.count
    )
    url = f"{reverse('invoicing:advance_list')}?state={AdvanceState.ASKED}"
    yield Todo(label=label % {"count": waiting.count}, url=url, since=waiting.since, count=waiting.count)


AWAITED = (
    Awaited(
        Pile(
            "invoicing.claims_to_check",
            lambda: (
                ExpenseClaim.objects.filter(state=ClaimState.SUBMITTED).exclude(person_id=Given("person")),
                "state_since",
            ),
        ),
        _of_accountant,
        _to_check,
    ),
    Awaited(
        Pile(
            "invoicing.advances_asked",
            lambda: (
                ExpenseAdvance.objects.filter(state=AdvanceState.ASKED).exclude(person_id=Given("person")),
                "created_at",
            ),
        ),
        _of_accountant,
        _to_answer,
    ),
)


def held_of_mileage(person: Person, _reader: Any) -> Iterator[Held]:
    """Trips and advances prove costs of the books: listed, never erased before their time."""
    keys, kept = file_keys(person), _("Dix ans, comme toute pièce comptable (C. com. L123-22).")
    yield Held(
        _("Véhicules"),
        (_("nom"), _("immatriculation"), _("genre")),
        [(one.label, one.plate, one.facts) for one in Vehicle.objects.filter(person__in=keys)],
        kept=kept,
    )
    yield Held(
        _("Trajets"),
        (_("date"), _("trajet"), _("motif"), _("km")),
        [
            (one.on, one.said, one.purpose, one.total_km)
            for one in MileageTrip.objects.filter(vehicle__person__in=keys)
        ],
        kept=kept,
    )
    yield Held(
        _("Avances sur frais"),
        (_("demandée le"), _("pour quoi"), _("montant"), _("état")),
        [
            (one.created_at.date(), one.purpose, one.amount, one.get_state_display())
            for one in ExpenseAdvance.objects.filter(person__in=keys)
        ],
        kept=kept,
    )
    yield Held(
        _("Remboursements abandonnés"),
        (_("date"), _("montant"), _("phrase signée")),
        [(one.on, one.amount, one.sentence) for one in RefundWaiver.objects.filter(claim__person__in=keys)],
        kept=kept,
    )
    yield Held(
        _("Virements qui me remboursent"),
        (_("libellé"), _("montant"), _("à payer le"), _("compte"), _("état")),
        [
            (one.label, one.amount, one.due_on, f"…{end_of(one.iban)}", one.get_state_display())
            for one in _paid_to(keys)
        ],
        kept=kept,
    )


def _paid_to(keys: Any) -> QuerySet[PaymentOrder]:
    """What transfers pay back to a person: claims, advances, purchases that they advanced."""
    sources: list[QuerySet[Any]] = [
        ExpenseClaim.objects.filter(person__in=keys),
        ExpenseAdvance.objects.filter(person__in=keys),
        PurchaseShare.objects.filter(purchase__advanced_by__in=keys),
    ]
    known = ContentType.objects.get_for_models(*(rows.model for rows in sources))
    paid = Q()
    for rows in sources:
        paid |= Q(source_type=known[rows.model], source_id__in=rows.values("pk"))
    return PaymentOrder.objects.filter(paid).order_by("due_on", "pk")
