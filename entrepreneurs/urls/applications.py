"""Addresses of applications, by a link or under « moi »; of papers, entries and the charter."""

from django.urls import path

from entrepreneurs.views import application_following as following
from entrepreneurs.views import applications, charters, entry, papers

urlpatterns = [
    path("candidature/", applications.application_home, name="application_home"),
    path("candidature/commencer/<str:door>/", applications.application_start, name="application_start"),
    path("candidature/lien-envoye/", applications.application_sent, name="application_sent"),
    path("candidature/reprendre/", applications.application_resume, name="application_resume"),
    path("ma-candidature/", following.my_application, name="my_application"),
    path("candidature/<str:key>/", following.application_page, name="application"),
    path("candidature/<str:key>/nouveau-lien/", following.application_renew, name="application_renew"),
    path("candidature/<str:key>/etape/<str:step>/", applications.application_step, name="application_step"),
    path("candidature/<str:key>/verifier/", applications.application_check, name="application_check"),
    path("candidature/<str:key>/documents/<int:pk>/", following.application_paper, name="application_paper"),
    path("candidature/<str:key>/message/", following.application_message, name="application_message"),
    path("candidature/<str:key>/rendez-vous/", following.application_slots, name="application_slots"),
    path("candidature/<str:key>/retirer/", following.application_withdraw, name="application_withdraw"),
    path("candidature/<str:key>/mes-reponses/", following.application_answers, name="application_answers"),
    path("mes-documents/", papers.my_papers, name="my_papers"),
    path("mes-documents/<int:pk>/", papers.paper_bring, name="paper_bring"),
    path("documents-demandes/", papers.paper_list, name="paper_list"),
    path("documents-demandes/<int:pk>/", papers.paper_detail, name="paper_detail"),
    path("personnes/<int:pk>/documents/demander/", papers.paper_ask, name="paper_ask"),
    path("entrees/", entry.entry_list, name="entry_list"),
    path("entrees/<int:pk>/", entry.entry, name="entry"),
    path("entrees/<int:pk>/verifier/", entry.entry_refresh, name="entry_refresh"),
    path("entrees/lignes/<int:pk>/", entry.entry_tick, name="entry_tick"),
    path("reglages/charte/", charters.charter_list, name="charter_list"),
    path("reglages/charte/nouvelle/", charters.charter_new, name="charter_new"),
]
