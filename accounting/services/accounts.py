"""Keeps the chart of accounts (add, rename, give a role) and opens the sections of activities and people."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from accounting.chart import load_journals
from accounting.models import Account, AnalyticAccount, Journal
from accounting.states.books import AccountKind, AccountRole, AnalyticKind, series_of
from accounting.states.lettering import is_usually_lettered
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.models import NumberSeries
from cae.core.turns import take_turn
from entrepreneurs.models import Activity
from people.models import Person
from people.services.changes import one_line

_NUMBER = re.compile(r"[1-8]\d{2,11}")


@transaction.atomic
def add_account(*, number: str, label: str, kind: str, role: str | None = None, actor: Any) -> Account:
    """Does: adds a line to the chart. Refuses: a number that is not one, or taken; an unknown kind or role.
    Leaves behind: the account, audit."""
    number = number.strip()
    if not _NUMBER.fullmatch(number):
        raise Refused(
            Code.NOT_A_NUMBER,
            _("Un numéro de compte a de 3 à 12 chiffres et commence par 1 à 8."),
            field="number",
        )
    take_turn(f"accounting.account.{number}")
    if Account.objects.filter(number=number).exists():
        raise Refused(
            Code.DUPLICATE, _("Le compte %(number)s existe déjà.") % {"number": number}, field="number"
        )
    account = Account(number=number, is_lettered=is_usually_lettered(number))
    _write(account, label=label, kind=kind, role=role)
    audit.record(actor, "accounting.add_account", account, detail={"role": role})
    return account


@transaction.atomic
def change_account(
    account: Account,
    *,
    label: str,
    kind: str,
    role: str | None = None,
    is_lettered: bool | None = None,
    actor: Any,
) -> Account:
    """Does: renames the account, sets its nature, its role and whether it is lettered. Refuses: an empty
    label, another nature once used, no more lettering while letterings stand.
    Leaves behind: the role taken from the account that had it; audit."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if kind != account.kind and account.lines.exists():
        raise Refused(
            Code.ALREADY_DONE, _("Ce compte porte des écritures : sa nature ne change plus."), field="kind"
        )
    if is_lettered is False and account.letterings.filter(undone_at=None).exists():
        raise Refused(
            Code.ALREADY_DONE,
            _("Ce compte porte des lettrages : défaites-les d’abord."),
            field="is_lettered",
        )
    before = {"label": account.label, "role": account.role}
    account.is_lettered = account.is_lettered if is_lettered is None else is_lettered
    _write(account, label=label, kind=kind, role=role)
    audit.record(actor, "accounting.change_account", account, detail={"before": before, "role": role})
    return account


def _write(account: Account, *, label: str, kind: str, role: str | None) -> None:
    if not label.strip():
        raise Refused(Code.VALUE_MISSING, _("Donnez un libellé à ce compte."), field="label")
    if kind not in AccountKind.values or (role and role not in AccountRole.values):
        raise Refused(Code.VALUE_INVALID, _("Cette nature ou ce rôle n’existe pas."))
    if role:
        Account.objects.filter(role=role).exclude(pk=account.pk).update(role=None)
    account.label, account.kind, account.role = label.strip(), kind, role or None
    account.save()


def open_section(activity: Activity, *, actor: Any) -> AnalyticAccount:
    """Does: opens the analytic section of an activity, once. Refuses: nothing.
    Leaves behind: the section, audit."""
    section, created = AnalyticAccount.objects.get_or_create(
        activity=activity,
        defaults={"code": activity.code, "label": activity.name[:120], "kind": AnalyticKind.ACTIVITY},
    )
    if created:
        audit.record(actor, "accounting.open_section", section)
    return section


def open_person_section(person: Person, *, actor: Any) -> AnalyticAccount:
    """Does: opens the section of somebody without an activity of their own, once. Refuses: nothing.
    Leaves behind: the section, audit."""
    section, created = AnalyticAccount.objects.get_or_create(
        person=person,
        defaults={"code": f"P{person.pk}", "label": str(person)[:120], "kind": AnalyticKind.PERSON},
    )
    if created:
        audit.record(actor, "accounting.open_section", section)
    return section


@transaction.atomic
def open_fund_section(label: str, *, actor: Any, field: str = "new_fund") -> AnalyticAccount:
    """Does: opens the section of a fund, which levies feed or which a project spends. Refuses: no name, the
    name of another fund. Leaves behind: the section, audit."""
    label = one_line(label, field, _("Donnez un nom à ce fonds."), most=120)
    take_turn("accounting.fund_section")
    funds = AnalyticAccount.objects.filter(kind=AnalyticKind.FUND)
    if funds.filter(label__iexact=label).exists():
        raise Refused(Code.DUPLICATE, _("Un fonds porte déjà ce nom : choisissez-le."), field=field)
    section = AnalyticAccount.objects.create(
        code=f"FONDS-{funds.count() + 1}", label=label, kind=AnalyticKind.FUND
    )
    audit.record(actor, "accounting.open_section", section)
    return section


@transaction.atomic
def restore_journals(*, actor: Any) -> None:
    """Does: gives the books the journals, or their numbering, that they lack. Refuses: nothing.
    Leaves behind: every journal of the house; audit."""
    numbered = set(NumberSeries.objects.values_list("code", flat=True))
    sound = [code for code in Journal.objects.values_list("code", flat=True) if series_of(code) in numbered]
    load_journals(apps.get_model)
    for journal in Journal.objects.exclude(code__in=sound):
        audit.record(actor, "accounting.restore_journals", journal)
