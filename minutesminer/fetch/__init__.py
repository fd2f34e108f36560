"""The fetch stage: where minutes come from. Files and folders are read as they lie."""

from minutesminer.fetch.dates import iso_date
from minutesminer.fetch.files import Found, Source, find, read

__all__ = ["Found", "Source", "find", "iso_date", "read"]
