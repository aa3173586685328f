from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "motcua.steering.programme"
    label = "programme"
    verbose_name = "Chương trình"

    def ready(self) -> None:
        """Declare the rows that show notes."""
        from motcua.foundation.core.notes import Bearer, declare_bearer
        from motcua.steering.programme.models import Fact

        declare_bearer(Bearer(Fact, note="note", subject="occurrence", at="at"))
