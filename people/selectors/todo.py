"""What waits about people: invitations without an answer, accounts about to close."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Awaited, Todo
from cae.core.models import PersonalLink
from cae.core.questions import Given, Pile, Tally
from people.models import Person, User
from people.selectors.persons import persons_visible_to
from people.states import INVITATION

SILENT_AFTER = timedelta(days=7)
CLOSING_WITHIN = timedelta(days=30)


def _of_inviter(user: Any, today: date) -> dict[str, Any] | None:
    may = permissions.can(user, "people.invite_person")
    return {"before": timezone.now() - SILENT_AFTER} if may else None


def _invitations(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    """A week without an answer, on links that nobody withdrew nor replaced by an account, among the persons
    in sight."""
    rows = _silent(timezone.now() - SILENT_AFTER)
    asked = dict(rows.order_by().values_list("about_id").annotate(since=Min("created_at")))
    reached = persons_visible_to(user).filter(user__isnull=True, pk__in=[int(key) for key in asked])
    silent = [asked[str(pk)] for pk in reached.order_by().values_list("pk", flat=True)]
    if not silent:
        return
    label = ngettext(
        "Relancer %(count)d personne invitée", "Relancer %(count)d personnes invitées", len(silent)
    )
    yield Todo(
        label % {"count": len(silent)},
        reverse("people:person_list") + "?account=none",
        since=timezone.localdate(min(silent)),
        count=len(silent),
    )


def _silent(before: Any) -> QuerySet[PersonalLink]:
    return PersonalLink.objects.filter(
        purpose=INVITATION,
        about_type=Person._meta.label_lower,
        used_at=None,
        withdrawn_at=None,
        created_at__lte=before,
    )


def _of_keeper(user: Any, today: date) -> dict[str, Any] | None:
    return {"before": today + CLOSING_WITHIN} if permissions.can(user, "people.change_account") else None


def _closings(user: Any, today: date, coming: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Préparer la fermeture de %(count)d compte",
        "Préparer la fermeture de %(count)d comptes",
        coming.count,
    )
    url = reverse("people:person_list")
    if coming.count == 1:
        person = _closing_before(today + CLOSING_WITHIN).select_related("person").get().person
        url = person.get_absolute_url() if person else url
    yield Todo(label % {"count": coming.count}, url, due=coming.since, count=coming.count)


def _closing_before(day: date | Given) -> QuerySet[User]:
    return User.objects.filter(is_active=True, closes_on__lte=day)


AWAITED = (
    Awaited(
        Pile("people.invitations", lambda: (_silent(Given("before")), "created_at")),
        _of_inviter,
        _invitations,
    ),
    Awaited(
        Pile("people.closings", lambda: (_closing_before(Given("before")), "closes_on")),
        _of_keeper,
        _closings,
    ),
)
