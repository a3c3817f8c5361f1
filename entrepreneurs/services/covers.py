"""Records and ends the covers of insurance (ENT-42)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.kept_words import kept
from cae.core.uploads import plain_name, proof_mime
from entrepreneurs.models import Activity, Cover, Trade
from entrepreneurs.states.covers import COVER_DOCUMENT
from entrepreneurs.states.trades import InsuranceClass
from people.services.changes import require_text
from people.services.deadlines import set_deadline
from people.states.deadlines import DeadlineKind

PROOF_MEGABYTES = 10
# A cover proves itself ten years after its end: the time of the ten-year guarantee (C. civ. art. 1792-4-1).
KEPT_YEARS = 11


@transaction.atomic
def record_cover(
    activity: Activity | None,
    *,
    insurer: str,
    policy: str,
    classes: Sequence[str] = (),
    trades: Sequence[Trade] = (),
    works: str = "",
    area: str = "",
    amount: Decimal | None = None,
    job_limit: Decimal | None = None,
    starts_on: date,
    ends_on: date | None = None,
    proof: bytes = b"",
    proof_name: str = "",
    actor: Any,
) -> Cover:
    """Does: records what an insurer covers, for one activity or, without one, for the whole cooperative.
    Refuses: no insurer or policy, neither class nor trade, an end before the start, an amount that is not
    positive, a proof that is no PDF or picture or too heavy. Leaves behind: the cover, its proof, audit."""
    cover = Cover(
        activity=activity,
        insurer=insurer.strip(),
        policy=policy.strip(),
        classes=list(classes),
        works=works.strip(),
        area=area.strip(),
        amount=amount,
        job_limit=job_limit,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=actor,
    )
    _check(cover, trades)
    cover.save()
    cover.trades.set(trades)
    if proof:
        cover.proof = _kept(cover, proof, proof_name, actor)
        cover.save(update_fields=["proof"])
    _set_end(cover, actor)
    audit.record(actor, "entrepreneurs.cover.record", cover, detail=_facts(cover))
    return cover


@transaction.atomic
def end_cover(cover: Cover, *, last_day: date, reason: str, actor: Any) -> Cover:
    """Does: ends a cover on its last day, earlier than said. Refuses: no reason, a day before the eve of its
    first, one already ended by then. Leaves behind: the end and its reason, audit."""
    row = Cover.objects.select_for_update(of=("self",)).get(pk=cover.pk)
    require_text(reason, "reason", _("Dites pourquoi cette garantie s’arrête."))
    if (last_day - row.starts_on).days < -1:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="last_day")
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(
            Code.ALREADY_DONE, _("Cette garantie s’arrête déjà ce jour-là ou avant."), field="last_day"
        )
    row.ends_on, row.end_reason = last_day, reason.strip()
    row.save(update_fields=["ends_on", "end_reason"])
    _set_end(row, actor)
    audit.record(actor, "entrepreneurs.cover.end", row, detail=_facts(row) | {"reason": reason.strip()})
    return row


def _check(cover: Cover, trades: Sequence[Trade]) -> None:
    if not cover.insurer:
        raise Refused(Code.VALUE_MISSING, _("Indiquez l’assureur."), field="insurer")
    if not cover.policy:
        raise Refused(Code.VALUE_MISSING, _("Indiquez le numéro du contrat."), field="policy")
    if not cover.classes and not trades:
        raise Refused(
            Code.VALUE_MISSING,
            _("Dites ce qui est couvert : une garantie ou un métier au moins."),
            field="classes",
        )
    if not set(cover.classes) <= set(InsuranceClass.values):
        raise Refused(Code.VALUE_INVALID, _("Cette garantie n’existe pas."), field="classes")
    if cover.ends_on is not None and cover.ends_on < cover.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    for field in ("amount", "job_limit"):
        value = getattr(cover, field)
        if value is not None and value <= 0:
            raise Refused(Code.AMOUNT_INVALID, _("Ce montant est supérieur à zéro."), field=field)


def _set_end(cover: Cover, actor: Any) -> None:
    """The end of a cover is a date that nobody may miss, until another takes over without a gap."""
    house = cover.activity is None
    own = Cover.objects.filter(activity=cover.activity).select_related("activity__scope")
    own = own.prefetch_related("trades")
    for row in own:
        followed = row.ends_on is not None and any(_takes_over(row, row.ends_on, other) for other in own)
        set_deadline(
            about=row,
            kind=DeadlineKind.HOUSE_INSURANCE if house else DeadlineKind.INSURANCE,
            person=None,
            scope=cover.activity.scope if cover.activity else None,
            due_on=None if followed or row.is_empty else row.ends_on,
            label=kept(gettext_lazy("Fin de l’assurance %(cover)s"), cover=str(row)),
            actor=actor,
        )


def _takes_over(cover: Cover, ends_on: date, other: Cover) -> bool:
    lasts = other.ends_on is None or other.ends_on > ends_on
    meets = other.starts_on <= ends_on + timedelta(days=1)
    if other.pk == cover.pk or not (lasts and meets) or not set(cover.classes) <= set(other.classes):
        return False
    named = {trade.pk for trade in other.trades.all()}
    return all(trade.pk in named or trade.insurance_class in other.classes for trade in cover.trades.all())


def _kept(cover: Cover, proof: bytes, name: str, actor: Any) -> Any:
    mime = proof_mime(proof, most=PROOF_MEGABYTES, field="proof")
    return store_document(
        proof,
        kind=COVER_DOCUMENT,
        name=plain_name(name, otherwise="attestation"),
        mime=mime,
        about=cover,
        actor=actor,
        retention_until=date((cover.ends_on or cover.starts_on).year + KEPT_YEARS, 12, 31),
    )


def _facts(cover: Cover) -> dict[str, str]:
    return {
        "name": str(cover),
        "starts_on": cover.starts_on.isoformat(),
        "ends_on": cover.ends_on.isoformat() if cover.ends_on else "",
    }
