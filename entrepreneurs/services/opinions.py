"""Writes the opinion of a colleague or of a member, once, whoever asked for it (ENT-03, ENT-11, ENT-45)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from entrepreneurs.models import ColleagueOpinion, JoinRequest
from entrepreneurs.selectors.feasibility import opinions_on
from entrepreneurs.states.agreements import JoinState
from entrepreneurs.states.feasibility import Opinion, OpinionKind
from people.models import Person, PersonScope
from people.services.changes import require_text


def write_opinion(row: ColleagueOpinion, *, value: str, text: str, actor: Any) -> ColleagueOpinion:
    """Does: writes what somebody thinks, in the transaction of its caller. Refuses: one already given, an
    unknown value, a reserve or a no that nobody explains. Leaves behind: the opinion, frozen; audit."""
    if row.answered_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Votre avis est déjà donné."))
    if value not in Opinion.values:
        raise Refused(Code.VALUE_MISSING, _("Choisissez un avis."), field="opinion")
    if value != Opinion.FOR:
        require_text(text, "text", _("Dites en quelques mots pourquoi."))
    row.opinion, row.text, row.answered_at = value, text.strip(), timezone.now()
    row.save()
    audit.record(actor, "entrepreneurs.colleagueopinion.give", row, detail={"value": value})
    return row


@transaction.atomic
def give_member_opinion(
    demand: JoinRequest, *, person: Person, value: str, text: str = "", on: date, actor: Any
) -> ColleagueOpinion:
    """Does: writes what a member thinks of a demand; asked already about the application of the same person,
    it is that answer. Refuses: a demand that was answered, somebody who is no member, what `write_opinion`
    refuses. Leaves behind: the opinion, frozen; audit."""
    row = JoinRequest.objects.select_for_update(of=("self",)).select_related("activity").get(pk=demand.pk)
    if row.state != JoinState.ASKED:
        raise Refused(Code.ALREADY_DONE, _("Cette demande a déjà sa réponse."))
    scope = row.activity.scope_id
    if not PersonScope.objects.in_force(on).filter(scope=scope, person=person).exists():
        raise Refused(Code.NOT_ALLOWED, _("Seuls les membres de l’activité donnent leur avis."))
    own = opinions_on(row).filter(person=person).order_by("-answered_at").first()
    opinion = own or ColleagueOpinion(
        request=row, kind=OpinionKind.COLLECTIVE, activity=row.activity, person=person, asked_on=on
    )
    return write_opinion(opinion, value=value, text=text, actor=actor)
