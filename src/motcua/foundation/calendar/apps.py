from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "motcua.foundation.calendar"
    label = "calendar"
