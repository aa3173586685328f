from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "motcua.steering.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        """Declare the rows that show notes, those that the ledger vouches for, and the figures given out."""
        from motcua.foundation.core.notes import Bearer, declare_bearer
        from motcua.foundation.core.vouching import declare_voucher
        from motcua.steering.programme.needles import datasets
        from motcua.steering.reports.models import Remark
        from motcua.steering.reports.open_data import FIGURES
        from motcua.steering.reports.vouched import REPORTS_VOUCHED

        datasets.declare(FIGURES)
        declare_voucher(REPORTS_VOUCHED)
        declare_bearer(Bearer(Remark, note="note", subject="report", at="at"))
