"""« Fin d’année »: balances of a year, the agreement to leave a result, due after the assembly (ACC-29)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounting.forms.pay_years import AssemblyForm, RetainedForm, RetainedSignForm, YearForm
from accounting.models import RetainedResultAgreement, YearEndRegularisation
from accounting.selectors.pay_years import (
    agreement_of,
    agreements,
    pay_to_add_to,
    years_listed,
    years_over,
)
from accounting.services.pay_engines import engine_of
from accounting.services.pay_years import (
    ask_for_years,
    draft_agreement,
    drop_agreement,
    note_accounts_assembly,
    settle_year,
    sign_agreement,
)
from accounting.states.payroll import RetainedState, YearEndState
from accounting.views.pay_tables import pay_tabs
from cae.core.acting import act_now, act_page
from cae.core.elision import elided
from cae.core.forms import form_page, refused_at
from cae.core.notices import read_about
from cae.core.permissions import can, in_person, require, requires, signed_in
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags.formats import money
from people.devices import origin_of
from people.requests import SignedIn


class YearTable(Table):
    person = LinkColumn(verbose_name=gettext_lazy("Personne"), order_by="person__sort_name")
    activity = tables.Column(verbose_name=gettext_lazy("Activité"), order_by="activity__sort_name")
    ends_on = DateColumn(verbose_name=gettext_lazy("Exercice clos le"))
    real_cost = MoneyColumn(verbose_name=gettext_lazy("Paies, coût réel"), total=True)
    left = MoneyColumn(verbose_name=gettext_lazy("Laissé"), total=True)
    balance = MoneyColumn(verbose_name=gettext_lazy("Solde en coût"), total=True)
    due_on = DateColumn(verbose_name=gettext_lazy("À verser avant le"))
    status = StatusColumn()

    class Meta(Table.Meta):
        model = YearEndRegularisation
        fields = ("person", "activity", "ends_on", "real_cost", "left", "balance", "due_on", "status")
        order_by = ("-ends_on", "person")


class PayYearFilters(Filters):
    search = ("person__first_name", "person__last_name", "activity__name")
    etat = django_filters.ChoiceFilter(
        field_name="state", choices=YearEndState.choices, label=gettext_lazy("État")
    )

    class Meta:
        model = YearEndRegularisation
        fields: tuple[str, ...] = ()


@requires("accounting.close_pay_year")
def pay_years(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=years_listed(request.user),
        table=YearTable,
        filters=PayYearFilters,
        page="accounting.pay_years",
        title=_("Soldes de fin d’année"),
        tabs=pay_tabs(request.user, "pay_years"),
        intro=_(
            "Ce que l’année doit encore à chacun, versé au plus tard un mois après l’assemblée sur les"
            " comptes."
        ),
        main_action=Action(
            _("Calculer un exercice"), reverse("accounting:pay_years_compute"), tone="primary"
        ),
        template="accounting/payroll/years.html",
        empty=EmptyState(
            _("Aucun solde."), _("Calculez l’exercice terminé, puis notez l’assemblée sur ses comptes.")
        ),
    )


@requires("accounting.close_pay_year")
def pay_years_compute(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    form = YearForm(request.POST or None, years=years_over(today))
    if form.is_valid():
        with refused_at(form):
            job = ask_for_years(form.cleaned_data["year"], today=today, actor=request.user)
            return redirect("core:job_detail", job.pk)
    return _form(
        request,
        form,
        _("Calculer les soldes d’un exercice"),
        submit=_("Calculer"),
        lead=_("Depuis les écritures : ce qui est déjà arrêté ne bouge pas."),
    )


@requires("accounting.close_pay_year")
def pay_years_assembly(request: SignedIn) -> HttpResponse:
    """The assembly ruled on the accounts: each balance is owed, or carried."""
    today = timezone.localdate()
    form = AssemblyForm(request.POST or None, years=years_over(today))
    if form.is_valid():
        with refused_at(form):
            count = note_accounts_assembly(
                form.cleaned_data["year"], on=form.cleaned_data["on"], today=today, actor=request.user
            )
            said = ngettext("%(count)d solde arrêté.", "%(count)d soldes arrêtés.", count)
            messages.success(request, said % {"count": count})
            return redirect("accounting:pay_years")
    return _form(
        request,
        form,
        _("Noter l’assemblée sur les comptes"),
        submit=_("Arrêter les soldes"),
        lead=_("Un solde positif est à verser dans le mois qui suit ; un solde négatif est reporté."),
    )


def _form(request: SignedIn, form: Any, title: str, **words: Any) -> HttpResponse:
    back_url = reverse("accounting:pay_years")
    crumbs = [(_("Paie"), reverse("accounting:pay_list")), (_("Fin d’année"), back_url), (title, "")]
    return form_page(request, form, title=title, back_url=back_url, crumbs=crumbs, **words)


@signed_in
def pay_year(request: SignedIn, pk: int) -> HttpResponse:
    """One balance, with its sum line by line: for its person and for the team."""
    row = _year(request, pk)
    may_close = can(request.user, "accounting.close_pay_year")
    is_open = row.state == YearEndState.COMPUTED
    agreement = agreement_of(row)
    context = {
        "row": row,
        "base": row.turnover - row.direct_costs - row.contribution,
        "agreement": agreement,
        "pay": pay_to_add_to(row) if may_close and row.state == YearEndState.DUE else None,
        "may_close": may_close,
        "may_leave": may_close and is_open and agreement is None and row.balance > 0,
        "is_late": row.state == YearEndState.DUE and row.due_on and row.due_on < timezone.localdate(),
        "list_url": reverse("accounting:pay_years") if may_close else reverse("accounting:my_pay"),
    }
    return render(request, "accounting/payroll/year.html", context)


@require_POST
@requires("accounting.close_pay_year")
def pay_year_settle(request: SignedIn, pk: int) -> HttpResponse:
    row = _year(request, pk)
    pay = pay_to_add_to(row)
    if pay is None:
        messages.error(request, _("Proposez d’abord une paie : le solde se verse avec elle."))
        return redirect(row)
    return act_now(
        request,
        lambda: settle_year(row, pay=pay, engines=engine_of, actor=request.user),
        done=elided(_("Solde ajouté à la paie de %(month)s, à accepter de nouveau."), {"month": pay.month}),
        back_url=row.get_absolute_url(),
    )


@requires("accounting.close_pay_year")
def retained_add(request: SignedIn, pk: int) -> HttpResponse:
    row = _year(request, pk)
    title = _("Préparer un accord de résultat laissé")
    return act_page(
        request,
        RetainedForm(request.POST or None),
        lambda typed: draft_agreement(row, actor=request.user, **typed),
        done=_("Accord préparé : la personne est prévenue."),
        back_url=row.get_absolute_url(),
        title=title,
        lead=_("Solde : %(balance)s, en coût pour l’employeur.") % {"balance": money(row.balance)},
        submit=_("Préparer l’accord"),
        crumbs=[
            (_("Fin d’année"), reverse("accounting:pay_years")),
            (str(row), row.get_absolute_url()),
            (title, ""),
        ],
    )


@in_person
@signed_in
def retained(request: SignedIn, pk: int) -> HttpResponse:
    """The text of an agreement; its person signs it there."""
    agreement = _agreement(request, pk)
    mine = agreement.year.person_id == request.user.person_id
    to_sign = mine and agreement.state == RetainedState.TO_SIGN
    form = RetainedSignForm(request.POST or None, initial={"shown": agreement.content_sha256})
    if request.method == "POST":
        require(request.user, "accounting.sign_retained", agreement)
        if form.is_valid():
            with refused_at(form):
                sign_agreement(
                    agreement,
                    hand=form.hand(request.user.get_full_name()),
                    shown=form.cleaned_data["shown"],
                    at=timezone.now(),
                    origin=origin_of(request),
                    actor=request.user,
                )
                messages.success(request, _("Accord signé."))
                return redirect(agreement.year)
    read_about(request.user, agreement, at=timezone.now())
    context = {
        "agreement": agreement,
        "form": form if to_sign else None,
        "signer": request.user.get_full_name(),
        "may_drop": can(request.user, "accounting.close_pay_year")
        and agreement.state == RetainedState.TO_SIGN,
    }
    return render(request, "accounting/payroll/retained.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("accounting.close_pay_year")
def retained_drop(request: SignedIn, pk: int) -> HttpResponse:
    agreement = _agreement(request, pk)
    return act_now(
        request,
        lambda: drop_agreement(agreement, actor=request.user),
        done=_("Accord abandonné."),
        back_url=agreement.year.get_absolute_url(),
    )


def _agreement(request: SignedIn, pk: int) -> RetainedResultAgreement:
    row = get_object_or_404(agreements(), pk=pk)
    if not can(request.user, "accounting.view_pay_year", row.year):
        raise Http404
    return row


def _year(request: SignedIn, pk: int) -> YearEndRegularisation:
    return get_object_or_404(years_listed(request.user), pk=pk)
