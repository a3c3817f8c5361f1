"""A log that travels opens nothing: the secrets of addresses stay out of it."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from cae.core.logs import HideSecrets, without_secrets


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Gone: /d/Sy3541dDMoX2lkyCciKRuZdr-tEYYS0S/accepter/", "Gone: /d/…/accepter/"),
        ("/invitation/Sy3541dDMoX2lkyCciKRuZdr/", "/invitation/…/"),
        ("/accounts/password/reset/key/1-cu7u4h-0f9e/", "/accounts/password/reset/key/…/"),
        ("/ventes/devis/12/", "/ventes/devis/12/"),
        ("/d/", "/d/"),
    ],
)
def test_a_secret_becomes_three_dots(said: str, kept: str) -> None:
    assert without_secrets(said) == kept


@pytest.mark.django_db
def test_a_refused_page_leaves_no_secret_behind(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="django.request"):
        caplog.handler.addFilter(HideSecrets())
        Client().get("/d/Sy3541dDMoX2lkyCciKRuZdr-tEYYS0S/")
    assert "/d/…/" in caplog.text
    assert "Sy3541d" not in caplog.text


def test_other_arguments_pass_as_they_are() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s %d", ("/d/aaaaaaaaaaaa/", 3), None)
    assert HideSecrets().filter(record)
    assert record.getMessage() == "/d/…/ 3"
