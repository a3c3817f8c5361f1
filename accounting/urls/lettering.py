"""Addresses of lettering and aged balances."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
