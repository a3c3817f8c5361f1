"""What is written when a proxy falls asleep or wakes with the right to vote of its holder (GOV-23)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.notices import Words
from governance.models import Associate, Proxy
from governance.selectors.preparing import address_of
from governance.selectors.register import votes_at
from governance.selectors.representation import acting_persons, places_of, proxies_running
from governance.services.assembly_mails import language_of, moment_of
from governance.services.representing import tell

UNHEARD, HEARD = "governance.proxy_unheard", "governance.proxy_heard"

_PLACES = {
    "prenom": Place(gettext_lazy("le prénom de la personne"), "Nina"),
    "associe": Place(gettext_lazy("l’associé·e qui a donné pouvoir"), "Nina Martin"),
    "mandataire": Place(gettext_lazy("qui porte ce pouvoir"), "Bob Durand"),
    "assemblee": Place(gettext_lazy("l’intitulé de l’assemblée"), "Assemblée générale de printemps"),
    "date": Place(gettext_lazy("le jour et l’heure"), "12/06/2027 à 14:00"),
}

_KINDS = (
    MailKind(
        UNHEARD,
        label=gettext_lazy("Assemblée : pouvoir sans effet"),
        subject=gettext_lazy("{{ assemblee }} : votre pouvoir ne s’exerce plus"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "{{ associe }} a donné pouvoir à {{ mandataire }} pour « {{ assemblee }} », le {{ date }}. "
            "{{ mandataire }} n’a plus le droit de vote : ce pouvoir dort, et la voix ne compte pas.\n\n"
            "Jusqu’à l’ouverture de la séance, vous pouvez donner pouvoir à quelqu’un d’autre. Vous pouvez "
            "toujours venir, et voter vous-même."
        ),
        places=_PLACES,
    ),
    MailKind(
        HEARD,
        label=gettext_lazy("Assemblée : pouvoir de nouveau en vigueur"),
        subject=gettext_lazy("{{ assemblee }} : votre pouvoir s’exerce de nouveau"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "{{ mandataire }} a de nouveau le droit de vote : le pouvoir de {{ associe }} pour "
            "« {{ assemblee }} », le {{ date }}, s’exerce de nouveau."
        ),
        places=_PLACES,
    ),
)


def register_proxy_mails() -> None:
    """Declares their texts, which the cooperative may change."""
    for kind in _KINDS:
        register_mail(kind)


def tell_proxies(associate: Associate, *, voted: bool, now: datetime, actor: Any) -> None:
    """Does: tells what the right to vote of an associate, just lost or given back, makes of proxies in the
    assemblies called or sitting: by mail those who gave them one, by a notice whoever holds theirs; `voted`
    is whether they had it before. Refuses: nothing; a right that stays as it was tells nothing, who is in the
    sitting votes already. Leaves behind: mails and notices."""
    votes = votes_at(associate, now)
    if votes == voted:
        return
    for proxy in proxies_running(associate):
        if proxy.holder_id == associate.pk:
            if proxy.principal_id not in places_of(proxy.assembly, now, [proxy.principal_id]):
                _write(proxy, HEARD if votes else UNHEARD, now, actor)
        elif proxy.holder_id is not None:
            subject, text = _words(associate.name, votes=votes)
            tell([proxy.holder_id], subject, text, assembly=proxy.assembly, now=now, actor=actor)


def _words(name: str, *, votes: bool) -> tuple[Words, Words]:
    if votes:
        return (
            lambda: _("%(name)s a de nouveau le droit de vote") % {"name": name},
            lambda: _("Son pouvoir s’exerce de nouveau : vous votez en son nom."),
        )
    return (
        lambda: _("%(name)s n’a plus le droit de vote") % {"name": name},
        lambda: _("Son pouvoir dort : vous ne votez pas en son nom."),
    )


def _write(proxy: Proxy, cause: str, now: datetime, actor: Any) -> None:
    person = acting_persons([proxy.principal_id], timezone.localdate(now)).get(proxy.principal_id)
    to = address_of(person) if person is not None else ""
    if person is None or not to:
        return
    with language_of(person):
        queue_email(
            to=to,
            context={
                "button": _("Voir ma voix"),
                "url": settings.SITE_URL + reverse("governance:own_proxy", args=[proxy.assembly_id]),
                "why": _("Vous recevez cet e-mail parce que vous avez donné votre pouvoir."),
            },
            cause=cause,
            words={
                "prenom": person.first_name,
                "associe": proxy.principal.name,
                "mandataire": proxy.holder.name if proxy.holder is not None else "",
                "assemblee": proxy.assembly.title,
                "date": moment_of(proxy.assembly),
            },
            about=proxy,
            actor=actor,
        )
