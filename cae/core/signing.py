"""Signing in the application: typed or drawn, append-only, sealed; and the evidence that a page shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.drawings import clean_drawing, encode_drawing
from cae.core.errors import Code, Refused
from cae.core.models import Document, Signature, SigningWay
from cae.core.models.signatures import MAX_NAME

DRAWING_KIND = "core.signature"
# An acceptance is proved as long as the contract it makes (C. com. L123-22, L110-4).
RETENTION_YEARS = 10


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs, and the mark they make: a name typed, or the bytes of a drawing."""

    name: str
    function: str = ""
    typed: str = ""
    drawing: bytes = b""

    @property
    def way(self) -> SigningWay:
        return SigningWay.DRAWN if self.drawing else SigningWay.TYPED


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the request came from."""

    ip: str | None = None
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page of proof shows of a signature."""

    signature: Signature
    drawing: str
    intact: bool


def sign(
    obj: models.Model,
    *,
    purpose: str,
    hand: Hand,
    content_sha256: str,
    at: datetime,
    origin: Origin,
    terms: str = "",
    actor: Any = None,
) -> Signature:
    """Does: keeps that this person signed this content, with its circumstances, under one seal. Refuses: no
    name, no mark, a drawing that is no small PNG or is blank. Leaves behind: the signature, for ever; the
    drawing as a document; audit with the seal, so that the chain of the journal holds it too."""
    hand = checked_hand(hand)
    with transaction.atomic():
        signature = Signature(
            about_label=str(obj)[:200],
            purpose=purpose,
            signer_name=hand.name,
            signer_function=hand.function,
            terms=terms,
            terms_sha256=_hash(terms) if terms else "",
            way=hand.way,
            typed="" if hand.drawing else hand.typed,
            drawing=_kept(hand.drawing, obj, timezone.localdate(at), actor) if hand.drawing else None,
            content_sha256=content_sha256,
            signed_at=at,
            ip=origin.ip,
            user_agent=origin.user_agent[:300],
            signer=actor,
            **audit.about(obj),
        )
        signature.seal = seal_of(signature)
        signature.save(force_insert=True)
        audit.record(actor, "core.sign", signature, detail={"seal": signature.seal})
        return signature


def checked_hand(hand: Hand) -> Hand:
    """Gives the hand, its texts made plain and its drawing clean. Raises Refused at the field at fault."""
    name, function, typed = (" ".join(text.split()) for text in (hand.name, hand.function, hand.typed))
    if not name:
        raise Refused(Code.VALUE_MISSING, _("Indiquez votre nom."), field="name")
    for field, text in (("name", name), ("function", function), ("typed", typed)):
        if len(text) > MAX_NAME:
            raise Refused(
                Code.TEXT_TOO_LONG,
                _("Ce texte dépasse %(most)d caractères (il en compte %(count)d).")
                % {"most": MAX_NAME, "count": len(text)},
                field=field,
            )
    if hand.drawing:
        return Hand(name, function, drawing=clean_drawing(hand.drawing))
    if not typed:
        raise Refused(
            Code.VALUE_MISSING, _("Signez : tapez votre nom ou dessinez votre signature."), field="typed"
        )
    return Hand(name, function, typed=typed)


def _kept(drawing: bytes, obj: models.Model, on: date, actor: Any) -> Document:
    return store_document(
        drawing,
        kind=DRAWING_KIND,
        name="signature.png",
        mime="image/png",
        about=obj,
        actor=actor,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )


def seal_of(signature: Signature) -> str:
    """Gives the hash of everything that the signature says, drawing included."""
    facts = [
        signature.about_type,
        signature.about_id,
        signature.about_label,
        signature.purpose,
        signature.signer_name,
        signature.signer_function,
        signature.terms,
        signature.terms_sha256,
        signature.way,
        signature.typed,
        signature.drawing.sha256 if signature.drawing else "",
        signature.content_sha256,
        # The database gives every instant back in UTC.
        signature.signed_at.astimezone(UTC).isoformat(),
        signature.ip,
        signature.user_agent,
        signature.signer_id,
    ]
    return _hash(json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def evidence_of(signature: Signature) -> Evidence:
    """Gives what a page of proof shows; `intact` tells whether the seal still holds."""
    drawing = encode_drawing(read_document(signature.drawing)) if signature.drawing else ""
    return Evidence(signature, drawing, seal_of(signature) == signature.seal)


def faults() -> Iterator[str]:
    """Gives one sentence for each signature whose seal no longer holds."""
    for signature in Signature.objects.select_related("drawing").order_by("pk").iterator(chunk_size=500):
        if seal_of(signature) != signature.seal:
            yield _("Signature de %(name)s (%(label)s) : le sceau ne correspond plus.") % {
                "name": signature.signer_name,
                "label": signature.about_label,
            }
