"""What payments hold, and a refusal that leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from accounting.models import Entry, PaymentBatch, PaymentLine, PaymentOrder
from cae.core.errors import Code, Refused
from cae.core.models import Document, Signature


def everything() -> tuple[list[Any], ...]:
    """What payments hold, for tests that prove that nothing moved."""
    tables = (PaymentOrder, PaymentBatch, PaymentLine, Entry, Document, Signature)
    return tuple(list(model._base_manager.order_by("pk").values()) for model in tables)


def refused(code: Code, act: Callable[[], object], *, field: str | None = None) -> Refused:
    before = everything()
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    assert (caught.value.code, caught.value.field) == (code, field)
    assert everything() == before
    return caught.value
