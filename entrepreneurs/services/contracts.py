"""Drafts contracts and their renewals, within the limits of the law (ENT-24, ENT-25, ENT-26)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.periods import Span
from cae.core.templatetags.formats import day as shown
from entrepreneurs.calculations.contracts import (
    CAPE_MONTHS,
    CAPE_TOTAL_MONTHS,
    NEVER_WAIVED,
    CapeLimit,
    cape_limit_passed,
    next_cape,
    next_period,
)
from entrepreneurs.models import Activity, Contract, ContractTerms
from entrepreneurs.selectors.contracts import (
    cape_numbers_of,
    cape_periods_of,
    contract_overlapping,
    followed_by,
)
from entrepreneurs.services.made_statuses import made_by
from entrepreneurs.states.contracts import ContractKind, ContractState
from people.models import Person, PersonScope
from people.services.changes import refuse_long

# These must say on which day they end; a CESA is open-ended unless it says otherwise.
WITH_A_TERM = frozenset({ContractKind.SUPPORT_AGREEMENT, ContractKind.CAPE})
MAX_REASON = 300


def draft_contract(
    person: Person,
    *,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    activity: Activity | None = None,
    override_reason: str = "",
    clauses: dict[str, Any] | None = None,
    actor: Any,
) -> Contract:
    """Does: prepares a contract with its first set of clauses; one with a term that follows another of its
    kind renews it. Refuses: days that cross another contract of the person or a status that it does not
    replace, a term missing or before the start, an activity that is not theirs, a CAPE past twelve months, a
    fourth period or more than thirty-six months unless `override_reason` says why. Leaves behind: the draft
    and its clauses, audit."""
    check_days(kind, starts_on, ends_on)
    check_activity(person, activity)
    reason = " ".join(override_reason.split())
    refuse_long(reason, "override_reason", MAX_REASON)
    with transaction.atomic():
        # One draft at a time for a person: what is counted below stays true until the end.
        Person.objects.select_for_update().get(pk=person.pk)
        refuse_crossing(person, starts_on=starts_on, ends_on=ends_on)
        made_by(person, kind=kind, starts_on=starts_on, ends_on=ends_on)
        contract = Contract(
            person=person,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            activity=activity,
            created_by=actor,
        )
        _number(contract, reason, actor)
        contract.save()
        ContractTerms.objects.create(contract=contract, starts_on=starts_on, **(clauses or {}))
        detail = {"kind": kind, "starts_on": starts_on.isoformat(), "ends_on": _iso(ends_on)}
        audit.record(actor, "entrepreneurs.contract.draft", contract, detail=detail)
        if contract.override_reason:
            said = {"reason": contract.override_reason, "period": contract.period}
            audit.record(actor, "entrepreneurs.contract.override", contract, detail=said)
        return contract


def _number(contract: Contract, reason: str, actor: Any) -> None:
    """Says what it renews and which period it is; the reason is kept only where a limit was passed."""
    person, kind, starts_on = contract.person, contract.kind, contract.starts_on
    if kind not in WITH_A_TERM:
        return
    contract.renews = followed_by(person, kind=kind, starts_on=starts_on)
    contract.period = 1 + (contract.renews.period if contract.renews else 0)
    if kind == ContractKind.CAPE and contract.ends_on is not None:
        earlier = cape_periods_of(person)
        contract.period = next_period(cape_numbers_of(person))
        passed = cape_limit_passed(earlier, Span(starts_on, contract.ends_on))
        refuse_limit(passed, reason, rank=len(earlier) + 1)
        if passed:
            contract.override_reason, contract.overridden_by = reason, actor


def renew_contract(
    contract: Contract, *, ends_on: date | None = None, override_reason: str = "", actor: Any
) -> Contract:
    """Does: drafts the renewal of an agreement or of a CAPE: it follows at once, with the clauses in force.
    Refuses: another kind of contract, one not signed or ended early, one renewed already, what
    `draft_contract` refuses. Leaves behind: the draft."""
    if contract.kind not in WITH_A_TERM or contract.ends_on is None:
        raise Refused(Code.ILLEGAL_MOVE, _("Seuls une convention ou un CAPE se renouvellent."))
    with transaction.atomic():
        # The person before the contract, as every act on both: nobody waits for who waits for them.
        Person.objects.select_for_update().get(pk=contract.person_id)
        row = Contract.objects.select_for_update().get(pk=contract.pk)
        if row.state != ContractState.SIGNED or row.ended_on not in (None, row.ends_on):
            raise Refused(
                Code.ILLEGAL_MOVE,
                _("Ce contrat n’est pas en cours jusqu’à son terme : il ne se renouvelle pas."),
            )
        if Contract.objects.with_days().filter(renews=row).exists():
            raise Refused(Code.ALREADY_DONE, _("Ce contrat est déjà renouvelé."))
        proposed = next_cape(Span(row.starts_on, contract.ends_on))
        former = row.terms.filter(signed_on__isnull=False).order_by("-number").first()
        return draft_contract(
            row.person,
            kind=row.kind,
            starts_on=proposed.starts_on,
            ends_on=ends_on or proposed.ends_on,
            activity=row.activity,
            override_reason=override_reason,
            clauses=former.clauses if former else None,
            actor=actor,
        )


def refuse_crossing(
    person: Person,
    *,
    starts_on: date,
    ends_on: date | None,
    but: Contract | None = None,
    field: str = "starts_on",
) -> None:
    """Raises Refused(period_invalid) when another contract of the person stands on one of these days."""
    other = contract_overlapping(person, starts_on=starts_on, ends_on=ends_on, but=but)
    if other is None:
        return
    facts = {"contract": other.title, "from": shown(other.starts_on)}
    if other.last_day is None:
        sentence = _("« %(contract)s » court depuis le %(from)s, sans terme : mettez-y fin d’abord.") % facts
    else:
        sentence = _(
            "« %(contract)s » court du %(from)s au %(until)s : commencez après, ou avancez d’abord sa fin."
        ) % (facts | {"until": shown(other.last_day)})
    raise Refused(Code.PERIOD_INVALID, sentence, field=field)


def check_days(kind: str, starts_on: date, ends_on: date | None) -> None:
    """Raises Refused for an unknown kind, a term missing, an end before the start."""
    if kind not in ContractKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette nature de contrat n’existe pas."), field="kind")
    if ends_on is None and kind in WITH_A_TERM:
        raise Refused(Code.VALUE_MISSING, _("Indiquez le dernier jour de ce contrat."), field="ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")


def check_activity(person: Person, activity: Activity | None) -> None:
    """Raises Refused for an activity that the person is not, was not and will not be of."""
    if activity is None or PersonScope.objects.filter(person=person, scope=activity.scope_id).exists():
        return
    raise Refused(
        Code.VALUE_INVALID,
        _("« %(activity)s » n’est pas une activité de %(person)s.")
        % {"activity": activity, "person": person},
        field="activity",
    )


def refuse_limit(passed: CapeLimit | None, reason: str, *, rank: int) -> None:
    """Raises Refused when a period, the `rank`th, passes a limit that no reason waives, or that none was
    given for."""
    if passed is None or (reason and passed not in NEVER_WAIVED):
        return
    if passed == CapeLimit.TOO_LONG:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Une période de CAPE dure %(months)d mois au plus (C. com. L127-1).") % {"months": CAPE_MONTHS},
            field="ends_on",
        )
    if passed == CapeLimit.TOO_MANY:
        sentence = _(
            "Ce serait la %(rank)de période : un CAPE se renouvelle deux fois, quelle que soit la durée"
            " de ses périodes (C. com. L127-1). Une dérogation demande un motif."
        ) % {"rank": rank}
    else:
        sentence = _(
            "Les périodes de CAPE dépasseraient %(months)d mois en tout. Une dérogation demande un motif."
        ) % {"months": CAPE_TOTAL_MONTHS}
    raise Refused(Code.NOT_ALLOWED, sentence, field="override_reason")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
