-- One row a product family: ten names that sales people use are better than a thousand article numbers.
-- Must return: key, name.
SELECT id AS key, name
FROM product_groups;
