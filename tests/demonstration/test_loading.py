"""The demonstration, loaded once on a fixed day: every state is there, the books are whole, figures agree."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.management import call_command
from django.db.models import F, Q, QuerySet, Sum
from django.test import TestCase, override_settings

from accounting.models import AnalyticAccount, ContributionRun
from accounting.selectors.statement import statement_of
from cae.core import audit
from cae.core.models import AuditEntry, EmailState, OutgoingEmail
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.demonstration.accounts import ACCOUNTS, PASSWORD
from cae.demonstration.loading.loader import load
from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, Payment
from people.models import Person, User

TODAY = date(2026, 3, 17)
NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)


def _sum(rows: QuerySet[Any], field: str) -> Decimal:
    return rows.aggregate(found=Sum(field, default=ZERO))["found"]


@override_settings(DEMONSTRATION=True)
class Demonstration(TestCase):
    callbacks: list[Any]

    @classmethod
    def setUpTestData(cls) -> None:
        with cls.captureOnCommitCallbacks() as cls.callbacks:
            load(today=TODAY, now=NOW)

    def test_the_same_day_gives_the_same_documents(self) -> None:
        found = Counter(Invoice.objects.values_list("kind", "state"))
        assert found == {
            ("invoice", "issued"): 97,
            ("invoice", "draft"): 13,
            ("invoice", "submitted"): 1,
            ("invoice", "discarded"): 2,
            ("credit_note", "issued"): 9,
            ("credit_note", "draft"): 2,
        }
        invoices = Invoice.objects.issued().invoices()
        assert _sum(invoices, "total_excl_tax") == Decimal("161924.89")
        last = Invoice.objects.issued().order_by("issued_on", "number").last()
        assert (last.number, last.issued_on) == ("F2026-0034", date(2026, 3, 12))

    def test_every_state_of_payment_is_there(self) -> None:
        rows = Invoice.objects.issued().invoices().with_settlement(TODAY)
        assert set(rows.values_list("settlement", flat=True)) == {
            "to_pay",
            "partly_settled",
            "settled",
            "overdue",
        }
        gross = F("total_incl_tax")
        assert rows.filter(paid=0, due=gross, settlement="overdue").exists()
        assert rows.filter(paid__gt=0, due__gt=0).exists()
        assert rows.filter(customer_credit__gt=0, credited_amount=0).exists()
        assert rows.filter(credited_amount=gross).exists()
        assert rows.filter(credited_amount__gt=0, credited_amount__lt=gross).exists()
        assert Payment.objects.filter(receipt__reverses__isnull=False).exists()

    def test_every_kind_of_content_is_there(self) -> None:
        issued = Invoice.objects.issued().invoices()
        assert set(issued.values_list("customer__kind", flat=True)) == {
            "firm",
            "public_body",
            "private_person",
        }
        assert set(issued.values_list("taxes__category", flat=True)) == {"S", "E", "AE"}
        assert set(issued.values_list("operation", flat=True)) == {"goods", "services", "both"}
        assert not issued.filter(operation__in=["goods", "both"], vat_due_on="receipts").exists()
        assert issued.filter(operation="services", vat_due_on="debits").exists()
        assert issued.filter(lines__discount_rate__gt=0).exists()
        assert issued.filter(lines__discount_amount__gt=0).exists()
        assert any(len({tax.rate for tax in row.taxes.all()}) > 1 for row in issued.prefetch_related("taxes"))
        assert Invoice.objects.filter(state="draft", lines__isnull=True).exists()
        assert Customer.objects.filter(archived_at__isnull=False).exists()

    def test_history_covers_ten_months_and_dates_rise_with_numbers(self) -> None:
        for kind in ("invoice", "credit_note"):
            rows = Invoice.objects.issued().filter(kind=kind).order_by("issued_on", "number")
            days = list(rows.values_list("issued_on", flat=True))
            by_number = list(rows.order_by("number").values_list("issued_on", flat=True))
            assert days == by_number
        assert Invoice.objects.issued().filter(issued_on__lt=date(2025, 6, 17)).exists()
        assert not Invoice.objects.filter(issued_on__gt=TODAY).exists()

    def test_twelve_activities_each_with_sales(self) -> None:
        assert Activity.objects.count() == 12
        assert Activity.objects.filter(invoices__state="issued").distinct().count() == 12

    def test_accounts_open_with_the_printed_password(self) -> None:
        assert User.objects.count() == 16
        for account in ACCOUNTS:
            user = User.objects.get(email=account.email)
            assert user.check_password(PASSWORD)
            assert user.person is not None
            assert user.person.roles.filter(kind=account.kind).exists()
        assert self.client.login(email="entrepreneur@demo.coop", password=PASSWORD)
        assert self.client.get("/accueil/").status_code == 200

    def test_the_candidate_has_no_activity_and_the_associate_two(self) -> None:
        def owned(slug: str) -> int:
            return Activity.objects.owned_by(User.objects.get(email=f"{slug}@demo.coop"), on=TODAY).count()

        assert [owned(slug) for slug in ("candidate", "entrepreneur", "associate")] == [0, 1, 2]

    def test_the_adviser_sees_one_portfolio_and_not_the_other(self) -> None:
        adviser = User.objects.get(email="advisor@demo.coop")
        seen = set(Activity.objects.visible_to(adviser, on=TODAY).values_list("code", flat=True))
        assert seen == {"LENOIR", "COPEAUX", "RENOV", "SOUFFLE", "SEMIS"}

    def test_three_invitations_wait_in_the_kept_mail(self) -> None:
        assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {EmailState.KEPT}
        invited = set(OutgoingEmail.objects.values_list("to", flat=True))
        assert set(
            Person.objects.filter(email__in=invited, user__isnull=True).values_list("last_name", flat=True)
        ) == {
            "Castets",
            "Peyrelongue",
            "Haddad",
        }

    def test_loading_makes_no_pdf_and_asks_for_each(self) -> None:
        assert not Invoice.objects.filter(pdf__isnull=False).exists()
        assert len(self.callbacks) == Invoice.objects.issued().count()

    def test_the_books_are_whole_and_the_journal_sealed(self) -> None:
        call_command("check_books")
        assert (
            not AuditEntry.objects.filter(rank__isnull=True).exclude(verb="accounting.check_books").exists()
        )
        assert list(audit.faults()) == []

    def test_each_statement_agrees_with_the_documents(self) -> None:
        for section in AnalyticAccount.objects.filter(activity__isnull=False).select_related("activity"):
            found = statement_of(section, Month.of(TODAY))
            issued = Invoice.objects.issued().filter(activity=section.activity)
            invoices, notes = issued.filter(kind="invoice"), issued.filter(kind="credit_note")
            received = Payment.objects.filter(invoice__activity=section.activity)
            cash = _sum(received, "amount")
            gross = _sum(invoices, "total_incl_tax") - _sum(notes, "total_incl_tax")
            tax = _sum(invoices, "total_tax") - _sum(notes, "total_tax")
            assert found.cash == cash, section
            assert found.receivables == gross - cash, section
            assert found.vat_collected + found.vat_waiting == tax, section
            year = Q(issued_on__year=TODAY.year)
            sales = _sum(invoices.filter(year), "total_excl_tax") - _sum(notes.filter(year), "total_excl_tax")
            assert found.sales.year == sales, section

    def test_each_document_gave_its_part_at_the_rate_of_its_activity(self) -> None:
        assert ContributionRun.objects.count() == Invoice.objects.issued().count()
        lower = {"LENOIR", "COPEAUX", "CELIK"}
        runs = ContributionRun.objects.select_related("activity", "scale")
        assert {run.activity.code: run.scale.rule.flat_rate for run in runs} == {
            code: Decimal("0.0800") if code in lower else Decimal("0.1000")
            for code in Activity.objects.values_list("code", flat=True)
        }

    def test_the_photographers_month_as_counted_by_hand(self) -> None:
        # 5 March: a day at 720, 64 km at 0.55, rights at 260. 12 March: 2 portraits at 180, 3 prints at 85.
        section = AnalyticAccount.objects.get(activity__code="LENOIR")
        found = statement_of(section, Month.of(TODAY))
        assert found.sales.month == Decimal("1015.20") + Decimal("615.00")
        assert found.contribution.month == Decimal("81.22") + Decimal("49.20")
        assert found.result.month == found.sales.month - found.contribution.month
        assert found.costs.month == 0
