"""The mails that bring the codes of a secret ballot: under lock until they leave, without a code once they
left (GOV-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.mail import forget_secret, mails_about, queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.models import EmailState
from governance.models import RollEntry, SecretVote
from governance.selectors.secret_voting import CODES
from governance.services.assembly_mails import moment_of
from people.models import User


@dataclass(frozen=True)
class CodeInHand:
    """A code as its voter receives it: for which voice. It lives as long as the act that makes it."""

    entry: RollEntry
    code: str


_KIND = MailKind(
    CODES,
    label=gettext_lazy("Assemblée : codes d’un scrutin secret"),
    subject=gettext_lazy("{{ assemblee }} : de quoi voter au scrutin secret"),
    # The codes follow these words, whatever the cooperative makes of them.
    body=gettext_lazy(
        "Bonjour {{ prenom }},\n\n"
        "« {{ scrutin }} » se vote au scrutin secret pendant l’assemblée « {{ assemblee }} », "
        "le {{ date }}.\n\n"
        "Votre code signe votre bulletin : il vaut une voix et ne se prête pas. La coopérative ne le garde "
        "pas. S’il se perd, dites-le au bureau : vous voterez sur papier."
    ),
    places={
        "prenom": Place(gettext_lazy("le prénom de la personne"), "Nina"),
        "scrutin": Place(gettext_lazy("l’intitulé du scrutin"), "Élection de la gérance"),
        "assemblee": Place(gettext_lazy("l’intitulé de l’assemblée"), "Assemblée générale de printemps"),
        "date": Place(gettext_lazy("le jour et l’heure"), "12/06/2027 à 14:00"),
    },
)


def register_code_mails() -> None:
    """Declares their text, which the cooperative may change."""
    register_mail(_KIND)


def mail_codes(vote: SecretVote, in_hand: Mapping[User, Sequence[CodeInHand]], *, actor: User) -> None:
    """Does: writes to each person the codes of the voices that they cast. Refuses: nothing. Leaves behind:
    one mail a person, in alphabetical order."""
    for user in sorted(in_hand, key=lambda one: str(one).casefold()):
        with translation.override(user.language):
            _write(vote, user, in_hand[user], actor)


def _write(vote: SecretVote, user: User, codes: Sequence[CodeInHand], actor: User) -> None:
    queue_email(
        to=user.email,
        template="emails/secret_codes",
        context={
            "codes": [{"voice": _voice(one.entry), "code": one.code} for one in codes],
            "button": _("Ouvrir la page de vote"),
            "url": settings.SITE_URL + reverse("governance:secret_cast", args=[vote.pk]),
            "why": _("Vous recevez cet e-mail parce que vous avez une voix à cette assemblée."),
        },
        cause=CODES,
        words={
            "prenom": user.person.first_name if user.person is not None else "",
            "scrutin": vote.title,
            "assemblee": vote.assembly.title,
            "date": moment_of(vote.assembly),
        },
        about=vote,
        actor=actor,
        secret="\n".join(one.code for one in codes),
        is_locked=True,
    )


def _voice(entry: RollEntry) -> str:
    if entry.box.college is None:
        return str(entry)
    return _("%(name)s, %(college)s") % {"name": entry, "college": entry.box.college}


def forget_codes(vote: SecretVote) -> None:
    """Does: takes the codes out of the mails that did not leave, which will not leave any more: at the close,
    at the cancellation, before codes made anew. Refuses: nothing. Leaves behind: the mails without codes."""
    rows: Any = mails_about(vote).filter(cause=CODES).exclude(secret="").defer(None).order_by("pk")
    for row in rows.select_for_update(of=("self",)):
        forget_secret(row)
        if row.state == EmailState.QUEUED:
            row.state, row.error = EmailState.FAILED, _("Les codes de cet e-mail ne valent plus.")
        row.save(update_fields=["text", "html", "secret", "state", "error"])
