"""Addresses of closing of a year and allocation of the result."""

from django.urls import URLPattern, path

from accounting.views import year_end, year_statements

_YEAR = "compta/exercices/<slug:month>/"

urlpatterns: list[URLPattern] = [
    path(_YEAR, year_end.year_workbench, name="year_workbench"),
    path(_YEAR + "preparer/", year_end.year_prepare, name="year_prepare"),
    path(_YEAR + "reprendre/", year_end.year_resume, name="year_resume"),
    path(_YEAR + "resultat/", year_end.year_carry, name="year_carry"),
    path(_YEAR + "resultat/defaire/", year_end.year_undo, name="year_undo"),
    path(_YEAR + "releves/", year_end.year_send, name="year_send"),
    path(_YEAR + "releves/relancer/", year_end.year_remind, name="year_remind"),
    path(_YEAR + "regularisations/", year_end.accrual_list, name="accrual_list"),
    path(_YEAR + "regularisations/nouvelle/", year_end.accrual_new, name="accrual_new"),
    path("releves-annuels/", year_statements.my_year_statements, name="my_year_statements"),
    path("releves-annuels/<int:pk>/", year_statements.year_statement, name="year_statement"),
    path(
        "activites/<int:activity_id>/releves-annuels/",
        year_statements.year_statements,
        name="year_statements",
    ),
]
