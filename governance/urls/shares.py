"""Addresses of shares."""

from typing import Any

urlpatterns: list[Any] = []
