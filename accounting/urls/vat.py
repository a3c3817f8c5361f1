"""Addresses of the VAT statement and the tax calendar."""

from django.urls import path

from accounting.views import deadlines, vat, vat_coefficients, vat_files, vat_lines

urlpatterns = [
    path("compta/tva/", vat.vat_list, name="vat_list"),
    path("compta/tva/ouvrir/", vat.vat_open, name="vat_open"),
    path("compta/tva/achats-sans-tva/", vat_lines.vat_untaxed, name="vat_untaxed"),
    path("compta/tva/coefficients/", vat_coefficients.coefficient_list, name="coefficient_list"),
    path("compta/tva/coefficients/nouveau/", vat_coefficients.coefficient_add, name="coefficient_add"),
    path("compta/tva/lignes/<int:pk>/qualifier/", vat_lines.vat_rule, name="vat_rule"),
    path("compta/tva/lignes/<int:pk>/autoliquider/", vat_lines.vat_assess, name="vat_assess"),
    path("compta/tva/<int:pk>/", vat.vat_return, name="vat_return"),
    path("compta/tva/<int:pk>/cases/<slug:code>/", vat_lines.vat_box, name="vat_box"),
    path("compta/tva/<int:pk>/arreter/", vat.vat_prepare, name="vat_prepare"),
    path("compta/tva/<int:pk>/reprendre/", vat.vat_reopen, name="vat_reopen"),
    path("compta/tva/<int:pk>/deposer/", vat.vat_file, name="vat_file"),
    path("compta/tva/<int:pk>/annuler/", vat.vat_undo, name="vat_undo"),
    path("compta/tva/<int:pk>/payer/", vat.vat_pay, name="vat_pay"),
    path("compta/tva/<int:pk>/declaration.<slug:kind>", vat_files.vat_file_of, name="vat_sheet"),
    path("compta/echeances/", deadlines.deadline_list, name="deadline_list"),
    path("compta/echeances/toutes/", deadlines.deadline_all, name="deadline_all"),
    path("compta/echeances/nouvelle/", deadlines.deadline_add, name="deadline_add"),
    path("compta/echeances/creer/", deadlines.deadline_make, name="deadline_make"),
    path("compta/echeances/<int:pk>/", deadlines.deadline_detail, name="deadline_detail"),
    path("compta/echeances/<int:pk>/suivre/", deadlines.deadline_follow, name="deadline_follow"),
    path("compta/echeances/<int:pk>/declarer/", deadlines.deadline_file, name="deadline_file"),
    path("compta/echeances/<int:pk>/payer/", deadlines.deadline_pay, name="deadline_pay"),
    path("compta/echeances/<int:pk>/sans-objet/", deadlines.deadline_drop, name="deadline_drop"),
    path("compta/echeances/<int:pk>/reprendre/", deadlines.deadline_reopen, name="deadline_reopen"),
]
