"""What the desk of human resources gives the house: absences, the personnel register, exits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import events, facts, menu, tab_bars
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.options import register_options
from cae.core.panels import provide_panel
from cae.core.parameters import register_setting
from entrepreneurs.documents.desk_fields import register_desk_fields
from entrepreneurs.events import ContractEnded, ContractSigned
from entrepreneurs.selectors.absences import FIRST_MONTH, queued_absences
from entrepreneurs.selectors.desk_data import held_desk, hinders_desk, last_desk_contacts
from entrepreneurs.selectors.desk_todo import AWAITED
from entrepreneurs.selectors.exits import queued_exits
from entrepreneurs.selectors.panels import ACTIVITY_PANELS, PERSON_PANELS
from entrepreneurs.selectors.paper_queue import queued_papers
from entrepreneurs.selectors.register import queued_declarations
from entrepreneurs.services.absences import ANSWERED, ASKED
from entrepreneurs.services.erasing_desk import erase_desk
from entrepreneurs.services.register import RECEIPT_DOCUMENT
from entrepreneurs.states import absences, exits
from entrepreneurs.subscribers import on_contract_ended, on_contract_signed

# The pages of human resources, each with the right that shows it.
TABS = (
    (_("Absences"), "entrepreneurs:absence_list", "entrepreneurs.view_absences"),
    (_("Calendrier de l’équipe"), "entrepreneurs:team_calendar", "entrepreneurs.view_team_absences"),
    (_("Registre du personnel"), "entrepreneurs:register_list", "entrepreneurs.view_register"),
    (_("Déclarations à l’embauche"), "entrepreneurs:hiring_list", "entrepreneurs.view_register"),
    (_("Sorties"), "entrepreneurs:exit_list", "entrepreneurs.view_exits"),
)


def register_desk() -> None:
    """Called once, when the models are ready."""
    register_desk_fields()
    register_document_kind(
        RECEIPT_DOCUMENT,
        right="entrepreneurs.open_receipt",
        label=_("Accusé de réception d’une déclaration à l’embauche"),
    )
    register_notice(ASKED, label=_("Une absence est à accepter"))
    register_notice(ANSWERED, label=_("Réponse à ma demande d’absence"))
    register_options(absences.KIND_LIST, label=_("Motifs d’absence"), defaults=absences.KINDS)
    facts.provide_awaited(AWAITED)
    facts.provide_queue(queued_absences)
    facts.provide_queue(queued_declarations)
    facts.provide_queue(queued_exits)
    facts.provide_queue(queued_papers)
    facts.provide_personal_data(
        facts.PersonalData(
            "entrepreneurs.desk",
            _("Absences, registre du personnel, sortie"),
            held=held_desk,
            erase=erase_desk,
            hindrance=hinders_desk,
            last_contacts=last_desk_contacts,
        )
    )
    for order, panel in PERSON_PANELS:
        provide_panel("people.person", panel, order=order)
    for order, of_activity in ACTIVITY_PANELS:
        provide_panel("entrepreneurs.activity", of_activity, order=order)
    register_options(exits.KIND_LIST, label=_("Raisons de départ"), defaults=exits.KINDS)
    events.subscribe(ContractSigned, on_contract_signed)
    events.subscribe(ContractEnded, on_contract_ended)
    register_setting(
        FIRST_MONTH,
        kind="integer",
        default="6",
        within=(1, 12),
        label=_("Congés payés : premier mois de la période"),
        help=_("6 : du 1er juin au 31 mai. Un accord peut fixer une autre période."),
        source=_("Code du travail, L3141-10 et R3141-4"),
        to_confirm=True,
    )
    for order, (label, url_name, right) in enumerate(TABS):
        tab_bars.register_tab(
            tab_bars.HUMAN_RESOURCES, label=label, url_name=url_name, right=right, order=order
        )
    menu.register_entry(
        group="people",
        label=_("Ressources humaines"),
        url_name="entrepreneurs:absence_list",
        right="entrepreneurs.view_absences",
        icon="person-gear",
        order=30,
    )
    menu.register_pages(
        "entrepreneurs:absence_list", "/registre-du-personnel/", "/declarations-a-l-embauche/", "/sorties/"
    )
    menu.register_pages("people:own_deadlines", "/mes-absences/", "/sorties/")
    tab_bars.register_tab(
        tab_bars.OWN,
        label=_("Mes absences"),
        url_name="entrepreneurs:own_absences",
        right="entrepreneurs.ask_absence",
        order=30,
    )
