-- The one contact that the export names. Phone, fax and street stay outside: kamgen has no use for them.
-- A title is a weak sign of the policy level, so only what it says plainly is taken: an owner decides policy, a
-- manager of a function shapes it, and representatives, agents, associates, assistants and administrators carry
-- it out. Any other title leaves the level open, for the account manager to fill in.
SELECT
    customerID AS crm_id,
    contactName AS name,
    contactTitle AS title,
    CASE
        WHEN regexp_matches(contactTitle, '\bOwner\b') THEN 'instigator'
        WHEN regexp_matches(contactTitle, '\b(Representative|Agent|Associate|Assistant|Administrator)\b')
            THEN 'implementer'
        WHEN regexp_matches(contactTitle, '\bManager\b') THEN 'influencer'
    END AS level
FROM customers
ORDER BY customerID;
