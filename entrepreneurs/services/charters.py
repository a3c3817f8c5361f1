"""Writes the values charter: one dated version after another, none ever changed (ENT-04)."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from entrepreneurs.models import Charter
from people.services.changes import require_text


@transaction.atomic
def publish_charter(*, text: str, valid_from: date, reason: str, on: date, actor: Any) -> Charter:
    """Does: gives the charter a new version from a day on. Refuses: no text, no reason, a day already past,
    the same text as the version in force that day. Leaves behind: the version, for ever; audit."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(Code.VALUE_MISSING, _("Écrivez le texte de la charte."), field="text")
    require_text(reason, "reason", _("Dites pourquoi la charte change."))
    if valid_from < on:
        raise Refused(
            Code.DATE_INVALID,
            _("Ce jour est passé : des candidats ont pu signer la version d’alors."),
            field="valid_from",
        )
    take_turn("entrepreneurs.charter")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    before = Charter.objects.filter(valid_from__lte=valid_from).first()
    if before is not None and before.sha256 == sha256:
        raise Refused(Code.DUPLICATE, _("C’est déjà le texte en vigueur ce jour-là."), field="text")
    charter = Charter.objects.create(
        number=(Charter.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        text=text,
        sha256=sha256,
        valid_from=valid_from,
        reason=reason.strip()[:250],
        author=actor,
    )
    detail = {"from": valid_from.isoformat(), "reason": charter.reason}
    audit.record(actor, "entrepreneurs.charter.publish", charter, detail=detail)
    return charter
