"""Addresses of room."""

from typing import Any

urlpatterns: list[Any] = []
