"""A refusal about contracts leaves everything as it was: said once for all their tests."""

from __future__ import annotations

from typing import Any

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Signature
from entrepreneurs.models import Contract, ContractTerms, Signatory
from people.models import Deadline, StatusPeriod


def refused(code: Code, field: str | None = None) -> Any:
    """The block is refused with this code, at this field."""

    class _Refused:
        def __enter__(self) -> None:
            self.before = _state()

        def __exit__(self, kind: Any, error: Any, _trace: Any) -> bool:
            assert isinstance(error, Refused), error
            assert error.code == code, str(error)
            if field is not None:
                assert error.field == field
            assert _state() == self.before
            return True

    return _Refused()


def _state() -> tuple[Any, ...]:
    """What a refusal must leave as it was."""
    return (
        list(Contract.objects.order_by("pk").values_list("pk", "state", "starts_on", "ends_on", "ended_on")),
        list(ContractTerms.objects.order_by("pk").values_list("pk", "state", "round", "version")),
        list(Signatory.objects.order_by("pk").values_list("pk", "signed_on", "declined_on")),
        Signature.objects.count(),
        StatusPeriod.objects.count(),
        Deadline.objects.count(),
        AuditEntry.objects.count(),
    )
