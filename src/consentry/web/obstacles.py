"""Why a decision could not be carried out at a school, in words, and what to do about it."""

from consentry.rules.not_live import NOT_LIVE, not_live
from consentry.rules.trust_decisions import Obstacle
from consentry.web.sentences import OfApp

_WHY = {
    Obstacle.NOT_REACHED: "You may not sign in to this school. Somebody who may can give it to you under Group Staff.",
    Obstacle.NOT_PERMITTED: "You may not decide on apps there: your roles at the trust lack the permission.",
    Obstacle.DISABLED_THERE: "The school has disabled your account there. Its admin team can enable it again.",
    Obstacle.NOT_ENTERED: "You have not signed in to this school yet, so its terms and conditions are not accepted.",
    Obstacle.TERMS: "You have not accepted the school’s terms and conditions as they are now.",
    Obstacle.SECOND_FACTOR: "The school asks for a second factor, which you have not used.",
    Obstacle.NOT_ASKED: "{app} has not asked to connect to this school.",
    Obstacle.ALREADY: "It is so already.",
    Obstacle.NOT_FROM_HERE: "That cannot be done from where {app} stands there.",
    Obstacle.CHANGED_MEANWHILE: "Somebody decided there, or {app} asked for something else, since you looked.",
    Obstacle.APP_SUSPENDED: "The operator of Consentry has suspended {app} everywhere.",
    Obstacle.FAILED: "It could not be saved. Nothing was changed there; try again.",
}


AT_THE_SCHOOL = {
    Obstacle.NOT_ENTERED: "Enter {school} once to accept its terms",
    Obstacle.TERMS: "Enter {school} to accept its terms",
    Obstacle.SECOND_FACTOR: "Enter {school} to use a second factor",
}
"""What is in the way for as long as the person does not do this at the school."""


def in_the_way(obstacle: Obstacle, app: OfApp) -> str:
    """What was in the way at a school."""
    if obstacle is Obstacle.APP_NOT_LIVE:
        return f"{NOT_LIVE}: {not_live(app.name, app.company, *app.emails)}"
    return _WHY[obstacle].format(app=app.name, company=app.company)
