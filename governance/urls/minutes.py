"""Addresses of minutes."""

from typing import Any

urlpatterns: list[Any] = []
