"""A worker that bills the month of a place and waits, to be killed, in the middle of its second document:
python dying_billing.py JOB."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from coworking import tasks  # noqa: E402
from coworking.services import billing_documents  # noqa: E402

bill, done = billing_documents.bill_charge, []


def work(*args: Any, **details: Any) -> Any:
    charge = bill(*args, **details)
    done.append(charge)
    if len(done) > 1:
        print("waiting", flush=True)  # noqa: T201
        time.sleep(600)
    return charge


billing_documents.bill_charge = work
tasks.bill_month(int(sys.argv[1]))
