"""A request to become an associate: written, sent, processed, decided by a vote or by rule (GOV-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.templatetags.formats import day as shown
from cae.core.workflow import performs
from governance.calculations.membership import category_fits, may_return_on
from governance.models import Admission, Associate, College, Resolution, ShareClass
from governance.selectors.admissions import admission_route, verdict_of
from governance.services.associates import Entry, inscribe
from governance.services.register_mails import tell_admitted, tell_asked, tell_refused
from governance.states.register import (
    ADMISSION_FLOW,
    OPEN_STATES,
    AdmissionRoute,
    AdmissionState,
    Category,
    PaymentPlan,
)
from governance.states.votes import CARRIED
from people.models import Organisation, Person
from people.services.changes import one_line, refuse_long, require_text

MOST_LETTER, MOST_OPINION, MOST_DECISION, MOST_REASON = 3000, 2000, 200, 500


@dataclass(frozen=True)
class Asked:
    """What is typed of a request."""

    share_class: ShareClass | None
    share_count: int
    payment_plan: str = PaymentPlan.AT_ONCE
    letter: str = ""
    sponsor: Associate | None = None
    category: str = Category.EMPLOYEE
    college: College | None = None


@transaction.atomic
def open_admission(
    who: Person | Organisation, *, asked: Asked, representative: Person | None = None, actor: Any, on: date
) -> Admission:
    """Does: begins the request of a person, or of a legal person with who would act for it. Refuses: an
    associate, a request already open, a legal person without representative, too long a letter, no shares or
    fewer than one, a plan on the pay of a legal person, a sponsor who is no associate, a category that does
    not fit. Leaves behind: the draft; audit."""
    is_body = isinstance(who, Organisation)
    owner = type(who)._default_manager.select_for_update().get(pk=who.pk)
    mine = {"organisation": owner} if is_body else {"person": owner}
    if Associate.objects.on(on).filter(**mine).exists():
        raise Refused(Code.DUPLICATE, _("%(name)s est déjà associé·e.") % {"name": owner})
    if Admission.objects.filter(state__in=OPEN_STATES, **mine).exists():
        raise Refused(Code.DUPLICATE, _("Une demande est déjà en cours : reprenez-la."))
    if is_body and representative is None:
        raise Refused(
            Code.VALUE_MISSING, _("Nommez la personne qui agirait pour l’organisme."), field="representative"
        )
    admission = Admission(**mine, representative=representative if is_body else None, created_by=actor)
    _put(admission, asked, on)
    admission.save()
    audit.record(actor, "governance.admission.open", admission)
    return admission


@transaction.atomic
def change_admission(admission: Admission, *, asked: Asked, actor: Any, on: date) -> Admission:
    """Does: rewrites a draft. Refuses: a request already sent, what `open_admission` refuses of its content.
    Leaves behind: the draft; audit, once a spell."""
    row = Admission.objects.select_for_update(of=("self",)).get(pk=admission.pk)
    if row.state != AdmissionState.DRAFT:
        raise IllegalMove(_("Cette demande est déjà envoyée."))
    _put(row, asked, on)
    row.version += 1
    row.save()
    if not audit.said_lately(row, "governance.admission.save", actor):
        audit.record(actor, "governance.admission.save", row)
    return row


@performs(ADMISSION_FLOW, "submit")
def submit_admission(admission: Admission, *, actor: Any, on: date) -> None:
    """Does: sends the request. Refuses: an associate since, a refusal less than a year old, a request without
    a word of why. Leaves behind: the state, the day; those who process it told; audit."""
    require_text(admission.letter, "letter", _("Dites en quelques mots ce qui vous amène."))
    mine = (
        {"person": admission.person_id}
        if admission.person_id
        else {"organisation": admission.organisation_id}
    )
    if Associate.objects.on(on).filter(**mine).exists():
        raise Refused(Code.DUPLICATE, _("%(name)s est déjà associé·e.") % {"name": admission})
    refused = Admission.objects.filter(state=AdmissionState.REFUSED, may_return_on__gt=on, **mine)
    last = refused.order_by("may_return_on").last()
    if last is not None and last.may_return_on is not None:
        raise Refused(
            Code.DATE_INVALID,
            _("La demande précédente a été refusée : elle peut revenir à partir du %(day)s.")
            % {"day": shown(last.may_return_on)},
        )
    admission.submitted_on = on
    tell_asked(admission, actor=actor)


@transaction.atomic
def give_opinion(
    admission: Admission,
    *,
    opinion: str,
    category: str,
    college: College | None,
    actor: Any,
    on: date,
) -> Admission:
    """Does: writes the opinion that goes to those who decide, and as what the associate would enter. Refuses:
    no opinion, a request that waits for none, a category that does not fit. Leaves behind: the opinion, its
    author and day; audit."""
    opinion = opinion.strip()
    require_text(opinion, "opinion", _("Écrivez un avis."))
    refuse_long(opinion, "opinion", MOST_OPINION)
    row = Admission.objects.select_for_update(of=("self",)).get(pk=admission.pk)
    if row.state not in (AdmissionState.SUBMITTED, AdmissionState.TO_VOTE):
        raise IllegalMove(_("Cette demande n’attend pas d’avis."))
    _check_category(category, is_body=row.person_id is None)
    row.opinion, row.opinion_by, row.opinion_on = opinion, actor, on
    row.category, row.college = category, college
    row.version += 1
    row.save()
    audit.record(actor, "governance.admission.opinion", row)
    return row


@performs(ADMISSION_FLOW, "put_to_vote")
def put_to_vote(admission: Admission, *, resolution: Resolution | None = None, actor: Any) -> None:
    """Does: says that the assembly decides, by which resolution if it is written already; again, by another
    one, when the first was not voted. Refuses: a request that is not waiting, one whose vote is proclaimed.
    Leaves behind: the state, the route; audit."""
    if verdict_of(admission.resolution):
        raise Refused(Code.NOT_ALLOWED, _("Le vote est proclamé : notez ce qu’il a décidé."))
    admission.route = AdmissionRoute.VOTE
    admission.resolution = resolution


@performs(ADMISSION_FLOW, "admit")
def admit(admission: Admission, *, decided_on: date, decision: str, actor: Any, on: date) -> None:
    """Does: writes that the request is accepted, by the vote it was put to or by rule of the statutes.
    Refuses: no decision, a day before the request or to come, admission by rule where the rules in force ask
    for a vote or do not say, a resolution that was not adopted or not voted yet, what `inscribe` refuses.
    Leaves behind: the state; the associate in the register, with status and role; the welcome mail; audit."""
    decision = _checked_decision(admission, decided_on, decision, on)
    _take_route(admission, decided_on)
    verdict = _proclaimed(admission)
    if verdict and verdict not in CARRIED:
        raise Refused(Code.VALUE_INVALID, _("La résolution n’a pas été adoptée."), field="decision")
    admission.decided_on, admission.decision = decided_on, decision
    admission.associate = inscribe(
        Entry(
            category=admission.category,
            college=admission.college,
            admitted_on=decided_on,
            decision=decision,
            person=admission.person,
            organisation=admission.organisation,
            representative=admission.representative if admission.organisation_id else None,
        ),
        actor=actor,
        on=on,
    )
    tell_admitted(admission, actor=actor)


@performs(ADMISSION_FLOW, "refuse")
def refuse_admission(
    admission: Admission, *, decided_on: date, decision: str, reason: str, actor: Any, on: date
) -> None:
    """Does: writes that the request is refused, and when it may come back: a year later (loi 78-763 art. 7 to
    9). Refuses: no decision, no reason, a day before the request or to come, a refusal without vote where the
    rules in force do not decide by rule, a resolution that was adopted or not voted yet. Leaves behind: the
    state; the mail that says why; audit."""
    reason = one_line(reason, "reason", _("Dites pourquoi."), most=MOST_REASON)
    decision = _checked_decision(admission, decided_on, decision, on)
    _take_route(admission, decided_on)
    if _proclaimed(admission) in CARRIED:
        raise Refused(Code.VALUE_INVALID, _("La résolution a été adoptée."), field="decision")
    admission.decided_on, admission.decision = decided_on, decision
    admission.reason, admission.may_return_on = reason, may_return_on(decided_on)
    tell_refused(admission, actor=actor)


@performs(ADMISSION_FLOW, "withdraw")
def withdraw_admission(admission: Admission, *, actor: Any) -> None:
    """Does: puts a request aside before it is decided. Refuses: one that is decided. Leaves behind: the
    state; audit."""


def _take_route(admission: Admission, decided_on: date) -> None:
    """A request that no vote awaits is decided by rule, where the rules of that day say so: else the assembly
    rules on it (loi 78-763 art. 7 to 9)."""
    if admission.state != AdmissionState.SUBMITTED:
        return
    if admission_route(decided_on) != AdmissionRoute.BY_RULE:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Les règles en vigueur n’admettent pas de plein droit : mettez la demande au vote."),
        )
    admission.route = AdmissionRoute.BY_RULE


def _proclaimed(admission: Admission) -> str:
    """The verdict of the resolution it was put to. Raises Refused while the vote is not proclaimed."""
    verdict = verdict_of(admission.resolution)
    if admission.resolution_id is not None and not verdict:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Le vote n’est pas encore proclamé : attendez-le, ou mettez la demande à un autre vote."),
        )
    return verdict


def _put(admission: Admission, asked: Asked, on: date) -> None:
    refuse_long(asked.letter, "letter", MOST_LETTER)
    is_body = admission.person_id is None
    _check_category(asked.category, is_body=is_body)
    if asked.share_class is None or not asked.share_class.is_active:
        raise Refused(Code.VALUE_MISSING, _("Choisissez des parts à souscrire."), field="share_class")
    if asked.share_count < 1:
        raise Refused(Code.NOT_A_NUMBER, _("Une part au moins."), field="share_count")
    if asked.payment_plan == PaymentPlan.ON_PAY and is_body:
        raise Refused(Code.VALUE_INVALID, _("Un organisme n’a pas de paie."), field="payment_plan")
    _check_sponsor(asked.sponsor, on)
    for name in ("share_class", "share_count", "payment_plan", "sponsor", "category", "college"):
        setattr(admission, name, getattr(asked, name))
    admission.letter = asked.letter.strip()


def _check_sponsor(sponsor: Associate | None, on: date) -> None:
    if sponsor is not None and not sponsor.is_associate_on(on):
        raise Refused(
            Code.VALUE_INVALID, _("Parrain ou marraine : un·e associé·e d’aujourd’hui."), field="sponsor"
        )


def _check_category(category: str, *, is_body: bool) -> None:
    if category not in Category.values or not category_fits(category, is_body=is_body):
        raise Refused(Code.VALUE_INVALID, _("Cette catégorie ne convient pas."), field="category")


def _checked_decision(admission: Admission, decided_on: date, decision: str, on: date) -> str:
    """Gives the decision on one line. Raises Refused at it, or at its day."""
    sentence = _("Dites quelle décision : l’assemblée et la résolution, ou l’article.")
    decision = one_line(decision, "decision", sentence, most=MOST_DECISION)
    if decided_on > on:
        raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="decided_on")
    if admission.submitted_on is not None and decided_on < admission.submitted_on:
        raise Refused(
            Code.DATE_INVALID, _("La décision ne peut pas précéder la demande."), field="decided_on"
        )
    return decision
