"""minutesminer: council scrutiny minutes in, a linked SQLite database out.

The stages, in the order the data takes them, are the sub-packages `fetch`, `parse`, `mine`,
`store`, `link` and `explore`; `evaluate` measures the result against hand-made annotation.
"""

__version__ = "0.1.0"
