-- One row a colleague.
-- Must return: key, name. May return: title, senior, reports_to.
SELECT
    id AS key,
    concat_ws(' ', first_name, last_name) AS name,
    job_title AS title,
    job_title LIKE '%Director%' AS senior,   -- senior colleagues can sponsor an account, agree on it and audit it
    manager_id AS reports_to                 -- the key of another row
FROM employees;
