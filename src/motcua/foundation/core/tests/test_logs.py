"""What libraries say reaches the log as far as it is news of the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from motcua.foundation.core import logs


@pytest.fixture
def listening() -> Iterator[None]:
    """The log of a server as `motcua serve` sets it up."""
    logs.configure("INFO")
    yield
    logs.configure("CRITICAL")


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize(("status", "is_news"), [(400, False), (403, False), (404, False), (500, True), (503, True)])
def test_an_answer_to_a_wrong_request_is_no_news_and_a_fault_is(
    status: int, is_news: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    request = HttpRequest()
    request.path = "/not-there"
    log_response("%s: %s", "Answer", request.path, response=HttpResponse(status=status), request=request)
    said = capsys.readouterr().err
    assert (f'"status": "{status}"' in said) is is_news
    assert (said == "") is not is_news
