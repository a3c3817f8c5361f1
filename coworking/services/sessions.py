"""Sessions: planned with their half-days, opened, held, over or called off (COW-43)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from coworking.calculations.stretches import NoSuchHour, moment
from coworking.models import CourseVersion, HalfDay, Place, SheetSignature, Trainer, TrainingSession
from coworking.services.sold_training import keep_sheet
from coworking.services.training_mails import tell_cancelled
from coworking.states.places import PlaceState
from coworking.states.training import SEATED, SESSION_FLOW, EnrolmentState, SessionState, VersionState
from entrepreneurs.models import Activity
from invoicing.models import Deal
from people.models import Organisation, Territory, User
from people.services.changes import one_line, refuse_long, refuse_stale, write

_MOST_SEATS = 500
# A half-day, not a day: beyond, it is two.
_MOST_HOURS = 6


@dataclass(frozen=True)
class SessionData:
    """What is typed of a session."""

    place: Place | None = None
    elsewhere: str = ""
    is_remote: bool = False
    remote_link: str = ""
    capacity: int = 12
    budget_excl_tax: Decimal = Decimal("0.00")
    practical: str = ""
    entrusted_to: Organisation | None = None
    entrusted_by: Organisation | None = None
    deal: Deal | None = None


@transaction.atomic
def plan_session(
    course: CourseVersion,
    *,
    data: SessionData,
    activity: Activity | None = None,
    territories: Sequence[Territory] = (),
    actor: User | None,
) -> TrainingSession:
    """Does: plans a session of a version at the catalogue, without dates yet. Refuses: a version that is not
    at the catalogue, nowhere to meet, no seat, a deal of another activity, both entrusted to and by. Leaves
    behind: the session, audit; the version is frozen."""
    version = CourseVersion.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if version.state != VersionState.PUBLISHED:
        raise Refused(
            Code.NOT_ALLOWED, _("Cette version n’est pas au catalogue : publiez-la d’abord."), field="course"
        )
    _check(data, activity)
    row = TrainingSession(course=version, activity=activity, created_by=actor)
    write(row, data)
    row.save()
    row.territories.set(territories)
    audit.record(actor, "coworking.session.plan", row)
    return row


@transaction.atomic
def change_session(
    session: TrainingSession,
    *,
    data: SessionData,
    territories: Sequence[Territory] = (),
    seen: int | None,
    actor: User,
) -> TrainingSession:
    """Does: changes where and for how many. Refuses: what `plan_session` refuses, fewer seats than people
    enrolled, a session over or called off, a form opened before somebody else’s change. Leaves behind: audit
    with what changed."""
    row = locked_session(session)
    refuse_stale(row, seen)
    refuse_ended(row)
    _check(data, row.activity)
    if data.capacity < row.seats_taken:
        raise Refused(Code.VALUE_INVALID, _("Il y a déjà plus d’inscrit·es que cela."), field="capacity")
    changed = write(row, data)
    row.version += 1
    row.save()
    row.territories.set(territories)
    audit.record(actor, "coworking.session.change", row, detail=changed)
    return row


@transaction.atomic
def add_half_day(
    session: TrainingSession, *, on: date, starts: time, ends: time, trainer: Trainer, actor: User | None
) -> HalfDay:
    """Does: adds a half-day to a session. Refuses: hours that do not exist that day, that end before they
    begin or last more than a half-day, that overlap another one, an external trainer whose subcontract
    nobody checked, a session over or called off. Leaves behind: the row, audit."""
    zone = timezone.get_default_timezone()
    try:
        starts_at, ends_at = moment(on, starts, zone), moment(on, ends, zone)
    except NoSuchHour as error:
        raise Refused(
            Code.DATE_INVALID,
            _("Cette heure n’existe pas : ce jour-là, on passe à l’heure d’été."),
            field="starts",
        ) from error
    if ends_at <= starts_at:
        raise Refused(Code.DATE_INVALID, _("La fin doit suivre le début."), field="ends")
    if (ends_at - starts_at).total_seconds() > _MOST_HOURS * 3600:
        raise Refused(Code.DATE_INVALID, _("C’est plus qu’une demi-journée : faites-en deux."), field="ends")
    if not trainer.is_checked:
        raise Refused(
            Code.NOT_ALLOWED,
            _("La sous-traitance de %(name)s n’est pas vérifiée : faites-le sur sa fiche.")
            % {"name": trainer},
            field="trainer",
        )
    row = locked_session(session)
    refuse_ended(row)
    clash = row.half_days.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).first()
    if clash is not None:
        raise Refused(
            Code.SLOT_TAKEN,
            _("Une autre demi-journée de cette session est déjà à cette heure."),
            field="starts",
        )
    made = HalfDay.objects.create(session=row, starts_at=starts_at, ends_at=ends_at, trainer=trainer)
    audit.record(actor, "coworking.half_day.add", row, detail={"on": starts_at.isoformat()})
    return made


@transaction.atomic
def remove_half_day(day: HalfDay, *, actor: User) -> None:
    """Does: takes a half-day off. Refuses: one that somebody signed, a session over or called off. Leaves
    behind: audit."""
    row = locked_session(day.session)
    refuse_ended(row)
    found = HalfDay.objects.select_for_update(of=("self",)).get(pk=day.pk)
    if found.signatures.exists():
        raise Refused(Code.NOT_ALLOWED, _("Cette demi-journée est émargée : elle ne s’enlève plus."))
    audit.record(actor, "coworking.half_day.remove", row, detail={"on": found.starts_at.isoformat()})
    found.delete()


@performs(SESSION_FLOW, "open")
def open_session(row: TrainingSession, *, actor: User | None) -> None:
    """Does: opens enrolment. Refuses: a session without half-day, one in a place that closed. Leaves behind:
    its state, audit."""
    if not row.half_days.exists():
        raise Refused(Code.VALUE_MISSING, _("Donnez d’abord ses demi-journées."))
    if row.place is not None and row.place.state == PlaceState.CLOSED:
        raise Refused(Code.PERIOD_CLOSED, _("Ce lieu est fermé : choisissez-en un autre."))


@performs(SESSION_FLOW, "begin")
def begin_session(row: TrainingSession, *, at: datetime, actor: User | None) -> None:
    """Does: begins a session. Refuses: one whose first half-day is to come, one where nobody is enrolled.
    Leaves behind: its state, audit."""
    first = row.half_days.order_by("starts_at").first()
    if first is None or timezone.localdate(first.starts_at) > timezone.localdate(at):
        raise Refused(Code.DATE_INVALID, _("Sa première demi-journée est à venir."))
    if not row.enrolments.filter(state__in=SEATED).exists():
        raise Refused(Code.VALUE_MISSING, _("Personne n’y est inscrit."))


@performs(SESSION_FLOW, "finish")
def finish_session(row: TrainingSession, *, at: datetime, actor: User | None) -> None:
    """Does: ends a session; those who are still enrolled have followed it. Refuses: one that has a half-day
    to come. Leaves behind: its state and theirs, the sheet in its deal, audit."""
    if row.half_days.filter(ends_at__gt=at).exists():
        raise Refused(Code.DATE_INVALID, _("Il reste une demi-journée à venir."))
    for one in row.enrolments.select_for_update().filter(state=EnrolmentState.ENROLLED):
        one.state, one.state_since, one.version = EnrolmentState.DONE, at, one.version + 1
        one.save(update_fields=["state", "state_since", "version"])
        audit.record(actor, "coworking.Enrolment.finish", one)
    keep_sheet(row, at=at, actor=actor)


@performs(SESSION_FLOW, "cancel")
def cancel_session(row: TrainingSession, *, reason: str, actor: User) -> None:
    """Does: calls a session off; whoever asked or was enrolled is told by mail. Refuses: no reason, a session
    of which a half-day is signed: its hours are counted. Leaves behind: its state, cancelled enrolments,
    mails, audit."""
    if SheetSignature.objects.filter(half_day__session=row).exists():
        raise Refused(
            Code.NOT_ALLOWED,
            _(
                "Une demi-journée est émargée : commencez cette session, enlevez ce qui n’aura pas lieu, "
                "puis terminez-la."
            ),
        )
    row.cancel_reason = one_line(reason, "reason", _("Dites pourquoi cette session est annulée."), most=300)
    waiting = (EnrolmentState.ASKED, EnrolmentState.ENROLLED)
    for one in row.enrolments.select_for_update().filter(state__in=waiting):
        one.state, one.state_since = EnrolmentState.CANCELLED, timezone.now()
        one.end_reason, one.version = row.cancel_reason, one.version + 1
        one.save(update_fields=["state", "state_since", "end_reason", "version"])
        audit.record(actor, "coworking.Enrolment.cancel", one)
        tell_cancelled(one, reason=row.cancel_reason, actor=actor)


def locked_session(session: TrainingSession) -> TrainingSession:
    """The row under lock: whoever changes what belongs to it takes it first."""
    return TrainingSession.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)


def refuse_ended(row: TrainingSession) -> None:
    """Raises Refused for a session that is over or called off."""
    if row.state in (SessionState.DONE, SessionState.CANCELLED):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cette session est « %(state)s » : elle ne change plus.") % {"state": row.get_state_display()},
        )


def _check(data: SessionData, activity: Activity | None) -> None:
    refuse_long(data.elsewhere, "elsewhere", 200)
    refuse_long(data.practical, "practical", 4000)
    if data.place is None and not data.elsewhere.strip() and not data.is_remote:
        raise Refused(
            Code.VALUE_MISSING, _("Dites où elle se tient, ou qu’elle est à distance."), field="place"
        )
    if not 1 <= data.capacity <= _MOST_SEATS:
        raise Refused(Code.VALUE_INVALID, _("Donnez un nombre de places, de 1 à 500."), field="capacity")
    if data.budget_excl_tax < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Ce budget n’est pas possible."), field="budget_excl_tax")
    if data.entrusted_to is not None and data.entrusted_by is not None:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une session est confiée à un organisme, ou par un organisme : pas les deux."),
            field="entrusted_by",
        )
    if data.deal is not None and (activity is None or data.deal.activity_id != activity.pk):
        raise Refused(Code.VALUE_INVALID, _("Cette affaire est celle d’une autre activité."), field="deal")
