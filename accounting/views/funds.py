"""Pages of grants and earmarked funds: the list, one of them, what moves it (ACC-43)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounting.forms.funds import AmendForm, AwardForm, FundForm, FundReasonForm
from accounting.models import Fund
from accounting.selectors.funds import funds_visible_to, kinds_of, letters_of, spendings_of
from accounting.services.funds import (
    amend_fund,
    award_fund,
    change_fund,
    close_fund,
    create_fund,
    give_up_fund,
    refuse_fund,
    start_fund,
)
from accounting.states.funds import FUND_FLOW, FUND_OVER
from accounting.views.fund_tables import FundFilters, FundTable
from cae.core import permissions
from cae.core.acting import act_now, act_page
from cae.core.permissions import require, requires
from cae.core.tables import Action, EmptyState, Tab, list_page

Crumbs = list[tuple[Any, str]]


@requires("accounting.view_funds")
def fund_list(request: HttpRequest) -> HttpResponse:
    """What is left on each grant."""
    return list_page(
        request,
        queryset=funds_visible_to(request.user),
        table=FundTable,
        filters=FundFilters,
        page="accounting.funds",
        title=_("Subventions et fonds fléchés"),
        intro=_("Ce qui est attribué, reçu, dépensé, et ce qui reste de chacun."),
        tabs=fund_tabs(request, "fund_list"),
        empty=EmptyState(
            _("Aucune subvention."), _("Une demande, puis son attribution, ses versements, ses dépenses.")
        ),
        main_action=Action(
            _("Nouvelle demande"),
            reverse("accounting:fund_add"),
            right="accounting.keep_funds",
            tone="primary",
        ),
    )


@requires("accounting.keep_funds")
def fund_add(request: HttpRequest) -> HttpResponse:
    form = FundForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda said: create_fund(form.draft(), form_key=said["form_key"], actor=request.user),
        done=_("Demande enregistrée."),
        back_url=reverse("accounting:fund_list"),
        title=_("Nouvelle demande de subvention"),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(None, _("Nouvelle demande")),
    )


@requires("accounting.view_funds")
def fund_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, what came, what was spent, what is to do, what was written."""
    fund = get_object_or_404(funds_visible_to(request.user), pk=pk)
    alive = fund.state not in FUND_OVER
    context = {
        "fund": fund,
        "kinds": ", ".join(kind.label for kind in kinds_of(fund.kinds)),
        "moves": FUND_FLOW.moves_open_to(request.user, fund),
        "may_keep": permissions.can(request.user, "accounting.keep_funds"),
        "may_follow": alive and permissions.can(request.user, "accounting.follow_fund", fund),
        "alive": alive,
        "instalments": fund.instalments.select_related("entry__journal"),
        "duties": fund.duties.select_related("proof"),
        "spendings": spendings_of(fund)[:100],
        "letters": letters_of(fund)[:50],
        "deferrals": fund.deferrals.select_related("entry__journal", "back_entry__journal"),
        "today": timezone.localdate(),
    }
    return render(request, "accounting/funds/fund.html", context)


def fund_tabs(request: HttpRequest, current: str) -> list[Tab]:
    """The list, and the end of the year for who keeps the books."""
    names = [("fund_list", _("Toutes")), ("fund_rests", _("Fin d’année"))]
    if not permissions.can(request.user, "accounting.keep_funds"):
        return []
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in names]


def find_fund(request: HttpRequest, pk: int, right: str) -> Fund:
    """A fund in sight on which this person may do that."""
    fund = get_object_or_404(funds_visible_to(request.user), pk=pk)
    require(request.user, right, fund)
    return fund


def crumbs_of(fund: Fund | None, title: Any) -> Crumbs:
    way: Crumbs = [(_("Subventions et fonds fléchés"), reverse("accounting:fund_list"))]
    if fund is not None:
        way.append((fund.label, fund.get_absolute_url()))
    return [*way, (title, "")]


@requires("accounting.keep_funds")
def fund_change(request: HttpRequest, pk: int) -> HttpResponse:
    fund = find_fund(request, pk, "accounting.keep_funds")
    form = FundForm(request.POST or None, fund=fund)
    return act_page(
        request,
        form,
        lambda _said: change_fund(fund, form.draft(), actor=request.user),
        done=_("Demande corrigée."),
        back_url=fund.get_absolute_url(),
        title=_("Corriger la demande"),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(fund, _("Corriger")),
    )


@requires("accounting.keep_funds")
def fund_award(request: HttpRequest, pk: int) -> HttpResponse:
    fund = find_fund(request, pk, "accounting.keep_funds")
    initial = {"amount": fund.requested_amount, "on": timezone.localdate(), "reference": fund.reference}
    return act_page(
        request,
        AwardForm(request.POST or None, initial=initial),
        lambda said: award_fund(fund, **said, actor=request.user),
        done=_("Attribution notée."),
        back_url=fund.get_absolute_url(),
        title=_("Noter l’attribution"),
        lead=_("Selon le réglage de la coopérative, le produit entre dans les livres maintenant."),
        submit=_("Noter l’attribution"),
        crumbs=crumbs_of(fund, _("Attribution")),
    )


@require_POST
@requires("accounting.keep_funds")
def fund_start(request: HttpRequest, pk: int) -> HttpResponse:
    fund = find_fund(request, pk, "accounting.keep_funds")
    return act_now(
        request,
        lambda: start_fund(fund, actor=request.user),
        done=_("Les dépenses peuvent être comptées."),
        back_url=fund.get_absolute_url(),
    )


# What ends a fund, by the word of its address: the act, its title, what is said then.
_ENDINGS: dict[str, tuple[Any, Any, Any]] = {
    "refuser": (refuse_fund, gettext_lazy("Noter le refus"), gettext_lazy("Refus noté.")),
    "abandonner": (give_up_fund, gettext_lazy("Abandonner"), gettext_lazy("Subvention abandonnée.")),
    "solder": (close_fund, gettext_lazy("Solder"), gettext_lazy("Subvention soldée.")),
}


@requires("accounting.keep_funds")
def fund_end(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """Refused, given up, or closed once nothing more is to pay."""
    fund = find_fund(request, pk, "accounting.keep_funds")
    act, title, done = _ENDINGS[how]
    form = FundReasonForm(
        request.POST or None, initial={"on": timezone.localdate()}, optional=how == "solder"
    )
    return act_page(
        request,
        form,
        lambda said: act(fund, **said, actor=request.user),
        done=done,
        back_url=fund.get_absolute_url(),
        title=title,
        submit=title,
        lead=f"{fund.label}, {fund.funder}",
        tone="primary" if how == "solder" else "danger",
        crumbs=crumbs_of(fund, title),
    )


@requires("accounting.keep_funds")
def fund_amend(request: HttpRequest, pk: int) -> HttpResponse:
    fund = find_fund(request, pk, "accounting.keep_funds")
    initial = {"amount": fund.awarded_amount, "ends_on": fund.ends_on, "on": timezone.localdate()}
    return act_page(
        request,
        AmendForm(request.POST or None, initial=initial),
        lambda said: amend_fund(fund, **said, actor=request.user),
        done=_("Avenant enregistré."),
        back_url=fund.get_absolute_url(),
        title=_("Enregistrer un avenant"),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(fund, _("Avenant")),
    )
