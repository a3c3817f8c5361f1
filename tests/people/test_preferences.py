"""A preference chosen in the frame of a page brings back to that page, never to another house."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.factories.people import make_user

CHOICE = {"language": "en", "theme": "dark", "density": "comfort", "shortcuts": "on"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/aide/?a=1", "/aide/?a=1"),
        ("https://ailleurs.example/", "/mon-compte/"),
        ("/\\ailleurs.example/", "/mon-compte/"),
        ("rien", "/mon-compte/"),
        ("", "/mon-compte/"),
    ],
)
def test_choosing_a_preference_brings_back(client: Client, target: str, shown: str) -> None:
    user = make_user()
    client.force_login(user)
    answer = client.post(reverse("people:account"), CHOICE | {"next": target})
    assert answer.status_code == 302
    assert answer["Location"] == shown
    kept = User.objects.get(pk=user.pk)
    assert (kept.language, kept.theme) == ("en", "dark")
