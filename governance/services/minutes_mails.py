"""What the house writes about minutes: to sign, taken back, signed, published (GOV-34)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.notices import notify
from cae.core.templatetags.formats import day
from entrepreneurs.selectors.signing import holders_of
from governance.models import Assembly, Associate, Minutes, MinutesSignature, Representative
from governance.models.assemblies import ORGANISER_KINDS
from governance.selectors.preparing import address_of
from governance.services.assembly_mails import language_of
from people.models import Person, User

TO_SIGN, SIGNED, TAKEN_BACK = (
    "governance.minutes_to_sign",
    "governance.minutes_signed",
    "governance.minutes_taken_back",
)
UNSIGNED = "governance.minutes_unsigned"
PUBLISHED = "governance.minutes_published"

_KIND = MailKind(
    PUBLISHED,
    label=gettext_lazy("Assemblée : procès-verbal publié"),
    subject=gettext_lazy("Le procès-verbal de « {{ assemblee }} » est à lire"),
    body=gettext_lazy(
        "Bonjour {{ prenom }},\n\n"
        "Le procès-verbal de l’assemblée « {{ assemblee }} » du {{ date }} est signé par le bureau et "
        "inscrit au registre sous le n° {{ numero }}.\n\n"
        "Vous y trouverez le texte de chaque résolution, le décompte des voix et la règle appliquée."
    ),
    places={
        "prenom": Place(gettext_lazy("le prénom de la personne"), "Nina"),
        "assemblee": Place(gettext_lazy("l’intitulé de l’assemblée"), "Assemblée générale de printemps"),
        "date": Place(gettext_lazy("le jour de l’assemblée"), "12/06/2027"),
        "numero": Place(gettext_lazy("le numéro au registre"), "12"),
    },
)


def register_minutes_mails() -> None:
    """Declares the text, which the cooperative may change."""
    register_mail(_KIND)


def tell_signers(minutes: Minutes, *, actor: Any) -> None:
    """Does: asks each of the bureau who has an account to sign. Refuses: nothing. Leaves behind: notices."""
    notify(
        _signers(minutes),
        TO_SIGN,
        subject=lambda: _("À signer : le procès-verbal de « %(name)s »") % {"name": minutes.assembly},
        text=lambda: _("Le bureau le signe en entier : lisez-le, puis signez."),
        url=reverse("governance:minutes_sign", args=[minutes.assembly_id]),
        about=minutes,
        actor=actor,
    )


def tell_unsigned(place: MinutesSignature, minutes: Minutes, *, actor: Any) -> None:
    """Does: tells who was noted as not signing, who may sign all the same until the others have. Refuses:
    nothing. Leaves behind: a notice."""
    notify(
        User.objects.filter(person=place.person_id, is_active=True),
        UNSIGNED,
        subject=lambda: (
            _("Noté sans votre signature : le procès-verbal de « %(name)s »") % {"name": minutes.assembly}
        ),
        text=lambda: _("Motif noté : %(reason)s") % {"reason": place.unsigned_reason},
        url=minutes.get_absolute_url(),
        about=minutes,
        actor=actor,
    )


def tell_taken_back(minutes: Minutes, *, actor: Any) -> None:
    """Does: tells the bureau that it waits for no signature any more. Refuses: nothing. Leaves behind:
    notices."""
    notify(
        _signers(minutes),
        TAKEN_BACK,
        subject=lambda: _("Repris : le procès-verbal de « %(name)s »") % {"name": minutes.assembly},
        text=lambda: _("Les signatures déjà données ne comptent plus ; il vous sera proposé de nouveau."),
        url=minutes.get_absolute_url(),
        about=minutes,
        actor=actor,
    )


def tell_signed(minutes: Minutes, *, actor: Any) -> None:
    """Does: tells those who organise that the minutes are signed and can be published. Refuses: nothing.
    Leaves behind: notices."""
    today = timezone.localdate()
    organisers = [user for kind in ORGANISER_KINDS for user in holders_of(kind, today)]
    notify(
        organisers,
        SIGNED,
        subject=lambda: _("Signé : le procès-verbal de « %(name)s »") % {"name": minutes.assembly},
        text=lambda: (
            _("Inscrit au registre sous le n° %(number)d. Publiez-le pour que les associé·es le lisent.")
            % {"number": minutes.number or 0}
        ),
        url=minutes.get_absolute_url(),
        about=minutes,
        actor=actor,
    )


def tell_published(assembly: Assembly, *, actor: Any) -> int:
    """Does: writes to every associate of today who has an address that the minutes can be read. Refuses:
    nothing. Leaves behind: the mails; gives how many."""
    minutes = Minutes.objects.select_related("assembly").get(assembly=assembly)
    written = 0
    for person in _readers():
        if to := address_of(person):
            _write(minutes, person, to, actor=actor)
            written += 1
    return written


def _write(minutes: Minutes, person: Person, to: str, *, actor: Any) -> None:
    with language_of(person):
        queue_email(
            to=to,
            words={
                "prenom": person.first_name,
                "assemblee": minutes.assembly.title,
                "date": day(minutes.assembly.starts_at),
                "numero": str(minutes.number),
            },
            context={
                "button": _("Lire le procès-verbal"),
                "url": settings.SITE_URL + minutes.get_absolute_url(),
                "why": _(
                    "Vous recevez cet e-mail parce que vous êtes associé·e, ou représentez un·e associé·e."
                ),
            },
            cause=PUBLISHED,
            about=minutes,
            actor=actor,
        )


def _readers() -> Iterable[Person]:
    """Those who act for an associate today, each once."""
    today = timezone.localdate()
    inside = Associate.objects.on(today).order_by()
    acting = Representative.objects.in_force(today).filter(associate__in=inside.values("pk")).order_by()
    rows = Person.objects.filter(
        Q(pk__in=inside.filter(person__isnull=False).values("person")) | Q(pk__in=acting.values("person"))
    )
    return rows.select_related("user").order_by("pk")


def _signers(minutes: Minutes) -> Iterable[User]:
    return User.objects.filter(person__in=minutes.signatures.values("person"), is_active=True)
