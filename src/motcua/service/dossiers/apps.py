from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.service.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        """Declare menu, places of the shells, what depends on the calendar, shows notes or is vouched for."""
        from motcua.foundation.calendar.registry import declare_dependants
        from motcua.foundation.core.menu import MenuEntry, declare, declare_place
        from motcua.foundation.core.notes import Bearer, declare_bearer
        from motcua.foundation.core.search.store import declare as declare_findable
        from motcua.foundation.core.spoken import declare_naming
        from motcua.foundation.core.vouching import declare_voucher
        from motcua.foundation.indicators.registry import declare as declare_numbers
        from motcua.foundation.organisations.registry import declare_dependants as declare_standing
        from motcua.service.dossiers.dependants import OpenDossiers
        from motcua.service.dossiers.indicators import INDICATORS
        from motcua.service.dossiers.inheriting import DossiersAtAgencies
        from motcua.service.dossiers.models import Attachment, ClockEvent, HandOver, Letter
        from motcua.service.dossiers.policies import DOSSIERS
        from motcua.service.dossiers.presenting.naming import called
        from motcua.service.dossiers.vouched import DOSSIERS_VOUCHED

        declare(MenuEntry("Việc của tôi", "queue", "inbox", order=10, verb="dossier.read", policy=DOSSIERS))
        declare(MenuEntry("Tiếp nhận", "intake", "plus", order=20, verb="dossier.receive", policy=DOSSIERS))
        declare(MenuEntry("Đơn vị của tôi", "unit", "chart-bar", order=30, verb="dossier.oversee", policy=DOSSIERS))
        declare(MenuEntry("Sổ theo dõi", "register", "book", order=28, verb="dossier.register", policy=DOSSIERS))
        declare_dependants(OpenDossiers())
        declare_standing(DossiersAtAgencies())
        declare_findable("dossier", "Hồ sơ")
        declare_bearer(Bearer(ClockEvent, note="note", subject="dossier", at="at"))
        declare_bearer(Bearer(HandOver, note="note", subject="dossier", at="given_at"))
        declare_bearer(Bearer(HandOver, note="reason", subject="dossier", at="declined_at"))
        declare_bearer(Bearer(Letter, note="reason", subject="", at="at"))
        declare_bearer(Bearer(Attachment, note="detach_reason", subject="", at="detached_at"))
        declare_voucher(DOSSIERS_VOUCHED)
        declare_naming("dossier", called)
        declare_numbers(*INDICATORS)
        declare_place("home", "home")
        declare_place("desk", "queue")
        declare_place("track", "track")
