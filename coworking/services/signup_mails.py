"""What is written to whoever asked to join a place; the cooperative may change the words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from coworking.models import SignUp

RECEIVED, ACCEPTED, DECLINED = (
    "coworking.signup_received",
    "coworking.signup_accepted",
    "coworking.signup_refused",
)
_WHO = {
    "prenom": Place(_("le prénom de la personne"), "Camille"),
    "lieu": Place(_("le nom du lieu"), "Hagetmau"),
    "formule": Place(_("la formule choisie"), _("Poste résident")),
}
_KINDS = (
    MailKind(
        RECEIVED,
        label=_("Adhésion à un lieu : demande reçue"),
        subject=_("{{ lieu }} : votre demande est arrivée"),
        body=_(
            "Bonjour {{ prenom }},\n\n"
            "Votre demande pour « {{ formule }} » est arrivée à l’équipe du lieu, qui vous répond sous peu."
            "\n\nRien n’est dû tant qu’elle n’est pas acceptée."
        ),
        places=_WHO,
    ),
    MailKind(
        ACCEPTED,
        label=_("Adhésion à un lieu : demande acceptée"),
        subject=_("{{ lieu }} : bienvenue"),
        body=_(
            "Bonjour {{ prenom }},\n\n"
            "Votre demande pour « {{ formule }} » est acceptée. L’équipe vous attend le jour convenu."
        ),
        places=_WHO,
    ),
    MailKind(
        DECLINED,
        label=_("Adhésion à un lieu : demande refusée"),
        subject=_("{{ lieu }} : votre demande"),
        body=_(
            "Bonjour {{ prenom }},\n\n"
            "Nous ne pouvons pas donner suite à votre demande pour « {{ formule }} » : {{ motif }}"
        ),
        places=_WHO | {"motif": Place(_("le motif du refus"), _("tous les postes sont pris ce mois-ci."))},
    ),
)


def register_signup_mails() -> None:
    """Called once, when models are ready."""
    for kind in _KINDS:
        register_mail(kind)


def write_to_newcomer(signup: SignUp, cause: str, *, actor: Any) -> None:
    """Does: writes to whoever asked. Refuses: nothing. Leaves behind: the mail."""
    words = {
        "prenom": signup.first_name,
        "lieu": signup.place.name,
        "formule": signup.plan.name,
        "motif": signup.reason,
    }
    context = {
        "button": gettext("Voir le lieu"),
        "url": settings.SITE_URL + signup.place.public_url,
        "why": gettext("Vous recevez cet e-mail parce que vous avez demandé à rejoindre ce lieu."),
    }
    queue_email(to=signup.email, context=context, cause=cause, words=words, about=signup, actor=actor)
