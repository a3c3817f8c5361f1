"""What the mails of the room say: who, what, why you, one button (interface.md §8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cae.core.elision import elided
from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.models import OutgoingEmail
from cae.core.templatetags.formats import spelled
from people.models import Person, Role, User

OPEN_ACCOUNT = gettext_lazy("Ouvrir mon compte")

INVITATION = "people.invitation"


def register_mails() -> None:
    """Declares the mails whose words the cooperative may change (CAE-07)."""
    register_mail(
        MailKind(
            INVITATION,
            label=gettext_lazy("Invitation à ouvrir un compte"),
            subject=gettext_lazy("{{ invitant }} vous invite à ouvrir votre compte"),
            body=gettext_lazy(
                "Bonjour {{ prenom }},\n\n"
                "Votre compte vous attend : choisissez un mot de passe et il s’ouvre.\n\n"
                "Ce lien est personnel, sert une seule fois et vaut jusqu’au {{ jour }}."
            ),
            places={
                "invitant": Place(gettext_lazy("qui invite"), "Claire Lenoir"),
                "prenom": Place(gettext_lazy("le prénom de la personne invitée"), "Noé"),
                "jour": Place(gettext_lazy("le dernier jour du lien"), "9 décembre 2026"),
            },
        )
    )


@dataclass(frozen=True)
class SecurityNotice:
    """A mail about the account itself: the subject, the sentence, the word and target of its button.

    `link` is the name under which allauth hands the address over; empty, the button opens « Mon compte »."""

    subject: Any
    sentence: Any
    button: Any = OPEN_ACCOUNT
    link: str = ""
    was_it_you: bool = True


# By the name allauth gives to each occasion. Those that are absent belong to doors that stay shut.
SECURITY_NOTICES: dict[str, SecurityNotice] = {
    "account/email/password_reset_key": SecurityNotice(
        gettext_lazy("Choisir un nouveau mot de passe"),
        gettext_lazy("Vous avez demandé à choisir un nouveau mot de passe. Ce lien sert une seule fois."),
        gettext_lazy("Choisir mon mot de passe"),
        "password_reset_url",
    ),
    "account/email/email_confirmation": SecurityNotice(
        gettext_lazy("Confirmez votre adresse e-mail"),
        gettext_lazy("Confirmez que cette adresse est bien la vôtre pour vous en servir avec votre compte."),
        gettext_lazy("Confirmer mon adresse"),
        "activate_url",
    ),
    "account/email/password_changed": SecurityNotice(
        gettext_lazy("Votre mot de passe a changé"),
        gettext_lazy("Le mot de passe de votre compte vient de changer."),
    ),
    "account/email/password_reset": SecurityNotice(
        gettext_lazy("Votre mot de passe a changé"),
        gettext_lazy(
            "Un nouveau mot de passe vient d’être choisi pour votre compte, par le lien envoyé par e-mail."
        ),
    ),
    "account/email/password_set": SecurityNotice(
        gettext_lazy("Votre mot de passe a changé"),
        gettext_lazy("Votre compte a maintenant un mot de passe."),
    ),
    "account/email/email_changed": SecurityNotice(
        gettext_lazy("L’adresse de votre compte a changé"),
        gettext_lazy("L’adresse e-mail de votre compte vient de changer."),
    ),
    "account/email/email_deleted": SecurityNotice(
        gettext_lazy("Une adresse a été retirée de votre compte"),
        gettext_lazy("Une adresse e-mail vient d’être retirée de votre compte."),
    ),
    "mfa/email/totp_activated": SecurityNotice(
        gettext_lazy("Second facteur activé"),
        gettext_lazy("Votre compte demande maintenant un code de votre application d’authentification."),
    ),
    "mfa/email/totp_deactivated": SecurityNotice(
        gettext_lazy("Second facteur retiré"),
        gettext_lazy("Votre compte ne demande plus de code : le mot de passe suffit."),
    ),
    "mfa/email/webauthn_added": SecurityNotice(
        gettext_lazy("Clé d’accès ajoutée"),
        gettext_lazy("Une clé d’accès vient d’être ajoutée à votre compte : elle peut l’ouvrir."),
    ),
    "mfa/email/webauthn_removed": SecurityNotice(
        gettext_lazy("Clé d’accès retirée"),
        gettext_lazy("Une clé d’accès vient d’être retirée de votre compte : elle ne l’ouvre plus."),
    ),
    "mfa/email/recovery_codes_generated": SecurityNotice(
        gettext_lazy("Nouveaux codes de secours"),
        gettext_lazy("Dix nouveaux codes de secours remplacent ceux que vous aviez."),
    ),
}


def security_email(name: str, *, to: str, context: dict[str, Any], account: User | None) -> OutgoingEmail:
    """Queues the mail of one occasion; an occasion we do not know is a fault of the settings: KeyError."""
    notice = SECURITY_NOTICES[name]
    with override(account.language if account else settings.LANGUAGE_CODE):
        paragraphs = [str(notice.sentence)]
        if notice.was_it_you:
            paragraphs.append(
                _("Si ce n’est pas vous, changez votre mot de passe et prévenez l’équipe sans attendre.")
            )
        return _queue(
            to=to,
            subject=str(notice.subject),
            paragraphs=paragraphs,
            button=str(notice.button),
            url=context[notice.link] if notice.link else _absolute("people:account"),
            why=_("Vous recevez cet e-mail parce que cette adresse est celle de votre compte."),
            cause=name.replace("/email/", "."),
            about=account,
            actor=None,
            opens=bool(notice.link),
        )


def invitation_email(person: Person, *, token: str, ends_at: datetime, actor: User | None) -> OutgoingEmail:
    """Queues the mail by which a person opens their account; without author, the cooperative invites."""
    name = actor.get_full_name() if actor else _("La coopérative")
    url = _absolute("people:accept_invitation", token)
    return queue_email(
        to=person.email,
        words={
            "invitant": name,
            "prenom": person.first_name,
            "jour": spelled(localtime(ends_at)),
        },
        context={
            "button": _("Ouvrir mon compte"),
            "url": url,
            "why": elided(
                _("Invitation de %(name)s. Sans réponse de votre part, rien ne se passe."), {"name": name}
            ),
        },
        cause=INVITATION,
        about=person,
        actor=actor,
        secret=url,
    )


def role_given_email(role: Role, account: User, *, actor: User) -> OutgoingEmail:
    """Queues the mail that tells a person of a new right; it can't be muted."""
    with override(account.language):
        where = str(role.scope) if role.scope else _("toute la coopérative")
        facts = {
            "role": role.get_kind_display(),
            "where": where,
            "day": spelled(role.starts_on),
            "name": actor.get_full_name(),
        }
        return _queue(
            to=account.email,
            subject=_("Nouveau rôle : %(role)s") % facts,
            paragraphs=[
                _("%(name)s vous a donné le rôle « %(role)s » (%(where)s), à partir du %(day)s.") % facts,
                _("Motif : %(reason)s") % {"reason": role.reason},
            ],
            button=_("Voir mes rôles"),
            url=_absolute("people:account"),
            why=_("Vous recevez cet e-mail parce que vos droits ont changé."),
            cause="people.role.give",
            about=account,
            actor=actor,
        )


def _absolute(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _queue(
    *,
    to: str,
    subject: str,
    paragraphs: list[str],
    button: str,
    url: str,
    why: str,
    cause: str,
    about: Any,
    actor: User | None,
    opens: bool = False,
) -> OutgoingEmail:
    """`opens`: the address lets in whoever has it, so it is not kept readable."""
    context = {"paragraphs": paragraphs, "button": button, "url": url, "why": why}
    return queue_email(
        to=to,
        subject=subject,
        template="emails/people/notice",
        context=context,
        cause=cause,
        about=about,
        actor=actor,
        secret=url if opens else "",
    )
