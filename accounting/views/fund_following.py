"""What comes with a fund, from its page: instalments, duties, letters, costs counted, the end of a year."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.forms.funds import (
    DoneForm,
    DutyForm,
    FileForm,
    InstalmentForm,
    OnForm,
    RestsForm,
    SpendForm,
    SpendingReasonForm,
)
from accounting.models import EntryLine, FundDuty, FundInstalment, FundSpending
from accounting.selectors.funds import cost_of, countable_lines, rests_at
from accounting.services.fund_following import (
    add_duty,
    add_instalment,
    defer_rests,
    do_duty,
    file_letter,
    receive_instalment,
    remove_duty,
    remove_instalment,
)
from accounting.services.fund_spending import count_line, undo_spending
from accounting.states.funds import DutyKind
from accounting.views.funds import crumbs_of, find_fund, fund_tabs
from cae.core.acting import act_now, act_page
from cae.core.periods import Month
from cae.core.permissions import requires
from cae.core.templatetags.formats import day, money

KEEP, FOLLOW = "accounting.keep_funds", "accounting.follow_fund"


@requires(KEEP)
def instalment_add(request: HttpRequest, pk: int) -> HttpResponse:
    fund = find_fund(request, pk, KEEP)
    return act_page(
        request,
        InstalmentForm(request.POST or None),
        lambda said: add_instalment(fund, **said, actor=request.user),
        done=_("Versement attendu noté."),
        back_url=fund.get_absolute_url(),
        title=_("Versement attendu"),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(fund, _("Versement attendu")),
    )


def _instalment(request: HttpRequest, pk: int) -> FundInstalment:
    row = get_object_or_404(FundInstalment.objects.select_related("fund"), pk=pk)
    row.fund = find_fund(request, row.fund_id, KEEP)
    return row


@requires(KEEP)
def instalment_receive(request: HttpRequest, pk: int) -> HttpResponse:
    row = _instalment(request, pk)
    return act_page(
        request,
        OnForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda said: receive_instalment(row, on=said["on"], actor=request.user),
        done=_("Versement reçu."),
        back_url=row.fund.get_absolute_url(),
        title=_("Noter le versement reçu"),
        lead=f"{row.label} : {money(row.amount)}",
        submit=_("Noter reçu"),
        crumbs=crumbs_of(row.fund, row.label),
    )


@require_POST
@requires(KEEP)
def instalment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = _instalment(request, pk)
    return act_now(
        request,
        lambda: remove_instalment(row, actor=request.user),
        done=_("Versement retiré."),
        back_url=row.fund.get_absolute_url(),
    )


@requires(FOLLOW)
def duty_add(request: HttpRequest, pk: int) -> HttpResponse:
    fund = find_fund(request, pk, FOLLOW)
    return act_page(
        request,
        DutyForm(request.POST or None),
        lambda said: add_duty(fund, **said, actor=request.user),
        done=_("Obligation notée."),
        back_url=fund.get_absolute_url(),
        title=_("Condition ou compte rendu"),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(fund, _("Obligation")),
    )


@requires(FOLLOW)
def duty_do(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticks what was expected, with its proof."""
    duty = get_object_or_404(FundDuty, pk=pk)
    fund = find_fund(request, duty.fund_id, FOLLOW)
    form = DoneForm(
        request.POST or None,
        request.FILES or None,
        initial={"on": timezone.localdate()},
        proved=duty.kind == DutyKind.REPORT,
    )
    return act_page(
        request,
        form,
        lambda said: do_duty(duty, on=said["on"], proof=form.brought(), actor=request.user),
        done=_("C’est fait."),
        back_url=fund.get_absolute_url(),
        title=_("Noter comme fait"),
        lead=duty.label,
        submit=_("Noter comme fait"),
        crumbs=crumbs_of(fund, duty.label),
    )


