"""Addresses of statements of the bank and their matching."""

from django.urls import URLPattern, path

from accounting.views import bank, bank_layouts, bank_matching

urlpatterns: list[URLPattern] = [
    path("compta/banque/", bank.bank, name="bank"),
    path("compta/banque/comptes/nouveau/", bank.bank_account_add, name="bank_account_add"),
    path("compta/banque/comptes/<int:pk>/", bank.bank_account, name="bank_account"),
    path("compta/banque/lignes/", bank.bank_lines_page, name="bank_lines"),
    path("compta/banque/lignes/<int:pk>/", bank_matching.bank_line, name="bank_line"),
    path("compta/banque/lignes/<int:pk>/defaire/", bank_matching.bank_undo, name="bank_undo"),
    path("compta/banque/sures/", bank_matching.bank_sure, name="bank_sure"),
    path("compta/banque/importer/", bank.bank_import, name="bank_import"),
    path("compta/banque/releves/", bank.bank_statements_page, name="bank_statements"),
    path("compta/banque/releves/<int:pk>/", bank.bank_statement, name="bank_statement"),
    path("compta/banque/releves/<int:pk>/retirer/", bank.bank_statement_remove, name="bank_statement_remove"),
    path("compta/banque/regles/", bank.bank_rules_page, name="bank_rules"),
    path("compta/banque/regles/<int:pk>/", bank.bank_rule_stop, name="bank_rule"),
    path("compta/banque/formats/", bank_layouts.bank_layouts_page, name="bank_layouts"),
    path("compta/banque/formats/nouveau/", bank_layouts.bank_layout_add, name="bank_layout_add"),
    path("compta/banque/formats/<int:pk>/", bank_layouts.bank_layout_change, name="bank_layout_change"),
]
