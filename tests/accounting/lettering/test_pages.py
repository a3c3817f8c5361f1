"""Pages of lettering, aged balances and lacks: what they say, what they refuse, how much they ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounting.models import Account, AnalyticAccount, Journal, Lettering
from accounting.selectors.accounts import section_of
from accounting.services.lettering import letter_lines
from accounting.services.lettering_bulk import letter_account
from cae.core.models import Job, NumberSeries
from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories.accounting_lettering import DAY, left, third
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def url(name: str, *keys: Any) -> str:
    return reverse(f"accounting:{name}", args=keys)


@pytest.fixture
def accountant(demonstration: None) -> Client:
    client = Client()
    client.force_login(make_user(RoleKind.ACCOUNTANT))
    return client


@pytest.fixture
def section() -> AnalyticAccount:
    return section_of(make_activity())


def customer() -> Account:
    return Account.objects.get(role="customer")


def text(response: Any) -> str:
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_lines_are_ticked_lettered_and_freed(accountant: Client, section: AnalyticAccount) -> None:
    owed, paid = third(section, "120.00", piece="F-7"), third(section, "-100.00", piece="REM-1")
    page = url("letter_account", customer().pk)
    shown = text(accountant.get(page))
    assert f'value="{owed.pk}"' in shown
    assert 'data-cents="-10000"' in shown
    assert 'value="' + str(paid.pk) not in text(accountant.get(page, {"q": "f-7"}))
    assert "Aucune ligne ouverte ne répond" in text(accountant.get(page, {"q": "absent"}))
    refused = accountant.post(page, {"lines": [owed.pk]})
    assert refused.status_code == 422
    assert "deux lignes" in text(refused)
    # What was ticked stays so.
    assert "checked" in text(refused).split(f'value="{owed.pk}"')[1].split(">")[0]
    said = text(accountant.post(page, {"lines": [owed.pk, paid.pk]}, follow=True))
    assert "2 lignes lettrées" in said
    assert "il reste 20,00 €" in said
    made = Lettering.objects.get()
    assert "lettré en partie" in said
    detail = made.get_absolute_url()
    assert "Reste au débit" in text(accountant.get(detail))
    assert made.code.lower() in text(accountant.get(url("lettering_list"), {"etat": "partiel"}))
    for state, count in (("entier", 0), ("partiel", 1), ("defait", 0)):
        answer = accountant.get(url("lettering_list"), {"etat": state, "q": "Client"})
        assert len(answer.context["list"].table.rows) == count
    undo = url("lettering_undo", made.pk)
    assert accountant.post(undo, {"reason": ""}).status_code == 422
    assert "est défait" in text(accountant.post(undo, {"reason": "Erreur"}, follow=True))
    assert left("customer") == ["120.00", "-100.00"]
    assert "Défaire" not in text(accountant.get(detail)).split("</header>")[-1].split("crumb")[0]
    listed = text(accountant.get(url("lettering_accounts")))
    assert "411000" in listed


def test_proposals_are_applied_after_a_look_or_all_at_once(
    accountant: Client, section: AnalyticAccount, django_capture_on_commit_callbacks: Any
) -> None:
    pairs = [
        (third(section, f"{rank}.00", piece=f"F-{rank}"), third(section, f"-{rank}.00", piece=f"F-{rank}"))
        for rank in range(1, 53)
    ]
    page = url("letter_proposals", customer().pk)
    shown = text(accountant.get(page))
    assert "52 propositions en tout" in shown
    assert "Même pièce, total nul" in shown
    first, second = ("-".join(str(line.pk) for line in pair) for pair in pairs[:2])
    assert accountant.post(page, {}).status_code == 422
    letter_lines(pairs[1], actor=None, on=DAY)
    said = text(accountant.post(page, {"groups": [first, second]}, follow=True))
    assert "1 lettrage fait." in said
    assert "déjà lettrée" in said
    # Another account's lines are not this one's to letter.
    bank = pairs[2][0].entry.lines.exclude(pk=pairs[2][0].pk).get()
    wrong = text(accountant.post(page, {"groups": [f"{bank.pk}-{pairs[2][0].pk}"]}, follow=True))
    assert "ligne d’un autre compte" in wrong
    answer = accountant.post(url("letter_all", customer().pk))
    job = Job.objects.get()
    assert answer["Location"] == reverse("core:job_detail", args=[job.pk])
    letter_account(job.pk, on=date(2026, 4, 1))
    job.refresh_from_db()
    assert (job.state, job.done, job.failures, left("customer")) == ("done", 50, [], [])
    assert "Rien n’est à proposer" in text(accountant.get(page))
    assert "Rien n’est à proposer" in text(accountant.post(url("letter_all", customer().pk), follow=True))


def test_the_aged_balance_opens_down_to_the_line(accountant: Client, section: AnalyticAccount) -> None:
    third(section, "120.00", due_on=date(2026, 3, 31), piece="F-1")
    third(section, "-7.00", party="")
    third(section, "-50.00", account="supplier", party="Imprimerie")
    home = url("aged_balance")
    shown = text(accountant.get(home, {"au": "2026-05-10"}))
    assert "113,00 €" in shown
    assert "dit la même somme" in shown
    inside = url("aged_section", section.pk)
    assert "Client A" in text(accountant.get(inside, {"au": "2026-05-10"}))
    lines = text(accountant.get(inside, {"au": "2026-05-10", "tiers": "Client A"}))
    assert "F-1" in lines.split('id="lignes"')[1]
    assert "-7" not in lines.split('id="lignes"')[1]
    assert "Sans tiers" in text(accountant.get(inside, {"au": "2026-05-10", "tiers": "-"}))
    assert "Imprimerie" in text(accountant.get(inside, {"cote": "fournisseurs"}))
    assert "Rien n’est ouvert" in text(accountant.get(home, {"au": "2025-01-01"}))
    # A day that is none is today.
    assert accountant.get(home, {"au": "32/01/2026", "cote": "personne"}).status_code == 200
    csv = accountant.get(home, {"au": "2026-05-10", "export": "csv"}).content.decode("utf-8-sig")
    assert "Client A;0;0;120,00;0;0;0;120,00" in csv.replace("0,00;", "0;") or "120,00" in csv
    for kind, start in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert accountant.get(inside, {"export": kind}).content.startswith(start)


def test_each_sees_their_own(section: AnalyticAccount, demonstration: None) -> None:
    user, activity = make_entrepreneur()
    client = Client()
    client.force_login(user)
    third(section_of(activity), "40.00", party="Mon client")
    own = text(client.get(url("own_aged", activity.pk)))
    assert "Mon client" in own
    assert client.get(url("own_aged", section.activity_id)).status_code == 404
    made = letter_lines([third(section, "1.00"), third(section, "-1.00")], actor=None, on=DAY)
    for name, keys in (
        ("aged_balance", ()),
        ("aged_section", (section_of(activity).pk,)),
        ("letter_account", (customer().pk,)),
        ("lettering_list", ()),
        ("lettering_detail", (made.pk,)),
        ("lettering_undo", (made.pk,)),
        ("lack_list", ()),
    ):
        assert client.get(url(name, *keys)).status_code == 403, name
    advisor = Client()
    advisor.force_login(make_user(RoleKind.ADVISOR))
    assert advisor.get(url("aged_section", section.pk)).status_code == 200
    assert advisor.get(url("letter_account", customer().pk)).status_code == 403
    # The auditor looks and changes nothing.
    auditor = Client()
    auditor.force_login(make_user(RoleKind.AUDITOR))
    page = url("letter_account", customer().pk)
    lines = [third(section, "2.00"), third(section, "-2.00")]
    assert 'name="lines"' not in text(auditor.get(page))
    assert auditor.post(page, {"lines": [line.pk for line in lines]}).status_code == 403
    assert Lettering.objects.count() == 1


def test_what_is_missing_is_said_and_repaired(accountant: Client, section: AnalyticAccount) -> None:
    Account.objects.filter(role="discount_granted").update(role=None)
    Journal.objects.filter(code="PA").delete()
    NumberSeries.objects.filter(code="ledger.PA").delete()
    bare = make_activity()
    AnalyticAccount.objects.filter(activity=bare).delete()
    shown = text(accountant.get(url("lack_list")))
    assert "« Remises accordées », que demandent : factures et avoirs" in shown
    assert "Le journal PA" in shown
    assert bare.name in shown
    assert "IBAN" in shown
    accountant.post(url("section_open", bare.pk))
    accountant.post(url("journals_restore"))
    assert section_of(Activity.objects.get(pk=bare.pk)).label == bare.name[:120]
    after = text(accountant.get(url("lack_list")))
    assert "Le journal PA" not in after
    assert "n’a pas de section analytique" not in after
    auditor = Client()
    auditor.force_login(make_user(RoleKind.AUDITOR))
    # Who may not repair is led nowhere.
    assert "Choisir le compte" not in text(auditor.get(url("lack_list")))


def test_an_account_is_lettered_or_not_by_choice(accountant: Client, section: AnalyticAccount) -> None:
    page = url("account_change", customer().pk)
    letter_lines([third(section, "1.00"), third(section, "-1.00")], actor=None, on=DAY)
    said = {"label": "Clients", "kind": "balance", "role": "customer"}
    assert "défaites-les d’abord" in text(accountant.post(page, said))
    assert customer().is_lettered
    accountant.post(url("account_add"), {"number": "467900", "label": "Divers", "kind": "balance"})
    accountant.post(url("account_add"), {"number": "606900", "label": "Divers", "kind": "expense"})
    kept = dict(Account.objects.filter(label="Divers").values_list("number", "is_lettered"))
    assert kept == {"467900": True, "606900": False}


def test_pages_ask_as_much_for_thirty_lines_as_for_one(
    accountant: Client, section: AnalyticAccount, django_assert_max_num_queries: Any
) -> None:
    def asked() -> list[int]:
        counts = []
        for address in (
            url("lettering_accounts"),
            url("letter_account", customer().pk),
            url("letter_proposals", customer().pk),
            url("lettering_list"),
            url("aged_balance"),
            url("aged_section", section.pk),
            url("lack_list"),
        ):
            with django_assert_max_num_queries(60) as counted:
                accountant.get(address)
            counts.append(len(counted))
        return counts

    def more(count: int) -> None:
        for rank in range(count):
            lines = [third(section, "9.00"), third(section, "-5.00"), third(section, f"{rank + 1}.00")]
            letter_lines(lines[:2], actor=None, on=DAY)
            third(section, "-3.00", piece=f"P-{rank}")
            third(section, "3.00", piece=f"P-{rank}")

    more(1)
    asked()
    first = asked()
    more(15)
    assert asked() == first


def test_an_entry_says_which_lettering_holds_its_lines(accountant: Client, section: AnalyticAccount) -> None:
    owed, paid = third(section, "3.00"), third(section, "-3.00")
    page = owed.entry.get_absolute_url()
    assert "lettre" not in text(accountant.get(page)).split("Lignes de l’écriture")[1]
    made = letter_lines([owed, paid], actor=None, on=DAY)
    assert f'href="{made.get_absolute_url()}"' in text(accountant.get(page))
