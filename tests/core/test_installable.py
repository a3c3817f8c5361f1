"""The service worker is served with hashed file names too, as `./alveole run` has them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escapejs

from cae.core.offline import register_offline_page
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


@pytest.mark.django_db
def test_the_camera_opens_without_network_and_holds_nobody_s_data(client: Client) -> None:
    script = client.get("/service-worker.js").content.decode()
    page, shell = reverse("invoicing:voucher_capture"), reverse("invoicing:voucher_offline")
    assert f'"{escapejs(page)}": "{escapejs(shell)}"' in script
    assert "camera\\u002Dqueue.js" in script
    answer = client.get(shell)
    assert answer.status_code == 200
    assert 'data-owner=""' in answer.content.decode()


def test_a_page_has_one_thing_in_its_place() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        register_offline_page("invoicing:voucher_capture", instead="core:offline")
