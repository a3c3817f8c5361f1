"""A worker that begins the second item of a job and waits there to be killed: python dying_job.py JOB."""

from __future__ import annotations

import sys
import time

import django

django.setup()

from cae.core import jobs  # noqa: E402


def work(item: str) -> None:
    if item == "b":
        print("waiting", flush=True)  # noqa: T201
        time.sleep(600)


jobs.run_job(int(sys.argv[1]), lambda progress: progress.each("abc", work))
