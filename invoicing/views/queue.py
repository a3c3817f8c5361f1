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
from django_htmx.http import HttpResponseClientRedirect

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.notices import read_about
from cae.core.permissions import require, requires
from cae.core.settings import value_of
from invoicing import parameters
from invoicing.forms.checking import CorrectionForm, QueueFilters, ReadVersion
from invoicing.models import Invoice, Quote
from invoicing.selectors.checks import Check, Document
from invoicing.selectors.queue import MOST, Waiting, handed_to, last_validation, lines_of, to_check
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
    """The list as this person filtered it; `waiting` counts what it would show if it were not cut."""

    filters: QueueFilters
    lines: list[Waiting]
    query: str
    waiting: int

    @property
    def is_cut(self) -> bool:
        return self.waiting > MOST

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
    """The list; a wide screen then asks for its first document, to show it beside."""
    return _page(request, _queue(request))


@requires("invoicing.check_document")
def queue_document(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A document of the list, chosen; or alone, as the list asks for its first one."""
    document = _find(request, kind, pk)
    htmx: Any = getattr(request, "htmx", False)
    if htmx and request.method == "GET" and not htmx.history_restore_request:
        return _beside_the_list(request, document)
    if not document.is_submitted:
        messages.warning(request, what_happened(document))
        return redirect(reverse("invoicing:queue") + _query(request))
    found = _queue(request)
    if request.method == "POST":
        return _act(request, found, document)
    read_about(request.user, document, at=timezone.now())
    return _page(request, found, document)


def _beside_the_list(request: HttpRequest, document: Document) -> HttpResponse:
    """The document without its list, which is there already. Nobody chose it: what was told of it stays
    unread."""
    if not document.is_submitted:
        messages.warning(request, what_happened(document))
        return HttpResponseClientRedirect(reverse("invoicing:queue") + _query(request))
    return _vary(render(request, "invoicing/_queue_document.html", _shown(request, document)))


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
    handed = handed_to(request.user)
    filters = QueueFilters(request.GET, activities={row.activity: row.activity_name for row in handed})
    wanted = filters.wanted()
    rows = wanted.among(handed, request.user)
    lines = lines_of(rows, on=timezone.localdate(), right=wanted.right)
    return Queue(filters, lines, _query(request), len(rows))


def _query(request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"?{query}" if query else ""


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
    document: Document | None = None,
    *,
    correction: CorrectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list, and beside it the document that was chosen or the place where the first one comes."""
    first = found.lines[0] if found.lines and document is None else None
    current = first.document if first else document
    rank = found.at(current)
    around = (None, None) if rank is None else _around(found.lines, rank)
    context = {
        "queue": found,
        "rows": [(line, found.url(line)) for line in found.lines],
        "most": MOST,
        "opened": document is not None,
        "current": current,
        "first_url": found.url(first) if first else "",
        "clear_url": reverse("invoicing:queue"),
        "rank": None if rank is None else rank + 1,
        "previous_url": found.url(around[0]) if around[0] else "",
        "next_url": found.url(around[1]) if around[1] else "",
        "list_url": found.url(None),
        "right_count": sum(line.is_right for line in found.lines),
        "last": "" if found.lines else _last(request),
    }
    if document is not None:
        checks = None if rank is None else found.lines[rank].checks
        context |= _shown(request, document, checks=checks, correction=correction)
    return _vary(render(request, "invoicing/queue.html", context, status=status))


def _shown(
    request: HttpRequest,
    document: Document,
    *,
    checks: Sequence[Check] | None = None,
    correction: CorrectionForm | None = None,
) -> dict[str, Any]:
    """The context of `_queue_document.html`."""
    phrases = str(value_of(parameters.CORRECTION_PHRASES, on=timezone.localdate())).splitlines()
    return {
        "here": address_of(document) + _query(request),
        "correction": correction or CorrectionForm(),
        "correcting": correction is not None,
        "phrases": [phrase.strip() for phrase in phrases if phrase.strip()],
        **page_of(request, document, checks=checks),
    }


def _vary(response: HttpResponse) -> HttpResponse:
    """The same address gives a page and the document of it."""
    response["Vary"] = "HX-Request"
    return response


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
