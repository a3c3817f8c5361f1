"""How tests visit a page: signed in as somebody, then reading what it says."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from people.models import User


def client_of(user: User) -> Client:
    """The browser of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    """What the page says: tags out, spaces made plain."""
    body = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(body).replace("\u202f", " ").replace("\xa0", " ").split())
