"""What is written to associates about an assembly: convocation, calling off, what is added (GOV-20)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.models import OutgoingEmail
from cae.core.notices import Words, spoken
from governance.models import AgendaItem, Assembly, Convocation, SectionMeeting
from governance.selectors.preparing import address_of
from governance.selectors.sections import told
from governance.states.assemblies import AssemblyMode
from people.models import Person

CONVENED, CALLED_OFF = "governance.convocation", "governance.assembly_cancelled"
MOVED, ADDED = "governance.assembly_moved", "governance.assembly_added"
SECTION_MOVED = "governance.section_meeting_moved"
SECTION_CALLED_OFF = "governance.section_meeting_cancelled"

_PLACES = {
    "prenom": Place(gettext_lazy("le prénom de la personne"), "Nina"),
    "associe": Place(gettext_lazy("l’associé·e convoqué·e"), "Nina Martin"),
    "assemblee": Place(gettext_lazy("l’intitulé de l’assemblée"), "Assemblée générale de printemps"),
    "nature": Place(gettext_lazy("la nature de l’assemblée"), "Assemblée générale ordinaire"),
    "date": Place(gettext_lazy("le jour et l’heure"), "12/06/2027 à 14:00"),
    "lieu": Place(gettext_lazy("où elle se tient"), "Salle des fêtes, Bègles"),
}
_AGENDA = Place(gettext_lazy("l’ordre du jour, un point par ligne"), "1. Comptes de l’année")
_MEETING = "Section de Dax, 05/06/2027 à 18:00, Salle des fêtes"
_SECTIONS = Place(gettext_lazy("les réunions de section, une par ligne ; rien s’il n’y en a pas"), _MEETING)
_SECTION = Place(gettext_lazy("la réunion de section, son jour et son lieu"), _MEETING)
_MESSAGE = Place(gettext_lazy("le mot de la convocation"), "Nous serons heureux de vous y retrouver.")
_WHAT = Place(gettext_lazy("ce qui change"), "Nouveau lieu : Maison des associations")
_REASON = Place(gettext_lazy("le motif"), "La salle est inondée.")

_KINDS = (
    MailKind(
        CONVENED,
        label=gettext_lazy("Assemblée : convocation"),
        subject=gettext_lazy("Convocation : {{ assemblee }}, le {{ date }}"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "{{ associe }} est convoqué·e à une {{ nature }} : {{ assemblee }}, le {{ date }}.\n\n"
            "{{ lieu }}\n\n"
            "Ordre du jour :\n{{ ordre_du_jour }}\n\n"
            "{{ sections }}\n\n"
            "{{ mot }}\n\n"
            "Les documents, les projets de résolution, le pouvoir et vos questions sont sur la page de "
            "l’assemblée."
        ),
        places=_PLACES | {"ordre_du_jour": _AGENDA, "sections": _SECTIONS, "mot": _MESSAGE},
    ),
    MailKind(
        CALLED_OFF,
        label=gettext_lazy("Assemblée : annulation"),
        subject=gettext_lazy("Annulée : {{ assemblee }}, le {{ date }}"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "L’assemblée « {{ assemblee }} » prévue le {{ date }} n’aura pas lieu.\n\n{{ motif }}"
        ),
        places=_PLACES | {"motif": _REASON},
    ),
    MailKind(
        MOVED,
        label=gettext_lazy("Assemblée : lieu ou lien changé"),
        subject=gettext_lazy("{{ assemblee }} : le lieu change"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "L’assemblée « {{ assemblee }} » du {{ date }} se tient ici :\n\n{{ changement }}"
        ),
        places=_PLACES | {"changement": _WHAT},
    ),
    MailKind(
        SECTION_MOVED,
        label=gettext_lazy("Assemblée : réunion de section déplacée"),
        subject=gettext_lazy("{{ assemblee }} : une réunion de section change de lieu"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Avant l’assemblée « {{ assemblee }} » du {{ date }}, cette réunion de section se tient ici :\n\n"
            "{{ changement }}"
        ),
        places=_PLACES | {"changement": _SECTION},
    ),
    MailKind(
        SECTION_CALLED_OFF,
        label=gettext_lazy("Assemblée : réunion de section annulée"),
        subject=gettext_lazy("{{ assemblee }} : une réunion de section est annulée"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Cette réunion de section n’aura pas lieu :\n\n{{ reunion }}\n\n{{ motif }}\n\n"
            "L’assemblée « {{ assemblee }} » se tient comme prévu, le {{ date }}."
        ),
        places=_PLACES | {"reunion": _SECTION, "motif": _REASON},
    ),
    MailKind(
        ADDED,
        label=gettext_lazy("Assemblée : document ou résolution ajoutés"),
        subject=gettext_lazy("{{ assemblee }} : {{ changement }}"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Du nouveau pour l’assemblée « {{ assemblee }} » du {{ date }} : {{ changement }}"
        ),
        places=_PLACES | {"changement": _WHAT},
    ),
)


def register_assembly_mails() -> None:
    """Declares their texts, which the cooperative may change."""
    for kind in _KINDS:
        register_mail(kind)


def write_convocation(
    convocation: Convocation,
    to: str,
    *,
    agenda: Iterable[AgendaItem],
    sections: Sequence[SectionMeeting],
    actor: Any,
) -> OutgoingEmail:
    """Does: writes the convocation of one associate in the language of who reads it. Refuses: nothing.
    Leaves behind: the mail, in the transaction of the convocation."""
    assembly = convocation.assembly
    with language_of(convocation.person):
        lines = "\n".join(f"{item.position}. {item.title}" for item in agenda)
        words = _words(assembly, convocation) | {
            "ordre_du_jour": lines,
            "sections": _sections(sections),
            "mot": assembly.introduction,
        }
        return _queue(CONVENED, convocation, to, words, actor)


def tell_called(assembly: Assembly, cause: str, actor: Any, *, said: Mapping[str, Words]) -> int:
    """Does: writes to every associate called by an assembly who has an address, each in their language, in
    which `said` is asked for its words. Refuses: nothing. Leaves behind: the mails; gives how many."""
    rows = assembly.convocations.select_related(
        "assembly", "associate__person", "associate__organisation", "person__user"
    )
    count = 0
    for convocation in rows.order_by("pk"):
        if to := address_of(convocation.person):
            with language_of(convocation.person):
                words = _words(assembly, convocation) | {name: spoken(one) for name, one in said.items()}
                _queue(cause, convocation, to, words, actor)
            count += 1
    return count


def language_of(person: Person) -> AbstractContextManager[None]:
    """The language of who reads; French for those without account."""
    user = getattr(person, "user", None)
    return translation.override(user.language if user is not None else settings.LANGUAGE_CODE)


def _words(assembly: Assembly, convocation: Convocation) -> dict[str, str]:
    return {
        "prenom": convocation.person.first_name,
        "associe": str(convocation.associate),
        "assemblee": assembly.title,
        "nature": assembly.get_kind_display(),
        "date": moment_of(assembly),
        "lieu": place_of(assembly),
    }


def _sections(meetings: Sequence[SectionMeeting]) -> str:
    """The section meetings under their sentence; nothing without any."""
    if not meetings:
        return ""
    return "\n".join(
        [_("Réunions de section, sur le même ordre du jour et sans vote :"), *map(told, meetings)]
    )


def moment_of(assembly: Assembly) -> str:
    """Gives « 12/06/2027 à 14:00 »."""
    local = timezone.localtime(assembly.starts_at)
    return _("%(day)s à %(hour)s") % {
        "day": date_format(local, "SHORT_DATE_FORMAT"),
        "hour": date_format(local, "H:i"),
    }


def place_of(assembly: Assembly) -> str:
    """Gives where an assembly is held: the place, the link, or both."""
    parts = [assembly.place]
    if assembly.remote_link:
        parts.append(_("Visioconférence : %(link)s") % {"link": assembly.remote_link})
    elif assembly.mode != AssemblyMode.ROOM:
        parts.append(_("Visioconférence : le lien sera donné sur la page de l’assemblée."))
    return "\n".join(part for part in parts if part)


def _queue(cause: str, convocation: Convocation, to: str, words: dict[str, str], actor: Any) -> OutgoingEmail:
    return queue_email(
        to=to,
        context={
            "button": _("Ouvrir l’assemblée"),
            "url": settings.SITE_URL + reverse("governance:assembly_detail", args=[convocation.assembly_id]),
            "why": _("Vous recevez cet e-mail parce que vous êtes associé·e, ou représentez un·e associé·e."),
        },
        cause=cause,
        words=words,
        about=convocation,
        actor=actor,
    )
