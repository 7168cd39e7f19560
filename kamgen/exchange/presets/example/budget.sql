-- One row for each customer and month that is planned.
-- Must return: crm_id, month, amount.
SELECT
    customer_id AS crm_id,
    -- One column for a whole year becomes twelve rows with:
    --   SELECT …, year || '-' || lpad(month::VARCHAR, 2, '0') AS month, amount / 12 AS amount
    --   FROM budgets, range(1, 13) AS months(month)
    month,                                                  -- year-month, for example 2026-04
    sum(CAST(net_amount AS DECIMAL(18, 4))) AS amount       -- kamgen rounds to two decimals
FROM budgets
GROUP BY ALL;
