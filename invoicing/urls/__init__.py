"""Addresses of commercial documents: a module a subject."""

from invoicing.urls import (
    chasing,
    claims,
    deals,
    disbursements,
    exchange,
    expenses,
    incoming,
    joint,
    parts,
    pieces,
    purchases,
    recurring,
    sales,
)

app_name = "invoicing"

urlpatterns = [
    *sales.urlpatterns,
    *expenses.urlpatterns,
    *claims.urlpatterns,
    *incoming.urlpatterns,
    *purchases.urlpatterns,
    *deals.urlpatterns,
    *parts.urlpatterns,
    *joint.urlpatterns,
    *recurring.urlpatterns,
    *pieces.urlpatterns,
    *disbursements.urlpatterns,
    *chasing.urlpatterns,
    *exchange.urlpatterns,
]
