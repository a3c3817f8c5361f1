"""Addresses of years and periods, entries by hand, closing of a month, the desk of the accountant."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
