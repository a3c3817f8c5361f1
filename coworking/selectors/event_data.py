"""What events hold of a person, what waits for those who keep them, what the search everywhere finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core.facts import Awaited, Coming, Due, Held, Todo
from cae.core.plain import with_words
from cae.core.questions import Given, Pile, Tally
from cae.core.search import Hit
from coworking.models import Event, Question, Registration
from coworking.selectors.events import events_kept_by, events_read_by, keeps_some
from coworking.states.events import (
    Attendance,
    EventState,
    QuestionState,
    RegistrationState,
)
from people.selectors import held_kinds
from people.selectors.merging import file_keys

EVENTS = gettext_lazy("Événements")


def held_of_events(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of one’s registrations."""
    rows = Registration.objects.filter(person__in=file_keys(person)).select_related("event", "price")
    yield Held(
        _("Inscriptions à des événements"),
        (
            _("événement"),
            _("le"),
            _("état"),
            _("présence"),
            _("accompagnant·es"),
            _("remarques"),
            _("suite"),
        ),
        [
            (
                row.event.title,
                row.event.starts_at,
                row.get_state_display(),
                row.get_attendance_display(),
                row.guests,
                " · ".join(text for text in (row.diet, row.note, row.offers, row.needs) if text),
                " · ".join(text for text in (row.get_next_step_display(), row.next_note) if text),
            )
            for row in rows.order_by("-event__starts_at")
        ],
        kept=_("Effacées avec votre dossier."),
    )
    asked = Question.objects.filter(registration__person__in=file_keys(person)).select_related("event")
    yield Held(
        _("Questions posées avant un événement"),
        (_("événement"), _("question"), _("état")),
        [(row.event.title, row.text, row.get_state_display()) for row in asked],
        kept=_("Gardées sans votre nom une fois votre dossier effacé."),
    )


def find_events(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By title, speakers or place, among those that this account may read."""
    seen = Event.objects.filter(pk__in=events_read_by(user).values("pk"))
    if keeps_some(user):
        seen |= Event.objects.filter(pk__in=events_kept_by(user).values("pk"))
    rows = with_words(seen.select_related("kind", "place"), terms, "title", "speakers", "venue", "city")
    kept = keeps_some(user)
    for row in rows.order_by("-starts_at", "-pk")[:limit]:
        url = row.get_absolute_url() if kept else row.public_url
        yield Hit(EVENTS, row.title, f"{timezone.localtime(row.starts_at):%d/%m/%Y %H:%M}", url, "calendar3")


def _questions(user: Any) -> QuerySet[Question]:
    return Question.objects.filter(
        state=QuestionState.SENT, event__state=EventState.PUBLISHED, event__in=events_kept_by(user)
    )


def _questions_due() -> QuerySet[Question]:
    return Question.objects.filter(
        state=QuestionState.SENT, event__state=EventState.PUBLISHED, event__ends_at__gte=Given("now")
    )


def _keepers(user: Any, today: date) -> dict[str, Any] | None:
    """Counted for whoever keeps some; the lines then name only those within reach."""
    return {"now": timezone.now()} if held_kinds(user, today) and keeps_some(user) else None


def _question_lines(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    counts: dict[int, int] = {}
    events: dict[int, Event] = {}
    for row in _questions(user).filter(event__ends_at__gte=timezone.now()).select_related("event"):
        counts[row.event_id] = counts.get(row.event_id, 0) + 1
        events[row.event_id] = row.event
    for key, count in counts.items():
        words = ngettext(
            "Modérer %(count)d question : %(title)s", "Modérer %(count)d questions : %(title)s", count
        )
        yield Todo(
            words % {"count": count, "title": events[key].title},
            reverse("coworking:event_questions", args=[key]),
            due=timezone.localdate(events[key].questions_until or events[key].starts_at),
            count=count,
        )


def _offers() -> QuerySet[Registration]:
    return Registration.objects.filter(
        state=RegistrationState.OFFERED, person_id=Given("person"), offered_until__gte=Given("now")
    )


def _own(user: Any, _today: date) -> dict[str, Any] | None:
    return {"person": user.person_id, "now": timezone.now()} if user.person_id else None


def _offer_lines(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    rows = Registration.objects.filter(
        state=RegistrationState.OFFERED, person=user.person_id, offered_until__gte=timezone.now()
    )
    for row in rows.select_related("event"):
        yield Todo(
            _("Prendre la place gardée pour vous : %(title)s") % {"title": row.event.title},
            row.get_absolute_url(),
            due=timezone.localdate(row.offered_until),
        )


def _unnoted() -> QuerySet[Event]:
    """Those that are over and of which nobody was noted."""
    noted = Registration.objects.exclude(attendance=Attendance.UNKNOWN).values("event")
    come = Registration.objects.filter(state=RegistrationState.REGISTERED).values("event")
    over = Event.objects.filter(
        state=EventState.PUBLISHED, ends_at__lt=Given("now"), ends_at__gte=Given("since"), pk__in=come
    )
    return over.exclude(pk__in=noted)


# What nobody noted by then will not be.
STALE_DAYS = 30


def _noters(user: Any, today: date) -> dict[str, Any] | None:
    told = _keepers(user, today)
    return None if told is None else told | {"since": told["now"] - timedelta(days=STALE_DAYS)}


def _unnoted_lines(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    now = timezone.now()
    rows = events_kept_by(user).filter(
        state=EventState.PUBLISHED,
        ends_at__lt=now,
        ends_at__gte=now - timedelta(days=STALE_DAYS),
        registrations__state=RegistrationState.REGISTERED,
    )
    noted = Registration.objects.exclude(attendance=Attendance.UNKNOWN).values("event")
    for row in rows.exclude(pk__in=noted).distinct().order_by("ends_at"):
        yield Todo(
            _("Noter qui est venu : %(title)s") % {"title": row.title},
            reverse("coworking:event_attendance", args=[row.pk]),
            since=timezone.localdate(row.ends_at),
        )


def _coming() -> QuerySet[Registration]:
    return Registration.objects.filter(
        state=RegistrationState.REGISTERED,
        person_id=Given("person"),
        event__state=EventState.PUBLISHED,
        event__starts_at__gte=Given("now"),
    )


def _next(user: Any, _today: date) -> Due | None:
    rows = Registration.objects.filter(
        state=RegistrationState.REGISTERED,
        person=user.person_id,
        event__state=EventState.PUBLISHED,
        event__starts_at__gte=timezone.now(),
    )
    row = rows.select_related("event").order_by("event__starts_at").first()
    if row is None:
        return None
    return Due(row.event.title, timezone.localdate(row.event.starts_at), row.get_absolute_url())


EVENTS_AWAITED = (
    Awaited(Pile("coworking.questions", lambda: (_questions_due(), "sent_at")), _keepers, _question_lines),
    Awaited(Pile("coworking.offers", lambda: (_offers(), "state_since")), _own, _offer_lines),
    Awaited(Pile("coworking.unnoted", lambda: (_unnoted(), "ends_at")), _noters, _unnoted_lines),
)
EVENTS_COMING = Coming(Pile("coworking.events", lambda: (_coming(), "event__starts_at")), _own, _next)
