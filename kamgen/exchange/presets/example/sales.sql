-- One row for each customer, month and product family in which something was sold.
-- Must return: crm_id, month, product, amount. May return: margin.
SELECT
    customer_id AS crm_id,
    -- Dates such as 31.12.2025 need: strptime(invoiced_on, '%d.%m.%Y')
    strftime(CAST(invoiced_on AS DATE), '%Y-%m') AS month,
    product_group_id AS product,                            -- a key of offer.sql
    -- Amounts such as 1.234,50 need: replace(replace(net_amount, '.', ''), ',', '.')
    sum(CAST(net_amount AS DECIMAL(18, 4))) AS amount       -- kamgen rounds to two decimals
FROM invoices
GROUP BY ALL;
