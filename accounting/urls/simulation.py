"""Addresses of simulation of pay and price."""

from django.urls import URLPattern, path

from accounting.views import pay_simulation

urlpatterns: list[URLPattern] = [
    path("paie/simuler/", pay_simulation.simulate_pay, name="simulate_pay"),
]
