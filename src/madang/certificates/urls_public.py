"""What verifiers elsewhere read, and where anybody has a credential verified: /credentials/."""

from django.urls import path

from madang.certificates.views import public

app_name = "credentials"

urlpatterns = [
    path("did.json", public.did, name="did"),
    path("issuer.json", public.issuer, name="issuer"),
    path("achievements/<uuid:rule_id>.json", public.achievement, name="achievement"),
    path("achievements/<uuid:rule_id>.svg", public.image, name="image"),
    path("status/<int:number>.json", public.status, name="status"),
    path("verify/", public.verify, name="verify"),
]
