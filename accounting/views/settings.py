"""Pages where the accountant sets the chart of accounts."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.forms.books import AccountForm, NewAccountForm
from accounting.models import Account
from accounting.selectors.accounts import accounts
from accounting.services.accounts import add_account, change_account
from accounting.views.filters import AccountFilters
from accounting.views.tables import AccountTable
from accounting.views.tabs import books_tabs
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page


@requires("accounting.view_ledger")
def account_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=accounts(),
        table=AccountTable,
        filters=AccountFilters,
        page="accounting.accounts",
        title=_("Plan comptable"),
        template="accounting/books_list.html",
        tabs=books_tabs("account_list"),
        empty=EmptyState(_("Aucun compte.")),
        main_action=Action(
            _("Ajouter un compte"),
            reverse("accounting:account_add"),
            right="accounting.change_accounts",
            tone="primary",
        ),
    )


@requires("accounting.change_accounts")
def account_add(request: HttpRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            account = add_account(**form.cleaned_data, actor=request.user)
            messages.success(request, _("Compte %(number)s ajouté.") % {"number": account.number})
            return redirect("accounting:account_list")
    return _form_page(request, form, _("Ajouter un compte"), _("Ajouter le compte"))


@requires("accounting.change_accounts")
def account_change(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=pk)
    initial = {
        "label": account.label,
        "kind": account.kind,
        "role": account.role or "",
        "is_lettered": account.is_lettered,
    }
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            change_account(account, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Compte %(number)s enregistré.") % {"number": account.number})
            return redirect("accounting:account_list")
    title = _("Compte %(number)s") % {"number": account.number}
    return _form_page(request, form, title, _("Enregistrer"))


def _form_page(request: HttpRequest, form: Form, title: str, submit: str) -> HttpResponse:
    back_url = reverse("accounting:account_list")
    crumbs = [(_("Comptabilité"), reverse("accounting:home")), (_("Plan comptable"), back_url), (title, "")]
    return form_page(request, form, title=title, submit=submit, back_url=back_url, crumbs=crumbs)
