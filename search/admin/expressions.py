"""SQL that Django's own expressions lack."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func
from django.db.models.sql.compiler import SQLCompiler


class InList(Func):
    """Whether a column's value is among many: one parameter however many there are.

    A search can match every article, and databases limit the number of parameters of a statement.
    """

    output_field = BooleanField()

    def __init__(self, column: str, values: Iterable[int] | Iterable[str]) -> None:
        super().__init__(column)
        self.values = tuple(values)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_options: Any) -> Any:
        """The condition for SQLite (json_each) or PostgreSQL (an array)."""
        column, params = compiler.compile(self.get_source_expressions()[0])
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", [*params, list(self.values)]
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.values)]
