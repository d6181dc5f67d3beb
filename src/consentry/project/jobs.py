"""The program's jobs. No job is the truth: each looks at rows and acts on those that ask for it."""

from django.conf import settings
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy, builtin_tasks
from procrastinate.contrib.django import app

from consentry.connections.actions.mail_receipts import mail_receipts
from consentry.connections.actions.mail_wipe_news import mail_wipe_news
from consentry.connections.actions.seal_access import seal_access
from consentry.connections.actions.tell_of_suspensions import tell_of_suspensions
from consentry.connections.actions.wake_follower import FOLLOW_JOB
from consentry.partners.actions.forget_company_links import forget_company_links
from consentry.partners.actions.forget_tokens import forget_tokens
from consentry.partners.actions.fulfil_wishes import fulfil_wishes
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.actions.mail_letters import mail_letters
from consentry.partners.actions.tell_of_wish import tell_of_wish
from consentry.partners.actions.wake_sandboxes import SANDBOX_JOB
from consentry.partners.queries.sandboxes import sandboxes_out_of_step, sandboxes_to_make
from consentry.people.actions.ask_own_link import OWN_LINK_JOB
from consentry.people.actions.forget_saml_answers import forget_saml_answers
from consentry.people.actions.forget_sessions import forget_sessions
from consentry.people.actions.forget_sign_ins import forget_sign_ins
from consentry.people.actions.mail_email_changes import mail_email_changes
from consentry.people.actions.mail_links import mail_links
from consentry.people.actions.mail_notifications import mail_notifications
from consentry.people.actions.mail_own_link import mail_own_link
from consentry.people.actions.wake_mailer import MAIL_JOB
from consentry.schools.queries import all_chains
from consentry.workflows.open_sandbox import open_sandbox
from consentry.workflows.publish_permission_set import bring_all_along
from consentry.workflows.sandbox_people import match_sandbox_people

_HOURS_KEPT = 72


@app.periodic(cron="* * * * *")
@app.task(name=MAIL_JOB, queueing_lock=MAIL_JOB)
def mail_waiting_notifications(timestamp: int = 0) -> int:  # noqa: ARG001 - the periodic deferrer hands it over
    """Mail what has not been mailed: every minute, and soon after somebody was told something or asked for a link.

    Before that, what follows at schools from what the operator has said of an app is told there.
    """
    base_url, at = settings.CONFIG.base_url, timezone.now()
    tell_of_suspensions(at=at)
    fulfil_wishes(at=at)
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    links = mail_links(base_url=base_url, hours=hours, at=at) + mail_email_changes(base_url=base_url, at=at)
    links += mail_company_links(base_url=base_url, at=at)
    news = mail_wipe_news(base_url=base_url, at=at)
    news += mail_letters(base_url=base_url, at=at) + tell_of_wish(base_url=base_url, at=at)
    receipts = mail_receipts(base_url=base_url, at=at)
    return links + news + receipts + mail_notifications(base_url=base_url, at=at)


@app.periodic(cron="* * * * *")
@app.task(name=FOLLOW_JOB, queueing_lock=FOLLOW_JOB)
def bring_connections_along(timestamp: int = 0) -> int:  # noqa: ARG001 - the periodic deferrer hands it over
    """Bring along what stands behind its app's newest version: what a run before was ended in the middle of."""
    return bring_all_along(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name=SANDBOX_JOB, queueing_lock=SANDBOX_JOB, lock=SANDBOX_JOB)
def open_sandboxes(timestamp: int = 0) -> int:  # noqa: ARG001 - the periodic deferrer hands it over
    """Make the sandboxes that companies wait for, and keep their people in step with who acts for the company."""
    waiting, at = sandboxes_to_make(), timezone.now()
    for company in waiting:
        open_sandbox(company, at=at)
    for company in sandboxes_out_of_step():
        match_sandbox_people(company, at=at)
    return len(waiting)


@app.task(name=OWN_LINK_JOB, retry=RetryStrategy(max_attempts=5, wait=60))
def mail_link_of_who_forgot(user: int) -> bool:
    """Mail the link to set a new password to who asked for it; again in a minute while the mail server is away."""
    return mail_own_link(user, base_url=settings.CONFIG.base_url, hours=settings.PASSWORD_RESET_TIMEOUT // 3600)


@app.periodic(cron="*/5 * * * *")
@app.task(name="seal_access", queueing_lock="seal_access")
def seal_access_of_all(timestamp: int = 0) -> int:  # noqa: ARG001 - the periodic deferrer hands it over
    """Seal every site's record of access."""
    return sum(seal_access(school, at=timezone.now()) for school, _ in all_chains())


@app.periodic(cron="*/5 * * * *")
@app.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - the periodic deferrer hands it over
    """Run again what a worker was killed over."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="40 2 * * *")
@app.task(name="forget_old_sign_ins", queueing_lock="forget_old_sign_ins")
def forget_old_sign_ins(timestamp: int = 0) -> int:  # noqa: ARG001 - the periodic deferrer hands it over
    """Remove the sessions that expired, what the Login History no longer tells of, and who asked for links long ago."""
    at = timezone.now()
    people = forget_sessions(at=at) + forget_sign_ins(at=at) + forget_saml_answers(at=at)
    return people + forget_company_links(at=at)


@app.periodic(cron="50 2 * * *")
@app.task(name="forget_tokens", queueing_lock="forget_tokens")
def forget_spent_tokens(timestamp: int = 0) -> int:  # noqa: ARG001 - the periodic deferrer hands it over
    """Remove the tokens of apps that expired."""
    return forget_tokens()


@app.periodic(cron="10 3 * * *")
@app.task(name="remove_old_jobs", queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the deferrer hands it over
    """Jobs that ended days ago are of no use: what they did is told by rows and events."""
    await builtin_tasks.remove_old_jobs(context, max_hours=_HOURS_KEPT, remove_failed=True, remove_cancelled=True)
