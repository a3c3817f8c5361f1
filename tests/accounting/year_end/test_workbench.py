"""The workbench of a year: what each activity lacks, said to be ready, taken to its result, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Sum
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import BankLine, Entry, EntryLine, FiscalYear, VatReturn
from accounting.selectors import year_checks as registry
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.closing_checks import Missing
from accounting.selectors.contribution_year import CLOSING_TASK
from accounting.selectors.year_checks import activity_lacks, register_activity_check, year_checks
from accounting.selectors.year_checks_own import contribution_failed, contributions_open, vat_unfiled_of_year
from accounting.selectors.year_end import held_at_end, openings
from accounting.selectors.year_sections import YearRead, closing_of, year_progress, year_sections
from accounting.services.periods import ensure_year
from accounting.services.posting import post_entry
from accounting.services.year_closings import (
    ask_to_carry,
    prepare_year,
    resume_preparation,
    undo_carrying,
)
from accounting.services.year_end import carry_result, carry_section
from accounting.states.year_end import YearClosingState
from accounting.tasks import carry_year_now
from cae.core.errors import Code
from cae.core.models import Job, JobState
from entrepreneurs.models import Activity
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_ledger import close, make_manual
from tests.factories.accounting_pay_years import YEAR, a_year, compute
from tests.factories.accounting_year_end import (
    END,
    TODAY,
    close_before,
    make_year,
    moved,
    ready,
    sent,
    signed,
    year_2025,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def lacks_of(activity: Activity, year: FiscalYear) -> set[str]:
    return {one.code for one in activity_lacks(year).get(activity.pk, [])}


def balances() -> dict[str, Decimal]:
    rows = EntryLine.objects.filter(on__lte=END).order_by().values("account__number")
    sums = rows.annotate(sum=Sum(F("debit") - F("credit"))).exclude(sum=0)
    return dict(sums.values_list("account__number", "sum"))


def carried(year: FiscalYear, accountant: User) -> Job:
    job = ask_to_carry(year, actor=accountant)
    carry_year_now(job.pk)
    job.refresh_from_db()
    return job


def test_a_year_is_prepared_carried_again_and_undone() -> None:
    _user, activity, year = make_year()
    accountant = make_user(RoleKind.ACCOUNTANT)
    moved(shared_section(), "10.00", "70.00")
    with refused(Code.PERIOD_INVALID, said="n’est pas fini"):
        prepare_year(year, looked=True, today=END, actor=accountant)
    close_before(year)
    draft = make_manual(on=END)
    with refused(Code.BOOKS_UNSOUND, said="encore en préparation"):
        prepare_year(year, looked=True, today=TODAY, actor=accountant)
    type(draft).objects.filter(pk=draft.pk).update(state="discarded")
    with refused(Code.VALUE_MISSING, "looked"):
        prepare_year(year, looked=False, today=TODAY, actor=accountant)
    with refused(Code.ILLEGAL_MOVE, said="encore en préparation"):
        ask_to_carry(year, actor=accountant)
    closing = ready(year, actor=accountant)
    assert (closing.state, closing.moved_by) == (YearClosingState.READY, accountant)
    assert "La contribution de l’année n’est pas régularisée." in closing.remarks
    late = ask_to_carry(year, actor=accountant)
    assert resume_preparation(closing, actor=accountant).remarks == []
    # Asked while the year was ready, begun once it no longer is.
    carry_year_now(late.pk)
    late.refresh_from_db()
    assert (late.state, Entry.objects.filter(journal__code="RA").exists()) == (JobState.FAILED, False)
    ready(year, actor=accountant)

    before = balances()
    job = carried(year, accountant)
    assert (job.state, job.done, job.failures) == (JobState.DONE, 2, [])
    assert closing_of(year).state == YearClosingState.CARRIED
    assert held_at_end(year) == {}
    assert balances() == {"120000": Decimal(-600), "129000": Decimal(60), "512000": Decimal(540)}
    # Every section by itself; together, the cooperative: what opens the next year is what closed this one.
    following = FiscalYear(starts_on=END + timedelta(days=1), ends_on=END + timedelta(days=365))
    opened: dict[str, Decimal] = {}
    for one in openings(following):
        opened[one.account] = opened.get(one.account, Decimal(0)) + one.signed
    assert opened == balances()
    with refused(Code.ALREADY_DONE, said="Rien à porter"):
        ask_to_carry(year, actor=accountant)

    moved(section_of(activity), "5.00")
    assert carried(year, accountant).done == 1
    assert balances()["120000"] == Decimal(-605)
    with refused(Code.VALUE_MISSING, "reason"):
        undo_carrying(closing_of(year), reason=" ", actor=accountant)
    undone = undo_carrying(closing_of(year), reason="Facture oubliée", actor=accountant)
    assert undone.state == YearClosingState.READY
    assert balances() == before | {"706000": Decimal(-915), "512000": Decimal(545)}
    with refused(Code.ILLEGAL_MOVE, said="n’a pas été porté"):
        undo_carrying(undone, reason="Encore", actor=accountant)
    # A worker died after a section: the next takes up what is left, and comes to the same.
    assert carry_section(section_of(activity), year=year, actor=accountant) is not None
    assert carry_section(section_of(activity), year=year, actor=accountant) is None
    with refused(Code.ILLEGAL_MOVE, said="déjà portée"):
        resume_preparation(closing_of(year), actor=accountant)
    assert closing_of(year).state == YearClosingState.READY
    assert carried(year, accountant).done == 1
    assert (balances()["120000"], balances()["129000"]) == (Decimal(-605), Decimal(60))
    assert closing_of(year).state == YearClosingState.CARRIED
    close("2025-12")
    with refused(Code.PERIOD_CLOSED, "year"):
        undo_carrying(closing_of(year), reason="Trop tard", actor=accountant)
    with refused(Code.PERIOD_CLOSED, "year"):
        ask_to_carry(year, actor=accountant)


def test_what_each_activity_lacks_is_told_until_it_is_done() -> None:
    user, activity, year = make_year()
    row = sent(activity, year)
    assert lacks_of(activity, year) == {"statement"}
    read = YearRead(year)
    assert (year_progress(read).waiting, year_progress(read).accepted) == (1, 0)
    signed(row, user)
    assert lacks_of(activity, year) == set()
    done = year_progress(YearRead(year))
    assert (done.activities, done.complete, done.accepted, done.waiting) == (1, 1, 1, 0)
    moved(section_of(activity), "1.00")
    assert lacks_of(activity, year) == {"statement"}
    again = YearRead(year)
    assert (year_progress(again).accepted, again.to_review) == (0, {section_of(activity).pk})
    [section] = year_sections(again)
    assert (section.result, section.is_to_review, section.statement) == (Decimal("601.00"), True, row)


def test_pay_contribution_and_vat_are_looked_at() -> None:
    make_cooperative()
    _user, activity = a_year()
    year = year_2025()
    assert lacks_of(activity, year) == {"pay", "statement"}
    compute()
    assert lacks_of(activity, year) == {"statement"}
    assert year.span == YEAR

    assert contributions_open(year) is not None
    assert contribution_failed(year) == {}
    failure = {"label": "Atelier", "reason": "Aucun barème.", "id": activity.pk}
    Job.objects.create(
        task=CLOSING_TASK,
        label="Régularisation",
        author=make_user(),
        state=JobState.DONE,
        arguments={"year": 2025},
        failures=[failure, failure | {"id": None}],
    )
    assert contributions_open(year) is None
    assert {key: one.sentence for key, one in contribution_failed(year).items()} == {
        activity.pk: "Contribution non régularisée : Aucun barème."
    }
    assert vat_unfiled_of_year(year) is None


def test_a_check_is_registered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_activities", {})
    lack = Missing("Rien ne va.", "")

    def find(_year: FiscalYear) -> dict[int, Missing]:
        return {7: lack}

    register_activity_check("mine", label="Le mien", find=find)
    with pytest.raises(ValueError, match="registered twice"):
        register_activity_check("mine", label="Le mien", find=find)
    assert [(one.code, one.missing) for one in activity_lacks(FiscalYear())[7]] == [("mine", lack)]


def test_the_workbench_shows_filters_and_acts() -> None:
    user, activity, year = make_year()
    other = make_activity(code="FORGE")
    moved(section_of(other), "20.00")
    close_before(year)
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    page = reverse("accounting:year_workbench", args=["2025-01"])
    shown = text(accountant.get(page))
    for words in ("Clôture : exercice 2025", "Mois de l’exercice", "Le relevé n’est pas envoyé.", "600,00"):
        assert words in shown
    for query, found in (
        ("avancement=complete", 0),
        ("avancement=left", 2),
        ("manque=pay", 0),
        ("manque=statement", 2),
        ("releve=none", 2),
        ("releve=review", 0),
        ("releve=to_sign", 0),
        ("q=forge", 1),
    ):
        assert accountant.get(f"{page}?{query}").context["list"].count.rows == found, query
    signed(sent(activity, year), user)
    for query, found in (("avancement=complete", 1), ("releve=signed", 1), ("releve=none", 1)):
        assert accountant.get(f"{page}?{query}").context["list"].count.rows == found, query
    sheet = accountant.get(f"{page}?export=csv").content.decode()
    assert "Le relevé n’est pas envoyé." in sheet

    answer = accountant.post(page + "preparer/", {})
    assert answer.status_code == 422
    assert "Dites que vous avez regardé" in text(answer)
    assert accountant.post(page + "preparer/", {"looked": "on"}).url == page
    assert "Porter au résultat" in text(accountant.get(page))
    assert accountant.post(page + "resultat/").url.startswith("/travaux/")
    carry_year_now(Job.objects.latest("pk").pk)
    assert "Résultat porté" in text(accountant.get(page))
    assert accountant.post(page + "resultat/defaire/", {"reason": "Oubli"}).url == page
    assert accountant.post(page + "reprendre/").url == page
    assert accountant.post(page + "releves/").url.startswith("/travaux/")
    assert accountant.post(page + "releves/relancer/").url == page

    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert "Tout est prêt" not in text(auditor.get(page))
    assert auditor.post(page + "resultat/").status_code == 403
    assert client_of(user).get(page).status_code == 403
    assert accountant.get(reverse("accounting:year_workbench", args=["1999-01"])).status_code == 404
    assert accountant.get(reverse("accounting:year_workbench", args=["rien"])).status_code == 404


def test_the_workbench_costs_the_same_for_1_and_30_activities() -> None:
    _user, _activity, year = make_year()
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    page = reverse("accounting:year_workbench", args=["2025-01"])

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert accountant.get(page).status_code == 200
        return len(counted)

    asked()
    few = asked()
    for rank in range(29):
        moved(section_of(make_activity(code=f"X{rank}")), "1.00")
    assert len(year_sections(YearRead(year))) == 30
    assert asked() == few


def test_the_house_checks_are_those_of_the_last_month() -> None:
    make_cooperative()
    moved(shared_section(), "10.00")
    year = year_2025()
    named = {str(check.label): check.missing for check in year_checks(year)}
    assert named["Mois de l’exercice"] is not None
    assert named["Mois de l’exercice"].count == 11
    assert not BankLine.objects.exists()
    assert named["Banque"] is None
    assert not VatReturn.objects.exists()
    assert named["TVA de l’exercice"] is None
    assert Entry.objects.count() == 1
    move: Callable[..., Any] = moved
    move(shared_section(), "1.00")
    close_before(year)
    assert {str(check.label): check.missing for check in year_checks(year)}["Mois de l’exercice"] is None


def test_a_result_of_years_before_that_nothing_took_is_pointed_at() -> None:
    section = shared_section()
    moved(section, "40.00", on=date(2024, 5, 2))
    moved(section, "10.00")
    year = year_2025()

    def former() -> Missing | None:
        return next(one.missing for one in year_checks(year) if str(one.label) == "Exercices d’avant")

    found = former()
    assert found is not None
    assert (found.count, found.url) == (1, "")
    assert "s’ajouterait au sien" in found.sentence
    before = ensure_year(date(2024, 12, 31), actor=None)
    found = former()
    assert found is not None
    assert found.url == reverse("accounting:year_workbench", args=["2024-01"])
    carry_result(before, actor=None)
    found = former()
    assert found is not None
    assert "n’est pas affecté" in found.sentence
    lines = (debit("result_profit", section.pk, Decimal(40)), credit("110000", section.pk, Decimal(40)))
    post_entry(EntryDraft("OD", date(2025, 6, 2), "Affectation", lines), actor=None, source=None)
    carry_result(year, actor=None)
    assert former() is None
