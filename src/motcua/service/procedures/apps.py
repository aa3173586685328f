from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "motcua.service.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Declare the numbers of procedures."""
        from motcua.foundation.indicators.registry import declare
        from motcua.service.procedures.indicators import INDICATORS

        declare(*INDICATORS)
