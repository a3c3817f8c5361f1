"""Dated parameters and the identity of the cooperative: read in force on a date, changed for later only."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from pytest_django import DjangoAssertNumQueries

from cae.core import parameters, settings
from cae.core.errors import Code, Refused
from cae.core.identity import change_identity, cooperative_on
from cae.core.models import AuditEntry, Cooperative, Setting
from tests.factories.kernel import make_author, make_cooperative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameters, "PARAMETERS", {})
    monkeypatch.setattr(settings, "PARAMETERS", parameters.PARAMETERS)
    for code, kind, default in (
        ("t.days", "integer", "30"),
        ("t.rate", "rate", "0.1000"),
        ("t.text", "text", "Mot"),
    ):
        parameters.register_setting(code, kind=kind, default=default, label=code, help="")


def test_before_any_decision_the_default_is_in_force() -> None:
    assert settings.value_of("t.days", on=date(2026, 1, 1)) == 30
    assert settings.value_of("t.rate", on=date(2026, 1, 1)) == Decimal("0.1000")


def test_a_value_is_in_force_from_its_date_and_the_past_keeps_its_own() -> None:
    actor = make_author()
    settings.set_setting("t.days", value="45", valid_from=date(2026, 6, 1), actor=actor, reason="vote")
    settings.set_setting("t.days", value="60", valid_from=date(2027, 1, 1), actor=actor, reason="vote")
    on = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [settings.value_of("t.days", on=day) for day in on] == [30, 45, 45, 60]
    assert AuditEntry.objects.filter(verb="core.setting.set").count() == 2


def test_several_values_are_read_at_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    settings.set_setting("t.days", value="45", valid_from=date(2026, 6, 1), actor=None, reason="vote")
    with django_assert_num_queries(1):
        assert settings.values_of("t.days", "t.text", on=date(2026, 6, 1)) == {"t.days": 45, "t.text": "Mot"}
    with pytest.raises(KeyError):
        settings.values_of("t.unknown", on=date(2026, 6, 1))


def test_the_last_word_of_one_day_wins() -> None:
    for value in ("45", "50"):
        settings.set_setting("t.days", value=value, valid_from=date(2026, 6, 1), actor=None, reason="vote")
    assert settings.value_of("t.days", on=date(2026, 6, 1)) == 50


@pytest.mark.parametrize(
    ("code", "value", "reason", "refused"),
    [
        ("t.days", "trente", "vote", Code.VALUE_INVALID),
        ("t.rate", "1,5", "vote", Code.VALUE_INVALID),
        ("t.text", "  ", "vote", Code.VALUE_INVALID),
        ("t.days", "45", " ", Code.VALUE_MISSING),
    ],
)
def test_a_wrong_value_or_no_reason_is_refused(code: str, value: str, reason: str, refused: Code) -> None:
    with pytest.raises(Refused) as refusal:
        settings.set_setting(code, value=value, valid_from=date(2026, 6, 1), actor=None, reason=reason)
    assert refusal.value.code == refused
    assert not Setting.objects.exists()


def test_a_decision_is_never_rewritten() -> None:
    settings.set_setting("t.days", value="45", valid_from=date(2026, 6, 1), actor=None, reason="vote")
    for sql in ("UPDATE core_setting SET value = '1'", "DELETE FROM core_setting"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert settings.value_of("t.days", on=date(2026, 6, 1)) == 45


def test_choices_and_bounds_are_kept() -> None:
    parameters.register_setting(
        "t.way", kind="choice", default="a", choices=[("a", "Au mois"), ("b", "À l’an")], label="", help=""
    )
    parameters.register_setting("t.few", kind="integer", default="1", within=(0, 60), label="", help="")
    for code, value in (("t.way", "c"), ("t.few", "61"), ("t.few", "-1")):
        with pytest.raises(Refused) as refusal:
            settings.set_setting(code, value=value, valid_from=date(2026, 6, 1), actor=None, reason="vote")
        assert refusal.value.code == Code.VALUE_INVALID
    settings.set_setting("t.few", value="60", valid_from=date(2026, 6, 1), actor=None, reason="vote")
    assert parameters.PARAMETERS["t.way"].shown("b") == "À l’an"
    assert not Setting.objects.filter(code="t.way").exists()


def test_a_parameter_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        parameters.register_setting("t.days", kind="integer", default="1", label="", help="")


def test_the_identity_is_that_of_the_day() -> None:
    make_cooperative(date(2020, 1, 1))
    new = Cooperative.objects.get()
    new.pk, new.valid_from, new.legal_name, new.reason = None, date(2026, 6, 1), "Nouveau nom", "assemblée"
    change_identity(new, actor=make_author())
    assert cooperative_on(date(2026, 5, 31)).legal_name == "Coopérative d’essai"
    assert cooperative_on(date(2026, 6, 1)).legal_name == "Nouveau nom"


def test_without_identity_documents_are_refused() -> None:
    make_cooperative(date(2020, 1, 1))
    with pytest.raises(Refused) as refusal:
        cooperative_on(date(2019, 12, 31))
    assert refusal.value.code == Code.VALUE_MISSING


def test_a_wrong_siren_is_refused_at_its_field() -> None:
    made = make_cooperative(date(2020, 1, 1))
    made.pk, made.valid_from, made.siren = None, date(2026, 1, 1), "732829321"
    with pytest.raises(Refused) as refusal:
        change_identity(made, actor=make_author())
    assert (refusal.value.code, refusal.value.field) == (Code.VALUE_INVALID, "siren")
    assert Cooperative.objects.count() == 1


@pytest.mark.parametrize("iban", ["FR1420041010050500013M02607", "FR14", "BR1800360305000010009795493C1"])
def test_a_wrong_iban_is_refused_at_its_field(iban: str) -> None:
    made = make_cooperative(date(2020, 1, 1))
    made.pk, made.valid_from, made.iban = None, date(2026, 1, 1), iban
    with pytest.raises(Refused) as refusal:
        change_identity(made, actor=make_author())
    assert (refusal.value.code, refusal.value.field) == (Code.VALUE_INVALID, "iban")
    assert Cooperative.objects.count() == 1


def test_an_iban_is_kept_without_its_spaces() -> None:
    made = make_cooperative(date(2020, 1, 1))
    made.pk, made.valid_from, made.iban = None, date(2026, 1, 1), "fr14 2004 1010 0505 0001 3M02 606"
    change_identity(made, actor=make_author())
    assert cooperative_on(date(2026, 1, 1)).iban == "FR1420041010050500013M02606"


def test_several_values_may_be_ticked_or_none() -> None:
    words = [("a", "Alpha"), ("b", "Bêta"), ("c", "Gamma")]
    several = parameters.register_setting(
        "t.several", kind="choices", default="a,c", label="x", help="", choices=words
    )
    day = date(2026, 1, 1)
    assert settings.value_of("t.several", on=day) == frozenset({"a", "c"})
    assert [several.shown(text) for text in ("a,c", "b", "")] == ["Alpha, Gamma", "Bêta", "aucun"]
    settings.set_setting("t.several", value="", valid_from=day, actor=None, reason="vote")
    assert settings.value_of("t.several", on=day) == frozenset()
    with pytest.raises(Refused) as refusal:
        settings.set_setting("t.several", value="a,z", valid_from=day, actor=None, reason="vote")
    assert refusal.value.code == Code.VALUE_INVALID
    assert settings.value_of("t.several", on=day) == frozenset()
