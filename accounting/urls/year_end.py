"""Addresses of closing of a year and allocation of the result."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
