"""Writes the lines of expense claims; a claim is made by itself at its first line (INV-51)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.elision import elided
from cae.core.errors import Code, Forbidden, Refused
from cae.core.notices import notify
from cae.core.periods import Month
from cae.core.turns import take_turn
from entrepreneurs.models import Activity
from invoicing.models import ExpenseClaim, ExpenseLine, Voucher
from invoicing.services.expense_inputs import ExpenseContent, fill_line
from invoicing.states.expenses import MAX_CLAIM_LINES, ClaimState, LineDecision, VoucherState
from people.models import Person
from people.selectors.consents import has_consent
from people.services.changes import refuse_spent
from people.states.consents import ConsentPurpose

ENTERED = "invoicing.expense_entered"


def add_expense(
    person: Person,
    activity: Activity,
    *,
    content: ExpenseContent,
    form_key: UUID,
    today: date,
    actor: Any,
    claim: ExpenseClaim | None = None,
) -> ExpenseLine:
    """Does: writes an expense into the claim named, else into the one of its month, else of today's month
    (a late receipt); the same form sent twice gives the same line. Refuses: somebody else's expense without
    their consent, an activity that is not theirs, a claim already handed over, amounts or texts out of
    bounds, a receipt of another claim or set aside. Leaves behind: the line, its claim made if need be, its
    receipt used, audit, the person told when another one writes."""
    with transaction.atomic():
        require_agreement(person, actor, today)
        take_turn(f"invoicing.expenses.{person.pk}")
        made = ExpenseLine.objects.filter(form_key=form_key, claim__person=person).first()
        if made is not None:
            return made
        found = open_claim(person, activity, on=content.on, today=today, actor=actor, claim=claim)
        if found.lines.count() >= MAX_CLAIM_LINES:
            raise Refused(
                Code.VALUE_INVALID,
                _("Une note compte %(most)d lignes au plus : continuez sur celle d’un autre mois.")
                % {"most": MAX_CLAIM_LINES},
            )
        line = ExpenseLine(claim=found, form_key=form_key, created_by=actor)
        refuse_spent(line)
        fill_line(line, content, today=today)
        _check_customer(line)
        _check_fund(line)
        line.voucher = _taken(content.voucher, line)
        line.save()
        audit.record(actor, "invoicing.add_expense", found, detail={"label": line.label})
        tell_entered(line, actor)
        return line


def save_expense(
    line: ExpenseLine, *, content: ExpenseContent, version: int, today: date, actor: Any
) -> ExpenseLine:
    """Does: changes an expense of a draft; what a checker had decided of it is asked again. Refuses: what
    `add_expense` refuses, a form older than the row (stale_form), the line of a trip. Leaves behind: the
    line, receipts used or free again, audit."""
    with transaction.atomic():
        row = _locked(line, actor, today)
        if row.version != version:
            raise Refused(
                Code.STALE_FORM,
                _("Cette dépense a été modifiée entre-temps : rouvrez-la, votre saisie reste affichée ici."),
            )
        former = row.voucher
        fill_line(row, content, today=today)
        _check_customer(row)
        _check_fund(row)
        row.voucher = _taken(content.voucher, row)
        row.version += 1
        row.decision, row.reason, row.claimed = LineDecision.PENDING, "", None
        row.save()
        if former is not None and former != row.voucher:
            _free(former)
        audit.record(actor, "invoicing.save_expense", row.claim, detail={"label": row.label})
        return row


def remove_expense(line: ExpenseLine, *, today: date, actor: Any) -> None:
    """Does: takes an expense out of a draft; its receipt is to complete again. Refuses: a claim handed over,
    the line of a trip. Leaves behind: the claim without it, audit."""
    with transaction.atomic():
        row = _locked(line, actor, today)
        claim, voucher, label = row.claim, row.voucher, row.label
        row.delete()
        if voucher is not None:
            _free(voucher)
        audit.record(actor, "invoicing.remove_expense", claim, detail={"label": label})


def open_claim(
    person: Person,
    activity: Activity,
    *,
    on: date,
    today: date,
    actor: Any,
    claim: ExpenseClaim | None = None,
) -> ExpenseClaim:
    """Does: gives, locked, the draft where an expense of that day goes: the claim named, else that of its
    month, else that of today's month; makes it when there is none. Refuses: an activity that is not the
    person's, claims all handed over. Leaves behind: the claim. Call it within a transaction."""
    if claim is not None:
        found = ExpenseClaim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if not found.is_draft:
            raise _handed_over(found.of_month)
        return found
    # Whoever left, or comes later, may still claim what was spent while they were in.
    if not activity.scope.members.filter(person=person).exists():
        raise Refused(Code.NOT_ALLOWED, _("Cette personne n’exerce pas cette activité."), field="activity")
    months = dict.fromkeys((Month.of(on), Month.of(today)))
    for month in months:
        found, _made = ExpenseClaim.objects.select_for_update(of=("self",)).get_or_create(
            person=person, activity=activity, month=month.first, defaults={"created_by": actor}
        )
        if found.is_draft:
            return found
    raise _handed_over(Month.of(today))


