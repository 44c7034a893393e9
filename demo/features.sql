-- Every flight of a file of flights with what was known of it when it left.
--
-- Reads   getvariable('data'), the path of a Parquet file with the columns date (departure, UTC), delay (minutes late
--         on arrival), distance (miles), origin, destination. Set it first: SET VARIABLE data = 'flights.parquet';
-- Gives   one line a flight, in the order of the file. row is its number in the file, counted from 0: a flight has no
--         other key, so the unit of the experiments is the file's digest and this number.
-- Known   at a departure are only flights that had landed before it: departure + 30 min + distance / 8 min + delay.
-- Repeats bit for bit: every sum is one of whole numbers, and the shares are made from the sums at the end.
--
-- Training and the replay of the demo run this same file, so that a model is asked what it was taught.
-- Flights of the last hours are counted as a difference of running totals, each looked up by one ASOF join: a range
-- join gives the same counts and takes ten times as long.
WITH flight AS (
    SELECT
        file_row_number AS row,
        date,
        origin,
        destination,
        distance,
        epoch_ms(date) AS departed_ms,
        epoch_ms(date) + 30 * 60000 + CAST(distance AS BIGINT) * 7500 + CAST(delay AS BIGINT) * 60000 AS landed_ms,
        CAST(delay > 15 AS BIGINT) AS late
    FROM read_parquet(getvariable('data'), file_row_number = true)
),
from_origin AS (
    SELECT origin, landed_ms, sum(count(*)) OVER so_far AS flights, sum(sum(late)) OVER so_far AS late
    FROM flight
    GROUP BY origin, landed_ms
    WINDOW so_far AS (PARTITION BY origin ORDER BY landed_ms)
),
to_destination AS (
    SELECT destination, landed_ms, sum(count(*)) OVER so_far AS flights, sum(sum(late)) OVER so_far AS late
    FROM flight
    GROUP BY destination, landed_ms
    WINDOW so_far AS (PARTITION BY destination ORDER BY landed_ms)
),
known AS (
    SELECT
        flight.*,
        coalesce(origin_now.flights, 0) - coalesce(origin_then.flights, 0) AS origin_flights,
        coalesce(origin_now.late, 0) - coalesce(origin_then.late, 0) AS origin_late,
        coalesce(destination_now.flights, 0) - coalesce(destination_then.flights, 0) AS destination_flights,
        coalesce(destination_now.late, 0) - coalesce(destination_then.late, 0) AS destination_late
    FROM flight
    ASOF LEFT JOIN from_origin AS origin_now
        ON origin_now.origin = flight.origin AND origin_now.landed_ms < flight.departed_ms
    ASOF LEFT JOIN from_origin AS origin_then
        ON origin_then.origin = flight.origin AND origin_then.landed_ms < flight.departed_ms - 3 * 3600000
    ASOF LEFT JOIN to_destination AS destination_now
        ON destination_now.destination = flight.destination AND destination_now.landed_ms < flight.departed_ms
    ASOF LEFT JOIN to_destination AS destination_then
        ON destination_then.destination = flight.destination
        AND destination_then.landed_ms < flight.departed_ms - 6 * 3600000
)
SELECT
    row,
    date,
    make_timestamp(landed_ms * 1000) AS landed,
    late,
    CAST(distance AS BIGINT) AS distance,
    hour(date) AS hour,
    isodow(date) AS weekday,
    origin,
    destination,
    CAST(origin_flights AS BIGINT) AS origin_flights_3h,
    CAST((CAST(origin_late AS BIGINT) + 0.4) / (CAST(origin_flights AS BIGINT) + 2) AS FLOAT) AS origin_late_share_3h,
    CAST(destination_flights AS BIGINT) AS destination_flights_6h,
    CAST((CAST(destination_late AS BIGINT) + 0.4) / (CAST(destination_flights AS BIGINT) + 2) AS FLOAT)
        AS destination_late_share_6h
FROM known
ORDER BY row
