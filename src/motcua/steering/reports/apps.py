from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "motcua.steering.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        """Declare the rows that show notes."""
        from motcua.foundation.core.notes import Bearer, declare_bearer
        from motcua.steering.reports.models import Remark

        declare_bearer(Bearer(Remark, note="note", subject="report", at="at"))
