"""Statements come in once, in their order, to the cent; the database has the last word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounting.models import Account, BankAccount, BankLayout, BankLine, BankStatement
from accounting.selectors.bank import is_removable, standings
from accounting.services import bank_importing
from accounting.services.accounts import add_account
from accounting.services.bank_accounts import change_bank_account, keep_layout, open_bank_account
from accounting.services.bank_importing import Given, Imported, bring_file, import_statements
from accounting.services.bank_matching import undo_match
from accounting.services.bank_removing import remove_statement
from accounting.tasks import import_bank_file
from cae.core.errors import Code
from cae.core.models import AuditEntry, Document, Job
from people.states import RoleKind
from tests.factories.accounting_bank import (
    IBAN,
    OTHER_IBAN,
    TODAY,
    camt,
    make_bank_account,
    make_lines,
    matched,
)
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

FIRST = (
    ("2026-03-02", "-2.00", "PARKING"),
    ("2026-03-02", "-2.00", "PARKING"),
    ("2026-03-10", "240.00", "VIR"),
)


def bring(content: bytes, name: str = "releve.xml", **said: object) -> Imported:
    return import_statements(Given(content, name, **said), actor=None, today=TODAY)  # type: ignore[arg-type]


def second_account(number: str = "512100") -> Account:
    return add_account(number=number, label="Livret", kind="balance", role=None, actor=None)


def test_what_is_known_already_is_left_and_the_balance_runs_on() -> None:
    make_bank_account()
    (first,) = bring(camt(*FIRST)).statements
    assert (first.opening, first.total, first.closing) == (Decimal(1000), Decimal(236), Decimal(1236))
    (second,) = bring(camt(*FIRST, ("2026-03-12", "-36.00", "FRAIS"))).statements
    assert (second.line_count, second.known_count, second.previous) == (1, 3, first)
    assert (second.opening, second.closing) == (Decimal(1236), Decimal(1200))
    assert BankLine.objects.count() == 4
    (standing,) = standings(TODAY)
    assert (standing.at_bank, standing.in_books, standing.to_match) == (Decimal(1200), Decimal(0), 4)


def test_a_file_that_would_hide_something_is_refused_whole() -> None:
    make_bank_account()
    bring(camt(*FIRST))
    with refused(Code.DUPLICATE, "file", "déjà été importé"):
        bring(camt(*FIRST))
    with refused(Code.ALREADY_DONE, "file", "déjà connues"):
        bring(camt(*FIRST[1:], opening="998.00"))
    with refused(Code.FILE_REFUSED, "file", "il manque"):
        bring(camt(("2026-03-12", "-36.00", "FRAIS"), opening="1236.00", closing="1300.00"))
    with refused(Code.FILE_REFUSED, "file", "écart de"):
        bring(camt(("2026-03-20", "-36.00", "FRAIS"), opening="1500.00"))
    with refused(Code.FILE_REFUSED, "file", "n’est pas déclaré"):
        bring(camt(("2026-03-20", "-36.00", "FRAIS"), iban=OTHER_IBAN))
    with refused(Code.FILE_REFUSED, "file", "programme"):
        bring(b"#!/bin/sh")
    with refused(Code.FILE_REFUSED, "file", "incomplet"):
        bring(camt(*FIRST)[:600])
    with refused(Code.VALUE_MISSING, "layout", "ni CAMT.053 ni OFX"):
        bring(b"date;montant", "releve.csv")


def test_another_account_of_the_file_is_left_out_and_told() -> None:
    make_bank_account()
    ours, theirs = camt(*FIRST).decode(), camt(*FIRST, iban=OTHER_IBAN).decode()
    private = theirs[theirs.index("<Stmt>") : theirs.index("</BkToCstmrStmt>")]
    brought = bring(ours.replace("</BkToCstmrStmt>", f"{private}</BkToCstmrStmt>").encode())
    assert ([one.bank_account.iban for one in brought.statements], brought.left_out) == ([IBAN], ["…2606"])


def test_a_csv_says_what_its_layout_reads_and_no_more() -> None:
    account = make_bank_account()
    columns = {"value_on_column": None, "detail_column": None, "debit_column": None, "credit_column": None}
    typed = columns | {"counterparty_column": None, "iban_column": None, "reference_column": None}
    typed |= {"separator": ";", "encoding": "utf-8-sig", "header_lines": 1, "day_format": "%d/%m/%Y"}
    typed |= {"decimal_sign": ",", "booked_on_column": 1, "label_column": 2, "amount_column": 3}
    layout = keep_layout(None, actor=None, name="Banque du Port", **typed)
    content = "Date;Libellé;Montant\n12/03/2026;FRAIS;-9,00\n10/03/2026;VIR;240,00\n".encode()
    said = {"layout": layout, "account": account}
    with refused(Code.VALUE_MISSING, "closing"):
        bring(content, "releve.csv", **said)
    (statement,) = bring(content, "releve.csv", **said, closing=Decimal("1231.00")).statements
    assert (statement.opening, [str(line.amount) for line in statement.lines.order_by("position")]) == (
        Decimal(1000),
        ["240.00", "-9.00"],
    )
    with refused(Code.DUPLICATE, "name"):
        keep_layout(None, actor=None, **typed, name="banque du port")
    with refused(Code.VALUE_INVALID, "amount_column"):
        keep_layout(layout, actor=None, **typed | {"amount_column": None, "debit_column": 3}, name="Autre")
    changed = keep_layout(layout, actor=None, **typed | {"header_lines": 2}, name="Banque du Port")
    assert (BankLayout.objects.get(), changed.header_lines) == (changed, 2)


def test_an_account_is_declared_once_on_an_account_of_its_own() -> None:
    account = make_bank_account()
    usual, spare = account.account, second_account()
    with refused(Code.DUPLICATE, "iban"):
        make_bank_account("Autre", account=spare)
    with refused(Code.DUPLICATE, "account"):
        make_bank_account("Autre", iban=OTHER_IBAN, account=usual)
    with refused(Code.VALUE_INVALID, "account"):
        make_bank_account("Autre", iban=OTHER_IBAN, account=Account.objects.get(number="471000"))
    with refused(Code.VALUE_INVALID, "iban"):
        open_bank_account(label="Faux", iban="FR7630006000011234567890188", account=usual, actor=None)
    make_lines(("2026-03-10", "-9.00", "FRAIS"))
    with refused(Code.DATE_INVALID, "closed_on"):
        change_bank_account(account, label="X", closed_on=date(2026, 3, 9), layout=None, actor=None)
    closed = change_bank_account(
        account, label="Ancien", closed_on=date(2026, 3, 10), layout=None, actor=None
    )
    assert (closed.label, closed.is_open(date(2026, 3, 11))) == ("Ancien", False)
    with refused(Code.VALUE_INVALID, "file", "clôturé"):
        bring(camt(("2026-03-12", "-9.00", "FRAIS"), opening="991.00"))


def test_a_long_file_is_a_job_that_ends_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank_importing, "MOST_AT_ONCE", 2)
    make_bank_account()
    job = bring_file(Given(camt(*FIRST), "releve.xml"), actor=make_user(RoleKind.ACCOUNTANT), today=TODAY)
    assert isinstance(job, Job)
    assert not BankStatement.objects.exists()
    import_bank_file(job.pk)
    import_bank_file(job.pk)
    job.refresh_from_db()
    assert (job.state, BankStatement.objects.get().line_count) == ("done", 3)


def test_a_wrong_statement_goes_whole_while_nothing_of_it_was_matched() -> None:
    actor = make_user(RoleKind.ACCOUNTANT)
    first_lines = make_lines(*FIRST)
    wrong = camt(("2026-03-12", "-36.00", "FRAIS"), opening="1236.00")
    (second,) = bring(wrong).statements
    first = first_lines[0].statement
    with refused(Code.ILLEGAL_MOVE, said=f"Le {second} continue celui-ci"):
        remove_statement(first, reason="Erreur", actor=actor)
    with refused(Code.VALUE_MISSING, "reason"):
        remove_statement(second, reason=" ", actor=actor)
    key, document = second.pk, second.document
    assert is_removable(second)
    remove_statement(second, reason="Fichier d’une autre année", actor=actor)
    with refused(Code.ALREADY_DONE, said="déjà été retiré"):
        remove_statement(BankStatement(pk=key, bank_account=first.bank_account), reason="Bis", actor=actor)
    assert (BankStatement.objects.get(), BankLine.objects.count()) == (first, 3)
    assert Document.objects.filter(pk=document.pk).exists()
    act = AuditEntry.objects.get(verb="accounting.remove_statement")
    assert (act.actor, act.detail["reason"]) == (actor, "Fichier d’une autre année")
    # The same file comes in again, after the one that was missing before it.
    (again,) = bring(wrong).statements
    undo_match(matched(again.lines.get()), reason="Erreur", shown=2, actor=actor, today=timezone.localdate())
    assert not is_removable(again)
    with refused(Code.ILLEGAL_MOVE, said="1 ligne de ce relevé a été rapprochée"):
        remove_statement(again, reason="Erreur", actor=actor)


def test_the_database_has_the_last_word() -> None:
    (line, *_rest) = make_lines(*FIRST)
    statement = BankStatement.objects.get()
    for change in (
        lambda: BankLine.objects.filter(pk=line.pk).update(amount=1),
        lambda: BankStatement.objects.update(closing=1),
        lambda: _checked(BankLine.objects.filter(pk=line.pk).delete()),
        lambda: BankAccount.objects.update(iban=OTHER_IBAN),
        lambda: _copy(statement, opening=Decimal(5), closing=Decimal(5) + statement.total),
        lambda: _copy(statement, previous=None),
        lambda: _checked(_copy(statement)),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def _copy(statement: BankStatement, **changes: object) -> None:
    """A statement that follows this one, without any line."""
    facts = {"previous": statement, "opening": statement.closing, "sha256": "b" * 64} | changes
    facts.setdefault("closing", statement.closing + statement.total)
    same = ("bank_account", "format", "document", "first_on", "last_on", "total", "line_count")
    BankStatement.objects.create(**{name: getattr(statement, name) for name in same}, **facts)


def _checked(_made: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
