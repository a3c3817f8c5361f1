"""Pages where the accountant sets the books: chart of accounts, contribution scales."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.forms import AccountForm, AssignmentForm, NewAccountForm, ScaleForm
from accounting.models import Account
from accounting.selectors.accounts import accounts
from accounting.selectors.scales import activities_without_scale, assignments, scales
from accounting.services.accounts import add_account, change_account
from accounting.services.scales import assign_scale, create_scale
from accounting.views.filters import AccountFilters, AssignmentFilters
from accounting.views.tables import AccountTable, AssignmentTable
from accounting.views.tabs import books_tabs
from cae.core.errors import Refused
from cae.core.forms import form_page, refuse
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
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = add_account(**form.cleaned_data, actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Compte %(number)s ajouté.") % {"number": account.number})
            return redirect("accounting:account_list")
    return _form_page(request, form, _("Ajouter un compte"), _("Ajouter le compte"), "account_list")


@requires("accounting.change_accounts")
def account_change(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=pk)
    initial = {"label": account.label, "kind": account.kind, "role": account.role or ""}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_account(account, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Compte %(number)s enregistré.") % {"number": account.number})
            return redirect("accounting:account_list")
    title = _("Compte %(number)s") % {"number": account.number}
    return _form_page(request, form, title, _("Enregistrer"), "account_list")


@requires("accounting.view_ledger")
def scale_list(request: HttpRequest) -> HttpResponse:
    """The scales that were voted, version by version."""
    today = timezone.localdate()
    context = {
        "books_tabs": books_tabs("scale_list"),
        "scales": list(scales()),
        "without_scale": list(activities_without_scale(today)),
        "today": today,
    }
    return render(request, "accounting/scales.html", context)


@requires("accounting.view_ledger")
def assignment_list(request: HttpRequest) -> HttpResponse:
    """Who has which scale, and since when."""
    return list_page(
        request,
        queryset=assignments(),
        table=AssignmentTable,
        filters=AssignmentFilters,
        page="accounting.assignments",
        title=_("Barème de chaque activité"),
        template="accounting/books_list.html",
        tabs=books_tabs("scale_list"),
        empty=EmptyState(_("Aucune activité n’a de barème.")),
        main_action=Action(
            _("Affecter un barème"),
            reverse("accounting:scale_assign"),
            right="accounting.change_scales",
            tone="primary",
        ),
    )


@requires("accounting.change_scales")
def scale_add(request: HttpRequest) -> HttpResponse:
    form = ScaleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "percent"}
        try:
            create_scale(**facts, rate=form.rate, actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Barème enregistré."))
            return redirect("accounting:scale_list")
    return _form_page(
        request, form, _("Enregistrer un barème voté"), _("Enregistrer le barème"), "scale_list"
    )


@requires("accounting.change_scales")
def scale_assign(request: HttpRequest) -> HttpResponse:
    form = AssignmentForm(request.POST or None, initial={"activity": request.GET.get("activite")})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            assign_scale(facts.pop("activity"), **facts, actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Barème affecté."))
            return redirect("accounting:assignment_list")
    return _form_page(request, form, _("Affecter un barème"), _("Affecter"), "scale_list")


def _form_page(request: HttpRequest, form: Form, title: str, submit: str, back: str) -> HttpResponse:
    back_label = _("Plan comptable") if back == "account_list" else _("Barèmes de contribution")
    back_url = reverse(f"accounting:{back}")
    crumbs = [(_("Comptabilité"), reverse("accounting:home")), (back_label, back_url), (title, "")]
    return form_page(request, form, title=title, submit=submit, back_url=back_url, crumbs=crumbs)
