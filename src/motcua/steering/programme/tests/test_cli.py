"""`motcua programme import`: the machine's report of the real decision, and what is refused."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from motcua.foundation.core.cli import CommandError
from motcua.steering.programme import cli
from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.models import Programme
from motcua.testing import shared_data

pytestmark = pytest.mark.django_db


def run(file: Path, *, dry_run: bool = True, as_json: bool = True) -> int:
    return cli.run(Namespace(file=file, dry_run=dry_run, json=as_json))


def plan() -> Path:
    return shared_data("..", "plan", "860-qd-ubnd-2016.txt")


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(plan()) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_report_has_the_agreed_shape(report: dict[str, Any]) -> None:
    assert {"number", "type", "issuing_body", "issue_date", "effective_date", "signer", "title", "status"} <= set(
        report["document"]
    )
    assert set(report["legal_bases"][0]) == {"type", "number", "date", "year", "issuer", "text"}
    assert set(report["targets"][1]) == {"id", "text", "measures"}
    assert set(report["targets"][1]["measures"][0]) == {"text", "comparator", "value", "unit", "scope"}
    assert set(report["tasks"][0]) == {
        "uid", "number", "group", "text", "product", "lead", "coordinating", "lead_units", "coordinating_units",
        "period", "budget",
    }
    assert set(report["tasks"][0]["period"]) == {"text", "start_year", "end_year", "recurrence", "due"}
    assert set(report["tasks"][0]["budget"]) == {"text", "amount_vnd", "per_year_vnd", "state"}
    assert set(report["anomalies"][0]) == {"kind", "where", "text", "values"}


def test_the_figures_of_the_real_plan(report: dict[str, Any]) -> None:
    tasks = {task["uid"]: task for task in report["tasks"]}
    assert (len(report["tasks"]), len({task["group"] for task in report["tasks"]})) == (63, 7)
    assert len(report["targets"]) == 9
    assert report["budget"] == {"printed_vnd": 477_070_000_000, "sum_vnd": 477_070_000_000, "difference_vnd": 0}
    assert tasks["7.9"]["period"]["due"] == {
        "text": "Trước 31/12 hàng năm", "month": 12, "day": 31, "strictly_before": True,
    }
    assert [unit["kind"] for unit in tasks["3.4#2"]["lead_units"]] == ["agency"] * 5
    (departments, districts) = tasks["1.3"]["coordinating_units"]
    assert (len(departments["ids"]), len(districts["ids"])) == (18, 8)
    assert tasks["6.13"]["budget"]["state"] == "blank" and tasks["6.13"]["period"]["recurrence"] == "not_stated"
    assert all(isinstance(task[cell], str) for task in report["tasks"] for cell in ("text", "product", "lead"))


def test_a_trial_writes_nothing_and_an_import_only_once(capsys: pytest.CaptureFixture[str]) -> None:
    run(plan())
    assert not Programme.objects.exists()
    run(plan(), dry_run=False, as_json=False)
    told = capsys.readouterr().out
    assert "63 nhiệm vụ trong 7 nhóm" in told and "Đã ghi thành bản nháp" in told
    run(plan(), dry_run=False, as_json=False)
    told = capsys.readouterr().out
    assert "Đã ghi" not in told and "không ghi gì thêm" in told
    assert Programme.objects.count() == 1


def test_an_import_tells_whether_a_draft_was_read_anew_or_a_reading_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(plan(), dry_run=False)
    for at, said in enumerate(("đã đọc lại theo tệp mới", "bản đọc mới đang chờ")):
        (tmp_path / "860.txt").write_bytes(plan().read_bytes() + b"\n" * (at + 1))
        capsys.readouterr()
        run(tmp_path / "860.txt", dry_run=False, as_json=False)
        assert said in capsys.readouterr().out
        Programme.objects.update(state="approved")


def test_what_is_not_there_or_no_decision_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="không đọc được"):
        run(tmp_path / "khong-co.txt")
    with pytest.raises(CommandError, match="thư mục"):
        run(tmp_path)
    (tmp_path / "thu.txt").write_text("Xin chào", encoding="utf-8")
    with pytest.raises(BadDocument, match="không phải một quyết định"):
        run(tmp_path / "thu.txt", dry_run=False)
    assert not Programme.objects.exists()
