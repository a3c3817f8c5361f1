"""Quotes that insurance stops, and the answer of the team to each (ENT-42)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
from cae.core.templatetags.formats import money
from invoicing.models import Quote
from invoicing.selectors.covers import Covered, cover_standing, quotes_stopped
from invoicing.services.waiving import sentence, waive_cover
from invoicing.states.sales import QuoteState


class WaiverForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi ce devis peut partir"),
        max_length=300,
        help_text=gettext_lazy("Votre nom et ce motif restent dans le journal."),
    )


@requires("invoicing.waive_cover")
def cover_stop_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    stopped = [
        (quote, sentence(Covered(standing))) for quote, standing in quotes_stopped(request.user, on=today)
    ]
    return render(request, "invoicing/cover_stops.html", {"stopped": stopped})


@requires("invoicing.waive_cover")
def cover_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """The act reads one quote: whoever may answer for it needs no other right on sales."""
    quote = get_object_or_404(Quote.objects.select_related("activity__trade", "customer"), pk=pk)
    if not can(request.user, "invoicing.waive_cover", quote):
        raise Http404
    require(request.user, "invoicing.waive_cover", quote)
    if quote.state not in (QuoteState.DRAFT, QuoteState.SUBMITTED, QuoteState.APPROVED):
        raise Http404
    today, listed = timezone.localdate(), reverse("invoicing:cover_stop_list")
    form = WaiverForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            waive_cover(quote, reason=form.cleaned_data["reason"], on=today, actor=request.user)
            messages.success(request, _("Ce devis peut partir : votre accord y est attaché."))
            return redirect(listed)
    facts = {
        "activity": quote.activity,
        "trade": quote.activity.trade_name,
        "amount": money(quote.total_excl_tax),
        "why": sentence(cover_standing(quote, on=today)),
    }
    return form_page(
        request,
        form,
        title=_("Devis sans assurance"),
        lead=_("%(activity)s (%(trade)s), %(amount)s HT. %(why)s") % facts,
        submit=_("Laisser partir ce devis"),
        back_url=listed,
        crumbs=[(_("Devis arrêtés"), listed), (_("Répondre"), "")],
    )
