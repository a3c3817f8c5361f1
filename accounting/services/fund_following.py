"""What comes with a fund: instalments, duties, letters, and what is put off at year end (ACC-43, 44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.funds import deferral_entry, receipt_entry
from accounting.models import Fund, FundDeferral, FundDuty, FundInstalment
from accounting.selectors.funds import rests_at
from accounting.services.posting import post_entry
from accounting.states.funds import FUND_OVER, DutyKind, FundNature, FundState
from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document
from cae.core.money import CENT, ZERO
from cae.core.templatetags.formats import money
from cae.core.uploads import plain_name, proof_mime
from people.services.changes import one_line

FILE_KIND = "accounting.fund_file"
_MOST_MEGABYTES = 20
# A European funder may ask for its proofs five years after the last payment; kept as accounting pieces are.
_KEPT_YEARS = 10
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Brought:
    """A file that somebody brings."""

    content: bytes
    name: str


def _alive(fund: Fund) -> Fund:
    row = Fund.objects.select_for_update(of=("self",)).select_related("section").get(pk=fund.pk)
    if row.state in FUND_OVER:
        raise IllegalMove(_("Cette subvention est terminée : plus rien n’y change."))
    return row


@transaction.atomic
def add_instalment(
    fund: Fund, *, label: str, amount: Decimal, due_on: date, condition: str, actor: Any
) -> FundInstalment:
    """Does: notes a payment that is expected. Refuses: no name, no amount, more in all than was awarded, a
    fund that is over or gives no money. Leaves behind: the instalment, audit."""
    said = one_line(label, "label", _("Donnez un nom à ce versement."), most=120)
    row = _alive(fund)
    if row.nature != FundNature.GRANT:
        raise IllegalMove(_("Un fonds fléché n’attend aucun versement."))
    if amount <= 0 or amount % CENT:
        raise Refused(
            Code.AMOUNT_INVALID, _("Un montant est positif et s’arrête au centime."), field="amount"
        )
    promised = row.awarded_amount or row.requested_amount
    expected = sum((one.amount for one in row.instalments.all()), ZERO)
    if expected + amount > promised:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Les versements dépasseraient %(promised)s.") % {"promised": money(promised)},
            field="amount",
        )
    instalment = FundInstalment.objects.create(
        fund=row, label=said, amount=amount, due_on=due_on, condition=condition.strip()[:300]
    )
    audit.record(actor, "accounting.add_instalment", row, detail={"amount": str(amount)})
    return instalment


@transaction.atomic
def remove_instalment(instalment: FundInstalment, *, actor: Any) -> None:
    """Does: takes back an expected payment. Refuses: one that came. Leaves behind: audit."""
    row = _alive(instalment.fund)
    held = FundInstalment.objects.select_for_update(of=("self",)).get(pk=instalment.pk)
    if held.received_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Ce versement est reçu : il ne se retire plus."))
    held.delete()
    audit.record(actor, "accounting.remove_instalment", row, detail={"label": held.label})


@transaction.atomic
def receive_instalment(instalment: FundInstalment, *, on: date, actor: Any) -> FundInstalment:
    """Does: notes that the bank received a payment. Refuses: one that came already, a fund not awarded or
    over, a closed month. Leaves behind: the entry, audit."""
    row = _alive(instalment.fund)
    held = FundInstalment.objects.select_for_update(of=("self",)).get(pk=instalment.pk)
    if held.received_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Ce versement est déjà reçu."))
    if row.state == FundState.REQUESTED:
        raise IllegalMove(_("Notez d’abord l’attribution."))
    draft = receipt_entry(
        held.amount,
        row.section_id,
        owed=row.award_entry_id is not None,
        funder=row.funder,
        label=f"{row.label}, {held.label}",
        piece=row.reference,
        on=on,
    )
    held.entry, held.received_on = post_entry(draft, actor=actor, source=row), on
    held.save(update_fields=["entry", "received_on"])
    audit.record(actor, "accounting.receive_instalment", row, detail={"amount": str(held.amount)})
    return held


@transaction.atomic
def add_duty(fund: Fund, *, kind: str, label: str, due_on: date, actor: Any) -> FundDuty:
    """Does: notes a condition or a report that the funder expects by a day. Refuses: no words, an unknown
    kind, a fund that is over. Leaves behind: the duty, audit."""
    said = one_line(label, "label", _("Dites ce qui est à faire."), most=200)
    if kind not in DutyKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une condition ou un compte rendu."), field="kind")
    row = _alive(fund)
    duty = FundDuty.objects.create(fund=row, kind=kind, label=said, due_on=due_on)
    audit.record(actor, "accounting.add_duty", row, detail={"label": said})
    return duty


@transaction.atomic
def remove_duty(duty: FundDuty, *, actor: Any) -> None:
    """Does: takes back what was expected. Refuses: what is done, a fund that is over. Leaves behind:
    audit."""
    row = _alive(duty.fund)
    held = FundDuty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if held.done_on is not None:
        raise Refused(Code.ALREADY_DONE, _("C’est fait : cela ne se retire plus."))
    held.delete()
    audit.record(actor, "accounting.remove_duty", row, detail={"label": held.label})


@transaction.atomic
def do_duty(duty: FundDuty, *, on: date, proof: Brought | None, actor: Any) -> FundDuty:
    """Does: ticks a duty, with its proof. Refuses: one done already, a report without file, a file that is no
    PDF or picture, a fund that is over. Leaves behind: the proof among the letters, audit."""
    row = _alive(duty.fund)
    held = FundDuty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if held.done_on is not None:
        raise Refused(Code.ALREADY_DONE, _("C’est déjà noté comme fait."))
    if held.kind == DutyKind.REPORT and proof is None:
        raise Refused(Code.VALUE_MISSING, _("Joignez le compte rendu envoyé."), field="file")
    held.proof = _store(row, proof, on=on, actor=actor) if proof is not None else None
    held.done_on, held.done_by = on, actor
    held.save(update_fields=["proof", "done_on", "done_by"])
    audit.record(actor, "accounting.do_duty", row, detail={"label": held.label})
    return held


@transaction.atomic
def file_letter(fund: Fund, *, brought: Brought, on: date, actor: Any) -> Document:
    """Does: keeps a letter, an agreement, a proof. Refuses: a file that is no PDF or picture, or too heavy.
    Leaves behind: the document, audit."""
    return _store(fund, brought, on=on, actor=actor)


def _store(fund: Fund, brought: Brought, *, on: date, actor: Any) -> Document:
    return store_document(
        brought.content,
        kind=FILE_KIND,
        name=plain_name(brought.name, otherwise="courrier.pdf"),
        mime=proof_mime(brought.content, most=_MOST_MEGABYTES, field="file"),
        about=fund,
        actor=actor,
        retention_until=date(on.year + _KEPT_YEARS, 12, 31),
    )


@transaction.atomic
def defer_rests(on: date, *, back_on: date | None = None, actor: Any) -> list[FundDeferral]:
    """Does: puts off what each grant has brought and not paid on the last day of a year, and takes it back
    the day after, or on `back_on` when that day is closed. Refuses: a closed month, a day back before.
    Leaves behind: both entries of each grant, once; nothing when nothing is left."""
    returns = back_on or on + _DAY
    if returns <= on:
        raise Refused(Code.DATE_INVALID, _("La reprise suit la clôture."), field="back_on")
    found = []
    for rest in rests_at(on):
        fund = Fund.objects.select_for_update(of=("self",)).get(pk=rest.fund.pk)
        if rest.done is not None or FundDeferral.objects.filter(fund=fund, on=on).exists():
            continue
        words = {"piece": fund.reference, "label": _("%(fund)s, produit différé") % {"fund": fund.label}}
        entries = [
            post_entry(deferral_entry(amount, fund.section_id, on=when, **words), actor=actor, source=fund)
            for amount, when in ((rest.amount, on), (-rest.amount, returns))
        ]
        deferral = FundDeferral.objects.create(
            fund=fund,
            on=on,
            earned=rest.earned,
            spent=rest.spent,
            amount=rest.amount,
            entry=entries[0],
            back_entry=entries[1],
            created_by=actor,
        )
        audit.record(actor, "accounting.defer_rest", fund, detail={"amount": str(rest.amount)})
        found.append(deferral)
    return found
