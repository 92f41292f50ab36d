#!/usr/bin/env python3
"""Writes an archive's cameras, frames, prints and ledger as Parquet, for DuckDB, pandas, Polars or Spark.

    pip install duckdb
    python3 Samples/archive_to_parquet.py archive.sqlite catalog/
    duckdb -c "SELECT camera, count(*) FROM 'catalog/frame.parquet' GROUP BY camera"
    duckdb -c "SELECT machine, sum(bytes) FROM 'catalog/frame.parquet' JOIN 'catalog/camera.parquet' USING (camera) GROUP BY machine"

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

# The views that are made for people; “printlapse schema” explains their columns. A camera's machine is null where it is this
# archive's own and that was never published.
QUESTIONS = {
    "camera": """
        SELECT camera.name AS camera, coalesce(followed_machine.name, publication.name) AS machine,
            coalesce(followed_machine.machine, publication.machine) AS machine_id
        FROM camera LEFT JOIN followed_camera ON followed_camera.camera_id = camera.id
            LEFT JOIN followed_machine ON followed_machine.id = followed_camera.machine_id
            LEFT JOIN publication ON followed_camera.camera_id IS NULL
        """,
    "frame": "SELECT * FROM frame_view",
    "print": "SELECT * FROM print_view",
    "timeline": "SELECT * FROM timeline_view",
}

TEXTS = {"sha256", "perceptual_hash", "machine", "machine_id"}


def kind(column, declared):
    """A column's type in Parquet: always the same, whatever values it has."""
    if column.endswith("_at"):
        return "TIMESTAMPTZ"
    if column in TEXTS:
        return "VARCHAR"
    # What is reckoned and not declared is a count.
    return {"TEXT": "VARCHAR", "REAL": "DOUBLE"}.get(declared, "BIGINT")


def write(archive, question, path):
    archive.execute(f"CREATE TEMP VIEW asked AS {question}")
    declared = {name: type for _, name, type, *_ in archive.execute("PRAGMA temp.table_info(asked)")}
    count = 0
    with tempfile.NamedTemporaryFile("w", suffix=".json", dir=path.parent) as lines:
        for row in archive.execute("SELECT * FROM asked"):
            lines.write(json.dumps(dict(zip(declared, row))) + "\n")
            count += 1
        lines.flush()
        archive.execute("DROP VIEW asked")
        kinds = {column: kind(column, declared[column]) for column in declared}
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
    for name, question in QUESTIONS.items():
        path = folder / f"{name}.parquet"
        print(f"{path}: {write(archive, question, path)} rows")


if __name__ == "__main__":
    main()
