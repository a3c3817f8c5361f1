"""What waits for human resources: contracts to send and to sign, absences, declarations, departures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Awaited, Todo, Told
from cae.core.questions import Given, Pile, Tally
from entrepreneurs.models import Absence, ContractDeclaration, ContractTerms, Exit, HiringDeclaration
from entrepreneurs.states.absences import AbsenceState
from entrepreneurs.states.contracts import TermsState
from entrepreneurs.states.exits import ExitState
from entrepreneurs.states.register import DeclarationState
from people.selectors import held_kinds
from people.states import RoleKind


def _with_right(right: str) -> Told:
    """For human resources when they hold it, of others than themselves."""

    def told(user: Any, today: date) -> dict[str, Any] | None:
        if RoleKind.HUMAN_RESOURCES not in held_kinds(user, today) or not permissions.can(user, right):
            return None
        return {"person": user.person_id}

    return told


def _terms(state: str) -> QuerySet[ContractTerms]:
    return ContractTerms.objects.filter(state=state)


def _to_send(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Mettre à la signature %(count)d contrat ou avenant",
        "Mettre à la signature %(count)d contrats ou avenants",
        tally.count,
    )
    url = reverse("entrepreneurs:contract_list") + f"?clauses={TermsState.DRAFT}"
    yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _to_sign(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Suivre la signature de %(count)d contrat ou avenant",
        "Suivre la signature de %(count)d contrats ou avenants",
        tally.count,
    )
    url = reverse("entrepreneurs:contract_list") + f"?clauses={TermsState.TO_SIGN}"
    yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _absences() -> QuerySet[Absence]:
    return Absence.objects.filter(state=AbsenceState.ASKED).exclude(person_id=Given("person"))


def _to_decide(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Répondre à %(count)d demande d’absence", "Répondre à %(count)d demandes d’absence", tally.count
    )
    url = reverse("entrepreneurs:absence_list") + f"?state={AbsenceState.ASKED}"
    yield Todo(words % {"count": tally.count}, url, due=tally.since, count=tally.count)


def _to_declare(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Faire %(count)d déclaration à l’embauche", "Faire %(count)d déclarations à l’embauche", tally.count
    )
    url = reverse("entrepreneurs:hiring_list") + f"?state={DeclarationState.TO_DO}"
    yield Todo(words % {"count": tally.count}, url, due=tally.since, count=tally.count)


def _to_inform(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Prévenir %(count)d organisme pour un CAPE",
        "Prévenir %(count)d organismes pour des CAPE",
        tally.count,
    )
    first = _informing().order_by("due_on", "pk").first()
    if first is not None:
        url = reverse("entrepreneurs:contract_detail", args=[first.contract_id])
        yield Todo(words % {"count": tally.count}, url, due=tally.since, count=tally.count)


def _informing() -> QuerySet[ContractDeclaration]:
    return ContractDeclaration.objects.filter(done_on__isnull=True)


def _exits() -> QuerySet[Exit]:
    return Exit.objects.filter(state=ExitState.PREPARED).exclude(person_id=Given("person"))


def _to_prepare(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext("Préparer %(count)d sortie", "Préparer %(count)d sorties", tally.count)
    url = reverse("entrepreneurs:exit_list") + f"?state={ExitState.PREPARED}"
    yield Todo(words % {"count": tally.count}, url, due=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile("entrepreneurs.to_send", lambda: (_terms(TermsState.DRAFT), "state_since")),
        _with_right("entrepreneurs.send_contract"),
        _to_send,
    ),
    Awaited(
        Pile("entrepreneurs.signing", lambda: (_terms(TermsState.TO_SIGN), "state_since")),
        _with_right("entrepreneurs.send_contract"),
        _to_sign,
    ),
    Awaited(
        Pile("entrepreneurs.absences", lambda: (_absences(), "starts_on")),
        _with_right("entrepreneurs.decide_absence"),
        _to_decide,
    ),
    Awaited(
        Pile(
            "entrepreneurs.hirings",
            lambda: (HiringDeclaration.objects.filter(state=DeclarationState.TO_DO), "due_on"),
        ),
        _with_right("entrepreneurs.declare_hiring"),
        _to_declare,
    ),
    Awaited(
        Pile("entrepreneurs.informing", lambda: (_informing(), "due_on")),
        _with_right("entrepreneurs.declare_contract"),
        _to_inform,
    ),
    Awaited(
        Pile("entrepreneurs.exits", lambda: (_exits(), "last_day")),
        _with_right("entrepreneurs.write_exit"),
        _to_prepare,
    ),
)
