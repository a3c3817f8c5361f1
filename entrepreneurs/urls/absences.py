"""Addresses of leave and absences."""

from django.urls import path

from entrepreneurs.views import absences

urlpatterns = [
    path("mes-absences/", absences.own_absence_list, name="own_absences"),
    path("mes-absences/demander/", absences.absence_ask, name="absence_ask"),
    path("absences/", absences.absence_list, name="absence_list"),
    path("absences/noter/", absences.absence_record, name="absence_record"),
    path("absences/equipe/", absences.team_calendar, name="team_calendar"),
    path("absences/accepter/", absences.absences_approve, name="absences_approve"),
    path("absences/<int:pk>/", absences.absence_detail, name="absence_detail"),
]
