"""A web process killed in the middle of a lot, once a first entry is posted or the signature is written:
python dying_payment.py settle|release LOT USER."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from accounting.models import PaymentBatch  # noqa: E402
from accounting.services import payment_batches  # noqa: E402
from people.models import User  # noqa: E402
from tests.factories.payments import TODAY, release  # noqa: E402


def wait(*_args: Any, **_details: Any) -> None:
    print("waiting", flush=True)  # noqa: T201
    time.sleep(600)


act = sys.argv[1]
batch = PaymentBatch.objects.get(pk=int(sys.argv[2]))
user = User.objects.get(pk=int(sys.argv[3]))
if act == "settle":
    payment_batches.publish = wait
    payment_batches.settle_batch(batch, on=TODAY, actor=user, today=TODAY)
else:
    payment_batches.store_document = wait  # type: ignore[assignment]
    release(batch, actor=user)
