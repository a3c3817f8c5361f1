"""The account of a work: all that was agreed, all that was invoiced, in one PDF (décompte général)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.answers import file_shown
from cae.core.errors import IllegalMove
from cae.core.permissions import requires
from invoicing.models.sight import is_in_sight
from invoicing.part_papers import account_file
from invoicing.selectors.final_accounts import account_of
from invoicing.states.sales import QuoteState
from invoicing.views.finding import find_quote


@requires("invoicing.view_quotes")
def quote_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Made on the spot: it says where the work stands today, and binds nobody more than its invoices do."""
    quote = find_quote(request, pk)
    if not is_in_sight(request.user, quote.activity):
        # Whoever has a share of a joint quote sees its figures, not the invoices of the one that leads.
        raise Http404
    if quote.state != QuoteState.ACCEPTED:
        raise IllegalMove(_("Le décompte se tire d’un devis accepté."))
    content = account_file(account_of(quote, on=timezone.localdate()))
    return file_shown(content, name=f"decompte-{quote.number}.pdf")
