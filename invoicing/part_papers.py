"""The printed account of a work (décompte général): what the template shows, as a PDF."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation

from cae.core.pdf import Variant, render_pdf
from invoicing.selectors.final_accounts import Account

STYLESHEET = "css/pdf/statement.css"


def account_file(account: Account) -> bytes:
    """The account as a tagged PDF, in the language of the customer."""
    with translation.override(account.quote.customer.language):
        html = render_to_string("pdf/invoicing/account.html", {"account": account})
    return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
