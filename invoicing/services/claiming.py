"""Hands a monthly claim over to be checked, takes it back, copies expenses (INV-51, INV-55)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.workflow import performs
from invoicing.calculations.expense_flags import ExpenseFlag
from invoicing.models import ExpenseClaim, ExpenseLine
from invoicing.selectors.expense_flags import flags_of_lines
from invoicing.services.expense_inputs import ExpenseContent
from invoicing.services.expenses import add_expense, require_agreement
from invoicing.states.expenses import CLAIM_FLOW, LineDecision
from people.models import Role, User
from people.states import RoleKind

TO_CHECK = "invoicing.claim_to_check"
SUBMITTED_FOR = "invoicing.claim_submitted_for"


@performs(CLAIM_FLOW, "submit")
def submit_claim(claim: ExpenseClaim, *, actor: Any, on: date) -> None:
    """Does: hands the claim to the accountants, its lines closed; lines accepted before stay so. Refuses: no
    line, a receipt missing without a reason, people not named, the claim of somebody who did not agree.
    Leaves behind: the state, who submitted it and when, audit; accountants told, the person too when somebody
    else acted."""
    require_agreement(claim.person, actor, on)
    lines = list(claim.lines.select_related("kind", "voucher"))
    for line in lines:
        line.claim = claim
    if not lines:
        raise Refused(Code.EMPTY_DOCUMENT, _("Cette note est vide : ajoutez une dépense."))
    require_ready(lines)
    claim.lines.filter(decision=LineDecision.REFUSED).update(decision=LineDecision.PENDING)
    claim.submitted_on, claim.submitted_by = on, actor
    claim.checker, claim.correction = None, ""
    _tell(claim, actor, on)


@performs(CLAIM_FLOW, "take_back")
def take_back_claim(claim: ExpenseClaim, *, actor: Any, on: date) -> None:
    """Does: makes a submitted claim a draft again, to change it. Refuses: one whose check began, the claim of
    somebody who did not agree. Leaves behind: the state, audit."""
    require_agreement(claim.person, actor, on)
    if claim.checker is not None:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("%(name)s a commencé à vérifier cette note : demandez-lui de vous la rendre.")
            % {"name": claim.checker.get_full_name()},
        )


def copy_expenses(
    lines: Sequence[ExpenseLine], *, today: date, form_key: UUID, actor: Any
) -> list[ExpenseLine]:
    """Does: writes these expenses again in today's month, the same day of it or the nearest one past; without
    receipt, customer, guests nor trips. The same form sent twice copies once. Refuses: nothing to copy, a
    kind without a rule today, what `add_expense` refuses. Leaves behind: the new lines, audit."""
    wanted = [line for line in lines if not line.kind.is_mileage]
    if not wanted:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une dépense à recopier."), field="lines")
    with transaction.atomic():
        made = [_copy(line, today, uuid5(form_key, str(line.pk)), actor) for line in wanted]
        audit.record(actor, "invoicing.copy_expenses", made[0].claim, detail={"count": len(made)})
        return made


def require_ready(lines: Sequence[ExpenseLine]) -> None:
    """Raises Refused when a line lacks what its kind asks for."""
    stopping = [flag.code for flags in flags_of_lines(lines).values() for flag in flags if flag.stops]
    missing = stopping.count(ExpenseFlag.NO_VOUCHER)
    if missing:
        raise Refused(
            Code.VALUE_MISSING,
            ngettext(
                "%(count)d dépense n’a ni justificatif ni raison de ne pas en avoir.",
                "%(count)d dépenses n’ont ni justificatif ni raison de ne pas en avoir.",
                missing,
            )
            % {"count": missing},
        )
    if stopping:
        raise Refused(
            Code.VALUE_MISSING,
            ngettext(
                "%(count)d dépense demande de nommer les personnes présentes.",
                "%(count)d dépenses demandent de nommer les personnes présentes.",
                len(stopping),
            )
            % {"count": len(stopping)},
        )


def _copy(line: ExpenseLine, today: date, form_key: UUID, actor: Any) -> ExpenseLine:
    content = ExpenseContent(
        kind=line.kind,
        on=today.replace(day=min(line.on.day, monthrange(today.year, today.month)[1], today.day)),
        label=line.label,
        gross=line.gross,
        tax=line.tax,
        business_share=line.business_share,
        paid_with=line.paid_with,
        quantity=line.quantity,
    )
    claim = line.claim
    return add_expense(
        claim.person, claim.activity, content=content, form_key=form_key, today=today, actor=actor
    )


def _tell(claim: ExpenseClaim, actor: Any, on: date) -> None:
    facts = {"person": str(claim.person), "month": claim.month_said}
    notify(
        accountants_on(on),
        TO_CHECK,
        subject=lambda: _("À vérifier : note de frais, %(person)s, %(month)s") % facts,
        text=claim.activity.name,
        url=claim.get_absolute_url(),
        about=claim,
        actor=actor,
    )
    account = getattr(claim.person, "user", None)
    if account is None or actor is None or actor.pk == account.pk:
        return
    said = facts | {"author": actor.get_full_name()}
    notify(
        [account],
        SUBMITTED_FOR,
        subject=lambda: _("%(author)s a soumis votre note de frais, %(month)s") % said,
        url=claim.get_absolute_url(),
        about=claim,
        actor=actor,
    )


def accountants_on(on: date) -> list[User]:
    """Those who check claims that day."""
    held = Role.objects.in_force(on).filter(kind=RoleKind.ACCOUNTANT, person__user__is_active=True)
    return [role.person.user for role in held.select_related("person__user")]
