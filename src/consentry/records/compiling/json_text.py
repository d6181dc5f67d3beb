"""JSON as text, put together by hand in SQL: half the work of json_build_object on pages of 10,000."""

import json
from itertools import groupby
from typing import Any

from django.db.models import Expression, TextField
from django.db.models.expressions import Combinable

from consentry.rules.catalogue import Kind

_A_GROUP = 6


class Joined(Expression):
    """Texts and expressions, one behind the other: `'{"a":' || x || '}'`. NULL parts make the whole NULL."""

    def __init__(self, *parts: str | Combinable) -> None:
        super().__init__(output_field=TextField())
        self.parts = list(parts)

    def get_source_expressions(self) -> list[Any]:
        return [part for part in self.parts if not isinstance(part, str)]

    def set_source_expressions(self, exprs: Any) -> None:
        replacing = iter(exprs)
        self.parts = [part if isinstance(part, str) else next(replacing) for part in self.parts]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The parts joined by `||`; fixed text stands in the statement as a literal."""
        pieces: list[str] = []
        parameters: list[object] = []
        for is_fixed, parts in groupby(self.parts, lambda part: isinstance(part, str)):
            if is_fixed:
                pieces.append(literal("".join(map(str, parts))))
                continue
            for part in parts:
                sql, more = compiler.compile(part)
                pieces.append(sql)
                parameters.extend(more)
        return _joined(pieces), parameters


def _joined(pieces: list[str]) -> str:
    """The texts joined in groups, and the groups in turn: each `||` copies all that stands before it."""
    groups = [f"({' || '.join(pieces[start : start + _A_GROUP])})" for start in range(0, len(pieces), _A_GROUP)]
    return groups[0] if len(groups) == 1 else _joined(groups)


class Written(Expression):
    """One expression inside a fixed SQL form, `{}` standing for it (it may stand twice)."""

    def __init__(self, form: str, inner: Combinable) -> None:
        super().__init__(output_field=TextField())
        self.form = form
        self.inner = inner

    def get_source_expressions(self) -> list[Any]:
        return [self.inner]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.inner,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The form with the compiled expression put in."""
        sql, parameters = compiler.compile(self.inner)
        return self.form.replace("{}", sql), list(parameters) * self.form.count("{}")


def literal(text: str) -> str:
    """Text as an SQL literal in a statement that still has `%s` placeholders."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


def quoted(text: str) -> str:
    """Text as a JSON string."""
    return json.dumps(text, ensure_ascii=False)


_FORMS = {
    Kind.TEXT: "coalesce(to_json({})::text, 'null')",
    Kind.NUMBER: "coalesce({}::text, 'null')",
    Kind.YES_NO: "coalesce({}::text, 'null')",
    Kind.TIME: "coalesce(to_json({})::text, 'null')",
    Kind.DATE: 'coalesce(\'{"entityType":"date","date":"\' || {}::text || \' 00:00:00"}\', \'null\')',
    Kind.DATE_TIME: (
        'coalesce(\'{"entityType":"date","date":"\' || '
        "to_char({} at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI:SS') || '\"}', 'null')"
    ),
}
"""How each kind of value is written. Dates are objects, as the apps of the field expect them (no zone is ever said)."""


def value_text(kind: Kind, inner: Combinable) -> Written:
    """The JSON text of one column's value; `null` when it has none."""
    return Written(_FORMS[kind], inner)
