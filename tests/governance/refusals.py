"""A refusal about an assembly leaves everything as it was: said once for the tests of its preparation."""

from __future__ import annotations

from typing import Any

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document, OutgoingEmail
from governance.models import (
    AgendaItem,
    Amendment,
    Assembly,
    BureauSeat,
    Candidate,
    Convocation,
    MemberQuestion,
    Paper,
    Resolution,
    ResolutionSupport,
    ResolutionVersion,
    SectionMeeting,
)

_KEPT = (
    AgendaItem,
    Amendment,
    Assembly,
    BureauSeat,
    Candidate,
    Convocation,
    MemberQuestion,
    Paper,
    Resolution,
    ResolutionSupport,
    SectionMeeting,
)
_COUNTED = (ResolutionVersion, OutgoingEmail, Document, AuditEntry)


def refused(code: Code, field: str | None = None, said: str = "") -> Any:
    """The block is refused with this code, at this field, in these words; nothing changed."""

    class _Refused:
        def __enter__(self) -> None:
            self.before = _state()

        def __exit__(self, kind: Any, error: Any, _trace: Any) -> bool:
            assert isinstance(error, Refused), error
            assert error.code == code, str(error)
            assert field is None or error.field == field
            assert said in str(error)
            assert _state() == self.before
            return True

    return _Refused()


def _state() -> list[Any]:
    rows = [list(model.objects.order_by("pk").values()) for model in _KEPT]
    return [rows, [model.objects.count() for model in _COUNTED]]
