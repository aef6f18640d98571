"""Bounds of the database's columns in characters, so that a reader can name the line that breaks
them."""

from __future__ import annotations

MAX_TITLE_CHARACTERS = 2000
MAX_OUTLET_CHARACTERS = 200
MAX_AUTHOR_CHARACTERS = 500
MAX_ID_CHARACTERS = 500
MAX_URL_CHARACTERS = 2000
MAX_RAW_DATE_CHARACTERS = 200
