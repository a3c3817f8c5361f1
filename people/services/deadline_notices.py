"""Tells of the dates that come: each notice once, whatever the workers, also after days without the job."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.notices import notify
from cae.core.settings import values_of
from cae.core.templatetags.formats import day
from people.models import Deadline, DeadlineNotice, User
from people.selectors.deadlines import recipients_of
from people.states.deadlines import DAYS, MONTHS, NoticeState, reached, steps_of

NOTICE = "people.deadline"


def tell_due_deadlines(*, on: date) -> int:
    """Does: tells of each open date whose next notice has come; of several missed, the nearest is told and
    those before it are passed over. Refuses: nothing; two workers at once tell once.
    Leaves behind: a row for each notice, one line under each bell; gives how many dates were told."""
    delays = values_of(DAYS, MONTHS, on=on)
    told = 0
    waiting = Deadline.objects.open().order_by("pk").prefetch_related("notices")
    for deadline in waiting:
        if _missing(deadline, on, delays):
            told += tell_deadline(deadline, on=on, delays=delays)
    return told


@transaction.atomic
def tell_deadline(deadline: Deadline, *, on: date, delays: dict[str, Any]) -> bool:
    """Does: tells of one date, under its lock. Refuses: nothing; what was told is not told again.
    Leaves behind: a row for each notice reached; gives whether somebody was told now."""
    row = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)
    missing = [] if row.closed_at is not None else _missing(row, on, delays)
    if not missing:
        return False
    nearest = reached(steps_of(row.kind, row.due_on, delays), on)[-1].name
    DeadlineNotice.objects.bulk_create(
        DeadlineNotice(
            deadline=row,
            due_on=row.due_on,
            step=name,
            state=NoticeState.TOLD if name == nearest else NoticeState.SKIPPED,
        )
        for name in missing
    )
    if nearest not in missing:
        return False
    _tell(row, on)
    return True


def _missing(deadline: Deadline, on: date, delays: dict[str, Any]) -> list[str]:
    """The notices whose day has come and of which nothing was written."""
    known = {notice.step for notice in deadline.notices.all() if notice.due_on == deadline.due_on}
    steps = reached(steps_of(deadline.kind, deadline.due_on, delays), on)
    return [step.name for step in steps if step.name not in known]


def _tell(deadline: Deadline, on: date) -> None:
    """The person is told of their own page, the others of the list."""
    told = recipients_of(deadline, on)
    own = [user for user in told if _is_own(deadline, user)]
    others = [user for user in told if user not in own]
    whose = str(deadline.whose)
    facts = {"day": day(deadline.due_on), "whose": whose}
    left = deadline.days_left(on)
    notify(
        own,
        NOTICE,
        subject=lambda: _subject(deadline, facts | {"label": _own_label(deadline)}, left),
        text=lambda: _left(left),
        url=reverse("people:own_deadlines"),
        about=deadline,
    )
    notify(
        others,
        NOTICE,
        subject=lambda: _subject(deadline, facts | {"label": _label(deadline, whose)}, left),
        text=lambda: _left(left),
        url=f"{reverse('people:deadline_list')}?{_search(deadline)}",
        about=deadline,
    )


def _is_own(deadline: Deadline, user: User) -> bool:
    if deadline.person_id is None:
        return deadline.scope_id is not None
    return bool(user.person_id == deadline.person_id)


def _search(deadline: Deadline) -> str:
    return urlencode({"q": deadline.person.full_name} if deadline.person else {"kind": deadline.kind})


def _own_label(deadline: Deadline) -> str:
    """A mail is read over a shoulder, and kept in a list: it does not name what is sensitive."""
    return _("Une date qui vous concerne") if deadline.is_sensitive else deadline.label


def _label(deadline: Deadline, whose: str) -> str:
    what = _("Échéance réservée") if deadline.is_sensitive else deadline.label
    return f"{whose} · {what}"


def _subject(deadline: Deadline, facts: dict[str, str], left: int) -> str:
    if left < 0:
        return _("%(label)s : la date du %(day)s est passée") % facts
    return _("%(label)s : dernier jour le %(day)s") % facts


def _left(left: int) -> str:
    if left < 0:
        return _("Ce qui devait être fait avant cette date ne l’a pas été, ou n’est pas noté.")
    if left == 0:
        return _("C’est aujourd’hui le dernier jour.")
    word = ngettext("Il reste %(count)d jour.", "Il reste %(count)d jours.", left)
    return word % {"count": left}
