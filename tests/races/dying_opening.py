"""A web process that opens a vote and waits, to be killed, once its roll is written:
python dying_opening.py VOTE USER."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from governance.models import Vote  # noqa: E402
from governance.services import voting  # noqa: E402
from people.models import User  # noqa: E402


def wait(*_args: Any, **_details: Any) -> None:
    print("waiting", flush=True)  # noqa: T201
    time.sleep(600)


voting.beat = wait
vote, user = (int(value) for value in sys.argv[1:3])
voting.open_vote(Vote.objects.get(pk=vote), actor=User.objects.get(pk=user), at=timezone.now())
