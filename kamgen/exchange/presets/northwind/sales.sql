-- Net sales by customer, month of the order and product family. Prices stay exact decimals; kamgen rounds the sums.
SELECT
    crm_id,
    strftime(ordered, '%Y-%m') AS month,
    categoryID AS product,
    sum(
        CAST(d.unitPrice AS DECIMAL(12, 4)) * CAST(d.quantity AS INTEGER) * (1 - CAST(d.discount AS DECIMAL(5, 4)))
    ) AS amount
FROM "order-details" AS d
JOIN placed ON placed.order_id = d.orderID
JOIN products USING (productID)
GROUP BY ALL
ORDER BY ALL;
