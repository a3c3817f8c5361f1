"""What waits about people: invitations without an answer, accounts about to close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Todo
from cae.core.models import PersonalLink
from cae.core.questions import Given, Question, Tallies
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
    asked = dict(_SILENT(before=timezone.now() - SILENT_AFTER))
    if not asked:
        return None
    reached = persons_visible_to(user).filter(user__isnull=True, pk__in=[int(key) for key in asked])
    silent = [asked[str(pk)] for pk in reached.order_by().values_list("pk", flat=True)]
    if not silent:
        return None
    label = ngettext(
        "Relancer %(count)d personne invitée", "Relancer %(count)d personnes invitées", len(silent)
    )
    return Todo(
        label % {"count": len(silent)},
        reverse("people:person_list") + "?account=none",
        since=timezone.localdate(min(silent)),
        count=len(silent),
    )


# The key of each person asked, and since when.
_SILENT = Question(
    lambda: (
        PersonalLink.objects.filter(
            purpose=INVITATION,
            about_type=Person._meta.label_lower,
            used_at=None,
            withdrawn_at=None,
            created_at__lte=Given("before"),
        )
        .order_by()
        .values("about_id")
        .annotate(since=Min("created_at"))
        .values_list("about_id", "since")
    )
)


def _closings(today: date) -> Todo | None:
    before = today + CLOSING_WITHIN
    coming = _COMING(before=before)["closings"]
    if not coming.count:
        return None
    label = ngettext(
        "Préparer la fermeture de %(count)d compte",
        "Préparer la fermeture de %(count)d comptes",
        coming.count,
    )
    url = reverse("people:person_list")
    if coming.count == 1:
        person = _closing_before(before).select_related("person").get().person
        url = person.get_absolute_url() if person else url
    return Todo(label % {"count": coming.count}, url, due=coming.since, count=coming.count)


def _closing_before(day: date | Given) -> QuerySet[User]:
    return User.objects.filter(is_active=True, closes_on__lte=day)


_COMING = Tallies(lambda: {"closings": (_closing_before(Given("before")), "closes_on")})
