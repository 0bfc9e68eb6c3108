from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "madang.core"
    label = "core"
    verbose_name = _("Foundations")

    def ready(self) -> None:
        from madang.core import registrations

        registrations.register()
