"""explore: a local website over the database, made of Datasette and the configuration folder `db/`.

In: the path of a database that `minutesminer run` made. Out: pages on this machine's own loopback
address. Nothing here can write to the database. Datasette itself is imported when a function is
called, not when this package is.
"""

from minutesminer.explore.site import datasette_app, serve

__all__ = ["datasette_app", "serve"]
