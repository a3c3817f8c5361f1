"""What a quote bills is no charge of the place: nothing is billed twice, whoever writes it (COW-20)."""

from __future__ import annotations

import pgtrigger

NOT_DUE_ON_QUOTE = pgtrigger.Trigger(
    name="booking_on_quote_not_due",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__charge__isnull=False),
    func="""
    IF EXISTS (
        SELECT 1 FROM coworking_hire h JOIN invoicing_quote q ON q.id = h.quote_id
        WHERE h.booking_id = NEW.id
        AND q.state IN ('draft', 'submitted', 'approved', 'sent', 'accepted')
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a hire on a quote is due too'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
""",
)

NO_QUOTE_ON_DUE = pgtrigger.Trigger(
    name="hire_due_not_on_quote",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__quote__isnull=False),
    func="""
    IF EXISTS (
        SELECT 1 FROM invoicing_quote q JOIN coworking_booking b ON b.id = NEW.booking_id
        WHERE q.id = NEW.quote_id AND b.charge_id IS NOT NULL
        AND q.state IN ('draft', 'submitted', 'approved', 'sent', 'accepted')
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a hire on a quote is due too'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
""",
)
