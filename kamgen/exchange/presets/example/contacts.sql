-- One row a contact. Bring in only what a plan needs: no private numbers, no birthdays.
-- Must return: crm_id, name. May return: title, level, key.
SELECT
    customer_id AS crm_id,
    concat_ws(' ', first_name, last_name) AS name,
    job_title AS title,
    -- The level is who decides policy (instigator), shapes it (influencer) or carries it out (implementer). A title
    -- is a weak sign of it: guess only where it speaks plainly, and leave the rest to the account manager.
    CASE
        WHEN job_title IN ('Owner', 'Managing Director', 'Chief Executive') THEN 'instigator'
        WHEN job_title LIKE '%Assistant%' THEN 'implementer'
    END AS level,
    id AS key   -- how activities.sql, and the next import, know this person again
FROM contacts;
