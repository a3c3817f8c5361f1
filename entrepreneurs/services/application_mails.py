"""What is written to candidates, each time with a personal link: they have no account (ENT-01)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import links
from cae.core.limits import within_limit
from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.models import Message, OutgoingEmail, PersonalLink
from cae.core.settings import value_of
from cae.core.templatetags.formats import spelled
from entrepreneurs.models import Application
from entrepreneurs.states.applications import APPLICATION_LINK, ApplicationState

LINK_DAYS = "entrepreneurs.application_link_days"
BEGUN, LINK = "entrepreneurs.application_begun", "entrepreneurs.application_link"
RECEIPT, WITHDRAWN = "entrepreneurs.application_receipt", "entrepreneurs.application_withdrawn"
REPLY = "entrepreneurs.application_reply"
# Links asked for one address in an hour: somebody hesitates, a machine insists.
MOST_LINKS, SPAN = 4, 3600
# Those to whom a link is worth sending again.
_FOLLOWED = [state for state in ApplicationState if state != ApplicationState.WITHDRAWN]

_NAME = {"prenom": Place(gettext_lazy("le prénom du candidat"), "Nina")}
_DAY = {"jour": Place(gettext_lazy("le dernier jour du lien"), "26 décembre 2026")}
_REFERENCE = {"reference": Place(gettext_lazy("la référence de la candidature"), "C2026-0012")}
_KINDS = (
    MailKind(
        BEGUN,
        label=gettext_lazy("Candidature : le lien pour la remplir"),
        subject=gettext_lazy("Votre candidature : le lien pour la remplir"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Voici le lien de votre candidature. Remplissez-la à votre rythme : chaque page est gardée, "
            "et ce lien vous y ramène.\n\n"
            "Il est personnel et vaut jusqu’au {{ jour }} ; passé ce jour, il vous en propose un nouveau.\n\n"
            "Si vous n’avez rien demandé, ne faites rien : la candidature sera effacée."
        ),
        places=_NAME | _DAY,
    ),
    MailKind(
        LINK,
        label=gettext_lazy("Candidature : un nouveau lien"),
        subject=gettext_lazy("Votre candidature : un nouveau lien"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Voici un nouveau lien vers votre candidature. Il est personnel et vaut jusqu’au {{ jour }}."
        ),
        places=_NAME | _DAY,
    ),
    MailKind(
        RECEIPT,
        label=gettext_lazy("Candidature reçue"),
        subject=gettext_lazy("Candidature reçue : {{ reference }}"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Votre candidature est arrivée, sous la référence {{ reference }}. L’équipe de votre territoire "
            "la lit et revient vers vous pour convenir d’un premier entretien.\n\n"
            "Vous pouvez suivre où elle en est, écrire à l’équipe, ajouter un document ou la retirer."
        ),
        places=_NAME | _REFERENCE,
    ),
    MailKind(
        WITHDRAWN,
        label=gettext_lazy("Candidature retirée"),
        subject=gettext_lazy("Candidature retirée : {{ reference }}"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Votre candidature {{ reference }} est retirée, comme vous l’avez demandé. "
            "Vous pourrez en commencer une autre quand vous voudrez."
        ),
        places=_NAME | _REFERENCE,
    ),
    MailKind(
        REPLY,
        label=gettext_lazy("Candidature : un message de l’équipe"),
        subject=gettext_lazy("{{ auteur }} vous écrit au sujet de votre candidature"),
        body=gettext_lazy("Bonjour {{ prenom }},\n\n{{ message }}\n\n{{ auteur }}"),
        places=_NAME
        | {
            "auteur": Place(gettext_lazy("qui écrit"), "Claire Lenoir"),
            "message": Place(gettext_lazy("le message"), gettext_lazy("Pouvez-vous préciser votre projet ?")),
        },
    ),
)


def register_application_mails() -> None:
    """Declares the mails whose words the cooperative may change."""
    for kind in _KINDS:
        register_mail(kind)


def write_to_candidate(
    application: Application,
    *,
    cause: str,
    values: Mapping[str, str],
    now: datetime,
    actor: Any,
    button: str = "",
) -> OutgoingEmail:
    """Does: writes to the candidate in the words of a registered mail, with a new personal link. `values`
    are its places; `prenom`, `reference` and `jour` are known here. Refuses: nothing.
    Leaves behind: the link, the mail."""
    link, token = open_link(application, now=now, actor=actor)
    url = settings.SITE_URL + reverse("entrepreneurs:application", args=[token])
    known = {
        "prenom": application.first_name,
        "reference": application.reference or _("en cours"),
        "jour": spelled(timezone.localtime(link.ends_at)),
    }
    return queue_email(
        to=application.email,
        words=known | dict(values),
        context={
            "button": button or _("Ouvrir ma candidature"),
            "url": url,
            "why": _("Vous recevez cet e-mail parce qu’une candidature porte cette adresse."),
        },
        cause=cause,
        about=application,
        actor=actor,
        secret=url,
    )


def open_link(application: Application, *, now: datetime, actor: Any) -> tuple[PersonalLink, str]:
    """Does: makes a personal link to an application. Refuses: nothing. Leaves behind: its row; gives it with
    its secret, shown once."""
    ends_at = now + timedelta(days=value_of(LINK_DAYS, on=timezone.localdate(now)))
    return links.create_link(application, purpose=APPLICATION_LINK, ends_at=ends_at, actor=actor)


@transaction.atomic
def renew_link(token: str, *, now: datetime) -> bool:
    """Does: sends a new link to the address of the application that this link, dead or alive, was about.
    Refuses: nothing; an unknown secret, or too many in an hour, sends nothing.
    Leaves behind: the link, the mail. Tells whether the secret was one of ours."""
    link = links.link_of(token)
    if link is None or link.purpose != APPLICATION_LINK or link.withdrawn_at is not None:
        return False
    application = Application.objects.filter(pk=link.about_id).first()
    if application is None:
        return False
    _send_again([application], application.email, now)
    return True


@transaction.atomic
def send_links(email: str, *, now: datetime) -> None:
    """Does: sends a link for each application that bears this address. Refuses: nothing: whoever asks is
    told the same, whether the address is known or not. Leaves behind: the links, the mails."""
    known = Application.objects.filter(email__iexact=email.strip(), state__in=_FOLLOWED)
    _send_again(list(known.order_by("-created_at", "-pk")[:MOST_LINKS]), email, now)


def is_within_reach(email: str) -> bool:
    """Counts one more link asked for an address; tells whether it is not one too many."""
    return within_limit(f"application:{email.strip().lower()}", most=MOST_LINKS, seconds=SPAN)


def _send_again(applications: list[Application], email: str, now: datetime) -> None:
    if not is_within_reach(email):
        return
    for application in applications:
        write_to_candidate(application, cause=LINK, values={}, now=now, actor=None)


def carry_to_candidate(application: Application, message: Message) -> None:
    """Does: sends to the candidate what the team wrote for them. Refuses: nothing.
    Leaves behind: the mail."""
    write_to_candidate(
        application,
        cause=REPLY,
        values={"auteur": message.author_name, "message": message.text},
        now=timezone.now(),
        actor=message.author,
        button=_("Répondre"),
    )
