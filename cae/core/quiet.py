"""Marks the pages of which the house keeps no trace: at which instant one cast a secret ballot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def quiet(view: View) -> View:
    """Marks a view whose requests are noted by no session and no journal of the house. Stands above the other
    marks. Such a view says nothing through `messages`, which would save the session."""
    view.is_quiet = True  # type: ignore[attr-defined]
    return view


def is_quiet(request: HttpRequest) -> bool:
    """Tells whether the view that this request will reach is quiet: asked before any view is known."""
    try:
        return getattr(resolve(request.path_info).func, "is_quiet", False)
    except Resolver404:
        return False
