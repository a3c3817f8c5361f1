"""Addresses of parts of a quote."""

from django.urls import URLPattern, URLResolver, path

from invoicing.views import final_account, parts, retentions

urlpatterns: list[URLPattern | URLResolver] = [
    path("ventes/devis/<int:pk>/acompte/", parts.quote_deposit, name="quote_deposit"),
    path("ventes/devis/<int:pk>/intermediaire/", parts.quote_interim, name="quote_interim"),
    path("ventes/devis/<int:pk>/echeances/<int:rank>/", parts.quote_instalment, name="quote_instalment"),
    path("ventes/devis/<int:pk>/situation/", parts.quote_progress, name="quote_progress"),
    path("ventes/devis/<int:pk>/solde/", parts.quote_balance, name="quote_balance"),
    path("ventes/devis/<int:pk>/avenant/", parts.quote_amend, name="quote_amend"),
    path("ventes/devis/<int:pk>/avenant/retirer/", parts.quote_unamend, name="quote_unamend"),
    path("ventes/devis/<int:pk>/decompte/", final_account.quote_account, name="quote_account"),
    path("ventes/factures/<int:pk>/partie/", parts.part_edit, name="part_edit"),
    path("ventes/factures/<int:pk>/retenue/", retentions.retention_release, name="retention_release"),
    path("ventes/retenues/", retentions.retention_list, name="retention_list"),
]
