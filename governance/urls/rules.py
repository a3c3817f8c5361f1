"""Addresses of rules."""

from typing import Any

urlpatterns: list[Any] = []
