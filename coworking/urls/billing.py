"""Addresses of what is due and the month’s run."""

from django.urls import URLPattern, path

from coworking.views import billing, crediting

_MONTH = "espaces/<int:pk>/facturation/<str:month>"

urlpatterns: list[URLPattern] = [
    path("espaces/<int:pk>/facturation/", billing.billing_list, name="billing_list"),
    path("espaces/<int:pk>/facturation/ajouter/", billing.charge_add, name="charge_add"),
    path(f"{_MONTH}/", billing.billing, name="billing"),
    path(
        "espaces/<int:pk>/facturation/<str:month>/calculer/", billing.billing_prepare, name="billing_prepare"
    ),
    path(f"{_MONTH}/facturer/", billing.billing_start, name="billing_start"),
    path("espaces/dus/<int:pk>/remettre/", billing.charge_release, name="charge_release"),
    path("espaces/dus/<int:pk>/rendre/", crediting.charge_owe_back, name="charge_owe_back"),
    path("espaces/dus/<int:pk>/garder/", crediting.charge_keep_billed, name="charge_keep_billed"),
    path("espaces/dus/<int:pk>/avoir/", crediting.charge_credit, name="charge_credit"),
    path("espaces/dus/<int:pk>/<slug:move>/", billing.charge_act, name="charge_act"),
]
