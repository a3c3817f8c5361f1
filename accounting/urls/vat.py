"""Addresses of the VAT statement and the tax calendar."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
