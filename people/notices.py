"""What people are told of their own account: at once, under the bell and by mail, never muted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.notices import notify, register_notice
from cae.core.templatetags.formats import spelled
from people.models import Assistance, User

ASSISTANCE = "people.assistance"
NEW_DEVICE = "people.new_device"
FACTOR_RESET = "people.factor_reset"
KINDS: dict[str, Any] = {
    ASSISTANCE: gettext_lazy("Quelqu’un agit en votre nom"),
    NEW_DEVICE: gettext_lazy("Connexion depuis un nouvel appareil"),
    FACTOR_RESET: gettext_lazy("Second facteur retiré"),
}


def register_notices() -> None:
    """The safety of an account does not wait for the morning."""
    for code, label in KINDS.items():
        register_notice(code, label=label, mutable=False, urgent=True)


def tell_of_assistance(assistance: Assistance) -> None:
    """Does: tells a person that somebody acts for them. Refuses: nothing. Leaves behind: a notice."""
    facts = {
        "name": assistance.helper.get_full_name(),
        "end": time_format(localtime(assistance.ends_at)),
        "reason": assistance.reason,
    }
    _tell(
        assistance.helped,
        ASSISTANCE,
        lambda: _("%(name)s agit en votre nom") % facts,
        lambda: [
            _("%(name)s agit en votre nom depuis le %(start)s, jusqu’à %(end)s au plus tard.")
            % (facts | {"start": _moment(assistance.started_at)}),
            _("Motif : %(reason)s") % facts,
            _(
                "Tout ce qui est fait est noté sous vos deux noms. Votre mot de passe, vos appareils et votre"
                " adresse restent hors d’atteinte."
            ),
            _("Si vous n’avez rien demandé, dites-le à l’équipe sans attendre."),
        ],
        url=reverse("people:assistance_list"),
        actor=assistance.helper,
    )


def tell_of_new_device(
    account: User, words: Callable[[], str], *, address: str | None, now: datetime
) -> None:
    """Does: tells of a sign-in from an unknown browser. Refuses: nothing. Leaves behind: a notice."""
    _tell(
        account,
        NEW_DEVICE,
        lambda: _("Connexion depuis un nouvel appareil"),
        lambda: [
            _("Votre compte vient d’être ouvert depuis un appareil qu’il ne connaissait pas."),
            _("Quand : le %(moment)s.") % {"moment": _moment(now)},
            _("Avec : %(device)s.") % {"device": words()},
            _("Depuis l’adresse : %(address)s.") % {"address": address or _("inconnue")},
            _("Si c’est vous, il n’y a rien à faire."),
            _(
                "Sinon, fermez cet appareil dans « Mes appareils », changez votre mot de passe et prévenez"
                " l’équipe."
            ),
        ],
        url=reverse("people:session_list"),
    )


def tell_of_factor_reset(account: User, *, actor: User) -> None:
    """Does: tells a person that their factors were taken off. Refuses: nothing. Leaves behind: a notice."""
    _tell(
        account,
        FACTOR_RESET,
        lambda: _("Votre second facteur a été retiré"),
        lambda: [
            _("%(name)s a retiré l’application et les clés de votre compte, à votre demande.")
            % {"name": actor.get_full_name()},
            _("À votre prochaine connexion, ajoutez-en une nouvelle."),
            _("Si vous n’avez rien demandé, changez votre mot de passe et prévenez l’équipe sans attendre."),
        ],
        url=reverse("people:account"),
        actor=actor,
    )


def _tell(
    account: User,
    kind: str,
    subject: Callable[[], str],
    paragraphs: Callable[[], list[str]],
    *,
    url: str,
    actor: User | None = None,
) -> None:
    notify(
        [account],
        kind,
        subject=subject,
        text=lambda: "\n\n".join(paragraphs()),
        url=url,
        about=account,
        actor=actor,
    )


def _moment(when: datetime) -> str:
    local = localtime(when)
    return _("%(day)s à %(time)s") % {"day": spelled(local), "time": time_format(local)}
