"""Recording a scale by its form, trying it, and granting exemptions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounting.calculations.contribution.reading import read_scale
from accounting.forms.scale_values import rows_of, training_rows, values_of
from accounting.forms.scales import SHAPES, PointSet, ScaleForm, TierSet, rules_of
from accounting.models import ContributionScale, CostKind, Exemption
from accounting.selectors.simulation import simulate
from accounting.services.contribution_months import run_month
from accounting.views.tariff_chart import charts_of
from cae.core.periods import Month
from people.states import RoleKind
from tests.accounting.contribution.worked import cases
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

HEAD = {
    "code": "general",
    "label": "Barème 2026",
    "valid_from": "2026-01-01",
    "assembly": "Assemblée générale",
    "decided_on": "2025-06-12",
    "resolution": "5",
    "turnover": "invoiced",
    "taken_on": "month",
    "window": "year",
    "year_starts": "1",
    "above_last": "keep",
    "spread": "monthly",
}


SURE = {"confirme": "1"}
HEAD_OF_EXAMPLE = {name: HEAD[name] for name in ("code", "label", "valid_from", "decided_on")}


@pytest.fixture
def accountant() -> Client:
    return client_of(make_user(RoleKind.ACCOUNTANT))


def url(name: str, *args: Any, **query: Any) -> str:
    return reverse(f"accounting:{name}", args=args, query=query)


def rows(prefix: str, *values: tuple[str, str], names: tuple[str, str] = ("up_to", "rate")) -> dict[str, Any]:
    data = {f"{prefix}-TOTAL_FORMS": "7", f"{prefix}-INITIAL_FORMS": "0"}
    for place, pair in enumerate(values):
        for name, value in zip(names, pair, strict=True):
            data[f"{prefix}-{place}-{name}"] = value
    return data


TIERS = rows("rows", ("40 000", "11"), ("80 000", "10"), ("", "9"))
BARE = HEAD | rows("training")
SENT = BARE | TIERS


def test_slices_are_recorded_as_voted(accountant: Client) -> None:
    answer = accountant.post(url("scale_add", forme="slices"), SENT | SURE | {"cap_amount": "8 400"})
    scale = ContributionScale.objects.get()
    assert answer["Location"] == scale.get_absolute_url()
    tiers = scale.rule.shape.tiers
    assert [(tier.up_to, tier.rate) for tier in tiers] == [
        (Decimal("40000.00"), Decimal("0.11")),
        (Decimal("80000.00"), Decimal("0.10")),
        (None, Decimal("0.09")),
    ]
    assert scale.rule.cap is not None
    said = text(accountant.get(scale.get_absolute_url()))
    assert "11 % jusqu’à 40 000,00 €, 10 % jusqu’à 80 000,00 €, 9 % au-delà" in said
    assert "8 400,00 € par an" in said


def test_a_version_is_said_back_with_its_effects_before_it_is_recorded(accountant: Client) -> None:
    former = books.scale(rules=books.flat("0.1000", "month"))
    activity = make_activity(code="A1", name="Atelier clair")
    books.take(activity, "1000.00", on=date(2026, 3, 10), number="F-1")
    run_month(activity, Month(2026, 3), today=date(2026, 4, 1), actor=None)
    page = url("scale_add", forme="slices", version=former.pk)
    sent = SENT | {"valid_from": "2026-03-01", "minus": ["goods", "subcontracting"]}
    answer = accountant.post(page, sent)
    assert answer.status_code == 200
    said = text(answer)
    for words in (
        "Vérifiez avant d’enregistrer. Rien n’est encore écrit.",
        "11 % jusqu’à 40 000,00 €",
        "Assemblée générale du 12/06/2025, résolution 5",
        "Une activité est concernée à partir du 01/03/2026 : Atelier clair",
        "Un mois déjà calculé sera régularisé au prochain calcul.",
        "Rejoué sur l’année 2026",
        "+10,00 €",
    ):
        assert words in said
    assert ContributionScale.objects.count() == 1
    typed = dict(answer.context["typed"])
    assert typed["rows-1-up_to"] == "80 000"
    kept = [value for name, value in answer.context["typed"] if name == "minus"]
    assert kept == ["goods", "subcontracting"]
    back = accountant.post(page, sent | {"modifier": "1"})
    assert back.status_code == 200
    assert 'value="80 000"' in back.content.decode()
    assert accountant.post(page, sent | {"valid_from": "2020-01-01"}).status_code == 422
    assert ContributionScale.objects.count() == 1
    assert accountant.post(page, sent | SURE).status_code == 302
    assert ContributionScale.objects.count() == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2027-02-29", "31/02/2026"])
def test_a_day_that_cannot_be_meant_is_refused_wherever_it_is_typed(accountant: Client, day: str) -> None:
    scale, activity = books.scale(rules=books.flat("0.1000", "month")), make_activity()
    given = {"activity": activity.pk, "scale": scale.pk, "starts_on": day, "reason": "Vote"}
    less = {"activity": activity.pk, "situation": "minima_sociaux", "starts_on": day, "reason": "Vote"}
    for name, sent in (
        ("scale_add", SENT | {"valid_from": day}),
        ("scale_assign", given),
        ("exemption_add", less | {"decided_by": "CSE"}),
    ):
        assert accountant.post(url(name), sent | SURE).status_code == 422, name
    assert ContributionScale.objects.count() == 1
    assert not Exemption.objects.exists()


def test_an_assignment_is_said_back_with_its_effects(accountant: Client) -> None:
    former = books.scale(rules=books.flat("0.1000", "month"))
    activity = make_activity(code="A1", name="Atelier clair")
    for rank in (2, 3):
        books.take(activity, "1000.00", on=date(2026, rank, 10), number=f"F-{rank}")
        run_month(activity, Month(2026, rank), today=date(2026, 4, 1), actor=None)
    lower = books.scale(rules=books.flat("0.0500", "month"), code="bas", is_default=False)
    given = {"activity": activity.pk, "scale": lower.pk, "starts_on": "2026-02-01", "reason": "Vote"}
    answer = accountant.post(url("scale_assign"), given)
    said = text(answer)
    for words in (
        f"« {former.label} » s’arrête la veille du 01/02/2026.",
        "2 mois déjà calculés seront régularisés au prochain calcul.",
        "−100,00 €",
    ):
        assert words in said
    assert activity.scale_assignments.count() == 1
    assert accountant.post(url("scale_assign"), given | {"modifier": "1"}).status_code == 200
    refused = accountant.post(url("scale_assign"), given | {"starts_on": "2026-02-10"})
    assert "le premier jour d’un mois" in refused.context["form"].errors["starts_on"][0]
    assert accountant.post(url("scale_assign"), given | SURE).status_code == 302
    assert activity.scale_assignments.count() == 2


def test_a_first_scale_says_that_sales_will_give(accountant: Client) -> None:
    activity = make_activity(code="A1")
    scale = books.scale()
    given = {"activity": activity.pk, "scale": scale.pk, "starts_on": "2026-02-01", "reason": "Contrat"}
    said = text(accountant.post(url("scale_assign"), given))
    assert "Aucun mois déjà calculé ne change." in said


def test_a_flat_rate_on_documents_is_recorded(accountant: Client) -> None:
    facts = HEAD | rows("training") | {"rate": "10,25", "taken_on": "document", "window": "document"}
    facts |= SURE
    assert accountant.post(url("scale_add"), facts).status_code == 302
    assert ContributionScale.objects.get().rule.shape.rate == Decimal("0.1025")


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (
            rows("rows", ("80 000", "11"), ("40 000", "10"), ("", "9")),
            "rows-1-up_to",
            "la limite de celle-ci doit dépasser 80 000,00 €",
        ),
        (rows("rows", ("40 000", "11")), "rows-0-up_to", "La dernière tranche ne s’arrête pas"),
        (rows("rows", ("", "11"), ("40 000", "9"), ("", "8")), "rows-0-up_to", "dites jusqu’où va celle-ci"),
        (rows("rows", ("40 000", ""), ("", "9")), "rows-0-rate", "Donnez le taux de cette tranche"),
        (rows("rows"), "rows-0-up_to", "Donnez au moins une tranche"),
        (rows("rows", ("", "101")), "rows-0-rate", "inférieure ou égale à 100"),
        (
            rows("training", ("", ""), ("9 000", "5"), ("8 000", "4"), ("", "3")),
            "training-2-up_to",
            "la limite de celle-ci doit dépasser 9 000,00 €",
        ),
        (rows("training", ("9 000", "5")), "training-0-up_to", "La dernière tranche ne s’arrête pas"),
        ({"label": ""}, "label", "Ce champ est obligatoire"),
        ({"fixed_cesa": "30", "taken_on": "document"}, "fixed_cesa", "un prélèvement chaque mois"),
        ({"window": "document"}, "window", "ne se calcule pas sur cette période"),
        (
            {"floor_per": "year", "floor_cesa": "500", "cap_amount": "100"},
            "floor_cesa",
            "relevez le plafond de 100,00 €",
        ),
        ({"cap_amount": "-1"}, "cap_amount", "supérieure ou égale à 0"),
        ({"cap_associate": "100"}, "cap_amount", "Donnez le plafond de toutes les activités"),
        ({"floor_cape": "40"}, "floor_per", "par mois ou par an"),
        ({"floor_per": "month"}, "floor_cesa", "Donnez le montant du plancher"),
        ({"advance_cape": "2"}, "floor_per", "mois de plancher"),
        ({"franchise_months": "3"}, "franchise_waives", "ce dont ces premiers mois sont dispensés"),
        ({"franchise_waives": ["floor"]}, "franchise_months", "combien de premiers mois"),
        (
            {"floor_per": "month", "floor_cape": "40", "floor_cesa": "80", "floor_first_months": "6"},
            "floor_cesa",
            "le plancher est le même en CAPE et en CESA",
        ),
    ],
)
def test_what_would_not_compute_is_said_at_its_place_and_kept(
    accountant: Client, change: dict[str, Any], place: str, words: str
) -> None:
    sent = BARE if "rows-TOTAL_FORMS" in change else SENT
    answer = accountant.post(url("scale_add", forme="slices"), sent | change)
    assert answer.status_code == 422
    errors = error_of(answer, place)
    assert len(errors) == 1
    assert words in errors[0].replace("\u202f", " ").replace("\xa0", " ")
    assert f'href="#id_{place}"' in answer.content.decode()
    for name, value in change.items():
        if "FORMS" not in name and isinstance(value, str) and name in answer.context["form"].fields:
            assert answer.context["form"][name].value() == value
    assert 'value="2025-06-12"' in answer.content.decode()
    assert not ContributionScale.objects.exists()


def error_of(answer: Any, place: str) -> list[str]:
    """The sentences at a box; no other box has any."""
    sets = {"rows": answer.context["rows"], "training": answer.context["training"]}
    forms = {"": answer.context["form"]} | {
        f"{name}-{rank}-": form for name, rows in sets.items() for rank, form in enumerate(rows.forms)
    }
    found = {
        f"{start}{name}": errors for start, form in forms.items() for name, errors in form.errors.items()
    }
    assert list(found) == [place]
    return [str(error) for error in found[place]]


def test_a_wrong_point_of_a_curve_is_said_at_its_row(accountant: Client) -> None:
    names = ("base", "amount")
    for points, place in (
        ([("10 000", "100"), ("9 000", "200")], "rows-1-base"),
        ([("10 000", "100")], "rows-1-base"),
        ([("10 000", ""), ("20 000", "200")], "rows-0-amount"),
        ([("", "100"), ("20 000", "200")], "rows-0-base"),
    ):
        answer = accountant.post(url("scale_add", forme="curve"), BARE | rows("rows", *points, names=names))
        assert answer.status_code == 422
        assert len(error_of(answer, place)) == 1
    assert not ContributionScale.objects.exists()


def test_a_code_typed_twice_does_not_open_a_version(accountant: Client) -> None:
    former = books.scale(rules=books.monthly())
    answer = accountant.post(url("scale_add", forme="slices"), SENT | {"valid_from": "2026-07-01"})
    assert "préparez-en une nouvelle version depuis sa page" in error_of(answer, "code")[0]
    assert ContributionScale.objects.count() == 1
    late = SENT | SURE | {"code": "autre", "valid_from": "2020-01-01"}
    answer = accountant.post(url("scale_add", forme="slices", version=former.pk), late)
    assert "couvre déjà cette date" in error_of(answer, "valid_from")[0]
    assert ContributionScale.objects.count() == 1
    sent = SENT | SURE | {"code": "autre", "valid_from": "2026-07-01"}
    assert accountant.post(url("scale_add", forme="slices", version=former.pk), sent).status_code == 302
    assert set(ContributionScale.objects.values_list("code", "version")) == {("general", 1), ("general", 2)}


@pytest.mark.parametrize("kind", [kind for kind, _label in SHAPES])
def test_the_example_of_each_shape_computes(accountant: Client, kind: str) -> None:
    page = accountant.get(url("scale_add", forme=kind, exemple="1"))
    assert page.status_code == 200
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False, [])}
    for prefix in ("rows", "training"):
        shown = page.context[prefix]
        sent |= {f"{prefix}-TOTAL_FORMS": "7", f"{prefix}-INITIAL_FORMS": "0"}
        for row in shown.forms if shown is not None else ():
            sent |= {bound.html_name: bound.value() for bound in row if bound.value() is not None}
    answer = accountant.post(url("scale_add", forme=kind), sent | HEAD_OF_EXAMPLE | SURE)
    assert answer.status_code == 302, answer.context["form"].errors
    assert ContributionScale.objects.get().rule.shape.kind == kind


@pytest.mark.parametrize("case", cases("contribution"), ids=lambda case: case["id"])
def test_every_scale_seen_in_use_goes_through_the_form(case: dict[str, Any]) -> None:
    """Into the boxes and back: the form loses nothing of the scales of the worked cases."""
    data = case["input"].get("scale") or case["input"]["scales"][0]
    wanted = {key: value for key, value in data.items() if key not in ("valid_from", "valid_to")}
    known = set(CostKind.objects.values_list("code", flat=True))
    wanted["base"] = wanted["base"] | {"minus": [kind for kind in wanted["base"]["minus"] if kind in known]}
    scale = read_scale(wanted)
    version = ContributionScale(code="x", label="X", assembly="AG", rules=wanted)
    sent = _sent(version)
    form = ScaleForm(sent, kind=scale.shape.kind)
    kind = PointSet if scale.shape.kind == "curve" else TierSet
    own, training = kind(sent, prefix="rows"), TierSet(sent, prefix="training")
    assert form.is_valid(), form.errors
    assert own.is_valid()
    assert training.is_valid()
    made = rules_of(
        form,
        [row.cleaned_data for row in own.forms if row.is_written],
        [row.cleaned_data for row in training.forms if row.is_written],
    )
    found = read_scale(made)
    assert found.shape == scale.shape
    assert found.turnover == scale.turnover
    assert (found.fixed, found.floor, found.cap) == (scale.fixed, scale.floor, scale.cap)
    assert (found.franchise, found.exemptions) == (scale.franchise, scale.exemptions)
    assert found.per_category == scale.per_category


def _sent(version: ContributionScale) -> dict[str, Any]:
    values = values_of(version) | {"valid_from": "2026-01-01", "decided_on": "2026-01-01"}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    for prefix, found in (("rows", rows_of(version.rule.shape)), ("training", training_rows(version.rule))):
        sent |= {f"{prefix}-TOTAL_FORMS": "7", f"{prefix}-INITIAL_FORMS": "0"}
        for place, row in enumerate(found):
            sent |= {f"{prefix}-{place}-{name}": "" if one is None else str(one) for name, one in row.items()}
    return sent


@pytest.mark.parametrize("kind", [kind for kind, _label in SHAPES])
def test_each_shape_has_its_form(accountant: Client, kind: str) -> None:
    assert accountant.get(url("scale_add", forme=kind)).status_code == 200


def test_a_new_version_starts_from_the_last(accountant: Client) -> None:
    scale = books.scale(rules=books.monthly(fixed_per_month="30.00"))
    body = accountant.get(url("scale_add", version=scale.pk)).content.decode()
    assert 'value="13,50"' in body
    assert 'value="30,00"' in body


def test_a_scale_is_drawn_and_played_over_a_year_before_it_is_recorded(accountant: Client) -> None:
    books.scale(rules=books.flat("0.1000", "month"))
    low, high = make_activity(code="A1", name="Petit atelier"), make_activity(code="A2", name="Grand atelier")
    for activity, net in ((low, "1000.00"), (high, "90000.00")):
        books.take(activity, net, on=date(2025, 5, 10), number=f"F-{activity.code}")
        run_month(activity, Month(2025, 5), today=date(2025, 6, 1), actor=None)
    facts = SENT | {"essayer": "1", "annee": "2025"}
    answer = accountant.post(url("scale_add", forme="slices"), facts)
    assert answer.status_code == 200
    said = text(answer)
    # 10 % of 91 000 was given; 110 and 9 300 would have been.
    assert "9 100,00 €" in said
    assert "9 410,00 €" in said
    assert ContributionScale.objects.count() == 1
    found = simulate(answer.context["trying"] and read_scale(_rules()), 2025, today=date(2026, 7, 1))
    assert [(one.activity, one.change) for one in found.losers] == [
        (high, Decimal("300.00")),
        (low, Decimal("10.00")),
    ]
    assert (found.gainers, found.unchanged) == ((), 0)


def _rules() -> dict[str, Any]:
    tiers = [
        {"up_to": "40000.00", "rate": "0.11"},
        {"up_to": "80000.00", "rate": "0.10"},
        {"up_to": None, "rate": "0.09"},
    ]
    return {
        "base": {"turnover": "invoiced"},
        "shape": {"kind": "slices", "window": "year", "slices": tiers},
        "taken_on": "month",
    }


def test_a_proposal_on_documents_is_played_document_by_document() -> None:
    books.scale()
    activity = make_activity(code="A1")
    books.take(activity, "100.05", on=date(2025, 5, 10), number="F-1")
    books.take(activity, "100.05", on=date(2025, 5, 11), number="F-2")
    found = simulate(read_scale(books.flat("0.1")), 2025, today=date(2026, 1, 1))
    assert (found.now, found.then) == (Decimal("20.02"), Decimal("20.02"))


def test_what_is_being_typed_is_drawn_live(accountant: Client) -> None:
    partial = {name: value for name, value in SENT.items() if name not in ("label", "code", "valid_from")}
    answer = accountant.post(url("scale_try", forme="slices"), partial)
    assert answer.status_code == 200
    assert "<polyline" in answer.content.decode()
    wrong = accountant.post(url("scale_try", forme="slices"), BARE | rows("rows", ("10", "11")))
    assert "ne s’arrête pas" in text(wrong)
    halfway = accountant.post(url("scale_try", forme="slices"), SENT | {"rows-1-rate": ""})
    assert "Taux, en % : Donnez le taux de cette tranche" in text(halfway)


def test_a_form_sent_without_its_rows_is_refused_whole(accountant: Client) -> None:
    for rest in ({"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0"}, {}):
        answer = accountant.post(url("scale_add", forme="slices"), BARE | rest | SURE)
        assert answer.status_code == 422
        assert accountant.post(url("scale_try", forme="slices"), BARE | rest).status_code == 200
    assert not ContributionScale.objects.exists()


@pytest.mark.parametrize("case", cases("contribution"), ids=lambda case: case["id"])
def test_every_scale_seen_in_use_is_drawn(case: dict[str, Any]) -> None:
    data = case["input"].get("scale") or case["input"]["scales"][0]
    rules = {key: value for key, value in data.items() if key not in ("valid_from", "valid_to")}
    for chart in charts_of(read_scale(rules)):
        assert len(chart.rows) == 6
        assert all(line.points for line in chart.lines)
        assert chart.description


def test_an_exemption_is_granted_listed_and_ended(accountant: Client) -> None:
    activity = make_activity(code="A1", name="Atelier clair")
    facts = {
        "activity": activity.pk,
        "situation": "minima_sociaux",
        "waives": ["fixed"],
        "starts_on": "2026-03-01",
        "ends_on": "",
        "decided_by": "CSE du 3 mars 2026",
        "reason": "Attestation reçue",
    }
    assert accountant.post(url("exemption_add"), facts | {"reason": ""}).status_code == 422
    assert accountant.post(url("exemption_add"), facts).status_code == 302
    assert accountant.post(url("exemption_add"), facts).status_code == 422
    row = Exemption.objects.get()
    said = text(accountant.get(url("exemption_list")))
    assert "Atelier clair" in said
    assert "part fixe" in said
    assert accountant.post(url("exemption_end", row.pk), {"ends_on": "2025-01-01"}).status_code == 422
    assert accountant.post(url("exemption_end", row.pk), {"ends_on": "2026-05-31"}).status_code == 302
    assert accountant.get(url("exemption_list", export="csv")).status_code == 200


@pytest.mark.parametrize("name", ["scale_add", "exemption_add"])
@pytest.mark.parametrize("kind", [RoleKind.AUDITOR, RoleKind.CO_MANAGER, RoleKind.ENTREPRENEUR])
def test_only_the_accountant_decides(name: str, kind: str) -> None:
    client = client_of(make_user(kind))
    assert client.get(url(name)).status_code == 403
    assert client.post(url("scale_try"), SENT).status_code == 403
