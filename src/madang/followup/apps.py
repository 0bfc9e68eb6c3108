from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    name = "madang.followup"
    label = "followup"
    verbose_name = _("Follow-up")

    def ready(self) -> None:
        from madang.followup import registrations

        registrations.register()
