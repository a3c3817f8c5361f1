"""Checks whether an activity can be carried: points noted, insurer asked, colleagues heard (ENT-11, 12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.periods import after_months
from cae.core.settings import value_of
from cae.core.workflow import performs
from entrepreneurs.documents.welcome import slip_pdf
from entrepreneurs.models import (
    Application,
    ColleagueOpinion,
    FeasibilityFinding,
    InsurerSlip,
)
from entrepreneurs.selectors.feasibility import people_to_ask
from entrepreneurs.services.opinions import write_opinion
from entrepreneurs.services.stages import locked
from entrepreneurs.services.welcome_mails import write_to_insurer
from entrepreneurs.states.feasibility import SLIP_FLOW, FeasibilityPoint, Finding, OpinionKind
from people.services.changes import require_text

INSURER_ADDRESS = "entrepreneurs.insurer_address"
SLIP_FILE = "entrepreneurs.insurer_slip"
OPINION_ASKED, SLIP_ANSWERED = "entrepreneurs.opinion_asked", "entrepreneurs.slip_answered"
# What an insurer answered is evidence for as long as the work may be complained of: ten years, and one.
SLIP_KEPT_MONTHS = 132


@transaction.atomic
def record_finding(
    application: Application, *, point: str, finding: str, note: str = "", actor: Any
) -> FeasibilityFinding:
    """Does: notes what was found on one point; noted again, the latest counts. Refuses: an unknown point or
    finding, an application decided. Leaves behind: a row, audit."""
    row = locked(application)
    if point not in FeasibilityPoint.values or finding not in Finding.values:
        raise Refused(Code.VALUE_INVALID, _("Ce constat n’existe pas."), field="finding")
    noted = FeasibilityFinding.objects.create(
        application=row, point=point, finding=finding, note=note.strip()[:300], found_by=actor
    )
    detail = {"kind": point, "value": finding}
    audit.record(actor, "entrepreneurs.feasibilityfinding.record", row, detail=detail)
    return noted


@transaction.atomic
def send_slip(
    application: Application, *, trade_name: str, description: str, on: date, actor: Any
) -> InsurerSlip:
    """Does: asks the insurer whether it covers what the candidate would do. Refuses: no trade, nothing said
    of what will be done, no address of the insurer in the settings, a slip of the same trade still
    unanswered, an application decided. Leaves behind: the slip with its PDF, a mail, audit."""
    row = locked(application)
    require_text(trade_name, "trade_name", _("Dites de quel métier il s’agit."))
    require_text(description, "description", _("Décrivez ce qui sera fait : l’assureur décide sur ces mots."))
    address = value_of(INSURER_ADDRESS, on=on)
    if "@" not in address:
        raise Refused(
            Code.VALUE_MISSING,
            _("Indiquez d’abord l’adresse de l’assureur dans Réglages, Paramètres."),
        )
    try:
        with transaction.atomic():
            slip = InsurerSlip.objects.create(
                application=row,
                person=row.person,
                trade=row.trade,
                trade_name=trade_name.strip()[:120],
                description=description.strip(),
                sent_to=address,
                sent_on=on,
                sent_by=actor,
            )
    except IntegrityError as error:
        raise Refused(
            Code.ALREADY_DONE, _("L’assureur n’a pas encore répondu pour ce métier."), field="trade_name"
        ) from error
    slip.document = store_document(
        slip_pdf(slip),
        kind=SLIP_FILE,
        name=f"fiche-navette-{row.reference or row.pk}.pdf",
        mime="application/pdf",
        about=slip,
        actor=actor,
        retention_until=after_months(on, SLIP_KEPT_MONTHS),
    )
    slip.save(update_fields=["document"])
    write_to_insurer(slip, file=slip.document, actor=actor)
    audit.record(actor, "entrepreneurs.insurerslip.send", slip, detail={"to": address})
    return slip


@performs(SLIP_FLOW, "agree")
def agree_slip(slip: InsurerSlip, *, answered_on: date, actor: Any, answer: str = "") -> None:
    """Does: notes the insurer's yes. Refuses: a slip already answered, a day before it was sent or to come.
    Leaves behind: the answer, frozen; an activity of this trade may begin."""
    _answer(slip, answered_on, answer, actor)


@performs(SLIP_FLOW, "limit")
def limit_slip(slip: InsurerSlip, *, answered_on: date, answer: str, actor: Any) -> None:
    """Does: notes a yes with exclusions. Refuses: exclusions that nobody says, a slip already answered, a day
    before it was sent or to come. Leaves behind: the answer, frozen; an activity may begin within it."""
    require_text(answer, "answer", _("Recopiez les exclusions : elles valent pour tous les devis."))
    _answer(slip, answered_on, answer, actor)


@performs(SLIP_FLOW, "refuse")
def refuse_slip(slip: InsurerSlip, *, answered_on: date, answer: str, actor: Any) -> None:
    """Does: notes a no. Refuses: no reason, a slip already answered, a day before it was sent or to come.
    Leaves behind: the answer, frozen; no activity of this trade may begin."""
    require_text(answer, "answer", _("Recopiez le motif de l’assureur."))
    _answer(slip, answered_on, answer, actor)


def _answer(slip: InsurerSlip, answered_on: date, answer: str, actor: Any) -> None:
    if not slip.sent_on <= answered_on <= timezone.localdate():
        raise Refused(
            Code.DATE_INVALID,
            _("La réponse est datée entre l’envoi de la fiche et aujourd’hui."),
            field="answered_on",
        )
    slip.answered_on, slip.answer, slip.answered_by = answered_on, answer.strip()[:500], actor


@transaction.atomic
def ask_opinions(
    application: Application, *, people: list[int] | None = None, kind: str, on: date, actor: Any
) -> list[ColleagueOpinion]:
    """Does: asks those of the same trade nearby, or the members of the collective, what they think; `people`
    are the keys of those chosen among them, None for all. Refuses: nobody to ask (value_missing), an
    application decided. Leaves behind: a demand each, a notice to those who have an account, audit. Whoever
    was asked already is not asked twice."""
    row = locked(application)
    wanted = {
        person: activity
        for person, activity in people_to_ask(row, kind, on=on).items()
        if people is None or person.pk in people
    }
    asked = [
        ColleagueOpinion.objects.create(
            application=row, kind=kind, activity=activity, person=person, asked_by=actor, asked_on=on
        )
        for person, activity in wanted.items()
    ]
    if not asked:
        raise Refused(Code.VALUE_MISSING, _("Il n’y a personne de plus à interroger."))
    for opinion in asked:
        _tell_asked(opinion, actor)
        audit.record(actor, "entrepreneurs.colleagueopinion.ask", row, detail={"to": str(opinion.person)})
    return asked


def _tell_asked(opinion: ColleagueOpinion, actor: Any) -> None:
    account = getattr(opinion.person, "user", None)
    if account is None:
        return
    notify(
        [account],
        OPINION_ASKED,
        subject=lambda: _("Votre avis sur une candidature"),
        text=lambda: (
            _("Quelqu’un du même métier candidate près de vous : dites à l’équipe ce que vous en pensez.")
            if opinion.kind == OpinionKind.TRADE
            else _("Quelqu’un demande à rejoindre votre collectif : donnez votre avis.")
        ),
        url=reverse("entrepreneurs:opinion_give", args=[opinion.pk]),
        about=opinion,
        actor=actor,
    )


@transaction.atomic
def give_opinion(opinion: ColleagueOpinion, *, value: str, text: str, actor: Any) -> ColleagueOpinion:
    """Does: gives the opinion that was asked. Refuses: one already given, a reserve or a no that nobody
    explains, an application decided since. Leaves behind: the opinion, frozen; audit."""
    if opinion.application is not None:
        locked(opinion.application)
    row = ColleagueOpinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    return write_opinion(row, value=value, text=text, actor=actor)
