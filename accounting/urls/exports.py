"""Addresses of FEC, exports to accounting programs, imported ledgers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
