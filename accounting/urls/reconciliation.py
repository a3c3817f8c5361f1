"""Addresses of deposit slips and reconciliations of the bank."""

from django.urls import path

from accounting.views import deposits, reconciliation

urlpatterns = [
    path("compta/banque/remises/", deposits.deposit_list, name="deposit_list"),
    path("compta/banque/remises/preparer/", deposits.deposit_prepare, name="deposit_prepare"),
    path("compta/banque/remises/<int:pk>/", deposits.deposit_detail, name="deposit_detail"),
    path("compta/banque/remises/<int:pk>/bordereau.pdf", deposits.deposit_pdf, name="deposit_pdf"),
    path("compta/banque/remises/<int:pk>/remettre/", deposits.deposit_deposit, name="deposit_deposit"),
    path("compta/banque/remises/<int:pk>/crediter/", deposits.deposit_credit, name="deposit_credit"),
    path("compta/banque/remises/<int:pk>/reprendre/", deposits.deposit_take_back, name="deposit_take_back"),
    path("compta/banque/remises/<int:pk>/annuler/", deposits.deposit_cancel, name="deposit_cancel"),
    path("compta/banque/rapprochement/", reconciliation.reconciliation_home, name="reconciliation_home"),
    path("compta/banque/rapprochement/<int:pk>/", reconciliation.reconciliation, name="reconciliation"),
]
