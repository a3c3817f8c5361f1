"""A web process that writes ballots and waits, to be killed, before its transaction ends:
python dying_ballots.py VOTE VOICE USER."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from governance.models import Vote  # noqa: E402
from governance.services import casting  # noqa: E402
from people.models import User  # noqa: E402


def wait(*_args: Any, **_details: Any) -> None:
    print("waiting", flush=True)  # noqa: T201
    time.sleep(600)


casting.beat = wait
vote, voice, user = (int(value) for value in sys.argv[1:4])
casting.cast(
    Vote.objects.get(pk=vote),
    choices={voice: {"answer": "pour"}},
    actor=User.objects.get(pk=user),
    at=timezone.now(),
)
