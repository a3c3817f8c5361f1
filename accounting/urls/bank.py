"""Addresses of statements of the bank and their matching."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
