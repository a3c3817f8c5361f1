"""Addresses of statements by layout, of the shared services and of sales by axis."""

from django.urls import path

from accounting.views import layout_statement, layouts, sales_by_axis, shared_services

_ACTIVITY = "etats/activites/<int:activity_id>/<slug:kind>/"
_COOPERATIVE = "etats/cooperative/<slug:kind>/"

urlpatterns = [
    path(_ACTIVITY, layout_statement.layout_statement, name="layout_statement"),
    path(_ACTIVITY + "etat.<slug:form>", layout_statement.layout_file, name="layout_file"),
    path(_ACTIVITY + "lignes/<slug:line>/", layout_statement.layout_lines, name="layout_lines"),
    path(
        "etats/cooperative/",
        layout_statement.layout_statement,
        {"kind": "resultat"},
        name="cooperative_home",
    ),
    path(_COOPERATIVE, layout_statement.layout_statement, name="cooperative_statement"),
    path(_COOPERATIVE + "etat.<slug:form>", layout_statement.layout_file, name="cooperative_file"),
    path(_COOPERATIVE + "lignes/<slug:line>/", layout_statement.layout_lines, name="cooperative_lines"),
    path("etats/services-communs/", shared_services.page, name="shared_services"),
    path("etats/services-communs/etat.<slug:form>", shared_services.shared_file, name="shared_services_file"),
    path("compta/ventes/", sales_by_axis.sales, name="sales_by_axis"),
    path("compta/presentations/", layouts.layout_list, name="layout_list"),
    path("compta/presentations/nouvelle/", layouts.layout_add, name="layout_add"),
    path("compta/presentations/essayer/", layouts.layout_try, name="layout_try"),
    path("compta/presentations/<int:pk>/", layouts.layout_detail, name="layout_detail"),
]
