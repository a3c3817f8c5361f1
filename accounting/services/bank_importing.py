"""Imports statements of the bank: read whole, checked against what is known, written or refused (ACC-35)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.calculations.bank_layouts import Columns, Layout
from accounting.calculations.bank_statements import (
    Fault,
    ReadLine,
    ReadStatement,
    Run,
    Unreadable,
    fingerprints,
    joined,
    names_account,
    run_of,
)
from accounting.engines.bank_csv import read_csv
from accounting.engines.camt053 import is_camt, read_camt
from accounting.engines.ofx import is_ofx, read_ofx
from accounting.models import BankAccount, BankLayout, BankLine, BankStatement
from accounting.models.bank import LONGEST_REFERENCE, LONGEST_TEXT
from accounting.selectors.bank import bank_accounts, known_fingerprints, last_statement
from accounting.states.bank import StatementFormat
from cae.core import audit
from cae.core.banks import LONGEST_IBAN, end_of
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, start_job
from cae.core.models import Document, Job
from cae.core.money import ZERO
from cae.core.templatetags.formats import day, money
from cae.core.uploads import plain_name, refuse_programme

FILE_KIND, TASK = "accounting.bank_file", "accounting.import_bank_file"
MAX_BYTES = 20 * 1024 * 1024
# Beyond, a job does it: a page answers at once.
MOST_AT_ONCE = 2000
_RETENTION_YEARS = 10
_SLICE = 1000
_MIMES = {StatementFormat.CAMT: "application/xml", StatementFormat.OFX: "application/x-ofx"}


@dataclass(frozen=True)
class Given:
    """A file as somebody brings it; a CSV says neither its account nor its balances."""

    content: bytes
    name: str
    layout: BankLayout | None = None
    account: BankAccount | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None


@dataclass
class Imported:
    """What a file brought: statements, and the accounts it speaks of that are not of the cooperative."""

    statements: list[BankStatement] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Read:
    format: StatementFormat
    found: list[tuple[BankAccount, ReadStatement]]
    left_out: list[str]

    @property
    def size(self) -> int:
        return sum(len(statement.lines) for _account, statement in self.found)


def bring_file(given: Given, *, actor: Any, today: date) -> Imported | Job:
    """Does: imports a file at once, or by a job when it is long. Refuses, leaves behind: as
    `import_statements`; a file that nobody can read is refused before any job."""
    read = _read(given)
    if read.size <= MOST_AT_ONCE:
        return _write(given, read, actor=actor, today=today, document=None)
    with transaction.atomic():
        document = _store(given, read, actor=actor, today=today)
        arguments = {
            "document": document.pk,
            "name": given.name,
            "layout": given.layout.pk if given.layout else None,
            "account": given.account.pk if given.account else None,
            "opening": None if given.opening is None else str(given.opening),
            "closing": None if given.closing is None else str(given.closing),
        }
        label = gettext_lazy("Import d’un relevé bancaire")
        return start_job(TASK, label=label, actor=actor, total=read.size, **arguments)


def import_later(progress: Progress, *, today: date) -> None:
    """Does: the import that `bring_file` asked for, whole or not at all. Refuses, leaves behind: as
    `import_statements`."""
    told = progress.arguments
    document = Document.objects.get(pk=told["document"])
    given = Given(
        content=read_document(document),
        name=told["name"],
        layout=BankLayout.objects.filter(pk=told["layout"]).first(),
        account=BankAccount.objects.filter(pk=told["account"]).first(),
        opening=None if told["opening"] is None else Decimal(told["opening"]),
        closing=None if told["closing"] is None else Decimal(told["closing"]),
    )
    _write(given, _read(given), actor=progress.job.author, today=today, document=document)


def import_statements(given: Given, *, actor: Any, today: date) -> Imported:
    """Does: writes the lines that are not known yet, for each account of the cooperative in the file.
    Refuses: a file that is no statement, truncated, of another currency, without balance, of no account of
    the cooperative or of one closed, the same file twice, nothing new, a balance that does not run on (with
    the gap). Leaves behind: a statement an account with its lines, the file kept, audit."""
    return _write(given, _read(given), actor=actor, today=today, document=None)


@transaction.atomic
def _write(given: Given, read: _Read, *, actor: Any, today: date, document: Document | None) -> Imported:
    digest = hashlib.sha256(given.content).hexdigest()
    keys = [account.pk for account, _statement in read.found]
    held = BankAccount.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").in_bulk()
    news = []
    for found, statement in read.found:
        account = held[found.pk]
        if BankStatement.objects.filter(bank_account=account, sha256=digest).exists():
            raise Refused(
                Code.DUPLICATE, _("Ce fichier a déjà été importé : rien n’est repris."), field="file"
            )
        news.append(_news_of(account, statement))
    if not any(one.lines for one in news):
        raise Refused(
            Code.ALREADY_DONE,
            _("Toutes les lignes de ce fichier sont déjà connues : rien n’est repris."),
            field="file",
        )
    document = document or _store(given, read, actor=actor, today=today)
    made = [_keep(one, read.format, document, digest, actor) for one in news if one.lines]
    return Imported(made, read.left_out)


@dataclass(frozen=True)
class _News:
    """What a statement brings that is not known yet, and where the balance runs."""

    account: BankAccount
    previous: BankStatement | None
    lines: list[tuple[ReadLine, str]]
    known: int
    opening: Decimal
    closing: Decimal


def _news_of(account: BankAccount, read: ReadStatement) -> _News:
    prints = fingerprints(account.iban, read.lines)
    known = known_fingerprints(account, prints)
    new = [(line, mark) for line, mark in zip(read.lines, prints, strict=True) if mark not in known]
    previous = last_statement(account)
    new_total = sum((line.amount for line, _mark in new), ZERO)
    run = run_of(read, new_total=new_total, last_closing=previous.closing if previous else None)
    if new and run.where:
        raise Refused(Code.FILE_REFUSED, _gap_words(run), field="file")
    late = account.closed_on
    if late is not None and any(line.booked_on > late for line, _mark in new):
        raise Refused(
            Code.VALUE_INVALID,
            _("Le compte « %(account)s » est clôturé depuis le %(day)s : ce fichier va au-delà de ce jour.")
            % {"account": account, "day": day(late)},
            field="file",
        )
    return _News(account, previous, new, len(known), run.opening, run.closing)


def _gap_words(run: Run) -> str:
    if run.where == "inside":
        return _(
            "Le fichier ne tombe pas juste : il manque %(gap)s entre ses soldes et ses lignes. "
            "Rien n’est repris."
        ) % {"gap": money(run.gap)}
    return _(
        "Ce relevé ne continue pas le précédent, qui finit à %(opening)s : écart de %(gap)s. "
        "Importez d’abord le relevé qui manque."
    ) % {"gap": money(run.gap), "opening": money(run.opening)}


def _keep(news: _News, form: StatementFormat, document: Document, digest: str, actor: Any) -> BankStatement:
    days = [line.booked_on for line, _mark in news.lines]
    statement = BankStatement.objects.create(
        bank_account=news.account,
        previous=news.previous,
        format=form,
        document=document,
        sha256=digest,
        first_on=min(days),
        last_on=max(days),
        opening=news.opening,
        total=news.closing - news.opening,
        closing=news.closing,
        line_count=len(news.lines),
        known_count=news.known,
        imported_by=actor,
    )
    rows = [_row(statement, rank, line, mark) for rank, (line, mark) in enumerate(news.lines, start=1)]
    BankLine.objects.bulk_create(rows, batch_size=_SLICE)
    detail = {"number": len(rows), "account": news.account.account.number}
    audit.record(actor, "accounting.import_statement", statement, detail=detail)
    return statement


def _row(statement: BankStatement, rank: int, line: ReadLine, mark: str) -> BankLine:
    return BankLine(
        bank_account_id=statement.bank_account_id,
        statement=statement,
        position=rank,
        booked_on=line.booked_on,
        value_on=line.value_on,
        amount=line.amount,
        label=line.label[:LONGEST_TEXT],
        counterparty=line.counterparty[:LONGEST_REFERENCE],
        counterparty_iban=line.iban[:LONGEST_IBAN],
        reference=line.reference[:LONGEST_REFERENCE],
        end_to_end=line.end_to_end[:LONGEST_REFERENCE],
        raw=line.raw,
        fingerprint=mark,
    )


def _store(given: Given, read: _Read, *, actor: Any, today: date) -> Document:
    return store_document(
        given.content,
        kind=FILE_KIND,
        name=plain_name(given.name, otherwise="releve"),
        mime=_MIMES.get(read.format, "text/csv"),
        about=read.found[0][0],
        actor=actor,
        retention_until=date(today.year + _RETENTION_YEARS, 12, 31),
    )


def _read(given: Given) -> _Read:
    """What the file says of the accounts of the cooperative. Raises Refused at the field of the file."""
    refuse_programme(given.content, field="file")
    if len(given.content) > MAX_BYTES:
        raise Refused(Code.FILE_REFUSED, _("Ce fichier dépasse 20 Mo."), field="file")
    try:
        form, statements = _statements(given)
        return _of_ours(form, statements)
    except Unreadable as fault:
        raise Refused(Code.FILE_REFUSED, fault_words(fault), field="file") from fault


def _statements(given: Given) -> tuple[StatementFormat, Sequence[ReadStatement]]:
    if is_camt(given.content):
        return StatementFormat.CAMT, read_camt(given.content)
    if is_ofx(given.content):
        return StatementFormat.OFX, read_ofx(given.content)
    if given.layout is None or given.account is None:
        raise Refused(
            Code.VALUE_MISSING,
            _("Ce fichier n’est ni CAMT.053 ni OFX : pour un CSV, choisissez le compte et le format."),
            field="layout" if given.layout is None else "account",
        )
    if given.closing is None:
        raise Refused(
            Code.VALUE_MISSING, _("Indiquez le solde à la fin du relevé, que dit la banque."), field="closing"
        )
    lines = read_csv(given.content, layout_of(given.layout))
    return StatementFormat.CSV, [ReadStatement(given.account.iban, lines, given.closing, given.opening)]


def try_layout(row: BankLayout, content: bytes) -> tuple[ReadLine, ...]:
    """Gives what a layout reads of a file; nothing is kept. Raises Unreadable."""
    return read_csv(content, layout_of(row))


def layout_of(row: BankLayout) -> Layout:
    """A kept layout as the reader of files takes it."""
    columns = Columns(
        booked_on=row.booked_on_column,
        label=row.label_column,
        value_on=row.value_on_column,
        detail=row.detail_column,
        amount=row.amount_column,
        debit=row.debit_column,
        credit=row.credit_column,
        counterparty=row.counterparty_column,
        iban=row.iban_column,
        reference=row.reference_column,
    )
    return Layout(columns, row.separator, row.encoding, row.header_lines, row.day_format, row.decimal_sign)


def _of_ours(form: StatementFormat, statements: Sequence[ReadStatement]) -> _Read:
    """Statements by account of the cooperative; what is said of others is left out, and told."""
    ours = list(bank_accounts())
    by_account: dict[int, list[ReadStatement]] = {}
    left_out = []
    for statement in statements:
        account = next((one for one in ours if names_account(statement.account, one.iban)), None)
        if account is None:
            left_out.append(f"…{end_of(statement.account)}")
        else:
            by_account.setdefault(account.pk, []).append(statement)
    if not by_account:
        sentence = ngettext(
            "Le compte %(accounts)s de ce fichier n’est pas déclaré parmi ceux de la coopérative.",
            "Les comptes %(accounts)s de ce fichier ne sont pas déclarés parmi ceux de la coopérative.",
            len(left_out),
        )
        raise Refused(Code.FILE_REFUSED, sentence % {"accounts": ", ".join(left_out)}, field="file")
    found = [(one, joined(by_account[one.pk])) for one in ours if one.pk in by_account]
    return _Read(form, found, sorted(set(left_out)))


def fault_words(fault: Unreadable) -> str:
    """What is wrong with a file, in a sentence."""
    words = {
        Fault.NOT_A_STATEMENT: _(
            "Ce fichier n’est pas un relevé de compte : demandez un CAMT.053 à la banque."
        ),
        Fault.TRUNCATED: _("Ce fichier est incomplet : téléchargez-le de nouveau à la banque."),
        Fault.NO_BALANCE: _("Ce relevé ne dit pas ses soldes : il n’est pas vérifiable."),
        Fault.OTHER_CURRENCY: _("Ce relevé n’est pas en euros (%(found)s)."),
        Fault.WRONG_DAY: _("Ligne %(line)s : « %(found)s » n’est pas une date."),
        Fault.WRONG_AMOUNT: _("Ligne %(line)s : « %(found)s » n’est pas un montant."),
        Fault.COLUMN_MISSING: _(
            "Ligne %(line)s : il faut au moins %(found)s colonnes, vérifiez le séparateur."
        ),
        Fault.WRONG_ENCODING: _("Ce fichier est écrit dans un autre encodage que celui du format choisi."),
    }
    return words[fault.fault] % {"line": fault.line or "?", "found": fault.found}
