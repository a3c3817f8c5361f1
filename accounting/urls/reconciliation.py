"""Addresses of deposit slips and bank reconciliation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
