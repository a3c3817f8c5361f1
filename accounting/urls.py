"""Addresses of the books."""

from django.urls import path

from accounting.views import (
    books,
    contribution_month,
    contributions,
    controls,
    exemptions,
    scale_form,
    scales,
    settings,
    sharing,
    statement,
)

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
    path("compta/contributions/", contributions.run_list, name="run_list"),
    path("compta/contributions/calculer/", contribution_month.month_preview, name="month_preview"),
    path("compta/contributions/avance/", contributions.advance_take, name="advance_take"),
    path("compta/contributions/lancer/", contribution_month.month_run, name="month_run"),
    path("compta/baremes/", scales.scale_list, name="scale_list"),
    path("compta/baremes/activites/", scales.assignment_list, name="assignment_list"),
    path("compta/baremes/nouveau/", scale_form.scale_add, name="scale_add"),
    path("compta/baremes/essayer/", scale_form.scale_try, name="scale_try"),
    path("compta/baremes/affecter/", scales.scale_assign, name="scale_assign"),
    path("compta/baremes/<int:pk>/", scales.scale_detail, name="scale_detail"),
    path("compta/exonerations/", exemptions.exemption_list, name="exemption_list"),
    path("compta/exonerations/nouvelle/", exemptions.exemption_add, name="exemption_add"),
    path("compta/exonerations/<int:pk>/", exemptions.exemption_detail, name="exemption_detail"),
    path("compta/exonerations/<int:pk>/arreter/", exemptions.exemption_end, name="exemption_end"),
    path("contributions/<int:pk>/", contributions.run_detail, name="run_detail"),
    path("contributions/<int:pk>/annuler/", contributions.run_reverse, name="run_reverse"),
    path("contributions/<int:pk>/reprendre/", contributions.run_again, name="run_again"),
    path("compta/repartitions/<int:activity_id>/", sharing.sharing_new, name="sharing_new"),
    path("repartitions/<int:pk>/", sharing.sharing_detail, name="sharing_detail"),
    path("repartitions/<int:pk>/ecritures/<int:rank>/", sharing.sharing_lines, name="sharing_lines"),
    path("repartitions/<int:pk>/annuler/", sharing.sharing_undo, name="sharing_undo"),
    path("ma-part/", sharing.my_parts, name="my_parts"),
    path("compta/controles/", controls.control_list, name="control_list"),
    path("compta/controles/lancer/", controls.check_books, name="check_books"),
    path("mon-activite/", statement.my_statement, name="my_statement"),
    path("mon-activite/<int:activity_id>/", statement.statement, name="activity_statement"),
    path(
        "mon-activite/<int:activity_id>/<slug:month>/releve.<slug:kind>",
        statement.statement_file,
        name="statement_file",
    ),
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
