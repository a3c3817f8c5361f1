"""Addresses of simulation of pay and price."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
