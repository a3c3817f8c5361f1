"""Addresses of the legal dates."""

from django.urls import path

from people.views import deadlines

urlpatterns = [
    path("echeances/", deadlines.deadline_list, name="deadline_list"),
    path("echeances/noter/", deadlines.deadline_write, name="deadline_write"),
    path("echeances/clore/", deadlines.deadline_close, name="deadline_close"),
    path("mes-dates/", deadlines.own_deadline_list, name="own_deadlines"),
]
