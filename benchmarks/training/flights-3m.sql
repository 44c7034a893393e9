-- Every flight of a large file of flights with what was known of others when it left: as flights.sql, but to ten minutes.
--
-- Reads   getvariable('data'), as demo/features.sql does: date, delay, distance, origin, destination.
-- Known   at a departure are only flights that had landed before the ten minutes (the slot) in which it leaves began:
--         departure + 30 min + distance / 8 min + delay.
-- Repeats bit for bit: every sum is one of whole numbers, and shares and means are made from the sums at the end.
--
-- What was known of an airport is asked once for each slot, not for each flight: windows run over the slots of an airport,
-- and each flight is joined to those of its origin (here) and its destination (there). A flight that landed is one number
-- to be summed: 1, and 2^20 if it was late, and 2^40 times its minutes (-20 to 60) above -20; so one sum counts flights, late
-- ones and minutes, up to a hundred thousand flights in a window.
WITH flight AS NOT MATERIALIZED (
    SELECT
        file_row_number AS row,
        date,
        origin,
        destination,
        distance,
        delay > 15 AS late,
        CAST(epoch_ms(date) // 600000 AS INTEGER) AS slot,
        CAST((epoch_ms(date) + 30 * 60000 + CAST(distance AS BIGINT) * 7500 + CAST(delay AS BIGINT) * 60000) // 600000
            AS INTEGER) AS known_slot,
        1 + (CAST(delay > 15 AS BIGINT) << 20) + ((20 + greatest(-20, least(60, CAST(delay AS BIGINT)))) << 40) AS one
    FROM read_parquet(getvariable('data'), file_row_number = true)
),
airport AS MATERIALIZED (
    SELECT
        airport,
        slot,
        CAST(sum(left_from) AS BIGINT) AS left_from,
        CAST(sum(came_to) AS BIGINT) AS came_to,
        CAST(sum(departing) AS BIGINT) AS departing
    FROM (
        SELECT origin AS airport, known_slot AS slot, one AS left_from, 0 AS came_to, 0 AS departing FROM flight
        UNION ALL
        SELECT destination, known_slot, 0, one, 0 FROM flight
        UNION ALL
        SELECT origin, slot, 0, 0, 1 FROM flight
        UNION ALL
        SELECT destination, slot, 0, 0, 0 FROM flight
    )
    GROUP BY airport, slot
),
here AS (
    SELECT
        airport,
        slot,
        departing,
        CAST(coalesce(sum(left_from) OVER h1, 0) AS BIGINT) AS left_1h,
        CAST(coalesce(sum(left_from) OVER h3, 0) AS BIGINT) AS left_3h,
        CAST(coalesce(sum(left_from) OVER h24, 0) AS BIGINT) AS left_24h,
        CAST(coalesce(sum(came_to) OVER h1, 0) AS BIGINT) AS came_1h,
        CAST(coalesce(sum(came_to) OVER h3, 0) AS BIGINT) AS came_3h,
        CAST(coalesce(sum(departing) OVER h1, 0) AS BIGINT) AS departing_1h
    FROM airport
    WINDOW
        h1 AS (PARTITION BY airport ORDER BY slot RANGE BETWEEN 6 PRECEDING AND 1 PRECEDING),
        h3 AS (PARTITION BY airport ORDER BY slot RANGE BETWEEN 18 PRECEDING AND 1 PRECEDING),
        h24 AS (PARTITION BY airport ORDER BY slot RANGE BETWEEN 144 PRECEDING AND 1 PRECEDING)
    QUALIFY departing > 0
),
there AS (
    SELECT
        airport,
        slot,
        CAST(coalesce(sum(left_from) OVER h3, 0) AS BIGINT) AS left_3h,
        CAST(coalesce(sum(came_to) OVER h2, 0) AS BIGINT) AS came_2h,
        CAST(coalesce(sum(came_to) OVER h6, 0) AS BIGINT) AS came_6h
    FROM airport
    WINDOW
        h2 AS (PARTITION BY airport ORDER BY slot RANGE BETWEEN 12 PRECEDING AND 1 PRECEDING),
        h3 AS (PARTITION BY airport ORDER BY slot RANGE BETWEEN 18 PRECEDING AND 1 PRECEDING),
        h6 AS (PARTITION BY airport ORDER BY slot RANGE BETWEEN 36 PRECEDING AND 1 PRECEDING)
),
anywhere AS (
    SELECT slot, CAST(coalesce(sum(sum(left_from)) OVER h2, 0) AS BIGINT) AS left_2h
    FROM airport
    GROUP BY slot
    WINDOW h2 AS (ORDER BY slot RANGE BETWEEN 12 PRECEDING AND 1 PRECEDING)
)
SELECT
    f.row,
    f.date,
    f.late,
    f.distance,
    hour(f.date) AS hour,
    hour(f.date) * 60 + minute(f.date) AS minute,
    isodow(f.date) AS weekday,
    f.origin,
    f.destination,
    here.left_1h & 1048575 AS origin_flights_1h,
    CAST((((here.left_1h >> 20) & 1048575) + 0.4) / ((here.left_1h & 1048575) + 2) AS FLOAT) AS origin_late_share_1h,
    CAST((here.left_1h >> 40) / nullif((here.left_1h & 1048575), 0) - 20 AS FLOAT) AS origin_minutes_1h,
    here.left_3h & 1048575 AS origin_flights_3h,
    CAST((((here.left_3h >> 20) & 1048575) + 0.4) / ((here.left_3h & 1048575) + 2) AS FLOAT) AS origin_late_share_3h,
    CAST((here.left_3h >> 40) / nullif((here.left_3h & 1048575), 0) - 20 AS FLOAT) AS origin_minutes_3h,
    CAST((((here.left_24h >> 20) & 1048575) + 2) / ((here.left_24h & 1048575) + 10) AS FLOAT) AS origin_late_share_24h,
    here.came_1h & 1048575 AS inbound_flights_1h,
    CAST((((here.came_1h >> 20) & 1048575) + 0.4) / ((here.came_1h & 1048575) + 2) AS FLOAT) AS inbound_late_share_1h,
    here.came_3h & 1048575 AS inbound_flights_3h,
    CAST((((here.came_3h >> 20) & 1048575) + 0.4) / ((here.came_3h & 1048575) + 2) AS FLOAT) AS inbound_late_share_3h,
    CAST((here.came_3h >> 40) / nullif((here.came_3h & 1048575), 0) - 20 AS FLOAT) AS inbound_minutes_3h,
    CAST((((there.came_2h >> 20) & 1048575) + 0.4) / ((there.came_2h & 1048575) + 2) AS FLOAT) AS destination_late_share_2h,
    there.came_6h & 1048575 AS destination_flights_6h,
    CAST((((there.came_6h >> 20) & 1048575) + 0.4) / ((there.came_6h & 1048575) + 2) AS FLOAT) AS destination_late_share_6h,
    CAST((there.came_6h >> 40) / nullif((there.came_6h & 1048575), 0) - 20 AS FLOAT) AS destination_minutes_6h,
    CAST((((there.left_3h >> 20) & 1048575) + 0.4) / ((there.left_3h & 1048575) + 2) AS FLOAT) AS destination_leaving_late_share_3h,
    CAST((((anywhere.left_2h >> 20) & 1048575) + 2) / ((anywhere.left_2h & 1048575) + 10) AS FLOAT) AS anywhere_late_share_2h,
    here.departing_1h AS origin_departures_1h
FROM flight AS f
JOIN here ON here.airport = f.origin AND here.slot = f.slot
JOIN there ON there.airport = f.destination AND there.slot = f.slot
JOIN anywhere ON anywhere.slot = f.slot
ORDER BY f.row
