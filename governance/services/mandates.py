"""Mandates: opened by a decision or a proclaimed election, changed, ended; terms in a row are counted
(GOV-13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day as shown
from governance.calculations.mandates import Seat, crowded, term_number
from governance.models import Body, Mandate, Resolution, Vote
from governance.selectors.elections import elected_of, mandate_doubts
from governance.selectors.mandates import overlapping, seats_of
from governance.services.mandate_dates import set_dates
from governance.states.bodies import MandateEnd
from people.models import Person, User
from people.services.changes import refuse_long, refuse_stale, require_text, write


@dataclass(frozen=True)
class MandateData:
    """What is typed of a mandate."""

    person: Person
    role: str
    starts_on: date
    ends_on: date
    decision: str
    rotation: int | None = None
    handover_on: date | None = None
    powers: str = ""


@dataclass(frozen=True)
class Seating:
    """One person elected: under which function, in which rank of renewal."""

    person: Person
    role: str
    rotation: int | None = None


@dataclass(frozen=True)
class ElectedTerm:
    """What the mandates of one election share."""

    starts_on: date
    ends_on: date
    handover_on: date | None = None
    powers: str = ""


@transaction.atomic
def open_mandate(body: Body, *, data: MandateData, despite: bool, actor: User) -> Mandate:
    """Does: gives somebody a seat in a body from a day to a day. Refuses: a body out of service, no function
    or decision, an end before the start, a handover outside the term, a mandate that overlaps another of the
    same person; a term beyond the statutes unless one says to go on (`despite`). Leaves behind: the mandate
    with its number in a row, its date to meet, audit."""
    row = _opened(_locked_body(body), data, None, despite=despite, actor=actor)
    set_dates(row.body, actor=actor)
    return row


@transaction.atomic
def seat_elected(
    resolution: Resolution, *, seats: Sequence[Seating], term: ElectedTerm, despite: bool, actor: User
) -> list[Mandate]:
    """Does: opens, in one go, the mandates of those whom a proclaimed election chose. Refuses: an election
    without body or not proclaimed, somebody it did not elect, one already seated by it, nobody, what
    `open_mandate` refuses. Leaves behind: the mandates, which name the resolution; their dates, audit."""
    if resolution.body_id is None:
        raise Refused(Code.VALUE_MISSING, _("Cette élection ne dit pas pour quel organe elle vaut."))
    # Whoever puts the result right holds its vote: mandates rest on one that stands.
    list(Vote.objects.select_for_update().filter(resolution=resolution).order_by("pk"))
    body = _locked_body(Body(pk=resolution.body_id))
    elected = {candidate.person_id for candidate in elected_of(resolution)}
    if not elected:
        raise Refused(Code.NOT_ALLOWED, _("Aucun résultat proclamé n’élit quelqu’un à cet organe."))
    if not seats:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une personne élue."))
    strangers = [seat for seat in seats if seat.person.pk not in elected]
    if strangers:
        raise Refused(
            Code.NOT_ALLOWED, _("%(name)s n’est pas élu·e par ce vote.") % {"name": strangers[0].person}
        )
    made = [
        _opened(body, _of_election(resolution, seat, term), resolution, despite=despite, actor=actor)
        for seat in sorted(seats, key=lambda seat: seat.person.pk)
    ]
    set_dates(body, actor=actor)
    return made


def _of_election(resolution: Resolution, seat: Seating, term: ElectedTerm) -> MandateData:
    if resolution.mandates.filter(person=seat.person).exists():
        raise Refused(Code.DUPLICATE, _("Le mandat de %(name)s est déjà ouvert.") % {"name": seat.person})
    with override(settings.LANGUAGE_CODE):
        decision = _("%(assembly)s, résolution n° %(number)d") % {
            "assembly": resolution.assembly,
            "number": resolution.number or 0,
        }
    return MandateData(
        person=seat.person, role=seat.role, rotation=seat.rotation, decision=decision[:200], **vars(term)
    )


def _opened(
    body: Body, data: MandateData, resolution: Resolution | None, *, despite: bool, actor: User
) -> Mandate:
    _check(data)
    if not body.is_active:
        raise Refused(Code.NOT_ALLOWED, _("Cet organe est hors service."))
    held = overlapping(body, data.person.pk, data.starts_on, data.ends_on)
    if held is not None:
        raise Refused(
            Code.DUPLICATE,
            _("%(name)s y a déjà un mandat jusqu’au %(day)s.")
            % {"name": data.person, "day": shown(held.last_day)},
            field="person",
        )
    seats = seats_of(body.mandates.all())
    term = term_number(seats, person=data.person.pk, starts_on=data.starts_on, slack=body.handover_days)
    doubts = mandate_doubts(
        body, seats, data.person, term=term, starts_on=data.starts_on, ends_on=data.ends_on
    )
    if doubts and not despite:
        raise Refused(
            Code.NOT_ALLOWED,
            _("%(doubts)s Cochez « %(tick)s » si l’assemblée en a décidé ainsi.")
            % {"doubts": " ".join(doubts), "tick": _("Ouvrir ce mandat malgré l’avertissement")},
            field="despite",
        )
    row = Mandate.objects.create(body=body, resolution=resolution, term=term, created_by=actor, **vars(data))
    detail = {"starts_on": data.starts_on.isoformat(), "ends_on": data.ends_on.isoformat()}
    audit.record(actor, "governance.mandate.open", row, detail=detail)
    return row


@dataclass(frozen=True)
class MandateChange:
    """What may be put right of a mandate that runs: never who, where, or from when."""

    role: str
    ends_on: date
    decision: str
    rotation: int | None = None
    handover_on: date | None = None
    powers: str = ""


@transaction.atomic
def change_mandate(mandate: Mandate, *, data: MandateChange, version: int | None, actor: User) -> Mandate:
    """Does: puts right a function, an end, a handover day, powers. Refuses: a mandate ended, a form opened
    before somebody else’s change, what makes a mandate illegal, a later end beyond the statutes.
    Leaves behind: its date moved, audit with the values before and after."""
    body = _locked_body(mandate.body)
    row = _running(mandate, version)
    _check(MandateData(person=row.person, starts_on=row.starts_on, **vars(data)))
    later = overlapping_later(row, data.ends_on)
    if later is not None:
        raise Refused(
            Code.DUPLICATE,
            _("Un autre mandat de cette personne commence le %(day)s.") % {"day": shown(later.starts_on)},
            field="ends_on",
        )
    _refuse_longer(row, body, data.ends_on)
    changed = write(row, data)
    row.version += 1
    row.save()
    audit.record(actor, "governance.mandate.change", row, detail=changed)
    set_dates(body, actor=actor)
    return row


def _refuse_longer(row: Mandate, body: Body, ends_on: date) -> None:
    """A term is not made longer by putting it right: what the statutes do not allow is decided again."""
    if ends_on <= row.ends_on:
        return
    others = seats_of(body.mandates.exclude(pk=row.pk))
    found = mandate_doubts(body, others, row.person, term=1, starts_on=row.starts_on, ends_on=ends_on)
    if found:
        raise Refused(
            Code.NOT_ALLOWED,
            _("%(doubts)s Ouvrez un autre mandat si l’assemblée en a décidé ainsi.")
            % {"doubts": " ".join(found)},
            field="ends_on",
        )


def overlapping_later(row: Mandate, ends_on: date) -> Mandate | None:
    """Gives the next mandate of the same person in the body, if this end would reach into it."""
    others = row.body.mandates.filter(person=row.person_id, starts_on__gt=row.starts_on)
    return others.filter(starts_on__lte=ends_on).order_by("starts_on").first()


@transaction.atomic
def end_mandate(
    mandate: Mandate, *, on: date, cause: str, note: str, version: int | None, actor: User | None
) -> Mandate:
    """Does: ends a mandate, on its last day, before its term or at it. Refuses: one already ended, an unknown
    cause, a day outside the term, a term said over before its day, another cause without a word. Leaves
    behind: its date closed, audit."""
    body = _locked_body(mandate.body)
    row = _running(mandate, version)
    if cause not in MandateEnd.values:
        raise Refused(Code.VALUE_INVALID, _("Dites comment ce mandat finit."), field="cause")
    if not row.starts_on <= on <= row.ends_on:
        raise Refused(
            Code.DATE_INVALID, _("Le dernier jour est entre le début et le terme du mandat."), field="on"
        )
    if cause == MandateEnd.TERM and on != row.ends_on:
        raise Refused(
            Code.DATE_INVALID,
            _("Le terme de ce mandat est le %(day)s.") % {"day": shown(row.ends_on)},
            field="on",
        )
    if cause == MandateEnd.OTHER:
        require_text(note, "note", _("Dites pourquoi ce mandat finit."))
    refuse_long(note, "note", 300)
    row.ended_on, row.end_cause, row.end_note = on, cause, note.strip()
    row.version += 1
    row.save()
    audit.record(actor, "governance.mandate.end", row, detail={"last_day": on.isoformat(), "reason": cause})
    set_dates(body, actor=actor)
    return row


@transaction.atomic
def take_back_end(mandate: Mandate, *, version: int | None, actor: User) -> Mandate:
    """Does: makes a mandate run again whose end was written by mistake. Refuses: one that runs, a body out of
    service, another mandate of the same person since, more people than seats. Leaves behind: its date to
    meet, audit with the end that was written."""
    body = _locked_body(mandate.body)
    row = Mandate.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=mandate.pk)
    refuse_stale(row, version)
    if row.ended_on is None:
        raise Refused(Code.ALREADY_DONE, _("Ce mandat court encore."))
    if not body.is_active:
        raise Refused(Code.NOT_ALLOWED, _("Cet organe est hors service."))
    later = overlapping_later(row, row.ends_on)
    if later is not None:
        raise Refused(
            Code.DUPLICATE,
            _("Un autre mandat de cette personne commence le %(day)s.") % {"day": shown(later.starts_on)},
        )
    seats = [
        *seats_of(body.mandates.exclude(pk=row.pk)),
        Seat(row.pk, row.person_id, row.ended_on, row.ends_on),
    ]
    full = crowded(seats, most=body.seats_most, first=row.ended_on, last=row.ends_on)
    if full is not None:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Le %(day)s, plus de personnes siégeraient que prévu (%(most)d au plus).")
            % {"day": shown(full), "most": body.seats_most or 0},
        )
    detail = {"last_day": row.ended_on.isoformat(), "reason": row.end_cause}
    row.ended_on, row.end_cause, row.end_note = None, "", ""
    row.version += 1
    row.save()
    audit.record(actor, "governance.mandate.resume", row, detail=detail)
    set_dates(body, actor=actor)
    return row


def _locked_body(body: Body) -> Body:
    """Mandates of a body are written one after the other: each counts the others."""
    return Body.objects.select_for_update().get(pk=body.pk)


def _running(mandate: Mandate, version: int | None) -> Mandate:
    row = Mandate.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=mandate.pk)
    refuse_stale(row, version)
    if row.ended_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Ce mandat est déjà fini."))
    return row


def _check(data: MandateData) -> None:
    require_text(data.role, "role", _("Indiquez la fonction."))
    refuse_long(data.role, "role", 80)
    require_text(data.decision, "decision", _("Indiquez la décision dont vient ce mandat."))
    refuse_long(data.decision, "decision", 200)
    refuse_long(data.powers, "powers", 1000)
    if data.ends_on < data.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("Le terme ne peut pas précéder le début."), field="ends_on")
    if data.handover_on is not None and not data.starts_on <= data.handover_on <= data.ends_on:
        raise Refused(Code.DATE_INVALID, _("La passation se fait pendant le mandat."), field="handover_on")
