"""Addresses of grants and earmarked funds."""

from django.urls import URLPattern, path

from accounting.views import fund_following as following
from accounting.views import funds

_ONE = "compta/subventions/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("compta/subventions/", funds.fund_list, name="fund_list"),
    path("compta/subventions/nouvelle/", funds.fund_add, name="fund_add"),
    path("compta/subventions/fin-d-annee/", following.rest_list, name="fund_rests"),
    path(f"{_ONE}/", funds.fund_detail, name="fund_detail"),
    path(f"{_ONE}/corriger/", funds.fund_change, name="fund_change"),
    path(f"{_ONE}/attribuer/", funds.fund_award, name="fund_award"),
    path(f"{_ONE}/ouvrir/", funds.fund_start, name="fund_start"),
    path(f"{_ONE}/avenant/", funds.fund_amend, name="fund_amend"),
    path(f"{_ONE}/refuser/", funds.fund_end, {"how": "refuser"}, name="fund_refuse"),
    path(f"{_ONE}/abandonner/", funds.fund_end, {"how": "abandonner"}, name="fund_give_up"),
    path(f"{_ONE}/solder/", funds.fund_end, {"how": "solder"}, name="fund_close"),
    path(f"{_ONE}/versements/nouveau/", following.instalment_add, name="instalment_add"),
    path(
        "compta/subventions/versements/<int:pk>/recu/",
        following.instalment_receive,
        name="instalment_receive",
    ),
    path(
        "compta/subventions/versements/<int:pk>/retirer/",
        following.instalment_remove,
        name="instalment_remove",
    ),
    path(f"{_ONE}/obligations/nouvelle/", following.duty_add, name="duty_add"),
    path("compta/subventions/obligations/<int:pk>/faite/", following.duty_do, name="duty_do"),
    path("compta/subventions/obligations/<int:pk>/retirer/", following.duty_remove, name="duty_remove"),
    path(f"{_ONE}/documents/nouveau/", following.letter_add, name="fund_letter_add"),
    path(f"{_ONE}/depenses/", following.spending_list, name="fund_spending_list"),
    path(f"{_ONE}/depenses/<int:line>/", following.spending_add, name="fund_spending_add"),
    path("compta/subventions/depenses/<int:pk>/retirer/", following.spending_undo, name="fund_spending_undo"),
]
