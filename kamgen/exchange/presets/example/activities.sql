-- One row for each time that somebody of ours met somebody of theirs. Nobody types in kamgen what stands here.
-- Must return: date, crm_id, contact, who, kind.
SELECT
    CAST(held_on AS DATE) AS date,
    customer_id AS crm_id,
    contact_id AS contact,      -- a key of contacts.sql; or a name, where contacts.sql returns no key
    employee_id AS who,         -- a key of team.sql
    -- Any word will do. A "meeting" or "review" of the sponsor with somebody who decides is the yearly senior review.
    CASE activity_type WHEN 'TEL' THEN 'call' WHEN 'VIS' THEN 'visit' ELSE lower(activity_type) END AS kind
FROM activities
-- What is only planned has not happened yet; an e-mail is no meeting.
WHERE CAST(held_on AS DATE) <= getvariable('as_of') AND activity_type <> 'MAIL';
