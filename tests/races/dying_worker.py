"""A worker that stops at a given moment of the PDF and waits there to be killed: python dying_worker.py ID
MOMENT."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from invoicing.services import archiving  # noqa: E402


def wait(*args: Any, **details: Any) -> Any:
    print("waiting", flush=True)  # noqa: T201
    time.sleep(600)


def store_then_wait(*args: Any, **details: Any) -> Any:
    stored(*args, **details)
    wait()


stored = archiving.store_document
moment = sys.argv[2]
if moment == "stored":
    archiving.store_document = store_then_wait
else:
    setattr(archiving, moment, wait)
archiving.archive_pdf(int(sys.argv[1]))
