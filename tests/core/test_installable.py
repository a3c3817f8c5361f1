"""The service worker is served with hashed file names too, as `./alveole run` has them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escapejs

from cae.core.views import installable


def _hashed(name: str) -> str:
    """As a manifest does: each file has its hash, and what is no file is an error."""
    if not name:
        raise ValueError("Missing staticfiles manifest entry for ''")
    return f"/static/{name}.0123456789ab"


@pytest.mark.django_db
def test_the_service_worker_knows_the_hashed_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installable, "static", _hashed)
    answer = Client().get("/service-worker.js")
    assert answer.status_code == 200
    script = answer.content.decode()
    assert 'startsWith("/static/")' in script
    assert all(escapejs(_hashed(name)) in script for name in installable.KEPT)
