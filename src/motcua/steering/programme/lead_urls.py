"""The address of the leaders' page: /lanh-dao."""

from django.urls import path

from motcua.foundation.core.menu import MenuEntry, declare
from motcua.steering.programme.desk import leading
from motcua.steering.programme.needles.policies import LEADERSHIP

declare(MenuEntry("Lãnh đạo", "leaders", "flag", 31, "leadership.read", LEADERSHIP))

urlpatterns = [path("", leading.leaders, name="leaders")]
