"""A line of the journal says who, when, from where, and each value before and after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cae.core import audit, settings
from cae.core.identity import change_identity
from cae.core.journal_words import told
from cae.core.models import AuditEntry, Cooperative
from people.states import RoleKind
from tests.factories.kernel import make_author, make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ({"legal_name": ["A", "B"]}, ["dénomination : A → B"]),
        ({"city": ["", "Dax"]}, ["ville : ∅ → Dax"]),
        (
            {"before": {"city": "Dax", "bic": "X"}, "after": {"city": "Pau", "bic": "X"}},
            ["ville : Dax → Pau"],
        ),
        ({"before": [1], "after": [1, 2]}, ["contenu : 1 → 1, 2"]),
        ({"core.message": ["now", "weekly"]}, ["Message sur un dossier que je suis : now → weekly"]),
        ({"reason": "Vote", "from": "2026-12-01"}, ["motif : Vote", "à partir du : 01/12/2026"]),
        ({"accepted": True, "unknown": None, "x": ["False", "True"]}, ["accepté : oui", "x : non → oui"]),
        ({"before": {"nom": "A"}}, ["avant : nom A"]),
    ],
)
def test_a_detail_is_said_in_people_s_words(detail: dict[str, Any], said: list[str]) -> None:
    entry = audit.record(make_author(), "core.cooperative.change", make_cooperative(), detail=detail)
    assert [str(one) for one in told(entry)] == said


def test_a_kind_of_row_that_is_gone_is_still_said() -> None:
    entry = AuditEntry(about_type="old.thing", about_id="1", detail={"x": ["1", "2"]})
    assert [str(one) for one in told(entry)] == ["x : 1 → 2"]


def test_a_parameter_and_the_identity_say_what_was_before() -> None:
    settings.set_setting(
        "core.quiet_evening", value="21", valid_from=date(2026, 12, 1), actor=make_author(), reason="Vote"
    )
    entry = AuditEntry.objects.get(verb="core.setting.set")
    assert entry.detail["value"] == ["20", "21"]
    facts = {
        field.name: getattr(make_cooperative(), field.name)
        for field in Cooperative._meta.concrete_fields
        if field.name not in ("id", "author", "created_at")
    }
    change_identity(
        Cooperative(**(facts | {"valid_from": date(2027, 1, 1), "city": "Pau"})), actor=make_author("b@x.fr")
    )
    entry = AuditEntry.objects.get(verb="core.cooperative.change")
    assert entry.detail == {"city": ["Bordeaux", "Pau"], "from": "2027-01-01"}


def test_an_act_asked_by_a_page_bears_its_address_and_one_of_the_house_none() -> None:
    user = make_user()
    client_of(user).post("/avis/preferences/", {"core.message": "weekly"}, REMOTE_ADDR="192.0.2.7")
    entry = AuditEntry.objects.get(verb="core.notices.choose")
    assert entry.ip == "192.0.2.7"
    assert audit.record(None, "core.job.resume", user).ip is None
    audit.seal_waiting()
    assert list(audit.faults()) == []


def test_the_page_of_an_act_shows_it_whole() -> None:
    admin = make_user(RoleKind.ADMINISTRATOR)
    with audit.coming_from("192.0.2.7"):
        about = make_cooperative()
        entry = audit.record(admin, "core.cooperative.change", about, detail={"city": ["Dax", "Pau"]})
    audit.record(None, "core.job.resume", about)
    audit.seal_waiting()
    entry.refresh_from_db()
    client = client_of(admin)
    assert entry.link in client.get(reverse("core:journal")).content.decode()
    page = text(client.get(entry.link))
    for words in (
        "Identité de la coopérative changée",
        "192.0.2.7",
        "Ville Dax Pau",
        entry.seal,
        "Travail repris",
    ):
        assert words in page
    assert client_of(make_user(RoleKind.ACCOUNTANT)).get(entry.link).status_code == 403


def test_the_export_says_what_the_list_cuts_short() -> None:
    admin = make_user(RoleKind.ADMINISTRATOR)
    long = "mot " * 60
    audit.record(admin, "core.cooperative.change", make_cooperative(), detail={"reason": long})
    client = client_of(admin)
    assert long.strip() not in text(client.get(reverse("core:journal")))
    assert long.strip() in client.get(reverse("core:journal") + "?export=csv").content.decode()
