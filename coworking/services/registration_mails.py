"""What is written to those who register, each time with the personal link of their registration (COW-30)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import links
from cae.core.limits import within_limit
from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.models import OutgoingEmail, PersonalLink
from coworking.models import Event, Registration
from coworking.selectors.event_words import spoken, when_of
from coworking.states.events import REGISTRATION_LINK, SEATED

CONFIRMED, WAITS = "coworking.registration_confirmed", "coworking.registration_waits"
OFFERED, TOO_LATE = "coworking.place_offered", "coworking.place_lapsed"
TAKEN_BACK, LINK = "coworking.registration_cancelled", "coworking.registration_link"
CALLED_OFF, MOVED = "coworking.event_cancelled", "coworking.event_moved"
REMINDER, THANKS = "coworking.event_reminder", "coworking.event_thanks"
# After the event the link still gives the certificate and asks what one thought of it.
LINK_LASTS = timedelta(days=60)
# Mails asked for one address in an hour: somebody hesitates, a machine insists.
MOST_MAILS, SPAN = 6, 3600

_PLACES = {
    "prenom": Place(gettext_lazy("le prénom de la personne"), "Nina"),
    "evenement": Place(gettext_lazy("le titre de l’événement"), gettext_lazy("Petit-déjeuner du Rucher")),
    "quand": Place(gettext_lazy("le jour et l’heure"), "12 janvier 2027 à 8:30"),
    "lieu": Place(gettext_lazy("où il se tient"), "Le Rucher, 40700 Hagetmau"),
}
_UNTIL = {"jusque": Place(gettext_lazy("jusqu’à quand la place est gardée"), "10 janvier 2027 à 8:30")}
_REASON = {"motif": Place(gettext_lazy("pourquoi il est annulé"), gettext_lazy("L’intervenante est malade."))}


def _kind(code: str, label: Any, subject: Any, body: Any, **more: Place) -> MailKind:
    return MailKind(code, label=label, subject=subject, body=body, places=_PLACES | more)


_KINDS = (
    _kind(
        CONFIRMED,
        gettext_lazy("Événement : inscription enregistrée"),
        gettext_lazy("Vous êtes inscrit·e : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Votre inscription à « {{ evenement }} » est enregistrée.\n\n"
            "{{ quand }}\n{{ lieu }}\n\n"
            "Un empêchement ? Annulez depuis ce lien : votre place servira à quelqu’un d’autre."
        ),
    ),
    _kind(
        WAITS,
        gettext_lazy("Événement : sur liste d’attente"),
        gettext_lazy("Sur liste d’attente : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "« {{ evenement }} » est complet. Vous êtes sur la liste d’attente : dès qu’une place se libère "
            "pour vous, nous vous l’écrivons.\n\n"
            "{{ quand }}\n{{ lieu }}"
        ),
    ),
    _kind(
        OFFERED,
        gettext_lazy("Événement : une place se libère"),
        gettext_lazy("Une place pour vous : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Une place se libère pour « {{ evenement }} », {{ quand }}, {{ lieu }}.\n\n"
            "Elle vous est gardée jusqu’au {{ jusque }} : prenez-la depuis ce lien, ou laissez-la à la "
            "personne suivante."
        ),
        **_UNTIL,
    ),
    _kind(
        TOO_LATE,
        gettext_lazy("Événement : la place proposée est passée à quelqu’un d’autre"),
        gettext_lazy("La place n’est plus gardée : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Sans réponse de votre part, la place gardée pour « {{ evenement }} » est proposée à la personne "
            "suivante. Vous pouvez vous inscrire de nouveau si une place se libère."
        ),
    ),
    _kind(
        TAKEN_BACK,
        gettext_lazy("Événement : inscription annulée"),
        gettext_lazy("Inscription annulée : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Votre inscription à « {{ evenement }} », {{ quand }}, est annulée. À une prochaine fois."
        ),
    ),
    _kind(
        LINK,
        gettext_lazy("Événement : le lien d’une inscription"),
        gettext_lazy("Votre inscription : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Cette adresse est déjà inscrite à « {{ evenement }} », {{ quand }}. "
            "Ce lien montre l’inscription, la change ou l’annule."
        ),
    ),
    _kind(
        CALLED_OFF,
        gettext_lazy("Événement annulé"),
        gettext_lazy("Annulé : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "« {{ evenement }} », prévu {{ quand }}, est annulé. {{ motif }}\n\n"
            "L’agenda dit les prochaines dates."
        ),
        **_REASON,
    ),
    _kind(
        MOVED,
        gettext_lazy("Événement déplacé"),
        gettext_lazy("Du nouveau : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "« {{ evenement }} » change de date ou de lieu :\n\n"
            "{{ quand }}\n{{ lieu }}\n\n"
            "Votre inscription suit. Si cela ne vous va plus, annulez-la depuis ce lien."
        ),
    ),
    _kind(
        REMINDER,
        gettext_lazy("Événement : rappel de la veille"),
        gettext_lazy("Bientôt : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "« {{ evenement }} » approche : {{ quand }}, {{ lieu }}.\n\n"
            "Si vous ne pouvez plus venir, annulez depuis ce lien : la place servira."
        ),
    ),
    _kind(
        THANKS,
        gettext_lazy("Événement : merci, et votre avis"),
        gettext_lazy("Merci d’être venu·e : {{ evenement }}"),
        gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Merci d’être venu·e à « {{ evenement }} ». Qu’en avez-vous pensé ? Deux questions, une "
            "minute.\n\n"
            "Ce lien donne aussi votre attestation de présence."
        ),
    ),
)
_BUTTONS = {
    OFFERED: gettext_lazy("Prendre la place"),
    CALLED_OFF: gettext_lazy("Voir l’agenda"),
    THANKS: gettext_lazy("Donner mon avis"),
}
# What nobody asked for just now keeps the quiet hours.
_QUIET = frozenset({REMINDER, THANKS})


def register_registration_mails() -> None:
    """Declares the mails whose words the cooperative may change."""
    for kind in _KINDS:
        register_mail(kind)


def write_to(registration: Registration, *, cause: str, now: datetime, actor: Any) -> OutgoingEmail:
    """Does: writes to somebody who registered in the words of a registered mail, with a new personal link.
    Refuses: nothing. Leaves behind: the link, the mail."""
    event = registration.event
    _link, token = open_link(registration, now=now, actor=actor)
    url = settings.SITE_URL + reverse("coworking:registration", args=[token])
    words = {
        "prenom": registration.first_name,
        "evenement": event.title,
        "quand": when_of(event),
        "lieu": ", ".join(event.where_lines) or event.where,
    }
    if cause == OFFERED and registration.offered_until is not None:
        words["jusque"] = spoken(registration.offered_until)
    if cause == CALLED_OFF:
        words["motif"] = event.cancel_reason
    return queue_email(
        to=registration.email,
        words=words,
        context={
            "button": _BUTTONS.get(cause, _("Voir mon inscription")),
            "url": url,
            "why": _("Vous recevez cet e-mail parce que cette adresse est inscrite à un événement."),
        },
        cause=cause,
        about=registration,
        actor=actor,
        secret=url,
        reply_to=event.contact_email,
        quiet=cause in _QUIET,
    )


def open_link(registration: Registration, *, now: datetime, actor: Any) -> tuple[PersonalLink, str]:
    """Does: makes a personal link to a registration. Refuses: nothing. Leaves behind: its row; gives it with
    its secret, shown once."""
    ends_at = max(now, registration.event.ends_at) + LINK_LASTS
    return links.create_link(registration, purpose=REGISTRATION_LINK, ends_at=ends_at, actor=actor)


def send_link_again(registration: Registration, *, now: datetime) -> bool:
    """Does: sends the link of a registration to its own address. Refuses: nothing; too many in an hour send
    nothing. Leaves behind: the link, the mail; tells whether it left."""
    name = f"registration:{registration.event_id}:{registration.email.lower()}"
    if not within_limit(name, most=MOST_MAILS, seconds=SPAN):
        return False
    write_to(registration, cause=LINK, now=now, actor=None)
    return True


def tell_registered(event: Event, *, cause: str, actor: Any, states: Iterable[str] = SEATED) -> int:
    """Does: writes to those who come (or wait, by their states). Refuses: nothing. Leaves behind: a mail
    each; gives how many."""
    now, rows = timezone.now(), list(event.registrations.filter(state__in=tuple(states)))
    for row in rows:
        # The event in hand, whose change is not saved yet.
        row.event = event
        write_to(row, cause=cause, now=now, actor=actor)
    return len(rows)
