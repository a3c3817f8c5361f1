"""What the room declares of the VAT statement and the tax calendar when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors.tax_deadlines import deadline_sources, happenings
from accounting.selectors.tax_todo import AWAITED, register_tax_checks
from accounting.selectors.vat import return_sources
from accounting.services.deadline_notices import register_deadline_notices
from accounting.services.tax_deadlines import PROOF_KIND as TAX_PROOF
from accounting.services.vat_returns import PROOF_KIND as VAT_PROOF
from accounting.states.vat import VAT_PERIOD, DeadlineRhythm
from cae.core import menu
from cae.core.documents import register_document_kind
from cae.core.facts import provide_awaited, provide_calendar, provide_source
from cae.core.parameters import register_setting


def register_vat() -> None:
    """Called once, when models are ready."""
    register_document_kind(VAT_PROOF, right="accounting.view_vat", label=_("Accusé de dépôt de TVA"))
    register_document_kind(TAX_PROOF, right="accounting.view_deadlines", label=_("Preuve d’une échéance"))
    register_deadline_notices()
    register_tax_checks()
    provide_awaited(AWAITED)
    provide_calendar(happenings)
    provide_source("accounting.vatreturn", return_sources)
    provide_source("accounting.taxdeadline", deadline_sources)
    register_setting(
        VAT_PERIOD,
        kind="choice",
        default=DeadlineRhythm.MONTH.value,
        label=_("TVA : rythme des déclarations"),
        help=_("Chaque trimestre si la taxe de l’année est inférieure à 4 000 €."),
        choices=[(one.value, one.label) for one in (DeadlineRhythm.MONTH, DeadlineRhythm.QUARTER)],
        source="CGI art. 287-2",
    )
    menu.register_entry(
        group="accounting",
        label=_("Déclarations"),
        url_name="accounting:vat_list",
        right="accounting.view_vat",
        icon="percent",
        order=20,
    )
    menu.register_pages("accounting:vat_list", "/compta/echeances/")
