-- Deliveries by customer and the month in which they were required. Late: shipped after that day, or not shipped
-- although that day is over.
SELECT
    crm_id,
    strftime(required, '%Y-%m') AS month,
    count(*) AS deliveries,
    count(*) FILTER (shipped > required OR (shipped IS NULL AND required < today)) AS late
FROM placed, clock
GROUP BY ALL
ORDER BY ALL;
