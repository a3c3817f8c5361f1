"""What the house writes about the register: admissions and their decisions, the right to vote (GOV-03)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.notices import notify
from cae.core.templatetags.formats import day as shown
from governance.models import Admission, Associate, VotingRightEvent
from governance.selectors.admissions import deciders
from governance.selectors.preparing import address_of
from governance.services.assembly_mails import language_of
from governance.states.register import RightsEventKind
from people.models import Person

ASKED = "governance.admission_asked"
ADMITTED, REFUSED = "governance.admission_admitted", "governance.admission_refused"
RIGHTS: dict[str, str] = {
    RightsEventKind.NOTICE: "governance.rights_notice",
    RightsEventKind.SUSPENSION: "governance.rights_suspended",
    RightsEventKind.RETURN: "governance.rights_returned",
}

_NAMES = {
    "prenom": Place(gettext_lazy("le prénom de la personne"), "Nina"),
    "associe": Place(gettext_lazy("l’associé·e"), "Nina Martin"),
}
_DECISION = _NAMES | {
    "decision": Place(gettext_lazy("la décision"), "Assemblée générale du 12/06/2027, résolution n° 4"),
    "jour": Place(gettext_lazy("le jour de la décision"), "12/06/2027"),
}
_RIGHT = _NAMES | {
    "motif": Place(gettext_lazy("le motif"), gettext_lazy("Deux versements sont en retard.")),
    "jour": Place(gettext_lazy("le jour du fait"), "12/06/2027"),
}

_KINDS = (
    MailKind(
        ADMITTED,
        label=gettext_lazy("Sociétariat : bienvenue à un·e associé·e"),
        subject=gettext_lazy("Bienvenue parmi les associé·es"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "C’est décidé : {{ associe }} est associé·e de la coopérative depuis le {{ jour }} "
            "({{ decision }}).\n\n"
            "Une personne, une voix : vous serez convoqué·e à chaque assemblée, vous y votez ou donnez "
            "pouvoir. La souscription de vos parts se signe depuis votre espace.\n\n"
            "Bienvenue."
        ),
        places=_DECISION,
    ),
    MailKind(
        REFUSED,
        label=gettext_lazy("Sociétariat : candidature refusée"),
        subject=gettext_lazy("Votre demande pour devenir associé·e"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "La demande de {{ associe }} n’a pas été acceptée ({{ decision }}).\n\n"
            "{{ motif }}\n\n"
            "Elle peut être présentée de nouveau à partir du {{ retour }}. Répondez à ce message si vous "
            "voulez en parler."
        ),
        places=_DECISION
        | {
            "motif": Place(
                gettext_lazy("le motif"), gettext_lazy("L’assemblée souhaite mieux vous connaître.")
            ),
            "retour": Place(gettext_lazy("le jour où redemander"), "12/06/2028"),
        },
    ),
    MailKind(
        RIGHTS[RightsEventKind.NOTICE],
        label=gettext_lazy("Parts sociales : mise en demeure"),
        subject=gettext_lazy("Mise en demeure : parts sociales à libérer"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Nous mettons {{ associe }} en demeure de régulariser sa situation.\n\n{{ motif }}\n\n"
            "Sans règlement, le droit de vote sera suspendu selon les statuts. Répondez à ce message si une "
            "difficulté se présente : nous chercherons une solution ensemble."
        ),
        places=_RIGHT,
    ),
    MailKind(
        RIGHTS[RightsEventKind.SUSPENSION],
        label=gettext_lazy("Droit de vote suspendu"),
        subject=gettext_lazy("Votre droit de vote est suspendu"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n"
            "Le droit de vote de {{ associe }} est suspendu depuis le {{ jour }}.\n\n{{ motif }}\n\n"
            "Il est rendu dès que la situation est régularisée."
        ),
        places=_RIGHT,
    ),
    MailKind(
        RIGHTS[RightsEventKind.RETURN],
        label=gettext_lazy("Droit de vote rendu"),
        subject=gettext_lazy("Votre droit de vote est rendu"),
        body=gettext_lazy(
            "Bonjour {{ prenom }},\n\n{{ associe }} vote de nouveau depuis le {{ jour }}.\n\n{{ motif }}"
        ),
        places=_RIGHT,
    ),
)


def register_mails() -> None:
    """Declares the mails whose words the cooperative may change."""
    for kind in _KINDS:
        register_mail(kind)


def tell_asked(admission: Admission, *, actor: Any) -> None:
    """Does: tells those who keep the register that somebody asks to become an associate. Refuses: nothing.
    Leaves behind: notices."""
    notify(
        deciders(timezone.localdate()),
        ASKED,
        subject=lambda: _("%(name)s demande à devenir associé·e") % {"name": admission},
        url=admission.get_absolute_url(),
        about=admission,
        actor=actor,
    )


def tell_admitted(admission: Admission, *, actor: Any) -> None:
    """Does: welcomes a new associate. Refuses: nothing; who has no address is told nothing. Leaves behind:
    one mail."""
    person = admission.person or admission.representative
    if person is not None:
        _write(person, ADMITTED, _decided(admission, person), admission, actor)


def tell_refused(admission: Admission, *, actor: Any) -> None:
    """Does: tells who asked that the request was refused, why, and when it may come back. Refuses: nothing.
    Leaves behind: one mail."""
    person = admission.person or admission.representative
    if person is not None and admission.may_return_on is not None:
        words = {"motif": admission.reason, "retour": shown(admission.may_return_on)}
        words |= _decided(admission, person)
        _write(person, REFUSED, words, admission, actor)


def tell_rights(event: VotingRightEvent, *, actor: Any) -> None:
    """Does: tells an associate, or who represents it, what became of the right to vote. Refuses: nothing.
    Leaves behind: one mail."""
    person = speaks_for(event.associate, timezone.localdate(event.at))
    if person is None:
        return
    words = {
        "prenom": person.first_name,
        "associe": str(event.associate),
        "motif": event.reason,
        "jour": shown(timezone.localdate(event.at)),
    }
    _write(person, RIGHTS[event.kind], words, event, actor)


def speaks_for(associate: Associate, on: Any) -> Person | None:
    """Gives the person that the house writes to for an associate: oneself, or the representative."""
    if associate.person is not None:
        return associate.person
    acting = associate.representatives.in_force(on).select_related("person__user").first()
    return acting.person if acting else None


def _decided(admission: Admission, person: Person) -> dict[str, str]:
    return {
        "prenom": person.first_name,
        "associe": str(admission),
        "decision": admission.decision,
        "jour": shown(admission.decided_on) if admission.decided_on else "",
    }


def _write(person: Person, cause: str, words: dict[str, str], about: models.Model, actor: Any) -> None:
    to = address_of(person)
    if not to:
        return
    with language_of(person):
        queue_email(
            to=to,
            context={
                "button": _("Voir ma situation"),
                "url": settings.SITE_URL + reverse("governance:own_situation"),
                "why": _("Vous recevez cet e-mail au titre de votre sociétariat."),
            },
            cause=cause,
            words=words,
            about=about,
            actor=actor,
        )
