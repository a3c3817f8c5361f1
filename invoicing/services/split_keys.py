"""Keeps the keys that share common costs: weights that change from a day on, the past untouched (INV-49)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounting.models import AnalyticAccount
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from invoicing.models import SplitKey, SplitKeyPart
from invoicing.services.purchase_inputs import KeyContent
from invoicing.states.purchases import SplitKind
from people.services.changes import one_line, refuse_long

_NAME, _NOTE = 80, 250
_WHOLE = Decimal(100)
Weights = Sequence[tuple[AnalyticAccount, Decimal]]


def create_key(*, content: KeyContent, form_key: UUID, starts_on: date, actor: Any) -> SplitKey:
    """Does: opens a key with its weights from a day on; the same form sent twice gives the same key. Refuses:
    no name, one already taken, no weight, a weight not positive, a section twice, percentages that do not
    make a hundred. Leaves behind: the key, its parts, audit."""
    _check(content.name, content.note)
    _check_weights(content.kind, content.weights)
    with transaction.atomic():
        # Two clicks at once: the second finds what the first one made.
        take_turn(f"invoicing.form.{form_key}")
        known = SplitKey.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        key = SplitKey(form_key=form_key)
        _fill(key, content)
        _weigh(key, content.weights, starts_on)
        audit.record(actor, "invoicing.save_split_key", key)
        return key


def weigh_key(key: SplitKey, *, weights: Weights, starts_on: date, actor: Any) -> SplitKey:
    """Does: gives a key other weights from a day on; purchases dated before keep the former ones. Refuses: as
    `create_key`, a day on which it already changed or before its last change. Leaves behind: the former
    parts ended the day before, the new ones, audit."""
    with transaction.atomic():
        row = SplitKey.objects.select_for_update().get(pk=key.pk)
        _check_weights(row.kind, weights)
        last = row.parts.order_by("-starts_on").first()
        if last is not None and starts_on <= last.starts_on:
            raise Refused(
                Code.DATE_INVALID,
                _("Cette clé a déjà changé le %(day)s : choisissez un jour plus tardif.")
                % {"day": last.starts_on.strftime("%d/%m/%Y")},
                field="starts_on",
            )
        row.parts.filter(ends_on=None).update(ends_on=starts_on - timedelta(days=1))
        _weigh(row, weights, starts_on)
        detail = {"from": starts_on.isoformat()}
        audit.record(actor, "invoicing.weigh_split_key", row, detail=detail)
        return row


def archive_key(key: SplitKey, *, actor: Any, at: datetime) -> SplitKey:
    """Does: takes a key out of the choices. Refuses: one archived already. Leaves behind: the row, audit."""
    return _set_archived(key, at, actor=actor, verb="invoicing.archive_split_key")


def restore_key(key: SplitKey, *, actor: Any) -> SplitKey:
    """Does: puts a key back in the choices. Refuses: one not archived. Leaves behind: the row, audit."""
    return _set_archived(key, None, actor=actor, verb="invoicing.restore_split_key")


def _set_archived(key: SplitKey, at: datetime | None, *, actor: Any, verb: str) -> SplitKey:
    with transaction.atomic():
        row = SplitKey.objects.select_for_update().get(pk=key.pk)
        if (row.archived_at is None) == (at is None):
            raise Refused(Code.ALREADY_DONE, _("C’est déjà fait."))
        row.archived_at = at
        row.save(update_fields=["archived_at"])
        audit.record(actor, verb, row)
        return row


def _check(name: str, note: str) -> None:
    one_line(name, "name", _("Donnez un nom à cette clé."), most=_NAME)
    refuse_long(note, "note", _NOTE)


def _check_weights(kind: str, weights: Weights) -> None:
    if not weights:
        raise Refused(Code.VALUE_MISSING, _("Donnez un poids à une activité au moins."), field="weights")
    keys = [section.pk for section, _weight in weights]
    if len(keys) != len(set(keys)):
        raise Refused(Code.DUPLICATE, _("Une activité n’a qu’un poids dans une clé."), field="weights")
    if any(weight <= 0 for _section, weight in weights):
        raise Refused(Code.VALUE_INVALID, _("Un poids est positif."), field="weights")
    total = sum((weight for _section, weight in weights), Decimal(0))
    if kind == SplitKind.PERCENTAGE and total != _WHOLE:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Les pourcentages font %(total)s : il en faut 100.")
            % {"total": f"{total.normalize():f}".replace(".", ",")},
            field="weights",
        )


def _fill(key: SplitKey, content: KeyContent) -> None:
    if content.kind not in SplitKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez ce que comptent les poids."), field="kind")
    key.name, key.kind = " ".join(content.name.split()), content.kind
    key.note = " ".join(content.note.split())
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError as error:
        raise Refused(Code.DUPLICATE, _("Une clé porte déjà ce nom."), field="name") from error


def _weigh(key: SplitKey, weights: Weights, starts_on: date) -> None:
    SplitKeyPart.objects.bulk_create(
        SplitKeyPart(key=key, section=section, weight=weight, starts_on=starts_on)
        for section, weight in weights
    )
