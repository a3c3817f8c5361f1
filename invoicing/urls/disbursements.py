"""Addresses of disbursements."""

from django.urls import URLPattern, URLResolver, path

from invoicing.views import disbursements

urlpatterns: list[URLPattern | URLResolver] = [
    path("ventes/debours/<int:pk>/preuve/", disbursements.proof_new, name="proof_new"),
]
