-- The product families.
SELECT categoryID AS key, categoryName AS name
FROM categories
ORDER BY CAST(categoryID AS INTEGER);
