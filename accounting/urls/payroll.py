"""Addresses of proposals of pay, exchanges with payroll, payslips, balance of the year."""

from django.urls import path

from accounting.views import my_pay, payroll

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
]
