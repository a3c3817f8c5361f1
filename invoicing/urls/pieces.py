"""Addresses of delivery notes, proforma invoices and disbursements."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
