"""The cells of exported CSV files, for programs that read them: see `minutesminer.csv_cells`."""

from minutesminer.csv_cells import csv_cells, csv_writer, harmless_cell, plain_cell, writable

__all__ = ["csv_cells", "csv_writer", "harmless_cell", "plain_cell", "writable"]
