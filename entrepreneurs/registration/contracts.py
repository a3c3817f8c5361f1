"""Declares what contracts need: parameters, notices, kinds of document, fields of letters, the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.parameters import register_setting
from entrepreneurs.calculations.passage import Condition
from entrepreneurs.contract_mails import DECLINED, SIGNED, TO_SIGN
from entrepreneurs.documents.fields import register_letter_fields
from entrepreneurs.selectors.contract_todo import AWAITED
from entrepreneurs.selectors.passages import OVER, SETTINGS
from entrepreneurs.selectors.path import SHORT_MONTHS
from entrepreneurs.selectors.signing import CODE_SETTING, LINK_DAYS
from entrepreneurs.services.contract_files import SIGNED_FILE
from entrepreneurs.services.letters import LETTER_FILE, LETTERS_FILE
from entrepreneurs.services.signature_rounds import CONTRACT_FILE
from entrepreneurs.services.signing import SCAN_FILE
from entrepreneurs.services.taking_effect import DECLARATION_DAYS

CHOICE = _("Choix de la coopérative")


def register_contracts() -> None:
    """Called once, when models are ready."""
    register_letter_fields()
    facts.provide_awaited(AWAITED)
    _register_settings()
    _register_passage()
    register_notice(TO_SIGN, label=_("Un contrat attend ma signature"))
    register_notice(SIGNED, label=_("Un contrat est signé"))
    register_notice(DECLINED, label=_("La signature d’un contrat est refusée"))
    for kind, label in (
        (CONTRACT_FILE, _("Contrat à signer")),
        (SIGNED_FILE, _("Contrat signé")),
        (SCAN_FILE, _("Original d’un contrat numérisé")),
    ):
        register_document_kind(kind, right="entrepreneurs.open_contract_file", label=label)
    register_document_kind(LETTER_FILE, right="entrepreneurs.open_letter", label=_("Courrier"))
    register_document_kind(LETTERS_FILE, right="entrepreneurs.open_letters", label=_("Archive de courriers"))
    menu.register_entry(
        group="path",
        label=_("Mon parcours"),
        url_name="entrepreneurs:own_path",
        right="entrepreneurs.view_own_path",
        icon="clock-history",
        order=20,
    )
    menu.register_entry(
        group="path",
        label=_("Contrats"),
        url_name="entrepreneurs:contract_list",
        right="entrepreneurs.view_contracts",
        icon="file-earmark-text",
        order=30,
    )
    menu.register_entry(
        group="settings",
        label=_("Modèles de courriers"),
        url_name="entrepreneurs:letter_text_list",
        right="entrepreneurs.write_letter_texts",
        icon="file-text",
        order=66,
    )
    menu.register_pages("entrepreneurs:contract_list", "/courriers/", "/parcours/")
    # One's own contract opens from one's path; who has no role yet signs from their space.
    menu.register_pages("entrepreneurs:own_path", "/contrats/")
    menu.register_pages("people:own_deadlines", "/mon-parcours/", "/contrats/")


def _register_settings() -> None:
    register_setting(
        CODE_SETTING,
        kind="choice",
        default="always",
        choices=(
            ("always", _("Toujours")),
            ("link", _("Pour qui signe par un lien personnel")),
            ("never", _("Jamais")),
        ),
        label=_("Code par e-mail avant de signer un contrat"),
        help=_(
            "Un code de six chiffres, envoyé au moment de signer, prouve que l’adresse est bien la sienne."
        ),
        source=CHOICE,
    )
    register_setting(
        LINK_DAYS,
        kind="integer",
        default="14",
        within=(1, 90),
        label=_("Durée d’un lien de signature (jours)"),
        help=_("Passé ce délai, la page propose d’en recevoir un autre."),
        source=CHOICE,
    )
    register_setting(
        DECLARATION_DAYS,
        kind="integer",
        default="8",
        within=(1, 60),
        label=_("Délai pour déclarer un CAPE (jours)"),
        help=_(
            "L’URSSAF et l’assurance chômage sont informées de la signature, de chaque renouvellement et"
            " d’une rupture anticipée."
        ),
        source=_("C. com. R127-2, R127-3"),
        to_confirm=True,
    )
    register_setting(
        SHORT_MONTHS,
        kind="integer",
        default="6",
        within=(1, 24),
        label=_("Délai court pour devenir associé·e (mois)"),
        help=_("Quand il reste moins que cela, la page du contrat et la signature le disent."),
        source=_("C. trav. L7331-3"),
        to_confirm=True,
    )


def _register_passage() -> None:
    for condition, kind, default, label in (
        (Condition.MONTHS, "integer", "3", _("Passage au CESA : mois de test")),
        (Condition.SALES, "amount", "1500.00", _("Passage au CESA : ventes HT moyennes par mois (€)")),
        (Condition.MARGIN, "amount", "0.00", _("Passage au CESA : marge moyenne par mois (€)")),
        (Condition.CASH, "amount", "1000.00", _("Passage au CESA : trésorerie de l’activité (€)")),
    ):
        register_setting(
            SETTINGS[condition],
            kind=kind,
            default=default,
            label=label,
            help=_("Zéro ne demande rien. La décision garde les chiffres de son jour."),
            source=CHOICE,
            to_confirm=True,
        )
    register_setting(
        OVER,
        kind="integer",
        default="3",
        within=(1, 12),
        label=_("Passage au CESA : mois comptés"),
        help=_("Les moyennes portent sur autant de mois entiers, avant celui en cours."),
        source=CHOICE,
        to_confirm=True,
    )
