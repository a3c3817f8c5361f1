"""What several pages of training share: the version of a form, who acts, what may be done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cae.core.keys import key_in


def key_of(request: HttpRequest, name: str) -> int | None:
    """The number that a hidden field holds."""
    return key_in(request.POST.get(name, ""))


def file_of(found: dict[str, Any]) -> dict[str, Any]:
    """What a service takes of a file that a form received."""
    return {"content": found["file"].read(), "name": found["file"].name}
