-- One row a customer. Who never ordered is a prospect.
WITH busy AS (
    -- The manager is the colleague who took most of the customer's orders in the last twelve months; where there
    -- were none, in the customer's whole history. Ties go to the lower employee number.
    SELECT
        crm_id,
        employee,
        count(*) FILTER (ordered > today - INTERVAL 12 MONTH) AS recent,
        count(*) AS ever
    FROM placed, clock
    GROUP BY crm_id, employee
),
manager AS (
    SELECT crm_id, employee
    FROM busy
    QUALIFY row_number() OVER (PARTITION BY crm_id ORDER BY recent DESC, ever DESC, employee) = 1
)
SELECT
    customerID AS crm_id,
    companyName AS name,
    CASE WHEN employee IS NULL THEN 'prospect' ELSE 'customer' END AS stage,
    country,
    CASE
        WHEN country IN ('UK', 'Ireland') THEN 'British Isles'
        WHEN country IN ('Denmark', 'Finland', 'Norway', 'Sweden') THEN 'Northern Europe'
        WHEN country IN ('Austria', 'Belgium', 'France', 'Germany', 'Switzerland') THEN 'Western Europe'
        WHEN country IN ('Italy', 'Portugal', 'Spain') THEN 'Southern Europe'
        WHEN country IN ('Poland') THEN 'Eastern Europe'
        WHEN country IN ('Canada', 'USA') THEN 'North America'
        WHEN country IN ('Mexico') THEN 'Central America'
        WHEN country IN ('Argentina', 'Brazil', 'Venezuela') THEN 'South America'
    END AS region,
    employee AS manager  -- nobody for a prospect: no order says who knows them
FROM customers
LEFT JOIN manager ON manager.crm_id = customers.customerID
ORDER BY customerID;
