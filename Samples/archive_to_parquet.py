#!/usr/bin/env python3
"""Writes an archive's frames, prints and ledger as Parquet, for DuckDB, pandas, Polars or Spark.

    pip install duckdb
    python3 Samples/archive_to_parquet.py archive.sqlite catalog/
    duckdb -c "SELECT camera, count(*) FROM 'catalog/frame.parquet' GROUP BY camera"

It may run beside a capture: it reads one state of the archive and keeps nobody waiting. Pictures are not read; those that lie in packs
are rows as all others. Where DuckDB may fetch its sqlite extension, the views can be asked without this as well:

    INSTALL sqlite; LOAD sqlite; ATTACH 'archive.sqlite' AS archive (TYPE sqlite, READ_ONLY);
    SELECT camera, count(*) FROM archive.frame_view GROUP BY camera;
"""
import json
import os
import pathlib
import sqlite3
import sys
import tempfile

import duckdb

# The views that are made for people; “printlapse schema” explains their columns.
VIEWS = {"frame": "frame_view", "print": "print_view", "timeline": "timeline_view"}


def kind(column, types):
    """A column's type in Parquet, by its name and the values that it has."""
    if column.endswith("_at") and types <= {str}:
        return "TIMESTAMPTZ"
    if types <= {int}:
        return "BIGINT"
    return "DOUBLE" if types <= {int, float} else "VARCHAR"


def write(archive, view, path):
    rows = archive.execute(f"SELECT * FROM {view}")
    columns = [column[0] for column in rows.description]
    types = {column: set() for column in columns}
    count = 0
    with tempfile.NamedTemporaryFile("w", suffix=".json", dir=path.parent) as lines:
        for row in rows:
            fields = {}
            for column, value in zip(columns, row):
                if value is not None:
                    types[column].add(type(value))
                fields[column] = value.hex() if isinstance(value, bytes) else value
            lines.write(json.dumps(fields) + "\n")
            count += 1
        lines.flush()
        kinds = {column: kind(column, types[column]) for column in columns}
        partial = path.with_suffix(".partial")
        duckdb.execute("SET TimeZone = 'UTC'")
        duckdb.read_json(lines.name, format="newline_delimited", columns=kinds).write_parquet(str(partial))
        # Whole or not at all.
        os.replace(partial, path)
    return count


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: archive_to_parquet.py ARCHIVE FOLDER")
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    # “mode=ro” changes nothing, and fails where there is no archive.
    archive = sqlite3.connect(f"{pathlib.Path(sys.argv[1]).resolve().as_uri()}?mode=ro", uri=True)
    archive.execute("BEGIN")
    for name, view in VIEWS.items():
        path = folder / f"{name}.parquet"
        print(f"{path}: {write(archive, view, path)} rows")


if __name__ == "__main__":
    main()
