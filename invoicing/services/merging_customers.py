"""Makes one customer of two records of an activity, and undoes it within thirty days (INV-02).

What moves is found from the models themselves: every key that names a customer. Issued documents say what
they said: only the record that they belong to changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import IntegrityError, models, transaction
from django.db.models import ManyToOneRel
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from invoicing.models import Customer, CustomerMerge
from invoicing.states.chasing import MAX_REASON

# What says who was merged with whom.
STAYS: frozenset[str] = frozenset(
    {
        "invoicing.customermerge.kept",
        "invoicing.customermerge.merged",
        "invoicing.customer.merged_into",
    }
)


def merge_customers(
    kept: Customer, *, merged: Customer, reason: str, actor: Any, at: datetime
) -> CustomerMerge:
    """Does: gives the first record all that names the second, which is archived and answers no more. Refuses:
    one record twice, two activities, two different SIREN, a private person and a firm, a record out of use,
    no reason, rows that contradict each other. Leaves behind: the record of what moved, audit."""
    reason = reason.strip()
    if not reason:
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi c’est le même client."), field="reason")
    if len(reason) > MAX_REASON:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce motif dépasse %(most)d caractères.") % {"most": MAX_REASON},
            field="reason",
        )
    with transaction.atomic():
        first, second = _locked(kept, merged)
        _refuse_two(first, second)
        record = CustomerMerge.objects.create(
            kept=first,
            merged=second,
            reason=reason,
            by=actor,
            at=at,
            was_archived_at=second.archived_at,
            moved={label: keys for label, keys in _move_all(second, first) if keys},
        )
        second.merged_into, second.archived_at = first, second.archived_at or at
        second.save(update_fields=["merged_into", "archived_at"])
        audit.record(
            actor, "invoicing.merge_customers", first, detail={"name": second.name, "reason": reason}
        )
        return record


def undo_customer_merge(record: CustomerMerge, *, actor: Any, at: datetime) -> CustomerMerge:
    """Does: gives back to the second record what the merge took from it. Refuses: after thirty days, twice,
    or when the first was merged since. Leaves behind: both records as they were, audit; what was written
    since stays with the record that was kept."""
    with transaction.atomic():
        row = CustomerMerge.objects.select_for_update(of=("self",)).get(pk=record.pk)
        if row.undone_at is not None:
            raise Refused(Code.ALREADY_DONE, _("Cette fusion est déjà annulée."))
        if not row.can_be_undone(at):
            raise Refused(
                Code.DATE_INVALID, _("Une fusion s’annule dans les trente jours : ce délai est passé.")
            )
        first, second = _locked(row.kept, row.merged)
        if first.merged_into_id is not None:
            raise Refused(
                Code.ILLEGAL_MOVE, _("La fiche gardée est elle-même fusionnée : annulez d’abord cela.")
            )
        for model, column in customer_keys():
            _set(model, column, row.moved.get(_label(model, column), []), first, second)
        second.merged_into, second.archived_at = None, row.was_archived_at
        second.save(update_fields=["merged_into", "archived_at"])
        row.undone_at, row.undone_by = at, actor
        row.save(update_fields=["undone_at", "undone_by"])
        audit.record(
            actor, "invoicing.undo_customer_merge", first, detail={"name": second.name, "reason": row.reason}
        )
        return row


def customer_keys() -> list[tuple[type[models.Model], str]]:
    """Every column that names a customer and may change record, in one order."""
    relations = [
        relation
        for relation in Customer._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.related_model._meta.managed
    ]
    found = [(relation.related_model, relation.field.name) for relation in relations]
    return sorted(
        (one for one in found if _label(*one) not in STAYS), key=lambda one: one[0]._meta.label_lower
    )


def _label(model: type[models.Model], column: str) -> str:
    return f"{model._meta.label_lower}.{column}"


def _locked(one: Customer, other: Customer) -> tuple[Customer, Customer]:
    rows = (
        Customer.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=(one.pk, other.pk))
        .order_by("pk")
    )
    by_key = {row.pk: row for row in rows}
    return by_key[one.pk], by_key[other.pk]


def _refuse_two(first: Customer, second: Customer) -> None:
    if first.pk == second.pk:
        raise Refused(Code.DUPLICATE, _("C’est deux fois la même fiche."))
    if first.activity_id != second.activity_id:
        raise Refused(Code.VALUE_INVALID, _("Deux activités gardent chacune leur fiche d’un client."))
    if first.merged_into_id is not None or second.merged_into_id is not None:
        raise Refused(Code.ALREADY_DONE, _("Une de ces fiches est déjà fusionnée avec une autre."))
    if first.is_archived:
        raise Refused(Code.ILLEGAL_MOVE, _("Gardez une fiche en usage : celle-ci est archivée."))
    if first.is_private_person != second.is_private_person:
        raise Refused(Code.VALUE_INVALID, _("Un particulier et une entreprise sont deux clients."))
    if second.siren and not first.siren:
        raise Refused(Code.VALUE_INVALID, _("Gardez plutôt la fiche qui porte le SIREN."))
    if first.siren and second.siren:
        raise Refused(Code.VALUE_INVALID, _("Deux SIREN différents : ce sont deux clients."))


def _move_all(source: Customer, target: Customer) -> Iterator[tuple[str, list[Any]]]:
    for model, column in customer_keys():
        rows = model._base_manager.filter(**{column: source}).order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        _set(model, column, keys, source, target)
        yield _label(model, column), keys


def _set(
    model: type[models.Model], column: str, keys: Iterable[Any], source: Customer, target: Customer
) -> None:
    rows = model._base_manager.filter(**{column: source}, pk__in=list(keys))
    try:
        with _unfrozen(model), transaction.atomic():
            rows.update(**{column: target})
    except IntegrityError as error:
        raise Refused(
            Code.DUPLICATE,
            _("Les deux fiches portent des %(what)s qui se contredisent : corrigez l’une des deux.")
            % {"what": model._meta.verbose_name_plural},
        ) from error


@contextmanager
def _unfrozen(model: type[models.Model]) -> Iterator[None]:
    """The record that a frozen row belongs to changes here and nowhere else; what the row says does not."""
    frozen = [
        f"{model._meta.label}:{trigger.name}"
        for trigger in getattr(model._meta, "triggers", [])
        if "UPDATE" in str(trigger.operation)
    ]
    if not frozen:
        yield
        return
    with pgtrigger.ignore(*frozen):
        yield
