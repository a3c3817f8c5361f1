"""What a concluded contract makes: a status with its role, legal dates, declarations, news (ENT-25 to 29)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit, events
from cae.core.errors import Code, Refused
from cae.core.kept_words import in_french, kept
from cae.core.settings import value_of
from entrepreneurs.events import ContractSigned
from entrepreneurs.models import Contract, ContractDeclaration
from entrepreneurs.selectors.contracts import became_associate, clocks
from entrepreneurs.services.made_statuses import made_by
from entrepreneurs.states.contracts import ContractKind, ContractState, DeclaredEvent, DeclaredTo
from people.models import Person, StatusPeriod
from people.services.deadlines import close_deadlines, set_deadline
from people.services.statuses import end_status, open_status, prolong_status
from people.states.deadlines import DeadlineKind

DECLARATION_DAYS = "entrepreneurs.declaration_days"
DAY = timedelta(days=1)


def take_effect(contract: Contract, *, actor: Any, at: datetime) -> None:
    """Does: gives what a contract makes, from its first day on. Refuses: a status that crosses another of the
    path. Leaves behind: the status opened or prolonged with its role, legal dates, declarations to make, the
    event ContractSigned."""
    today = timezone.localdate(at)
    give_status(contract, actor=actor)
    if contract.renews is not None:
        close_deadlines(contract.renews, actor=actor)
    set_dates(contract, on=today, actor=actor)
    set_later_clocks(contract, on=today, actor=actor)
    if contract.kind == ContractKind.CAPE:
        event = DeclaredEvent.RENEWAL if contract.renews_id else DeclaredEvent.SIGNATURE
        declare(contract, event=event, on=contract.signed_on or today, actor=actor)
    events.publish(ContractSigned(contract.pk, contract.starts_on, actor.pk if actor else None))


def give_status(contract: Contract, *, actor: Any) -> None:
    """Does: opens or prolongs the status that a contract makes, on its days. Refuses: a status that crosses
    another of the path. Leaves behind: the status, its role."""
    person, starts_on, ends_on = contract.person, contract.starts_on, contract.last_day
    made = made_by(person, kind=contract.kind, starts_on=starts_on, ends_on=ends_on)
    if made is None:
        return
    said: dict[str, Any] = {"reason": in_french(_title(contract)), "actor": actor}
    rows = StatusPeriod.objects.in_bulk([one.key for one in (*made.ended, made.prolonged) if one is not None])
    for one in made.ended:
        end_status(rows[one.key], last_day=starts_on - DAY, **said)
    if made.prolonged is not None and ends_on is not None:
        prolong_status(rows[made.prolonged.key], ends_on=ends_on, **said)
    if made.opened:
        open_status(person, kind=made.kind, starts_on=starts_on, ends_on=ends_on, about=contract, **said)


def set_dates(contract: Contract, *, on: date, actor: Any) -> None:
    """Does: writes the dates that the law makes of a contract in force, as they stand today: its last day;
    of a CESA, its trial and the last day to become an associate, unless it ends before or they are one.
    Refuses: nothing. Leaves behind: the dates, moved, closed or opened again."""
    last = contract.last_day
    renewed = Contract.objects.binding().with_days().filter(renews=contract).exists()
    set_date(contract, DeadlineKind.CONTRACT_END, None if renewed else last, actor)
    if contract.kind != ContractKind.CESA:
        return
    law = clocks(contract)
    trial, delay = law.trial_ends_on, law.associate_by
    ends_before = last is not None and last <= delay
    in_time = became_associate(contract, delay, max(on, contract.starts_on))
    trial_over = trial is not None and (trial < on or (last is not None and last <= trial))
    set_date(contract, DeadlineKind.TRIAL_END, None if trial_over else trial, actor)
    set_date(contract, DeadlineKind.ASSOCIATE, None if ends_before or in_time else delay, actor)


def set_clocks_of(person: Person, *, on: date, actor: Any) -> None:
    """Does: sets the dates of each CESA in force of somebody who becomes an associate, or ceases to be one:
    the delay of L7331-3 closes at once, without waiting for the night. Refuses: nothing. Leaves behind: their
    dates."""
    rows = Contract.objects.filter(person=person, kind=ContractKind.CESA, state=ContractState.SIGNED)
    for row in rows.select_related("person").order_by("pk"):
        set_dates(row, on=on, actor=actor)


def set_later_clocks(contract: Contract, *, on: date, actor: Any) -> None:
    """Does: counts again the clocks of each CESA in force that begins after a contract whose days changed:
    they are shortened by it (C. trav. L7331-3, L7332-1). Refuses: nothing. Leaves behind: their dates."""
    later = Contract.objects.filter(
        person=contract.person_id,
        kind=ContractKind.CESA,
        state=ContractState.SIGNED,
        starts_on__gt=contract.starts_on,
    )
    for row in later.select_related("person"):
        set_dates(row, on=on, actor=actor)


def set_date(contract: Contract, kind: str, due_on: date | None, actor: Any) -> None:
    """Does: writes, moves or closes a date of a contract. Refuses: nothing. Leaves behind: the date."""
    label = kept(
        gettext_lazy("%(date)s, %(contract)s"), date=DeadlineKind(kind).label, contract=_title(contract)
    )
    set_deadline(about=contract, kind=kind, person=contract.person, due_on=due_on, label=label, actor=actor)


def _title(contract: Contract) -> dict[str, Any]:
    """What `Contract.title` says, before any language."""
    name = ContractKind(contract.kind).label
    if contract.period == 1:
        return kept(name)
    return kept(gettext_lazy("%(name)s, période %(number)d"), name=name, number=contract.period)


def declare(contract: Contract, *, event: str, on: date, actor: Any) -> None:
    """Does: opens what the cooperative declares of a CAPE, one a body, with its date. Refuses: nothing; twice
    is once. Leaves behind: the declarations, their dates for human resources."""
    due_on = on + timedelta(days=int(value_of(DECLARATION_DAYS, on=on)))
    for body in DeclaredTo:
        row, created = ContractDeclaration.objects.get_or_create(
            contract=contract, body=body, event=event, defaults={"due_on": due_on}
        )
        if created:
            set_deadline(
                about=row,
                kind=DeadlineKind.CONTRACT_DECLARATION,
                person=contract.person,
                due_on=due_on,
                label=kept(
                    gettext_lazy("%(body)s · %(event)s · %(contract)s"),
                    body=body.label,
                    event=DeclaredEvent(event).label,
                    contract=_title(contract),
                ),
                actor=actor,
            )


def record_declaration(
    declaration: ContractDeclaration, *, done_on: date, reference: str, actor: Any, at: datetime
) -> ContractDeclaration:
    """Does: writes that a declaration was made. Refuses: one already made, a day to come. Leaves behind: the
    day, who, the reference; its date closed; audit."""
    with transaction.atomic():
        row = ContractDeclaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
        if row.done_on is not None:
            raise Refused(Code.ALREADY_DONE, _("Cette déclaration est déjà notée."))
        if done_on > timezone.localdate(at):
            raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="done_on")
        row.done_on, row.done_by, row.reference = done_on, actor, " ".join(reference.split())[:80]
        row.save()
        close_deadlines(row, actor=actor)
        detail = {"on": done_on.isoformat(), "reference": row.reference}
        audit.record(actor, "entrepreneurs.declaration.record", row, detail=detail)
        return row
