"""Bank details of a person: given, then confirmed or refused by somebody else, who has the paper."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit, secrets
from cae.core.banks import bic_of, checked_iban, end_of
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from people.bank_notices import tell_of_bank
from people.models import Person, PersonBank, User
from people.models.banks import LONGEST_HOLDER, LONGEST_REASON
from people.selectors.banks import PURPOSE, opened
from people.selectors.merging import file_keys
from people.services.changes import one_line
from people.states.banks import BANK_FLOW, BankState


@transaction.atomic
def propose_bank(person: Person, *, holder: str, iban: str, actor: User) -> PersonBank:
    """Does: writes the account on which a person wants to be paid; it replaces another that waits. Refuses:
    no holder, a wrong IBAN, the account already in force. Leaves behind: the details to be confirmed by
    somebody else, the person told, audit without the number."""
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    holder = one_line(holder, "holder", _("Indiquez au nom de qui est le compte."), most=LONGEST_HOLDER)
    number = checked_iban(iban)
    for former in PersonBank.objects.filter(person=row, state__in=[BankState.PROPOSED, BankState.CONFIRMED]):
        known = opened(former)
        if (known.holder, known.iban) == (holder, number):
            raise Refused(Code.DUPLICATE, _same(former), field="iban")
        if former.state == BankState.PROPOSED:
            _replace(former, actor=actor)
    bank = PersonBank.objects.create(
        person=row,
        holder=holder,
        locked=secrets.encrypt(json.dumps({"iban": number, "bic": bic_of(number)}), purpose=PURPOSE),
        ending=end_of(number),
        asked_by=actor,
    )
    audit.record(actor, "people.bank.propose", bank)
    tell_of_bank(bank, actor=actor)
    return bank


def _same(former: PersonBank) -> str:
    if former.state == BankState.CONFIRMED:
        return _("C’est déjà le compte sur lequel vous êtes payé·e.")
    return _("Ce compte attend déjà d’être confirmé.")


@performs(BANK_FLOW, "confirm")
def confirm_bank(row: PersonBank, *, actor: User) -> None:
    """Does: puts bank details in force, once compared with the paper. Refuses: whoever gave them.
    Leaves behind: the former ones replaced, the person told, audit."""
    _require_other(row, actor)
    for former in PersonBank.objects.filter(person=row.person_id, state=BankState.CONFIRMED):
        _replace(former, actor=actor)
    row.decided_by, row.decided_at = actor, timezone.now()
    row.state = BankState.CONFIRMED
    tell_of_bank(row, actor=actor)


@performs(BANK_FLOW, "refuse")
def refuse_bank(row: PersonBank, *, reason: str, actor: User) -> None:
    """Does: refuses bank details. Refuses: no reason, whoever gave them. Leaves behind: those in force as
    they were, the person told why, audit."""
    _require_other(row, actor)
    row.refusal = one_line(reason, "reason", _("Dites pourquoi : la personne le lira."), most=LONGEST_REASON)
    row.decided_by, row.decided_at = actor, timezone.now()
    row.state = BankState.REFUSED
    tell_of_bank(row, actor=actor)


@performs(BANK_FLOW, "replace")
def _replace(_row: PersonBank, *, actor: User) -> None:
    """Does: sets details aside for others. Refuses: nothing. Leaves behind: the details as they were."""


def _require_other(row: PersonBank, actor: User) -> None:
    if row.asked_by_id == actor.pk or row.person_id == actor.person_id:
        raise Refused(
            Code.NOT_ALLOWED, _("Ces coordonnées sont les vôtres : une autre personne les confirme.")
        )


def erase_banks(person: Person, _on: Any) -> int:
    """Does: deletes what is kept of somebody whose file is erased; what was paid stays in its lots. Refuses:
    nothing. Leaves behind: how many rows went."""
    return PersonBank.objects.filter(person__in=file_keys(person)).delete()[0]
