"""The yearly statement: years, frames, the lines of each figure; origins of what is sold (COW-48, 49)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.exports import sheet
from cae.core.permissions import can, require, requires
from cae.core.tab_bars import tabs_of
from coworking.calculations.training_charges import proposed
from coworking.forms.training_sheets import ChargesForm, DayForm
from coworking.models import TrainingStatement
from coworking.selectors.statement_pages import (
    filed_lines,
    frames_shown,
    lines_of,
    lines_to_tell,
    quotes_to_tell,
    sheet_lines,
)
from coworking.selectors.training_charges import charge_lines, charges_in_books
from coworking.selectors.training_statement import statement_of, years_of_training
from coworking.services import training_statements as verbs
from coworking.states.training import TRAINING_BAR, Origin, StatementState
from coworking.views.training_parts import key_of
from invoicing.models import InvoiceLine, QuoteLine
from people.requests import SignedIn

_VIEW, _WRITE, _FILE = "coworking.view_statement", "coworking.write_statement", "coworking.file_statement"
_ORIGIN = "coworking.set_origin"
FIRST_YEAR = 2000


@requires(_VIEW)
def statement_list(request: SignedIn) -> HttpResponse:
    known = {row.year: row for row in TrainingStatement.objects.all()}
    context = {
        "tabs": tabs_of(request.user, TRAINING_BAR, "coworking:statement_list"),
        "years": [(year, known.get(year)) for year in years_of_training()],
    }
    return render(request, "coworking/training/statements.html", context)


@requires(_VIEW)
def statement(request: SignedIn, year: int) -> HttpResponse:
    """Every frame of a year; each figure opens its lines, as long as nothing is filed."""
    _known_year(year)
    row = TrainingStatement.objects.select_related("filed_by__person").filter(year=year).first()
    shown = frames_shown(year, row)
    parts = [] if shown.is_filed else charges_in_books(year)
    context = {
        "year": year,
        "row": row,
        "shown": shown,
        "proposed": proposed(parts) if parts else None,
        "is_over": year < timezone.localdate().year,
        "may_write": can(request.user, _WRITE),
        "may_file": can(request.user, _FILE),
    }
    return render(request, "coworking/training/statement.html", context)


@requires(_VIEW)
def statement_lines(request: SignedIn, year: int, frame: str, code: str) -> HttpResponse:
    """What makes a figure."""
    _known_year(year)
    if frame == "D":
        found = charge_lines(request.user, year, code)
    else:
        found = lines_of(year, frame=frame, code="" if code == "-" else code)
    if found is None:
        raise Http404
    title, heads, rows = found
    context = {"year": year, "title": title, "heads": heads, "rows": rows}
    return render(request, "coworking/training/statement_lines.html", context)


@requires(_WRITE)
def statement_charges(request: SignedIn, year: int) -> HttpResponse:
    _known_year(year)
    row = TrainingStatement.objects.filter(year=year).first() or TrainingStatement(year=year)
    held = {"total": row.charges_total, "pay": row.charges_pay, "purchases": row.charges_purchases}
    form = ChargesForm(request.POST or None, initial=held)

    def run(found: dict[str, Any]) -> Any:
        opened = verbs.open_statement(year, actor=request.user)
        return verbs.set_charges(opened, **found, seen=key_of(request, "version"), actor=request.user)

    back = reverse("coworking:statement", args=[year])
    return act_page(
        request,
        form,
        run,
        done=_("Charges enregistrées."),
        back_url=back,
        title=_("Charges de la formation en %(year)d") % {"year": year},
        lead=_("Cadre D : ce qu’ont coûté les formations de l’année, d’après la paie et les achats."),
        submit=_("Enregistrer"),
        crumbs=_crumbs(year, _("Charges")),
        template="coworking/training/versioned_form.html",
        version=request.POST.get("version", row.version),
    )


@require_POST
@requires(_WRITE)
def statement_take(request: SignedIn, year: int) -> HttpResponse:
    """Frame D as the books propose it, reckoned again."""
    _known_year(year)
    found = proposed(charges_in_books(year))

    def run() -> Any:
        opened = verbs.open_statement(year, actor=request.user)
        return verbs.set_charges(
            opened,
            total=found.total,
            pay=found.pay,
            purchases=found.purchases,
            seen=key_of(request, "version"),
            actor=request.user,
        )

    back = reverse("coworking:statement", args=[year])
    return act_now(request, run, done=_("Charges reprises des comptes."), back_url=back)


@requires(_FILE)
def statement_file(request: SignedIn, year: int) -> HttpResponse:
    _known_year(year)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})

    def run(found: dict[str, Any]) -> Any:
        opened = verbs.open_statement(year, actor=request.user)
        return verbs.file_statement(opened, on=found["on"], actor=request.user)

    return act_page(
        request,
        form,
        run,
        done=_("Bilan déposé : ses chiffres ne changent plus."),
        back_url=reverse("coworking:statement", args=[year]),
        title=_("Noter le dépôt du bilan %(year)d") % {"year": year},
        lead=_("À faire une fois le formulaire rempli sur le site de l’État. Ensuite, plus rien ne change."),
        submit=_("Noter le dépôt"),
        crumbs=_crumbs(year, _("Dépôt")),
    )


@requires(_VIEW)
def statement_export(request: SignedIn, year: int) -> HttpResponse:
    """Every line of every frame, as a sheet; filed, as it was filed."""
    _known_year(year)
    row = TrainingStatement.objects.filter(year=year).first()
    kind = "xlsx" if request.GET.get("export") == "xlsx" else "csv"
    if row is not None and row.state == StatementState.FILED:
        return sheet(filed_lines(row), kind, name=f"bpf-{year}")
    lines = sheet_lines(statement_of(year, row))
    return sheet(lines, kind, name=f"bpf-{year}")


@requires(_ORIGIN)
def origin_list(request: SignedIn) -> HttpResponse:
    """The lines of training of a year, each with where its money comes from."""
    this = timezone.localdate().year
    year = key_in_years(request.GET.get("annee", ""), this)
    context = {
        "tabs": tabs_of(request.user, TRAINING_BAR, "coworking:origin_list"),
        "year": year,
        "before": year - 1,
        "after": year + 1 if year < this else None,
        "lines": lines_to_tell(request.user, year),
        "quoted": quotes_to_tell(request.user) if year == this else [],
        "origins": Origin.choices,
    }
    return render(request, "coworking/training/origins.html", context)


@require_POST
@requires(_ORIGIN)
def origin_set(request: SignedIn, pk: int) -> HttpResponse:
    line = get_object_or_404(InvoiceLine.objects.select_related("invoice__activity"), pk=pk)
    require(request.user, _ORIGIN, line.invoice)
    issued: date | None = line.invoice.issued_on
    back = reverse("coworking:origin_list") + (f"?annee={issued.year}" if issued else "")
    return act_now(
        request,
        lambda: verbs.set_origin(line, origin=request.POST.get("origin", ""), actor=request.user),
        done=_("Origine notée."),
        back_url=back,
    )


@require_POST
@requires(_ORIGIN)
def quote_origin_set(request: SignedIn, pk: int) -> HttpResponse:
    line = get_object_or_404(QuoteLine.objects.select_related("quote__activity"), pk=pk)
    require(request.user, _ORIGIN, line.quote)
    return act_now(
        request,
        lambda: verbs.set_quote_origin(line, origin=request.POST.get("origin", ""), actor=request.user),
        done=_("Origine notée : la facture de ce devis l’aura."),
        back_url=reverse("coworking:origin_list"),
    )


def key_in_years(text: str, this: int) -> int:
    """The year that an address names, when it is one of ours."""
    return int(text) if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= this else this


def _known_year(year: int) -> None:
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404


def _crumbs(year: int, last: Any) -> list[tuple[Any, str]]:
    return [
        (_("BPF"), reverse("coworking:statement_list")),
        (str(year), reverse("coworking:statement", args=[year])),
        (last, ""),
    ]
