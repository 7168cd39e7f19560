-- One row a customer. Each file of the export is a table of the same name, and each of its columns is text.
-- Must return: crm_id, name, stage. May return: country, region, segment, manager.
SELECT
    id AS crm_id,      -- how the other SQL files, and the next import, know this customer again
    name,
    -- customer: buys. prospect: does not buy yet. suspect: nobody has talked to them.
    -- Key accounts are chosen by people, so an import never makes one.
    CASE WHEN id IN (SELECT customer_id FROM invoices) THEN 'customer' ELSE 'prospect' END AS stage,
    country,
    CASE
        WHEN country IN ('Austria', 'Germany', 'Switzerland') THEN 'Central Europe'
        WHEN country IN ('Ireland', 'UK') THEN 'British Isles'
    END AS region,     -- where no line fits, the account gets no region
    account_manager_id AS manager   -- a key of team.sql
FROM customers;
