"""Letters the lines of an account, shows what was lettered, undoes it (ACC-06)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.forms.lettering import LetterForm, OpenFilter, UndoForm
from accounting.models import Account, Lettering
from accounting.selectors.lettering import (
    lettered_accounts,
    lettering_in_sight,
    lines_of_lettering,
    lines_shown,
    open_page,
    sections_open,
)
from accounting.services.lettering import letter_lines, unletter
from accounting.views.lettering_tables import (
    LetteredAccountFilters,
    LetteredAccountTable,
    LetteringFilters,
    LetteringTable,
    lettering_tabs,
)
from cae.core.acting import act_page
from cae.core.forms import refused_at
from cae.core.permissions import can, require, requires
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.formats import money
from people.requests import SignedIn

# What one look takes in; the filters lead to the others.
_MOST = 200


@requires("accounting.view_ledger")
def account_choice(request: SignedIn) -> HttpResponse:
    """Accounts that are lettered, each with what is open on it."""
    return list_page(
        request,
        queryset=lettered_accounts(),
        table=LetteredAccountTable,
        filters=LetteredAccountFilters,
        page="accounting.lettered_accounts",
        title=_("Lettrage"),
        intro=_(
            "Les lignes qui se répondent. Factures, règlements, achats et notes de frais se lettrent"
            " d’eux-mêmes."
        ),
        tabs=lettering_tabs("lettering_accounts"),
        template="accounting/books_list.html",
        empty=EmptyState(_("Aucun compte lettrable n’a bougé.")),
    )


def _account(pk: int) -> Account:
    return get_object_or_404(Account, pk=pk, is_lettered=True)


@requires("accounting.view_ledger")
def letter_account(request: SignedIn, pk: int) -> HttpResponse:
    """Open lines of an account: those that are ticked are lettered together."""
    account = _account(pk)
    bar = OpenFilter(request.GET, sections=sections_open(account, request.user))
    chosen: dict[str, Any] = bar.cleaned_data if bar.is_valid() else {}
    if request.method == "POST":
        require(request.user, "accounting.letter")
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refused_at(form):
            found = lines_shown(form.cleaned_data["lines"]).values()
            lines = [line for line in found if line.account_id == account.pk]
            made = letter_lines(lines, actor=request.user, on=timezone.localdate())
            messages.success(request, _said(made))
            return redirect(request.get_full_path())
    rows, more = open_page(account, section=chosen.get("activite"), text=chosen.get("q") or "", most=_MOST)
    context = {
        "account": account,
        "bar": bar,
        "form": form,
        "rows": rows,
        "ticked": set(form.data.getlist("lines")) if form.is_bound else set(),
        "more": more,
        "most": _MOST,
        "may_letter": can(request.user, "accounting.letter"),
        "is_filtered": bool(chosen.get("activite") or chosen.get("q")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounting/lettering/account.html", context, status=status)


def _said(made: Lettering) -> str:
    count = ngettext("%(count)d ligne lettrée", "%(count)d lignes lettrées", made.line_count)
    said = count % {"count": made.line_count}
    if made.left:
        return _("%(said)s (%(code)s) : il reste %(left)s.") % {
            "said": said,
            "code": made,
            "left": money(abs(made.left)),
        }
    return _("%(said)s (%(code)s).") % {"said": said, "code": made}


@requires("accounting.view_ledger")
def lettering_list(request: SignedIn) -> HttpResponse:
    """What was lettered, and what was undone."""
    return list_page(
        request,
        queryset=lettering_in_sight(request.user),
        table=LetteringTable,
        filters=LetteringFilters,
        page="accounting.letterings",
        title=_("Lettrages"),
        tabs=lettering_tabs("lettering_list"),
        template="accounting/books_list.html",
        empty=EmptyState(_("Rien n’est lettré.")),
    )


def _lettering(request: SignedIn, pk: int) -> Lettering:
    return get_object_or_404(lettering_in_sight(request.user), pk=pk)


@requires("accounting.view_ledger")
def lettering_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One lettering: its lines, who made it, why it was undone."""
    lettering = _lettering(request, pk)
    context = {
        "lettering": lettering,
        "lines": lines_of_lettering(lettering),
        "account_url": reverse("accounting:letter_account", args=[lettering.account_id]),
        "left": abs(lettering.left),
    }
    return render(request, "accounting/lettering/lettering.html", context)


@requires("accounting.letter")
def lettering_undo(request: SignedIn, pk: int) -> HttpResponse:
    lettering = _lettering(request, pk)
    title = _("Défaire le lettrage %(code)s") % {"code": lettering}
    back_url = lettering.get_absolute_url()
    return act_page(
        request,
        UndoForm(request.POST or None),
        lambda typed: unletter(lettering, reason=typed["reason"], actor=request.user, at=timezone.now()),
        done=_("Le lettrage %(code)s est défait : ses lignes sont à nouveau ouvertes.") % {"code": lettering},
        back_url=back_url,
        title=title,
        submit=_("Défaire le lettrage"),
        crumbs=[
            (_("Lettrage"), reverse("accounting:lettering_accounts")),
            (str(lettering), back_url),
            (title, ""),
        ],
        lead=_("Ses lignes redeviennent ouvertes ; les écritures ne changent pas."),
        tone="danger",
    )
