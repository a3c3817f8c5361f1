"""What the database itself refuses of a booking: closed hours, closures, the desk of a resident who is there,
under a lock of the place (COW-17, COW-19).

A booking holds its place FOR SHARE, a closure or the end of an absence takes it FOR NO KEY UPDATE: of the
two, the second to come sees what the first wrote.
"""

from __future__ import annotations

import pgtrigger

# In the zone of the house (settings.TIME_ZONE); of bookings that are held and not over yet.
_WITHIN_HOURS = """
    IF NOT EXISTS (
        SELECT 1 FROM coworking_unit unit
        JOIN coworking_resource resource ON resource.id = unit.resource_id
        WHERE unit.id = NEW.unit_id AND resource.id = NEW.resource_id AND resource.place_id = NEW.place_id
    ) THEN
        RAISE EXCEPTION 'a unit of another resource'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_unit_of_its_resource';
    END IF;
    IF NEW.state NOT IN ('asked', 'booked', 'present') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state IN ('asked', 'booked', 'present')
        AND OLD.during = NEW.during AND OLD.unit_id = NEW.unit_id AND OLD.off_hours = NEW.off_hours THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM coworking_place WHERE id = NEW.place_id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM coworking_closure closure
        WHERE closure.place_id = NEW.place_id
        AND (closure.resource_id IS NULL OR closure.resource_id = NEW.resource_id)
        AND closure.during && NEW.during
    ) THEN
        RAISE EXCEPTION 'closed then'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_outside_closures';
    END IF;
    booked := daterange(
        (lower(NEW.during) AT TIME ZONE 'Europe/Paris')::date,
        ((upper(NEW.during) - interval '1 microsecond') AT TIME ZONE 'Europe/Paris')::date,
        '[]'
    );
    IF (
        TG_OP = 'INSERT' OR OLD.state NOT IN ('asked', 'booked', 'present')
        OR OLD.during <> NEW.during OR OLD.unit_id <> NEW.unit_id
    ) AND EXISTS (
        SELECT 1 FROM coworking_subscription held
        WHERE held.unit_id = NEW.unit_id AND held.state = 'active'
        AND daterange(held.starts_on, held.ends_on + 1, '[)') && booked
        AND NOT COALESCE((
            SELECT range_agg(daterange(away.starts_on, away.ends_on + 1, '[)'))
                @> (booked * daterange(held.starts_on, held.ends_on + 1, '[)'))
            FROM coworking_deskabsence away WHERE away.subscription_id = held.id
        ), FALSE)
    ) THEN
        RAISE EXCEPTION 'the desk of a resident who is there'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_desk_of_resident';
    END IF;
    IF NEW.off_hours OR (SELECT any_hour FROM coworking_resource WHERE id = NEW.resource_id) THEN
        RETURN NEW;
    END IF;
    IF NOT COALESCE((
        SELECT range_agg(tstzrange(
            (day + hours.opens) AT TIME ZONE 'Europe/Paris',
            (day + (hours.closes = '00:00')::int + hours.closes) AT TIME ZONE 'Europe/Paris'
        )) @> NEW.during
        FROM (
            SELECT generate_series(
                (lower(NEW.during) AT TIME ZONE 'Europe/Paris')::date::timestamp,
                upper(NEW.during) AT TIME ZONE 'Europe/Paris',
                interval '1 day'
            )::date AS day
        ) days
        CROSS JOIN LATERAL (
            SELECT id FROM coworking_week
            WHERE place_id = NEW.place_id AND starts_on <= day
            ORDER BY starts_on DESC LIMIT 1
        ) week
        JOIN coworking_openinghours hours
            ON hours.week_id = week.id AND hours.weekday = extract(isodow FROM day) - 1
    ), FALSE) THEN
        RAISE EXCEPTION 'not open then'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_within_hours';
    END IF;
    RETURN NEW;
"""

_NOTHING_BOOKED = """
    PERFORM 1 FROM coworking_place WHERE id = NEW.place_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM coworking_booking booking
        WHERE booking.place_id = NEW.place_id
        AND (NEW.resource_id IS NULL OR booking.resource_id = NEW.resource_id)
        AND booking.during && NEW.during
        AND booking.state IN ('asked', 'booked', 'present')
    ) THEN
        RAISE EXCEPTION 'booked then'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closure_over_bookings';
    END IF;
    RETURN NEW;
"""

_STILL_FREE = """
    PERFORM 1 FROM coworking_place place
    JOIN coworking_member member ON member.place_id = place.id
    JOIN coworking_subscription held ON held.member_id = member.id
    WHERE held.id = OLD.subscription_id FOR NO KEY UPDATE OF place;
    IF EXISTS (
        SELECT 1 FROM coworking_booking booking
        JOIN coworking_subscription held ON held.unit_id = booking.unit_id
        CROSS JOIN LATERAL (SELECT daterange(
            (lower(booking.during) AT TIME ZONE 'Europe/Paris')::date,
            ((upper(booking.during) - interval '1 microsecond') AT TIME ZONE 'Europe/Paris')::date,
            '[]'
        ) * daterange(OLD.starts_on, OLD.ends_on + 1, '[)') AS days) freed
        WHERE held.id = OLD.subscription_id
        AND booking.state IN ('asked', 'booked', 'present')
        AND upper(booking.during) > now()
        AND NOT isempty(freed.days)
        AND (TG_OP = 'DELETE' OR NOT daterange(NEW.starts_on, NEW.ends_on + 1, '[)') @> freed.days)
    ) THEN
        RAISE EXCEPTION 'booked meanwhile'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deskabsence_still_free';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
"""

WITHIN_HOURS = pgtrigger.Trigger(
    name="booking_within_hours",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf("during", "unit_id", "resource_id", "place_id", "state", "off_hours"),
    declare=[("booked", "daterange")],
    func=_WITHIN_HOURS,
)
NOTHING_BOOKED = pgtrigger.Trigger(
    name="closure_over_nothing_booked",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("during", "resource_id"),
    func=_NOTHING_BOOKED,
)
STILL_FREE = pgtrigger.Trigger(
    name="deskabsence_still_free",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete | pgtrigger.Update,
    func=_STILL_FREE,
)
