"""A refusal is a sentence for the person and a code for the tests; nothing else may stop a service."""

from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """Every reason for which a service may say no. Closed: add yours here, in order."""

    ACCOUNT_MISSING = "account_missing"
    ADVISOR_AWAY = "advisor_away"
    ALREADY_DONE = "already_done"
    AMOUNT_ABOVE_DUE = "amount_above_due"
    AMOUNT_INVALID = "amount_invalid"
    BOOKS_UNSOUND = "books_unsound"
    CHECKER_UNAVAILABLE = "checker_unavailable"
    COVER_MISSING = "cover_missing"
    DATE_BEFORE_LAST = "date_before_last"
    DATE_INVALID = "date_invalid"
    DUPLICATE = "duplicate"
    EMPTY_DOCUMENT = "empty_document"
    ENTRY_UNBALANCED = "entry_unbalanced"
    FILE_REFUSED = "file_refused"
    ILLEGAL_MOVE = "illegal_move"
    LINK_EXPIRED = "link_expired"
    LINK_UNKNOWN = "link_unknown"
    LINK_WITHDRAWN = "link_withdrawn"
    NOT_ALLOWED = "not_allowed"
    NOT_A_NUMBER = "not_a_number"
    PERIOD_CLOSED = "period_closed"
    PERIOD_INVALID = "period_invalid"
    ROLE_INVALID = "role_invalid"
    SERIES_INVALID = "series_invalid"
    SIREN_INVALID = "siren_invalid"
    SIRET_INVALID = "siret_invalid"
    SLOT_TAKEN = "slot_taken"
    STALE_FORM = "stale_form"
    TEXT_TOO_LONG = "text_too_long"
    VALUE_INVALID = "value_invalid"
    VALUE_MISSING = "value_missing"
    VAT_RATE_NOT_IN_FORCE = "vat_rate_not_in_force"
    VERDICT_MISSING = "verdict_missing"
    VERDICT_REFUSED = "verdict_refused"


class Refused(Exception):
    """What a service raises when a rule says no: nothing was written.

    `message` is a translated sentence, `field` the form field it belongs to, if one does.
    """

    def __init__(self, code: Code, message: Any, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class IllegalMove(Refused):
    """The object is not in a state from which this move may start."""

    def __init__(self, message: Any) -> None:
        super().__init__(Code.ILLEGAL_MOVE, message)


class Forbidden(Refused):
    """The person sees the object but has no right to this act: the page answers 403."""

    def __init__(self, message: Any) -> None:
        super().__init__(Code.NOT_ALLOWED, message)
