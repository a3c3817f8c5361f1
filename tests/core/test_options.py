"""Option lists: first words, then decisions from a date on; records keep the word of their time."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.db import transaction
from django.db.utils import Error
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cae.core import options
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, OptionDecision
from cae.core.options import (
    OptionData,
    OptionField,
    OptionsField,
    decide_option,
    decide_rule,
    register_options,
)
from people.states import RoleKind
from tests.factories.people import make_admin, make_user

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2026, 1, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _own_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "LISTS", {})
    first = [
        ("red", "Rouge", "Comme le sang"),
        ("green", "Vert"),
        ("old", "Ocre", "", None, date(2025, 12, 31)),
    ]
    register_options("t.colours", label="Couleurs", defaults=first, rule="Une seule")
    register_options("t.closed", label="Fermée", defaults=[("yes", "Oui"), ("no", "Non")], is_closed=True)


def decide(
    code: str | None, label: str, *, list_code: str = "t.colours", on: date = LATE, **more: object
) -> str:
    data = OptionData(label, **{"rank": 30, **more})
    return decide_option(list_code, code, data=data, valid_from=on, reason="vote", actor=None).code


def test_first_words_are_in_force_without_any_row() -> None:
    assert options.choices_of("t.colours", on=EARLY) == [("red", "Rouge"), ("green", "Vert")]
    assert options.options_on("t.colours", on=EARLY).rule == "Une seule"
    assert options.label_of("t.colours", "", on=EARLY) == ""
    assert options.label_of("t.colours", "lost", on=EARLY) == "lost"
    with pytest.raises(ValueError, match="twice"):
        register_options("t.colours", label="x", defaults=[])


def test_a_word_closed_by_the_law_is_offered_until_its_day_and_read_for_ever() -> None:
    assert ("old", "Ocre") in options.choices_of("t.colours", on=date(2025, 12, 31))
    assert options.label_of("t.colours", "old", on=LATE) == "Ocre"


def test_records_keep_the_word_of_their_time() -> None:
    decide("red", "Carmin", rank=30)
    assert options.label_of("t.colours", "red", on=date(2026, 5, 31)) == "Rouge"
    assert options.label_of("t.colours", "red", on=LATE) == "Carmin"
    assert options.choices_of("t.colours", on=LATE) == [("green", "Vert"), ("red", "Carmin")]
    decide("red", "Carmin", is_offered=False, on=date(2027, 1, 1))
    assert options.choices_of("t.colours", on=date(2027, 1, 1)) == [("green", "Vert")]
    assert options.label_of("t.colours", "red", on=date(2027, 1, 1)) == "Carmin"
    entry = AuditEntry.objects.filter(verb="core.option.decide").earliest("pk")
    assert entry.detail["value"] == ["Rouge", "Carmin"]


def test_an_option_added_has_a_code_that_none_bore() -> None:
    assert decide(None, "Bleu nuit") == "bleu_nuit"
    decide("bleu_nuit", "Marine")
    assert decide(None, "Bleu nuit") == "bleu_nuit_2"
    assert decide(None, "…") == "option"
    assert decide(None, "x" * 80) == "x" * 36


def test_lists_are_read_at_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        options.lists_on(["t.colours", "t.closed"], on=LATE)


@pytest.mark.parametrize(
    ("code", "label", "more", "expected"),
    [
        ("red", "  ", {}, Code.VALUE_MISSING),
        ("red", "VERT", {}, Code.DUPLICATE),
        (None, "Rouge", {}, Code.DUPLICATE),
        (None, "Peut-être", {"list_code": "t.closed"}, Code.NOT_ALLOWED),
        ("yes", "Oui", {"list_code": "t.closed", "is_offered": False}, Code.NOT_ALLOWED),
    ],
)
def test_refusals(code: str | None, label: str, more: dict[str, object], expected: Code) -> None:
    with pytest.raises(Refused) as caught:
        decide(code, label, **more)  # type: ignore[arg-type]
    assert caught.value.code == expected
    assert not OptionDecision.objects.exists()


def test_no_reason_no_decision() -> None:
    with pytest.raises(Refused):
        decide_option("t.colours", "red", data=OptionData("x"), valid_from=LATE, reason=" ", actor=None)
    with pytest.raises(Refused):
        decide_rule("t.colours", rule="x", valid_from=LATE, reason="", actor=None)
    assert not OptionDecision.objects.exists()


def test_decisions_are_never_rewritten() -> None:
    decide("red", "Carmin")
    for act in (OptionDecision.objects.all().delete, lambda: OptionDecision.objects.update(label="x")):
        with pytest.raises(Error), transaction.atomic():
            act()
    with pytest.raises(Error), transaction.atomic():
        OptionDecision.objects.create(list_code="t.colours", code="x", valid_from=LATE, reason="x")


class ColourForm(forms.Form):
    one = OptionField("t.colours", label="Une", required=False, on=LATE)
    several = OptionsField("t.colours", label="Plusieurs", on=LATE)


def test_a_field_offers_the_words_of_the_day_and_the_one_held() -> None:
    decide("red", "Rouge", is_offered=False)
    decide_rule("t.colours", rule="Deux au plus", valid_from=LATE, reason="x", actor=None)
    form = ColourForm({"one": "red", "several": ["green"]})
    assert form["one"].help_text == "Deux au plus"
    assert set(form.errors) == {"one"}
    held = ColourForm({"one": "red", "several": ["red"]}, initial={"one": "red", "several": ["red"]})
    assert held.is_valid()
    assert held.cleaned_data == {"one": "red", "several": ["red"]}
    assert ColourForm({}).is_valid()


def test_the_pages_of_the_settings(client: Client, demonstration: None) -> None:
    client.force_login(make_admin())
    assert b"Couleurs" in client.get(reverse("core:option_lists")).content
    page = reverse("core:option_list", args=["t.colours"])
    assert "Jamais changée" in client.get(page).content.decode()
    typed = {"label": "Bleu", "rank": "5", "is_offered": "on", "valid_from": "2020-01-01", "reason": "vote"}
    assert client.post(reverse("core:option_add", args=["t.colours"]), typed).status_code == 302
    edit = reverse("core:option_edit", args=["t.colours", "bleu"])
    assert client.get(edit).context["form"].initial["label"] == "Bleu"
    assert client.post(edit, typed | {"label": "Rouge"}).status_code == 422
    rule = {"rule": "Trois", "valid_from": "2020-01-01", "reason": "vote"}
    assert client.post(reverse("core:option_rule", args=["t.colours"]), rule).status_code == 302
    assert (
        client.post(reverse("core:option_rule", args=["t.colours"]), rule | {"reason": " "}).status_code
        == 422
    )
    text = client.get(page).content.decode()
    assert "Bleu" in text
    assert "Trois" in text
    for name, args in (
        ("option_list", ["t.none"]),
        ("option_edit", ["t.colours", "none"]),
        ("option_add", ["t.closed"]),
    ):
        assert client.get(reverse(f"core:{name}", args=args)).status_code == 404


def test_an_option_decided_for_later_only_can_be_changed(client: Client, demonstration: None) -> None:
    client.force_login(make_admin())
    decide(None, "Futur", on=date(2100, 1, 1))
    assert client.get(reverse("core:option_edit", args=["t.colours", "futur"])).status_code == 200
    assert "à venir" in client.get(reverse("core:option_list", args=["t.colours"])).content.decode()


def test_a_closed_list_keeps_its_words_offered(client: Client, demonstration: None) -> None:
    client.force_login(make_admin())
    edit = reverse("core:option_edit", args=["t.closed", "yes"])
    typed = {"label": "Certes", "rank": "1", "is_offered": "on", "valid_from": "2020-01-01", "reason": "vote"}
    assert client.post(edit, typed).status_code == 302
    assert options.label_of("t.closed", "yes", on=LATE) == "Certes"


def test_only_who_may_change_settings_decides(client: Client, demonstration: None) -> None:
    client.force_login(make_user(RoleKind.ACCOUNTANT))
    assert client.get(reverse("core:option_list", args=["t.colours"])).status_code == 200
    assert client.post(reverse("core:option_add", args=["t.colours"]), {"label": "x"}).status_code == 403
    assert not OptionDecision.objects.exists()
