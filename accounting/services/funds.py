"""Follows a grant or an earmarked fund from request to close (ACC-43)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.calculations.funds import award_entry
from accounting.fund_parameters import GRANT_BOOKED_ON
from accounting.models import AnalyticAccount, Fund
from accounting.selectors.funds import kinds_of, left_on, spendings_of, spent_on
from accounting.services.accounts import open_fund_section
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.funds import FUND_FLOW, FundNature, FundState, GrantBooking
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import CENT, ZERO
from cae.core.settings import value_of
from cae.core.templatetags.formats import day, money
from cae.core.workflow import performs
from people.models import Person
from people.services.changes import one_line, require_text

_MOST_REASON = 300


@dataclass(frozen=True, kw_only=True)
class FundDraft:
    """A request, as it is described. `new_section`: the name of a section opened to spend it."""

    nature: str
    label: str
    funder: str
    purpose: str
    section: AnalyticAccount | None
    kinds: Sequence[str]
    starts_on: date
    ends_on: date
    requested_on: date
    requested_amount: Decimal
    reference: str = ""
    owner: Person | None = None
    new_section: str = ""


@transaction.atomic
def create_fund(draft: FundDraft, *, form_key: UUID, actor: Any) -> Fund:
    """Does: records the request of a grant, or an earmarked fund; sent twice, it is recorded once. Refuses:
    no name, funder or purpose, no section, no eligible cost, dates crossed, no amount. Leaves behind: the
    fund, its new section, audit."""
    former = Fund.objects.filter(form_key=form_key).first()
    if former is not None:
        return former
    _check(draft)
    if draft.section is None and not draft.new_section.strip():
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez qui dépense, ou nommez un nouveau projet."), field="section"
        )
    section = draft.section or open_fund_section(draft.new_section, actor=actor, field="new_section")
    row = Fund(form_key=form_key, section=section, nature=draft.nature, created_by=actor)
    row.requested_on = draft.requested_on
    _write(row, draft)
    audit.record(actor, "accounting.create_fund", row, detail={"amount": str(row.requested_amount)})
    return row


@transaction.atomic
def change_fund(fund: Fund, draft: FundDraft, *, actor: Any) -> Fund:
    """Does: corrects a request; its nature, its section and its date stay. Refuses: what `create_fund`
    refuses, one that was answered. Leaves behind: the fund, audit."""
    row = Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    if row.state != FundState.REQUESTED:
        raise IllegalMove(_("La réponse est connue : la demande ne se corrige plus."))
    _check(draft)
    _write(row, draft)
    audit.record(actor, "accounting.change_fund", row)
    return row


def _check(draft: FundDraft) -> None:
    one_line(draft.label, "label", _("Donnez un intitulé."), most=120)
    one_line(draft.funder, "funder", _("Dites qui finance."), most=120)
    require_text(draft.purpose, "purpose", _("Dites à quoi cet argent est destiné."))
    if not draft.kinds or len(kinds_of(draft.kinds)) != len(set(draft.kinds)):
        raise Refused(Code.VALUE_MISSING, _("Choisissez les dépenses éligibles."), field="kinds")
    if draft.ends_on < draft.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    _check_amount(draft.requested_amount, "requested_amount")


def _check_amount(amount: Decimal, field: str) -> None:
    if amount <= 0 or amount % CENT:
        raise Refused(Code.AMOUNT_INVALID, _("Un montant est positif et s’arrête au centime."), field=field)


def _write(row: Fund, draft: FundDraft) -> None:
    row.label, row.funder = draft.label.strip(), draft.funder.strip()
    row.purpose, row.reference = draft.purpose.strip(), draft.reference.strip()
    row.owner, row.kinds = draft.owner, sorted(set(draft.kinds))
    row.starts_on, row.ends_on = draft.starts_on, draft.ends_on
    row.requested_amount = draft.requested_amount
    row.save()


@performs(FUND_FLOW, "award")
def award_fund(row: Fund, *, amount: Decimal, on: date, reference: str, actor: Any) -> None:
    """Does: notes what was awarded; a grant booked at its award enters the books. Refuses: no amount, a day
    before the request, a closed month. Leaves behind: amount and day, the entry, audit."""
    _check_amount(amount, "amount")
    if on < row.requested_on:
        raise Refused(Code.DATE_INVALID, _("Une attribution ne précède pas la demande."), field="on")
    row.awarded_amount, row.awarded_on = amount, on
    row.reference = reference.strip()[:60] or row.reference
    if row.nature == FundNature.GRANT and value_of(GRANT_BOOKED_ON, on=on) == GrantBooking.AWARD:
        row.award_entry = _book(row, amount, on=on, actor=actor)


@performs(FUND_FLOW, "refuse")
def refuse_fund(row: Fund, *, reason: str, on: date, actor: Any) -> None:
    """Does: notes that the funder said no. Refuses: no reason. Leaves behind: the reason, audit."""
    row.reason = one_line(reason, "reason", _("Dites pourquoi elle est refusée."), most=_MOST_REASON)
    row.ended_on = on


@performs(FUND_FLOW, "give_up")
def give_up_fund(row: Fund, *, reason: str, on: date, actor: Any) -> None:
    """Does: lets a request or an award go. Refuses: no reason, money that came. Leaves behind: the reason,
    the entry of the award reversed, audit."""
    row.reason = one_line(reason, "reason", _("Dites pourquoi elle est abandonnée."), most=_MOST_REASON)
    if row.instalments.filter(received_on__isnull=False).exists():
        raise IllegalMove(_("De l’argent est déjà reçu : cette subvention ne s’abandonne plus."))
    if row.award_entry is not None:
        reverse_entry(
            row.award_entry, on=max(on, row.award_entry.on), reason=row.reason, actor=actor, source=row
        )
    row.ended_on = on


@performs(FUND_FLOW, "start")
def start_fund(row: Fund, *, actor: Any) -> None:
    """Does: lets its costs be counted. Refuses: nothing more than its state. Leaves behind: audit."""


@performs(FUND_FLOW, "close")
def close_fund(row: Fund, *, reason: str, on: date, actor: Any) -> None:
    """Does: closes a fund that has nothing more to pay; what was awarded and will not come leaves the books.
    Refuses: a duty not done, money left without saying why, an instalment still awaited. Leaves behind: the
    day, the entry, audit."""
    waiting = row.duties.filter(done_on__isnull=True).count()
    if waiting:
        raise Refused(
            Code.VALUE_MISSING,
            ngettext("Une obligation reste à faire.", "%(count)d obligations restent à faire.", waiting)
            % {"count": waiting},
        )
    left = left_on(row)
    row.reason = reason.strip()[:_MOST_REASON]
    if left and not row.reason:
        raise Refused(
            Code.VALUE_MISSING,
            _("Il reste %(left)s : dites ce qu’ils deviennent.") % {"left": money(left)},
            field="reason",
        )
    if row.instalments.filter(received_on__isnull=True).exists():
        raise Refused(
            Code.VALUE_MISSING,
            _("Un versement est encore attendu : notez qu’il est reçu, ou retirez-le."),
        )
    received = sum((one.amount for one in row.instalments.all()), ZERO)
    lost = (row.awarded_amount or ZERO) - received
    if row.award_entry_id is not None and lost:
        _book(row, -lost, on=on, actor=actor)
    row.ended_on = on


@transaction.atomic
def amend_fund(fund: Fund, *, amount: Decimal, ends_on: date, reason: str, on: date, actor: Any) -> Fund:
    """Does: changes what was awarded, or the last day of the costs, as the funder agreed. Refuses: no reason,
    less than what is counted, a last day before a cost counted, a fund that is not awarded or is over. Leaves
    behind: the fund, the entry of the difference, audit."""
    why = one_line(reason, "reason", _("Dites sur quoi s’appuie cet avenant."), most=_MOST_REASON)
    row = Fund.objects.select_for_update(of=("self",)).select_related("section").get(pk=fund.pk)
    if row.state not in (FundState.AWARDED, FundState.RUNNING) or row.awarded_amount is None:
        raise IllegalMove(_("Seule une subvention attribuée et non soldée change par avenant."))
    _check_amount(amount, "amount")
    spent = spent_on(row)
    if amount < spent:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("%(spent)s sont déjà dépensés : le montant ne peut pas descendre dessous.")
            % {"spent": money(spent)},
            field="amount",
        )
    last = spendings_of(row).filter(undoes__isnull=True, undone_by__isnull=True).first()
    if ends_on < row.starts_on or (last is not None and ends_on < last.line.on):
        least = last.line.on if last is not None else row.starts_on
        raise Refused(
            Code.PERIOD_INVALID,
            _("La fin ne peut pas précéder le %(day)s.") % {"day": day(least)},
            field="ends_on",
        )
    detail = {"amount": str(amount), "ends_on": ends_on.isoformat(), "reason": why}
    if row.award_entry_id is not None and amount != row.awarded_amount:
        _book(row, amount - row.awarded_amount, on=on, actor=actor)
    row.awarded_amount, row.ends_on = amount, ends_on
    row.save(update_fields=["awarded_amount", "ends_on"])
    audit.record(actor, "accounting.amend_fund", row, detail=detail)
    return row


def _book(row: Fund, amount: Decimal, *, on: date, actor: Any) -> Any:
    draft = award_entry(
        amount,
        row.section_id,
        funder=row.funder,
        label=f"{row.label}, {row.funder}",
        piece=row.reference,
        on=on,
    )
    return post_entry(draft, actor=actor, source=row)
