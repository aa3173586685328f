"""What may happen in the town of the random tests, and how often."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from motcua.foundation.calendar.types import PausePolicy
from motcua.service.dossiers.tests import oracle
from motcua.service.dossiers.tests.town import LIMITS
from motcua.service.dossiers.types import Ground

index = st.integers(0, 59)
views = st.sampled_from(["none", "fresh", "fresh", "fresh", "stale"])
keys = st.sampled_from(["none", "new", "new", "new", "again"])
grounds, policies = st.sampled_from(Ground), st.sampled_from(PausePolicy)
HAPPENINGS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "receive": st.fixed_dictionaries({
        "who": index, "where": st.integers(0, 1), "limit": st.sampled_from(LIMITS), "own": st.booleans(),
        "steps": st.booleans(), "key": keys,
    }),
    "work_goes_on": st.fixed_dictionaries({
        "which": index, "what": index, "who": index, "ground": grounds, "policy": policies,
    }),
    "somebody_presses_anything": st.fixed_dictionaries({
        "verb": st.sampled_from(sorted(oracle.STATES)), "which": index, "who": index, "seen": views, "key": keys,
        "asked": st.tuples(
            st.sampled_from(["chờ bổ sung", "người nộp xin rút", " "]), grounds, policies, st.integers(-4, 3),
            st.integers(-6, 3),
        ),
    }),
    "an_agency_is_merged_into_its_neighbour": st.fixed_dictionaries({"which": st.integers(0, 1)}),
    "somebody_seals_and_somebody_tampers": st.fixed_dictionaries({"which": index, "how": st.integers(0, 23)}),
}
OFTEN = [*["work_goes_on"] * 8, *["somebody_presses_anything"] * 5, "somebody_seals_and_somebody_tampers", "receive",
         "an_agency_is_merged_into_its_neighbour"]
