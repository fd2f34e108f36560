"""The fetch stage: where minutes come from. Files and folders are read as they lie; sites are asked politely."""

from minutesminer.fetch.containers import Source
from minutesminer.fetch.dates import iso_date
from minutesminer.fetch.files import Found, find, find_fetched, read

__all__ = ["Found", "Source", "find", "find_fetched", "iso_date", "read"]
