from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "motcua.foundation.indicators"
    label = "indicators"
    verbose_name = "Số liệu"

    def ready(self) -> None:
        """Declare the numbers of the register of agencies, which stands below this room."""
        from motcua.foundation.indicators import registry
        from motcua.foundation.indicators.agencies import INDICATORS

        registry.declare(*INDICATORS)
