"""Addresses of proposals of pay, exchanges with payroll, payslips, balance of the year."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
