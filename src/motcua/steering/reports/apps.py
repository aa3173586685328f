from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "motcua.steering.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        """Declare the rows that show notes, and those that the ledger vouches for."""
        from motcua.foundation.core.notes import Bearer, declare_bearer
        from motcua.foundation.core.vouching import declare_voucher
        from motcua.steering.reports.models import Remark
        from motcua.steering.reports.vouched import REPORTS_VOUCHED

        declare_voucher(REPORTS_VOUCHED)
        declare_bearer(Bearer(Remark, note="note", subject="report", at="at"))
