"""Query budgets of the selectors."""

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.core.actors import ANYONE, SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.service.procedures import actions, selectors
from motcua.service.procedures.models import Procedure
from motcua.service.procedures.reading import read_record
from motcua.service.procedures.reading.tests.samples import channels, record
from motcua.service.procedures.selectors import Search

pytestmark = pytest.mark.django_db


@pytest.fixture
def thirty() -> None:
    for number in range(30):
        reading = read_record(
            record(
                ma_thu_tuc=f"1.9000{number:02d}",
                ten_thu_tuc=f"Cấp giấy số {number}",
                linh_vuc="Du lịch" if number % 2 else "Thủy lợi",
                cach_thuc_thuc_hien=channels("Trực tiếp1Miễn phí" if number < 5 else "Trực tiếp5 NgàyMiễn phí"),
            )
        )
        actions.take_in(Call(SYSTEM_ACTOR), reading)


@pytest.mark.usefixtures("thirty")
def test_the_catalogue_is_paged_by_code_in_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        page = selectors.catalogue(ANYONE, Search())
    assert len(page.rows) == 25
    rest = selectors.catalogue(ANYONE, Search(), after=page.after or "")
    assert (len(rest.rows), rest.after) == (5, None)
    assert not {row.code for row in page.rows} & {row.code for row in rest.rows}


@pytest.mark.usefixtures("thirty")
def test_the_catalogue_narrows_by_words_without_marks_field_level_and_flag() -> None:
    def codes(search: Search) -> int:
        return len(selectors.catalogue(ANYONE, search, size=100).rows)

    assert codes(Search(words="giay SO 12")) == 1
    assert codes(Search(words="Thuỷ loi")) == 15
    assert codes(Search(field="Du lịch")) == 15
    assert codes(Search(level="commune")) == 30
    assert codes(Search(level="ministry")) == 0
    assert codes(Search(flag="limit_without_unit")) == 5
    assert selectors.open_flags()[0][0::2] == ("limit_without_unit", 5)


@pytest.mark.usefixtures("thirty")
def test_a_whole_version_takes_eight_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    procedure = Procedure.objects.get(code="1.900001")
    with django_assert_num_queries(8):
        version = selectors.whole_versions(ANYONE).get(procedure=procedure, number=1)
        assert version.procedure.code
        assert [list(row.fees.all()) for row in version.limits.all()]
        assert [list(part.all()) for part in (version.papers, version.bases, version.results)]
        assert [flag.limit for flag in version.flags.all()]
