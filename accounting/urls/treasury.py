"""Addresses of cash to come, floors and alerts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
