"""What a member's computer may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Finding, Hall, Remark
from inspector.domain.vocabulary import Role
from inspector.operations.admitting import (
    change_roles,
)
from inspector.operations.recording import amend
from inspector.operations.roles import require_role
from inspector.operations.workspaces import open_workspace
from tests.support.organisation import (
    Office,
    carry,
    join,
    laptop,
    refused,
    take,
    write_remark,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector.operations.session import Session


def test_a_reporter_amends_its_own_and_never_what_others_recorded(
    at: Office, new: Callable[..., Session]
) -> None:
    li, wang = new("李娜"), new("王强")
    join(at, li, name="li")
    join(at, wang, name="wang")
    take(li, at.session)
    write_remark(wang, "wangs")
    write_remark(li, "lis")
    carry(wang, li)
    amend(li, Remark, "lis", {"text": "二"})
    with pytest.raises(MingchaError) as caught:
        amend(li, Remark, "wangs", {"text": "二"})
    assert caught.value.code == "recorded_by_others"
    assert caught.value.fields["name"] == "王强"
    assert li.store.get(Remark, "wangs") == wang.store.get(Remark, "wangs")
    # The office may.
    carry(wang, at.session)
    amend(at.session, Remark, "wangs", {"text": "二"})


def test_a_reporter_may_change_what_was_recorded_here_before_joining(
    at: Office, new: Callable[..., Session]
) -> None:
    li = new("李娜")
    li.store.save(Hall(id="hall", name="一"))
    join(at, li)
    amend(li, Hall, "hall", {"name": "二"})
    li.store.save(Finding(id="f", text="一"))


def test_the_guard_is_there_again_after_the_program_was_closed(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    wang = new("王强")
    join(at, wang, name="wang")
    write_remark(wang, "wangs")
    li = laptop(tmp_path / "li", "李娜")
    with li:
        join(at, li, name="li")
        carry(wang, li)
    with open_workspace(tmp_path / "li") as again, refused("recorded_by_others"):
        amend(again, Remark, "wangs", {"text": "二"})


def test_acts_of_a_role_ask_the_roster(at: Office, new: Callable[..., Session]) -> None:
    li = new("李娜")
    join(at, li)
    with refused("role_missing"):
        require_role(li, Role.REVIEWER)
    require_role(li, Role.REVIEWER, Role.REPORTER)
    require_role(at.session, Role.REVIEWER)
    change_roles(at.session, at.signer, "李娜", [Role.REVIEWER])
    take(li, at.session)
    require_role(li, Role.REVIEWER)
    with refused("roles_missing"):
        change_roles(at.session, at.signer, "李娜", [])
