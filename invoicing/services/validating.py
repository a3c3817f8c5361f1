"""Validates what was submitted, one document or many: a quote is approved, an invoice is issued (INV-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import jobs
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.keys import key_in
from cae.core.models import Job
from cae.core.permissions import require
from invoicing.models import Invoice, Quote
from invoicing.selectors.checks import Document, all_right, checks_of
from invoicing.selectors.waiting import short_name
from invoicing.services.approving import approve_quote
from invoicing.services.checking import check_invoice
from invoicing.services.issuing import issue_invoice

TASK = "invoicing.validate_documents"
# Above, the work is a job that a page follows.
MOST_AT_ONCE = 10

MODELS: dict[str, type[Quote] | type[Invoice]] = {"quote": Quote, "invoice": Invoice}


@dataclass(frozen=True)
class Ticket:
    """A document by its key in a job: « quote:12 »."""

    pk: str
    document: Document

    def __str__(self) -> str:
        return _("%(document)s pour %(customer)s") % {
            "document": self.document,
            "customer": self.document.customer.name,
        }


def validate_document(document: Document, *, actor: Any, on: date, version: int | None = None) -> Document:
    """Does: approves a quote, or judges then issues an invoice, and numbers it. Refuses: one answered
    already, changed since it was read, incomplete, or that the judges refuse. Leaves behind: what approving
    and issuing leave."""
    if isinstance(document, Quote):
        return approve_quote(document, actor=actor, on=on, version=version, handed=True)
    verdict = check_invoice(document, actor=actor, on=on)
    if not verdict.accepted:
        raise Refused(Code.VERDICT_REFUSED, verdict.findings[0]["message"])
    return issue_invoice(document, actor=actor, on=on, today=on, version=version, handed=True)


def validate_if_right(ticket: Ticket, *, actor: Any, on: date) -> Document:
    """Does: validates a document of a batch. Refuses: one that somebody else reads, one with anything to look
    at, one that the person may not answer. Leaves behind: what validating leaves."""
    document = ticket.document
    if not document.is_submitted:
        raise IllegalMove(_("Ce document n’attend plus de relecture."))
    right = "invoicing.approve_quote" if isinstance(document, Quote) else "invoicing.issue_invoice"
    require(actor, right, document)
    if document.checker is not None and document.checker_id != actor.pk:
        raise Refused(
            Code.ALREADY_DONE,
            _("%(name)s relit déjà ce document.") % {"name": short_name(document.checker)},
        )
    if not all_right(checks_of(document, on=on)):
        raise Refused(Code.NOT_ALLOWED, _("À lire d’abord : quelque chose est signalé sur ce document."))
    return validate_document(document, actor=actor, on=on)


def tickets_of(keys: Iterable[str], among: Sequence[QuerySet[Any]] = ()) -> list[Ticket]:
    """The documents of these keys, in their order; `among` limits them to what a person sees."""
    rows: dict[str, Document] = {}
    wanted = list(dict.fromkeys(keys))
    limits = {query.model: query for query in among}
    for kind, model in MODELS.items():
        ids = [key.partition(":")[2] for key in wanted if key.startswith(f"{kind}:")]
        query = limits.get(model, model._default_manager.all())
        found = query.filter(pk__in=[pk for pk in ids if key_in(pk) is not None])
        for row in found.select_related("customer", "activity", "checker__person"):
            rows[f"{kind}:{row.pk}"] = row
    return [Ticket(key, rows[key]) for key in wanted if key in rows]


def start_validation(tickets: Sequence[Ticket], *, actor: Any) -> Job:
    """Does: asks for the validation of many documents. Refuses: none chosen.
    Leaves behind: a job whose page tells each refusal."""
    if not tickets:
        raise Refused(Code.EMPTY_DOCUMENT, _("Cochez au moins un document."))
    count = len(tickets)
    label = house_words(gettext_lazy("Validation de documents"), count)
    return jobs.start_job(
        TASK,
        label=label,
        actor=actor,
        total=count,
        ids=[ticket.pk for ticket in tickets],
        leads_to=reverse("invoicing:queue"),
    )


def validate_documents(job_id: int) -> None:
    """Does: validates the documents of the job, one transaction each. Refuses: nothing (each refusal is noted
    on its line). Leaves behind: the job, done."""
    jobs.run_job(job_id, _validate)


def _validate(progress: jobs.Progress) -> None:
    today = timezone.localdate()
    author = progress.job.author

    def validate(ticket: Ticket) -> None:
        validate_if_right(ticket, actor=author, on=today)

    progress.each(tickets_of(progress.arguments["ids"]), validate)
