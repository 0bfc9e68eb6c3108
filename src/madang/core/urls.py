"""Addresses of core's own pages."""

from django.urls import path

from madang.core.views import approvals, files, history, jobs, outbox

app_name = "core"
urlpatterns = [
    path("approvals/", approvals.index, name="approvals"),
    path("approvals/<uuid:approval_id>/", approvals.detail, name="approval"),
    path("approvals/<uuid:approval_id>/clear/", approvals.clear, name="approval-clear"),
    path("approvals/<uuid:approval_id>/approve/", approvals.approve, name="approval-approve"),
    path("approvals/<uuid:approval_id>/send-back/", approvals.send_back, name="approval-send-back"),
    path("approvals/<uuid:approval_id>/delegate/", approvals.delegate, name="approval-delegate"),
    path("approvals/<uuid:approval_id>/withdraw/", approvals.withdraw, name="approval-withdraw"),
    path("files/<uuid:file_id>/<str:name>", files.file, name="file"),
    path("history/", history.history, name="history"),
    path("tasks/", jobs.index, name="jobs"),
    path("tasks/<uuid:job_id>/", jobs.job, name="job"),
    path("demo/outbox/", outbox.index, name="outbox"),
    path("demo/outbox/<uuid:message_id>/", outbox.message, name="message"),
    path("demo/outbox/<uuid:message_id>/html/", outbox.message_html, name="message-html"),
]
