from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "madang.workshops"
    label = "workshops"
    verbose_name = _("Workshops")

    def ready(self) -> None:
        from madang.workshops import registrations

        registrations.register()
