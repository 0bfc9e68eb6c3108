from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "madang.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from madang.reports import registrations

        registrations.register()
