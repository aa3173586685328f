"""How one gets into the exercise: the password of all printed accounts, no secret of anybody's."""

PASSWORD = "trai-nghiem-mot-cua"  # noqa: S105 - printed at the start: everybody may try the exercise
