"""The package for use from Python: read a file, mine it, make frames of the records, read a database.

The names are those of `minutesminer` itself, which loads them when they are asked for.
"""

from minutesminer.api.database import Database
from minutesminer.api.frames import frame
from minutesminer.api.reading import read, read_all
from minutesminer.api.records import Records, mine

__all__ = ["Database", "Records", "frame", "mine", "read", "read_all"]
