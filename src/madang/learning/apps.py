from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "madang.learning"
    label = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from madang.learning import registrations

        registrations.register()