@require_POST
@requires(FOLLOW)
def duty_remove(request: HttpRequest, pk: int) -> HttpResponse:
    duty = get_object_or_404(FundDuty, pk=pk)
    fund = find_fund(request, duty.fund_id, FOLLOW)
    return act_now(
        request,
        lambda: remove_duty(duty, actor=request.user),
        done=_("Obligation retirée."),
        back_url=fund.get_absolute_url(),
    )


@requires(FOLLOW)
def letter_add(request: HttpRequest, pk: int) -> HttpResponse:
    fund = find_fund(request, pk, FOLLOW)
    form = FileForm(request.POST or None, request.FILES or None)

    def run(_said: dict[str, Any]) -> None:
        brought = form.brought()
        if brought is not None:
            file_letter(fund, brought=brought, on=timezone.localdate(), actor=request.user)

    return act_page(
        request,
        form,
        run,
        done=_("Document classé."),
        back_url=fund.get_absolute_url(),
        title=_("Classer un document"),
        lead=_("Courrier, convention, notification, justificatif."),
        submit=_("Classer"),
        crumbs=crumbs_of(fund, _("Document")),
    )


@requires(KEEP)
def spending_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The costs of the books that the fund may still pay."""
    fund = find_fund(request, pk, KEEP)
    context = {
        "fund": fund,
        "rows": countable_lines(fund),
        "title": _("Compter une dépense"),
        "crumbs": crumbs_of(fund, _("Compter une dépense")),
    }
    return render(request, "accounting/funds/countable.html", context)


@requires(KEEP)
def spending_add(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Counts one of them, or a part of it."""
    fund = find_fund(request, pk, KEEP)
    cost = get_object_or_404(
        EntryLine.objects.visible_to(request.user).select_related("entry__journal", "cost_kind"), pk=line
    )
    free = cost_of(cost).free
    return act_page(
        request,
        SpendForm(request.POST or None, initial={"amount": min(free, max(fund.left, 0))}),  # type: ignore[attr-defined]
        lambda said: count_line(fund, cost, amount=said["amount"], actor=request.user),
        done=_("Dépense comptée."),
        back_url=fund.get_absolute_url(),
        title=_("Compter cette dépense"),
        lead=f"{day(cost.on)} · {cost.entry.label} · {money(free)}",
        submit=_("Compter"),
        crumbs=crumbs_of(fund, _("Compter une dépense")),
    )


@requires(KEEP)
def spending_undo(request: HttpRequest, pk: int) -> HttpResponse:
    spending = get_object_or_404(FundSpending.objects.select_related("line__entry__journal"), pk=pk)
    fund = find_fund(request, spending.fund_id, KEEP)
    return act_page(
        request,
        SpendingReasonForm(request.POST or None),
        lambda said: undo_spending(spending, reason=said["reason"], actor=request.user),
        done=_("Dépense retirée de la subvention."),
        back_url=fund.get_absolute_url(),
        title=_("Retirer cette dépense"),
        lead=f"{day(spending.line.on)} · {spending.line.entry.label} · {money(spending.amount)}",
        submit=_("Retirer"),
        tone="danger",
        crumbs=crumbs_of(fund, _("Retirer une dépense")),
    )


@requires(KEEP)
def rest_list(request: HttpRequest) -> HttpResponse:
    """What each grant leaves to the next year: shown, then put off."""
    end = Month(timezone.localdate().year - 1, 12).last
    form = RestsForm(request.POST or request.GET or None, initial={"on": end})
    chosen = form.cleaned_data["on"] if form.is_bound and form.is_valid() else end
    return act_page(
        request,
        form,
        lambda said: defer_rests(said["on"], back_on=said["back_on"], actor=request.user),
        done=_("Produits différés passés."),
        back_url=reverse("accounting:fund_list"),
        title=_("Fin d’année des subventions"),
        lead=_("Ce qui est enregistré et non dépensé passe en produits constatés d’avance (487)."),
        submit=_("Passer les produits différés"),
        crumbs=crumbs_of(None, _("Fin d’année")),
        template="accounting/funds/rests.html",
        rests=rests_at(chosen),
        tabs=fund_tabs(request, "fund_rests"),
        shown_on=chosen,
    )
