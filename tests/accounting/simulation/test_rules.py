"""Versions of the rules and their overrides: which month has which, what is refused, what stays for ever."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.calculations.pay.situations import PaidMonth
from accounting.models import PayrollOverride, PayrollRuleset
from accounting.selectors.pay_rules import (
    PersonPay,
    months_to_simulate,
    rules_of,
    rules_of_months,
    situation_of,
    warning_of,
)
from accounting.services.pay_rules import close_override, draft_ruleset, put_in_force
from cae.core.errors import Code
from cae.core.models import AuditEntry
from cae.core.periods import Month
from cae.core.settings import set_setting
from people.states import RoleKind
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TODAY = date(2026, 11, 25)
NOVEMBER, DECEMBER, JANUARY = Month(2026, 11), Month(2026, 12), Month(2027, 1)


def test_a_month_has_one_version_for_ever() -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    assert rules_of(NOVEMBER).label == "11.1.0 (frozen-smic-2026)"
    assert rules_of(JANUARY).label == "11.1.0"
    assert months_to_simulate(TODAY)[0] == Month(2026, 1)
    assert months_to_simulate(TODAY)[-1] == JANUARY
    with refused(Code.PERIOD_INVALID, "month", "décembre 2025"):
        rules_of(Month(2025, 12))
    with refused(Code.DUPLICATE, "version"):
        draft_ruleset("11.1.0", dated_on=TODAY, sha256="0" * 64, actor=hr)
    row = draft_ruleset("12.0.0", dated_on=TODAY, sha256="0" * 64, actor=hr)
    assert rules_of(DECEMBER).version == "11.1.0"
    with refused(Code.PERIOD_INVALID, "first_month", "mois passé"):
        put_in_force(row, first_month=Month(2026, 10), today=TODAY, actor=hr)
    row = put_in_force(row, first_month=DECEMBER, today=TODAY, actor=hr)
    assert (rules_of(NOVEMBER).version, rules_of(DECEMBER).version) == ("11.1.0", "12.0.0")
    later = draft_ruleset("12.1.0", dated_on=TODAY, sha256="0" * 64, actor=hr)
    with refused(Code.PERIOD_INVALID, "first_month", "autre version"):
        put_in_force(later, first_month=DECEMBER, today=TODAY, actor=hr)
    with pytest.raises(Error, match="pay_ruleset_frozen"), transaction.atomic():
        PayrollRuleset.objects.filter(pk=row.pk).update(first_month=NOVEMBER.first)
    with pytest.raises(Error, match="pay_ruleset_frozen"), transaction.atomic():
        row.delete()
    later.delete()
    assert not PayrollRuleset.objects.filter(version="12.1.0").exists()


def test_an_override_ends_and_nothing_else_of_it_changes() -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    row = PayrollOverride.objects.get()
    said = {"today": TODAY, "actor": hr}
    with refused(Code.VALUE_MISSING, "reason"):
        close_override(row, last_month=NOVEMBER, reason=" ", **said)
    with refused(Code.PERIOD_INVALID, "last_month", "mois passé"):
        close_override(row, last_month=Month(2026, 9), reason="La version 12 gèle le SMIC.", **said)
    with refused(Code.PERIOD_INVALID, "last_month", "ni reculer"):
        close_override(row, last_month=JANUARY, reason="La version 12 gèle le SMIC.", **said)
    close_override(row, last_month=NOVEMBER, reason="La version 12 gèle le SMIC.", **said)
    assert rules_of(DECEMBER).overrides == ()
    assert AuditEntry.objects.filter(verb="accounting.close_pay_override").exists()
    with pytest.raises(Error, match="pay_override_frozen"), transaction.atomic():
        PayrollOverride.objects.update(replacement="autre")


def test_a_pay_late_in_the_year_asks_for_its_rules_as_seldom_as_a_first_one() -> None:
    paid = [PaidMonth(Month(2026, rank), Decimal(1500), Decimal(600)) for rank in range(1, 11)]
    situation = situation_of(NOVEMBER.first)
    with CaptureQueriesContext(connection) as asked:
        found = PersonPay(situation, NOVEMBER, paid)
    assert len(asked) == 2
    assert found.rules == "11.1.0 (frozen-smic-2026)"
    alone = PersonPay(situation, NOVEMBER).figures(Decimal(1500))
    assert found.figures(Decimal(1500)).rgdu != alone.rgdu
    assert [one.overrides for one in rules_of_months([NOVEMBER, JANUARY]).values()] == [
        ("frozen-smic-2026",),
        (),
    ]


def test_old_rules_are_said() -> None:
    rules = rules_of(NOVEMBER)
    assert warning_of(rules, TODAY) == ""
    assert "plus de huit mois" in warning_of(rules, date(2027, 3, 2))
    assert "L’année a changé" in warning_of(rules_of(JANUARY), TODAY)


def test_the_situation_is_that_of_the_parameters_of_the_day() -> None:
    admin = make_user(RoleKind.ADMINISTRATOR)
    set_setting("accounting.health_amount", value="52", valid_from=date(2026, 12, 1), actor=admin, reason="x")
    set_setting("accounting.reduction_hours", value="current", valid_from=TODAY, actor=admin, reason="x")
    assert situation_of(date(2026, 11, 1)).health_amount == Decimal(40)
    found = situation_of(date(2026, 12, 1), cadre=True)
    assert (found.health_amount, found.hours_from, found.cadre) == (Decimal(52), "current", True)
    assert situation_of(date(2026, 12, 1), exempt=True).health_amount == 0


@pytest.mark.time_machine(TODAY)
def test_the_page_says_versions_corrections_and_what_the_rules_say() -> None:
    client = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    draft_ruleset("12.0.0", dated_on=TODAY, sha256="0" * 64, actor=None)
    page = text(client.get(reverse("accounting:pay_rules")))
    for said in (
        "Version 11.1.0 du 01/07/2026",
        "12,31",
        "1 823,03",
        "Maladie, coopérative",
        "13 %",
        "gelé à 12,02",
        "6,01 %",
        "0,68 %",
    ):
        assert said in page, said
    assert "Mettre en vigueur" in page
    pk = PayrollOverride.objects.get().pk
    answer = client.post(
        reverse("accounting:override_end", args=[pk]), {"last_month": "2026-11", "reason": "Inutile."}
    )
    assert answer.status_code == 302
    assert "Arrêter" not in text(
        client_of(make_user(RoleKind.CO_MANAGER)).get(reverse("accounting:pay_rules"))
    )
