-- The UCI Adult census income data as it is published: two files without a header, the second with full stops behind its
-- labels. The column "part" says which file a row came from.
WITH rows AS (
    SELECT 'train' AS part, * FROM read_csv(getvariable('train'), header = false, delim = ', ', columns = {
        'age': 'INTEGER', 'workclass': 'VARCHAR', 'fnlwgt': 'INTEGER', 'education': 'VARCHAR',
        'education_num': 'INTEGER', 'marital_status': 'VARCHAR', 'occupation': 'VARCHAR', 'relationship': 'VARCHAR',
        'race': 'VARCHAR', 'sex': 'VARCHAR', 'capital_gain': 'INTEGER', 'capital_loss': 'INTEGER',
        'hours_per_week': 'INTEGER', 'native_country': 'VARCHAR', 'income': 'VARCHAR'})
    UNION ALL
    SELECT 'test' AS part, * FROM read_csv(getvariable('test'), header = false, delim = ', ', columns = {
        'age': 'INTEGER', 'workclass': 'VARCHAR', 'fnlwgt': 'INTEGER', 'education': 'VARCHAR',
        'education_num': 'INTEGER', 'marital_status': 'VARCHAR', 'occupation': 'VARCHAR', 'relationship': 'VARCHAR',
        'race': 'VARCHAR', 'sex': 'VARCHAR', 'capital_gain': 'INTEGER', 'capital_loss': 'INTEGER',
        'hours_per_week': 'INTEGER', 'native_country': 'VARCHAR', 'income': 'VARCHAR'})
)
SELECT * EXCLUDE (income), income LIKE '>50K%' AS rich FROM rows
