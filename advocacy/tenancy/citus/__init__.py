"""Several machines for one database: what distributes the schema by tenant over Citus, and what
finds the statements that would not be one task there (TEN-3). See decision 0029.
"""
