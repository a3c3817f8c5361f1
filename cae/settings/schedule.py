"""Periodic jobs, by name only: the worker finds the task, the room knows what it does."""

from celery.schedules import crontab, schedule

CELERY_BEAT_SCHEDULE = {
    "seal the journal": {"task": "core.seal_audit", "schedule": schedule(60)},
    "send what waits in the mail box": {"task": "core.send_waiting_emails", "schedule": schedule(60)},
    "read the mails that came back": {"task": "core.read_returned_mails", "schedule": schedule(600)},
    "take in the mails that bring receipts and invoices": {
        "task": "invoicing.fetch_mail",
        "schedule": schedule(300),
    },
    "judge the suppliers’ files that no checker answered for": {
        "task": "invoicing.judge_incoming_waiting",
        "schedule": schedule(300),
    },
    "mail the notices whose hour has come": {"task": "core.mail_notices", "schedule": schedule(60)},
    "resume the jobs whose worker died": {"task": "core.resume_jobs", "schedule": schedule(60)},
    "finish documents left without their PDF": {
        "task": "invoicing.archive_waiting",
        "schedule": schedule(60),
    },
    "hand waiting e-invoices and statuses over to the platform": {
        "task": "invoicing.hand_over_waiting",
        "schedule": schedule(60),
    },
    "take in what the platform brought": {"task": "invoicing.take_arrivals", "schedule": schedule(120)},
    "close the accounts whose day has come": {
        "task": "people.close_due_accounts",
        "schedule": crontab(hour=0, minute=2),
    },
    "close the contracts whose last day is past": {
        "task": "entrepreneurs.settle_contracts",
        "schedule": crontab(hour=0, minute=12),
    },
    "finish contracts and agreements left without their signed PDF": {
        "task": "entrepreneurs.archive_waiting_signed",
        "schedule": schedule(300),
    },
    "finish convocations left without their letters": {
        "task": "governance.make_waiting_convocations",
        "schedule": schedule(300),
    },
    "finish bulletins and certificates of shares left without their PDF": {
        "task": "governance.archive_waiting_shares",
        "schedule": schedule(300),
    },
    "finish proxies left without their PDF": {
        "task": "governance.archive_waiting_proxies",
        "schedule": schedule(300),
    },
    "finish minutes and extracts left without their PDF": {
        "task": "governance.archive_waiting_minutes",
        "schedule": schedule(300),
    },
    "close the secret ballots whose time has come": {
        "task": "governance.close_due_secret_votes",
        "schedule": schedule(60),
    },
    "look at the boxes of secret ballots": {"task": "governance.watch_boxes", "schedule": schedule(60)},
    "destroy the links of secret ballots that nobody may contest": {
        "task": "governance.purge_secret_votes",
        "schedule": crontab(hour=3, minute=25),
    },
    # Twice a day: a day on which the first did not run is told by the second.
    "tell of the dates that come": {
        "task": "people.tell_deadlines",
        "schedule": crontab(hour="8,14", minute=20),
    },
    "delete the exports of one’s own data whose days are over": {
        "task": "people.forget_exports",
        "schedule": crontab(hour=0, minute=12),
    },
    "propose what is no longer needed": {
        "task": "people.propose_erasures",
        "schedule": crontab(day_of_month=2, hour=5, minute=0),
    },
    # By day, when people read: what it says cannot wait for the next morning.
    "tell of the quotes that end": {
        "task": "invoicing.watch_ending_quotes",
        "schedule": crontab(hour=9, minute=5),
    },
    # When offices read their mail.
    "remind the customers of the activities that let it leave alone": {
        "task": "invoicing.remind_alone",
        "schedule": crontab(hour=9, minute=40),
    },
    # Before people come in: what is made waits for them, what fails too.
    "make the recurring documents of the day": {
        "task": "invoicing.make_recurring_due",
        "schedule": crontab(hour=6, minute=15),
    },
    "finish reminders left without their letter": {
        "task": "invoicing.make_waiting_letters",
        "schedule": schedule(300),
    },
    "compute the contribution of the month before": {
        "task": "accounting.run_last_month",
        "schedule": crontab(day_of_month=5, hour=4, minute=0),
    },
    "make the tax calendar and remind of its deadlines": {
        "task": "accounting.keep_deadlines",
        "schedule": crontab(hour=6, minute=30),
    },
    "tell the activities whose cash is to run low": {
        "task": "accounting.tell_low_forecasts",
        "schedule": crontab(day_of_week=1, hour=5, minute=30),
    },
    "fold the month totals of the books": {"task": "accounting.fold_totals", "schedule": schedule(600)},
    "post the entries whose date has come": {
        "task": "accounting.post_due_entries",
        "schedule": crontab(hour=1, minute=20),
    },
    "check the books": {"task": "accounting.check_books", "schedule": crontab(hour=3, minute=10)},
    "remind of the meetings that come": {
        "task": "entrepreneurs.remind_meetings",
        "schedule": crontab(minute="*/15"),
    },
    "plan the interviews that contracts owe": {
        "task": "entrepreneurs.plan_interviews",
        "schedule": crontab(hour=2, minute=20),
    },
    "raise the alerts of the follow-up": {
        "task": "entrepreneurs.raise_alerts",
        "schedule": crontab(hour=2, minute=40),
    },
    # By day, when people read.
    "remind candidates of the slot to choose": {
        "task": "entrepreneurs.watch_invitations",
        "schedule": crontab(hour=9, minute=25),
    },
    # By day, when people read.
    "forget drafts, let papers expire, remind of those awaited, tick entries": {
        "task": "entrepreneurs.keep_applications",
        "schedule": crontab(hour=8, minute=35),
    },
    "free what nobody came for, end what is over in the places": {
        "task": "coworking.run_bookings",
        "schedule": schedule(60),
    },
    "close the subscriptions of places whose last day is past": {
        "task": "coworking.settle_members",
        "schedule": crontab(hour=0, minute=22),
    },
    "end the presences of the day before in the places, erase the names of visitors": {
        "task": "coworking.end_days",
        "schedule": crontab(hour=0, minute=35),
    },
    "ask whether long series of bookings go on": {
        "task": "coworking.keep_series",
        "schedule": crontab(hour=7, minute=40),
    },
    "remind of tomorrow’s bookings": {
        "task": "coworking.remind_of_bookings",
        "schedule": crontab(hour=9, minute=10),
    },
    "offer to the next the places of events that nobody took": {
        "task": "coworking.move_waiting_lists",
        "schedule": schedule(300),
    },
    # By day, when people read.
    "remind of the events that come": {
        "task": "coworking.remind_of_events",
        "schedule": crontab(hour="9-18", minute=5),
    },
    "forget those who registered to events long past": {
        "task": "coworking.forget_registrations",
        "schedule": crontab(hour=2, minute=55),
    },
    # By day, when people read.
    "chase the signatures of trainings, ask what trainees think": {
        "task": "coworking.keep_training",
        "schedule": crontab(hour=9, minute=50),
    },
}
