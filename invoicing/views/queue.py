"""The queue of those who check: the list at left, the document with what the machine says of it at right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.notices import read_about
from cae.core.permissions import require, requires
from cae.core.settings import value_of
from invoicing import parameters
from invoicing.forms.checking import CorrectionForm, QueueFilters, ReadVersion
from invoicing.models import Invoice, Quote
from invoicing.selectors.checks import Document
from invoicing.selectors.queue import (
    Waiting,
    activities_waiting,
    last_validation,
    to_check,
    waiting_for,
)
from invoicing.services.correcting import correct_invoice, correct_quote
from invoicing.services.taking import release_document, take_document
from invoicing.services.validating import (
    MOST_AT_ONCE,
    start_validation,
    tickets_of,
    validate_document,
    validate_if_right,
)
from invoicing.views.checked import name_of, page_of, require_as_shown, what_happened

KINDS: dict[str, type[Quote] | type[Invoice]] = {"devis": Quote, "factures": Invoice}


@dataclass(frozen=True)
class Queue:
    """The list as this person filtered it, and one document of it."""

    filters: QueueFilters
    lines: list[Waiting]
    query: str

    def at(self, document: Document | None) -> int | None:
        return next((rank for rank, line in enumerate(self.lines) if line.document == document), None)

    def url(self, line: Waiting | None) -> str:
        """The place of a line, the filters kept."""
        if line is None:
            return reverse("invoicing:queue") + self.query
        return address_of(line.document) + self.query


def address_of(document: Document) -> str:
    kind = "devis" if isinstance(document, Quote) else "factures"
    return reverse("invoicing:queue_document", args=[kind, document.pk])


@requires("invoicing.check_document")
def queue(request: HttpRequest) -> HttpResponse:
    """The list; a wide screen shows its first document beside it."""
    found = _queue(request)
    return _page(request, found, found.lines[0].document if found.lines else None, opened=False)


@requires("invoicing.check_document")
def queue_document(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    document = _find(request, kind, pk)
    found = _queue(request)
    if not document.is_submitted:
        messages.warning(request, what_happened(document))
        return redirect(found.url(None))
    if request.method == "POST":
        return _act(request, found, document)
    read_about(request.user, document, at=timezone.now())
    return _page(request, found, document)


@require_POST
@requires("invoicing.check_document")
def queue_validate(request: HttpRequest) -> HttpResponse:
    """Validates the ticked documents: at once when they are few, in a job when they are many."""
    tickets = tickets_of(request.POST.getlist("ids"), to_check(request.user))
    if len(tickets) > MOST_AT_ONCE:
        return redirect("core:job_detail", start_validation(tickets, actor=request.user).pk)
    today, done = timezone.localdate(), []
    for ticket in tickets:
        try:
            done.append(str(validate_if_right(ticket, actor=request.user, on=today)))
        except Refused as refusal:
            messages.error(request, f"{ticket} : {refusal}")
    if done:
        word = ngettext(
            "%(count)d document validé : %(numbers)s.",
            "%(count)d documents validés : %(numbers)s.",
            len(done),
        )
        messages.success(request, word % {"count": len(done), "numbers": ", ".join(done)})
    elif not tickets:
        messages.warning(request, _("Cochez au moins un document."))
    return redirect(_queue(request).url(None))


def _find(request: HttpRequest, kind: str, pk: int) -> Document:
    """A document that this person may check, whatever became of it since. Raises Http404 for another."""
    if kind not in KINDS:
        raise Http404
    rows: Any = KINDS[kind].objects.visible_to(request.user)
    found: Document | None = (
        rows.select_related("customer", "activity", "checker__person", "created_by__person")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    if found.is_submitted:
        require(request.user, "invoicing.check_document", found)
    return found


def _queue(request: HttpRequest) -> Queue:
    filters = QueueFilters(request.GET, activities=activities_waiting(request.user))
    lines = waiting_for(request.user, on=timezone.localdate(), wanted=filters.wanted())
    query = request.GET.urlencode()
    return Queue(filters, lines, f"?{query}" if query else "")


def _act(request: HttpRequest, found: Queue, document: Document) -> HttpResponse:
    """One act of a checker; a colleague who was faster gives one sentence, and the next document."""
    do = request.POST.get("do", "")
    if "phrase" in request.POST:
        text = "\n".join(
            filter(None, [request.POST.get("reason", "").strip(), request.POST.get("phrase", "")])
        )
        return _page(request, found, document, correction=CorrectionForm(initial={"reason": text}))
    read = ReadVersion(request.POST)
    seen = read.cleaned_data if read.is_valid() else {}
    version = seen.get("version")
    try:
        if do == "validate":
            require_as_shown(document, seen.get("shown", ""), on=timezone.localdate())
            return _validated(request, found, document, version)
        if do == "correct":
            return _corrected(request, found, document, version)
        if do == "take":
            take_document(document, actor=request.user)
        else:
            release_document(document, actor=request.user)
    except Forbidden:
        raise
    except IllegalMove:
        document = _find(request, _kind(document), document.pk)
        messages.warning(request, what_happened(document))
        return redirect(found.url(_next(found, document)))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(address_of(document) + found.query)


def _validated(request: HttpRequest, found: Queue, document: Document, version: int | None) -> HttpResponse:
    right = "invoicing.approve_quote" if isinstance(document, Quote) else "invoicing.issue_invoice"
    require(request.user, right, document)
    done = validate_document(document, actor=request.user, on=timezone.localdate(), version=version)
    messages.success(request, _("C’est validé : %(name)s.") % {"name": name_of(done)})
    return redirect(found.url(_next(found, document)))


def _corrected(request: HttpRequest, found: Queue, document: Document, version: int | None) -> HttpResponse:
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, document, correction=form, status=422)
    facts: dict[str, Any] = {
        "actor": request.user,
        "reason": form.cleaned_data["reason"],
        "on": timezone.localdate(),
        "version": version,
    }
    if isinstance(document, Quote):
        correct_quote(document, **facts)
    else:
        correct_invoice(document, **facts)
    messages.success(
        request,
        _("Correction demandée à %(activity)s : le document est revenu dans ses brouillons.")
        % {"activity": document.activity.name},
    )
    return redirect(found.url(_next(found, document)))


def _kind(document: Document) -> str:
    return "devis" if isinstance(document, Quote) else "factures"


def _next(found: Queue, document: Document) -> Waiting | None:
    """The line that takes the place of one just answered: the next one, else the one before, else nothing."""
    rank = found.at(document)
    if rank is None:
        return None
    others = found.lines[rank + 1 :] or found.lines[:rank][-1:]
    return others[0] if others else None


def _page(
    request: HttpRequest,
    found: Queue,
    document: Document | None,
    *,
    opened: bool = True,
    correction: CorrectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rank = found.at(document)
    checks = None if rank is None else found.lines[rank].checks
    around = (None, None) if rank is None else _around(found.lines, rank)
    phrases = str(value_of(parameters.CORRECTION_PHRASES, on=timezone.localdate())).splitlines()
    here = address_of(document) if document is not None else ""
    context = {
        "queue": found,
        "rows": [(line, found.url(line)) for line in found.lines],
        "opened": opened,
        "here": here + found.query,
        "clear_url": reverse("invoicing:queue"),
        "rank": None if rank is None else rank + 1,
        "previous_url": found.url(around[0]) if around[0] else "",
        "next_url": found.url(around[1]) if around[1] else "",
        "list_url": found.url(None),
        "correction": correction or CorrectionForm(),
        "correcting": correction is not None,
        "phrases": [phrase.strip() for phrase in phrases if phrase.strip()],
        "right_count": sum(line.is_right for line in found.lines),
        "last": "" if found.lines else _last(request),
        **(page_of(request, document, checks=checks) if document is not None else {}),
    }
    return render(request, "invoicing/queue.html", context, status=status)


def _last(request: HttpRequest) -> str:
    """« Dernière validation à 11:42. », with its day when it was not today."""
    at = last_validation(request.user)
    if at is None:
        return ""
    there = timezone.localtime(at)
    if there.date() == timezone.localdate():
        return _("Dernière validation à %(time)s.") % {"time": f"{there:%H:%M}"}
    return _("Dernière validation le %(day)s à %(time)s.") % {
        "day": f"{there:%d/%m/%Y}",
        "time": f"{there:%H:%M}",
    }


def _around(lines: Sequence[Waiting], rank: int) -> tuple[Waiting | None, Waiting | None]:
    before = lines[rank - 1] if rank else None
    return before, lines[rank + 1] if rank + 1 < len(lines) else None
