"""Addresses of receipts and expense claims of the entrepreneur."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
