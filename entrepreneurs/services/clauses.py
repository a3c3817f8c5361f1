"""Writes the clauses of a draft, and opens an amendment: new dated clauses (ENT-26, ENT-27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.periods import Span
from cae.core.templatetags.formats import day as shown
from entrepreneurs.calculations.contents import changed_clauses, clauses_of
from entrepreneurs.calculations.contracts import cape_limit_passed
from entrepreneurs.models import Activity, Contract, ContractTerms
from entrepreneurs.models.terms import CLAUSES
from entrepreneurs.selectors.contracts import cape_periods_of, followed_by
from entrepreneurs.services.contracts import (
    WITH_A_TERM,
    check_activity,
    check_days,
    refuse_crossing,
    refuse_limit,
)
from entrepreneurs.services.made_statuses import made_by
from entrepreneurs.states.contracts import ContractKind, ContractState, TermsState
from people.models import Person

MAX_CLAUSE = 20_000
WRITE = "entrepreneurs.terms.write"


def write_clauses(
    terms: ContractTerms,
    *,
    clauses: Mapping[str, Any],
    version: int | None = None,
    subject: str | None = None,
    by_itself: bool = False,
    actor: Any,
) -> ContractTerms:
    """Does: writes the clauses of a draft; what is not given stays. Refuses: clauses handed to be signed, a
    clause that this kind of contract has not, a negative amount, a form opened before another change.
    Leaves behind: the clauses, audit with the names of those that changed (`by_itself`, a page that saves
    while one types: once for a spell, and nothing when nothing changed)."""
    with transaction.atomic():
        row = (
            ContractTerms.objects.select_for_update(of=("self",)).select_related("contract").get(pk=terms.pk)
        )
        if row.state != TermsState.DRAFT:
            raise IllegalMove(
                _("Ces clauses sont à la signature ou signées : reprenez le brouillon, ou faites un avenant.")
            )
        if version is not None and version != row.version:
            raise Refused(
                Code.STALE_FORM,
                _("Ces clauses ont changé depuis que vous les avez ouvertes : relisez-les."),
            )
        _check_clauses(row.contract.kind, clauses)
        before = row.clauses
        for name, value in clauses.items():
            setattr(row, name, value.replace("\r\n", "\n").strip() if isinstance(value, str) else value)
        subject_before = row.subject
        if subject is not None and row.number:
            row.subject = _subject(subject)
        changed = changed_clauses(CLAUSES, before, row.clauses)
        if by_itself and not changed and row.subject == subject_before:
            return row
        row.version += 1
        row.save()
        if not (by_itself and audit.said_lately(row, WRITE, actor)):
            audit.record(actor, WRITE, row, detail={"clauses": list(changed)})
        return row


def change_days(
    contract: Contract,
    *,
    starts_on: date,
    ends_on: date | None,
    activity: Activity | None,
    override_reason: str = "",
    actor: Any,
) -> Contract:
    """Does: changes the days and the activity of a draft. Refuses: a contract no longer a draft, what
    `draft_contract` refuses. Leaves behind: the contract, its clauses of the same first day, audit."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=contract.person_id)
        row = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if row.state != ContractState.DRAFT:
            raise IllegalMove(_("Ce contrat n’est plus un brouillon : ses dates ne changent plus."))
        check_days(row.kind, starts_on, ends_on)
        check_activity(person, activity)
        refuse_crossing(person, starts_on=starts_on, ends_on=ends_on, but=row)
        made_by(person, kind=row.kind, starts_on=starts_on, ends_on=ends_on)
        reason = " ".join(override_reason.split()) or row.override_reason
        if row.kind == ContractKind.CAPE and ends_on is not None:
            earlier = cape_periods_of(person, but=row)
            passed = cape_limit_passed(earlier, Span(starts_on, ends_on))
            refuse_limit(passed, reason, rank=len(earlier) + 1)
            reason = reason if passed else ""
        if reason != row.override_reason:
            row.overridden_by = actor if reason else None
        before = [row.starts_on.isoformat(), row.ends_on.isoformat() if row.ends_on else ""]
        if row.kind in WITH_A_TERM:
            row.renews = followed_by(person, kind=row.kind, starts_on=starts_on, but=row)
        row.starts_on, row.ends_on, row.activity, row.override_reason = starts_on, ends_on, activity, reason
        row.save()
        ContractTerms.objects.filter(contract=row, number=0).update(starts_on=starts_on)
        detail = {
            "starts_on": [before[0], starts_on.isoformat()],
            "ends_on": [before[1], ends_on.isoformat() if ends_on else ""],
        }
        audit.record(actor, "entrepreneurs.contract.change", row, detail=detail)
        return row


