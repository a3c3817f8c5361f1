"""The pages of months and of entries by hand, as an accountant uses them and as others do not."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounting.models import Closing, Entry, EntryModel, ManualEntry, Period, PlannedReversal, RecurringEntry
from cae.core.periods import Month
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_ledger import make_manual, make_model, make_recurring, post
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

HEAD = {"lines-INITIAL_FORMS": "0", "lines-MIN_NUM_FORMS": "0", "lines-MAX_NUM_FORMS": "200"}


@pytest.fixture
def accountant(client: Client) -> User:
    make_cooperative()
    user = make_user(RoleKind.ACCOUNTANT)
    client.force_login(user)
    return user


def rows(*lines: tuple[str, str, str, str]) -> dict[str, str]:
    typed = HEAD | {"lines-TOTAL_FORMS": str(len(lines))}
    for place, cells in enumerate(lines):
        names = ("account", "section", "debit", "credit")
        typed |= {f"lines-{place}-{name}": cell for name, cell in zip(names, cells, strict=True)}
    return typed


def sheet(**changes: Any) -> dict[str, Any]:
    journal = str(_journal())
    return {
        "journal": journal,
        "on": "2026-11-03",
        "label": "Frais",
        "form_key": str(uuid4()),
    } | changes


def _journal() -> int:
    return make_manual().journal_id


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_month_is_read_closed_reopened_and_locked(client: Client, accountant: User) -> None:
    month = Month.of(timezone.localdate()).previous()
    post(month.first)
    draft = make_manual(on=month.first)
    page = reverse("accounting:month_detail", args=[str(month)])
    assert "1 écriture est encore en préparation." in text(client.get(page))
    close = reverse("accounting:month_close", args=[str(month)])
    refusal = client.post(close)
    assert (refusal.status_code, Period.objects.count()) == (422, 0)
    assert "ne peut pas être clos" in text(refusal)
    client.post(reverse("accounting:manual_discard", args=[draft.pk]), {"version": "1"})
    assert client.post(close, follow=True).status_code == 200
    assert Closing.objects.get().closed_by == accountant
    assert "Certificat de clôture n° 1" in text(client.get(page))
    listed = text(client.get(reverse("accounting:month_list"), {"exercice": f"{month.year}-01"}))
    assert "n° 1" in listed
    reopen = reverse("accounting:month_reopen", args=[str(month)])
    assert client.post(reopen, {"reason": ""}).status_code == 422
    client.post(reopen, {"reason": "Facture oubliée"})
    assert Period.objects.get().reopened_reason == "Facture oubliée"
    client.post(close)
    client.post(reverse("accounting:month_lock", args=[str(month)]))
    assert Period.objects.get().state == "locked"
    for wrong in ("2026-13", "septembre"):
        assert client.get(reverse("accounting:month_detail", args=[wrong])).status_code == 404
        assert client.get(reverse("accounting:month_list"), {"exercice": wrong}).status_code == 404


def test_a_year_of_another_length_is_opened_on_its_page(client: Client, accountant: User) -> None:
    page = reverse("accounting:fiscal_year_open")
    assert client.post(page, {"starts_on": "2027-01-01", "ends_on": "2027-02-15"}).status_code == 422
    assert client.post(page, {"starts_on": "2027-01-01", "ends_on": "2028-06-30"}).status_code == 302
    ending = reverse("accounting:fiscal_year_close", args=["2027-01"])
    assert client.get(ending).status_code == 200
    assert client.post(ending).status_code == 422
    assert client.get(reverse("accounting:fiscal_year_close", args=["2030-01"])).status_code == 404


def test_an_entry_is_typed_without_script_then_validated(client: Client, accountant: User) -> None:
    page = reverse("accounting:manual_new")
    typed = sheet() | rows(("627000", "Services communs", "12,50", ""), ("", "", "", ""))
    more = client.post(page, typed | {"act": "rows"})
    assert more.status_code == 200
    assert 'value="12,50"' in text(more)
    assert 'name="lines-5-account"' in text(more)
    pasted = client.post(page, typed | {"act": "paste", "pasted": "512000;SHARED;Frais;;12,50"})
    assert 'value="SHARED"' in text(pasted)
    wrong = client.post(page, typed | rows(("999999", "Ailleurs", "12,50", "1")))
    assert wrong.status_code == 422
    assert "Ce compte n’est pas au plan" in text(wrong)
    assert "Aucune section ne porte ce nom" in text(wrong)
    both = client.post(page, typed | rows(("627000", "SHARED", "12,50", "1")))
    assert "Un montant positif, au débit ou au crédit" in text(both)
    whole = typed | rows(("627000 Frais", "Services communs", "12,50", ""), ("512000", "shared", "", "12,50"))
    first, second = client.post(page, whole), client.post(page, whole)
    assert first["Location"] == second["Location"]
    draft = ManualEntry.objects.latest("pk")
    edit = reverse("accounting:manual_edit", args=[draft.pk])
    assert 'value="627000"' in text(client.get(edit))
    assert client.post(edit, whole | {"version": "1"}).status_code == 302
    stale = client.post(edit, whole | {"version": "1"})
    assert (stale.status_code, "Quelqu’un a modifié cette écriture" in text(stale)) == (422, True)
    attach = reverse("accounting:manual_attach", args=[draft.pk])
    client.post(attach, {"file": SimpleUploadedFile("ticket.pdf", b"%PDF-1.4 ticket")})
    assert "ticket.pdf" in text(client.get(draft.get_absolute_url()))
    validate = reverse("accounting:manual_validate", args=[draft.pk])
    client.post(validate)
    assert not Entry.objects.exists()
    client.post(validate, {"version": "2"})
    entry = Entry.objects.get()
    assert entry.created_by == accountant
    reverse_page = reverse("accounting:entry_reverse", args=[entry.pk])
    assert "Contre-passer" in text(client.get(entry.get_absolute_url()))
    client.post(reverse_page, {"on": "2199-01-01", "reason": "Extourne"})
    plan = PlannedReversal.objects.get()
    assert "Ne plus contre-passer" in text(client.get(entry.get_absolute_url()))
    client.post(reverse("accounting:planned_drop", args=[plan.pk]))
    assert client.post(reverse_page, {"on": "2000-01-01", "reason": "Erreur"}).status_code == 422
    client.post(reverse_page, {"on": timezone.localdate().isoformat(), "reason": "Erreur"})
    assert "est déjà contre-passée" in text(client.post(reverse_page, {"on": "2199-01-01", "reason": "x"}))


def test_a_model_is_typed_used_and_subscribed_to(client: Client, accountant: User) -> None:
    page, typed = reverse("accounting:model_new"), sheet(name="Loyer")
    uneven = rows(("627000", "SHARED", "100 %", ""), ("512000", "SHARED", "", "50 %"))
    assert "n’est pas équilibré" in text(client.post(page, typed | uneven))
    unread = client.post(
        page, typed | rows(("627000", "SHARED", "beaucoup", ""), ("512000", "SHARED", "", ""))
    )
    assert "Un montant (120,00) ou une part (50 %)" in text(unread)
    assert "jusqu’à 100 %" in text(client.post(page, typed | rows(("627000", "SHARED", "101 %", ""))))
    assert "et pas les deux" in text(client.post(page, typed | rows(("627000", "SHARED", "1", "1"))))
    assert 'name="lines-5-account"' in text(client.post(page, typed | uneven | {"act": "rows"}))
    even = rows(("627000", "SHARED", "100 %", ""), ("512000", "SHARED", "", "100 %"))
    client.post(page, typed | even)
    model = EntryModel.objects.get()
    assert 'value="100,00 %"' in text(client.get(reverse("accounting:model_edit", args=[model.pk])))
    edit = reverse("accounting:model_edit", args=[model.pk])
    assert client.post(edit, typed | even | {"version": "1"}).status_code == 302
    new = reverse("accounting:manual_new")
    filled = text(client.get(new, {"modele": model.pk, "total": "900"}))
    assert filled.count('value="900,00"') == 2
    assert "donnez le total" in text(client.get(new, {"modele": model.pk}, follow=True))
    asked = {"model": model.pk, "label": "Loyer", "total": "900", "every": "month", "first_on": "2026-12-01"}
    client.post(reverse("accounting:recurring_new"), asked | {"form_key": str(uuid4())})
    rent = RecurringEntry.objects.get()
    act = "accounting:recurring_act"
    client.post(reverse("accounting:recurring_skip", args=[rent.pk]), {"on": "2026-12-01"})
    client.post(reverse("accounting:recurring_skip", args=[rent.pk]), {"on": "hier"})
    rent.refresh_from_db()
    assert rent.next_on == date(2027, 1, 1)
    client.post(reverse(act, args=[rent.pk, "pause"]))
    assert "En pause" in text(client.get(rent.get_absolute_url()))
    assert "terminez-le d’abord" in text(
        client.post(reverse("accounting:model_withdraw", args=[model.pk]), follow=True)
    )
    client.post(reverse(act, args=[rent.pk, "terminer"]))
    client.post(reverse("accounting:model_withdraw", args=[model.pk]))
    assert "Ce modèle est retiré" in text(client.get(model.get_absolute_url()))
    assert client.post(reverse(act, args=[rent.pk, "voler"])).status_code == 404


@pytest.mark.parametrize(
    "name", ["manual_list", "model_list", "recurring_list", "planned_list", "month_list"]
)
def test_a_list_asks_as_much_of_the_database_for_thirty_rows_as_for_one(
    name: str, client: Client, accountant: User
) -> None:
    page = reverse(f"accounting:{name}")

    def fill(count: int) -> int:
        for _turn in range(count):
            model = make_model(uuid4().hex)
            make_recurring(model, first_on=date(2026, 12, 1))
            make_manual()
            entry = post(date(2026, 11, 3))
            PlannedReversal.objects.create(entry=entry, on=date(2026, 12, 1), reason="Extourne")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    client.get(page)
    assert fill(1) == fill(9)


def test_others_read_nothing_and_readers_write_nothing(client: Client) -> None:
    make_cooperative()
    draft = make_manual()
    client.force_login(make_user(RoleKind.CO_MANAGER))
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(reverse("accounting:manual_new")).status_code == 403
    assert client.post(reverse("accounting:manual_validate", args=[draft.pk])).status_code == 403
    client.force_login(make_user(RoleKind.ENTREPRENEUR))
    assert client.get(draft.get_absolute_url()).status_code == 403
    assert client.get(reverse("accounting:month_list")).status_code == 403
    assert draft.lines.count() == 2
