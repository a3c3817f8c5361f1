"""A proposed scale played over past years: figures kept once, printed, put before an assembly (ACC-22)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounting.calculations.contribution.trials import (
    TrialYear,
    Tried,
    from_json,
    spread,
    to_json,
    whole,
)
from accounting.models import ScaleTrial
from accounting.services.scale_trials import ask_for_trial, play_again
from accounting.tasks import run_scale_trial
from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.models import Job
from governance.models import Paper
from people.models import User
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.governance_assemblies import make_draft, make_item
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

TODAY = date(2026, 11, 20)


def tried(key: int, now: str, then: str) -> Tried:
    return Tried(key, f"Activité {key}", Decimal(now), Decimal(then))


def test_years_add_up_and_tell_who_gains_and_who_loses() -> None:
    years = (
        TrialYear("2024", (tried(1, "100.00", "80.00"), tried(2, "100.00", "130.00"))),
        TrialYear("2025", (tried(1, "100.00", "90.00"), tried(3, "50.00", "50.00"))),
    )
    assert from_json(to_json(years)) == years
    every = whole(years, "Toutes")
    assert (every.now, every.then, every.change) == (Decimal("350.00"), Decimal("350.00"), Decimal("0.00"))
    assert [row.activity for row in every.most_relieved] == [1]
    assert [row.activity for row in every.most_asked] == [2]
    assert every.unchanged == 1
    assert [row.activity for row in every.rows] == [1, 2, 3]


def test_each_change_has_its_place() -> None:
    thens = ("70.00", "90.00", "97.00", "100.00", "103.00", "110.00", "130.00")
    rows = [tried(rank, "100.00", then) for rank, then in enumerate(thens)]
    assert spread(rows) == [1, 1, 1, 1, 1, 1, 1]
    assert spread([tried(1, "0.00", "5.00")]) == [0, 0, 0, 0, 0, 0, 1]


@pytest.fixture
def sold() -> None:
    books.scale("0.1000")
    for rank, net in enumerate(("1000.00", "2000.00"), start=1):
        activity = make_activity(code=f"A{rank}")
        books.take(activity, net, number=f"F-{rank}")
        books.take(activity, net, number=f"G-{rank}", on=date(2025, 5, 2))


def ask(actor: User | None = None, **details: Any) -> tuple[ScaleTrial, Job]:
    facts = {
        "title": "12 % pour toutes",
        "rules": books.flat("0.1200"),
        "years": [2025, 2026],
        "today": TODAY,
    }
    return ask_for_trial(**facts | details, actor=actor)  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.usefixtures("sold", "demonstration")
def test_a_trial_is_computed_once_and_never_changes() -> None:
    with refused(Code.VALUE_MISSING, "title"):
        ask(title=" ")
    for years in ([], [2019]):
        with refused(Code.VALUE_MISSING, "years"):
            ask(years=years)
    trial, job = ask(make_user(RoleKind.ACCOUNTANT))
    run_scale_trial(job.pk)
    trial.refresh_from_db()
    found = from_json(trial.figures or [])
    assert [(year.label, year.now, year.then) for year in found] == [
        ("2025", Decimal("300.00"), Decimal("360.00")),
        ("2026", Decimal("300.00"), Decimal("360.00")),
    ]
    assert trial.document is not None
    assert read_document(trial.document).startswith(b"%PDF")
    with refused(Code.ALREADY_DONE):
        play_again(trial, actor=None)
    for changed in ({"figures": []}, {"title": "Autre"}, {"rules": {}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ScaleTrial.objects.filter(pk=trial.pk).update(**changed)


@pytest.mark.django_db
@pytest.mark.usefixtures("sold", "demonstration")
@time_machine.travel(TODAY)
def test_from_the_form_of_a_scale_to_the_papers_of_an_assembly() -> None:
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    trial = _kept_from_the_form(accountant)
    assert "Cet essai n’est pas encore calculé" in text(accountant.get(trial.get_absolute_url()))
    accountant.post(reverse("accounting:trial_again", args=[trial.pk]))
    run_scale_trial(Job.objects.latest("pk").pk)
    page = text(accountant.get(trial.get_absolute_url()))
    assert "La coopérative a reçu 300,00 €" in page
    assert "Donneraient plus 2" in page
    assert trial.title in text(accountant.get(reverse("accounting:trial_list")))
    _joined_to_an_assembly(trial)


def _kept_from_the_form(accountant: Client) -> ScaleTrial:
    sent = {
        "turnover": "invoiced",
        "taken_on": "document",
        "window": "document",
        "rate": "12",
        "year_starts": "1",
        "training-TOTAL_FORMS": "0",
        "training-INITIAL_FORMS": "0",
        "essai_titre": "",
        "essai_annee": ["2026"],
        "garder": "1",
    }
    address = reverse("accounting:scale_add")
    wrong = accountant.post(address, sent)
    assert wrong.status_code == 422
    assert "Donnez un intitulé à cet essai." in text(wrong)
    kept = accountant.post(address, sent | {"essai_titre": "12 % pour toutes"})
    assert kept.status_code == 302, text(kept)
    return ScaleTrial.objects.get()


def _joined_to_an_assembly(trial: ScaleTrial) -> None:
    organiser = client_of(make_user(RoleKind.CO_MANAGER))
    assembly = make_draft()
    item = make_item(assembly, "Barème")
    address = reverse("governance:paper_new", args=[assembly.pk])
    sent = {"item": item.pk, "title": "Essai du barème"}
    assert "l’un des deux" in text(organiser.post(address, sent))
    assert organiser.post(address, sent | {"trial": trial.pk}).status_code == 302
    paper = Paper.objects.get()
    trial.refresh_from_db()
    assert trial.document is not None
    assert (paper.item, paper.document.sha256) == (item, trial.document.sha256)
