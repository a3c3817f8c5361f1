"""Addresses of votes."""

from typing import Any

urlpatterns: list[Any] = []
