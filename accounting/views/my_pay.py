"""« Ma paie »: what came in, what the cooperative took, what can be paid; accept it, or ask otherwise."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.forms.payroll import AskForm
from accounting.selectors.allocation import own_shares
from accounting.selectors.pay_years import own_years, to_sign
from accounting.selectors.payroll import items_of, own_proposals, own_slips, result_of
from accounting.services.pay_engines import engine_of
from accounting.services.pay_proposals import agree_pay, ask_other_pay
from accounting.states.payroll import PAY_FLOW
from accounting.views.pay_tables import NoFilters, OwnPayTable
from cae.core.acting import act_now, act_page
from cae.core.notices import read_about
from cae.core.options import choices_of
from cae.core.periods import Month
from cae.core.permissions import in_person, require, requires
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.formats import money
from entrepreneurs.states.absences import KIND_LIST
from people.requests import SignedIn


@requires("accounting.view_own_pay")
def my_pay(request: SignedIn) -> HttpResponse:
    """The month asked for, or the latest; the former ones and the payslips below."""
    rows = list(own_proposals(request.user)[:13])
    row = _asked(rows, request.GET.get("mois", ""))
    context: dict[str, Any] = {
        "row": row,
        "months": [(str(one.month.month), str(one.month).capitalize()) for one in rows],
        "month_text": str(row.month.month) if row else "",
        "slips": list(own_slips(request.user)[:12]),
        "years": list(own_years(request.user)[:3]),
        "agreements": list(to_sign(request.user.person_id or 0)),
        "result_shares": list(own_shares(request.user)),
    }
    if row is not None:
        read_about(request.user, row, at=timezone.now())
        reasons = dict(choices_of(KIND_LIST, on=timezone.localdate()))
        context |= {
            "items": [(item, reasons.get(item.detail, "")) for item in items_of(row)],
            "result": result_of(row),
            # The entry is read in the accounts of the activity, not from here.
            "entry": None,
            "moves": {move.name for move in PAY_FLOW.moves_open_to(request.user, row)},
        }
    return render(request, "accounting/payroll/my_pay.html", context)


def _asked(rows: list[Any], text: str) -> Any:
    try:
        month = Month.parse(text)
    except ValueError:
        return rows[0] if rows else None
    return next((row for row in rows if row.month.month == month), rows[0] if rows else None)


@requires("accounting.view_own_pay")
def my_pays(request: SignedIn) -> HttpResponse:
    """Every month of one's own."""
    return list_page(
        request,
        queryset=own_proposals(request.user),
        table=OwnPayTable,
        filters=NoFilters,
        page="accounting.own_pay",
        title=_("Mes paies"),
        empty=EmptyState(_("Aucune paie."), _("Elle vous sera proposée chaque mois sous un CESA.")),
    )


@in_person
@require_POST
@requires("accounting.answer_pay")
def pay_agree(request: SignedIn, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return act_now(
        request,
        lambda: agree_pay(row, shown=request.POST.get("shown"), actor=request.user),
        done=_("Paie acceptée : l’équipe la contrôle puis l’envoie."),
        back_url=_back(row),
    )


@in_person
@requires("accounting.answer_pay")
def pay_ask(request: SignedIn, pk: int) -> HttpResponse:
    row = _own(request, pk)
    title = _("Demander un autre montant")
    return act_page(
        request,
        AskForm(request.POST or None, initial={"wanted": row.gross}),
        lambda typed: ask_other_pay(row, engines=engine_of, actor=request.user, **typed),
        done=_("Demande envoyée à l’équipe."),
        back_url=_back(row),
        title=title,
        lead=_("%(available)s peuvent être payés ce mois-ci, cotisations comprises.")
        % {"available": money(max(row.available, 0))},
        submit=_("Envoyer la demande"),
        crumbs=[(_("Ma paie"), _back(row)), (title, "")],
    )


def _back(row: Any) -> str:
    return f"{reverse('accounting:my_pay')}?mois={row.month.month}"


def _own(request: SignedIn, pk: int) -> Any:
    row = get_object_or_404(own_proposals(request.user), pk=pk)
    require(request.user, "accounting.answer_pay", row)
    return row
