"""Addresses of FEC, exports to accounting programs, imported ledgers."""

from django.urls import URLPattern, path

from accounting.views import exports, fec, ledger_imports

urlpatterns: list[URLPattern] = [
    path("compta/fec/", fec.fec_list, name="fec_list"),
    path("compta/fec/produire/", fec.fec_make, name="fec_make"),
    path("compta/fec/controler/", fec.fec_check, name="fec_check"),
    path("compta/fec/<int:pk>/", fec.fec, name="fec"),
    path("compta/exports/", exports.export_list, name="export_list"),
    path("compta/exports/nouveau/", exports.export_add, name="export_add"),
    path("compta/exports/<int:pk>/", exports.export_batch, name="export_batch"),
    path("compta/exports/<int:pk>/defaire/", exports.export_undo, name="export_undo"),
    path("compta/reprises/", ledger_imports.ledger_import_list, name="ledger_import_list"),
    path("compta/reprises/nouvelle/", ledger_imports.ledger_import_add, name="ledger_import_add"),
    path("compta/reprises/sources/", ledger_imports.ledger_source_list, name="ledger_source_list"),
    path("compta/reprises/sources/nouvelle/", ledger_imports.ledger_source_add, name="ledger_source_add"),
    path("compta/reprises/sources/<int:pk>/", ledger_imports.ledger_source, name="ledger_source"),
    path("compta/reprises/<int:pk>/", ledger_imports.ledger_import, name="ledger_import"),
    path(
        "compta/reprises/<int:pk>/colonnes/",
        ledger_imports.ledger_import_columns,
        name="ledger_import_columns",
    ),
    path(
        "compta/reprises/<int:pk>/differences/",
        ledger_imports.ledger_import_differences,
        name="ledger_import_differences",
    ),
    path("compta/reprises/<int:pk>/relire/", ledger_imports.ledger_import_try, name="ledger_import_try"),
    path(
        "compta/reprises/<int:pk>/reprendre/", ledger_imports.ledger_import_apply, name="ledger_import_apply"
    ),
    path(
        "compta/reprises/<int:pk>/abandonner/",
        ledger_imports.ledger_import_discard,
        name="ledger_import_discard",
    ),
    path("compta/reprises/<int:pk>/annuler/", ledger_imports.ledger_import_undo, name="ledger_import_undo"),
]
