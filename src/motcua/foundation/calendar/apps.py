from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "motcua.foundation.calendar"
    label = "calendar"

    def ready(self) -> None:
        from motcua.foundation.calendar import following
        from motcua.foundation.law import registry

        registry.declare_follower(following.ClockRules())