def draft_amendment(
    contract: Contract,
    *,
    starts_on: date,
    subject: str,
    actor: Any,
    changed: Mapping[str, Any] | None = None,
) -> ContractTerms:
    """Does: opens an amendment: the clauses in force, copied, with those already `changed` (an interview
    decided them), to take effect on a day. Refuses: a contract not in force, another amendment still open, a
    day outside the contract or before the last clauses, no subject, a clause that is not of this contract.
    Leaves behind: the draft of the new clauses, audit."""
    new = dict(changed or {})
    _check_clauses(contract.kind, new)
    with transaction.atomic():
        row = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if row.state != ContractState.SIGNED:
            raise IllegalMove(_("Un avenant modifie un contrat en cours : celui-ci ne l’est pas."))
        terms = list(ContractTerms.objects.filter(contract=row).order_by("number"))
        if any(one.state in (TermsState.DRAFT, TermsState.TO_SIGN) for one in terms):
            raise Refused(Code.DUPLICATE, _("Un avenant est déjà en préparation : terminez-le d’abord."))
        last = max((one for one in terms if one.state == TermsState.SIGNED), key=lambda one: one.number)
        if starts_on <= last.starts_on or (row.last_day is not None and starts_on > row.last_day):
            raise Refused(
                Code.DATE_INVALID,
                _("L’avenant prend effet pendant le contrat, après le %(day)s.")
                % {"day": shown(last.starts_on)},
                field="starts_on",
            )
        made = ContractTerms.objects.create(
            contract=row,
            number=terms[-1].number + 1,
            starts_on=starts_on,
            subject=_subject(subject),
            **last.clauses | new,
        )
        detail = {"from": starts_on.isoformat(), "subject": made.subject}
        audit.record(actor, "entrepreneurs.terms.amend", made, detail=detail)
        return made


def first_day_of_amendment(contract: Contract, today: date) -> date:
    """Proposes when an amendment takes effect: tomorrow, or the day after the last clauses began."""
    last = contract.terms.filter(state=TermsState.SIGNED).order_by("-number").first()
    after = last.starts_on if last else contract.starts_on
    return max(today, after) + timedelta(days=1)


def _subject(subject: str) -> str:
    words = " ".join(subject.split())
    if not words:
        raise Refused(Code.VALUE_MISSING, _("Dites ce que l’avenant change."), field="subject")
    if len(words) > 200:
        raise Refused(Code.TEXT_TOO_LONG, _("L’objet compte 200 caractères au plus."), field="subject")
    return words


def _check_clauses(kind: str, clauses: Mapping[str, Any]) -> None:
    for name, value in clauses.items():
        if name not in clauses_of(kind):
            raise Refused(
                Code.VALUE_INVALID, _("Cette clause n’est pas de cette nature de contrat."), field=name
            )
        if isinstance(value, str) and len(value) > MAX_CLAUSE:
            raise Refused(Code.TEXT_TOO_LONG, _("Cette clause est trop longue."), field=name)
        if isinstance(value, Decimal) and value < 0:
            raise Refused(Code.AMOUNT_INVALID, _("Ce montant ne peut pas être négatif."), field=name)
