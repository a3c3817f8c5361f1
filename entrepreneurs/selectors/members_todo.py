"""What waits in collectives for a person: agreements to sign, demands to answer (ENT-44, ENT-45)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Todo
from entrepreneurs.selectors.agreements import agreements_to_sign
from entrepreneurs.selectors.members import requests_waiting_for
from people.selectors import scopes_of


def member_todos(user: Any, today: date) -> list[Todo]:
    """Asked of those who are of an activity; a demand made to somebody else comes by its page."""
    if not scopes_of(user, today):
        return []
    signing = [
        Todo(
            _("Signer la convention de %(name)s") % {"name": one.activity.name},
            one.get_absolute_url(),
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
    return signing + answering
