"""Pages of which the house keeps no trace: no session is noted at the instant of a secret ballot (GOV-33)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from cae.core.permissions import in_person, signed_in
from cae.core.quiet import is_quiet, quiet
from cae.urls import urlpatterns as house
from people.models import OpenSession
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@signed_in
@in_person
def said(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@quiet
@signed_in
@in_person
def silent(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("dit/", said), path("tu/", silent), *house]


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    cache.clear()
    signed = Client()
    signed.force_login(make_user())
    return signed


def test_a_quiet_page_notes_no_session_and_does_not_tell_when_it_was_not_noted(client: Client) -> None:
    assert client.post("/tu/").status_code == 200
    assert not OpenSession.objects.exists()
    # Nor did it count as the note of these ten minutes: the next page is noted as if nothing had been.
    assert client.get("/dit/").status_code == 200
    noted = OpenSession.objects.values().get()
    cache.clear()
    assert client.post("/tu/").status_code == 200
    assert OpenSession.objects.values().get() == noted
    assert client.get("/dit/").status_code == 200
    assert OpenSession.objects.values().get() != noted


def test_what_is_quiet_is_told_from_the_address_alone(client: Client) -> None:
    def at(address: str) -> HttpRequest:
        request = HttpRequest()
        request.path_info = address
        return request

    assert [is_quiet(at(address)) for address in ("/tu/", "/dit/", "/nulle-part/")] == [True, False, False]
