"""Who may see numbers: every officer sees every count; the rows behind one open by the policy of their own room."""

from __future__ import annotations

from motcua.foundation.core.policies import SIGNED_IN

NUMBERS = SIGNED_IN
