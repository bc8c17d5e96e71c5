"""What people do at two desktops, written straight into their stores."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from demoexam.models.people import Expert
from demoexam.ui.workspace import Workspace


def address(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def add_expert(workspace: Workspace, name: str = "Ёлкин Артём Олегович", **fields: Any) -> str:
    last, first, middle = name.split()
    with workspace.store.transaction("новый эксперт") as session:
        expert = Expert(last_name=last, first_name=first, middle_name=middle, **fields)
        session.add(expert)
        session.flush()
        return expert.id


def edit(workspace: Workspace, ident: str, **fields: Any) -> None:
    with workspace.store.transaction("правка эксперта") as session:
        expert = session.scalars(select(Expert).where(Expert.id == ident)).one()
        for name, value in fields.items():
            setattr(expert, name, value)


def stored(workspace: Workspace, ident: str, name: str) -> Any:
    query = select(getattr(Expert, name)).where(Expert.id == ident)
    return workspace.read(lambda session: session.scalar(query))
