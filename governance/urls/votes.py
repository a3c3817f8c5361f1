"""Addresses of votes by name."""

from django.urls import path

from governance.views import ballots, vote_acts, vote_rolls, votes

urlpatterns = [
    path("assemblees/<int:pk>/voter/", ballots.vote_cards, name="vote_cards"),
    path("assemblees/<int:pk>/voter/verifier/", ballots.vote_check, name="vote_check"),
    path("assemblees/<int:pk>/mes-bulletins/", ballots.vote_receipts, name="vote_receipts"),
    path("votes/recu/<str:receipt>/", ballots.vote_receipt, name="vote_receipt"),
    path("assemblees/<int:pk>/votes/", votes.vote_list, name="vote_list"),
    path("votes/<int:pk>/", votes.vote_detail, name="vote_detail"),
    path("resolutions/<int:pk>/vote/", vote_acts.vote_prepare, name="vote_prepare"),
    path("amendements/<int:pk>/vote/", vote_acts.vote_prepare_amendment, name="vote_prepare_amendment"),
    path("votes/<int:pk>/faire/", vote_acts.vote_act, name="vote_act"),
    path("votes/<int:pk>/annuler/", vote_acts.vote_cancel, name="vote_cancel"),
    path("votes/<int:pk>/decompte/", vote_acts.vote_counts, name="vote_counts"),
    path("votes/<int:pk>/rectifier/", vote_rolls.vote_correct, name="vote_correct"),
    path("votes/<int:pk>/rectifier-des-voix/", vote_rolls.vote_renote, name="vote_renote"),
    path("votes/<int:pk>/appel/", vote_rolls.vote_roll, name="vote_roll"),
]
