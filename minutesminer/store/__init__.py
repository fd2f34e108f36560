"""The store stage: documents and their records in, rows of a SQLite database out."""

from minutesminer.store.database import loading, open_database
from minutesminer.store.fetched import address_id, save_fetched
from minutesminer.store.save import Saved, save, save_source_issues
from minutesminer.store.search import rebuild

__all__ = ["Saved", "address_id", "loading", "open_database", "rebuild", "save", "save_fetched", "save_source_issues"]
