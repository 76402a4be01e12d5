"""A visitor's own table: from bytes to rows that a network learns."""

from ann_core.data.table.reading import Table, from_frame, read_table

__all__ = ["Table", "from_frame", "read_table"]
