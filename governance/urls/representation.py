"""Addresses of representation."""

from typing import Any

urlpatterns: list[Any] = []
