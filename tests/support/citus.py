"""A database that thinks it has Citus: its catalogue and its two functions, with what they refuse.

Nothing moves anywhere. The refusals are those a real Citus 12 gave when tables came in a wrong
order, so whoever distributes in it distributes there.
"""

from typing import Any

_CITUS = """
CREATE TABLE pg_dist_partition (
  logicalrelid regclass PRIMARY KEY, partmethod "char" NOT NULL, colocationid int NOT NULL
);
CREATE FUNCTION create_distributed_table(
  table_name regclass, distribution_column text, colocate_with text DEFAULT 'default'
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  missing record;
BEGIN
  IF EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = table_name) THEN
    RAISE EXCEPTION 'table % is already distributed', table_name;
  END IF;
  IF colocate_with <> 'default' AND NOT EXISTS (
       SELECT FROM pg_dist_partition WHERE logicalrelid = colocate_with::regclass) THEN
    RAISE EXCEPTION 'relation % is not distributed', colocate_with;
  END IF;
  SELECT k.conname, k.confrelid::regclass AS target INTO missing FROM pg_constraint k
   WHERE k.contype = 'f' AND k.conrelid = table_name AND k.confrelid <> table_name
     AND k.confrelid NOT IN (SELECT logicalrelid FROM pg_dist_partition);
  IF FOUND THEN
    RAISE EXCEPTION 'referenced table % must be a distributed table or a reference table',
      missing.target;
  END IF;
  IF EXISTS (SELECT FROM pg_index i WHERE i.indrelid = table_name AND i.indisunique
              AND NOT (SELECT a.attnum FROM pg_attribute a
                        WHERE a.attrelid = table_name AND a.attname = distribution_column)
                      = ANY (i.indkey)) THEN
    RAISE EXCEPTION 'cannot create constraint on %', table_name;
  END IF;
  INSERT INTO pg_dist_partition VALUES (table_name, 'h', 1);
END $$;
CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_constraint k
              WHERE k.contype = 'f' AND k.confrelid = table_name AND k.conrelid <> table_name
                AND k.conrelid IN (SELECT logicalrelid FROM pg_dist_partition)) THEN
    RAISE EXCEPTION 'relation % is referenced by a distributed table', table_name;
  END IF;
  INSERT INTO pg_dist_partition VALUES (table_name, 'n', 2);
END $$;
"""


def install(cursor: Any) -> None:
    """Make it one."""
    cursor.execute(_CITUS)
