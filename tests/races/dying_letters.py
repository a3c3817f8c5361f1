"""A worker that waits to be killed inside a batch of letters: python dying_letters.py JOB MOMENT FOLDER.

« letter »: the second letter is filed, not yet committed; « archive »: so is the file of all of them."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from django.test import override_settings  # noqa: E402

from entrepreneurs.services import letters  # noqa: E402

filed = letters.store_document
moment = sys.argv[2]
kinds: list[str] = []


def store_then_wait(*args: Any, **details: Any) -> Any:
    made = filed(*args, **details)
    kinds.append(details["kind"])
    if kinds == [letters.LETTER_FILE] * 2 if moment == "letter" else letters.LETTERS_FILE in kinds:
        print("waiting", flush=True)  # noqa: T201
        time.sleep(600)
    return made


letters.store_document = store_then_wait
with override_settings(MEDIA_ROOT=sys.argv[3]):
    letters.run_letters(int(sys.argv[1]))
