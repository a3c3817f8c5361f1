"""Addresses of statuses, of what is counted of them, of the words that define them."""

from django.urls import path

from people.views import headcount, statuses

urlpatterns = [
    path("personnes/<int:pk>/statuts/noter/", statuses.status_record, name="status_record"),
    path("personnes/statuts/<int:pk>/arreter/", statuses.status_end, name="status_end"),
    path("personnes/statuts/<int:pk>/prolonger/", statuses.status_prolong, name="status_prolong"),
    path("personnes/statuts/<int:pk>/corriger/", statuses.status_correct, name="status_correct"),
    path("personnes/statuts/<int:pk>/retirer/", statuses.status_withdraw, name="status_withdraw"),
    path("effectifs/", headcount.headcount_page, name="headcount"),
    path("effectifs/<slug:figure>/", headcount.headcount_list, name="headcount_list"),
    path("mots/", statuses.glossary, name="glossary"),
]
