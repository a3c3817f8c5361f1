"""Addresses of the allocation of a result."""

from django.urls import path

from accounting.views import allocation, allocation_moves

_ONE = "compta/affectations/<int:pk>/"

urlpatterns = [
    path("compta/affectations/", allocation.allocation_list, name="allocation_list"),
    path("compta/exercices/<slug:month>/affectation/", allocation.allocation, name="allocation"),
    path(
        "compta/exercices/<slug:month>/affectation/proposer/",
        allocation.allocation_propose,
        name="allocation_propose",
    ),
    path("compta/affectations/droits/<int:pk>/", allocation.allocation_right, name="allocation_right"),
    path(f"{_ONE}parts/", allocation.allocation_decide, name="allocation_decide"),
    path(f"{_ONE}essayer/", allocation.allocation_try, name="allocation_try"),
    path(f"{_ONE}chiffres/", allocation.allocation_facts, name="allocation_facts"),
    path(f"{_ONE}relire/", allocation.allocation_read, name="allocation_read"),
    path(f"{_ONE}inscrire/", allocation_moves.allocation_join, name="allocation_join"),
    path(f"{_ONE}reprendre/", allocation_moves.allocation_take_back, name="allocation_take_back"),
    path(f"{_ONE}voter/", allocation_moves.allocation_vote, name="allocation_vote"),
    path(f"{_ONE}revenir/", allocation_moves.allocation_reconsider, name="allocation_reconsider"),
    path(f"{_ONE}comptabiliser/", allocation_moves.allocation_post, name="allocation_post"),
    path(f"{_ONE}contre-passer/", allocation_moves.allocation_undo, name="allocation_undo"),
    path(f"{_ONE}payer/", allocation_moves.allocation_pay, name="allocation_pay"),
    path(f"{_ONE}payer-le-reste/", allocation_moves.allocation_pay_rest, name="allocation_pay_rest"),
    path(f"{_ONE}retirer/", allocation_moves.allocation_unpay, name="allocation_unpay"),
    path(f"{_ONE}affectation.<slug:kind>", allocation_moves.allocation_file, name="allocation_file"),
]
