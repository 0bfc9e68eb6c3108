"""Longer work goes on in the background; its page tells how far it is and what came of it."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from madang.core import clock, jobs, tasks
from madang.core.models import Job
from tests.factories import make_account
from tests.support.work import work

pytestmark = pytest.mark.django_db

seen = []


def count(progress, *, upto):
    for number in range(1, upto + 1):
        progress.report(number, upto, f"at {number}")
        seen.append(Job.objects.get(pk=progress.job.pk).done)
    return jobs.Outcome(f"Counted to {upto}.", url="/history/", label="See it")


def refuse(_progress):
    raise jobs.JobError("The file has no column “name”.")


def stumble(_progress):
    raise ZeroDivisionError("secret detail")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(jobs, "_functions", {})
    seen.clear()
    for function in (count, refuse, stumble):
        jobs.register(f"test.{function.__name__}", function)


@pytest.fixture
def officer():
    return make_account(roles=["secretariat"])


def start(name, officer, **arguments):
    return jobs.start(f"test.{name}", actor=officer, title="Counting", arguments=arguments)


def test_a_job_waits_runs_reports_and_says_what_came_of_it(officer):
    job = start("count", officer, upto=3)
    assert job.state == "waiting"
    work()
    job.refresh_from_db()
    assert (job.state, job.message, job.result_url) == ("done", "Counted to 3.", "/history/")
    assert (job.done, job.total) == (3, 3)
    assert job.finished_at
    # The first report is written, those right after it are not, the last one is.
    assert seen == [1, 1, 3]


def test_a_job_is_done_once(officer):
    job = start("count", officer, upto=1)
    work()
    jobs.run(str(job.pk))
    assert len(seen) == 1


def test_a_job_speaks_the_language_of_who_asked_for_it(officer):
    with translation.override("fa"):
        job = start("stumble", officer)
    with translation.override("en"):
        work()
    job.refresh_from_db()
    with translation.override("fa"):
        assert job.message == gettext(
            "Something went wrong that is not your fault. Nothing was changed half-way."
        )
    assert "Something" not in job.message


def test_a_job_that_can_not_be_done_says_why(officer):
    job = start("refuse", officer)
    work()
    job.refresh_from_db()
    assert (job.state, job.reference) == ("failed", "")
    assert job.message == "The file has no column “name”."


def test_a_job_that_stumbles_gives_a_reference_that_is_in_the_log_and_no_detail(officer, caplog):
    job = start("stumble", officer)
    work()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "secret" not in job.message
    assert len(job.reference) == 9
    assert job.reference in caplog.text


def test_a_job_that_fell_silent_is_called_failed(officer):
    job = start("count", officer, upto=1)
    lately, long_ago = (clock.machine_now() - timedelta(minutes=ago) for ago in (10, 20))
    Job.objects.update(state=Job.State.RUNNING, heard_at=lately)
    assert jobs.fail_lost() == 0
    Job.objects.update(heard_at=long_ago)
    assert jobs.fail_lost() == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert "interrupted" in job.message
    assert jobs.fail_lost() == 0


def give_up(progress):
    Job.objects.filter(pk=progress.job.pk).update(
        heard_at=clock.machine_now() - timedelta(minutes=20)
    )
    jobs.fail_lost()
    progress.report(1, 1, "at the end")
    return jobs.Outcome("Done after all.")


def test_what_was_told_of_a_job_is_not_taken_back(officer):
    jobs.register("test.give_up", give_up)
    job = start("give_up", officer)
    work()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "interrupted" in job.message
    assert job.done == 0


def test_a_job_whose_worker_died_before_it_began_is_handed_out_again(officer):
    job = start("count", officer, upto=1)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)  # by a worker that is no more
    work()
    job.refresh_from_db()
    assert job.state == "waiting"
    tasks.sweep.call()
    work()
    job.refresh_from_db()
    assert job.state == "done"
    assert len(seen) == 1


def test_old_jobs_go(officer):
    start("count", officer, upto=1)
    work()
    start("count", officer, upto=1)
    assert jobs.purge(clock.now() + timedelta(days=1)) == 1
    assert Job.objects.get().state == "waiting"


def test_only_declared_kinds_are_started_and_each_is_declared_once(officer):
    with pytest.raises(KeyError, match="not declared"):
        start("fly", officer)
    with pytest.raises(ValueError, match="declared twice"):
        jobs.register("test.count", refuse)


def test_a_job_page_tells_its_owner_and_nobody_else(officer, client):
    job = start("count", officer, upto=1)
    address = job.get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(make_account(roles=["secretariat"]))
    assert client.get(address).status_code == 404
    client.force_login(officer)
    waiting = client.get(address).content.decode()
    assert '<meta http-equiv="refresh"' in waiting
    assert "core/task.js" in waiting
    work()
    done = client.get(address).content.decode()
    assert "Counted to 1." in done
    assert "See it" in done
    assert "refresh" not in done


def test_a_failed_job_shows_the_reference_to_ask_for_help_with(officer, client):
    job = start("stumble", officer)
    work()
    client.force_login(officer)
    job.refresh_from_db()
    assert job.reference in client.get(job.get_absolute_url()).content.decode()


def test_my_tasks_cost_the_same_with_one_and_with_many(officer, client, django_assert_num_queries):
    client.force_login(officer)
    assert "No task yet" in client.get("/tasks/").content.decode()
    for total in (1, 60):
        for _job in range(total - Job.objects.count()):
            start("count", officer, upto=1)
        with django_assert_num_queries(5):
            assert client.get("/tasks/").status_code == 200
    client.logout()
    assert client.get("/tasks/").status_code == 404
