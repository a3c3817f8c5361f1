"""What the common pages read of training: to-dos, search, calendar, personal data (CAE-07, PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core.facts import Awaited, Happening, Held, Todo
from cae.core.plain import with_words
from cae.core.questions import Given, Pile, Tally
from cae.core.search import Hit
from coworking.models import (
    Complaint,
    Course,
    CourseVersion,
    Enrolment,
    HalfDay,
    Qualification,
    SheetSignature,
    TrainingSession,
)
from coworking.selectors.training_sight import KEEPERS, LIVE, courses_visible_to, sessions_visible_to
from coworking.states.training import SEATED, ComplaintState, EnrolmentState, SessionState
from people.selectors import held_kinds

COURSES = gettext_lazy("Formations")


def requests_to_answer() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(state=EnrolmentState.ASKED)


def complaints_open() -> QuerySet[Complaint]:
    return Complaint.objects.filter(state=ComplaintState.OPEN)


def without_certificate() -> QuerySet[Enrolment]:
    """Those who followed a session that is over, and have nothing to prove it."""
    followed = (EnrolmentState.DONE, EnrolmentState.DROPPED)
    return Enrolment.objects.filter(
        Exists(SheetSignature.objects.filter(enrolment=OuterRef("pk"))),
        session__state=SessionState.DONE,
        state__in=followed,
        certificate__isnull=True,
    )


def qualifications_ending() -> QuerySet[Qualification]:
    return Qualification.objects.filter(trainer__is_active=True, ends_on__lt=Given("on"))


def half_days_to_sign() -> QuerySet[HalfDay]:
    """The half-days that have begun today and that this trainee has not signed."""
    signed = SheetSignature.objects.filter(half_day=OuterRef("pk"), enrolment__person=Given("person"))
    mine = Enrolment.objects.filter(session=OuterRef("session"), person=Given("person"), state__in=SEATED)
    return HalfDay.objects.filter(
        Exists(mine),
        ~Exists(signed),
        starts_at__date=Given("on"),
        session__state__in=(SessionState.OPEN, SessionState.RUNNING),
    )


def _of_keepers(user: Any, today: date) -> dict[str, Any] | None:
    return None if held_kinds(user, today).isdisjoint(KEEPERS) else {"on": today}


def _of_person(user: Any, today: date) -> dict[str, Any] | None:
    return {"person": user.person_id, "on": today} if user.person_id else None


def _requests(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    row = requests_to_answer().select_related("session").order_by("created_at").first()
    if row is not None:
        words = ngettext(
            "Répondre à %(count)d demande d’inscription",
            "Répondre à %(count)d demandes d’inscription",
            tally.count,
        )
        url = row.session.get_absolute_url()
        yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _complaints(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    row = complaints_open().select_related("session").order_by("told_on", "pk").first()
    if row is not None:
        words = ngettext("Répondre à %(count)d réclamation", "Répondre à %(count)d réclamations", tally.count)
        url = row.session.get_absolute_url()
        yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _certificates(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    row = without_certificate().select_related("session").order_by("session", "pk").first()
    if row is not None:
        words = ngettext(
            "Faire %(count)d certificat de réalisation",
            "Faire %(count)d certificats de réalisation",
            tally.count,
        )
        url = row.session.get_absolute_url()
        yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _qualifications(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    rows = Qualification.objects.filter(trainer__is_active=True, ends_on__lt=today)
    for row in rows.select_related("trainer").order_by("ends_on", "pk"):
        label = _("Renouveler la qualification de %(name)s : %(label)s")
        yield Todo(
            label % {"name": row.trainer, "label": row.label},
            row.trainer.get_absolute_url(),
            since=row.ends_on,
        )


def _to_sign(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    mine = Enrolment.objects.filter(session=OuterRef("session"), person=user.person_id, state__in=SEATED)
    signed = SheetSignature.objects.filter(half_day=OuterRef("pk"), enrolment__person=user.person_id)
    rows = HalfDay.objects.filter(Exists(mine), ~Exists(signed), starts_at__date=today)
    live = (SessionState.OPEN, SessionState.RUNNING)
    for row in rows.filter(session__state__in=live).select_related("session__course").order_by("starts_at"):
        label = _("Signer la feuille d’émargement : %(title)s")
        yield Todo(
            label % {"title": row.session},
            reverse("coworking:half_day_sign", args=[row.pk]),
            due=timezone.localdate(row.starts_at),
        )


AWAITED = (
    Awaited(
        Pile("coworking.training_requests", lambda: (requests_to_answer(), "created_at")),
        _of_keepers,
        _requests,
    ),
    Awaited(
        Pile("coworking.complaints", lambda: (complaints_open(), "state_since")), _of_keepers, _complaints
    ),
    Awaited(
        Pile("coworking.certificates", lambda: (without_certificate(), "state_since")),
        _of_keepers,
        _certificates,
    ),
    Awaited(
        Pile("coworking.qualifications", lambda: (qualifications_ending(), "ends_on")),
        _of_keepers,
        _qualifications,
    ),
    Awaited(Pile("coworking.half_days", lambda: (half_days_to_sign(), "starts_at")), _of_person, _to_sign),
)


def find_training(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """Courses by title or aims; the page of each."""
    seen = courses_visible_to(user).order_by().values("pk")
    latest = CourseVersion.objects.filter(course=OuterRef("course")).order_by("-number").values("pk")[:1]
    rows = CourseVersion.objects.filter(course__in=seen, pk=latest)
    for row in with_words(rows, terms, "title", "aims")[:limit]:
        yield Hit(COURSES, row.title, row.get_state_display(), row.get_absolute_url(), "award")


def training_happenings(user: Any, since: date, until: date) -> list[Happening]:
    """The half-days that a person follows or teaches."""
    if user.person_id is None:
        return []
    mine = Enrolment.objects.filter(session=OuterRef("session"), person=user.person_id, state__in=SEATED)
    near = {"starts_at__date__gte": since, "starts_at__date__lte": until}
    days = HalfDay.objects.filter(**near).select_related("session__course", "session__place")
    told = days.filter(Exists(mine)) | days.filter(trainer__person=user.person_id)
    return [
        Happening(
            uid=f"half-day-{day.pk}",
            title=str(day.session),
            starts=day.starts_at,
            ends=day.ends_at,
            place=day.session.remote_link if day.session.is_remote else day.session.where,
            url=reverse("coworking:half_day", args=[day.pk]),
            is_cancelled=day.session.state == SessionState.CANCELLED,
        )
        for day in told.exclude(session__state=SessionState.DRAFT).order_by("starts_at", "pk")
    ]


def held_of_training(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of trainings followed, of what one signed and answered."""
    rows = list(
        Enrolment.objects.filter(person=person.pk)
        .select_related("session__course", "certificate")
        .order_by("-created_at")
    )
    yield Held(
        _("Formations suivies"),
        (_("formation"), _("état"), _("besoins"), _("type de stagiaire"), _("financement")),
        [
            (
                str(one.session),
                one.get_state_display(),
                one.needs,
                one.get_kind_display(),
                one.get_funding_display(),
            )
            for one in rows
        ],
        files=[one.certificate for one in rows if one.certificate is not None],
        kept=_("Dix ans : la preuve d’une formation peut être demandée par qui la finance."),
    )
    signed = SheetSignature.objects.filter(enrolment__person=person.pk).select_related(
        "half_day__session__course"
    )
    yield Held(
        _("Émargements"),
        (_("demi-journée"), _("manière"), _("signée le")),
        [(str(one.half_day), one.get_way_display(), one.signed_at) for one in signed],
        kept=_("Dix ans, avec la feuille d’émargement."),
    )


def next_sessions(user: Any, count: int) -> list[TrainingSession]:
    """The next sessions in sight, the nearest first, each with its first half-day to come as `next_at`."""
    coming = HalfDay.objects.filter(session=OuterRef("pk"), ends_at__gte=timezone.now()).order_by("starts_at")
    rows = sessions_visible_to(user).annotate(next_at=coming.values("starts_at")[:1])
    return list(
        rows.filter(next_at__isnull=False)
        .exclude(state=SessionState.CANCELLED)
        .order_by("next_at", "pk")[:count]
    )


def own_enrolments(user: Any) -> QuerySet[Enrolment]:
    """The trainings that one follows or followed."""
    rows = Enrolment.objects.filter(person=user.person_id, state__in=LIVE)
    return rows.select_related("session__course", "session__place", "certificate").order_by("-created_at")


def course_shown(course: Course) -> CourseVersion:
    """What the page of a course shows: the version at the catalogue, else the last one."""
    found = course.versions.filter(state="published").first()
    return found or course.versions.order_by("-number")[0]