def require_agreement(person: Person, actor: Any, on: date) -> None:
    """Raises Forbidden when somebody writes the expenses of a person who did not agree to it."""
    own = actor is not None and actor.person_id == person.pk
    if not own and not has_consent(person, ConsentPurpose.EXPENSES, on):
        raise Forbidden(_("Cette personne n’a pas accepté que quelqu’un d’autre saisisse ses dépenses."))


def _locked(line: ExpenseLine, actor: Any, today: date) -> ExpenseLine:
    """The line with its claim locked and still a draft."""
    claim = ExpenseClaim.objects.select_for_update(of=("self",)).get(pk=line.claim_id)
    require_agreement(claim.person, actor, today)
    if claim.state != ClaimState.DRAFT:
        raise _handed_over(claim.of_month)
    row = (
        ExpenseLine.objects.select_for_update(of=("self",))
        .select_related("voucher")
        .filter(pk=line.pk)
        .first()
    )
    if row is None:
        raise Refused(Code.ALREADY_DONE, _("Cette ligne a déjà été retirée."))
    if row.kind.is_mileage:
        raise Refused(Code.NOT_ALLOWED, _("Un trajet se modifie sur sa propre page."))
    row.claim = claim
    return row


def _taken(voucher: Voucher | None, line: ExpenseLine) -> Voucher | None:
    """The receipt, locked and used by this line; one receipt may prove several lines of one claim."""
    if voucher is None:
        return None
    row = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    if row.person_id != line.claim.person_id:
        raise Refused(Code.NOT_ALLOWED, _("Ce justificatif est celui de quelqu’un d’autre."), field="voucher")
    if row.state == VoucherState.SET_ASIDE:
        raise Refused(
            Code.ILLEGAL_MOVE, _("Ce justificatif a été écarté : reprenez-le d’abord."), field="voucher"
        )
    if row.lines.exclude(claim=line.claim_id).exists():
        raise Refused(
            Code.DUPLICATE, _("Ce justificatif est déjà dans une autre note de frais."), field="voucher"
        )
    row.state, row.activity_id = VoucherState.USED, line.claim.activity_id
    row.save(update_fields=["state", "activity"])
    return row


def _free(voucher: Voucher) -> None:
    """To complete again, unless another line names it."""
    row = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    if row.state == VoucherState.USED and not row.lines.exists():
        row.state = VoucherState.TO_COMPLETE
        row.save(update_fields=["state"])


def _check_fund(line: ExpenseLine) -> None:
    """Whether it may pay is judged when the claim is approved; that it is of this activity, at once."""
    if line.fund is not None and line.fund.section.activity_id != line.claim.activity_id:
        raise Refused(Code.VALUE_INVALID, _("Cette subvention est celle d’une autre activité."), field="fund")


def _check_customer(line: ExpenseLine) -> None:
    if line.customer is not None and line.customer.activity_id != line.claim.activity_id:
        raise Refused(Code.VALUE_INVALID, _("Ce client est celui d’une autre activité."), field="customer")


def _handed_over(month: Month) -> Refused:
    facts = {"month": date_format(month.first, "F Y")}
    return Refused(
        Code.ILLEGAL_MOVE,
        elided(_("La note de %(month)s est déjà soumise : reprenez-la pour la modifier."), facts),
    )


def tell_entered(line: ExpenseLine, actor: Any) -> None:
    """Does: tells the person when somebody else wrote in their place. Refuses: nothing. Leaves behind: the
    notice."""
    account = getattr(line.claim.person, "user", None)
    if account is None or actor is None or actor.person_id == line.claim.person_id:
        return
    facts = {"author": actor.get_full_name(), "label": line.label}
    notify(
        [account],
        ENTERED,
        subject=lambda: _("%(author)s a saisi une dépense pour vous : %(label)s") % facts,
        url=line.get_absolute_url(),
        about=line.claim,
        actor=actor,
    )
