-- One row for each customer and month in which deliveries were required.
-- Must return: crm_id, month, deliveries, late.
SELECT
    customer_id AS crm_id,
    strftime(CAST(required_on AS DATE), '%Y-%m') AS month,
    count(*) AS deliveries,
    -- Late: shipped after the day on which it was required, or not shipped although that day is over.
    -- getvariable('as_of') is the day of the import.
    count(*) FILTER (
        CAST(shipped_on AS DATE) > CAST(required_on AS DATE)
        OR (shipped_on IS NULL AND CAST(required_on AS DATE) < getvariable('as_of'))
    ) AS late
FROM shipments
GROUP BY ALL;
