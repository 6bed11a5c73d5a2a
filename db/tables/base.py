"""What every table shares: names, enum columns, and the words its CHECK constraints are written in.

No module of tables imports ``annotations`` from the future: pydantic and SQLAlchemy would have to evaluate the
text of every column's type, at every start.
"""

import os
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar, cast

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it looks through every installed package

from sqlalchemy import CheckConstraint, Enum, ForeignKeyConstraint, Index, MetaData, Table, text
from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel
from sqlmodel._compat import SQLModelConfig

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can find it again."""


class Row(SQLModel):
    """Base of all tables: ``MemberPostRow`` is the table ``member_post``."""

    model_config = SQLModelConfig(defer_build=True)
    """Rows are written as values of Core statements: a validator for each table would cost every start, unused."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)

    @declared_attr  # type: ignore[arg-type]
    @classmethod
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


def table(row: type[Row]) -> Table:
    """The Core table of a row class: what statements are built from."""
    return cast("Table", row.__table__)  # type: ignore[attr-defined]


def coded(kind: type[StrEnum], name: str, *, checked: bool = True) -> Any:
    """A column type that stores the enum's value as text and refuses others.

    ``checked`` adds the CHECK to the table; a growing vocabulary on a table that is never rebuilt
    goes without and is refused by the program alone.
    """
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=checked,
        validate_strings=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def one_of(column: str, values: Iterable[StrEnum]) -> str:
    """``column IN ('a', 'b')``, always in the same order."""
    return f"{column} IN ({_listed(values)})"


def none_of(column: str, values: Iterable[StrEnum]) -> str:
    """``column NOT IN ('a', 'b')``, always in the same order."""
    return f"{column} NOT IN ({_listed(values)})"


def _listed(values: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(value.value for value in values))


def unless(condition: str, needed: str) -> str:
    """``needed`` must hold, except where ``condition`` does."""
    return f"{condition} OR {needed}"


def same(left: str, right: str) -> str:
    """Both hold or neither."""
    return f"({left}) = ({right})"


def check(name: str, rule: str) -> CheckConstraint:
    """A named CHECK."""
    return CheckConstraint(rule, name=name)


def refers(columns: str | tuple[str, ...], target: str, *, later: bool = False) -> Any:
    """A foreign key; ``later`` = looked at when the transaction commits."""
    names = [columns] if isinstance(columns, str) else list(columns)
    return ForeignKeyConstraint(
        names,
        [target],
        deferrable=True if later else None,
        initially="DEFERRED" if later else None,
    )


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that ``where`` names; the same condition must stand in the query to use it.

    Naming another dialect's ``where`` here would import that dialect at every start: it comes with its engine.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))
