"""The pages of the bank: imported, accepted, split, undone; what is typed stays when it is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.models import Account, BankLine, BankMatch, BankRule, BankStatement
from accounting.selectors.accounts import section_of, shared_section
from accounting.services.bank_accounts import change_bank_account
from accounting.states.bank import BankLineState, MatchKind
from cae.demonstration.loading.banking import SAVINGS_IBAN
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.accounting_bank import camt, make_bank_account, make_layout, make_line, make_lines
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import issued
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user(RoleKind.ACCOUNTANT))
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"accounting:{name}", args=args)


def upload(content: bytes, name: str = "releve.xml") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content)}


def test_the_statement_given_for_a_trial_is_imported(desk: Client) -> None:
    trial = Path(__file__).parents[3] / "docs" / "demonstration" / "releve-livret.xml"
    make_bank_account("Livret", iban=SAVINGS_IBAN)
    answer = desk.post(url("bank_import"), upload(trial.read_bytes()), follow=True)
    assert "4 lignes importées." in answer.content.decode()


def test_a_closed_account_is_offered_for_a_csv_and_says_why_it_refuses(desk: Client) -> None:
    account, layout = make_bank_account("Ancien compte"), make_layout()
    closed = {"label": "Ancien compte", "closed_on": date(2026, 3, 9), "layout": layout}
    change_bank_account(account, **closed, actor=None)
    assert "Ancien compte, clôturé le 09/03/2026" in desk.get(url("bank_import")).content.decode()
    csv = SimpleUploadedFile("mars.csv", b"Date;Libelle;Montant\n10/03/2026;FRAIS;-12,50\n")
    sent = {"file": csv, "account": account.pk, "layout": layout.pk, "closing": "987,50"}
    answer = desk.post(url("bank_import"), sent)
    assert (answer.status_code, BankStatement.objects.count()) == (422, 0)
    assert "est clôturé depuis le 09/03/2026" in answer.content.decode()


def test_a_file_is_imported_read_and_not_twice(desk: Client) -> None:
    make_bank_account()
    assert desk.get(url("bank")).status_code == 200
    content = camt(("2026-03-10", "-12.50", "FRAIS"), ("2026-03-11", "240.00", "VIR CLIENT A"))
    answer = desk.post(url("bank_import"), upload(content), follow=True)
    assert answer.status_code == 200
    assert "2 lignes importées." in answer.content.decode()
    again = desk.post(url("bank_import"), upload(content))
    assert again.status_code == 422
    assert "déjà été importé" in again.content.decode()
    assert BankStatement.objects.count() == 1
    for name in ("bank", "bank_lines", "bank_statements", "bank_sure", "bank_rules", "bank_layouts"):
        assert desk.get(url(name)).status_code == 200, name
    # « ² » is a digit that is no number.
    for words, found in (("12,50", True), ("12²", False), ("²", False)):
        page = desk.get(url("bank_lines"), {"q": words}).content.decode()
        assert ("FRAIS" in page, "VIR CLIENT A" in page) == (found, False), words


def test_a_line_is_accepted_then_the_next_one_is_shown(desk: Client) -> None:
    books.receipt(make_activity(), "240.00", number="F2026-0012", on=date(2026, 3, 9))
    first, second = make_lines(
        ("2026-03-10", "240.00", "VIR CLIENT A F2026-0012"), ("2026-03-12", "-9.90", "COTISATION")
    )
    shown = desk.get(first.get_absolute_url()).content.decode()
    assert "même montant · n° F2026-0012 dans le libellé" in shown
    entry = f"entry:{_entry_key()}"
    answer = desk.post(first.get_absolute_url(), {"do": "accept", "shown": 1, "key": entry})
    assert answer.headers["Location"] == second.get_absolute_url()
    late = desk.post(first.get_absolute_url(), {"do": "accept", "shown": 1, "key": entry}, follow=True)
    assert "n’est plus" in late.content.decode()
    assert BankMatch.objects.count() == 1


def _entry_key() -> int:
    return Account.objects.get(role="bank").lines.get().entry_id


def test_a_split_is_posted_and_teaches_a_rule_that_proposes_the_next(desk: Client) -> None:
    first, second = make_lines(
        ("2026-03-10", "-12.00", "COTISATION CARTE 03/2026"),
        ("2026-03-31", "-12.00", "COTISATION CARTE 04/2026"),
    )
    fees = Account.objects.get(number="627000")
    sent = {
        "do": "split",
        "shown": 1,
        "party": "La banque",
        "words": "COTISATION CARTE",
        "learn": "on",
        "parts-TOTAL_FORMS": 3,
        "parts-INITIAL_FORMS": 1,
        "parts-0-account": fees.pk,
        "parts-0-section": shared_section().pk,
        "parts-0-amount": "11,00",
        "parts-0-rate": "20",
    }
    wrong = desk.post(first.get_absolute_url(), sent)
    assert wrong.status_code == 422
    assert "ventilez la différence" in wrong.content.decode()
    assert "La banque" in wrong.content.decode()
    assert not BankRule.objects.exists()
    answer = desk.post(first.get_absolute_url(), {**sent, "parts-0-amount": "12,00"})
    assert answer.status_code == 302
    rule = BankRule.objects.get()
    assert (rule.words, rule.account, rule.vat_rate) == ("COTISATION CARTE", fees, Decimal("20.00"))
    assert "règle « COTISATION CARTE" in desk.get(second.get_absolute_url()).content.decode()
    desk.post(second.get_absolute_url(), {"do": "accept", "shown": 1, "key": f"rule:{rule.pk}"})
    assert BankMatch.objects.get(line=second).rule == rule
    desk.post(url("bank_rule", rule.pk))
    assert BankRule.objects.get().is_stopped


def test_a_line_waits_in_suspense_and_is_undone(desk: Client) -> None:
    line = make_line("-75.00", "PAIEMENT INCONNU")
    desk.post(line.get_absolute_url(), {"do": "wait", "shown": 1})
    line.refresh_from_db()
    assert line.state == BankLineState.MATCHED
    assert "En attente" in desk.get(line.get_absolute_url()).content.decode()
    assert desk.post(url("bank_undo", line.pk), {"shown": 2, "reason": ""}).status_code == 422
    assert desk.post(url("bank_undo", line.pk), {"shown": 2, "reason": "Retrouvé"}).status_code == 302
    line.refresh_from_db()
    assert (line.state, line.version) == (BankLineState.TO_MATCH, 3)
    balance = sum(one.debit - one.credit for one in Account.objects.get(role="bank").lines.all())
    assert balance == 0


def test_pieces_found_by_hand_pay_a_line_together(desk: Client) -> None:
    activity = make_activity()
    for number, amount in (("F-1", "100.00"), ("F-2", "140.00")):
        books.receipt(activity, amount, number=number, on=date(2026, 3, 9))
    line = make_line("240.00", "VIR RECU", "2026-03-10")
    shown = desk.get(line.get_absolute_url() + "?piece=client+a").content.decode()
    keys = [f"entry:{one.entry_id}" for one in Account.objects.get(role="bank").lines.order_by("pk")]
    assert all(f'value="{key}"' in shown for key in keys)
    (other,) = make_lines(("2026-03-12", "-1.00", "FRAIS"), opening="1240.00")
    sent = {"do": "items", "shown": 1, "items": keys}
    page = f"{line.get_absolute_url()}?piece=client+a"
    assert f'action="{page}"' in shown
    gone = desk.post(page, sent | {"items": [*keys, "entry:0"]}, follow=True).content.decode()
    assert ("Ce choix n’est plus ouvert" in gone, f'value="{keys[0]}"' in gone) == (True, True)
    assert not BankMatch.objects.exists()
    answer = desk.post(line.get_absolute_url() + "?etat=to_match&piece=client+a", sent)
    assert answer.headers["Location"] == f"{other.get_absolute_url()}?etat=to_match"
    assert BankMatch.objects.get().lines.count() == 2


def test_what_the_bank_kept_of_an_invoice_is_passed_beside_it(desk: Client) -> None:
    invoice = issued()
    paid = invoice.total_incl_tax - Decimal("1.50")
    line = make_line(str(paid), "VIR RECU NET DE FRAIS", "2026-03-20")
    page = f"{line.get_absolute_url()}?piece={invoice.number}"
    assert "Écart passé au compte" in desk.get(page).content.decode()
    sent = {"do": "items", "shown": 1, "items": [f"invoice:{invoice.pk}"]}
    fees, shared = Account.objects.get(number="627000"), shared_section()
    for wrong, said in (
        ({"gap-account": fees.pk}, "Choisissez la section de l’écart."),
        ({"gap-account": 0, "gap-section": shared.pk}, "dans leur liste"),
    ):
        assert said in desk.post(page, sent | wrong, follow=True).content.decode()
        assert not BankMatch.objects.exists()
    desk.post(page, sent | {"gap-account": fees.pk, "gap-section": shared.pk})
    match = BankMatch.objects.get()
    assert (match.kind, match.label) == (MatchKind.ITEMS, f"{invoice.number} · Client A, {fees.label}")
    assert invoice.payments.get().amount == invoice.total_incl_tax
    cost = fees.lines.get()
    assert (cost.debit, cost.analytic) == (Decimal("1.50"), shared)
    assert sum(one.debit - one.credit for one in Account.objects.get(role="bank").lines.all()) == paid
    desk.post(url("bank_undo", line.pk), {"shown": 2, "reason": "Autre facture"})
    assert sum(one.amount for one in invoice.payments.all()) == 0
    assert sum(one.debit - one.credit for one in fees.lines.all()) == 0


def test_sure_lines_are_accepted_together(desk: Client) -> None:
    section_of(activity := make_activity())
    books.receipt(activity, "240.00", number="F2026-0012", on=date(2026, 3, 9))
    line = make_line("240.00", "VIR CLIENT A F2026-0012", "2026-03-10")
    key = f"{line.pk}:1:entry:{_entry_key()}"
    assert f'value="{key}"' in desk.get(url("bank_sure")).content.decode()
    answer = desk.post(url("bank_sure"), {"lines": [key]}, follow=True)
    assert "1 ligne rapprochée." in answer.content.decode()
    assert "Aucune proposition n’est assez sûre." in answer.content.decode()


def test_pages_ask_as_much_for_one_line_as_for_thirty(desk: Client) -> None:
    activity = make_activity()
    books.receipt(activity, "1.00", number="F2026-0001", on=date(2026, 3, 9))
    first = _crowd(1, 1)
    for address in _addresses(first):
        desk.get(address)
    few = [_asked(desk, address) for address in _addresses(first)]
    for rank in range(2, 31):
        books.receipt(activity, f"{rank}.00", number=f"F2026-{rank:04d}", on=date(2026, 3, 9))
    _crowd(2, 31)
    many = [_asked(desk, address) for address in _addresses(first)]
    assert many == few


def _crowd(start: int, stop: int) -> BankLine:
    rows = [("2026-03-10", f"{rank}.00", f"VIR CLIENT A F2026-{rank:04d}") for rank in range(start, stop + 1)]
    known = BankStatement.objects.first()
    return make_lines(*rows, opening=str(known.closing) if known else "1000.00")[0]


def _addresses(line: BankLine) -> list[str]:
    return [line.get_absolute_url(), url("bank_lines"), url("bank_sure"), url("bank"), url("bank_statements")]


def _asked(desk: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(address).status_code == 200
    return len(asked)
