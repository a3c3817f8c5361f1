"""Declares what shares need: kinds of document, the menu, what waits for somebody, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.events import SharesWithheld
from accounting.selectors.allocation_facts import CAPITAL_FACT
from cae.core import events, facts, menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from governance.selectors.capital_held import capital_held
from governance.selectors.marks import ACCOUNT, accounts_of_person
from governance.selectors.share_data import held_shares, hinders_shares
from governance.selectors.share_todo import AWAITED, refund_sources, subscription_sources
from governance.selectors.shares_on_pay import shares_on_pay
from governance.services.erasing_shares import erase_shares
from governance.services.share_files import BULLETIN_FILE, CERTIFICATE_FILE
from governance.services.share_notices import TO_SIGN
from governance.subscribers import on_shares_withheld
from people.selectors import provide_mark


def register_shares() -> None:
    """Called once, when models are ready."""
    register_document_kind(
        BULLETIN_FILE, right="governance.open_share_file", label=_("Bulletin de souscription de parts")
    )
    register_document_kind(
        CERTIFICATE_FILE, right="governance.open_share_file", label=_("Attestation de parts sociales")
    )
    register_notice(TO_SIGN, label=_("Un bulletin de souscription attend ma signature"))
    events.subscribe(SharesWithheld, on_shares_withheld)
    facts.provide_awaited(AWAITED)
    facts.provide("person.shares_on_pay", shares_on_pay)
    facts.provide(CAPITAL_FACT, capital_held)
    provide_mark(ACCOUNT, accounts_of_person)
    facts.provide_source("governance.subscription", subscription_sources)
    facts.provide_source("governance.refund", refund_sources)
    facts.provide_personal_data(
        facts.PersonalData(
            "governance.shares",
            _("Parts sociales"),
            held=held_shares,
            erase=erase_shares,
            hindrance=hinders_shares,
        )
    )
    menu.register_entry(
        group="governance",
        label=_("Parts sociales"),
        url_name="governance:share_movements",
        right="governance.view_shares",
        icon="pie-chart",
        order=30,
    )
    menu.register_entry(
        group="governance",
        label=_("Mes parts"),
        url_name="governance:own_shares",
        right="governance.view_own_shares",
        icon="pie-chart",
        order=31,
    )
    menu.register_pages("governance:share_movements", "/parts/")
    menu.register_pages("governance:own_shares", "/mes-parts/", "/parts/")
