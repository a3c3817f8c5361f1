"""The demonstration, loaded once on a fixed day: every state is there, the books are whole, figures agree."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, F, Q
from django.test import TestCase, override_settings

from accounting.models import (
    AnalyticAccount,
    BankLine,
    Closing,
    ContributionRun,
    DepositSlip,
    Exemption,
    ManualEntry,
    PaymentBatch,
    PaymentOrder,
    PayResult,
    Period,
    PlannedReversal,
    RecurringEntry,
    StatementAgreement,
    TaxDeadline,
)
from accounting.selectors.lettering import open_lines
from accounting.selectors.payments import orders_held
from accounting.selectors.sharing import parts_received, section_of_person
from accounting.selectors.statement import figures_of
from cae.core import audit
from cae.core.models import AuditEntry, EmailState, Message, Notice, OutgoingEmail, Signature
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.templatetags.formats import money
from cae.demonstration.accounts import ACCOUNTS, PASSWORD
from cae.demonstration.loading.loader import load
from cae.demonstration.loading.workshops import WORKSHOPS
from coworking.models import BillingRun, Booking, Event, Place, TrainingSession
from entrepreneurs.models import Activity, Exit, Interview
from entrepreneurs.selectors.handing_over import held_by
from invoicing.models import (
    CatalogueItem,
    ChosenOption,
    Customer,
    InternalCredit,
    InternalSale,
    Invoice,
    Payment,
    Quote,
    Receipt,
    SelfValidation,
    WriteOff,
)
from people.models import Person, User
from tests.demonstration.sums import elsewhere, less_notes, recovered, sum_of

TODAY = date(2026, 3, 17)
NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
OF_TRADES = Q(activity__place=None)


@override_settings(DEMONSTRATION=True)
class Demonstration(TestCase):
    callbacks: list[Any]

    @classmethod
    def setUpTestData(cls) -> None:
        with cls.captureOnCommitCallbacks() as cls.callbacks, time_machine.travel(NOW, tick=True):
            load(today=TODAY, now=NOW)
        # All in one transaction, which PostgreSQL counts of itself only once it is over: without its
        # statistics, reading the books again took minutes.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            # What is checked at the end of a transaction is checked here, once, not again after each test.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def test_the_same_day_gives_the_same_documents(self) -> None:
        sold = Invoice.objects.filter(OF_TRADES)
        found = Counter(sold.values_list("kind", "state"))
        assert found == {
            ("invoice", "issued"): 370,
            ("invoice", "draft"): 28,
            ("invoice", "submitted"): 1,
            ("invoice", "discarded"): 2,
            ("credit_note", "issued"): 16,
            ("credit_note", "draft"): 2,
        }
        issued = sold.issued().filter(issued_on__gt=date(2025, 3, 17))
        sales = sum_of(issued.invoices(), "total_excl_tax")
        given_back = sum_of(issued.filter(kind="credit_note"), "total_excl_tax")
        assert (sales, given_back) == (Decimal("910399.47"), Decimal("5152.96"))

    def test_quotes_are_in_every_state(self) -> None:
        quotes = Quote.objects.filter(OF_TRADES)
        found = Counter(quotes.values_list("state", flat=True))
        assert found == {
            "draft": 10,
            "submitted": 6,
            "approved": 4,
            "sent": 26,
            "accepted": 20,
            "refused": 6,
            "replaced": 4,
            "withdrawn": 2,
            "discarded": 1,
        }
        sent = quotes.filter(state="sent")
        assert sum(quote.is_expired(TODAY) for quote in sent) == 4
        assert sent.filter(sendings__first_seen_at__isnull=False).exists()
        assert sent.filter(sendings__first_seen_at__isnull=True).exists()
        accepted = quotes.filter(state="accepted")
        assert accepted.filter(answer__signature__isnull=False).count() == 15
        assert accepted.filter(answer__noted_by__isnull=False).count() == 5
        assert accepted.filter(invoices__state="issued").distinct().count() == 10
        assert ChosenOption.objects.exists()
        assert Quote.objects.exclude(correction="").count() == 3
        assert not Quote.objects.filter(state="refused", refusal_reason="").exists()
        assert Message.objects.filter(author__isnull=True).count() == 2

    def test_the_team_has_documents_to_check_and_trusts_some_people(self) -> None:
        assert Quote.objects.filter(state="submitted").exists()
        assert Invoice.objects.filter(state="submitted").exists()
        trusted = SelfValidation.objects.values_list("person__last_name", flat=True)
        assert set(trusted) == {"Lenoir", "Çelik", "Larrieu", "Lacoste", "Duboscq"}

    def test_money_comes_for_several_invoices_and_too_much(self) -> None:
        shared = Receipt.objects.annotate(shares=Count("payments")).filter(kind="received", shares=2)
        assert shared.count() == 2
        assert Receipt.objects.filter(kind="refunded").count() == 1
        assert Receipt.objects.filter(kind="offset").count() == 1
        assert Payment.objects.filter(advance__gt=0).count() == 5

    def test_each_activity_has_a_catalogue_and_all_share_one(self) -> None:
        owners = set(CatalogueItem.objects.values_list("activity", flat=True))
        assert owners == {None, *Activity.objects.filter(place=None).values_list("pk", flat=True)}

    def test_every_state_of_payment_is_there(self) -> None:
        rows = Invoice.objects.issued().invoices().with_settlement(TODAY)
        assert set(rows.values_list("settlement", flat=True)) == {
            "to_pay",
            "partly_settled",
            "settled",
            "overdue",
            "written_off",
        }
        gross = F("total_incl_tax")
        assert rows.filter(paid=0, due=gross, settlement="overdue").exists()
        assert rows.filter(paid__gt=0, due__gt=0).exists()
        assert rows.filter(customer_credit__gt=0, credited_amount=0).exists()
        assert rows.filter(credited_amount=gross).exists()
        assert rows.filter(credited_amount__gt=0, credited_amount__lt=gross).exists()
        assert Payment.objects.filter(receipt__reverses__isnull=False).exists()

    def test_a_payment_is_held_for_want_of_cash_and_lots_wait(self) -> None:
        held = orders_held(TODAY).get()
        assert held.amount > held.left
        assert {*PaymentBatch.objects.values_list("state", flat=True)} == {"prepared", "done"}
        assert PaymentOrder.objects.filter(state="rejected").count() == 1

    def test_every_kind_of_content_is_there(self) -> None:
        issued = Invoice.objects.issued().invoices()
        assert set(issued.values_list("customer__kind", flat=True)) == {
            "firm",
            "public_body",
            "private_person",
        }
        assert {"FR", "DE", "ES", "CH"} == set(issued.values_list("customer__country", flat=True))
        assert set(issued.values_list("taxes__category", flat=True)) == {"S", "E", "AE", "G"}
        assert set(issued.values_list("operation", flat=True)) == {"goods", "services", "both"}
        assert not issued.filter(operation__in=["goods", "both"], vat_due_on="receipts").exists()
        assert issued.filter(operation="services", vat_due_on="debits").exists()
        assert issued.filter(lines__discount_rate__gt=0).exists()
        assert issued.filter(lines__discount_amount__gt=0).exists()
        assert any(len({tax.rate for tax in row.taxes.all()}) > 1 for row in issued.prefetch_related("taxes"))
        assert Invoice.objects.filter(state="draft", lines__isnull=True).exists()
        assert Customer.objects.filter(archived_at__isnull=False).exists()

    def test_history_covers_a_year_and_dates_rise_with_numbers(self) -> None:
        for kind in ("invoice", "credit_note"):
            rows = Invoice.objects.issued().filter(kind=kind).order_by("issued_on", "number")
            days = list(rows.values_list("issued_on", flat=True))
            by_number = list(rows.order_by("number").values_list("issued_on", flat=True))
            assert days == by_number
        assert Invoice.objects.issued().filter(issued_on__lt=date(2025, 6, 17)).exists()
        assert not Invoice.objects.filter(issued_on__gt=TODAY).exists()

    def test_sixty_activities_of_twenty_five_trades_each_with_sales(self) -> None:
        trades = Activity.objects.filter(place=None)
        assert trades.count() == 60
        assert trades.values("trade").distinct().count() == 25
        assert trades.filter(invoices__state="issued").distinct().count() == 60
        assert Activity.objects.annotate(people=Count("scope__members")).filter(people__gt=1).count() == 4

    def test_five_places_live_and_three_of_them_sell(self) -> None:
        assert Place.objects.filter(city__in=["Hagetmau", "La Réole", "Bègles"]).count() == 3
        assert Counter(BillingRun.objects.values_list("state", flat=True)) == {"done": 3, "preview": 3}
        assert Booking.objects.values("place").distinct().count() == 5
        breakfasts = Event.objects.filter(kind__code="petit-dejeuner")
        assert breakfasts.values("place", "state").order_by().distinct().count() == 3 * 2
        assert {*TrainingSession.objects.values_list("state", flat=True)} >= {"done", "open"}

    def test_accounts_open_with_the_printed_password(self) -> None:
        listed = User.objects.filter(email__endswith="@demo.coop")
        assert listed.count() == len(ACCOUNTS) == 21
        # Associates who work here vote on a screen; nobody signs in as them.
        others = User.objects.difference(listed)
        assert len(others) == 25
        assert not any(user.has_usable_password() for user in others)
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

    def test_skills_without_activity_have_a_part_of_the_result(self) -> None:
        user = User.objects.get(email="collective@demo.coop")
        section = section_of_person(user)
        assert section is not None
        (part,) = parts_received(section)
        assert part.amount > 0
        self.client.force_login(user)
        assert money(part.amount) in self.client.get("/ma-part/").content.decode()

    def test_departures_are_prepared_given_up_and_done_and_the_team_hands_over(self) -> None:
        assert Counter(Exit.objects.values_list("state", flat=True)) == {
            "prepared": 2,
            "cancelled": 1,
            "closed": 1,
        }
        leaving = Exit.objects.get(person__user__email="advisor2@demo.coop")
        held = held_by(leaving.person, leaving.last_day, NOW)
        assert held.referents
        assert held.requests

    def test_interviews_are_held_within_days_of_the_day_they_were_owed(self) -> None:
        past = Interview.objects.filter(due_on__lt=TODAY)
        assert Counter(past.values_list("state", flat=True)) == {"signed": 3, "proposed": 1, "due": 1}
        for row in past.exclude(held_on=None):
            assert row.held_on is not None
            assert abs(row.held_on - row.due_on) <= timedelta(days=14)
            signed = [
                one.signed_at.date() - row.held_on for one in Signature.objects.filter(**audit.about(row))
            ]
            assert max(signed) <= timedelta(days=7)

    def test_the_adviser_sees_one_portfolio_and_not_the_other(self) -> None:
        adviser = User.objects.get(email="advisor@demo.coop")
        seen = set(Activity.objects.visible_to(adviser, on=TODAY).values_list("code", flat=True))
        assert {"LENOIR", "COPEAUX", "RENOV", "SOUFFLE", "SEMIS"} < seen
        other = User.objects.get(email="advisor2@demo.coop")
        followed = set(Activity.objects.visible_to(other, on=TODAY).values_list("code", flat=True))
        assert not seen & followed
        assert len(seen | followed) == 60

    def test_three_invitations_wait_in_the_kept_mail(self) -> None:
        assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {EmailState.KEPT}
        mails = OutgoingEmail.objects.filter(cause="people.invitation")
        invited = set(mails.values_list("to", flat=True))
        assert set(
            Person.objects.filter(email__in=invited, user__isnull=True).values_list("last_name", flat=True)
        ) == {
            "Bidart",
            "Peyrelongue",
            "Haddad",
        }

    def test_loading_makes_no_pdf_and_asks_for_each(self) -> None:
        assert not Invoice.objects.filter(pdf__isnull=False).exists()
        assert len(self.callbacks) >= Invoice.objects.issued().count()
        assert not Quote.objects.filter(pdf__isnull=False).exists()

    def test_the_books_are_whole_and_the_journal_sealed(self) -> None:
        call_command("check_books")
        assert (
            not AuditEntry.objects.filter(rank__isnull=True).exclude(verb="accounting.check_books").exists()
        )
        assert list(audit.faults()) == []

    def test_cheques_of_the_month_went_together_and_the_bank_credited_them(self) -> None:
        slip = DepositSlip.objects.get()
        credited = BankLine.objects.get(label__contains=slip.number)
        assert (slip.state, credited.amount, credited.state) == ("deposited", slip.total, "to_match")

    def test_pay_is_paid_and_its_charges_and_the_bank_saw_it(self) -> None:
        kinds = [row for prefix in ("421", "431", "4421") for row in open_lines(on=TODAY, prefix=prefix)]
        # What is held of a pay for shares that these books do not hold is owed by the person.
        due = [row for row in kinds if row.left < 0]
        assert [row.line.entry.label for row in due if row.line.on < date(2026, 1, 17)] == []
        paid = BankLine.objects.filter(label__contains="PAIE 2026 01")
        assert set(paid.values_list("state", flat=True)) == {"matched"}
        assert {-line.amount for line in paid} >= set(
            PayResult.objects.filter(received__month__first=date(2026, 1, 1)).values_list(
                "net_paid", flat=True
            )
        )
        (dsn,) = TaxDeadline.objects.filter(rule__code="dsn", ends_on=date(2026, 1, 31))
        assert BankLine.objects.get(label="VIR SEPA URSSAF DSN 2026 01").amount == -(dsn.amount or ZERO)

    def test_who_accepted_a_yearly_statement_is_no_longer_asked(self) -> None:
        accepted = StatementAgreement.objects.get(analytic__activity__code="LENOIR")
        assert accepted.state == "signed"
        told = Notice.objects.filter(kind="accounting.year_statement_to_sign", **audit.about(accepted))
        assert [row.read_at is not None for row in told] == [True]

    def test_months_are_closed_and_locked_up_to_two_months_ago_and_entries_wait(self) -> None:
        months = Period.objects.order_by("starts_on")
        assert months.last().starts_on == date(2026, 1, 1)
        assert [month.state for month in months][-3:] == ["locked", "closed", "closed"]
        assert Closing.objects.count() == months.count()
        assert ManualEntry.objects.filter(state="draft").count() == 1
        assert PlannedReversal.objects.get(state="planned").on == date(2026, 4, 1)
        assert RecurringEntry.objects.get().made.count() == 2

    def test_each_statement_agrees_with_the_documents(self) -> None:
        sections = AnalyticAccount.objects.filter(activity__isnull=False).select_related("activity")
        # Those that sell together, together.
        together = sections.filter(activity__quote_shares__isnull=False).distinct()
        alone = sections.exclude(pk__in=together.values("pk"))
        assert together.count() == 2
        for group in (list(together), *([one] for one in alone)):
            self._agrees(group)

    def _agrees(self, group: list[AnalyticAccount]) -> None:
        """Documents give the figures, but for what other papers move: statements of VAT, bank, pay."""
        found = [figures_of(section, Month.of(TODAY)).now for section in group]
        issued = Invoice.objects.issued().filter(activity__in=[section.activity_id for section in group])
        told = {name: less_notes(issued, name) for name in ("total_incl_tax", "total_tax", "disbursed")}
        received = sum_of(Payment.objects.filter(invoice__in=issued), "amount")
        paid = sum_of(PaymentOrder.objects.filter(section__in=group, state="settled"), "amount")
        lost = WriteOff.objects.filter(invoice__in=issued)
        asked, less = less_notes(issued.filter(part="deposit"), "total_excl_tax"), recovered(issued)
        owed = told["total_incl_tax"] + told["disbursed"] - sum_of(lost, "amount") - (asked - less)
        assert sum(one.cash for one in found) == received - paid + elsewhere(group, "5"), group
        assert sum(one.receivables for one in found) == owed - received, group
        tax = told["total_tax"] - sum_of(lost, "tax") - elsewhere(group, "4457")
        assert sum(one.vat_collected + one.vat_waiting for one in found) == tax, group
        year = issued.filter(issued_on__year=TODAY.year)
        sold = less_notes(year.exclude(part="deposit"), "total_excl_tax") + recovered(year)
        assert sum(one.sales.year for one in found) == sold, group

    def test_each_document_gave_its_part_at_the_rate_of_its_activity(self) -> None:
        monthly = {workshop.code for workshop in WORKSHOPS if workshop.scheme}
        issued = Invoice.objects.issued().exclude(activity__code__in=monthly)
        runs = ContributionRun.objects.filter(kind="document").select_related("activity", "scale")
        # What is sold inside gives its part too; of a deposit asked together, each activity its own.
        inside = {*InternalSale.objects.values_list("number", flat=True)}
        inside |= {*InternalCredit.objects.values_list("number", flat=True)}
        subjects = Counter(run.subject for run in runs)
        assert subjects.keys() == {*issued.values_list("number", flat=True)} | (inside - {None})
        shared = Invoice.objects.filter(quote__shares__isnull=False, number__in=subjects).distinct().get()
        assert {number: count for number, count in subjects.items() if count > 1} == {shared.number: 2}
        lower = {"LENOIR", "COPEAUX", "CELIK"}
        assert {run.activity.code: run.scale.rule.shape.rate for run in runs} == {
            code: Decimal("0.0800") if code in lower else Decimal("0.1000")
            for code in Activity.objects.exclude(code__in=monthly).values_list("code", flat=True)
        }

    def test_months_are_taken_under_three_schemes_and_a_late_decision_adjusts_one(self) -> None:
        months = ContributionRun.objects.filter(kind="month")
        kinds = {run.scale.code: run.scale.rule.shape.kind for run in months.select_related("scale")}
        assert kinds == {"tranches": "slices", "bloc": "whole_base", "fidelite": "cumulative"}
        assert {run.activity.code for run in months.select_related("activity")} == {
            workshop.code for workshop in WORKSHOPS if workshop.scheme
        }
        (adjusted,) = months.filter(nature="adjust")
        assert (adjusted.activity.code, adjusted.due) == ("BOSQUET", Decimal("-15.00"))
        assert Exemption.objects.count() == 1

    def test_the_photographers_month_as_counted_by_hand(self) -> None:
        # 5 March: a day at 720, 64 km at 0.55, rights at 260. 12 March: 2 portraits at 180, 3 prints at 85.
        # 6 March: the balance of a report at 4320, whose deposit of 1296 had given its part already.
        # Prints that came damaged are given back at 60.
        section = AnalyticAccount.objects.get(activity__code="LENOIR")
        found = figures_of(section, Month.of(TODAY)).now
        assert found.sales.month == Decimal("1015.20") + Decimal("615.00") + Decimal("4320.00")
        taken = ContributionRun.objects.filter(activity__code="LENOIR", on__gte=date(2026, 3, 1))
        of_sales = taken.exclude(subject__startswith="INT").order_by("subject")
        assert list(of_sales.values_list("due", flat=True)) == [
            Decimal("81.22"),
            Decimal("241.92"),
            Decimal("49.20"),
        ]
        # Sold to another activity: 480, of which 80 given back; bought from a place: two days a week at 75.
        assert found.inside.month == Decimal("480.00") - Decimal("80.00") - Decimal("75.00")
        assert found.contribution.month == sum_of(taken, "due")
        assert found.costs.month == Decimal("-60.00")
        gained = found.sales.month + found.inside.month
        assert found.result.month == gained - found.contribution.month - found.costs.month
