"""A worker that applies a ledger kept elsewhere and waits, to be killed, in the middle of its transaction:
python dying_ledger.py JOB MEDIA_ROOT."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from django.test import override_settings  # noqa: E402

from accounting import tasks  # noqa: E402
from accounting.services import ledger_applying  # noqa: E402

post, done = ledger_applying.write_entry, []


def work(*args: Any, **details: Any) -> Any:
    entry = post(*args, **details)
    done.append(entry)
    if len(done) > 1:
        print("waiting", flush=True)  # noqa: T201
        time.sleep(600)
    return entry


ledger_applying.write_entry = work
# The file stands where the test put it.
with override_settings(MEDIA_ROOT=sys.argv[2]):
    tasks.import_ledger_now(int(sys.argv[1]))
