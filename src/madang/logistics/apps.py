from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogisticsConfig(AppConfig):
    name = "madang.logistics"
    label = "logistics"
    verbose_name = _("Logistics")

    def ready(self) -> None:
        from madang.logistics import registrations

        registrations.register()
