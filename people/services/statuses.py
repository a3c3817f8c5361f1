"""Opens, prolongs, ends and corrects dated statuses, each with the role of the same days (PEO-05, PEO-06).

What is written of the past is kept beside what replaces it; a right is never written for days gone by: from
today on, the role follows the status."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from people.models import Person, StatusPeriod, User
from people.services.changes import require_text
from people.services.status_roles import follow
from people.states.statuses import BY_HAND, GIVE_WAY, PATH, PATH_KINDS, StatusChange, StatusKind

DAY = timedelta(days=1)
Days = tuple[date, date | None]


@transaction.atomic
def open_status(
    person: Person,
    *,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    reason: str,
    actor: User | None,
    about: models.Model | None = None,
) -> StatusPeriod:
    """Does: says what the person is from a day on, with the role of the same days; who waited as a candidate,
    or had left, ceases to on the eve. Refuses: no reason, an end before the start, a status of the same line
    on one of these days. Leaves behind: the status and its first version, the role, audit."""
    locked = _lock(person.pk)
    require_text(reason, "reason", _("Dites pourquoi ce statut est noté."))
    _check_kind(kind)
    _check_dates(starts_on, ends_on)
    _give_way(locked, kind, starts_on, actor)
    _refuse_overlap(locked, kind, starts_on, ends_on)
    fact = audit.about(about) | {"about_label": house_words(about)[:200] or "—"} if about is not None else {}
    now = timezone.now()
    status = StatusPeriod.objects.create(
        person=locked,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        change_reason=reason.strip(),
        author=actor,
        changed_by=actor,
        recorded_at=now,
        changed_at=now,
        **fact,
    )
    follow(status, actor=actor, now=now)
    audit.record(actor, "people.status.open", locked, detail=_facts(status) | {"reason": status.reason})
    return status


def record_status(
    person: Person, *, kind: str, starts_on: date, ends_on: date | None, reason: str, actor: User | None
) -> StatusPeriod:
    """Does: writes down a status that no contract makes. Refuses: another kind, and what `open_status`
    refuses. Leaves behind: what `open_status` does."""
    if kind not in BY_HAND:
        raise Refused(
            Code.VALUE_INVALID,
            _(
                "Ce statut vient d’une candidature, d’un contrat, d’une sortie ou du registre des associé·es,"
                " jamais d’une saisie."
            ),
            field="kind",
        )
    return open_status(person, kind=kind, starts_on=starts_on, ends_on=ends_on, reason=reason, actor=actor)


@transaction.atomic
def prolong_status(status: StatusPeriod, *, ends_on: date, reason: str, actor: User | None) -> StatusPeriod:
    """Does: moves the last day further, for the role too. Refuses: no reason, a status without a last day, a
    day that is not after it, another status of the line there. Leaves behind: a version, audit."""
    row = _lock_status(status)
    require_text(reason, "reason", _("Dites pourquoi ce statut est prolongé."))
    if row.ends_on is None:
        raise Refused(Code.PERIOD_INVALID, _("Ce statut n’a pas de fin : il n’y a rien à prolonger."))
    if ends_on <= row.ends_on:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Ce statut court déjà jusqu’au %(day)s : choisissez un jour plus lointain.")
            % {"day": f"{row.ends_on:%d/%m/%Y}"},
            field="ends_on",
        )
    _refuse_overlap(row.person, row.kind, row.starts_on, ends_on, but=row)
    return _change(row, StatusChange.PROLONGED, (row.starts_on, ends_on), reason=reason, actor=actor)


@transaction.atomic
def end_status(status: StatusPeriod, *, last_day: date, reason: str, actor: User | None) -> StatusPeriod:
    """Does: ends the status on its last day, and the role with it (from today on, if that day is past). Asked
    again for the same day, changes nothing. Refuses: no reason, a last day before the start or after the last
    day already known. Leaves behind: a version, audit."""
    row = _lock_status(status)
    require_text(reason, "reason", _("Dites pourquoi ce statut s’arrête."))
    if row.ends_on == last_day:
        return row
    if row.ends_on is not None and last_day > row.ends_on:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Ce statut s’arrête déjà le %(day)s.") % {"day": f"{row.ends_on:%d/%m/%Y}"},
            field="last_day",
        )
    _check_dates(row.starts_on, last_day, field="last_day")
    return _change(row, StatusChange.ENDED, (row.starts_on, last_day), reason=reason, actor=actor)


@transaction.atomic
def correct_status(
    status: StatusPeriod, *, starts_on: date, ends_on: date | None, reason: str, actor: User | None
) -> StatusPeriod:
    """Does: puts right the days of a status written wrong; what was known before is kept. Refuses: no reason,
    an end before the start, another status of the line there, days that do not change.
    Leaves behind: a version, the role from today on, audit."""
    row = _lock_status(status)
    require_text(reason, "reason", _("Dites ce qui était faux."))
    _check_dates(starts_on, ends_on)
    if (row.starts_on, row.ends_on) == (starts_on, ends_on):
        raise Refused(Code.ALREADY_DONE, _("Ces dates sont déjà celles du statut."))
    _refuse_overlap(row.person, row.kind, starts_on, ends_on, but=row)
    return _change(row, StatusChange.CORRECTED, (starts_on, ends_on), reason=reason, actor=actor)


@transaction.atomic
def withdraw_status(status: StatusPeriod, *, reason: str, actor: User | None) -> StatusPeriod:
    """Does: takes back a status that never was. Refuses: no reason, one already taken back.
    Leaves behind: the row, empty; its versions; the role ended; audit."""
    row = _lock_status(status)
    require_text(reason, "reason", _("Dites pourquoi ce statut n’a jamais été vrai."))
    if row.is_empty:
        raise Refused(Code.ALREADY_DONE, _("Ce statut est déjà retiré."))
    return _change(
        row, StatusChange.WITHDRAWN, (row.starts_on, row.starts_on - DAY), reason=reason, actor=actor
    )


def _change(
    row: StatusPeriod, change: StatusChange, days: Days, *, reason: str, actor: User | None
) -> StatusPeriod:
    before, now = _facts(row), timezone.now()
    row.starts_on, row.ends_on, row.change = *days, change
    row.changed_by, row.changed_at, row.change_reason = actor, now, reason.strip()
    row.save(update_fields=["starts_on", "ends_on", "change", "changed_by", "changed_at", "change_reason"])
    follow(row, actor=actor, now=now)
    after = _facts(row) | {"reason": row.change_reason}
    changed = {
        name: [before[name], after[name]] for name in ("starts_on", "ends_on") if before[name] != after[name]
    }
    audit.record(actor, _VERBS[change], row.person, detail=after | changed)
    return row


_VERBS = {
    StatusChange.PROLONGED: "people.status.prolong",
    StatusChange.ENDED: "people.status.end",
    StatusChange.CORRECTED: "people.status.correct",
    StatusChange.WITHDRAWN: "people.status.withdraw",
}


def _lock(person_id: int) -> Person:
    """One hand at a time on the statuses of a person."""
    return Person.objects.select_for_update().get(pk=person_id)


def _lock_status(status: StatusPeriod) -> StatusPeriod:
    _lock(status.person_id)
    return StatusPeriod.objects.select_for_update(of=("self",)).select_related("person").get(pk=status.pk)


def _check_kind(kind: str) -> None:
    if kind not in StatusKind.values:
        raise Refused(Code.VALUE_INVALID, _("Ce statut n’existe pas."), field="kind")


def _check_dates(starts_on: date, ends_on: date | None, *, field: str = "ends_on") -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field=field)


def _give_way(person: Person, kind: str, starts_on: date, actor: User | None) -> None:
    """Ends on the eve the candidacy or the exit that the new status follows."""
    if kind not in PATH_KINDS:
        return
    waiting = StatusPeriod.objects.filter(
        person=person, kind__in=GIVE_WAY - {kind}, ends_on__isnull=True, starts_on__lte=starts_on
    )
    for row in waiting.select_for_update(of=("self",)).select_related("person"):
        reason = house_words(gettext_lazy("Suivi du statut"), StatusKind(kind).label)
        _change(row, StatusChange.ENDED, (row.starts_on, starts_on - DAY), reason=reason, actor=actor)


def _refuse_overlap(
    person: Person, kind: str, starts_on: date, ends_on: date | None, *, but: StatusPeriod | None = None
) -> None:
    held = _days_shared(person, kind, starts_on, ends_on).exclude(pk=but.pk if but else 0).first()
    if held is None:
        return
    facts = {"status": str(held), "from": f"{held.starts_on:%d/%m/%Y}"}
    if held.ends_on is None:
        sentence = _("Sur ces dates, cette personne est déjà « %(status)s » (depuis le %(from)s).") % facts
    else:
        facts["to"] = f"{held.ends_on:%d/%m/%Y}"
        sentence = _("Sur ces dates, cette personne est déjà « %(status)s » (du %(from)s au %(to)s).") % facts
    raise Refused(Code.DUPLICATE, sentence, field="starts_on")


def _days_shared(person: Person, kind: str, starts_on: date, ends_on: date | None) -> QuerySet[StatusPeriod]:
    """The statuses of the same line that share a day with these."""
    real = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
    rows = StatusPeriod.objects.filter(
        real,
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
        person=person,
        line=PATH if kind in PATH_KINDS else kind,
    )
    return rows.filter(starts_on__lte=ends_on) if ends_on else rows


def _facts(status: StatusPeriod) -> dict[str, Any]:
    return {
        "status": status.kind,
        "starts_on": status.starts_on.isoformat(),
        "ends_on": status.ends_on.isoformat() if status.ends_on else "",
    }
