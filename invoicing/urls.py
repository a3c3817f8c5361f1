"""Addresses of the sales."""

from django.urls import path

from invoicing.views import acts, customers, documents, editor, issuing, lists, payments

app_name = "invoicing"

urlpatterns = [
    path("", lists.invoice_list, name="invoice_list"),
    path("avoirs/", lists.credit_note_list, name="credit_note_list"),
    path("brouillons/", lists.draft_list, name="draft_list"),
    path("pdf/<slug:kind>/", lists.gather, name="gather"),
    path("clients/", customers.customer_list, name="customer_list"),
    path("clients/nouveau/", customers.customer_new, name="customer_new"),
    path("clients/<int:pk>/", customers.customer_detail, name="customer_detail"),
    path("clients/<int:pk>/modifier/", customers.customer_edit, name="customer_edit"),
    path("clients/<int:pk>/archiver/", customers.customer_archive, name="customer_archive"),
    path("clients/<int:pk>/reprendre/", customers.customer_restore, name="customer_restore"),
    path("factures/nouvelle/", editor.invoice_new, name="invoice_new"),
    path("factures/totaux/", editor.live_totals, name="live_totals"),
    path("factures/<int:pk>/", documents.invoice_detail, name="invoice_detail"),
    path("factures/<int:pk>/fichier/", documents.invoice_file, name="invoice_file"),
    path("factures/<int:pk>/apercu/", documents.invoice_preview, name="invoice_preview"),
    path("factures/<int:pk>/modifier/", editor.invoice_edit, name="invoice_edit"),
    path("factures/<int:pk>/controler/", issuing.invoice_check, name="invoice_check"),
    path("factures/<int:pk>/emettre/", issuing.invoice_issue, name="invoice_issue"),
    path("factures/<int:pk>/avoir/", acts.invoice_credit, name="invoice_credit"),
    path("factures/<int:pk>/paiement/", payments.payment_new, name="payment_new"),
    path("factures/<int:pk>/dupliquer/", acts.invoice_duplicate, name="invoice_duplicate"),
    path("factures/<int:pk>/abandonner/", acts.invoice_discard, name="invoice_discard"),
    path("factures/<int:pk>/reprendre/", acts.invoice_restore, name="invoice_restore"),
    path("paiements/<int:pk>/annuler/", payments.payment_reverse, name="payment_reverse"),
]
