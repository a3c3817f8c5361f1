"""Addresses of the books."""

from django.urls import path

from accounting.views import books, controls, settings, statement

app_name = "accounting"

urlpatterns = [
    path("compta/", books.home, name="home"),
    path("compta/journaux/", books.entry_list, name="entry_list"),
    path("compta/ecritures/<int:pk>/", books.entry, name="entry"),
    path("compta/grand-livre/", books.general_ledger, name="general_ledger"),
    path("compta/balance/", books.balance, name="trial_balance"),
    path("compta/activites/", books.sections, name="activity_balances"),
    path("compta/plan/", settings.account_list, name="account_list"),
    path("compta/plan/nouveau/", settings.account_add, name="account_add"),
    path("compta/plan/<int:pk>/", settings.account_change, name="account_change"),
    path("compta/baremes/", settings.scale_list, name="scale_list"),
    path("compta/baremes/activites/", settings.assignment_list, name="assignment_list"),
    path("compta/baremes/nouveau/", settings.scale_add, name="scale_add"),
    path("compta/baremes/affecter/", settings.scale_assign, name="scale_assign"),
    path("compta/controles/", controls.control_list, name="control_list"),
    path("compta/controles/lancer/", controls.check_books, name="check_books"),
    path("mon-activite/", statement.my_statement, name="my_statement"),
    path("mon-activite/<int:activity_id>/", statement.statement, name="activity_statement"),
    path(
        "mon-activite/<int:activity_id>/<slug:month>/contributions/",
        statement.contribution_list,
        name="contribution_list",
    ),
    path(
        "mon-activite/<int:activity_id>/<slug:month>/<slug:figure>/<slug:period>/",
        statement.figure_lines,
        name="figure",
    ),
]
