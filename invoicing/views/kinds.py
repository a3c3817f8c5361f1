"""The two kinds of document that one editor writes: their words, rights, forms and verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from invoicing.forms.drafts import SaleForm
from invoicing.forms.invoices import InvoiceForm
from invoicing.forms.quotes import QuoteForm
from invoicing.models import Invoice, Quote
from invoicing.services.drafting import create_draft, save_draft
from invoicing.services.quoting import create_quote_draft, save_quote_draft
from invoicing.states.sales import MentionPlace, SaleKind
from invoicing.views.finding import find_invoice, find_quote

Document = Quote | Invoice


@dataclass(frozen=True)
class Kind:
    """What the editor needs to know of a kind of document."""

    code: str
    name: Any
    new: Any
    draft: Any
    list_name: Any
    list_url: str
    create_right: str
    edit_right: str
    place: MentionPlace
    model: type[Document]
    form: type[SaleForm]
    create: Callable[..., Any]
    save: Callable[..., Any]
    find: Callable[..., Any]
    no_activity: Any
    not_editable: Any

    @property
    def options(self) -> bool:
        """Lines that the customer chooses or not."""
        return self.code == SaleKind.QUOTE

    def url(self, name: str) -> str:
        return f"invoicing:{self.code}_{name}"

    def find_draft(self, request: HttpRequest, pk: int) -> Any:
        return self.find(request, pk, right=self.edit_right)


QUOTE = Kind(
    code=SaleKind.QUOTE,
    name=_("Devis"),
    new=_("Nouveau devis"),
    draft=_("Brouillon de devis"),
    list_name=pgettext_lazy("list", "Devis"),
    list_url="invoicing:quote_list",
    create_right="invoicing.create_quote",
    edit_right="invoicing.edit_quote",
    place=MentionPlace.QUOTES,
    model=Quote,
    form=QuoteForm,
    create=create_quote_draft,
    save=save_quote_draft,
    find=find_quote,
    no_activity=_("Un devis appartient à une activité ouverte : vous n’en avez aucune."),
    not_editable=_("Ce devis n’est plus un brouillon : changez-le par une nouvelle version."),
)
INVOICE = Kind(
    code=SaleKind.INVOICE,
    name=_("Facture"),
    new=_("Nouvelle facture"),
    draft=_("Brouillon de facture"),
    list_name=_("Factures"),
    list_url="invoicing:invoice_list",
    create_right="invoicing.create_invoice",
    edit_right="invoicing.edit_invoice",
    place=MentionPlace.INVOICES,
    model=Invoice,
    form=InvoiceForm,
    create=create_draft,
    save=save_draft,
    find=find_invoice,
    no_activity=_("Une facture appartient à une activité ouverte : vous n’en avez aucune."),
    not_editable=_("Ce document ne se modifie pas : seul un brouillon de facture se modifie."),
)
KINDS = {kind.code: kind for kind in (QUOTE, INVOICE)}
