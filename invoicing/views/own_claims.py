"""Monthly claims as their author sees them: the list, the page of one, submitted or taken back, copied."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
from cae.core.tables import (
    Action,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    NamedRowFilter,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags.formats import day, money
from invoicing.forms.expenses import CopyForm
from invoicing.models import ExpenseClaim
from invoicing.selectors.expenses import (
    claims_visible,
    lines_of,
    persons_entered_for,
    shown_lines,
    totals_of,
    vouchers_waiting,
)
from invoicing.services.claiming import copy_expenses, submit_claim, take_back_claim
from invoicing.states.expenses import CLAIM_FLOW, ClaimState
from invoicing.views.expense_shown import expense_tabs, own_person, status_of_claim, status_of_line
from invoicing.views.refund_shown import refund_facts
from invoicing.views.tables import activities_in_sight, activity_column, cells, sees_several, staff_view


class MonthColumn(LinkColumn):
    """The month, in letters; the person under it where several are seen."""

    def render(self, value: Any, record: ExpenseClaim) -> Any:
        return super().render(record.month_said.capitalize(), record)

    def value(self, record: ExpenseClaim, value: Any) -> Any:
        return record.month


class ClaimStatusColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="state")

    def render(self, record: ExpenseClaim) -> Any:
        return super().render(status_of_claim(record))

    def value(self, record: ExpenseClaim, value: Any) -> str:
        return status_of_claim(record)[2]


class ClaimTable(Table):
    month = MonthColumn(verbose_name=gettext_lazy("Mois"), attrs=cells("one-line"))
    person = tables.Column(
        verbose_name=gettext_lazy("Personne"), order_by="person__sort_name", attrs=cells("clip")
    )
    activity = activity_column("wide")
    line_count = tables.Column(verbose_name=gettext_lazy("Dépenses"), attrs=cells("num", "wide"))
    total = MoneyColumn(verbose_name=gettext_lazy("Total"), total=True, attrs=cells("num", "wide"))
    to_refund = MoneyColumn(verbose_name=gettext_lazy("À rembourser"), total=True)
    state = ClaimStatusColumn()


class OwnClaimTable(ClaimTable):
    """For who reads their own only: one name all the way would say nothing."""

    person = None


class ClaimFilters(Filters):
    search = ("person__sort_name", "activity__name", "lines__label")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("État"), choices=ClaimState.choices, empty_label=gettext_lazy("Tous")
    )
    activity = NamedRowFilter(
        label=gettext_lazy("Activité"),
        queryset=activities_in_sight,
        named_by="name",
        empty_label=gettext_lazy("Toutes"),
    )
    month = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Mois"), widget=django_filters.widgets.DateRangeWidget
    )

    class Meta:
        model = ExpenseClaim
        fields: list[str] = []


@requires("invoicing.view_claims")
def claim_list(request: HttpRequest) -> HttpResponse:
    waiting = vouchers_waiting(own_person(request)).count()
    capture = Action(
        _("Photographier un justificatif"),
        reverse("invoicing:voucher_capture"),
        right="invoicing.keep_voucher",
        icon="camera",
    )
    several = sees_several(request)
    return list_page(
        request,
        queryset=claims_visible(request.user),
        table=ClaimTable if several else staff_view(OwnClaimTable, request),
        filters=ClaimFilters,
        page="invoicing.claims",
        title=_("Notes de frais") if several else _("Mes dépenses"),
        empty=EmptyState(
            _("Aucune dépense en %(month)s.") % {"month": date_format(timezone.localdate(), "F")},
            _("Photographiez un justificatif : la note du mois se fait toute seule."),
            capture,
        ),
        main_action=capture,
        tabs=expense_tabs("claim_list"),
        template="invoicing/expenses/claim_list.html",
        context={"waiting": waiting, "others": _others(request)},
    )


@requires("invoicing.view_claims")
def claim_detail(request: HttpRequest, pk: int) -> HttpResponse:
    claim = find_claim(request, pk)
    rows = shown_lines(claim)
    may_write = can(request.user, "invoicing.enter_expense", claim)
    context = {
        "claim": claim,
        "rows": [(row, status_of_line(row.line)) for row in rows],
        "totals": totals_of([row.line for row in rows]),
        "badge": status_of_claim(claim),
        "is_own": claim.person_id == own_person(request).pk,
        "may_edit": may_write and claim.is_draft,
        "moves": {move.name for move in CLAIM_FLOW.moves_open_to(request.user, claim)},
        "stopping": sum(flag.stops for row in rows for flag in row.flags),
        **refund_facts(request, claim),
    }
    return render(request, "invoicing/expenses/claim.html", context)


@require_POST
@requires("invoicing.submit_claim")
def claim_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Hands the claim over, or takes it back."""
    claim, today = find_claim(request, pk, right="invoicing.submit_claim"), timezone.localdate()
    if act == "soumettre":
        return act_now(
            request,
            lambda: submit_claim(claim, actor=request.user, on=today),
            done=_("La note est soumise : la comptabilité la vérifie, puis vous êtes remboursé·e."),
            back_url=claim.get_absolute_url(),
        )
    return act_now(
        request,
        lambda: take_back_claim(claim, actor=request.user, on=today),
        done=_("La note est de nouveau modifiable ; soumettez-la quand elle est prête."),
        back_url=claim.get_absolute_url(),
    )


@requires("invoicing.enter_expense")
def claim_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Expenses of a claim written again in today's month."""
    claim = find_claim(request, pk, right="invoicing.enter_expense")
    lines = [line for line in lines_of(claim) if not line.kind.is_mileage]
    words = [(str(line.pk), f"{day(line.on)} · {line.label} · {money(line.gross)}") for line in lines]
    form = CopyForm(
        request.POST or None,
        lines=words,
        initial={"form_key": uuid4(), "lines": [key for key, _words in words]},
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            made = copy_expenses(
                [line for line in lines if str(line.pk) in form.cleaned_data["lines"]],
                today=timezone.localdate(),
                form_key=form.cleaned_data["form_key"],
                actor=request.user,
            )
            sentence = ngettext(
                "%(count)d dépense recopiée, sans son justificatif.",
                "%(count)d dépenses recopiées, sans leurs justificatifs.",
                len(made),
            )
            messages.success(request, sentence % {"count": len(made)})
            return redirect(made[0].claim)
    return form_page(
        request,
        form,
        title=_("Recopier des dépenses"),
        submit=_("Recopier dans la note de %(month)s") % {"month": date_format(timezone.localdate(), "F")},
        lead=_("Les montants et les natures ; ni les justificatifs, ni les clients, ni les trajets."),
        back_url=claim.get_absolute_url(),
        crumbs=[
            (_("Mes dépenses"), reverse("invoicing:claim_list")),
            (claim.month_said.capitalize(), claim.get_absolute_url()),
            (_("Recopier des dépenses"), ""),
        ],
    )


def _others(request: HttpRequest) -> list[tuple[str, str]]:
    """The people for whom this user may write, with the page where they do."""
    url = reverse("invoicing:expense_new")
    people = persons_entered_for(request.user, timezone.localdate())
    return [(str(one), f"{url}?pour={one.pk}") for one in people]


def find_claim(request: HttpRequest, pk: int, *, right: str | None = None) -> ExpenseClaim:
    """A claim in sight. Raises Http404 out of sight, Forbidden without the right."""
    rows = ExpenseClaim.objects.visible_to(request.user).select_related(
        "person", "activity", "checker__person", "submitted_by__person"
    )
    found: ExpenseClaim = get_object_or_404(rows, pk=pk)
    if right:
        require(request.user, right, found)
    return found
