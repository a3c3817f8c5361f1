"""The shares of a joint quote: their page, agreements asked and given, what each has (INV-20)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.errors import IllegalMove
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from entrepreneurs.models import Activity
from invoicing.forms.joint import SharesForm
from invoicing.models import Invoice, Quote, QuoteShare
from invoicing.selectors.joint import quote_shared
from invoicing.selectors.joint_sums import Sums, sums_of_invoice, sums_of_quote
from invoicing.services.sharing import agree_share, ask_agreements, share_quote, withdraw_agreement
from invoicing.states.joint import AGREEMENTS_OPEN, Sharing
from invoicing.views.finding import find_quote
from invoicing.views.shown import name_of_quote

EDIT = "invoicing.edit_quote"


@requires(EDIT)
def quote_shares(request: HttpRequest, pk: int) -> HttpResponse:
    """Which activities make the quote, and for how much; then, line by line, who does what."""
    quote = find_quote(request, pk, right=EDIT)
    if not quote.is_draft:
        raise IllegalMove(_("Ce devis n’est plus un brouillon : changez-le par une nouvelle version."))
    today = timezone.localdate()
    form = SharesForm(
        request.POST or None,
        quote=quote,
        shares=list(quote.shares.select_related("activity").order_by("pk")),
        offered=list(Activity.objects.open_on(today).order_by("name")),
        lines=list(quote.lines.order_by("position")),
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            saved = share_quote(
                quote,
                content=form.content(),
                version=form.cleaned_data["version"],
                actor=request.user,
                at=timezone.now(),
                on=today,
            )
            return _saved(request, quote, saved)
    return form_page(
        request,
        form,
        title=_("Répartition entre activités"),
        lead=name_of_quote(quote),
        submit=_("Enregistrer la répartition"),
        back_url=quote.get_absolute_url(),
        crumbs=[
            (pgettext("list", "Devis"), reverse("invoicing:quote_list")),
            (name_of_quote(quote), quote.get_absolute_url()),
            (_("Répartition"), ""),
        ],
        template="invoicing/joint/shares_form.html",
    )


def _saved(request: HttpRequest, former: Quote, saved: Quote) -> HttpResponse:
    if saved.sharing == Sharing.LINES and former.sharing != Sharing.LINES:
        messages.success(request, _("Parts enregistrées. Dites maintenant qui fait chaque ligne."))
        return redirect("invoicing:quote_shares", saved.pk)
    messages.success(request, _("La répartition est enregistrée."))
    return redirect(saved)


@require_POST
@requires(EDIT)
def quote_shares_ask(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk, right=EDIT)
    return act_now(
        request,
        lambda: ask_agreements(quote, actor=request.user, at=timezone.now()),
        done=_("Les autres activités sont prévenues : leur accord est attendu."),
        back_url=quote.get_absolute_url(),
    )


@require_POST
@requires("invoicing.agree_share")
def quote_share_agree(request: HttpRequest, pk: int, share: int) -> HttpResponse:
    """On the version of the quote that the page showed."""
    row = _find_share(request, pk, share)
    version = key_in(request.POST.get("version", "")) or 0
    return act_now(
        request,
        lambda: agree_share(row, version=version, actor=request.user, at=timezone.now()),
        done=_("Votre accord est noté."),
        back_url=row.quote.get_absolute_url(),
    )


@require_POST
@requires("invoicing.agree_share")
def quote_share_withdraw(request: HttpRequest, pk: int, share: int) -> HttpResponse:
    row = _find_share(request, pk, share)
    return act_now(
        request,
        lambda: withdraw_agreement(row, actor=request.user),
        done=_("Votre accord est repris : l’activité qui mène le devis est prévenue."),
        back_url=row.quote.get_absolute_url(),
    )


def _find_share(request: HttpRequest, pk: int, share: int) -> QuoteShare:
    quote = find_quote(request, pk)
    row = quote.shares.select_related("activity", "quote__activity").filter(pk=share).first()
    if row is None:
        raise Http404
    require(request.user, "invoicing.agree_share", row)
    return row


def shares_shown(user: Any, quote: Quote) -> dict[str, Any]:
    """The context of `joint/_shares.html`: nothing for a quote of one activity."""
    if not quote.is_joint:
        return {"shares": []}
    sums = sums_of_quote(quote)
    open_ = quote.state in AGREEMENTS_OPEN
    rows = [
        {
            "share": share,
            "sums": sums.get(share.activity_id, Sums()),
            "leads": share.activity_id == quote.activity_id,
            "may_answer": open_
            and share.activity_id != quote.activity_id
            and can(user, "invoicing.agree_share", share),
        }
        for share in quote.shares.select_related("activity").order_by("pk")
    ]
    edits = open_ and can(user, EDIT, quote)
    return {
        "shares": rows,
        "shares_open": open_,
        "may_share": edits and quote.is_draft,
        "may_ask": edits and any(not (row["share"].agreed_at or row["share"].asked_at) for row in rows),
        "lines_shared": quote.sharing == Sharing.LINES,
    }


def split_shown(invoice: Invoice) -> dict[str, Any]:
    """The context of `joint/_split.html`: nothing for a document of one activity, or that is no piece yet."""
    shared = invoice.is_issued and quote_shared(invoice) is not None
    return {"split": sums_of_invoice(invoice) if shared else []}
