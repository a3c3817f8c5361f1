"""Addresses of recurring documents."""

from django.urls import path

from invoicing.views import recurring

_ALL = "ventes/recurrentes/"
_ONE = f"{_ALL}<int:pk>/"

urlpatterns = [
    path(_ALL, recurring.recurring_list, name="recurring_list"),
    path("ventes/factures/<int:pk>/repeter/", recurring.invoice_repeat, name="invoice_repeat"),
    path("ventes/devis/<int:pk>/repeter/", recurring.quote_repeat, name="quote_repeat"),
    path("achats/commandes/<int:pk>/repeter/", recurring.order_repeat, name="purchase_order_repeat"),
    path(_ONE, recurring.recurring_detail, name="recurring_detail"),
    path(f"{_ONE}modifier/", recurring.recurring_edit, name="recurring_edit"),
    path(f"{_ONE}pause/", recurring.recurring_pause, name="recurring_pause"),
    path(f"{_ONE}reprendre/", recurring.recurring_resume, name="recurring_resume"),
    path(f"{_ONE}terminer/", recurring.recurring_end, name="recurring_end"),
    path(f"{_ONE}faire/", recurring.recurring_make, name="recurring_make"),
]
