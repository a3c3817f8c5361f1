"""Nothing is left behind: templates nobody draws, missing tasks, entries without a page, missing English."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse

from cae.celery import app
from cae.core import menu

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("cae", "people", "entrepreneurs", "accounting", "invoicing", "governance", "coworking")
# Packages look for these by a name of their own.
FOUND_BY_PACKAGES = (
    "account/",
    "mfa/",
    "django/",
    "403.html",
    "404.html",
    "413.html",
    "500.html",
    "allauth/",
)


def sources() -> str:
    files = [
        *(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
        *(ROOT / "templates").rglob("*.html"),
    ]
    return "\n".join(path.read_text() for path in files)


def test_every_template_is_drawn_by_something() -> None:
    text = sources()
    unused = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = path.relative_to(ROOT / "templates").as_posix()
        component = re.fullmatch(r"components/(\w+)\.html", name)
        named = name in text or name.removesuffix(".html") in text
        drawn = component and f'drawn("{component[1]}"' in text
        if not (named or drawn or name.startswith(FOUND_BY_PACKAGES)):
            unused.append(name)
    assert unused == []


def test_every_periodic_job_has_its_task() -> None:
    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted <= set(app.tasks)


def test_every_asked_job_has_its_task() -> None:
    asked = set(re.findall(r"(?:run_later|start_job)\(\s*\"([\w.]+)\"", sources()))
    assert asked
    assert asked <= set(app.tasks)


@pytest.mark.parametrize("entry", menu.entries(), ids=lambda entry: entry.url_name)
def test_a_menu_entry_leads_to_a_page(entry: menu.Entry) -> None:
    assert reverse(entry.url_name)


def test_english_is_complete() -> None:
    with (ROOT / "locale/en/LC_MESSAGES/django.po").open("rb") as readable:
        catalogue = read_po(readable, locale="en")
    missing = [
        message.id
        for message in catalogue
        if message.id
        and (message.fuzzy or not all(message.string if message.pluralizable else [message.string]))
    ]
    assert missing == []
