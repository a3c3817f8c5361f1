"""Sends an application, once, and withdraws it: the person's file, the status, the mails (ENT-01, ENT-05)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words, translated
from cae.core.notices import notify
from cae.core.numbering import next_number, open_series
from cae.core.search import plain
from cae.core.signing import Hand, Origin, sign
from cae.core.turns import take_turn
from cae.core.workflow import performs
from entrepreneurs.calculations.steps import StepCode, StepState
from entrepreneurs.models import Application, DocumentRequest
from entrepreneurs.selectors.applications import (
    charter_on,
    papers_of,
    staff_page_of,
    steps_of,
    waiting_of,
    welcomers_of,
)
from entrepreneurs.services.application_mails import RECEIPT, WITHDRAWN, write_to_candidate
from entrepreneurs.services.applications import end_candidacy, keep_from
from entrepreneurs.states.applications import (
    APPLICATION_FLOW,
    APPLICATION_SENT,
    CHARTER_SIGNATURE,
    REFERENCE_SERIES,
)
from people.models import Person, StatusPeriod, User
from people.selectors.consents import has_consent
from people.selectors.statuses import statuses_on
from people.services.consents import give_consent
from people.services.persons import PersonData, create_person
from people.services.statuses import open_status
from people.states.consents import ConsentPurpose
from people.states.statuses import PATH_KINDS, StatusKind

_ON_THE_PATH = [kind for kind in PATH_KINDS if kind != StatusKind.LEAVER]


@performs(APPLICATION_FLOW, "submit")
def submit_application(
    application: Application, *, consents: bool, origin: Origin, now: datetime, actor: User | None = None
) -> None:
    """Does: sends an application. Refuses: without consent; a step that is not whole; a person whose other
    application waits; one already sent. Leaves behind: its reference, the person's file and candidate status,
    the charter signed, consents (that the prescriber is told, too) and retention, a receipt to the candidate,
    a notice to those who welcome."""
    on = timezone.localdate(now)
    if not consents:
        raise Refused(
            Code.VALUE_MISSING,
            _("Sans votre accord, l’équipe ne peut pas lire vos réponses."),
            field="consents",
        )
    _refuse_incomplete(application, on)
    take_turn(f"entrepreneurs.applicant.{application.email.lower()}")
    person = application.person = _person_of(application, actor)
    _refuse_second(application, person)
    label = house_words(gettext_lazy("Candidatures"))
    open_series(REFERENCE_SERIES, label=label, template="C{YYYY}-{SEQ}", dates_rise=False)
    application.reference = next_number(REFERENCE_SERIES, on)
    application.consent_at = application.sent_at = application.changed_at = now
    keep_from(application, on)
    _sign_charter(application, origin, now, actor)
    DocumentRequest.objects.filter(pk__in=papers_of(application).values("pk")).update(
        person=application.person, about_label=house_words(application)[:200]
    )
    _open_status(application, person, on, actor)
    _note_consent(application, person, on, actor)
    write_to_candidate(application, cause=RECEIPT, values={}, now=now, actor=actor)
    _tell_welcomers(application, on, actor)


@performs(APPLICATION_FLOW, "withdraw")
def withdraw_application(
    application: Application, *, reason: str, now: datetime, actor: User | None = None
) -> None:
    """Does: takes an application back, sent or not. Refuses: one that was answered, or withdrawn already.
    Leaves behind: its reason, the candidate status ended, a mail, a notice to those who welcome; a draft is
    erased at its day."""
    on = timezone.localdate(now)
    application.withdrawn_reason = " ".join(reason.split())[:250]
    application.changed_at = now
    if application.sent_at is None or application.person is None:
        return
    words = house_words(gettext_lazy("Candidature retirée"))
    end_candidacy(application.person, on, reason=words, actor=actor)
    write_to_candidate(application, cause=WITHDRAWN, values={}, now=now, actor=actor)
    name = application.full_name
    notify(
        welcomers_of(application, on),
        APPLICATION_SENT,
        subject=lambda: _("%(name)s retire sa candidature") % {"name": name},
        text=lambda: translated(application.withdrawn_reason),
        url=staff_page_of(application),
        about=application,
        actor=actor,
    )


def _refuse_incomplete(application: Application, on: date) -> None:
    lacking = [
        step
        for step in steps_of(application, on)
        if step.code is not StepCode.CHECK and step.state != StepState.DONE
    ]
    if lacking:
        raise Refused(
            Code.VALUE_MISSING,
            ngettext(
                "%(count)d étape est encore à compléter.",
                "%(count)d étapes sont encore à compléter.",
                len(lacking),
            )
            % {"count": len(lacking)},
        )


def _person_of(application: Application, actor: User | None) -> Person:
    """The account's person; or the one known by this address, which the link proved, and this name; or a
    new file."""
    if application.person is not None:
        return application.person
    name = plain(f"{application.last_name} {application.first_name}")
    for known in Person.objects.filter(email__iexact=application.email).order_by("pk"):
        if name in (plain(f"{known.last_name} {known.first_name}"), plain(known.sort_name)):
            return known
    return create_person(
        PersonData(
            first_name=application.first_name,
            last_name=application.last_name,
            email=application.email,
            phone=application.phone,
            postcode=application.postcode,
            city=application.city,
            territory=application.territory,
        ),
        actor=actor,
    )


def _refuse_second(application: Application, person: Person) -> None:
    Person.objects.select_for_update().get(pk=person.pk)
    other = waiting_of(application)
    if other is not None:
        raise Refused(
            Code.DUPLICATE,
            _(
                "Votre candidature %(reference)s attend déjà une réponse : retirez-la avant d’en"
                " envoyer une autre."
            )
            % {"reference": other.reference},
        )


def _sign_charter(application: Application, origin: Origin, now: datetime, actor: User | None) -> None:
    charter = charter_on(timezone.localdate(now))
    if charter is None:
        application.charter, application.charter_typed = None, ""
        return
    application.charter_signature = sign(
        application,
        purpose=CHARTER_SIGNATURE,
        hand=Hand(application.full_name, typed=application.charter_typed),
        content_sha256=charter.sha256,
        at=now,
        origin=origin,
        terms=str(charter),
        actor=actor,
    )


def _open_status(application: Application, person: Person, on: date, actor: User | None) -> None:
    """Somebody already on the path stays what they are."""
    later = StatusPeriod.objects.filter(person=person, kind__in=PATH_KINDS, starts_on__gte=on).exists()
    if later or statuses_on(person, on).filter(kind__in=_ON_THE_PATH).exists():
        return
    open_status(
        person,
        kind=StatusKind.CANDIDATE,
        starts_on=on,
        reason=house_words(gettext_lazy("Candidature"), application.reference),
        actor=actor,
        about=application,
    )


def _note_consent(application: Application, person: Person, on: date, actor: User | None) -> None:
    """What was ticked becomes the person’s consent: read, and withdrawn, where their other choices are."""
    if not application.tells_prescriber or has_consent(person, ConsentPurpose.PRESCRIBER, on):
        return
    proof = house_words(gettext_lazy("Candidature"), application.reference)
    give_consent(person, purpose=ConsentPurpose.PRESCRIBER, on=on, actor=actor, proof=proof)


def _tell_welcomers(application: Application, on: date, actor: User | None) -> None:
    facts = {"name": application.full_name, "reference": application.reference}
    notify(
        welcomers_of(application, on),
        APPLICATION_SENT,
        subject=lambda: _("Nouvelle candidature : %(name)s (%(reference)s)") % facts,
        text=application.summary[:500],
        url=staff_page_of(application),
        about=application,
        actor=actor,
    )
