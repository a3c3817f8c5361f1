"""Addresses of grants and earmarked funds."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
