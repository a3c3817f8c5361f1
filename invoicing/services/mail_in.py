"""Mails that come in: their pieces become receipts of a person or files of an activity; none is lost."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email import policy
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction

from cae.core.errors import Refused
from cae.core.mailbox import unread_letters
from cae.core.models import OutgoingEmail
from cae.core.returned import note_report, read_report
from cae.core.turns import take_turn
from invoicing.engines.letters import Letter, Piece, read_letter
from invoicing.models import IncomingFile, IncomingMail, MailInAddress
from invoicing.services.incoming import require_file, take_in
from invoicing.services.voucher_answers import answer_vouchers
from invoicing.services.vouchers import keep_voucher
from invoicing.states.expenses import VoucherSource
from invoicing.states.incoming import (
    MAX_MAIL_ATTACHMENTS,
    MAX_MAIL_BYTES,
    FileSource,
    MailInKind,
    MailOutcome,
)

_LONGEST_ID, _LONGEST_ADDRESS, _LONGEST_SUBJECT = 250, 254, 200


class NoLetter(Exception):
    """These bytes are no message: whoever hands them over must be told, nothing was kept."""


def receive_letter(raw: bytes, *, at: datetime, recipient: str = "") -> IncomingMail:
    """Does: keeps the pieces of a message where its address says, answers a person who sent receipts, notes
    the mail that a report of non-delivery speaks of. The same message twice is once. Refuses (NoLetter): what
    is no message. Leaves behind: the message (without its text), its receipts or files, the answer."""
    seal = hashlib.sha256(raw).hexdigest()
    with transaction.atomic():
        take_turn(f"invoicing.mail_in.{seal}")
        known = IncomingMail.objects.filter(sha256=seal).first()
        if known is not None:
            return known
        mail = IncomingMail(sha256=seal, size=len(raw), received_at=at)
        if len(raw) > MAX_MAIL_BYTES:
            return _too_large(mail, raw, recipient)
        letter = _opened(raw, recipient)
        _name(mail, letter)
        if read_report(raw) is not None:
            note_report(raw)
            return _noted(mail, MailOutcome.REPORT)
        if _is_ours(letter) or (letter.is_automatic and not letter.pieces):
            return _noted(mail, MailOutcome.AUTOMATIC)
        return _keep(mail, letter)


def fetch_letters(*, at: datetime) -> int:
    """Does: takes in the unread messages of the letter box. Refuses: nothing; without a box it does nothing,
    and what is no message is left read in the box. Leaves behind: their pieces; gives how many came."""
    if not settings.MAIL_IN_URL:
        return 0
    count = 0
    for raw in unread_letters(settings.MAIL_IN_URL):
        try:
            receive_letter(raw, at=at)
        except NoLetter:
            continue
        count += 1
    return count


def _opened(raw: bytes, recipient: str) -> Letter:
    try:
        return read_letter(raw, recipient=recipient)
    except ValueError as error:
        raise NoLetter(str(error)) from error


def _name(mail: IncomingMail, letter: Letter) -> None:
    """Who sent what to whom; the address is the first of them that is ours, alive or not."""
    by_token = {one.token: one for one in MailInAddress.objects.filter(token__in=letter.tokens)}
    named = [by_token[token] for token in letter.tokens if token in by_token]
    mail.address = next((one for one in named if one.is_live), named[0] if named else None)
    mail.message_id = letter.message_id[:_LONGEST_ID]
    mail.sender = letter.sender[:_LONGEST_ADDRESS]
    mail.recipient = next(iter(letter.recipients), "")[:_LONGEST_ADDRESS]
    mail.subject = letter.subject[:_LONGEST_SUBJECT]


def _is_ours(letter: Letter) -> bool:
    """One of our own mails that comes round."""
    return bool(letter.message_id) and OutgoingEmail.objects.filter(message_id=letter.message_id).exists()


def _noted(mail: IncomingMail, outcome: str) -> IncomingMail:
    mail.outcome = outcome
    mail.save()
    return mail


def _too_large(mail: IncomingMail, raw: bytes, recipient: str) -> IncomingMail:
    """Its heads alone are read."""
    heads = BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:65536])
    mail.sender = parseaddr(str(heads.get("From", "")))[1][:_LONGEST_ADDRESS]
    mail.recipient = (recipient or parseaddr(str(heads.get("To", "")))[1])[:_LONGEST_ADDRESS]
    mail.subject = " ".join(str(heads.get("Subject", "")).split())[:_LONGEST_SUBJECT]
    return _noted(mail, MailOutcome.TOO_LARGE)


def _keep(mail: IncomingMail, letter: Letter) -> IncomingMail:
    address = mail.address
    pieces, left = _usable(letter)
    mail.left_out = "\n".join(left)
    if address is not None and address.is_live and address.kind == MailInKind.VOUCHERS:
        return _keep_vouchers(mail, address, pieces, left, answers=not letter.is_automatic)
    is_known = address is not None and address.is_live
    seals = [hashlib.sha256(piece.content).hexdigest() for piece in pieces]
    mail.kept = len(pieces)
    mail.known = IncomingFile.objects.filter(sha256__in=seals, same_as=None).count()
    kept = MailOutcome.KEPT if is_known else MailOutcome.STRAY
    _noted(mail, kept if pieces else MailOutcome.EMPTY)
    for position, piece in enumerate(pieces):
        take_in(
            piece.content,
            name=piece.name,
            source=FileSource.MAIL,
            activity=address.activity if address is not None and is_known else None,
            actor=None,
            received_at=mail.received_at,
            sender=mail.sender,
            mail=mail,
            form_key=uuid5(NAMESPACE_URL, mail.sha256),
            position=position,
        )
    return mail


def _usable(letter: Letter) -> tuple[list[Piece], list[str]]:
    """The pieces that may be kept, and the names of those left out."""
    kept: list[Piece] = []
    left: list[str] = []
    for piece in letter.pieces:
        try:
            require_file(piece.content)
        except Refused:
            left.append(piece.name)
            continue
        if len(kept) < MAX_MAIL_ATTACHMENTS:
            kept.append(piece)
        else:
            left.append(piece.name)
    return kept, left


def _keep_vouchers(
    mail: IncomingMail, address: MailInAddress, pieces: list[Piece], left: list[str], *, answers: bool
) -> IncomingMail:
    """What a receipt can't be (neither picture nor PDF) is left out, and said in the answer."""
    person: Any = address.person
    for position, piece in enumerate(pieces):
        try:
            voucher = keep_voucher(
                piece.content,
                name=piece.name,
                person=person,
                source=VoucherSource.MAIL,
                taken_at=mail.received_at,
                form_key=uuid5(NAMESPACE_URL, f"{mail.sha256}/{position}"),
                actor=None,
            )
        except Refused:
            left.append(piece.name)
            continue
        mail.known += voucher.was_known
        mail.kept += not voucher.was_known
    mail.left_out = "\n".join(left)
    _noted(mail, MailOutcome.KEPT if mail.kept or mail.known else MailOutcome.EMPTY)
    if answers:
        answer_vouchers(mail, person)
    return mail
