"""What an acceptance opens: the entry checklist, then a contract to draft or a place in a collective."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.periods import last_day
from cae.core.settings import value_of
from entrepreneurs.models import Application, EntryChecklist, JoinRequest
from entrepreneurs.selectors.feasibility import opinions_of
from entrepreneurs.services.contracts import draft_contract
from entrepreneurs.services.entry import open_checklist
from entrepreneurs.services.members import accept_join, join_activity
from entrepreneurs.states.agreements import JoinState
from entrepreneurs.states.applications import Door
from entrepreneurs.states.contracts import ContractKind
from entrepreneurs.states.entry import EntryKind
from entrepreneurs.states.feasibility import OpinionKind
from people.models import Person

# Months of the agreement before the CAPE that an acceptance drafts; none at zero (domain.md 3.2: optional).
FIRST_AGREEMENT = "entrepreneurs.first_agreement_months"


@transaction.atomic
def enter_path(application: Application, *, on: date, actor: Any) -> EntryChecklist:
    """Does: after an acceptance, opens the entry checklist; drafts the first agreement of whoever has an
    activity or an idea, where the cooperative makes one; makes a member, without an activity of their own, of
    whoever comes to a collective. Refuses: a collective whose members were not heard, what the contract or
    the membership refuses. Leaves behind: the checklist, the draft or the membership."""
    person = _person(application)
    if application.door == Door.COLLECTIVE:
        _join(application, person, on, actor)
        return open_checklist(application, kind=EntryKind.COLLECTIVE, actor=actor)
    months = int(value_of(FIRST_AGREEMENT, on=on))
    if months:
        kind, ends_on = ContractKind.SUPPORT_AGREEMENT, last_day(on, months=months)
        draft_contract(person, kind=kind, starts_on=on, ends_on=ends_on, actor=actor)
    return open_checklist(application, kind=EntryKind.ACTIVITY, actor=actor)


def _person(application: Application) -> Person:
    if application.person is None:
        raise Refused(Code.VALUE_MISSING, _("Cette candidature n’a pas encore de fiche de personne."))
    return application.person


def _join(application: Application, person: Person, on: date, actor: Any) -> None:
    """The members gave their opinion first: the committee knew it (ENT-03)."""
    heard = opinions_of(application).filter(kind=OpinionKind.COLLECTIVE).exclude(opinion="")
    if application.collective is None or not heard.exists():
        raise Refused(
            Code.VALUE_MISSING,
            _("Demandez d’abord leur avis aux membres du collectif : aucun ne l’a encore donné."),
            field="verdict",
        )
    waiting = JoinRequest.objects.filter(
        activity=application.collective, person=person, state=JoinState.ASKED
    ).first()
    if waiting is not None:
        accept_join(waiting, starts_on=on, actor=actor)
    else:
        join_activity(application.collective, person=person, starts_on=on, actor=actor)
