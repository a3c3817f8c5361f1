"""Addresses of deals, of the contracts that the team reads, of the kinds and clauses it keeps."""

from django.urls import path

from invoicing.views import clauses, contract_reviews, deal_acts, deal_cards, deal_kinds, deals

urlpatterns = [
    path("affaires/", deals.deal_list, name="deal_list"),
    path("affaires/nouvelle/", deals.deal_new, name="deal_new"),
    path("affaires/<int:pk>/", deals.deal_detail, name="deal_detail"),
    path("affaires/<int:pk>/modifier/", deals.deal_edit, name="deal_edit"),
    path("affaires/<int:pk>/rattacher/", deal_acts.piece_attach, name="piece_attach"),
    path("affaires/<int:pk>/fichiers/ajouter/", deal_acts.deal_file_add, name="deal_file_add"),
    path("affaires/<int:pk>/deroger/<int:wanted>/", deal_acts.paper_waive, name="paper_waive"),
    path("affaires/<int:pk>/clore/", deal_acts.deal_close, name="deal_close"),
    path("affaires/<int:pk>/rouvrir/", deal_acts.deal_reopen, name="deal_reopen"),
    path("affaires/choisir/<slug:kind>/<int:pk>/", deal_cards.deal_join, name="deal_join"),
    path("affaires/pieces/<int:pk>/retirer/", deal_acts.piece_detach, name="piece_detach"),
    path("affaires/fichiers/<int:pk>/retirer/", deal_acts.deal_file_remove, name="deal_file_remove"),
    path("affaires/fichiers/<int:pk>/remettre/", deal_acts.deal_file_restore, name="deal_file_restore"),
    path("relectures-de-contrats/", contract_reviews.review_list, name="review_list"),
    path("relectures-de-contrats/nouvelle/", contract_reviews.review_new, name="review_new"),
    path("relectures-de-contrats/<int:pk>/", contract_reviews.review_detail, name="review_detail"),
    path("relectures-de-contrats/<int:pk>/repondre/", contract_reviews.review_answer, name="review_answer"),
    path(
        "relectures-de-contrats/<int:pk>/reprendre/",
        contract_reviews.review_withdraw,
        name="review_withdraw",
    ),
    path("clauses-types/", clauses.clause_list, name="clause_list"),
    path("clauses-types/nouvelle/", clauses.clause_new, name="clause_new"),
    path("clauses-types/<int:pk>/", clauses.clause_detail, name="clause_detail"),
    path("clauses-types/<int:pk>/modifier/", clauses.clause_edit, name="clause_edit"),
    path("clauses-types/<int:pk>/archiver/", clauses.clause_archive, name="clause_archive"),
    path("clauses-types/<int:pk>/reprendre/", clauses.clause_restore, name="clause_restore"),
    path("genres-d-affaire/", deal_kinds.kind_list, name="deal_kind_list"),
    path("genres-d-affaire/nouveau/", deal_kinds.kind_new, name="deal_kind_new"),
    path("genres-d-affaire/<int:pk>/", deal_kinds.kind_detail, name="deal_kind_detail"),
    path("genres-d-affaire/<int:pk>/archiver/", deal_kinds.kind_archive, name="deal_kind_archive"),
    path("genres-d-affaire/pieces/<int:pk>/arreter/", deal_kinds.paper_stop, name="deal_paper_stop"),
]
