"""Addresses of proposals of pay, exchanges with payroll, payslips, balance of the year."""

from django.urls import path

from accounting.views import my_pay, pay_exports, pay_journals, pay_layouts, pay_slips, payroll

urlpatterns = [
    path("ma-paie/", my_pay.my_pay, name="my_pay"),
    path("ma-paie/mois/", my_pay.my_pays, name="my_pays"),
    path("ma-paie/<int:pk>/accepter/", my_pay.pay_agree, name="pay_agree"),
    path("ma-paie/<int:pk>/demander/", my_pay.pay_ask, name="pay_ask"),
    path("paie/", payroll.pay_list, name="pay_list"),
    path("paie/proposer/", payroll.pay_propose, name="pay_propose"),
    path("paie/controler/", payroll.pay_check_many, name="pay_check_many"),
    path("paie/mouvements/", payroll.pay_moves, name="pay_moves"),
    path("paie/mouvements/<slug:month>.csv", payroll.pay_moves_file, name="pay_moves_file"),
    path("paie/matricules/<int:pk>/", payroll.pay_number, name="pay_number"),
    path("paie/propositions/<int:pk>/", payroll.pay_detail, name="pay_detail"),
    path("paie/propositions/<int:pk>/revoir/", payroll.pay_revise, name="pay_revise"),
    path("paie/propositions/<int:pk>/controler/", payroll.pay_check, name="pay_check"),
    path("paie/propositions/<int:pk>/retirer/", payroll.pay_withdraw, name="pay_withdraw"),
    path("paie/formats/", pay_layouts.pay_layouts, name="pay_layouts"),
    path("paie/formats/nouveau/", pay_layouts.pay_layout_add, name="pay_layout_add"),
    path("paie/formats/<int:pk>/", pay_layouts.pay_layout, name="pay_layout"),
    path("paie/formats/<int:pk>/modifier/", pay_layouts.pay_layout_change, name="pay_layout_change"),
    path("paie/formats/<int:pk>/confirmer/", pay_layouts.pay_layout_confirm, name="pay_layout_confirm"),
    path("paie/formats/<int:pk>/proposer/", pay_layouts.pay_layout_offer, name="pay_layout_offer"),
    path("paie/envois/", pay_exports.pay_exports, name="pay_exports"),
    path("paie/envois/nouveau/", pay_exports.pay_export_add, name="pay_export_add"),
    path("paie/envois/<int:pk>/", pay_exports.pay_export, name="pay_export"),
    path("paie/envois/<int:pk>/renvoyer/", pay_exports.pay_export_again, name="pay_export_again"),
    path("paie/journaux/", pay_journals.pay_imports, name="pay_imports"),
    path("paie/journaux/recevoir/", pay_journals.pay_import_add, name="pay_import_add"),
    path("paie/journaux/<int:pk>/", pay_journals.pay_import, name="pay_import"),
    path("paie/journaux/<int:pk>/annuler/", pay_journals.pay_import_undo, name="pay_import_undo"),
    path("paie/bulletins/", pay_slips.slip_list, name="slip_list"),
    path("paie/bulletins/deposer/", pay_slips.slips_add, name="slips_add"),
    path("paie/bulletins/lots/<int:pk>/", pay_slips.slip_batch, name="slip_batch"),
    path("paie/bulletins/lots/<int:pk>/classer/", pay_slips.slips_file, name="slips_file"),
    path("paie/bulletins/lots/<int:pk>/abandonner/", pay_slips.slips_drop, name="slips_drop"),
    path("bulletins/<int:pk>/", pay_slips.payslip_file, name="payslip_file"),
]
