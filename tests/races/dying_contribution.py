"""A worker that computes contributions and waits, to be killed, in the transaction of the second activity:
python dying_contribution.py JOB."""

from __future__ import annotations

import sys
import time
from typing import Any

import django

django.setup()

from accounting import tasks  # noqa: E402
from accounting.services import contribution_run  # noqa: E402

compute, done = contribution_run.bring_up_to_date, []


def work(*args: Any, **details: Any) -> None:
    compute(*args, **details)
    done.append(args)
    if len(done) > 1:
        print("waiting", flush=True)  # noqa: T201
        time.sleep(600)


contribution_run.bring_up_to_date = work
tasks.run_contributions_now(int(sys.argv[1]))
