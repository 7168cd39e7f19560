-- Our people. Senior: those who can sponsor an account, agree on it and audit it.
SELECT
    employeeID AS key,
    firstName || ' ' || lastName AS name,
    title,
    regexp_matches(title, 'Vice President|Sales Manager') AS senior,
    reportsTo AS reports_to
FROM employees
ORDER BY CAST(employeeID AS INTEGER);
