-- Every flight of a file of flights with what was known of others when it left: more of it than demo/features.sql has.
--
-- Reads   getvariable('data'), as demo/features.sql does: date, delay, distance, origin, destination.
-- Known   at a departure are only flights that had landed before it, as there: departure + 30 min + distance / 8 min +
--         delay.
-- Repeats bit for bit: every sum is one of whole numbers, and shares and means are made from the sums at the end.
--
-- Airports are looked at from both sides: flights that left from them, and flights that came to them. Flights of the last
-- hours are a difference of running totals, each looked up by one ASOF join. Totals are INTEGER, as DuckDB's own sums
-- take four times the memory.
WITH flight AS (
    SELECT
        file_row_number AS row,
        date,
        origin,
        destination,
        distance,
        hour(date) AS hour,
        epoch_ms(date) AS departed_ms,
        epoch_ms(date) + 30 * 60000 + CAST(distance AS BIGINT) * 7500 + CAST(delay AS BIGINT) * 60000 AS known_ms,
        CAST(delay > 15 AS BIGINT) AS late,
        greatest(-20, least(60, CAST(delay AS BIGINT))) AS minutes
    FROM read_parquet(getvariable('data'), file_row_number = true)
),
leaving AS (
    SELECT origin AS airport, known_ms, CAST(sum(count(*)) OVER so_far AS INTEGER) AS n,
        CAST(sum(sum(late)) OVER so_far AS INTEGER) AS late,
        CAST(sum(sum(minutes)) OVER so_far AS INTEGER) AS minutes
    FROM flight
    GROUP BY origin, known_ms
    WINDOW so_far AS (PARTITION BY origin ORDER BY known_ms)
),
coming AS (
    SELECT destination AS airport, known_ms, CAST(sum(count(*)) OVER so_far AS INTEGER) AS n,
        CAST(sum(sum(late)) OVER so_far AS INTEGER) AS late,
        CAST(sum(sum(minutes)) OVER so_far AS INTEGER) AS minutes
    FROM flight
    GROUP BY destination, known_ms
    WINDOW so_far AS (PARTITION BY destination ORDER BY known_ms)
),
anywhere AS (
    SELECT known_ms, CAST(sum(count(*)) OVER so_far AS INTEGER) AS n,
        CAST(sum(sum(late)) OVER so_far AS INTEGER) AS late
    FROM flight
    GROUP BY known_ms
    WINDOW so_far AS (ORDER BY known_ms)
),
route AS (
    SELECT origin, destination, known_ms, CAST(sum(count(*)) OVER so_far AS INTEGER) AS n,
        CAST(sum(sum(late)) OVER so_far AS INTEGER) AS late
    FROM flight
    GROUP BY origin, destination, known_ms
    WINDOW so_far AS (PARTITION BY origin, destination ORDER BY known_ms)
),
at_hour AS (
    SELECT origin, hour, known_ms, CAST(sum(count(*)) OVER so_far AS INTEGER) AS n,
        CAST(sum(sum(late)) OVER so_far AS INTEGER) AS late
    FROM flight
    GROUP BY origin, hour, known_ms
    WINDOW so_far AS (PARTITION BY origin, hour ORDER BY known_ms)
),
departures AS (
    SELECT origin, departed_ms, CAST(sum(count(*)) OVER so_far AS INTEGER) AS n
    FROM flight
    GROUP BY origin, departed_ms
    WINDOW so_far AS (PARTITION BY origin ORDER BY departed_ms)
),
known AS (
    SELECT
        f.row, f.date, f.late, f.distance, f.hour, f.origin, f.destination,
        coalesce(l0.n, 0) - coalesce(l1.n, 0) AS l1n, coalesce(l0.late, 0) - coalesce(l1.late, 0) AS l1late,
        coalesce(l0.minutes, 0) - coalesce(l1.minutes, 0) AS l1minutes,
        coalesce(l0.n, 0) - coalesce(l3.n, 0) AS l3n, coalesce(l0.late, 0) - coalesce(l3.late, 0) AS l3late,
        coalesce(l0.minutes, 0) - coalesce(l3.minutes, 0) AS l3minutes,
        coalesce(l0.n, 0) - coalesce(l24.n, 0) AS l24n, coalesce(l0.late, 0) - coalesce(l24.late, 0) AS l24late,
        coalesce(i0.n, 0) - coalesce(i1.n, 0) AS i1n, coalesce(i0.late, 0) - coalesce(i1.late, 0) AS i1late,
        coalesce(i0.n, 0) - coalesce(i3.n, 0) AS i3n, coalesce(i0.late, 0) - coalesce(i3.late, 0) AS i3late,
        coalesce(i0.minutes, 0) - coalesce(i3.minutes, 0) AS i3minutes,
        coalesce(c0.n, 0) - coalesce(c2.n, 0) AS c2n, coalesce(c0.late, 0) - coalesce(c2.late, 0) AS c2late,
        coalesce(c0.n, 0) - coalesce(c6.n, 0) AS c6n, coalesce(c0.late, 0) - coalesce(c6.late, 0) AS c6late,
        coalesce(c0.minutes, 0) - coalesce(c6.minutes, 0) AS c6minutes,
        coalesce(d0.n, 0) - coalesce(d3.n, 0) AS d3n, coalesce(d0.late, 0) - coalesce(d3.late, 0) AS d3late,
        coalesce(a0.n, 0) - coalesce(a2.n, 0) AS a2n, coalesce(a0.late, 0) - coalesce(a2.late, 0) AS a2late,
        coalesce(r.n, 0) AS rn, coalesce(r.late, 0) AS rlate,
        coalesce(h.n, 0) AS hn, coalesce(h.late, 0) AS hlate,
        coalesce(p0.n, 0) - coalesce(p1.n, 0) AS p1n
    FROM flight AS f
    ASOF LEFT JOIN leaving AS l0 ON l0.airport = f.origin AND l0.known_ms < f.departed_ms
    ASOF LEFT JOIN leaving AS l1 ON l1.airport = f.origin AND l1.known_ms < f.departed_ms - 3600000
    ASOF LEFT JOIN leaving AS l3 ON l3.airport = f.origin AND l3.known_ms < f.departed_ms - 3 * 3600000
    ASOF LEFT JOIN leaving AS l24 ON l24.airport = f.origin AND l24.known_ms < f.departed_ms - 24 * 3600000
    ASOF LEFT JOIN coming AS i0 ON i0.airport = f.origin AND i0.known_ms < f.departed_ms
    ASOF LEFT JOIN coming AS i1 ON i1.airport = f.origin AND i1.known_ms < f.departed_ms - 3600000
    ASOF LEFT JOIN coming AS i3 ON i3.airport = f.origin AND i3.known_ms < f.departed_ms - 3 * 3600000
    ASOF LEFT JOIN coming AS c0 ON c0.airport = f.destination AND c0.known_ms < f.departed_ms
    ASOF LEFT JOIN coming AS c2 ON c2.airport = f.destination AND c2.known_ms < f.departed_ms - 2 * 3600000
    ASOF LEFT JOIN coming AS c6 ON c6.airport = f.destination AND c6.known_ms < f.departed_ms - 6 * 3600000
    ASOF LEFT JOIN leaving AS d0 ON d0.airport = f.destination AND d0.known_ms < f.departed_ms
    ASOF LEFT JOIN leaving AS d3 ON d3.airport = f.destination AND d3.known_ms < f.departed_ms - 3 * 3600000
    ASOF LEFT JOIN anywhere AS a0 ON a0.known_ms < f.departed_ms
    ASOF LEFT JOIN anywhere AS a2 ON a2.known_ms < f.departed_ms - 2 * 3600000
    ASOF LEFT JOIN route AS r
        ON r.origin = f.origin AND r.destination = f.destination AND r.known_ms < f.departed_ms
    ASOF LEFT JOIN at_hour AS h ON h.origin = f.origin AND h.hour = f.hour AND h.known_ms < f.departed_ms
    ASOF LEFT JOIN departures AS p0 ON p0.origin = f.origin AND p0.departed_ms < f.departed_ms
    ASOF LEFT JOIN departures AS p1 ON p1.origin = f.origin AND p1.departed_ms < f.departed_ms - 3600000
)
SELECT
    row,
    date,
    late,
    CAST(distance AS BIGINT) AS distance,
    hour,
    hour * 60 + minute(date) AS minute,
    isodow(date) AS weekday,
    origin,
    destination,
    CAST(l1n AS BIGINT) AS origin_flights_1h,
    CAST((CAST(l1late AS BIGINT) + 0.4) / (CAST(l1n AS BIGINT) + 2) AS FLOAT) AS origin_late_share_1h,
    CAST(CAST(l1minutes AS BIGINT) / nullif(CAST(l1n AS BIGINT), 0) AS FLOAT) AS origin_minutes_1h,
    CAST(l3n AS BIGINT) AS origin_flights_3h,
    CAST((CAST(l3late AS BIGINT) + 0.4) / (CAST(l3n AS BIGINT) + 2) AS FLOAT) AS origin_late_share_3h,
    CAST(CAST(l3minutes AS BIGINT) / nullif(CAST(l3n AS BIGINT), 0) AS FLOAT) AS origin_minutes_3h,
    CAST((CAST(l24late AS BIGINT) + 2) / (CAST(l24n AS BIGINT) + 10) AS FLOAT) AS origin_late_share_24h,
    CAST(i1n AS BIGINT) AS inbound_flights_1h,
    CAST((CAST(i1late AS BIGINT) + 0.4) / (CAST(i1n AS BIGINT) + 2) AS FLOAT) AS inbound_late_share_1h,
    CAST(i3n AS BIGINT) AS inbound_flights_3h,
    CAST((CAST(i3late AS BIGINT) + 0.4) / (CAST(i3n AS BIGINT) + 2) AS FLOAT) AS inbound_late_share_3h,
    CAST(CAST(i3minutes AS BIGINT) / nullif(CAST(i3n AS BIGINT), 0) AS FLOAT) AS inbound_minutes_3h,
    CAST((CAST(c2late AS BIGINT) + 0.4) / (CAST(c2n AS BIGINT) + 2) AS FLOAT) AS destination_late_share_2h,
    CAST(c6n AS BIGINT) AS destination_flights_6h,
    CAST((CAST(c6late AS BIGINT) + 0.4) / (CAST(c6n AS BIGINT) + 2) AS FLOAT) AS destination_late_share_6h,
    CAST(CAST(c6minutes AS BIGINT) / nullif(CAST(c6n AS BIGINT), 0) AS FLOAT) AS destination_minutes_6h,
    CAST((CAST(d3late AS BIGINT) + 0.4) / (CAST(d3n AS BIGINT) + 2) AS FLOAT) AS destination_leaving_late_share_3h,
    CAST((CAST(a2late AS BIGINT) + 2) / (CAST(a2n AS BIGINT) + 10) AS FLOAT) AS anywhere_late_share_2h,
    CAST((CAST(rlate AS BIGINT) + 4) / (CAST(rn AS BIGINT) + 20) AS FLOAT) AS route_late_share,
    CAST((CAST(hlate AS BIGINT) + 4) / (CAST(hn AS BIGINT) + 20) AS FLOAT) AS hour_late_share,
    CAST(p1n AS BIGINT) AS origin_departures_1h
FROM known
ORDER BY row
