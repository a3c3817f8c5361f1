"""A web process that casts a secret ballot and waits, to be killed, before its transaction ends:
python dying_secret_ballots.py ENTRY USER BALLOT."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from governance.models import RollEntry  # noqa: E402
from governance.services import ballot_casting  # noqa: E402
from people.models import User  # noqa: E402


def wait(*_args: Any, **_details: Any) -> None:
    print("waiting", flush=True)  # noqa: T201
    time.sleep(600)


# The last line of the act: the ballot, its event and the mark are written.
ballot_casting.beat = wait
entry, user, text = sys.argv[1:4]
ballot_casting.cast_ballot(
    RollEntry.objects.get(pk=entry), text=text, actor=User.objects.get(pk=user), at=timezone.now()
)
