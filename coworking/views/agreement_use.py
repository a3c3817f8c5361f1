"""The statement of use of an agreement: shown, exported, printed (COW-04)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cae.core.answers import file_shown
from cae.core.exports import sheet
from cae.core.permissions import require, requires
from coworking.documents.agreement_use import use_pdf
from coworking.forms.agreements import UseForm
from coworking.models import PlaceAgreement
from coworking.selectors.agreement_use import Statement, lines_of_use, statement_of, total_of_use
from coworking.views.place_frame import place_page
from people.requests import SignedIn

_READS = "coworking.read_agreement"


def _agreement(request: SignedIn, pk: int) -> PlaceAgreement:
    rows = PlaceAgreement.objects.select_related(
        "place__scope__territory", "place__host", "place__activity", "organisation"
    )
    row = get_object_or_404(rows, pk=pk)
    require(request.user, _READS, row)
    return row


def _usual(row: PlaceAgreement, today: date) -> dict[str, str]:
    """The year so far; of an agreement that is over, its last year."""
    last = min(row.ends_on or today, today)
    first = max(row.starts_on, date(last.year, 1, 1))
    return {"du": min(first, last).isoformat(), "au": last.isoformat()}


def _asked(request: SignedIn, row: PlaceAgreement) -> tuple[UseForm, Statement | None]:
    """The days asked for, and what they tell; wrong days tell nothing."""
    now = timezone.now()
    typed: Any = request.GET if {"du", "au"} & request.GET.keys() else _usual(row, timezone.localdate(now))
    form = UseForm(typed)
    return form, statement_of(row, *form.days(), now=now) if form.is_valid() else None


@require_safe
@requires(_READS)
def agreement_use(request: SignedIn, pk: int) -> HttpResponse:
    row = _agreement(request, pk)
    return _page(request, row, *_asked(request, row))


def _page(request: SignedIn, row: PlaceAgreement, form: UseForm, statement: Statement | None) -> HttpResponse:
    """What the days asked for tell, or what is wrong with them."""
    context: dict[str, Any] = {"agreement": row, "form": form, "statement": statement}
    if statement is not None:
        context |= {
            "lines": lines_of_use(statement.use),
            "total": total_of_use(statement.use),
            "query": f"du={statement.first.isoformat()}&au={statement.last.isoformat()}",
        }
    answer = place_page(
        request, row.place, "coworking/places/agreement_use.html", "coworking:agreements", **context
    )
    answer.status_code = 200 if statement is not None else 422
    return answer


@require_safe
@requires(_READS)
def agreement_use_table(request: SignedIn, pk: int) -> HttpResponse:
    """The same as a file, with the people after the months."""
    row = _agreement(request, pk)
    form, statement = _asked(request, row)
    if statement is None:
        return _page(request, row, form, None)
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    return sheet(_lines(statement), kind, name=f"releve-{row.place.slug}-{row.pk}")


def _lines(statement: Statement) -> list[list[Any]]:
    lines: list[list[Any]] = [
        [_("Mois"), _("Jours"), _("Minutes"), _("Personnes"), _("Jours compris"), _("Au-delà"), _("€ HT")]
    ]
    lines += [
        [str(one.month), one.days, one.minutes, one.people, one.quota, one.over, one.price]
        for one in statement.use.months
    ]
    lines += [[], [_("Personne"), _("Jours"), _("Minutes")]]
    return lines + [
        [statement.names.get(one.who, ""), one.days, one.minutes] for one in statement.use.persons
    ]


@require_safe
@requires(_READS)
def agreement_use_paper(request: SignedIn, pk: int) -> HttpResponse:
    """The same to print, for the host or the partner."""
    row = _agreement(request, pk)
    form, statement = _asked(request, row)
    if statement is None:
        return _page(request, row, form, None)
    content = use_pdf(statement, on=timezone.localdate())
    return file_shown(content, name=f"releve-{row.place.slug}-{row.pk}.pdf")
