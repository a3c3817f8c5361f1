"""Addresses of the sales."""

from django.urls import path

from invoicing.views import (
    acts,
    customers,
    documents,
    editor,
    issuing,
    lists,
    payments,
    quotes,
    receipts,
    totals,
)

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
    path("devis/", quotes.quote_list, name="quote_list"),
    path("devis/nouveau/", editor.quote_new, name="quote_new"),
    path("devis/<int:pk>/", quotes.quote_detail, name="quote_detail"),
    path("devis/<int:pk>/modifier/", editor.quote_edit, name="quote_edit"),
    path("devis/<int:pk>/apercu/", quotes.quote_preview, name="quote_preview"),
    path("devis/<int:pk>/dupliquer/", quotes.quote_duplicate, name="quote_duplicate"),
    path("devis/<int:pk>/nouvelle-version/", quotes.quote_revise, name="quote_revise"),
    path("devis/<int:pk>/abandonner/", quotes.quote_discard, name="quote_discard"),
    path("devis/<int:pk>/reprendre/", quotes.quote_restore, name="quote_restore"),
    path("factures/nouvelle/", editor.invoice_new, name="invoice_new"),
    path("factures/totaux/", totals.live_totals, name="live_totals"),
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
    path("factures/<int:pk>/rembourser/", payments.refund_new, name="refund_new"),
    path("factures/<int:pk>/imputer/", payments.advance_use, name="advance_use"),
    path("encaissements/", receipts.receipt_list, name="receipt_list"),
    path("encaissements/nouveau/", receipts.receipt_new, name="receipt_new"),
    path("encaissements/<int:pk>/", receipts.receipt_detail, name="receipt_detail"),
    path("encaissements/<int:pk>/annuler/", receipts.receipt_reverse, name="receipt_reverse"),
]
