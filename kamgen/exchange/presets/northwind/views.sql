-- What several targets share: the orders with real dates, moved by the years that the preset says.
CREATE VIEW placed AS
SELECT
    orderID AS order_id,
    customerID AS crm_id,
    CAST(employeeID AS INTEGER) AS employee,
    CAST(CAST(orderDate AS TIMESTAMP) + to_years(getvariable('shift_years')) AS DATE) AS ordered,
    CAST(CAST(requiredDate AS TIMESTAMP) + to_years(getvariable('shift_years')) AS DATE) AS required,
    CAST(CAST(shippedDate AS TIMESTAMP) + to_years(getvariable('shift_years')) AS DATE) AS shipped
FROM orders;

-- The last day that the book knows: the preset's, else that of the newest order.
CREATE VIEW clock AS
SELECT coalesce(getvariable('as_of'), (SELECT max(ordered) FROM placed)) AS today;
