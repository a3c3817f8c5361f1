"""What waits about people: invitations without an answer, accounts about to close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, Min
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Todo
from cae.core.models import PersonalLink
from people.models import Person, User
from people.selectors.persons import persons_visible_to
from people.states import INVITATION

SILENT_AFTER = timedelta(days=7)
CLOSING_WITHIN = timedelta(days=30)


def todos(user: Any, today: date) -> list[Todo]:
    """For who invites and for who closes accounts, among the persons in their sight."""
    found = []
    if permissions.can(user, "people.invite_person"):
        found.append(_invitations(user))
    if permissions.can(user, "people.change_account"):
        found.append(_closings(today))
    return [todo for todo in found if todo is not None]


def _invitations(user: Any) -> Todo | None:
    """A week without an answer, on links that nobody withdrew nor replaced by an account."""
    reached = persons_visible_to(user).filter(user__isnull=True).order_by()
    keys = reached.annotate(key=Cast("pk", CharField())).values("key")
    silent = PersonalLink.objects.filter(
        purpose=INVITATION,
        about_type=Person._meta.label_lower,
        about_id__in=keys,
        used_at=None,
        withdrawn_at=None,
        created_at__lte=timezone.now() - SILENT_AFTER,
    ).aggregate(count=Count("about_id", distinct=True), since=Min("created_at"))
    if not silent["count"]:
        return None
    label = ngettext(
        "Relancer %(count)d personne invitée", "Relancer %(count)d personnes invitées", silent["count"]
    )
    return Todo(
        label % {"count": silent["count"]},
        reverse("people:person_list") + "?account=none",
        since=timezone.localdate(silent["since"]),
        count=silent["count"],
    )


def _closings(today: date) -> Todo | None:
    soon = User.objects.filter(is_active=True, closes_on__lte=today + CLOSING_WITHIN)
    coming = soon.aggregate(count=Count("pk"), due=Min("closes_on"))
    if not coming["count"]:
        return None
    label = ngettext(
        "Préparer la fermeture de %(count)d compte",
        "Préparer la fermeture de %(count)d comptes",
        coming["count"],
    )
    url = reverse("people:person_list")
    if coming["count"] == 1:
        person = soon.select_related("person").get().person
        url = person.get_absolute_url() if person else url
    return Todo(label % {"count": coming["count"]}, url, due=coming["due"], count=coming["count"])
