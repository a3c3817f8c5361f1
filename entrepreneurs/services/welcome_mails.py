"""What is written while somebody is welcomed: to the candidate, the prescriber, the insurer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.elision import elided
from cae.core.identity import cooperative_on
from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.models import Document, OutgoingEmail
from cae.core.templatetags.formats import spelled
from entrepreneurs.models import Application, ApplicationDecision, InsurerSlip
from entrepreneurs.services.application_mails import write_to_candidate
from entrepreneurs.states.committees import Verdict
from people.selectors.consents import has_consent
from people.states.consents import ConsentPurpose

SLOT, SLOT_AGAIN = "entrepreneurs.slot_invitation", "entrepreneurs.slot_reminder"
PRESCRIBER, INSURER = "entrepreneurs.prescriber_told", "entrepreneurs.insurer_asked"
DECIDED: dict[str, str] = {
    Verdict.ACCEPTED: "entrepreneurs.application_accepted",
    Verdict.POSTPONED: "entrepreneurs.application_postponed",
    Verdict.REFUSED: "entrepreneurs.application_refused",
    Verdict.REDIRECTED: "entrepreneurs.application_redirected",
    Verdict.POOLED: "entrepreneurs.application_pooled",
    Verdict.REOPENED: "entrepreneurs.application_reopened",
}

_NAME = {
    "prenom": Place(gettext_lazy("le prénom du candidat"), "Nina"),
    "reference": Place(gettext_lazy("la référence de la candidature"), "C2026-0012"),
}
_WORDS = _NAME | {
    "explication": Place(
        gettext_lazy("ce que l’équipe explique"),
        gettext_lazy("Votre projet a besoin d’un atelier que nous n’avons pas."),
    ),
}
_ADVISOR = _NAME | {
    "accompagnateur": Place(gettext_lazy("qui reçoit"), "Claire Lenoir"),
}


def _decision(verdict: str, label: Any, subject: Any, body: Any) -> MailKind:
    return MailKind(DECIDED[verdict], label=label, subject=subject, body=body, places=_WORDS)


_KINDS = (
    MailKind(
        SLOT,
        label=gettext_lazy("Candidature : choisir le créneau du premier entretien"),
        subject=gettext_lazy("Choisissez le moment de votre premier entretien"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "{{ accompagnateur }} a lu votre candidature {{ reference }} et vous propose un premier "
            "entretien. Choisissez le moment qui vous convient, sur place, en visioconférence ou par "
            "téléphone.\n\n"
            "Aucun moment ne va ? Dites-le en un message : nous en trouverons un autre."
        ),
        places=_ADVISOR,
    ),
    MailKind(
        SLOT_AGAIN,
        label=gettext_lazy("Candidature : rappel, choisir le créneau du premier entretien"),
        subject=gettext_lazy("Votre premier entretien : il reste des créneaux"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "{{ accompagnateur }} vous attend pour un premier entretien au sujet de votre candidature "
            "{{ reference }}. Choisissez un moment, ou dites-nous que vous avez changé d’idée : "
            "les deux nous vont."
        ),
        places=_ADVISOR,
    ),
    _decision(
        Verdict.ACCEPTED,
        gettext_lazy("Candidature acceptée"),
        gettext_lazy("Votre candidature {{ reference }} est acceptée"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Bonne nouvelle : votre candidature {{ reference }} est acceptée.\n\n"
            "{{ explication }}\n\n"
            "La suite se prépare : les documents à réunir et les signatures vous sont proposés en ligne."
        ),
    ),
    _decision(
        Verdict.POSTPONED,
        gettext_lazy("Candidature reportée"),
        gettext_lazy("Votre candidature {{ reference }} : la décision est reportée"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Nous n’avons pas encore décidé de votre candidature {{ reference }}.\n\n{{ explication }}\n\n"
            "Elle reste ouverte : rien n’est à refaire."
        ),
    ),
    _decision(
        Verdict.REFUSED,
        gettext_lazy("Candidature refusée"),
        gettext_lazy("Votre candidature {{ reference }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Nous avons lu votre candidature {{ reference }} avec attention, et nous ne l’avons pas retenue."
            "\n\n{{ explication }}\n\n"
            "Merci de la confiance que vous nous avez faite. Répondez à ce message si vous voulez en parler."
        ),
    ),
    _decision(
        Verdict.REDIRECTED,
        gettext_lazy("Candidature réorientée"),
        gettext_lazy("Votre candidature {{ reference }} : une autre piste"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Notre coopérative n’est pas le meilleur cadre pour votre projet, et nous vous proposons une "
            "autre piste.\n\n{{ explication }}"
        ),
    ),
    _decision(
        Verdict.POOLED,
        gettext_lazy("Candidature gardée au vivier"),
        gettext_lazy("Votre candidature {{ reference }} est gardée"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Nous ne pouvons pas vous accueillir maintenant, et nous gardons votre candidature "
            "{{ reference }} pour vous rappeler.\n\n{{ explication }}\n\n"
            "Si vous préférez qu’elle soit retirée, un clic suffit."
        ),
    ),
    _decision(
        Verdict.REOPENED,
        gettext_lazy("Candidature rouverte"),
        gettext_lazy("Votre candidature {{ reference }} est rouverte"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Nous reprenons votre candidature {{ reference }} là où elle en était.\n\n{{ explication }}"
        ),
    ),
    MailKind(
        PRESCRIBER,
        label=gettext_lazy("Candidature : réponse au prescripteur, avec l’accord du candidat"),
        subject=gettext_lazy("Candidature de {{ candidat }} : {{ decision }}"),
        body=gettext_lazy(
            "Bonjour,\n\n"
            "Vous avez orienté {{ candidat }} vers notre coopérative. Avec son accord, nous vous disons ce "
            "qu’il en est : candidature {{ decision }} le {{ jour }}.\n\n"
            "Merci de votre confiance."
        ),
        places={
            "candidat": Place(gettext_lazy("le nom du candidat"), "Nina Berthier"),
            "decision": Place(gettext_lazy("la décision"), gettext_lazy("acceptée")),
            "jour": Place(gettext_lazy("le jour de la décision"), "26 novembre 2026"),
        },
    ),
    MailKind(
        INSURER,
        label=gettext_lazy("Fiche navette à l’assureur"),
        subject=gettext_lazy("Fiche navette : {{ metier }}"),
        body=gettext_lazy(
            "Bonjour,\n\n"
            "Voici la fiche d’une activité que nous pensons accueillir : {{ metier }}. Dites-nous si notre "
            "contrat la couvre, avec quelles exclusions le cas échéant.\n\n"
            "Aucun chantier ni aucune prestation ne commence avant votre réponse."
        ),
        places={"metier": Place(gettext_lazy("le métier"), gettext_lazy("Menuiserie d’agencement"))},
    ),
)


def register_welcome_mails() -> None:
    """Declares the mails whose words the cooperative may change."""
    for kind in _KINDS:
        register_mail(kind)


def tell_of_decision(decision: ApplicationDecision, *, now: datetime, actor: Any) -> None:
    """Does: tells the candidate what was decided and, if they agreed to it, the prescriber. Refuses: nothing.
    Leaves behind: one mail or two."""
    application = decision.application
    parts = [decision.reason.strip()]
    if decision.conditions.strip():
        parts.append(_("Conditions : %(conditions)s") % {"conditions": decision.conditions.strip()})
    write_to_candidate(
        application,
        cause=DECIDED[decision.verdict],
        values={"explication": "\n\n".join(filter(None, parts))},
        now=now,
        actor=actor,
    )
    prescriber, person = application.prescriber, application.person
    agrees = person is not None and has_consent(person, ConsentPurpose.PRESCRIBER, timezone.localdate(now))
    if agrees and prescriber is not None and prescriber.email:
        _tell_prescriber(decision, prescriber.email, actor)


def _tell_prescriber(decision: ApplicationDecision, address: str, actor: Any) -> OutgoingEmail:
    return queue_email(
        to=address,
        cause=PRESCRIBER,
        words={
            "candidat": decision.application.full_name,
            "decision": str(decision.get_verdict_display()).lower(),
            "jour": spelled(timezone.localdate(decision.decided_at)),
        },
        context=_to_partner(
            elided(
                _("Vous recevez cet e-mail parce que le dossier de %(name)s vous nomme."),
                {"name": decision.application.full_name},
            )
        ),
        about=decision.application,
        actor=actor,
    )


def invite_to_choose(
    application: Application, *, advisor: str, again: bool, now: datetime, actor: Any
) -> OutgoingEmail:
    """Does: asks the candidate to choose a slot, or reminds. Refuses: nothing. Leaves behind: a mail."""
    return write_to_candidate(
        application,
        cause=SLOT_AGAIN if again else SLOT,
        values={"accompagnateur": advisor},
        now=now,
        actor=actor,
        button=_("Choisir un créneau"),
    )


def write_to_insurer(slip: InsurerSlip, *, file: Document, actor: Any) -> OutgoingEmail:
    """Does: sends the slip to the insurer with its PDF. Refuses: nothing. Leaves behind: a mail."""
    return queue_email(
        to=slip.sent_to,
        cause=INSURER,
        words={"metier": slip.trade_name},
        context=_to_partner(_("Vous recevez cet e-mail en tant qu’assureur de la coopérative.")),
        attachments=[file.pk],
        about=slip,
        actor=actor,
    )


def _to_partner(why: str) -> dict[str, str]:
    """Somebody of another house, without any page here: they answer by mail."""
    address = cooperative_on(timezone.localdate()).email
    return {"button": _("Nous répondre"), "url": f"mailto:{address}", "why": why}
