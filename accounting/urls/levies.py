"""Addresses of levies of the cooperative’s own, trial of a scheme."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
