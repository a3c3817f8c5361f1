"""What this room gives of a person to « Mes données », and how each subject is erased (PEO-15, PEO-38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import menu
from cae.core.documents import register_document_kind
from cae.core.facts import Held, PersonalData, provide_awaited, provide_personal_data
from cae.core.panels import Panel, PanelRow, provide_panel
from cae.core.parameters import register_setting
from cae.core.permissions import can
from people.bank_notices import register_notices
from people.models import Person
from people.selectors.banks import held_banks
from people.selectors.data_todo import AWAITED
from people.selectors.personal_data import (
    held_account,
    held_choices,
    held_elsewhere,
    held_file,
    held_path,
    held_requests,
)
from people.selectors.retention import last_contacts
from people.selectors.sensitive import has_sensitive_record
from people.services.banks import erase_banks
from people.services.erasing import close_path, erase_account, erase_choices, erase_sensitive, hinders_file
from people.services.erasing_requests import erase_requests
from people.services.own_export import EXPORT_KIND
from people.services.sensitive import read_sensitive
from people.states.data_requests import HANDED_KIND
from people.states.sensitive import FIELD_BY_CODE, SensitivePurpose


def register() -> None:
    """Declares the subjects in the order in which they are read, and the delays after which they end."""
    register_document_kind(
        EXPORT_KIND, right="people.open_own_export", label=gettext_lazy("Export de mes données")
    )
    register_document_kind(
        HANDED_KIND,
        right="people.hand_data",
        label=gettext_lazy("Données remises à une personne sans compte"),
    )
    for subject in (
        PersonalData(
            "people.file",
            gettext_lazy("Ma fiche"),
            held=held_file,
            hindrance=hinders_file,
            last_contacts=last_contacts,
        ),
        PersonalData("people.path", gettext_lazy("Mon parcours ici"), held=held_path, erase=close_path),
        PersonalData(
            "people.choices",
            gettext_lazy("Choix et demandes"),
            held=held_choices,
            erase=erase_choices,
        ),
        PersonalData("people.banks", gettext_lazy("Ma banque"), held=held_banks, erase=erase_banks),
        PersonalData(
            "people.sensitive",
            gettext_lazy("Ma fiche protégée"),
            held=_held_sensitive,
            erase=erase_sensitive,
            protected=True,
        ),
        PersonalData(
            "people.requests",
            gettext_lazy("Mes demandes à l’équipe"),
            held=held_requests,
            erase=erase_requests,
        ),
        PersonalData("people.account", gettext_lazy("Mon compte"), held=held_account, erase=erase_account),
        PersonalData("people.elsewhere", gettext_lazy("Dans toute l’application"), held=held_elsewhere),
    ):
        provide_personal_data(subject)
    _register_delays()
    provide_awaited(AWAITED)
    register_notices()
    provide_panel("people.person", protected_panel, order=80)
    menu.register_entry(
        group="people",
        label=gettext_lazy("Données personnelles"),
        url_name="people:data_desk",
        right="people.view_data_desk",
        icon="shield-lock",
        order=70,
    )


def protected_panel(user: Any, person: Person, _today: date) -> Panel | None:
    """On a person's page: where their protected record and their consents are, for who may open them."""
    pages = (
        ("people.view_sensitive", gettext_lazy("Fiche protégée"), "people:sensitive_index"),
        ("people.record_consent", gettext_lazy("Consentements"), "people:person_consents"),
    )
    rows = [
        PanelRow(str(label), reverse(name, args=[person.pk]))
        for right, label, name in pages
        if can(user, right, person)
    ]
    return Panel(gettext_lazy("Données protégées"), "lock", rows) if rows else None


def _held_sensitive(person: Person, reader: Any) -> Iterator[Held]:
    """Opens the record: the reading is noted, by oneself or by the officer who answers a request."""
    own = reader.person_id == person.pk
    if not has_sensitive_record(person):
        return
    values = read_sensitive(
        person, purpose=SensitivePurpose.OWN if own else SensitivePurpose.REQUEST, actor=reader
    )
    yield Held(
        _("Fiche protégée"),
        (_("champ"), _("valeur")),
        [(str(FIELD_BY_CODE[code].label), value) for code, value in values.items() if value is not None],
        kept=_("Chiffrée, ouverte par motif, chaque lecture notée."),
    )


def _register_delays() -> None:
    from_law = gettext_lazy("CNIL, durées de conservation : deux ans après le dernier contact")
    for code, months, label, source, to_confirm in (
        (
            "people.keep_candidates",
            "24",
            gettext_lazy("Candidatures sans suite : conservation (mois)"),
            from_law,
            False,
        ),
        (
            "people.keep_leavers",
            "60",
            gettext_lazy("Fiches des personnes sorties : conservation (mois)"),
            gettext_lazy("Contrats et registre du personnel : cinq ans après la sortie (C. trav. R1221-26)"),
            False,
        ),
        (
            "people.keep_sensitive",
            "60",
            gettext_lazy("Fiches protégées des personnes sorties : conservation (mois)"),
            gettext_lazy("Pièces du FSE et paie : cinq ans ; à confirmer"),
            True,
        ),
        (
            "people.keep_files_longer",
            "0",
            gettext_lazy("Fichiers passés de date : délai supplémentaire (mois)"),
            gettext_lazy("Choix de la coopérative : chaque fichier porte sa date"),
            False,
        ),
    ):
        register_setting(
            code,
            kind="integer",
            default=months,
            within=(0, 600),
            label=label,
            help=gettext_lazy("Passé ce délai, l’effacement est proposé ; une personne en décide."),
            source=source,
            to_confirm=to_confirm,
        )
