"""Keeping the PDF of a version."""

from __future__ import annotations

from motcua.foundation.core.files.types import Put
from motcua.foundation.core.papers import keeping
from motcua.foundation.core.papers.keeping import Issue
from motcua.foundation.core.papers.models import Paper
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.reports.models import Report
from motcua.steering.reports.policies import REPORTS


@verb("report.print", policy=REPORTS, on="report")
def keep_paper(act: Act, *, report: Report, issue: Issue, put: Put) -> Paper:  # noqa: ARG001 - the policy asks of it
    """Keep the PDF of a version that was just set. Raises IntegrityError where it is there already."""
    return keeping.keep(act, issue, put)
