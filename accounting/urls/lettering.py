"""Addresses of lettering and aged balances."""

from django.urls import path

from accounting.views import aged, lacks, lettering, lettering_proposals

urlpatterns = [
    path("compta/lettrage/", lettering.account_choice, name="lettering_accounts"),
    path("compta/lettrage/<int:pk>/", lettering.letter_account, name="letter_account"),
    path("compta/lettrage/<int:pk>/propositions/", lettering_proposals.proposals, name="letter_proposals"),
    path("compta/lettrage/<int:pk>/propositions/toutes/", lettering_proposals.letter_all, name="letter_all"),
    path("compta/lettrage/lettres/", lettering.lettering_list, name="lettering_list"),
    path("compta/lettrage/lettres/<int:pk>/", lettering.lettering_detail, name="lettering_detail"),
    path("compta/lettrage/lettres/<int:pk>/defaire/", lettering.lettering_undo, name="lettering_undo"),
    path("compta/balance-agee/", aged.aged_home, name="aged_balance"),
    path("compta/balance-agee/<int:section_id>/", aged.aged_section, name="aged_section"),
    path("mon-activite/<int:activity_id>/echeances/", aged.own_aged, name="own_aged"),
    path("compta/manques/", lacks.lack_list, name="lack_list"),
    path("compta/manques/sections/<int:activity_id>/", lacks.section_open, name="section_open"),
    path("compta/manques/journaux/", lacks.journals_restore, name="journals_restore"),
]
