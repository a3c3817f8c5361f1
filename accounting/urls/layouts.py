"""Addresses of statements by layout: balance sheet, income statement, shared services."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
