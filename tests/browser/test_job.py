"""The page of a job follows it without being asked, says its end, then asks no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cae.core.models import Job, JobState
from tests.browser.house import House
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_job_is_followed_to_its_end(
    new_visitor: Callable[..., Visitor], house: House, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        job = Job.objects.create(
            task="core.seal_audit",
            label="Essai",
            author=house.users["accountant"],
            total=10,
            done=1,
            state=JobState.RUNNING,
            beat_at=timezone.now(),
        )
        rows = Job.objects.filter(pk=job.pk)
    visitor = new_visitor()
    visitor.sign_in("accountant")
    page = visitor.page
    page.clock.install()
    page.goto(f"/travaux/{job.pk}/")
    expect(page.locator("#progress")).to_contain_text("1 sur 10")
    heard = page.locator("#progress [role=status]")
    expect(heard).to_have_text("10 % faits")
    with django_db_blocker.unblock():
        rows.update(done=4, message="F2026-0004")
    page.clock.run_for(2_100)
    expect(page.locator("#progress")).to_contain_text("4 sur 10")
    expect(heard).to_have_text("40 % faits")
    with django_db_blocker.unblock():
        rows.update(done=10, state=JobState.DONE)
    page.clock.run_for(2_100)
    expect(page.locator("#progress .status")).to_contain_text("Terminé")
    expect(page.locator("progress")).to_have_count(0)
    before = len(visitor.requests)
    page.clock.run_for(10_000)
    page.wait_for_timeout(300)
    assert len(visitor.requests) == before, "it asks no more"
    assert visitor.faults == []
