"""What waits in collectives for a person: agreements to sign, demands to answer (ENT-44, ENT-45)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Todo
from entrepreneurs.selectors.agreements import agreements_to_countersign, agreements_to_sign
from entrepreneurs.selectors.members import requests_waiting_for
from people.selectors import held_kinds, scopes_of
from people.states import RoleKind


def member_todos(user: Any, today: date) -> list[Todo]:
    """Asked of those who are of an activity; a demand made to somebody else comes by its page."""
    house = _for_the_house(user)
    if not scopes_of(user, today):
        return house
    signing = [
        Todo(
            _("Signer la convention de %(name)s") % {"name": one.activity.name},
            reverse("entrepreneurs:agreement_sign", args=[one.pk]),
            since=timezone.localdate(one.state_since),
        )
        for one in agreements_to_sign(user)
    ]
    answering = [
        Todo(
            _("Répondre à une demande d’entrée : %(name)s") % {"name": one.activity.name},
            reverse("entrepreneurs:join_detail", args=[one.pk]),
            since=timezone.localdate(one.asked_at),
        )
        for one in requests_waiting_for(user)
    ]
    return house + signing + answering


def _for_the_house(user: Any) -> list[Todo]:
    """What every member has signed, to who signs for the cooperative."""
    if RoleKind.CO_MANAGER not in held_kinds(user):
        return []
    return [
        Todo(
            _("Signer pour la coopérative la convention de %(name)s") % {"name": one.activity.name},
            reverse("entrepreneurs:agreement_countersign", args=[one.pk]),
            since=timezone.localdate(one.state_since),
        )
        for one in agreements_to_countersign(user)
    ]
