"""Addresses of the check of claims and mileage."""

from django.urls import URLPattern, URLResolver, include, path

from invoicing.views import claim_queue

_queue = [
    path("", claim_queue.claim_queue, name="claim_queue"),
    path("approuver/", claim_queue.claims_approve, name="claims_approve"),
    path("<int:pk>/", claim_queue.claim_check, name="claim_check"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("depenses/a-verifier/", include(_queue)),
]
