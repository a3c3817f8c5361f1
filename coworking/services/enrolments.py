"""Trainees: asked, enrolled, summoned, ended (COW-44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.settings import value_of
from cae.core.workflow import performs
from coworking.models import Enrolment, TrainingSession
from coworking.selectors.sheets import SHEET_DAYS
from coworking.services.sessions import locked_session, refuse_ended
from coworking.services.training_mails import summon
from coworking.services.training_notices import tell_answer, tell_keepers
from coworking.states.training import (
    ENROLMENT_FLOW,
    SEATED,
    EnrolmentState,
    Funding,
    FundingState,
    Payer,
    SessionState,
    TraineeType,
)
from people.models import Organisation, Person, User
from people.services.changes import one_line, refuse_long, refuse_stale, require_text, write


@dataclass(frozen=True)
class EnrolmentData:
    """What is typed of a trainee."""

    first_name: str
    last_name: str
    email: str = ""
    kind: str = ""
    needs: str = ""
    payer: str = Payer.COOPERATIVE
    organisation: Organisation | None = None
    price_excl_tax: Decimal = Decimal("0.00")
    funding: str = Funding.NONE
    funding_state: str = FundingState.NONE
    funding_reference: str = ""


@transaction.atomic
def ask_enrolment(session: TrainingSession, *, needs: str, actor: User) -> Enrolment:
    """Does: asks for a seat, for oneself. Refuses: an account without person, a session that is not open,
    somebody who asked already, too long a text. Leaves behind: the request, audit."""
    person = actor.person
    if person is None:
        raise Refused(Code.NOT_ALLOWED, _("Votre compte n’est celui de personne."))
    refuse_long(needs, "needs", 4000)
    row = locked_session(session)
    if row.state != SessionState.OPEN:
        raise Refused(Code.ILLEGAL_MOVE, _("Les inscriptions à cette session ne sont pas ouvertes."))
    _refuse_twice(row, person)
    made = Enrolment.objects.create(
        session=row,
        person=person,
        first_name=person.first_name,
        last_name=person.shown_last_name,
        email=person.email,
        kind=TraineeType.EMPLOYEE,
        needs=needs.strip(),
        created_by=actor,
    )
    audit.record(actor, "coworking.enrolment.ask", made)
    tell_keepers(made, actor=actor)
    return made


@transaction.atomic
def enter_enrolment(
    session: TrainingSession, *, data: EnrolmentData, person: Person | None = None, actor: User | None
) -> Enrolment:
    """Does: enrols somebody, of the house or from outside. Refuses: no name, a payer without organisation, a
    price below nothing, somebody enrolled already, a full session, one over or called off. Leaves behind: the
    enrolment, audit."""
    _check(data)
    row = locked_session(session)
    refuse_ended(row)
    if person is not None:
        _refuse_twice(row, person)
    refuse_full(row)
    made = Enrolment(session=row, person=person, state=EnrolmentState.ENROLLED, created_by=actor)
    write(made, data)
    made.save()
    audit.record(actor, "coworking.enrolment.enter", made)
    return made


@transaction.atomic
def change_enrolment(
    enrolment: Enrolment, *, data: EnrolmentData, seen: int | None, actor: User
) -> Enrolment:
    """Does: changes what is known of a trainee: type, needs, payer, funding. Refuses: what `enter_enrolment`
    refuses, another payer, price or organisation once the agreement is signed, a form opened before somebody
    else’s change, the address of another request. Leaves behind: audit with what changed."""
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    refuse_stale(row, seen)
    _check(data)
    agreed = (row.payer, row.organisation_id, row.price_excl_tax)
    wanted = (data.payer, data.organisation.pk if data.organisation else None, data.price_excl_tax)
    if agreed != wanted and row.papers.filter(replaced_at=None, signed_at__isnull=False).exists():
        raise Refused(
            Code.NOT_ALLOWED,
            _("Le document est signé : qui paie et le prix ne changent plus."),
            field="payer",
        )
    asked = EnrolmentState.ASKED
    if row.person_id is None and row.state == asked and data.email:
        same = row.session.enrolments.filter(person=None, state=asked, email__iexact=data.email)
        if same.exclude(pk=row.pk).exists():
            raise Refused(Code.DUPLICATE, _("Cette adresse a déjà une demande ici."), field="email")
    changed = write(row, data)
    row.version += 1
    row.save()
    audit.record(actor, "coworking.enrolment.change", row, detail={"fields": ", ".join(sorted(changed))})
    return row


@performs(ENROLMENT_FLOW, "enrol")
def enrol(row: Enrolment, *, actor: User | None) -> None:
    """Does: gives a seat to who asked. Refuses: a full session, one over or called off, an organisation that
    pays and whose file is not chosen yet. Leaves behind: its state, audit, whoever asked told."""
    session = locked_session(row.session)
    refuse_ended(session)
    refuse_full(session)
    if row.payer == Payer.ORGANISATION and row.organisation_id is None:
        raise Refused(
            Code.VALUE_MISSING,
            _("Modifiez d’abord l’inscription : choisissez la fiche de l’organisme qui paie."),
        )
    tell_answer(row, is_granted=True, actor=actor)


@performs(ENROLMENT_FLOW, "refuse")
def refuse_enrolment(row: Enrolment, *, reason: str, actor: User) -> None:
    """Does: refuses a request. Refuses: no reason. Leaves behind: its state, audit, whoever asked told."""
    row.end_reason = one_line(reason, "reason", _("Dites pourquoi."), most=300)
    tell_answer(row, is_granted=False, actor=actor)


@performs(ENROLMENT_FLOW, "cancel")
def cancel_enrolment(row: Enrolment, *, reason: str, actor: User | None) -> None:
    """Does: gives a seat back before the session. Refuses: no reason, somebody who signed a half-day: they
    drop out instead. Leaves behind: its state, audit."""
    if row.signatures.exists():
        raise Refused(
            Code.NOT_ALLOWED, _("Cette personne a suivi une demi-journée : notez plutôt un abandon.")
        )
    row.end_reason = one_line(reason, "reason", _("Dites pourquoi."), most=300)


@performs(ENROLMENT_FLOW, "finish")
def finish_enrolment(row: Enrolment, *, actor: User | None) -> None:
    """Does: notes that a trainee followed the session to its end. Refuses: a session that is not over yet.
    Leaves behind: its state, audit."""
    if row.session.state not in (SessionState.RUNNING, SessionState.DONE):
        raise Refused(Code.ILLEGAL_MOVE, _("Cette session n’a pas commencé."))


@performs(ENROLMENT_FLOW, "drop")
def drop_enrolment(row: Enrolment, *, reason: str, on: date, today: date, actor: User | None) -> None:
    """Does: notes that a trainee gave up; the hours they signed count still. Refuses: no reason, a day to
    come, or before that of a half-day that they signed. Leaves behind: its state, the day and why, audit."""
    if on > today:
        raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="on")
    signed = row.signatures.filter(half_day__starts_at__date__gt=on).order_by("half_day__starts_at").last()
    if signed is not None:
        raise Refused(
            Code.DATE_INVALID,
            _("Cette personne a signé le %(day)s : l’abandon ne peut pas précéder ce jour.")
            % {"day": f"{timezone.localdate(signed.half_day.starts_at):%d/%m/%Y}"},
            field="on",
        )
    row.end_reason = one_line(reason, "reason", _("Dites pourquoi cette personne abandonne."), most=300)
    row.dropped_on = on


@transaction.atomic
def send_summons(session: TrainingSession, *, at: datetime, actor: User | None) -> int:
    """Does: mails the notice of the session to the trainees who have not had it. Refuses: a session without
    half-day, one over or called off, nobody to summon. Leaves behind: links, mails, the instant; gives how
    many."""
    row = locked_session(session)
    refuse_ended(row)
    days = list(row.half_days.order_by("starts_at"))
    if not days:
        raise Refused(Code.VALUE_MISSING, _("Donnez d’abord ses demi-journées."))
    waiting = list(
        row.enrolments.select_for_update()
        .filter(state=EnrolmentState.ENROLLED, summoned_at__isnull=True)
        .exclude(email="")
    )
    if not waiting:
        raise Refused(Code.ALREADY_DONE, _("Tout le monde est convoqué, ou sans adresse e-mail."))
    delay = timedelta(days=int(value_of(SHEET_DAYS, on=timezone.localdate(at))))
    for one in waiting:
        one.session = row
        summon(one, days, ends_at=days[-1].ends_at + delay, actor=actor, at=at)
        one.summoned_at, one.version = at, one.version + 1
        one.save(update_fields=["summoned_at", "version"])
    audit.record(actor, "coworking.session.summon", row, detail={"count": len(waiting)})
    return len(waiting)


def refuse_full(session: TrainingSession) -> None:
    """Raises Refused when no seat is left; the session is locked."""
    if session.enrolments.filter(state__in=SEATED).count() >= session.capacity:
        raise Refused(Code.SLOT_TAKEN, _("Cette session est complète."))


def _refuse_twice(session: TrainingSession, person: Person) -> None:
    if session.enrolments.filter(person=person, state__in=(EnrolmentState.ASKED, *SEATED)).exists():
        raise Refused(
            Code.DUPLICATE, _("Cette personne y est déjà inscrite, ou l’a demandé."), field="person"
        )


def _check(data: EnrolmentData) -> None:
    require_text(data.first_name, "first_name", _("Donnez son prénom."))
    require_text(data.last_name, "last_name", _("Donnez son nom."))
    for field, most in (("first_name", 80), ("last_name", 80), ("needs", 4000), ("funding_reference", 60)):
        refuse_long(getattr(data, field), field, most)
    for field, choices in (("payer", Payer), ("funding", Funding), ("funding_state", FundingState)):
        if getattr(data, field) not in choices.values:
            raise Refused(Code.VALUE_INVALID, _("Choisissez dans la liste."), field=field)
    if data.kind and data.kind not in TraineeType.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez dans la liste."), field="kind")
    if data.payer == Payer.ORGANISATION and data.organisation is None:
        raise Refused(Code.VALUE_MISSING, _("Dites quel organisme paie."), field="organisation")
    if data.price_excl_tax < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Ce prix n’est pas possible."), field="price_excl_tax")
