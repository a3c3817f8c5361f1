"""Addresses of premises shared, keys and badges."""

from django.urls import URLPattern, path

from coworking.views import premises

urlpatterns: list[URLPattern] = [
    path("espaces/<int:pk>/locaux/", premises.premises_page, name="premises"),
    path("espaces/<int:pk>/locaux/occupants/", premises.tenancy_begin, name="tenancy_begin"),
    path("espaces/occupants/<int:pk>/depart/", premises.tenancy_end, name="tenancy_end"),
    path("espaces/<int:pk>/locaux/repartir/", premises.cost_share, name="cost_share"),
    path("espaces/couts/<int:pk>/reprendre/", premises.cost_take_back, name="cost_take_back"),
    path("espaces/<int:pk>/cles/", premises.key_list, name="keys"),
    path("espaces/<int:pk>/cles/ajouter/", premises.key_add, name="key_add"),
    path("espaces/<int:pk>/cles/preter/", premises.key_lend, name="key_lend"),
    path("espaces/cles/<int:pk>/retirer/", premises.key_withdraw, name="key_withdraw"),
    path("espaces/prets/<int:pk>/", premises.loan_end, name="loan_end"),
    path("espaces/prets/<int:pk>/caution/", premises.loan_refund, name="loan_refund"),
]
