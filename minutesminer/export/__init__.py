"""Files of open standards made from the database, one module a format."""
