"""Keeps the kinds of deal, the papers each asks, and the library of clauses (INV-11, INV-19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from invoicing.models import ContractClause, DealKind, DealRequirement
from invoicing.states.deals import Moment, ReviewSubject
from people.services.changes import one_line, refuse_long, refuse_stale, require_text

_MOST_LABEL, _MOST_PAPER, _MOST_TEXT, _MOST_ADVICE = 80, 120, 4000, 300


@transaction.atomic
def add_kind(*, label: str, actor: Any) -> DealKind:
    """Does: adds a kind of deal. Refuses: no name, a name already used. Leaves behind: the row, audit."""
    label = one_line(label, "label", _("Nommez ce genre d’affaire."), most=_MOST_LABEL)
    if DealKind.objects.filter(label__iexact=label, archived_at__isnull=True).exists():
        raise Refused(Code.DUPLICATE, _("Ce genre d’affaire existe déjà."), field="label")
    code = slugify(label)[:20] or "genre"
    if DealKind.objects.filter(code=code).exists():
        code = f"{code}-{uuid4().hex[:8]}"
    kind = DealKind.objects.create(code=code, label=label)
    audit.record(actor, "invoicing.add_deal_kind", kind)
    return kind


@transaction.atomic
def archive_kind(kind: DealKind, *, at: datetime, actor: Any) -> DealKind:
    """Does: offers a kind no longer; its deals keep it. Refuses: one already archived, the last one offered.
    Leaves behind: the row, audit."""
    offered = DealKind.objects.select_for_update().filter(archived_at__isnull=True).order_by("pk")
    rows = {one.pk: one for one in offered}
    if kind.pk not in rows:
        raise Refused(Code.ALREADY_DONE, _("Ce genre d’affaire n’est déjà plus proposé."))
    if len(rows) == 1:
        raise Refused(Code.VALUE_INVALID, _("Gardez au moins un genre d’affaire."))
    row = rows[kind.pk]
    row.archived_at = at
    row.save(update_fields=["archived_at"])
    audit.record(actor, "invoicing.archive_deal_kind", row)
    return row


@transaction.atomic
def ask_paper_of(
    kind: DealKind, *, label: str, moment: Moment, source: str = "", actor: Any
) -> DealRequirement:
    """Does: asks a paper of the deals of a kind, those already open too. Refuses: no name, the same paper
    asked twice for a moment. Leaves behind: the row, audit."""
    label = one_line(label, "label", _("Nommez la pièce."), most=_MOST_PAPER)
    source = " ".join(source.split())
    refuse_long(source, "source", _MOST_PAPER)
    DealKind.objects.select_for_update().get(pk=kind.pk)
    asked = DealRequirement.objects.filter(kind=kind, moment=moment, archived_at__isnull=True)
    if asked.filter(label__iexact=label).exists():
        raise Refused(Code.DUPLICATE, _("Cette pièce est déjà demandée."), field="label")
    row = DealRequirement.objects.create(kind=kind, label=label, moment=moment, source=source)
    audit.record(actor, "invoicing.ask_deal_paper", kind, detail={"paper": label, "moment": str(moment)})
    return row


@transaction.atomic
def stop_asking(requirement: DealRequirement, *, at: datetime, actor: Any) -> DealRequirement:
    """Does: asks a paper no longer; what answered it stays. Refuses: one already stopped. Leaves behind: the
    row, audit."""
    row = DealRequirement.objects.select_for_update().get(pk=requirement.pk)
    if row.archived_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette pièce n’est déjà plus demandée."))
    row.archived_at = at
    row.save(update_fields=["archived_at"])
    audit.record(actor, "invoicing.stop_deal_paper", row.kind, detail={"paper": row.label})
    return row


@transaction.atomic
def write_clause(
    clause: ContractClause | None,
    *,
    subject: ReviewSubject,
    title: str,
    text: str,
    advice: str = "",
    version: int | None = None,
    actor: Any,
) -> ContractClause:
    """Does: adds a clause to the library, or changes one; answers already given keep the text they proposed.
    Refuses: no title, no text, a form older than the row. Leaves behind: the row, audit."""
    title = one_line(title, "title", _("Donnez un titre à la clause."), most=_MOST_PAPER)
    require_text(text, "text", _("Écrivez la clause."))
    refuse_long(text, "text", _MOST_TEXT)
    advice = " ".join(advice.split())
    refuse_long(advice, "advice", _MOST_ADVICE)
    if clause is None:
        row = ContractClause()
    else:
        row = ContractClause.objects.select_for_update().get(pk=clause.pk)
        refuse_stale(row, version)
        row.version += 1
    row.subject, row.title, row.text, row.advice = subject, title, text.strip(), advice
    row.save()
    audit.record(actor, "invoicing.write_clause", row)
    return row


@transaction.atomic
def archive_clause(clause: ContractClause, *, at: datetime | None, actor: Any) -> ContractClause:
    """Does: proposes a clause no longer, or again without `at`. Refuses: what is already so. Leaves behind:
    the row, audit."""
    row = ContractClause.objects.select_for_update().get(pk=clause.pk)
    if (row.archived_at is None) == (at is None):
        raise Refused(Code.ALREADY_DONE, _("C’est déjà fait."))
    row.archived_at = at
    row.save(update_fields=["archived_at"])
    audit.record(actor, "invoicing.archive_clause" if at else "invoicing.restore_clause", row)
    return row
